"""Tracks: the events of one record in time, as a lane draws them: looked up, never gone through."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Any

from tui.archive.columns import numbers
from tui.archive.extents import DISPUTED, ELSEWHERE, LASTS, OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.archive.extents import Extents

Stretch = tuple[int, int]
"""A first and a last day."""
Layer = tuple[bool, int, int, int]
"""Whether something took place all along, how it stands, and where its stretches begin and end."""
Band = tuple[int, int, int, tuple[Layer, ...]]
"""Spans of one class: its bits, where the stretches of all of it begin and end, its layers."""

FULL = 300
"""Disputed dates of a track that are kept; where there are more they could not be told apart."""

BITS = LASTS - 1
_SPANS = bytes(0 < size < OPEN_START and size != LASTS for size in range(256))
_ELSEWHERE = bytes(flag & ELSEWHERE for flag in range(256))
_DISPUTED = bytes(flag & DISPUTED for flag in range(256))


class Track:
    """Events in time, dated ones by the middles of what is possible.

    `ranks` are their places in that order among all events of the archive; `standings` and, where
    there are any, `disputed` (1 or 0) go with them. `undated` are the positions of the others.
    `opens` are the last day before which something began and the first after which something ends.

    Stretches in which something took place are merged, and told apart by class, by whether it took
    place all along, and by standing. They all stand in `lows` and `highs`; `bands` say where, as
    `Band`: the first is drawn above all others, and so is the first layer of each.

    `further` are the days of further dates, twice, in order, of `elsewhere` events; `disputes` the
    days, twice, between which an event is disputed, and the event, unless more than `FULL` are.
    """

    def __init__(self, plain: tuple[Any, ...]) -> None:
        ranks, standings, disputed, undated, opens, bands, lows, highs, *rest = plain
        self.ranks = numbers("I", ranks)
        self.standings: bytes = standings
        self.disputed: bytes = disputed
        self.undated: Sequence[int] = numbers("I", undated)
        self.opens: tuple[int | None, int | None] = opens
        self.bands: tuple[Band, ...] = bands
        self.lows, self.highs = numbers("i", lows), numbers("i", highs)
        further, elsewhere, disputes = rest
        self.further = numbers("i", further)
        self.elsewhere: int = elsewhere
        self.disputes: Sequence[tuple[int, int, int]] = disputes
        self._disputed_from = sorted(low for low, _, _ in self.disputes)
        self._disputed_until = sorted(high for _, high, _ in self.disputes)

    def bands_from(self, bits: int) -> Iterable[Band]:
        """Walk through the bands of dates of so many bits and more, the topmost first."""
        return (band for band in self.bands if band[0] >= bits)

    def disputes_in(self, low: float, high: float, most: int) -> Sequence[tuple[int, int, int]]:
        """Give the disputes that meet a stretch of time; none where there are too many."""
        begun = bisect_right(self._disputed_from, 2 * high)
        if 0 < begun - bisect_left(self._disputed_until, 2 * low) <= most:
            return [one for one in self.disputes if one[0] <= 2 * high and one[1] >= 2 * low]
        return ()


class Narrowed(Track):
    """Some events of a track: of their spans those are merged that are drawn, and when they are."""

    def __init__(self, extents: Extents, ranks: array[int], undated: Iterable[int]) -> None:
        super().__init__(make_track(extents, ranks, undated, merge=False))
        self._extents = extents
        self._merged: dict[int, Band] = {}

    @cached_property
    def _sizes(self) -> bytes:
        return bytes(map(self._extents.sizes.__getitem__, self.ranks))

    @cached_property
    def _waiting(self) -> set[int]:
        return {size for size in set(self._sizes) if _SPANS[size]}

    def bands_from(self, bits: int) -> Iterable[Band]:
        """Walk through the bands of dates of so many bits and more, the topmost first."""
        for size in [size for size in self._waiting if size & BITS >= bits]:
            self._waiting.remove(size)
            ranks = map(self.ranks.__getitem__, places(self._sizes, size))
            self._merged[size] = _band(self._extents, size, ranks, self.lows, self.highs)
        sizes = sorted((size for size in self._merged if size & BITS >= bits), key=_above)
        return [self._merged[size] for size in sizes]


def make_track(
    extents: Extents, ranks: array[int], undated: Iterable[int], *, merge: bool = True
) -> tuple[Any, ...]:
    """Give what a `Track` is made of, for dated events by rank and others by position.

    Merging spans takes most of the time; where it is left out, the track has no bands.
    """
    ext = extents
    standings = bytes(map(ext.standing.__getitem__, ranks))
    flags = bytes(map(ext.flags.__getitem__, ranks))
    sizes = bytes(map(ext.sizes.__getitem__, ranks))
    ends, starts = sizes.rfind(OPEN_START), sizes.find(OPEN_END)
    opens = (
        None if ends < 0 else ext.last[ext.order[ranks[ends]]],
        None if starts < 0 else ext.first[ext.order[ranks[starts]]],
    )
    lows, highs = array("i"), array("i")
    spans = _spans_of(ext, ranks) if merge else {}
    bands = tuple(_band(ext, size, spans[size], lows, highs) for size in sorted(spans, key=_above))
    disputed = flags.translate(_DISPUTED) if 1 in flags or 3 in flags else b""
    elsewhere = flags.count(ELSEWHERE) + flags.count(ELSEWHERE | DISPUTED)
    few = flags.count(DISPUTED) + flags.count(ELSEWHERE | DISPUTED) <= FULL
    disputes = [
        (min(day, mine), max(day, mine), at)
        for place in (places(flags, ELSEWHERE | DISPUTED) if few else ())
        for at, mine in ((ext.order[ranks[place]], ext.middle[ranks[place]]),)
        for day in (other.middle for other in ext.others(at))
    ]
    some = map(ext.order.__getitem__, compress(ranks, flags.translate(_ELSEWHERE)))
    if elsewhere <= FULL:
        further = array("i", sorted(other.middle for at in some for other in ext.others(at)))
    else:  # of so many, picking them out of all is faster
        there = map(set(some).__contains__, ext.further_rest[2])
        further = array("i", compress(ext.further, there))
    return (
        ranks.tobytes(), standings, disputed, array("I", undated).tobytes(), opens, bands,
        lows.tobytes(), highs.tobytes(), further.tobytes(), elsewhere, disputes,
    )  # fmt: skip


def ranks_of(extents: Extents, positions: Iterable[int]) -> array[int]:
    """Give the ranks of dated events, in order."""
    return array("I", sorted(map(extents.rank.__getitem__, positions)))


def track_of(extents: Extents, positions: Sequence[int]) -> tuple[Any, ...]:
    """Give what a `Track` is made of, for events by position, in order."""
    at = bisect_left(positions, extents.dated)
    return make_track(extents, ranks_of(extents, positions[:at]), positions[at:])


def _above(size: int) -> tuple[bool, int]:
    """Give the order of what is drawn above: what lasted, and the shorter."""
    return size < LASTS, size


def _spans_of(ext: Extents, ranks: array[int]) -> dict[int, list[int]]:
    """Give the ranks of spans by size."""
    sizes = bytes(map(ext.sizes.__getitem__, ranks))
    found: dict[int, list[int]] = {}
    for rank in compress(ranks, sizes.translate(_SPANS)):
        found.setdefault(ext.sizes[rank], []).append(rank)
    return found


def _band(
    ext: Extents, size: int, ranks: Iterable[int], lows: array[int], highs: array[int]
) -> Band:
    """Merge the spans of one size; what is sure to have lasted is above, and the surer standing."""
    layers: dict[tuple[bool, int], list[Stretch]] = {}
    for rank in ranks:
        at, standing = ext.order[rank], ext.standing[rank]
        span = (ext.first[at], ext.last[at])
        core = ext.cores.get(at, span) if size & LASTS else None
        if core != span:
            layers.setdefault((False, standing), []).append(span)
        if core is not None and core[0] <= core[1]:
            layers.setdefault((True, standing), []).append(core)

    def put(stretches: list[Stretch]) -> tuple[int, int]:
        begin = len(lows)
        for low, high in merged(sorted(stretches)):
            lows.append(low)
            highs.append(high)
        return begin, len(lows)

    cover = put([span for spans in layers.values() for span in spans])
    surest = sorted(layers.items(), key=lambda item: (not item[0][0], item[0][1]))
    return size & BITS, *cover, tuple((*key, *put(spans)) for key, spans in surest)


def places(codes: bytes, code: int) -> Iterator[int]:
    """Walk through the places of one code among many."""
    at = codes.find(code)
    while at >= 0:
        yield at
        at = codes.find(code, at + 1)


def starts(ranks: Sequence[int], edges: Sequence[int]) -> list[int]:
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


def merged(spans: Iterable[Stretch], apart: int = 1) -> list[Stretch]:
    """Join spans that overlap, or begin no more than so many days behind one another.

    They are in order of their beginnings.
    """
    out: list[Stretch] = []
    for low, high in spans:
        if out and low <= out[-1][1] + apart:
            if high > out[-1][1]:
                out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out
