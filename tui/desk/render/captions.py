"""What stands above and below lanes: bars, axis and silences; the chosen event and a legend."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tui.archive.chronology import DISPUTED, LASTS, STANDINGS
from tui.desk.render.axis import axis
from tui.desk.render.extent import LONGEST_SIZE
from tui.desk.render.lanes import SOMEWHERE, SPAN, label_width, room_of
from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import EMPTY, Line, cells, clip, columns, line, safe
from tui.desk.render.timeline import BLOCKS
from tui.plain import counted
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline
    from tui.desk.render.axis import Window
    from tui.desk.render.extent import Gap, Lane
    from tui.desk.render.lanes import LaneRows

SILENCES = 3
"""Silences named at once: the longest."""


def head(rows: LaneRows, whole: Lane, gaps: Sequence[Gap], width: int) -> tuple[Line, ...]:
    """Draw how many events there are, the axis, and the silences long enough here to be named.

    Args:
        rows: the lanes, for their window.
        whole: all events of the lanes.
        gaps: the silences, longest first.
        width: the cells of a row.
    """
    label, room = label_width(width), room_of(width)
    window = rows.window
    pad = line(" " * label)
    upper, lower = axis(window, room)
    most, bars = density(rows, whole, room)
    words = f"tallest bar: {counted(most, 'event')}"
    if len(words) >= label:
        words = f"tallest: {most:,}" if len(f"{most:,}") + 9 < label else f"most {most:,}"
    name = clip(words if most else "no event here", label - 1)
    drawn = [line((f"{name:<{label}}", "faint"), *bars), (*pad, *upper), (*pad, *lower)]
    silent, named = _silences(gaps, window, room)
    empty = all(character == " " for character, _ in bars)
    beyond = _beyond(rows, whole, room) if empty else ""
    if named or beyond:
        words = "" if beyond else "nothing dated" if label > 14 else "silence"
        drawn.append(line((f"{words:<{label}}", "faint"), (beyond or silent, "faint")))
    elif gaps:
        drawn.append(EMPTY)
    return tuple(drawn)


def density(rows: LaneRows, whole: Lane, room: int) -> tuple[int, list[tuple[str, str]]]:
    """Count the events that are known to the column, as bars of eight heights; shade the others.

    Returns:
        The number of events under the highest bar, and the bars.
    """
    window, edges = rows.window, rows.edges(room)
    cell = window.days / room
    counts = [0] * room
    least = max(1, int(cell).bit_length())
    plot, shaded = [(" ", "")] * room, [(SOMEWHERE, "faint")] * room
    for size in (n + lasts for lasts in (0, LASTS) for n in range(min(least, LONGEST_SIZE))):
        if size in whole.sizes:
            ranks = whole.ranks_of(size)
            at = [bisect_left(ranks, edge) for edge in edges]
            counts = [n + b - a for n, a, b in zip(counts, at, at[1:], strict=False)]
    for size in whole.longer_than(cell):
        spans = whole.cover(size)
        place = bisect_left(spans, window.low, key=lambda span: span[1])
        while place < len(spans) and spans[place][0] < window.high:
            first, last = (window.column(day, room) for day in spans[place])
            first, last = max(0, first), min(room - 1, last)
            plot[first : last + 1] = shaded[first : last + 1]
            place += 1
    most = max(counts)
    for column, count in enumerate(counts):
        if count:
            plot[column] = (BLOCKS[max(0, -(-8 * count // most) - 1)], "bar")
    return most, plot


def _silences(gaps: Sequence[Gap], window: Window, room: int) -> tuple[str, int]:
    plot = [" "] * room
    named = 0
    for low, high in gaps:
        if named == SILENCES:
            break
        if high < window.low or low > window.high:
            continue
        first = max(0, window.column(low, room))
        last = min(room - 1, window.column(high, room))
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
    t, ext = timeline, lane.extents
    mark, role = STATUS_MARKS.get(t.status[chosen], STATUS_MARKS[""])
    label = dates.label(t.edtf[chosen], t.date_text[chosen], t.date_basis[chosen])
    when = clip(safe(label), max(12, width // 2))
    title = clip(t.title[chosen], max(8, width - cells(when) - 4))
    first = line((mark, role), " ", (title, "strong"), "  ", (when, "dim"))
    more: list[tuple[str, str]] = []
    disputed = lane.dated and bool(ext.flags[ext.rank[chosen]] & DISPUTED)
    sign = (f"  {DIFFERS} ", "differs") if disputed else ("  ◆ ", "outside")
    for other in ext.others(chosen):
        more += [sign, (dates.label(other.edtf, "", other.basis), "dim")]
    if disputed and not more:
        more = [sign, ("its date is disputed", "dim")]
    together = rows.together(lane, room_of(width))
    if together is not None and together.end - together.begin > 1:
        found = Counter(lane.standings[together.begin : together.end])
        count = [(f" {STATUS_MARKS[STANDINGS[n]][0]}{found[n]:,}", "dim") for n in sorted(found)]
        more += [(f"  {sum(found.values()):,} in this mark:", "faint"), *count]
    place = line((f"event {lane.place(chosen) + 1:,} of {len(lane.positions):,}", "faint"))
    return columns(first, EMPTY, width), columns(line(*more), place, width)


def legend(width: int) -> Line:
    """Explain what is drawn, as far as there is room."""
    parts = (
        ("●", "held", "held"), ("○", "planned", "planned"), ("◐", "start open", "reported"),
        ("◆", "outside", "outside"), (DIFFERS, "disputed", "differs"),
        (SOMEWHERE, "some day in here", "dim"), (SPAN, "lasted", "dim"),
        ("+2", "undated", "dim"), ("◂ ▸", "open", "dim"), ("‹ ›", "more", "dim"),
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


def _beyond(rows: LaneRows, whole: Lane, room: int) -> str:
    """Say where the events are if all of them lie before or behind the window."""
    edges, ranks = rows.edges(room), whole.ranks
    if not whole.dated or (ranks[0] < edges[-1] and ranks[-1] >= edges[0]):
        return ""
    later = ranks[0] >= edges[-1]
    words = "every known date is later ›" if later else "‹ every known date is earlier"
    return clip(words, room).center(room)


def _short(days: int) -> str:
    return f"{days // 365} y" if days >= 730 else f"{days // 30} mo" if days >= 61 else f"{days} d"


def length(days: int) -> str:
    """Name a length of time in the largest unit that fits it at least twice."""
    if days >= 730:
        return f"{days // 365} years"
    return f"{days // 30} months" if days >= 61 else f"{days} day{'s' * (days != 1)}"
