"""What the panes are narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.archive import Library


@dataclass(frozen=True, slots=True)
class Lens:
    """The records that every event shown must have to do with; no records, no narrowing."""

    records: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.records)

    def toggled(self, record: str) -> Lens:
        """Give the lens with a record added, or taken out where it is in already."""
        if record in self.records:
            return Lens(tuple(r for r in self.records if r != record))
        return Lens((*self.records, record))


def narrowed(library: Library, lens: Lens) -> tuple[Sequence[int], frozenset[str] | None]:
    """Give the timeline positions that a lens leaves, and the records that take part in them.

    An empty lens leaves everything: all positions, and None for "no narrowing".
    """
    timeline = library.timeline
    if not lens:
        return range(len(timeline)), None
    events: list[Sequence[int]] = []
    for record in lens.records:
        if library.kind_of(record) == "event":
            events.append((timeline.position(record),))
        else:
            events.append(library.positions_of(record))
    fewest, *others = sorted(events, key=len)
    positions = sorted(set(fewest).intersection(*others)) if others else fewest
    return positions, near_to(library, lens, positions)


def near_to(library: Library, lens: Lens, positions: Iterable[int]) -> frozenset[str]:
    """Give the records that take part in the events that a lens leaves, with those it names."""
    if len(lens.records) == 1:
        return library.linked(lens.records[0]) | {lens.records[0]}
    near: set[str] = set(lens.records)
    for at in positions:
        near |= library.linked(library.timeline.id[at])
    return frozenset(near)


def short_name(library: Library, record_id: str) -> str:
    """Give the shortest name by which a record is known in the lists."""
    record = library.record(record_id)
    return next(iter(record.values("abbreviation")), record.name)
