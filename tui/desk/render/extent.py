"""The events of a lane and where in time they lie: searched by halving, never gone through."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate, compress, islice
from operator import ne
from typing import TYPE_CHECKING

from tui.archive.chronology import DISPUTED, ELSEWHERE, LASTS, OPEN_END, OPEN_START
from tui.desk.render.axis import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.archive.chronology import Extents

Gap = tuple[int, int]
"""The first and the last day of a silence."""

UNDATED = "undated"
LONGEST_SIZE = 31
FULL = 300
"""Further dates of a lane that are kept, and among which those in a window are looked for."""


class Lane:
    """The events of one row; what is drawn of them is worked out when the row is first seen.

    Args:
        extents: where in time the events of the archive lie.
        name: what the lane is called.
        members: gives the positions of its events in the timeline, in order.

    Where some of the events have a date, `positions` are these and `undated` the others; where
    none has, all are in `positions` and the lane is not `dated`.
    """

    def __init__(self, extents: Extents, name: str, members: Callable[[], Sequence[int]]) -> None:
        self.extents = extents
        self.name = name
        self._members = members

    @cached_property
    def _halves(self) -> tuple[Sequence[int], Sequence[int]]:
        members = self._members()
        at = bisect_left(members, len(self.extents.first))
        return members[:at], members[at:]

    @cached_property
    def dated(self) -> bool:
        """Tell whether any of the events has a date."""
        return bool(self._halves[0])

    @property
    def undated(self) -> Sequence[int]:
        """Give the events without a date."""
        return self._halves[1]

    @cached_property
    def positions(self) -> Sequence[int]:
        """Give the events that are drawn, in the order of the timeline."""
        return self._halves[0] or self._halves[1]

    @cached_property
    def all_dated(self) -> bool:
        """Tell whether these are all dated events: then nothing has to be picked out."""
        return len(self.positions) == len(self.extents.first) and self.dated

    @cached_property
    def ranks(self) -> Sequence[int]:
        """Give the events' places in the order of their middles, in that order."""
        if not self.dated or self.all_dated:
            return range(len(self.positions)) if self.dated else self.positions
        return array("I", sorted(map(self.extents.rank.__getitem__, self.positions)))

    @cached_property
    def standings(self) -> bytes:
        """Give how the events stand, in the order of `ranks`."""
        found = self.extents.standing
        return found if self.all_dated else bytes(map(found.__getitem__, self.ranks))

    @cached_property
    def flags(self) -> bytes:
        """Give what is to be said of the events' dates, in the order of `ranks`."""
        if not self.dated:
            return b""
        found = self.extents.flags
        return found if self.all_dated else bytes(map(found.__getitem__, self.ranks))

    @cached_property
    def sizes(self) -> bytes:
        """Give the classes of the events, in the order of `ranks`."""
        if not self.dated:
            return b""
        found = self.extents.sizes
        return found if self.all_dated else bytes(map(found.__getitem__, self.ranks))

    @cached_property
    def _ranks_of(self) -> dict[int, Sequence[int]]:
        return dict(self.extents.ranks_of) if self.all_dated else {}

    def ranks_of(self, size: int) -> Sequence[int]:
        """Give, of the events of one class, the places in the order of the middles."""
        found = self._ranks_of.get(size)
        if found is None:
            ranks = map(self.ranks.__getitem__, places(self.sizes, size))
            found = self._ranks_of[size] = array("I", ranks)
        return found

    @cached_property
    def _spans(self) -> dict[int, dict[tuple[bool, int], list[Gap]]]:
        return {}

    def spans(self, size: int) -> dict[tuple[bool, int], list[Gap]]:
        """Give the stretches of one class in which something took place, merged.

        They are told apart by whether it took place all along, and by standing, surest last.
        """
        found = self._spans.get(size)
        if found is None:
            ext, kept = self.extents, dict[tuple[bool, int], list[Gap]]()
            for rank in self.ranks_of(size):
                at, standing = ext.order[rank], ext.standing[rank]
                span = (ext.first[at], ext.last[at])
                core = ext.cores.get(at, span) if size & LASTS else None
                if core != span:
                    kept.setdefault((False, standing), []).append(span)
                if core is not None and core[0] <= core[1]:
                    kept.setdefault((True, standing), []).append(core)
            by_surety = sorted(kept.items(), key=lambda item: (item[0][0], -item[0][1]))
            found = self._spans[size] = {key: merged(sorted(spans)) for key, spans in by_surety}
        return found

    @cached_property
    def _covers(self) -> dict[int, list[Gap]]:
        return {}

    def cover(self, size: int) -> list[Gap]:
        """Give the stretches of one class, merged, whatever they are."""
        found = self._covers.get(size)
        if found is None:
            ext = self.extents
            some = sorted(map(ext.order.__getitem__, self.ranks_of(size)))
            firsts = map(ext.first.__getitem__, some)
            found = self._covers[size] = merged(
                list(zip(firsts, map(ext.last.__getitem__, some), strict=True))
            )
        return found

    def longer_than(self, days: float) -> Iterable[int]:
        """Give the classes of the spans of which some last so many days, short ones last."""
        least = max(1, int(days).bit_length())
        for lasts in (0, LASTS):
            for size in range(LONGEST_SIZE, least - 1, -1):
                if size + lasts in self.sizes:
                    yield size + lasts

    @cached_property
    def opens(self) -> tuple[int | None, int | None]:
        """Give the last day before which something began, the first after which something ends."""
        ext, sizes = self.extents, self.sizes
        ends, starts = sizes.rfind(OPEN_START), sizes.find(OPEN_END)
        return (
            None if ends < 0 else ext.last[self.event(ends)],
            None if starts < 0 else ext.first[self.event(starts)],
        )

    @cached_property
    def reach(self) -> tuple[float, float]:
        """Give the stretch of time that holds all events, with some room beside them."""
        if not self.dated:
            return 0.0, 0.0
        ext = self.extents
        low, high = ext.first[self.positions[0]], max(map(ext.last.__getitem__, self.positions))
        spare = max(30.0, (high - low) / 25)
        return low - spare, high + spare

    def elsewhere(self, low: float, high: float) -> Sequence[tuple[float, int]]:
        """Give the days of further dates between two days, in order, each with its event.

        None are given of a lane so full there that they could not be told from the events.
        """
        if self._further is not None:
            return self._further
        ext = self.extents
        first, last = (bisect_left(ext.further, (2 * day,)) for day in (low, high))
        if last - first > FULL:
            return ()
        return [(one[0] / 2, one[3]) for one in ext.further[first:last] if self.holds(one[3])]

    @cached_property
    def _further(self) -> list[tuple[float, int]] | None:
        """Keep all of them where they are few."""
        flags, ext = self.flags, self.extents
        if flags.count(ELSEWHERE) + flags.count(ELSEWHERE | DISPUTED) > FULL:
            return None
        some = (self.event(n) for f in (2, 3) for n in places(flags, f))
        return sorted((middle(o.earliest, o.latest), at) for at in some for o in ext.others(at))

    @cached_property
    def _disputed(self) -> list[tuple[float, float, int]]:
        flags, ext = self.flags, self.extents
        if flags.count(DISPUTED) + flags.count(ELSEWHERE | DISPUTED) > FULL:
            return []
        found: list[tuple[float, float, int]] = []
        for at in map(self.event, places(flags, ELSEWHERE | DISPUTED)):
            for other in ext.others(at):
                low, high = sorted((middle(other.earliest, other.latest), self.day(at)))
                found.append((low, high, at))
        return found

    def disputes(self, low: float, high: float, most: int) -> list[tuple[float, float, int]]:
        """Give the days and the event of disputed dates that meet a window; none if too many."""
        met = [one for one in self._disputed if one[0] <= high and one[1] >= low]
        return met if len(met) <= most else []

    def day(self, position: int) -> float:
        """Give the day at which an event is marked: the middle of what is possible."""
        return self.extents.middle[self.extents.rank[position]] / 2

    def event(self, place: int) -> int:
        """Give the event that so many of the lane come before."""
        return self.extents.order[self.ranks[place]] if self.dated else self.positions[place]

    def holds(self, position: int) -> bool:
        """Tell whether an event is in the lane."""
        at = bisect_left(self.positions, position)
        return at < len(self.positions) and self.positions[at] == position

    def step(self, position: int, by: int) -> int:
        """Give the event so many before or after one, stopping at the ends."""
        return self.event(max(0, min(self.place(position) + by, len(self.positions) - 1)))

    def place(self, position: int) -> int:
        """Tell how many events of the lane come before one of them."""
        if not self.dated:
            return bisect_left(self.positions, position)
        return bisect_left(self.ranks, self.extents.rank[position])

    def nearest(self, day: float) -> int:
        """Give the event marked nearest to a day."""
        if not self.dated:
            return self.positions[0]
        middles = self.extents.middle
        at = bisect_left(self.ranks, bisect_left(middles, day * 2))
        near = self.ranks[max(0, at - 1) : at + 1]
        return self.extents.order[min(near, key=lambda rank: abs(middles[rank] - day * 2))]


