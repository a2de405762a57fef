"""The lanes of a grouping: one a record, read when it is seen, however many there are."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, overload

from tui.archive.tracks import Narrowed, Track, make_track, ranks_of
from tui.desk.render.extent import UNDATED, Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tui.archive import Library
    from tui.archive.extents import Extents
    from tui.records.record import Kind


FEW, FEWER = 10_000, 10
"""Events that are looked for in a track one by one, where it has so many times as many."""


class Lanes(Sequence[Lane]):
    """The records of some kinds that have events, then what has none of them, then the undated.

    Args:
        library: the archive.
        kinds: the kinds of record that have lanes, one of the archive's groups.
        name: what events are called that no such record takes part in: "no …".
        shown: the positions of the events that are shown, in order.
        near: the records that have any of these events; None where all are shown.
    """

    def __init__(
        self,
        library: Library,
        kinds: Sequence[Kind],
        name: str,
        shown: Sequence[int],
        near: Collection[str] | None,
    ) -> None:
        self._library = library
        self._times, self._extents = library.times, library.times.extents
        self._rows: list[tuple[Kind, Sequence[int]]] = []
        self._kept = None if near is None else Kept(self._extents, shown)
        for kind in kinds:
            rows = library.rows(kind)
            some = bisect_left(rows.events, 0, key=lambda count: -count)
            listed: Sequence[int] = range(some)
            if near is not None:
                listed = [at for at, record in enumerate(rows.id[:some]) if record in near]
            self._rows.append((kind, listed))
        self._rest: list[Lane] = []
        if self._has_apart(kinds):
            read = self._narrowing(partial(self._times.apart, kinds))
            self._rest.append(Lane(self._extents, f"no {name}", read))
        if undated := shown[bisect_left(shown, self._extents.dated) :]:
            track = Track(make_track(self._extents, array("I"), ()))
            track.undated = undated
            self._rest.append(Lane(self._extents, UNDATED, partial(_same, track)))
        self._lanes: dict[int, Lane] = {}

    def __len__(self) -> int:
        return sum(len(rows) for _, rows in self._rows) + len(self._rest)

    @overload
    def __getitem__(self, index: int) -> Lane: ...
    @overload
    def __getitem__(self, index: slice) -> list[Lane]: ...
    def __getitem__(self, index: int | slice) -> Lane | list[Lane]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        lane = self._lanes.get(index)
        if lane is None:
            lane = self._lanes[index] = self._lane(range(len(self))[index])
        return lane

    def _lane(self, index: int) -> Lane:
        for kind, listed in self._rows:
            if index < len(listed):
                rows, row = self._library.rows(kind), listed[index]
                name = (rows.short[row] if kind == "initiative" else "") or rows.name[row]
                read = self._narrowing(partial(self._times.track, kind, row))
                return Lane(self._extents, name, read)
            index -= len(listed)
        return self._rest[index]

    def _has_apart(self, kinds: Sequence[Kind]) -> bool:
        """Tell whether any of the events that are shown stands apart."""
        there = self._times.stands_apart(kinds)
        return there and (self._kept is None or self._kept.meets(self._times.apart(kinds)))

    def _narrowing(self, read: Callable[[], Track]) -> Callable[[], Track]:
        kept = self._kept
        return read if kept is None else lambda: kept.narrowed(read())

    def row_of(self, position: int) -> int:
        """Give the first lane in which an event is drawn; -1 where there is none."""
        if position < 0:
            return -1
        first, count, found = 0, len(self), list[int]()
        there = self._times.rows_in(position)
        for kind, listed in self._rows:
            for row in (row for of, row in there if of == kind):
                at = bisect_left(listed, row)
                if at < len(listed) and listed[at] == row:
                    found.append(first + at)
            first += len(listed)
        rows = [*sorted(found), *range(count - len(self._rest), count)]
        return next((row for row in rows if self[row].holds(position)), -1)


class Kept:
    """The events that a lens leaves: what tracks are narrowed to."""

    def __init__(self, extents: Extents, shown: Sequence[int]) -> None:
        self._extents = extents
        at = bisect_left(shown, extents.dated)
        ranks = bytearray(extents.dated)
        for rank in map(extents.rank.__getitem__, shown[:at]):
            ranks[rank] = 1
        self._ranks, self._undated = ranks, frozenset(shown[at:])
        self._few = array("I") if at > FEW else ranks_of(extents, shown[:at])

    def meets(self, track: Track) -> bool:
        """Tell whether any dated event of a track is kept."""
        return any(map(self._ranks.__getitem__, track.ranks))

    def narrowed(self, track: Track) -> Track:
        """Leave of a track the events that are kept."""
        ranks = track.ranks
        if self._few and len(self._few) * FEWER < len(ranks):
            places = ((rank, bisect_left(ranks, rank)) for rank in self._few)
            found = (rank for rank, at in places if at < len(ranks) and ranks[at] == rank)
            some = array("I", found)
        else:
            some = array("I", compress(ranks, map(self._ranks.__getitem__, ranks)))
        undated = list(filter(self._undated.__contains__, track.undated))
        if len(some) == len(ranks) and len(undated) == len(track.undated):
            return track
        return Narrowed(self._extents, some, undated)


def _same(track: Track) -> Track:
    return track
