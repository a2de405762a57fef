"""Tell which passages a narrowed search keeps to: one by one, or all those of a piece at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyroaring import AbstractBitMap as Numbers

    from tui.search.fields import Fields, Narrowing
    from tui.search.store import Piece


class Keeping:
    """What one narrowing keeps."""

    def __init__(self, fields: Fields, narrowing: Narrowing) -> None:
        self._fields = fields
        self._narrowing = narrowing

    def passage(self, source: str, start: int, end: int) -> bool:
        """Tell whether a passage is kept."""
        return self._fields.keeps_passage(self._narrowing, source, start, end)

    def within(self, piece: Piece) -> Numbers:
        """Give the numbers of the passages of a piece that are kept."""
        from pyroaring import FrozenBitMap

        fields, narrowing = self._fields, self._narrowing
        known = fields.kept.get((narrowing, piece.name))
        if known is not None:
            return known
        numbers = {source: number for number, source in enumerate(piece.sources)}
        mentioned = [fields.mentions(wanted) for wanted in narrowing.about]
        sources = min((narrowing.sources or numbers, *mentioned), key=len)
        found = piece.segment.of_sources(
            frozenset(
                numbers[source]
                for source in sources
                if source in numbers and fields.keeps_source(narrowing, source)
            )
        )
        for mentions in mentioned:
            found = found & FrozenBitMap(
                number
                for source, spans in mentions.items()
                if source in numbers
                for start, end in spans
                if (number := piece.segment.number_at(numbers[source], start)) is not None
                and end <= piece.segment.passage(number)[2]
            )
        fields.keep(narrowing, piece.name, found)
        return found