def places(codes: bytes, code: int) -> Iterator[int]:
    """Walk through the places of one code among many."""
    at = codes.find(code)
    while at >= 0:
        yield at
        at = codes.find(code, at + 1)


def middle(earliest: int | None, latest: int | None) -> float:
    """Give the day at which a date is marked; of an open one the end that is known."""
    if earliest is None or latest is None:
        return (latest if earliest is None else earliest) or 0
    return (earliest + latest) / 2


def merged(spans: list[Gap]) -> list[Gap]:
    """Join spans that overlap or meet; they are in order of their beginnings."""
    out: list[Gap] = []
    for low, high in spans:
        if out and low <= out[-1][1] + 1:
            if high > out[-1][1]:
                out[-1] = (out[-1][0], high)
        else:
            out.append((low, high))
    return out


def fitting(whole: Lane) -> Window:
    """Give the shortest window that holds nine events of ten."""
    ranks, days = whole.ranks, whole.extents.middle
    if not whole.dated:
        days = array("i")
    elif not whole.all_dated:
        days = array("i", map(days.__getitem__, ranks))
    if not days:
        from datetime import date

        today = date.today().toordinal()
        return Window(today - 365, today + 365)
    most = max(0, -(-len(days) * 9 // 10) - 1)
    lengths = [b - a for a, b in zip(days, days[most:])]  # noqa: B905 - as far as both reach
    low = lengths.index(min(lengths))
    begin, end = days[low] / 2, days[low + most] / 2
    spare = max(30.0, (end - begin) / 12)
    return Window(begin - spare, end + spare)


def silences(whole: Lane) -> list[Gap]:
    """Give the stretches between dated events in which nothing can have happened, longest first.

    An open beginning fills nothing: of such an event only the day by which it was so is known.
    Dates from elsewhere end a silence as the sources' own do.
    """
    if not whole.dated:
        return []
    ext, shown = whole.extents, whole.positions
    firsts = list(map(ext.first.__getitem__, shown))
    until = accumulate(map(ext.last.__getitem__, shown), max)
    found = [(a + 1, b - 1) for a, b in zip(until, firsts[1:]) if b - a > 7]  # noqa: B905
    if found:
        mine = [f for f in ext.further if whole.all_dated or whole.holds(f[3])]
        spans = merged(sorted((low, high) for _, low, high, _ in mine))
        found = [rest for gap in found for rest in _without(gap, spans)]
    return sorted(found, key=lambda gap: gap[0] - gap[1])


def _without(gap: Gap, spans: list[Gap]) -> Iterable[Gap]:
    """Give what spans leave of a gap; they are in order and apart."""
    low, high = gap
    at = bisect_left(spans, low, key=lambda span: span[1])
    while at < len(spans) and spans[at][0] <= high:
        if spans[at][0] - low >= 6:
            yield low, spans[at][0] - 1
        low = spans[at][1] + 1
        at += 1
    if high - low >= 6:
        yield low, high


def changes(codes: Sequence[int]) -> list[int]:
    """Give the places at which a sequence begins or goes on with another number."""
    others = map(ne, codes, islice(codes, 1, None))
    return [0, *compress(range(1, len(codes)), others)] if codes else []
