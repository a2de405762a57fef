"""What stands above and below lanes: bars, axis and silences; the chosen event and a legend."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from tui.archive.extents import STANDINGS
from tui.desk.render.axis import axis
from tui.desk.render.extent import UNDATED
from tui.desk.render.lanes import OPEN, SOMEWHERE, SPAN, label_width, room_of, undated_width
from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import EMPTY, Line, Safe, cells, clip, columns, line, safe, width_of
from tui.desk.render.timeline import BLOCKS
from tui.plain import counted
from tui.records import dates

if TYPE_CHECKING:
    from tui.archive import Timeline
    from tui.archive.overview import Overview
    from tui.desk.render.axis import Window
    from tui.desk.render.extent import Lane
    from tui.desk.render.lanes import LaneRows

_MARKS = tuple(STATUS_MARKS[standing] for standing in STANDINGS)
ASKED = "▼"
"""Stands at the day last gone to."""
SILENCES = 3
"""Silences named at once: the longest."""


def head(
    rows: LaneRows, whole: Overview, width: int, *, undated: bool = False, brief: bool = False
) -> tuple[Line, ...]:
    """Draw how many events there are, the axis, and the silences long enough here to be named.

    How many rows it takes does not depend on the window, so that nothing jumps.

    Args:
        rows: the lanes, for their window.
        whole: all events of the lanes.
        width: the cells of a row.
        undated: whether a column of undated events has to be named.
        brief: whether there is room for the axis only.
    """
    label, room = label_width(width), room_of(width)
    window = rows.window
    pad = line(" " * label)
    upper, lower = axis(window, room)
    scale = (*pad, *upper), (*pad, *lower)
    if brief:
        return scale
    most, bars = density(rows, whole, room)
    words = f"tallest bar: {counted(most, 'event')}"
    if len(words) >= label:
        words = f"tallest: {most:,}" if len(f"{most:,}") + 9 < label else f"most {most:,}"
    empty = not _marked(rows, whole, room) and all(text.isspace() for text, _ in bars)
    words = words if most else "no event here" if empty else ""
    name = clip(words, label - 1)
    silent, named = _silences(whole, window, room)
    beyond = _beyond(rows, whole, room) if empty else ""
    words = "" if beyond or not named else "nothing dated" if label > 14 else "silence"
    counts = f"  {UNDATED}" if undated and undated_width(width) == len(UNDATED) else ""
    last = line((f"{words:<{label}}{beyond or silent}{counts}", "faint"))
    rest = [*scale, last]
    at = window.column(rows.asked, room) if rows.asked is not None else -1
    if 0 <= at < room:
        free = next((n for n in (2, 1, 0) if _at(rest[n], label + at) in " ─"), 1)
        rest[free] = _with(rest[free], label + at, ASKED)
    return (*line((f"{name:<{label}}", "faint")), *bars), *rest


def _at(row: Line, column: int) -> str:
    """Give the character at a column of a row of narrow ones."""
    return "".join(text for text, _ in row)[column : column + 1] or " "


def _with(row: Line, column: int, mark: str) -> Line:
    """Draw a mark over a row of narrow characters."""
    ((text, role),) = line(("".join(text for text, _ in row), row[-1][1]))
    return line((text[:column], role), (mark, "key"), (text[column + 1 :], role))


def density(rows: LaneRows, whole: Overview, room: int) -> tuple[int, Line]:
    """Count the events that are known to the column, as bars of eight heights; shade the others.

    Returns:
        The number of events under the highest bar, and the bars.
    """
    window = rows.window
    cell = window.days / room
    least = max(1, int(cell).bit_length())
    counts = whole.counts(rows.edges(room), least)
    most = max(counts)
    drawn = [" "] * room
    lows, highs = whole.covered(least)
    at = bisect_right(highs, window.low - 1)
    while at < len(lows) and lows[at] < window.high:
        first, after = window.column(lows[at], room), window.behind(highs[at], room)
        first, after = max(0, first), min(room, after)
        drawn[first:after] = SOMEWHERE * (after - first)
        at = max(at + 1, bisect_right(highs, window.low + after * cell - 1, at))
    roles = ["faint"] * room
    for column, count in enumerate(counts):
        if count:
            drawn[column] = BLOCKS[max(0, -(-8 * count // most) - 1)]
            roles[column] = "bar"
    text, ends = "".join(drawn), [n for n in range(1, room) if roles[n] != roles[n - 1]]
    begins = [0, *ends]
    runs = zip(begins, [*ends, room], strict=True)
    return most, tuple((Safe(text[a:b]), roles[a]) for a, b in runs)


def _silences(whole: Overview, window: Window, room: int) -> tuple[str, int]:
    plot = [" "] * room
    named = 0
    for low, high in whole.silences(window.low, window.high, window.days / room):
        if named == SILENCES:
            break
        first = max(0, window.column(low, room))
        last = min(room, window.behind(high, room)) - 1
        while first < last and plot[first] != " ":  # two silences may meet within a column
            first += 1
        while last > first and plot[last] != " ":
            last -= 1
        size = last - first + 1
        days = high - low + 1
        if size < 4:
            if window.days / room * 4 > days:
                break  # all that follow are shorter
            continue
        ends = "‹" if low < window.low else "╶", "›" if high > window.high else "╴"
        span, brief = f"{_day(low)} – {_day(high)}", _short(days)
        options = (f" {span} ", f" {length(days)} ", length(days), brief)
        words = next((w for w in options if len(w) + 2 <= size), "")
        drawn = f"{ends[0]}{words.center(size - 2, '─')}{ends[1]}"
        plot[first : last + 1] = drawn if words else brief.center(size, "─")
        named += 1
    return "".join(plot), named


def foot(timeline: Timeline, rows: LaneRows, lane: Lane | None, width: int) -> tuple[Line, Line]:
    """Say which event is chosen and when it was as far as is known; then what else is there."""
    chosen = rows.chosen
    if lane is None or chosen < 0:
        return EMPTY, EMPTY
    t = timeline
    mark, role = STATUS_MARKS.get(t.status[chosen], STATUS_MARKS[""])
    label = dates.label(t.edtf[chosen], t.date_text[chosen], t.date_basis[chosen])
    when = clip(safe(label), max(12, width // 2))
    title = clip(t.title[chosen], max(8, width - cells(when) - 4))
    first = line((mark, role), " ", (title, "strong"), "  ", (when, "dim"))
    more: list[tuple[str, str]] = []
    disputed = lane.disputed(chosen)
    sign = (f"  {DIFFERS} ", "differs") if disputed else ("  ◆ ", "outside")
    for other in lane.extents.others(chosen):
        more += [sign, (dates.label(other.edtf, "", other.basis), "dim")]
    if disputed and not more:
        more = [sign, ("its date is disputed", "dim")]
    place = line((f"event {lane.place(chosen) + 1:,} of {len(lane):,}", "faint"))
    begin, end = rows.together(lane, room_of(width))
    if end - begin > 1:
        standings = lane.track.standings
        counts = ((mark, standings.count(n, begin, end)) for n, (mark, _) in enumerate(_MARKS))
        marked = [(f" {mark}{count:,}", "dim") for mark, count in counts if count]
        explained = [(f"  {end - begin:,} in this mark:", "faint"), *marked]
        fits = width_of((*line(*more, *explained), *place)) < width
        more += explained if fits else [("  together", "faint"), *marked]
    return columns(first, EMPTY, width), columns(line(*more), place, width)


def elsewhere(first: int, shown: int, count: int) -> Line:
    """Say how many lanes there are above and below those that are shown."""
    below = count - first - shown
    words = [f"{sign} {n:,}" for sign, n in (("↑", first), ("↓", below)) if n > 0]
    if not words:
        return EMPTY
    return line((f"{'  '.join(words)} more lane{'s' * (words[-1][2:] != '1')}", "faint"))


def legend(width: int) -> Line:
    """Explain what is drawn, as far as there is room."""
    parts = (
        ("●", "held", "held"), ("○", "planned", "planned"), ("◐", "reported", "reported"),
        ("◆", "outside", "outside"), (DIFFERS, "disputed", "differs"),
        (SOMEWHERE, "some day in here", "dim"), (SPAN, "lasted", "dim"),
        (f"◂{OPEN * 2}", "begun earlier", "dim"), ("‹ ›", "more", "dim"),
        ("●3", "three of them", "dim"),
    )  # fmt: skip
    words: list[tuple[str, str]] = []
    taken = 0
    for mark, meaning, role in parts:
        gap = "  " if words else ""
        taken += len(gap) + len(mark) + 1 + len(meaning)
        if taken > width:
            break
        words += [(gap, ""), (mark, role), (f" {meaning}", "faint")]
    return columns(line(*words), EMPTY, width)


def _day(ordinal: int) -> str:
    return dates.label(date.fromordinal(ordinal).isoformat())


def _marked(rows: LaneRows, whole: Overview, room: int) -> bool:
    """Tell whether any event is marked in the window."""
    edges, ranks = rows.edges(room), whole.ranks
    if ranks is None:
        return edges[-1] > edges[0]
    return bisect_left(ranks, edges[-1]) > bisect_left(ranks, edges[0])


def _beyond(rows: LaneRows, whole: Overview, room: int) -> str:
    """Say where the events are if all of them lie before or behind the window."""
    edges, ends = rows.edges(room), whole.ends
    if ends is None or (ends[0] < edges[-1] and ends[1] >= edges[0]):
        return ""
    later = ends[0] >= edges[-1]
    words = "every known date is later ›" if later else "‹ every known date is earlier"
    return clip(words, room).center(room)


def _short(days: int) -> str:
    return f"{days // 365} y" if days >= 730 else f"{days // 30} mo" if days >= 61 else f"{days} d"


def length(days: int) -> str:
    """Name a length of time in the largest unit that fits it at least twice."""
    if days >= 730:
        return f"{days // 365} years"
    return f"{days // 30} months" if days >= 61 else f"{days} day{'s' * (days != 1)}"
