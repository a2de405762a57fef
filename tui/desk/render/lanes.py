"""Lanes: events at their place in time, one row a lane, drawn to scale."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from tui.desk.render.axis import Window, axis
from tui.desk.render.marks import STATUS_MARKS
from tui.desk.render.text import EMPTY, Line, cells, clip, columns, line, safe
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.archive import Timeline

Group = tuple[str, "Sequence[int]"]
"""The name of a lane and the timeline positions of its events."""

Gap = tuple[int, int]
"""The first and the last day of a silence."""

SOMEWHERE, SPAN = "░", "▒"
UNDATED = "undated"
ORDER = ("held", "reported", "outside", "planned", "denied", "")


class Lane:
    """The events of one row; what is drawn of them is worked out when the row is first seen."""

    def __init__(self, timeline: Timeline, name: str, positions: Sequence[int]) -> None:
        self._timeline = timeline
        self.name = name
        self.positions = positions
        self.dated = name != UNDATED

    @cached_property
    def ordered(self) -> tuple[list[float], Sequence[int]]:
        """Give the days at which the events are marked, in order, and the events."""
        if not self.dated:
            return [float(n) for n in range(len(self.positions))], self.positions
        pairs = sorted((anchor(self._timeline, at), at) for at in self.positions)
        return [day for day, _ in pairs], [at for _, at in pairs]

    @cached_property
    def bars(self) -> dict[tuple[str, str], list[Gap]]:
        """Give the stretches in which something took place, merged, by character and role."""
        t = self._timeline
        found: dict[tuple[str, str], list[Gap]] = {}
        for at in self.positions if self.dated else ():
            low, high = t.earliest[at], t.latest[at]
            if low is not None and high is not None and low != high:
                key = (shade(t.edtf[at]), STATUS_MARKS.get(t.status[at], STATUS_MARKS[""])[1])
                found.setdefault(key, []).append((low, high))
        return {key: _merged(spans) for key, spans in sorted(found.items())}

    @cached_property
    def opens(self) -> tuple[int | None, int | None]:
        """Give the last day before which something began, the first after which something ends."""
        t = self._timeline
        ends = [t.latest[at] for at in self.positions if t.earliest[at] is None]
        starts = [t.earliest[at] for at in self.positions if t.latest[at] is None]
        return (
            max((day for day in ends if day is not None), default=None),
            min((day for day in starts if day is not None), default=None),
        )

    def holds(self, position: int) -> bool:
        """Tell whether an event is in the lane."""
        at = bisect_left(self.positions, position)
        return at < len(self.positions) and self.positions[at] == position

    def step(self, position: int, by: int) -> int:
        """Give the event so many before or after one, stopping at the ends."""
        events = self.ordered[1]
        return events[max(0, min(self.place(position) + by, len(events) - 1))]

    def place(self, position: int) -> int:
        """Tell how many events of the lane come before one of them."""
        if not self.dated:
            return bisect_left(self.positions, position)
        days, events = self.ordered
        day = anchor(self._timeline, position)
        return bisect_left(events, position, bisect_left(days, day), bisect_right(days, day))

    def nearest(self, day: float) -> int:
        """Give the event marked nearest to a day."""
        days, events = self.ordered
        if not self.dated:
            return events[0]
        at = bisect_left(days, day)
        near = [n for n in (at, at - 1) if 0 <= n < len(days)]
        return events[min(near, key=lambda n: abs(days[n] - day))]


def anchor(timeline: Timeline, at: int) -> float:
    """Give the day at which a dated event is marked: the middle of what is possible."""
    low, high = timeline.earliest[at], timeline.latest[at]
    if low is None or high is None:
        return (high if low is None else low) or 0
    return (low + high) / 2


def shade(edtf: str | None) -> str:
    """Tell a span that lasts from one within which an event took place on some day."""
    return SPAN if edtf and "/" in edtf else SOMEWHERE


def lanes_of(
    timeline: Timeline, shown: Sequence[int], groups: Iterable[Group], rest: str
) -> list[Lane]:
    """Sort events into lanes; those in no group are kept in one of their own, as are undated ones.

    Args:
        timeline: the columns.
        shown: the positions of the events that are shown, in order.
        groups: the lanes in order; one that holds nothing is left out.
        rest: the name of the lane for what is in no group.
    """
    t = timeline
    dated = {at for at in shown if t.earliest[at] is not None or t.latest[at] is not None}
    lanes, grouped = [], set[int]()
    for name, members in groups:
        mine = sorted(dated.intersection(members))
        if mine:
            lanes.append(Lane(t, name, mine))
            grouped.update(mine)
    if len(grouped) < len(dated):
        lanes.append(Lane(t, rest, sorted(dated - grouped)))
    if len(dated) < len(shown):
        lanes.append(Lane(t, UNDATED, [at for at in shown if at not in dated]))
    return lanes


def fitting(timeline: Timeline, shown: Iterable[int]) -> Window:
    """Give the shortest window that holds nine events of ten."""
    days = sorted(
        anchor(timeline, at)
        for at in shown
        if timeline.earliest[at] is not None or timeline.latest[at] is not None
    )
    if not days:
        return Window(date.today().toordinal() - 365, date.today().toordinal() + 365)
    most = max(0, -(-len(days) * 9 // 10) - 1)
    low = min(range(len(days) - most), key=lambda n: days[n + most] - days[n])
    begin, end = days[low], days[low + most]
    spare = max(30.0, (end - begin) / 12)
    return Window(begin - spare, end + spare)


def silences(timeline: Timeline, shown: Iterable[int]) -> list[Gap]:
    """Give the stretches between dated events in which nothing can have happened, longest first.

    An open beginning fills nothing: of such an event only the day by which it was so is known.
    """
    spans: list[Gap] = []
    for at in shown:
        low, high = timeline.earliest[at], timeline.latest[at]
        first, last = low if low is not None else high, high if high is not None else low
        if first is not None and last is not None:
            spans.append((first, last))
    merged = _merged(spans)
    found = [(a[1] + 1, b[0] - 1) for a, b in pairwise(merged)]
    return sorted((gap for gap in found if gap[1] - gap[0] >= 6), key=lambda g: g[0] - g[1])


def _merged(spans: list[Gap]) -> list[Gap]:
    out: list[Gap] = []
    for low, high in sorted(spans):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return out


def label_width(width: int) -> int:
    """Give the cells for the name of a lane."""
    return max(12, min(28, width // 4))


class LaneRows:
    """Lanes as rows of a list; `chosen` is lit in the lane `here`."""

    def __init__(self, timeline: Timeline, lanes: Sequence[Lane], window: Window) -> None:
        self._timeline = timeline
        self.lanes = lanes
        self.window = window
        self.chosen = -1
        self.here = -1

    def __len__(self) -> int:
        return len(self.lanes)

    def selectable(self, index: int) -> bool:
        """Tell that every lane can be chosen."""
        return 0 <= index < len(self.lanes)

    def line(self, index: int, width: int) -> Line:
        """Draw a lane: its name, and what of it is in the window."""
        lane = self.lanes[index]
        label = label_width(width)
        name = clip(lane.name, label - 2)
        pad = " " * (label - 1 - cells(name))
        room = max(1, width - label - 1)
        chosen = self.chosen if index == self.here else -1
        draw = self._dated if lane.dated else self._undated
        before, plot, after = draw(lane, room, chosen)
        parts = [
            ("".join(character for character, _ in run), role)
            for role, run in groupby(plot, key=lambda c: c[1])
        ]
        ends = (("‹" if before else " ", "dim"), ("›" if after else "", "dim"))
        quiet = "dim" if not lane.dated else ""
        return line((name, quiet), (pad, ""), ends[0], *parts, ends[1])

    def _mark(self, at: int) -> tuple[str, str]:
        return STATUS_MARKS.get(self._timeline.status[at], STATUS_MARKS[""])

    def _undated(
        self, lane: Lane, room: int, chosen: int
    ) -> tuple[bool, list[tuple[str, str]], bool]:
        """Draw events without a date side by side: their order says nothing."""
        events = lane.positions
        fit = max(1, room // 2)
        place = lane.place(chosen) if chosen >= 0 else 0
        first = max(0, min(place - fit // 2, len(events) - fit))
        plot: list[tuple[str, str]] = []
        for at in events[first : first + fit]:
            mark, role = self._mark(at)
            plot += [(mark, "lit" if at == chosen else role), (" ", "")]
        plot = plot[:room] + [(" ", "")] * (room - len(plot))
        return first > 0, plot, first + fit < len(events)

    def _dated(
        self, lane: Lane, room: int, chosen: int
    ) -> tuple[bool, list[tuple[str, str]], bool]:
        window = self.window
        plot = [(" ", "")] * room

        def fill(low: float, high: float, character: str, role: str) -> float:
            """Shade a stretch; give the first day of the column behind it."""
            first, last = window.column(low, room), window.column(high, room)
            for column in range(max(0, first), min(room, last + 1)):
                plot[column] = (character, role)
            return window.low + (last + 1) * window.days / room

        until, since = lane.opens
        if until is not None and until > window.low:
            fill(window.low, until, SOMEWHERE, "faint")
            plot[0] = ("◂", "dim")
        if since is not None and since < window.high:
            fill(since, window.high, SOMEWHERE, "faint")
            plot[-1] = ("▸", "dim")
        for (character, role), spans in lane.bars.items():
            at = bisect_left(spans, window.low, key=lambda span: span[1])
            while at < len(spans) and spans[at][0] < window.high:
                behind = fill(*spans[at], character, role)
                at += 1
                if at < len(spans) and spans[at][1] < behind:
                    at = bisect_left(spans, behind, at, key=lambda span: span[1])
        t = self._timeline
        if chosen >= 0:
            low, high = t.earliest[chosen], t.latest[chosen]
            if low is None or high is None or low != high:
                fill(
                    low if low is not None else window.low,
                    high if high is not None else window.high,
                    shade(t.edtf[chosen]) if low is not None and high is not None else SOMEWHERE,
                    "key",
                )
        days, events = lane.ordered
        first = at = bisect_left(days, window.low)
        while at < len(days):
            column = window.column(days[at], room)
            if column >= room:
                break
            end = bisect_left(days, window.low + (column + 1) * window.days / room, at + 1)
            some = events[at : min(end, at + 12)]
            best = min(some, key=lambda n: ORDER.index(t.status[n]) if t.status[n] in ORDER else 9)
            plot[column] = self._mark(best)
            at = end
        if chosen >= 0:
            column = window.column(anchor(t, chosen), room)
            if 0 <= column < room:
                plot[column] = (self._mark(chosen)[0], "lit")
        return first > 0, plot, at < len(days)


def head(window: Window, gaps: Sequence[Gap], width: int) -> tuple[Line, ...]:
    """Draw the axis, and the silences that are long enough here to be named."""
    label = label_width(width)
    room = max(1, width - label - 1)
    pad = line(" " * label)
    upper, lower = axis(window, room)
    plot = [" "] * room
    named = 0
    for low, high in gaps:
        if named == 3:
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
        if size < 4:
            continue
        options = (f" {_day(low)} – {_day(high)} ", f" {_length(high - low + 1)} ", "")
        words = next(w for w in options if len(w) + 4 <= size or not w)
        plot[first : last + 1] = f"╶{words.center(size - 2, '─')}╴"
        named += 1
    rows = [(*pad, *upper), (*pad, *lower)]
    if gaps:
        words = "nothing recorded" if named else ""
        rows.append(line((words.ljust(label), "faint"), ("".join(plot), "faint")))
    return tuple(rows)


def foot(timeline: Timeline, lane: Lane | None, chosen: int, width: int) -> tuple[Line, Line]:
    """Say which event is chosen, when it was as far as is known, and which of its lane it is."""
    if lane is None or chosen < 0:
        return EMPTY, EMPTY
    t = timeline
    mark, role = STATUS_MARKS.get(t.status[chosen], STATUS_MARKS[""])
    label = dates.label(t.edtf[chosen], t.date_text[chosen], t.date_basis[chosen])
    right = line((f"{lane.place(chosen) + 1} of {len(lane.positions)}", "faint"))
    when = clip(safe(label), max(12, width // 3))
    room = max(8, width - cells(when) - 5 - sum(cells(text) for text, _ in right))
    left = line((mark, role), " ", (clip(t.title[chosen], room), "strong"), "  ", (when, "dim"))
    return EMPTY, columns(left, right, width)


def legend(width: int) -> Line:
    """Explain what is drawn besides marks."""
    parts = ((SOMEWHERE, "on some day in here"), (SPAN, "lasted"), ("◂ ▸", "open"),
             ("‹ ›", "more beyond"))  # fmt: skip
    words: list[tuple[str, str]] = []
    for mark, meaning in parts:
        words += [(mark, "dim"), (f" {meaning}   ", "faint")]
    return columns(line(*words), EMPTY, width)


def _day(ordinal: int) -> str:
    return dates.label(date.fromordinal(ordinal).isoformat())


def _length(days: int) -> str:
    if days >= 730:
        return f"{days // 365} years"
    return f"{days // 30} months" if days >= 61 else f"{days} days"
