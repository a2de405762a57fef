"""Lanes: events at their place in time, one row a lane, drawn to scale."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tui.archive.extents import LASTS, STANDINGS
from tui.archive.tracks import FULL
from tui.desk.render.clusters import SIGNS, clusters
from tui.desk.render.extent import UNDATED, Lane
from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import Line, Safe, cells, clip, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline
    from tui.archive.extents import Extents
    from tui.archive.tracks import Track
    from tui.desk.render.axis import Window
    from tui.desk.render.clusters import Cluster

SOMEWHERE, SPAN, JOIN, OPEN = "░", "▒", "╌", "┈"
NAMED_FROM = 60
"""Cells of a row from which there is room for the name of the column of undated events."""
TITLED_FROM = 16
"""Cells from which a title that has to be cut still says something."""
JOINED = 3
"""Disputes drawn out in full in a lane's window; where there are more, only the chosen one's."""
_MARKS = tuple(STATUS_MARKS[standing] for standing in STANDINGS)
_OUTSIDE = STATUS_MARKS["outside"]

_CELLS = (
    (" ", ""), (" ", "lit"), *_MARKS,
    *((SOMEWHERE, role) for _, role in _MARKS), *((SPAN, role) for _, role in _MARKS),
    (OPEN, "faint"), (OPEN, "key"), (SOMEWHERE, "key"), (SPAN, "key"),
    ("◂", "dim"), ("▸", "dim"), ("◂", "key"), ("▸", "key"),
    ("‹", "dim"), ("›", "dim"), (JOIN, "differs"), (DIFFERS, "differs"), (_OUTSIDE[0], "key"),
)  # fmt: skip
"""What a cell may show: a character and its role. A lane is drawn as bytes, one a cell."""
_CODE = {cell: bytes([n]) for n, cell in reversed(list(enumerate(_CELLS)))}
_GLYPHS = {n: character for n, (character, _) in enumerate(_CELLS)}
_ROLES = tuple(dict.fromkeys(role for _, role in _CELLS))
_ROLE_OF = bytes(_ROLES.index(role) for _, role in _CELLS).ljust(256, b"\0")
_RUNS = re.compile(rb"(\x01+|\x00*([^\x00\x01])(?:\2|\x00)*|\x00+)")
"""Cells that are drawn alike: blanks go with those beside them, unless these are lit."""
_MARK_CODES = tuple(_CODE[mark] for mark in _MARKS)
_SHADES = tuple(tuple(_CODE[shade, role] for _, role in _MARKS) for shade in (SOMEWHERE, SPAN))
_BLANK, _LIT, _DIFFERS = b"\0", b"\1", _CODE[DIFFERS, "differs"]
_TITLE, _HALF = _CODE[OPEN, "faint"], "\0"


def label_width(width: int) -> int:
    """Give the cells for the name of a lane."""
    return max(12, min(36, width // 4))


def undated_width(width: int) -> int:
    """Give the cells for the count of a lane's undated events, behind a space."""
    return len(UNDATED) if width >= NAMED_FROM else 5


