"""A record as a document: every value with its basis, and what is not stated said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.desk.render.part import Part
    from tui.desk.render.part import Stop as Stop  # whoever reads cards has it from here
    from tui.desk.render.text import Line
    from tui.records.record import Record

WIDEST = 110
"""Cells of a row: further apart, a value and the mark that closes its row are not read as one."""


class CardDocument:
    """The card of a record."""

    def __init__(self, library: Library, record: Record) -> None:
        from tui.desk.render.cards import written

        self.record = record
        self._parts: list[Part] = written(library, record)

    def __len__(self) -> int:
        return len(self._parts)

    def stops(self, index: int) -> bool:
        """Tell whether a chunk can be chosen."""
        return self._parts[index].stop is not None

    def stop(self, index: int) -> Stop | None:
        """Give what a chunk stands for."""
        return self._parts[index].stop if 0 <= index < len(self._parts) else None

    def chunk(self, index: int, width: int) -> list[Line]:
        """Lay out one fact or heading."""
        return self._parts[index].rows(min(width, WIDEST))

    def like(self, stop: Stop | None, index: int) -> int:
        """Give the chunk that says what a chunk of an earlier state of this card said.

        Where there is none, it is the nearest to `index` that can be chosen.
        """
        if stop is not None:
            mine = (i for i, part in enumerate(self._parts) if _same(part.stop, stop))
            found = min(mine, key=lambda i: abs(i - index), default=-1)
            if found >= 0:
                return found
        stops = (i for i, part in enumerate(self._parts) if part.stop)
        return min(stops, key=lambda i: abs(i - index), default=-1)

    def index_of(self, field: str, value: str | None = None) -> int:
        """Give the chunk of a field's fact; -1 where the card has none."""
        for index, part in enumerate(self._parts):
            stop = part.stop
            if stop and stop.field == field and (value is None or _value(stop) == value):
                return index
        return -1


def _same(one: Stop | None, other: Stop) -> bool:
    return one is not None and (one.field, one.opens, _value(one)) == (
        other.field,
        other.opens,
        _value(other),
    )


def _value(stop: Stop) -> str | None:
    return stop.fact.value if stop.fact else None
