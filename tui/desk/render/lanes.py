"""Lanes: events at their place in time, one row a lane, drawn to scale."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tui.archive.chronology import DISPUTED, LASTS, STANDINGS
from tui.desk.render.extent import UNDATED, Lane, middle
from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import Line, Safe, cells, clip, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.archive import Timeline
    from tui.archive.chronology import Extents
    from tui.desk.render.axis import Window

Group = tuple[str, "Callable[[], Sequence[int]]"]
"""The name of a lane and what gives the timeline positions of its events, in order."""

SOMEWHERE, SPAN, JOIN = "░", "▒", "╌"
UNDATED_WIDTH = 5
JOINED = 3
"""Disputes drawn out in full in a lane's window; where there are more, only the chosen one's."""
_MARKS = tuple(STATUS_MARKS[standing] for standing in STANDINGS)


class Cluster(NamedTuple):
    """Events marked together: the cells they take, and their places in the lane."""

    column: int
    width: int
    begin: int
    end: int


def lanes_of(
    extents: Extents, shown: Sequence[int], groups: Iterable[Group], *, all_shown: bool
) -> list[Lane]:
    """Sort events into lanes; undated ones stand in one of their own as well, at the end.

    Args:
        extents: where in time the events lie.
        shown: the positions of the events that are shown, in order.
        groups: the lanes in order, none of them empty.
        all_shown: whether every event is shown, so that no lane has to be narrowed.
    """
    wanted = frozenset() if all_shown else frozenset(shown)

    def narrowed(members: Callable[[], Sequence[int]]) -> Callable[[], Sequence[int]]:
        return lambda: sorted(wanted.intersection(members()))

    lanes = [
        Lane(extents, name, members if all_shown else narrowed(members)) for name, members in groups
    ]
    undated = shown[bisect_left(shown, len(extents.first)) :]
    if undated:
        lanes.append(Lane(extents, UNDATED, lambda: undated))
    return lanes


def label_width(width: int) -> int:
    """Give the cells for the name of a lane."""
    return max(12, min(28, width // 4))


def room_of(width: int) -> int:
    """Give the columns of time beside the names and before the count of undated events."""
    return max(1, width - label_width(width) - 1 - UNDATED_WIDTH)


class LaneRows:
    """Lanes as rows of a list; `chosen` is lit in the lane `here`."""

    def __init__(
        self, timeline: Timeline, extents: Extents, lanes: Sequence[Lane], window: Window
    ) -> None:
        self._timeline = timeline
        self._extents = extents
        self.lanes = lanes
        self.window = window
        self.chosen = -1
        self.here = -1
        self._edges: tuple[Window, list[int]] | None = None

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
        room = room_of(width)
        chosen = self.chosen if index == self.here else -1
        draw = self._dated if lane.dated else self._undated
        before, plot, after = draw(lane, room, chosen)
        more = f"+{len(lane.undated)}" if lane.dated and lane.undated else ""
        plot = [("‹" if before else " ", "dim"), *plot, ("›" if after else " ", "dim")]
        drawn = [  # safe as they are: every character is one of ours
            (Safe("".join([character for character, _ in run])), role)
            for role, run in groupby(plot, key=itemgetter(1))
        ]
        quiet = "dim" if not lane.dated else ""
        return (*line((name, quiet), (pad, "")), *drawn, *line((f" {more}", "dim")))

    def event_at(self, index: int, x: int, width: int) -> int:
        """Give the event marked at a column of a lane; a further click goes on among several.

        Returns:
            The position of the event, -1 where nothing is marked.
        """
        lane, room = self.lanes[index], room_of(width)
        column = x - label_width(width)
        if not lane.dated:
            first, events = self._side_by_side(lane, room)
            at = (column - self._indent(lane)) // 2
            return events[first + at] if 0 <= at < len(events) - first else -1
        for one in self.clusters(lane, room):
            if one.column <= column < one.column + one.width:
                place = lane.place(self.chosen) if self.here == index else -1
                after = place + 1 if one.begin <= place < one.end - 1 else one.begin
                return lane.event(after)
        return -1

    def together(self, lane: Lane, room: int) -> Cluster | None:
        """Give the cluster that the chosen event is in."""
        if not lane.dated or self.chosen < 0:
            return None
        place = lane.place(self.chosen)
        return next((c for c in self.clusters(lane, room) if c.begin <= place < c.end), None)

    def edges(self, room: int) -> list[int]:
        """Give the ranks at which the columns of the window begin, and the last one ends."""
        if self._edges is None or self._edges[0] != self.window or len(self._edges[1]) != room + 1:
            window, middles = self.window, self._extents.middle
            step = window.days / room
            self._edges = (
                window,
                [bisect_left(middles, 2 * (window.low + step * n)) for n in range(room + 1)],
            )
        return self._edges[1]

    def clusters(self, lane: Lane, room: int) -> list[Cluster]:
        """Mark the events of a lane: alone, or counted where their marks would not fit."""
        edges, ranks = self.edges(room), lane.ranks
        found: list[Cluster] = []
        at, last = bisect_left(ranks, edges[0]), bisect_left(ranks, edges[-1])
        while at < last:
            begin, column = at, min(room, bisect_right(edges, ranks[at])) - 1
            stop = column + 1
            while True:
                end = bisect_left(ranks, edges[stop], at)
                width = len(self._words(lane, begin, end))
                if column + width <= stop or stop >= room:
                    break
                stop = min(room, column + width)
            if column + width > room:  # move to the left, at need with those that stand there
                column = room - width
                while found and found[-1].column + found[-1].width > column:
                    before = found.pop()
                    begin = before.begin
                    column = min(before.column, room - len(self._words(lane, begin, end)))
                column, width = max(0, column), len(self._words(lane, begin, end))
            found.append(Cluster(column, width, begin, end))
            at = end
        return found

    def _words(self, lane: Lane, begin: int, end: int) -> str:
        """Give what marks some events: the surest one's mark, their number, a dispute in them."""
        standings = lane.standings
        count = str(end - begin) if end - begin > 1 else ""
        differs = DIFFERS if self._disputed(lane, begin, end) else ""
        best = next(n for n in range(len(_MARKS)) if standings.find(n, begin, end) >= 0)
        return f"{_MARKS[best][0]}{count}{differs}"

    def _disputed(self, lane: Lane, begin: int, end: int) -> bool:
        flags = lane.flags
        return any(flags.find(n, begin, end) >= 0 for n in (DISPUTED, DISPUTED | 2))

    @staticmethod
    def _indent(lane: Lane) -> int:
        return 1 if lane.name == UNDATED else len(UNDATED) + 2

    def _side_by_side(self, lane: Lane, room: int) -> tuple[int, Sequence[int]]:
        events = lane.positions
        fit = max(1, (room - self._indent(lane) + 1) // 2)
        place = lane.place(self.chosen) if lane.holds(self.chosen) else 0
        return max(0, min(place - fit // 2, len(events) - fit)), events

    def _undated(
        self, lane: Lane, room: int, chosen: int
    ) -> tuple[bool, list[tuple[str, str]], bool]:
        """Draw events without a date side by side: their order says nothing."""
        first, events = self._side_by_side(lane, room)
        words = " " * (self._indent(lane) - 1)
        if lane.name != UNDATED:
            words = f"{UNDATED} "
        plot = [(character, "faint") for character in words]
        fit = max(1, (room - len(words)) // 2)
        for at in events[first : first + fit]:
            mark, role = STATUS_MARKS.get(self._timeline.status[at], STATUS_MARKS[""])
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
        for size in lane.longer_than(window.days / room):
            for (sure, standing), spans in lane.spans(size).items():
                shade, role = (SPAN if sure else SOMEWHERE), _MARKS[standing][1]
                at = bisect_left(spans, window.low, key=_end)
                while at < len(spans) and spans[at][0] < window.high:
                    behind = fill(*spans[at], shade, role)
                    at += 1
                    if at < len(spans) and spans[at][1] < behind:
                        at = bisect_left(spans, behind, at, key=_end)
        if chosen >= 0:
            self._span(chosen, fill)
        self._further(lane, room, chosen, plot)
        clusters = self.clusters(lane, room)
        place = lane.place(chosen) if chosen >= 0 else -1
        for one in clusters:
            words = self._words(lane, one.begin, one.end)[: room - one.column]
            standings = lane.standings
            here = one.begin <= place < one.end
            if here:
                words = _MARKS[standings[place]][0] + words[1:]
            role = "lit" if here else _MARKS[_MARK_OF[words[0]]][1]
            for n, character in enumerate(words):
                plot[one.column + n] = (character, "differs" if character == DIFFERS else role)
        first, last = self.edges(room)[0], self.edges(room)[-1]
        ranks = lane.ranks
        return bool(ranks) and ranks[0] < first, plot, bool(ranks) and ranks[-1] >= last

    def _span(self, chosen: int, fill: Callable[[float, float, str, str], float]) -> None:
        """Draw where the chosen event may lie, or how long it lasted."""
        t, window = self._timeline, self.window
        low, high = t.earliest[chosen], t.latest[chosen]
        if low is None or high is None or low != high:
            lasts = self._extents.size[chosen] & LASTS and low is not None and high is not None
            first = low if low is not None else window.low
            last = high if high is not None else window.high
            fill(first, last, SPAN if lasts else SOMEWHERE, "key")

    def _further(self, lane: Lane, room: int, chosen: int, plot: list[tuple[str, str]]) -> None:
        """Mark dates from elsewhere, and join those of one event that cannot all hold."""
        window, extents = self.window, self._extents
        found = lane.elsewhere(window.low, window.high)
        mine = [middle(o.earliest, o.latest) for o in extents.others(chosen)]
        if chosen >= 0 and extents.flags[extents.rank[chosen]] & DISPUTED:
            for day in mine:
                low, high = sorted((day, lane.day(chosen)))
                self._join(low, high, room, plot)
        for low, high, _ in lane.disputes(window.low, window.high, JOINED):
            self._join(low, high, room, plot)
        at, column = bisect_left(found, (window.low, -1)), -1
        while at < len(found):
            column = window.column(found[at][0], room)
            if column >= room:
                break
            plot[column] = STATUS_MARKS["outside"]
            day = window.low + (column + 1) * window.days / room
            at = bisect_left(found, (day, -1), at + 1)
        for day in mine:
            column = window.column(day, room)
            if 0 <= column < room:
                plot[column] = (STATUS_MARKS["outside"][0], "key")

    def _join(self, low: float, high: float, room: int, plot: list[tuple[str, str]]) -> None:
        """Join two dates of an event that cannot both hold."""
        first, last = self.window.column(low, room), self.window.column(high, room)
        first, last = max(0, first), min(room - 1, last)
        for column in range(first, last + 1):
            plot[column] = (JOIN, "differs")
        if last - first >= 4:
            plot[(first + last) // 2] = (DIFFERS, "differs")


_MARK_OF = {mark: n for n, (mark, _) in enumerate(_MARKS)}


def _end(span: tuple[int, int]) -> int:
    return span[1]