def room_of(width: int) -> int:
    """Give the columns of time beside the names and before the count of undated events."""
    return max(1, width - label_width(width) - 2 - undated_width(width))


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
        self.asked: int | None = None
        """The day last gone to, until another event is chosen."""
        self._edges: tuple[Window, list[int]] | None = None
        self._clusters: dict[Lane, list[Cluster]] = {}
        self._titled: dict[Lane, list[tuple[int, int, int]]] = {}

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
        draw, role = (self._dated, "") if lane.dated else (self._undated, "dim")
        behind, more = undated_width(width), ""
        if lane.dated and (undated := len(lane.track.undated)):
            more = f"+{undated:,}"
            more = more if len(more) <= behind else f"+{undated // 1000}k"
        drawn = draw(lane, room, chosen)
        return (*line((name + pad, role)), *drawn, (Safe(f" {more:>{behind}}"), "dim"))

    def event_at(self, index: int, x: int, width: int) -> int:
        """Give the event marked at a column of a lane; a further click goes on among several.

        Returns:
            The position of the event, -1 where nothing is marked.
        """
        lane, room = self.lanes[index], room_of(width)
        column = x - label_width(width)
        if not lane.dated:
            first, step, events = self._side_by_side(lane, room)
            at = (column - self._indent(lane)) // step
            return events[first + at] if 0 <= at < len(events) - first else -1
        for first, width_of, begin, end, *_ in self.clusters(lane, room):
            if first <= column < first + width_of:
                place = lane.place(self.chosen) if self.here == index else -1
                return lane.event(place + 1 if begin <= place < end - 1 else begin)
        titled = self._titled.get(lane, ())
        return next((event for first, after, event in titled if first <= column < after), -1)

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
            self._clusters, self._titled = {}, {}
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
        return 0 if lane.name == UNDATED else len(UNDATED) + 1

    def _side_by_side(self, lane: Lane, room: int) -> tuple[int, int, Sequence[int]]:
        """Give the place of the first undated event in view, the cells of each, and all of them.

        Where they are few there is room for their titles.
        """
        events, free = lane.track.undated, room - self._indent(lane)
        step = min(3 * TITLED_FROM, free // len(events))
        if step < TITLED_FROM + 2:
            step = 2
        fit = max(1, (free + step - 1) // step)
        place = lane.place(self.chosen) if lane.holds(self.chosen) else 0
        return max(0, min(place - fit // 2, len(events) - fit)), step, events

    def _undated(self, lane: Lane, room: int, chosen: int) -> Line:
        """Draw events without a date side by side: their order says nothing."""
        first, step, events = self._side_by_side(lane, room)
        words = "" if lane.name == UNDATED else f"{UNDATED} "
        fit = max(1, (room - len(words) + step - 1) // step)
        codes, text = bytearray(), ""
        for at in events[first : first + fit]:
            mark, role = STATUS_MARKS.get(self._timeline.status[at], STATUS_MARKS[""])
            title = self._title(at, step - 3) if step > 2 else ""
            codes += _LIT if at == chosen else _CODE[mark, role]
            codes += (_BLANK + _TITLE * len(title)).ljust(step - 1, _BLANK)
            text += f"{mark} {title}".ljust(step)
        columns, room = room, max(0, room - len(words))
        behind = "›" if first + fit < len(events) else " "
        return (
            *line(("‹" if first else " ", "dim"), (words[:columns], "faint")),
            *_pieces(text[:room].ljust(room), bytes(codes[:room]).ljust(room, _BLANK)),
            (Safe(behind), "dim"),
        )

    def _title(self, event: int, room: int) -> str:
        """Give the title of an event as one character a cell: `_HALF` fills those of wide ones."""
        title = clip(self._timeline.title[event], room)
        if title.isascii():
            return title
        filled = "".join([one + _HALF * (cells(one) - 1) for one in title])
        return filled if len(filled) == cells(title) else ""

    def _dated(self, lane: Lane, room: int, chosen: int) -> Line:
        """Draw what is dated from above: first the marks, then what is seen between them."""
        track, edges = lane.track, self.edges(room)
        codes = bytearray(room)
        place = lane.place(chosen) if chosen >= 0 else -1
        written: list[tuple[int, str]] = []
        for column, width, begin, end, standing, words in self.clusters(lane, room):
            code = _MARK_CODES[standing]
            if begin <= place < end:
                words, code = SIGNS[track.standings[place]] + words[1:], _LIT
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
            written += self._titles(lane, codes)
            written.sort()
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

    def _titles(self, lane: Lane, codes: bytearray) -> list[tuple[int, str]]:
        """Write what stands alone behind its mark, where nothing else is drawn."""
        found: list[tuple[int, str]] = []
        self._titled[lane] = places = []
        if _BLANK * (TITLED_FROM + 2) not in codes:
            return found
        for column, width, begin, end, *_ in self.clusters(lane, len(codes)):
            if end - begin > 1:
                continue
            free = codes[column + width :]
            room = len(free) - len(free.lstrip(_BLANK)) - 2
            if room >= TITLED_FROM:
                event = lane.event(begin)
                title = self._title(event, min(room, 3 * TITLED_FROM))
                at = column + width + 1
                codes[at : at + len(title)] = _TITLE * len(title)
                found.append((at, title))
                places.append((at, at + len(title), event))
        return found

    def _shade(self, track: Track, codes: bytearray) -> None:
        """Shade the stretches in which something took place, from the topmost down."""
        window, room = self.window, len(codes)
        low, high, days = window.low, window.high, window.days
        least = max(1, int(days / room).bit_length())
        lows, highs = track.lows, track.highs
        for _, begin, end, layers in track.bands_from(least):
            at = bisect_right(highs, low - 1, begin, end)  # a day lasts till the next
            if at == end or lows[at] >= high:
                continue
            for sure, standing, first, last in layers:
                at = bisect_right(highs, low - 1, first, last)
                while at < last and lows[at] < high:
                    column = max(0, int((lows[at] - low) * room // days))
                    after = -int((low - highs[at] - 1) * room // days)
                    free = codes[column:after]
                    codes[column:after] = free.replace(_BLANK, _SHADES[sure][standing])
                    at += 1
                    if at < last:  # on with the first that reaches a column which is free
                        free_at = codes.find(0, after)
                        behind = low + free_at * days / room
                        at = last if free_at < 0 else bisect_right(highs, behind - 1, at, last)
            if 0 not in codes:
                return
        until, since = track.opens
        if since is not None and since < high:
            _beneath(codes, room - 1, room, _CODE["▸", "dim"])
            _beneath(codes, window.column(since, room), room, _CODE[OPEN, "faint"])
        if until is not None and until > low:
            _beneath(codes, 0, 1, _CODE["◂", "dim"])
            _beneath(codes, 0, window.behind(until, room), _CODE[OPEN, "faint"])

    def _span(self, chosen: int, codes: bytearray) -> None:
        """Draw where the chosen event may lie, or how long it lasted."""
        t, window, room = self._timeline, self.window, len(codes)
        low, high = t.earliest[chosen], t.latest[chosen]
        if low is None or high is None or low != high:
            lasts = low is not None and high is not None and self._extents.size(chosen) & LASTS
            first = window.column(low if low is not None else window.low, room)
            after = window.behind(high if high is not None else window.high, room)
            if low is None and after > 0:
                _beneath(codes, 0, 1, _CODE["◂", "key"])
            if high is None and first < room:
                _beneath(codes, room - 1, room, _CODE["▸", "key"])
            shade = OPEN if low is None or high is None else SPAN if lasts else SOMEWHERE
            _beneath(codes, first, after, _CODE[shade, "key"])

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


def _beneath(codes: bytearray, column: int, after: int, code: bytes) -> None:
    """Draw on the cells of a stretch that are free."""
    column = max(0, column)
    if column < after:
        codes[column:after] = codes[column:after].replace(_BLANK, code)


def _begin(cluster: Cluster) -> int:
    return cluster[2]


def _pieces(text: str, codes: bytes) -> Line:
    """Cut a drawn row where its role changes; titles in it are safe, and all else is ours."""
    pieces, at = [], 0
    for run, role in _RUNS.findall(codes.translate(_ROLE_OF)):
        end = at + len(run)
        pieces.append((Safe(text[at:end]), _ROLES[(role or run)[0]]))
        at = end
    if _HALF in text:
        pieces = [(Safe(words.replace(_HALF, "")), role) for words, role in pieces]
    return tuple(pieces)
