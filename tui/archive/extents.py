"""Where in time the events lie, as numbers: compiled once, each column read when it is wanted."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.archive.columns import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.records.record import Record

STANDINGS = ("held", "reported", "outside", "planned", "denied", "")
"""How an event stands, surest first; `outside` is one that only a source from outside dates."""

LASTS = 32
"""Added to the class of a span that lasted, as against one somewhere within which a day lies."""
OPEN_START, OPEN_END = 64, 65
"""The classes of events whose beginning or end is open; only the other end is known."""

DISPUTED, ELSEWHERE = 1, 2
"""Flags: dates of the event cannot all hold; it has a further date from elsewhere."""


class Other(NamedTuple):
    """A further date of an event: its EDTF and basis, and its bounds as ordinals, None if open."""

    edtf: str
    basis: str
    earliest: int | None
    latest: int | None

    @property
    def middle(self) -> int:
        """Give twice the day at which it is marked; of an open one the end that is known."""
        return ends_of(self.earliest, self.latest)[0]


class Extents:
    """Where in time the dated events lie; `dated` counts them.

    `first` and `last` bound each event in order; where one end is open both are the other end.
    A size is the number of bits of the days between (0 for a day), + `LASTS`; or `OPEN_START`,
    `OPEN_END`. By the middle of what is possible: `order` gives the events, `rank` their places
    in it, `middle` twice the day; `standing`, `flags` and `sizes` are in that order. `cores` are,
    for spans whose ends are not certain to the day, the days that surely belong to them (none if
    the first is after the last). `further` are the further dates of the dated events, in order:
    twice the day in the middle of each; of the same `further_first`, `further_last` and
    `further_event`.

    Args:
        dated: how many events have a date.
        column: gives what was compiled under a name.
        other: gives the further dates of an event, by its place among those that have any.
    """

    def __init__(
        self,
        dated: int,
        column: Callable[[str], Any],
        other: Callable[[int], Iterable[tuple[str, str, int | None, int | None]]],
    ) -> None:
        self.dated = dated
        self._column = column
        self._other = other

    @cached_property
    def first(self) -> array[int]:
        """Give the first day of each event, in the order of the timeline."""
        return numbers("i", self._column("first"))

    @cached_property
    def last(self) -> array[int]:
        """Give the last day of each event, in the order of the timeline."""
        return numbers("i", self._column("last"))

    @cached_property
    def order(self) -> array[int]:
        """Give the events by rank."""
        return numbers("I", self._column("order"))

    @cached_property
    def rank(self) -> array[int]:
        """Give the ranks by event."""
        return numbers("I", self._column("rank"))

    @cached_property
    def middle(self) -> array[int]:
        """Give twice the days in the middle, by rank."""
        return numbers("i", self._column("middle"))

    @cached_property
    def sizes(self) -> bytes:
        """Give the sizes, by rank."""
        found: bytes = self._column("sizes")
        return found

    @cached_property
    def standing(self) -> bytes:
        """Give how the events stand, by rank."""
        found: bytes = self._column("standing")
        return found

    @cached_property
    def flags(self) -> bytes:
        """Give what is to be said of their dates, by rank."""
        found: bytes = self._column("flags")
        return found

    @cached_property
    def cores(self) -> Mapping[int, tuple[int, int]]:
        """Give the days that surely belong to an event, where these are not all of them."""
        found: dict[int, tuple[int, int]] = self._column("cores")
        return found

    @cached_property
    def further(self) -> array[int]:
        """Give twice the middle days of all further dates, in order."""
        return numbers("i", self._column("further"))

    @cached_property
    def further_rest(self) -> tuple[array[int], array[int], array[int]]:
        """Give of the further dates, in that order, the first and the last day and the event."""
        low, high, at = self._column("further.rest")
        return numbers("i", low), numbers("i", high), numbers("I", at)

    @cached_property
    def _with_others(self) -> array[int]:
        return numbers("I", self._column("others"))

    def others(self, position: int) -> Sequence[Other]:
        """Give the further dates of an event."""
        at = bisect_left(self._with_others, position) if position >= 0 else 0
        if at == len(self._with_others) or self._with_others[at] != position:
            return ()
        return [Other(*one) for one in self._other(at)]

    def size(self, position: int) -> int:
        """Give the size of an event."""
        return self.sizes[self.rank[position]]


def compile_extents(
    columns: Sequence[Sequence[Any]], records: Iterable[Record], disputed: frozenset[str]
) -> tuple[Extents, dict[str, Any], list[Any]]:
    """Place events in time.

    Args:
        columns: the timeline's columns, undated events last.
        records: the events in the same order.
        disputed: the events about whose date there is a disagreement.

    Returns:
        The extents; their columns by name; the further dates of each event that has any.
    """
    from tui.records.dates import bounds

    ids, _, _, statuses, edtf, _, bases, earliest, latest, evidence, _ = columns
    first, last, size = array("i"), array("i"), bytearray()
    cores, others = {}, {}
    for at, (low, high) in enumerate(zip(earliest, latest, strict=True)):
        if low is None and high is None:
            break
        _, begins, ends = ends_of(low, high)
        first.append(begins)
        last.append(ends)
        if low is None or high is None:
            size.append(OPEN_START if low is None else OPEN_END)
        else:
            lasts = LASTS if "/" in (edtf[at] or "") and low != high else 0
            size.append((high - low).bit_length() + lasts)
            if lasts and (core := core_of(edtf[at])) != (low, high):
                cores[at] = core
    for at, record in enumerate(records):
        values = dict.fromkeys((f.value, f.basis) for f in record.all("date") if f.value)
        if found := [(v, basis, *bounds(v)) for v, basis in values if v and v != edtf[at]]:
            others[at] = found
    middles = [begins + ends for begins, ends in zip(first, last, strict=True)]
    order = sorted(range(len(first)), key=middles.__getitem__)
    rank = array("I", bytes(4 * len(first)))
    standing, flags = bytearray(), bytearray()
    for place, at in enumerate(order):
        rank[at] = place
        outside = bases[at] == "outside" or not evidence[at]
        status = "outside" if outside else statuses[at]
        standing.append(STANDINGS.index(status if status in STANDINGS else ""))
        flags.append(DISPUTED * (ids[at] in disputed) | ELSEWHERE * (at in others))
    further = sorted(
        (*ends_of(low, high), at)
        for at, dates in others.items()
        if at < len(first)
        for _, _, low, high in dates
    )
    days, *rest = ([one[n] for one in further] for n in range(4))
    plain = {
        "first": first.tobytes(), "last": last.tobytes(),
        "order": array("I", order).tobytes(), "rank": rank.tobytes(),
        "middle": array("i", map(middles.__getitem__, order)).tobytes(),
        "sizes": bytes(map(size.__getitem__, order)), "standing": bytes(standing),
        "flags": bytes(flags), "cores": cores, "further": array("i", days).tobytes(),
        "further.rest": tuple(array("i", row).tobytes() for row in rest),
        "others": array("I", others).tobytes(),
    }  # fmt: skip
    listed = list(others.values())
    return Extents(len(first), plain.__getitem__, listed.__getitem__), plain, listed


def ends_of(low: int | None, high: int | None) -> tuple[int, int, int]:
    """Give twice the day in the middle, and the ends, of which the known one stands for an open."""
    begins = (high if low is None else low) or 0
    ends = (low if high is None else high) or 0
    return begins + ends, begins, ends


def core_of(edtf: str) -> tuple[int, int]:
    """Give the first and the last day that a span surely lasted; a doubtful end counts as none."""
    from tui.records.dates import parse

    parsed = parse(edtf)
    begins, ends = parsed.points[0], parsed.points[-1]
    first, last = begins.latest, ends.earliest
    assert first is not None
    assert last is not None
    return first + any(begins.qualifiers), last - any(ends.qualifiers)
