"""Tracks: the events of one record in time, as a lane draws them: looked up, never gone through."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import compress
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

_SPANS = bytes(0 < size < OPEN_START and size != LASTS for size in range(256))
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

    def disputes_in(self, low: float, high: float, most: int) -> Sequence[tuple[int, int, int]]:
        """Give the disputes that meet a stretch of time; none where there are too many."""
        begun = bisect_right(self._disputed_from, 2 * high)
        if 0 < begun - bisect_left(self._disputed_until, 2 * low) <= most:
            return [one for one in self.disputes if one[0] <= 2 * high and one[1] >= 2 * low]
        return ()


def make_track(extents: Extents, ranks: array[int], undated: Iterable[int]) -> tuple[Any, ...]:
    """Give what a `Track` is made of, for dated events by rank and others by position."""
    ext = extents
    standings = bytes(map(ext.standing.__getitem__, ranks))
    flags = bytes(map(ext.flags.__getitem__, ranks))
    sizes = bytes(map(ext.sizes.__getitem__, ranks))
    ends, starts = sizes.rfind(OPEN_START), sizes.find(OPEN_END)
    opens = (
        None if ends < 0 else ext.last[ext.order[ranks[ends]]],
        None if starts < 0 else ext.first[ext.order[ranks[starts]]],
    )
    bands, lows, highs = _bands(ext, list(compress(ranks, sizes.translate(_SPANS))))
    disputed = flags.translate(_DISPUTED) if 1 in flags or 3 in flags else b""
    elsewhere = flags.count(ELSEWHERE) + flags.count(ELSEWHERE | DISPUTED)
    further: list[int] = []
    disputes: list[tuple[int, int, int]] = []
    few = flags.count(DISPUTED) + flags.count(ELSEWHERE | DISPUTED) <= FULL
    for place in _places(flags, (ELSEWHERE, ELSEWHERE | DISPUTED)) if elsewhere else ():
        at = ext.order[ranks[place]]
        days = [other.middle for other in ext.others(at)]
        further += days
        if few and flags[place] & DISPUTED:
            mine = ext.middle[ranks[place]]
            disputes += [(min(day, mine), max(day, mine), at) for day in days]
    return (
        ranks.tobytes(), standings, disputed, array("I", undated).tobytes(), opens, bands,
        lows.tobytes(), highs.tobytes(), array("i", sorted(further)).tobytes(), elsewhere, disputes,
    )  # fmt: skip


def ranks_of(extents: Extents, positions: Iterable[int]) -> array[int]:
    """Give the ranks of dated events, in order."""
    return array("I", sorted(map(extents.rank.__getitem__, positions)))


def track_of(extents: Extents, positions: Sequence[int]) -> tuple[Any, ...]:
    """Give what a `Track` is made of, for events by position, in order."""
    at = bisect_left(positions, extents.dated)
    return make_track(extents, ranks_of(extents, positions[:at]), positions[at:])


def _bands(ext: Extents, ranks: list[int]) -> tuple[tuple[Band, ...], array[int], array[int]]:
    """Merge spans, given by rank: by size, then by whether they took place all along and standing.

    What is drawn later is above: the shorter, what lasted, what is sure to have, the surer one.
    """
    kept: dict[int, dict[tuple[bool, int], list[Stretch]]] = {}
    for rank in ranks:
        at, size, standing = ext.order[rank], ext.sizes[rank], ext.standing[rank]
        span = (ext.first[at], ext.last[at])
        core = ext.cores.get(at, span) if size & LASTS else None
        layers = kept.setdefault(size, {})
        if core != span:
            layers.setdefault((False, standing), []).append(span)
        if core is not None and core[0] <= core[1]:
            layers.setdefault((True, standing), []).append(core)
    lows, highs = array("i"), array("i")

    def put(stretches: list[Stretch]) -> tuple[int, int]:
        begin = len(lows)
        for low, high in merged(sorted(stretches)):
            lows.append(low)
            highs.append(high)
        return begin, len(lows)

    bands: list[Band] = []
    for size, layers in sorted(kept.items(), key=lambda item: (item[0] < LASTS, item[0])):
        cover = put([span for spans in layers.values() for span in spans])
        surest = sorted(layers.items(), key=lambda item: (not item[0][0], item[0][1]))
        listed = tuple((*key, *put(spans)) for key, spans in surest)
        bands.append((size & (LASTS - 1), *cover, listed))
    return tuple(bands), lows, highs


def _places(codes: bytes, wanted: Iterable[int]) -> Iterator[int]:
    """Walk through the places of some codes among many, in order."""
    found: list[int] = []
    for code in wanted:
        at = codes.find(code)
        while at >= 0:
            found.append(at)
            at = codes.find(code, at + 1)
    return iter(sorted(found))


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
