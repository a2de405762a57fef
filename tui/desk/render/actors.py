"""Lists of actors and initiatives: one row a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.marks import DIFFERS
from tui.desk.render.text import Line, cells, columns, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Rows


class RecordRows:
    """The rows of a list of records.

    `positions` choose and order the rows of the table; `short` gives the width of a column of
    abbreviations before the names, 0 for none.
    """

    def __init__(self, table: Rows, positions: Sequence[int], *, short: int = 0) -> None:
        self._table = table
        self._positions = positions
        self._short = short
        self._counts = max(2, len(f"{table.events[0] if len(table.events) else 0:,}"))

    def __len__(self) -> int:
        return len(self._positions)

    def selectable(self, index: int) -> bool:
        """Every record can be chosen."""
        del index
        return True

    def id(self, index: int) -> str:
        """Give the record in a row."""
        return self._table.id[self._positions[index]]

    def index_of(self, record: str) -> int:
        """Give the row of a record; -1 where it is not shown."""
        return next((n for n in range(len(self)) if self.id(n) == record), -1)

    def line(self, index: int, width: int) -> Line:
        """Draw a record: abbreviation, name, disagreements, country, count of events."""
        at = self._positions[index]
        table = self._table
        differs = f"{DIFFERS}{table.disagreements[at]} " if table.disagreements[at] else ""
        count = f"{table.events[at]:,}" if table.events[at] else "·"
        right = line(
            (differs, "differs"),
            (table.code[at] if not self._short else "", "dim"),
            (f" {count:>{self._counts}}", "faint"),
        )
        short = table.short[at] if self._short else ""
        if short:
            pad = " " * max(1, self._short - cells(short))
            left = line((short, "strong"), (pad, ""), (table.name[at], "dim"))
        else:
            left = line(table.name[at])
        return columns(left, right, width)
