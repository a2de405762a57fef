"""Which events are nearest to one: three orders of the events, walked along from its place."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from heapq import merge
from itertools import compress, islice
from typing import TYPE_CHECKING, Any

from tui.archive.columns import numbers
from tui.archive.extents import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.archive.extents import Extents

FAR = 1 << 21
"""Days farther than the calendar reaches: how long an open date may be."""
_STARTS, _ENDS = FAR, FAR + 1
"""The lengths under which dates are listed whose beginning or end is open."""


class Nearness:
    """The dated events in three orders.

    `ahead`, by the first day, leaves out those whose beginning is open; `behind`, by the last day,
    latest first, those whose end is. `runs` has, length after length, where `by_length` begins with
    dates of so many days, in order of the timeline; dates of which one end is open come last.
    """

    def __init__(self, extents: Extents, plain: tuple[Any, ...]) -> None:
        ahead, behind, by_length, runs = plain
        self._extents = extents
        self._ahead, self._behind = numbers("I", ahead), numbers("I", behind)
        self._by_length = numbers("I", by_length)
        self._runs: Sequence[tuple[int, int]] = runs

    def narrowed(self, shown: Sequence[int]) -> Nearness:
        """Give the same for some of the events."""
        kept = bytearray(self._extents.dated)
        for at in shown[: bisect_left(shown, self._extents.dated)]:
            kept[at] = 1
        there = kept.__getitem__
        ahead, behind, by_length = (
            array("I", compress(order, map(there, order)))
            for order in (self._ahead, self._behind, self._by_length)
        )
        ends = [*(begin for _, begin in self._runs[1:]), len(self._by_length)]
        runs, begin = [], 0
        for (length, first), end in zip(self._runs, ends, strict=True):
            runs.append((length, begin))
            begin += sum(map(there, self._by_length[first:end]))
        return Nearness(
            self._extents, (ahead.tobytes(), behind.tobytes(), by_length.tobytes(), runs)
        )

    @property
    def others(self) -> int:
        """Count the events but one."""
        return len(self._by_length) - 1

    def reach(self, at: int) -> tuple[int, int]:
        """Give the first and the last day on which an event may have been."""
        ext = self._extents
        size = ext.size(at)
        return (
            -FAR if size == OPEN_START else ext.first[at],
            FAR if size == OPEN_END else ext.last[at],
        )

    def nearest(self, chosen: int, most: int) -> tuple[int, list[int]]:
        """Give the events nearest to one of them: the number that may be at its time, and some.

        These are at most so many: by the days that lie between at least, then those with the
        shorter date, then in the order of the timeline.
        """
        low, high = self.reach(chosen)
        ext, ahead, behind = self._extents, self._ahead, self._behind
        after = bisect_right(ahead, high, key=ext.first.__getitem__)
        before = bisect_right(behind, -low, key=lambda at: -ext.last[at])
        same = len(self._by_length) - (len(ahead) - after) - (len(behind) - before) - 1
        found = list(islice((at for at in self._together(low, high) if at != chosen), most))
        ways = (
            ((ext.first[at] - high, self._length(at), at) for at in _walk(ahead, after)),
            ((low - ext.last[at], self._length(at), at) for at in _walk(behind, before)),
        )
        found += (at for _, _, at in islice(merge(*ways), most - len(found)))
        return same, found

    def _length(self, at: int) -> int:
        size = self._extents.size(at)
        return FAR if size >= OPEN_START else self._extents.last[at] - self._extents.first[at]

    def _together(self, low: int, high: int) -> Iterator[int]:
        """Walk through the events that may lie within some days, the shortest dates first."""
        ext, order = self._extents, self._by_length
        runs = dict(self._runs)
        starts, ends = runs.pop(_STARTS), runs.pop(_ENDS)
        limits = [*runs.values(), starts][1:]
        for (length, begin), end in zip(runs.items(), limits, strict=True):
            at = bisect_left(order, low - length, begin, end, key=ext.first.__getitem__)
            while at < end and ext.first[order[at]] <= high:
                yield order[at]
                at += 1
        open_start = bisect_left(order, low, starts, ends, key=ext.last.__getitem__)
        open_end = bisect_right(order, high, ends, key=ext.first.__getitem__)
        yield from merge(_walk(order, open_start, ends), _walk(order, ends, open_end))


def _walk(order: Sequence[int], begin: int, end: int | None = None) -> Iterator[int]:
    """Walk along an order from a place; an `islice` would go through all before it."""
    return map(order.__getitem__, range(begin, len(order) if end is None else end))


def compile_nearness(extents: Extents) -> tuple[Any, ...]:
    """Order the dated events of a timeline for `Nearness`."""
    ext = extents
    sizes = bytes(map(ext.sizes.__getitem__, ext.rank))
    lengths = [b - a for a, b in zip(ext.first, ext.last, strict=True)]
    for at, size in enumerate(sizes):
        if size >= OPEN_START:
            lengths[at] = _STARTS if size == OPEN_START else _ENDS
    every = range(len(lengths))
    ahead = [at for at in every if sizes[at] != OPEN_START]
    behind = sorted(
        (at for at in every if sizes[at] != OPEN_END),
        key=lambda at: (-ext.last[at], lengths[at], at),
    )
    by_length = sorted(every, key=lengths.__getitem__)
    runs: dict[int, int] = {}
    for place, at in enumerate(by_length):
        runs.setdefault(lengths[at], place)
    first_start = len(by_length) - lengths.count(_STARTS) - lengths.count(_ENDS)
    runs.setdefault(_ENDS, len(by_length))
    runs[_STARTS] = first_start
    listed = sorted(runs.items())
    return (*(array("I", order).tobytes() for order in (ahead, behind, by_length)), listed)
