"""Lanes: events at their place in time, one row a lane, drawn to scale."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.archive.extents import LASTS, STANDINGS
from tui.archive.tracks import FULL
from tui.desk.render.extent import UNDATED, Lane
from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import Line, Safe, cells, clip, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline
    from tui.archive.extents import Extents
    from tui.archive.tracks import Track
    from tui.desk.render.axis import Window

SOMEWHERE, SPAN, JOIN = "░", "▒", "╌"
UNDATED_WIDTH = 5
JOINED = 3
"""Disputes drawn out in full in a lane's window; where there are more, only the chosen one's."""
_MARKS = tuple(STATUS_MARKS[standing] for standing in STANDINGS)
_OUTSIDE = STATUS_MARKS["outside"]

_CELLS = (
    (" ", ""), (" ", "lit"), *_MARKS,
    *((SOMEWHERE, role) for _, role in _MARKS), *((SPAN, role) for _, role in _MARKS),
    (SOMEWHERE, "faint"), (SOMEWHERE, "key"), (SPAN, "key"), ("◂", "dim"), ("▸", "dim"),
    ("‹", "dim"), ("›", "dim"), (JOIN, "differs"), (DIFFERS, "differs"), (_OUTSIDE[0], "key"),
)  # fmt: skip
"""What a cell may show: a character and its role. A lane is drawn as bytes, one a cell."""
_CODE = {cell: bytes([n]) for n, cell in reversed(list(enumerate(_CELLS)))}
_GLYPHS = {n: character for n, (character, _) in enumerate(_CELLS)}
_ROLES = tuple(dict.fromkeys(role for _, role in _CELLS))
_ROLE_OF = bytes(_ROLES.index(role) for _, role in _CELLS).ljust(256, b"\0")
_RUNS = re.compile(rb"(\x01+|\x00*([^\x00\x01])(?:\2|\x00)*|\x00+)")
"""Cells that are drawn alike: blanks go with those beside them, unless these are lit."""
_SHADES = tuple(tuple(_CODE[shade, role] for _, role in _MARKS) for shade in (SOMEWHERE, SPAN))
_BLANK, _LIT, _DIFFERS = b"\0", b"\1", _CODE[DIFFERS, "differs"]


Cluster = tuple[int, int, int, int, int, str]
"""Events marked together: the first cell and the number of cells they take, their places in the
lane (the first, the one behind the last), the standing of the surest, and what is written."""


def label_width(width: int) -> int:
    """Give the cells for the name of a lane."""
    return max(12, min(28, width // 4))


def room_of(width: int) -> int:
    """Give the columns of time beside the names and before the count of undated events."""
    return max(1, width - label_width(width) - 1 - UNDATED_WIDTH)


class LaneRows:
    """Lanes as rows of a list; `chosen` is lit in the lane `here`.

    What a row costs to draw goes with its columns, never with the events in it: they are counted
    by halving, and stretches are walked no more often than there are columns to shade.
    """

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
        self._clusters: dict[Lane, list[Cluster]] = {}

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
        undated = len(lane.track.undated)
        if not lane.dated:
            drawn, role, more = self._undated(lane, room, chosen), "dim", ""
        else:
            drawn, role, more = (
                self._dated(lane, room, chosen),
                "",
                f"+{undated}" if undated else "",
            )
        return (*line((name + pad, role)), *drawn, (Safe(f" {more}"), "dim"))

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
        for first, width_of, begin, end, *_ in self.clusters(lane, room):
            if first <= column < first + width_of:
                place = lane.place(self.chosen) if self.here == index else -1
                return lane.event(place + 1 if begin <= place < end - 1 else begin)
        return -1

    def together(self, lane: Lane, room: int) -> tuple[int, int]:
        """Give the places of the events that the chosen one is marked with, itself among them."""
        if not lane.dated or self.chosen < 0:
            return 0, 0
        place, found = lane.place(self.chosen), self.clusters(lane, room)
        begin, end = found[bisect_right(found, place, key=_begin) - 1][2:4] if found else (0, 0)
        return (begin, end) if begin <= place < end else (0, 0)

    def edges(self, room: int) -> list[int]:
        """Give the ranks at which the columns of the window begin, and the last one ends."""
        if self._edges is None or self._edges[0] != self.window or len(self._edges[1]) != room + 1:
            window, middles = self.window, self._extents.middle
            step = window.days / room
            self._edges = (
                window,
                [bisect_left(middles, 2 * (window.low + step * n)) for n in range(room + 1)],
            )
            self._clusters = {}
        return self._edges[1]

    def clusters(self, lane: Lane, room: int) -> list[Cluster]:
        """Mark the events of a lane: alone, or counted where their marks would not fit."""
        edges = self.edges(room)
        found = self._clusters.get(lane)
        if found is None:
            found = self._clusters[lane] = clusters(lane.track, edges)
        return found

    @staticmethod
    def _indent(lane: Lane) -> int:
        return 1 if lane.name == UNDATED else len(UNDATED) + 2

    def _side_by_side(self, lane: Lane, room: int) -> tuple[int, Sequence[int]]:
        events = lane.track.undated
        fit = max(1, (room - self._indent(lane) + 1) // 2)
        place = lane.place(self.chosen) if lane.holds(self.chosen) else 0
        return max(0, min(place - fit // 2, len(events) - fit)), events

    def _undated(self, lane: Lane, room: int, chosen: int) -> Line:
        """Draw events without a date side by side: their order says nothing."""
        first, events = self._side_by_side(lane, room)
        words = " " * (self._indent(lane) - 1)
        if lane.name != UNDATED:
            words = f"{UNDATED} "
        fit = max(1, (room - len(words)) // 2)
        codes, text = bytearray(), ""
        for at in events[first : first + fit]:
            mark, role = STATUS_MARKS.get(self._timeline.status[at], STATUS_MARKS[""])
            codes += (_LIT if at == chosen else _CODE[mark, role]) + _BLANK
            text += f"{mark} "
        columns, room = room, max(0, room - len(words))
        behind = "›" if first + fit < len(events) else " "
        return (
            *line(("‹" if first else " ", "dim"), (words[:columns], "faint")),
            *_pieces(text[:room].ljust(room), bytes(codes[:room]).ljust(room, _BLANK)),
            (Safe(behind), "dim"),
        )

    def _dated(self, lane: Lane, room: int, chosen: int) -> Line:
        """Draw what is dated from above: first the marks, then what is seen between them."""
        track, edges = lane.track, self.edges(room)
        codes = bytearray(room)
        place = lane.place(chosen) if chosen >= 0 else -1
        written: list[tuple[int, str]] = []
        for column, width, begin, end, standing, words in self.clusters(lane, room):
            code = _MARK_CODES[standing]
            if begin <= place < end:
                words, code = _SIGNS[track.standings[place]] + words[1:], _LIT
            if column + width > room:
                words, width = words[: room - column], room - column
            codes[column : column + width] = code * width
            if words[-1] == DIFFERS:
                codes[column + width - 1] = _DIFFERS[0]
            written.append((column, words))
        if 0 in codes:
            self._further(lane, chosen, codes)
            if chosen >= 0:
                self._span(chosen, codes)
            self._shade(track, codes)
        glyphs, text, at = codes.decode("latin-1").translate(_GLYPHS), "", 0
        for column, words in written:
            text += glyphs[at:column] + words
            at = column + len(words)
        before, after = track.ranks[0] < edges[0], track.ranks[-1] >= edges[-1]
        return _pieces(
            f"{'‹' if before else ' '}{text}{glyphs[at:]}{'›' if after else ' '}",
            (_CODE["‹", "dim"] if before else _BLANK) + codes
            + (_CODE["›", "dim"] if after else _BLANK),
        )  # fmt: skip

    def _shade(self, track: Track, codes: bytearray) -> None:
        """Shade the stretches in which something took place, from the topmost down."""
        window, room = self.window, len(codes)
        low, high, days = window.low, window.high, window.days
        least = max(1, int(days / room).bit_length())
        lows, highs = track.lows, track.highs
        for _, begin, end, layers in track.bands_from(least):
            at = bisect_left(highs, low, begin, end)
            if at == end or lows[at] >= high:
                continue
            for sure, standing, first, last in layers:
                at = bisect_left(highs, low, first, last)
                while at < last and lows[at] < high:
                    column = max(0, int((lows[at] - low) * room // days))
                    after = int((highs[at] - low) * room // days) + 1
                    free = codes[column:after]
                    codes[column:after] = free.replace(_BLANK, _SHADES[sure][standing])
                    at += 1
                    if at < last:  # on with the first that reaches a column which is free
                        free_at = codes.find(0, after)
                        behind = low + free_at * days / room
                        at = last if free_at < 0 else bisect_left(highs, behind, at, last)
            if 0 not in codes:
                return
        until, since = track.opens
        if since is not None and since < high:
            _beneath(codes, room - 1, room, _CODE["▸", "dim"])
            _beneath(codes, window.column(since, room), room, _CODE[SOMEWHERE, "faint"])
        if until is not None and until > low:
            _beneath(codes, 0, 1, _CODE["◂", "dim"])
            _beneath(codes, 0, window.column(until, room) + 1, _CODE[SOMEWHERE, "faint"])

    def _span(self, chosen: int, codes: bytearray) -> None:
        """Draw where the chosen event may lie, or how long it lasted."""
        t, window, room = self._timeline, self.window, len(codes)
        low, high = t.earliest[chosen], t.latest[chosen]
        if low is None or high is None or low != high:
            lasts = low is not None and high is not None and self._extents.size(chosen) & LASTS
            first = window.column(low if low is not None else window.low, room)
            last = window.column(high if high is not None else window.high, room)
            _beneath(codes, first, last + 1, _CODE[SPAN if lasts else SOMEWHERE, "key"])

    def _further(self, lane: Lane, chosen: int, codes: bytearray) -> None:
        """Mark dates from elsewhere, and join those of one event that cannot all hold."""
        window, track, room = self.window, lane.track, len(codes)
        mine = [other.middle / 2 for other in self._extents.others(chosen)] if chosen >= 0 else []
        for day in mine:
            column = window.column(day, room)
            _beneath(codes, column, column + 1, _CODE[_OUTSIDE[0], "key"])
        days = track.further
        if days and (track.elsewhere <= FULL or self._few_beside()):
            column = codes.find(0)
            at = 0
            while column >= 0:  # the first date from a column on that is free
                at = bisect_left(days, 2 * (window.low + column * window.days / room), at)
                there = window.column(days[at] / 2, room) if at < len(days) else room
                if there >= room:
                    break
                _beneath(codes, there, there + 1, _CODE[_OUTSIDE])
                column = codes.find(0, max(there, column + 1))
        met = track.disputes_in(window.low, window.high, JOINED)
        joins = [(low / 2, high / 2) for low, high, _ in met]
        if mine and lane.disputed(chosen):
            joins = [*((day, lane.day(chosen)) for day in mine), *joins]
        for low, high in reversed(joins):
            self._join(low, high, codes)

    def _few_beside(self) -> bool:
        """Tell whether the further dates of all events in the window can be told apart."""
        days, window = self._extents.further, self.window
        return bisect_left(days, 2 * window.high) - bisect_left(days, 2 * window.low) <= FULL

    def _join(self, one: float, other: float, codes: bytearray) -> None:
        """Join two dates of an event that cannot both hold."""
        room = len(codes)
        first, last = sorted((self.window.column(one, room), self.window.column(other, room)))
        first, last = max(0, first), min(room - 1, last)
        if last - first >= 4:
            _beneath(codes, (first + last) // 2, (first + last) // 2 + 1, _DIFFERS)
        _beneath(codes, first, last + 1, _CODE[JOIN, "differs"])


_MARK_CODES = tuple(_CODE[mark] for mark in _MARKS)
_SIGNS = tuple(sign for sign, _ in _MARKS)


def clusters(track: Track, edges: Sequence[int]) -> list[Cluster]:
    """Mark events of a track in columns that begin at some ranks: alone, or counted together."""
    room = len(edges) - 1
    starts = _starts(track.ranks, edges)
    standings, disputed = track.standings, track.disputed
    found: list[Cluster] = []
    at, last = starts[0], starts[room]
    doubt = disputed.find(1, at, last)  # the next of them that is disputed

    column = 0
    while at < last:
        begin = at
        if starts[column + 1] <= at:
            column = bisect_right(starts, at, column) - 1
        if 0 <= doubt < begin:
            doubt = disputed.find(1, begin, last)
        stop = column + 1
        while True:
            end = starts[stop]
            count = end - begin
            width = 1 if count == 1 else 2 if count < 10 else 1 + len(str(count))
            if begin <= doubt < end:
                width += 1
            if column + width <= stop or stop >= room:
                break
            stop = min(room, column + width)
        if column + width > room:  # move to the left, at need with those that stand there
            column = room - width
            while found and found[-1][0] + found[-1][1] > column:
                before, _, begin, *_ = found.pop()
                count = end - begin
                width = 1 + (count > 1) * len(str(count)) + (disputed.find(1, begin, end) >= 0)
                column = min(before, room - width)
            column, doubt = max(0, column), disputed.find(1, begin, end)
        best = standings[begin]
        if best and count > 1:
            best = 0
            while standings.find(best, begin, end) < 0:
                best += 1
        differs = DIFFERS if begin <= doubt < end else ""
        words = f"{_SIGNS[best]}{count if count > 1 else ''}{differs}"
        found.append((column, width, begin, end, best, words))
        at, column = end, stop
    return found


def _starts(ranks: Sequence[int], edges: Sequence[int]) -> list[int]:
    """Give the places at which columns begin, and the last one ends, by way of what are fewer."""
    room = len(edges) - 1
    first = bisect_left(ranks, edges[0])
    last = bisect_left(ranks, edges[room], first)
    if last - first > room:
        return [bisect_left(ranks, edge, first, last) for edge in edges]
    counts = [0] * (room + 1)
    for rank in ranks[first:last]:
        counts[bisect_right(edges, rank)] += 1
    return list(accumulate(counts[1:], initial=first))


def _beneath(codes: bytearray, column: int, after: int, code: bytes) -> None:
    """Draw on the cells of a stretch that are free."""
    column = max(0, column)
    if column < after:
        codes[column:after] = codes[column:after].replace(_BLANK, code)


def _begin(cluster: Cluster) -> int:
    return cluster[2]


def _pieces(text: str, codes: bytes) -> Line:
    """Cut a drawn row where its role changes; all characters in it are ours, and safe."""
    pieces, at = [], 0
    for run, role in _RUNS.findall(codes.translate(_ROLE_OF)):
        end = at + len(run)
        pieces.append((Safe(text[at:end]), _ROLES[(role or run)[0]]))
        at = end
    return tuple(pieces)
