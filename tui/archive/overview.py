"""All events of a timeline, or those that a lens leaves: where they are dense, and where silent."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from tui.archive.columns import numbers
from tui.archive.extents import OPEN_START
from tui.archive.tracks import BITS, Stretch, merged, places, starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.archive.extents import Extents

SILENT = 7
"""Days without any event that make a silence, at least."""


class Overview:
    """What stands above lanes.

    `fit` is the shortest stretch of time that holds nine dated events of ten, None where there is
    no date; `reach` holds all of them, with some room beside them.
    """

    def __init__(self, plain: tuple[Any, ...]) -> None:
        self.fit: tuple[float, float] | None
        self.reach: tuple[float, float]
        self._ranks: bytes | None
        self._by_size: dict[int, bytes]
        self._covers: dict[int, tuple[bytes, bytes]]
        self._silences: dict[int, tuple[bytes, bytes]]
        self.fit, self.reach, ranks, by_size, covers, silences = plain
        self._ranks, self._by_size, self._covers, self._silences = ranks, by_size, covers, silences
        self._read: dict[bytes, array[int]] = {}

    @property
    def ends(self) -> tuple[int, int] | None:
        """Give the first and the last rank; None where there is no date."""
        if self.ranks is not None:
            return (self.ranks[0], self.ranks[-1]) if self.ranks else None
        count = sum(len(ranks) // 4 for ranks in self._by_size.values())
        return (0, count - 1) if count else None

    @property
    def silent(self) -> bool:
        """Tell whether there are silences at all."""
        return bool(self._silences)

    @cached_property
    def ranks(self) -> array[int] | None:
        """Give the ranks of the dated events, in order; None where these are all there are."""
        return None if self._ranks is None else numbers("I", self._ranks)

    def counts(self, edges: Sequence[int], bits: int) -> list[int]:
        """Count the events whose dates have fewer bits, between one rank and the next.

        Those of the sizes that are fewer are counted: of these, or of all the others.
        """
        sizes = [size for size in self._by_size if size < OPEN_START and size & BITS < bits]
        others = [size for size in self._by_size if size not in sizes]
        less = len(others) < len(sizes)
        counts = [0] * (len(edges) - 1)
        if less:
            ranks = self.ranks
            at = edges if ranks is None else starts(ranks, edges)
            counts = [b - a for a, b in pairwise(at)]
        for size in others if less else sizes:
            at = starts(self._column(self._by_size[size]), edges)
            if at[0] == at[-1]:
                continue
            if less:
                counts = [n - b + a for n, a, b in zip(counts, at, at[1:], strict=False)]
            else:
                counts = [n + b - a for n, a, b in zip(counts, at, at[1:], strict=False)]
        return counts

    def _column(self, data: bytes) -> array[int]:
        """Give days or ranks that were written as bytes: both are small enough to be signed."""
        found = self._read.get(data)
        if found is None:
            found = self._read[data] = numbers("i", data)
        return found

    def covered(self, bits: int) -> tuple[array[int], array[int]]:
        """Give the stretches on which dates of so many bits and more lie: first and last days."""
        least = min((n for n in self._covers if n >= bits), default=0)
        if not least:
            return array("i"), array("i")
        lows, highs = map(self._column, self._covers[least])
        return lows, highs

    def silences(self, low: float, high: float, days: float) -> Iterator[Stretch]:
        """Walk through the silences that meet a stretch of time, the longest first.

        Those are left out that are so short that none of them takes four times so many days.
        """
        for bits in sorted(self._silences, reverse=True):
            if ((1 << bits) - 2) / days + 2 < 4:  # the longest, on as many columns as it may meet
                return
            lows, highs = map(self._column, self._silences[bits])
            begin, end = bisect_left(highs, low), bisect_right(lows, high)
            found = list(zip(lows[begin:end], highs[begin:end], strict=True))
            yield from sorted(found, key=lambda gap: gap[0] - gap[1])


def make_overview(extents: Extents, positions: Sequence[int]) -> tuple[Any, ...]:
    """Give what an `Overview` is made of, for events in order; undated ones are passed over."""
    ext = extents
    shown = positions[: bisect_left(positions, ext.dated)]
    whole = len(shown) == ext.dated
    if not shown:
        return None, (0.0, 0.0), None if whole else b"", {}, {}, {}
    ranks = range(len(shown)) if whole else sorted(map(ext.rank.__getitem__, shown))
    sizes = bytes(map(ext.sizes.__getitem__, ranks))
    by_size = {size: array("i", map(ranks.__getitem__, places(sizes, size))) for size in set(sizes)}
    low, high = ext.first[shown[0]], max(map(ext.last.__getitem__, shown))
    spare = max(30.0, (high - low) / 25)
    silences: dict[int, tuple[array[int], array[int]]] = {}
    for gap in _silent(ext, shown, whole):
        bits = (gap[1] - gap[0] + 1).bit_length()
        for column, day in zip(silences.setdefault(bits, (array("i"), array("i"))), gap):  # noqa: B905
            column.append(day)
    return (
        _fit(ext, ranks), (low - spare, high + spare),
        None if whole else array("I", ranks).tobytes(),
        {size: found.tobytes() for size, found in by_size.items()},
        _covers(ext, by_size),
        {bits: (low.tobytes(), high.tobytes()) for bits, (low, high) in silences.items()},
    )  # fmt: skip


def _covers(ext: Extents, by_size: dict[int, array[int]]) -> dict[int, tuple[bytes, bytes]]:
    """Join the stretches of all spans of at least so many bits, for each number of bits.

    Stretches of one size are joined where they meet, those of different sizes where they overlap:
    between two days that meet there may be room on a screen.
    """
    parts: dict[int, list[Stretch]] = {}
    for size, ranks in by_size.items():
        if size < OPEN_START and size & BITS:
            some = sorted(map(ext.order.__getitem__, ranks))
            spans = zip(map(ext.first.__getitem__, some), map(ext.last.__getitem__, some))  # noqa: B905
            parts.setdefault(size & BITS, []).extend(merged(spans))
    found: dict[int, tuple[bytes, bytes]] = {}
    joined: list[Stretch] = []
    for bits in sorted(parts, reverse=True):
        joined = merged(sorted(joined + parts[bits]), 0)
        found[bits] = tuple(array("i", side).tobytes() for side in zip(*joined, strict=True))  # type: ignore[assignment]  # two sides
    return found


def _fit(ext: Extents, ranks: Sequence[int]) -> tuple[float, float]:
    """Give the shortest stretch of time that holds nine events of ten, with room beside it."""
    days: Sequence[int] = ext.middle
    if len(ranks) != ext.dated:
        days = array("i", map(days.__getitem__, ranks))
    most = max(0, -(-len(days) * 9 // 10) - 1)
    lengths = [b - a for a, b in zip(days, days[most:])]  # noqa: B905 - as far as both reach
    low = lengths.index(min(lengths))
    begin, end = days[low] / 2, days[low + most] / 2
    spare = max(30.0, (end - begin) / 12)
    return begin - spare, end + spare


def _silent(ext: Extents, shown: Sequence[int], whole: bool) -> list[Stretch]:
    """Give the stretches between dated events in which nothing can have happened.

    An open beginning fills nothing: of such an event only the day by which it was so is known.
    Dates from elsewhere end a silence as the sources' own do.
    """
    firsts = list(map(ext.first.__getitem__, shown))
    until = accumulate(map(ext.last.__getitem__, shown), max)
    found = [(a + 1, b - 1) for a, b in zip(until, firsts[1:]) if b - a > SILENT]  # noqa: B905
    if found:
        kept = set() if whole else set(shown)
        rest = zip(*ext.further_rest, strict=True)
        spans = merged(sorted((low, high) for low, high, at in rest if whole or at in kept))
        found = [left for gap in found for left in _without(gap, spans)]
    return found


def _without(gap: Stretch, spans: list[Stretch]) -> Iterator[Stretch]:
    """Give what spans leave of a gap; they are in order and apart."""
    low, high = gap
    at = bisect_left(spans, low, key=lambda span: span[1])
    while at < len(spans) and spans[at][0] <= high:
        if spans[at][0] - low >= SILENT - 1:
            yield low, spans[at][0] - 1
        low = spans[at][1] + 1
        at += 1
    if high - low >= SILENT - 1:
        yield low, high
