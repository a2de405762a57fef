"""What the dates of the events say, as numbers: compiled once, so that no list has to ask again.

Everything a list of a hundred thousand events needs to group, count and place them is worked out
when the archive is compiled; at run time arrays are sliced and searched by halving.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


class Chronology:
    """How the events are grouped and counted; all but `headings` have one number an event.

    `heading` indexes `headings`. `quarter` is year * 5 + the quarter (0 to 3) that an event's date
    lies in, or + 4 where only the year is certain; -1 where not even that. The first `dated`
    events have a date, the others have none. Of all events `begins` are the places at which another
    heading is due, `counts` how many have each quarter.
    """

    def __init__(
        self, plain: tuple[list[tuple[str, str]], bytes, bytes, int, bytes, dict[int, int]]
    ) -> None:
        headings, heading_of, quarter, self.dated, begins, self.counts = plain
        self.headings: list[tuple[str, str]] = headings
        self.begins = _array("I", begins)
        self.heading = _array("I", heading_of)
        self.quarter = _array("i", quarter)


class Extents:
    """Where in time the dated events lie.

    `first` and `last` bound each event in order; where one end is open both are the other end.
    `size` is the number of bits of the days between (0 for a day), + `LASTS`; or `OPEN_START`,
    `OPEN_END`. By the middle of what is possible: `order` gives the events, `rank` their places
    in it, `middle` twice the day; `standing`, `flags` and `sizes` are in that order, `ranks_of` the
    ranks of the events of each size. `cores` are, for spans whose ends are not certain to the day,
    the days that surely belong to them (none if the first is after the last). `further` are the
    further dates of the dated events, in order: twice the day in the middle, the first and the
    last day, the event. `apart` are the dated events that no record of a kind takes part in.
    """

    def __init__(self, plain: tuple[Any, ...]) -> None:
        first, last, order, rank, middle, self.size, self.standing, self.flags, *rest = plain
        self.cores: Mapping[int, tuple[int, int]]
        self._others: Mapping[int, Sequence[tuple[str, str, int | None, int | None]]]
        self.cores, self._others, self.further, ranks, apart = rest
        self.ranks_of: Mapping[int, array[int]] = {
            size: _array("I", found) for size, found in ranks.items()
        }
        self.first, self.last = _array("i", first), _array("i", last)
        self.sizes = bytes(map(self.size.__getitem__, _array("I", order)))
        self.order, self.rank, self.middle = (
            _array("I", order), _array("I", rank), _array("i", middle),
        )  # fmt: skip
        self.apart: Mapping[str, array[int]] = {k: _array("I", at) for k, at in apart.items()}

    def others(self, position: int) -> Sequence[Other]:
        """Give the further dates of an event."""
        return [Other(*one) for one in self._others.get(position, ())]


def compile_chronology(columns: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    """Group and count events, given as the timeline's columns."""
    from tui.records.dates import heading

    _, _, _, _, edtf, texts, _, earliest, latest, *_ = columns
    numbers: dict[tuple[str, str], int] = {}
    groups: dict[tuple[str | None, str], int] = {}
    heading_of, quarter = array("I"), array("i")
    for value, words, low, high in zip(edtf, texts, earliest, latest, strict=True):
        key = (value, "" if value else words)
        if key not in groups:
            groups[key] = numbers.setdefault(heading(*key), len(numbers))
        heading_of.append(groups[key])
        quarter.append(_quarter(low, high))
    dated = sum(low is not None or high is not None for low, high in zip(earliest, latest))  # noqa: B905
    begins = array("I", (at for at, code in enumerate(heading_of) if code != heading_of[at - 1]))
    if heading_of and (not begins or begins[0]):
        begins.insert(0, 0)
    return (
        list(numbers), heading_of.tobytes(), quarter.tobytes(), dated, begins.tobytes(),
        dict(Counter(quarter)),
    )  # fmt: skip


def _quarter(low: int | None, high: int | None) -> int:
    from datetime import date

    if low is None or high is None:
        return -1
    begins, ends = date.fromordinal(low), date.fromordinal(high)
    if begins.year != ends.year:
        return -1
    at = (begins.month - 1) // 3
    return begins.year * 5 + (at if at == (ends.month - 1) // 3 else 4)


def compile_extents(
    columns: Sequence[Sequence[Any]],
    records: Iterable[Record],
    disputed: frozenset[str],
    kinds: Sequence[Iterable[str]],
) -> tuple[Any, ...]:
    """Place events in time.

    Args:
        columns: the timeline's columns, undated events last.
        records: the events in the same order.
        disputed: the events about whose date there is a disagreement.
        kinds: of each event the kinds of record that take part in it.
    """
    from tui.records.dates import bounds

    ids, _, _, statuses, edtf, _, bases, earliest, latest, evidence, _ = columns
    first, last, middle, size = array("i"), array("i"), array("i"), bytearray()
    cores, others = {}, {}
    for at, (low, high) in enumerate(zip(earliest, latest, strict=True)):
        if low is None and high is None:
            break
        _, begins, ends = _ends(low, high)
        first.append(begins)
        last.append(ends)
        if low is None or high is None:
            size.append(OPEN_START if low is None else OPEN_END)
        else:
            lasts = LASTS if "/" in (edtf[at] or "") and low != high else 0
            size.append((high - low).bit_length() + lasts)
            if lasts and (core := _core(edtf[at])) != (low, high):
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
        middle.append(middles[at])
        outside = bases[at] == "outside" or not evidence[at]
        status = "outside" if outside else statuses[at]
        standing.append(STANDINGS.index(status if status in STANDINGS else ""))
        flags.append(DISPUTED * (ids[at] in disputed) | ELSEWHERE * (at in others))
    further = sorted(
        (*_ends(low, high), at)
        for at, dates in others.items()
        if at < len(first)
        for _, _, low, high in dates
    )
    ranks: dict[int, array[int]] = {}
    for place, at in enumerate(order):
        ranks.setdefault(size[at], array("I")).append(place)
    apart: dict[str, array[int]] = {}
    for at, (there, _) in enumerate(zip(kinds, first)):  # noqa: B905 - only the dated ones
        for kind in {"person", "organization", "state", "initiative"}.difference(there):
            apart.setdefault(kind, array("I")).append(at)
    return (
        first.tobytes(), last.tobytes(), array("I", order).tobytes(), rank.tobytes(),
        middle.tobytes(), bytes(size), bytes(standing), bytes(flags), cores, others,
        further, {size: found.tobytes() for size, found in ranks.items()},
        {kind: found.tobytes() for kind, found in apart.items()},
    )  # fmt: skip


def _ends(low: int | None, high: int | None) -> tuple[int, int, int]:
    """Give twice the day in the middle, and the ends, of which the known one stands for an open."""
    begins = (high if low is None else low) or 0
    ends = (low if high is None else high) or 0
    return begins + ends, begins, ends


def _core(edtf: str) -> tuple[int, int]:
    """Give the first and the last day that a span surely lasted; a doubtful end counts as none."""
    from tui.records.dates import parse

    parsed = parse(edtf)
    begins, ends = parsed.points[0], parsed.points[-1]
    first, last = begins.latest, ends.earliest
    assert first is not None
    assert last is not None
    return first + any(begins.qualifiers), last - any(ends.qualifiers)


def _array(code: str, data: bytes) -> array[int]:
    numbers: array[int] = array(code)
    numbers.frombytes(data)
    return numbers
