"""The initiatives pane: bodies, frameworks, exercises, agreements and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.actors import RecordRows
from tui.desk.render.text import Line, line
from tui.desk.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Rows
    from tui.desk.render.palette import Palette

SHORT = 7


class InitiativesPane(LineList):
    """What is standing: one row an initiative, abbreviation first."""

    def __init__(self, palette: Palette, table: Rows) -> None:
        super().__init__(palette, id="initiatives")
        self._table = table
        self._records = RecordRows(table, range(len(table.id)), short=SHORT)
        self.rows = self._records
        self.cursor = self._nearest(0, 1)

    @property
    def record(self) -> str | None:
        """Give the id of the initiative under the cursor."""
        return self._records.id(self.cursor) if self.cursor >= 0 else None

    def show_only(self, ids: frozenset[str] | None) -> None:
        """Narrow the list to some records; None shows all."""
        every = range(len(self._table.id))
        shown = every if ids is None else [at for at in every if self._table.id[at] in ids]
        self._records = RecordRows(self._table, shown, short=SHORT)
        self.set_rows(self._records)

    def go_to(self, record: str) -> None:
        """Put the cursor on an initiative, where it is shown."""
        row = self._records.index_of(record)
        if row >= 0:
            self.cursor = row
            self._follow()
        self.repaint()

    def title_line(self) -> Line:
        """Name the pane and count its rows."""
        count, whole = len(self._records), len(self._table.id)
        shown = f"{count:,}" if count == whole else f"{count:,} of {whole:,}"
        return line(("3 ", "dim"), ("Initiatives", "title"), (f"  {shown}", "dim"))

    def empty(self, width: int) -> Sequence[Line]:
        """Say why there is nothing."""
        del width
        return (line(("none here", "dim")),)
