"""The promises pane: what was announced, by what became of it; it stands where the events do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.promises import PromiseRows, counted, foot, nothing
from tui.desk.render.text import EMPTY, Line, line
from tui.desk.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.desk.render.palette import Palette
    from tui.desk.widgets.frame import Row

FOOT_FROM = 12
"""Rows from which there is room for the chosen promise below the list."""


class PromisesPane(LineList):
    """Promises by state, what is open first."""

    def __init__(self, palette: Palette, library: Library) -> None:
        super().__init__(palette, id="promises")
        self._library = library
        self._every = library.promises
        self._shown = PromiseRows(library, self._every)
        self.rows = self._shown
        self.cursor = self._nearest(0, 1)

    @property
    def event(self) -> str | None:
        """Give the id of the promise under the cursor."""
        return self._shown.event(self.cursor)

    def show_events(self, positions: Sequence[int]) -> None:
        """Show the promises among these events; the cursor stays on its promise where it can."""
        chosen = self.event
        if len(positions) == len(self._library.timeline):
            kept = self._every
        else:
            kept = self._every.among(frozenset(positions))
        self._shown = PromiseRows(self._library, kept)
        self.set_rows(self._shown, max(0, self._shown.index_of(chosen)))

    def go_to_event(self, event: str) -> bool:
        """Put the cursor on a promise; tell whether it is shown."""
        row = self._shown.index_of(event)
        if row >= 0:
            self.go(row)
        return row >= 0

    def title_line(self) -> Line:
        """Name the view and count its promises."""
        count, whole = len(self._shown.promises), len(self._every)
        shown = f"{count:,}" if count == whole else f"{count:,} of {whole:,}"
        return line(("1 ", "dim"), ("Promises", "title"), (f"  {shown} · by state", "dim"))

    def head(self, width: int) -> Sequence[Line]:
        """Count the promises of each state, and say against what they are held."""
        if not len(self._shown):
            return ()
        return (counted(self._library, self._shown.promises, width), EMPTY)

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Draw the list, and below it what is known of the chosen promise."""
        lines = self._foot(width, height)
        rows = super().content_rows(width, height - len(lines))
        rows += [(EMPTY, False)] * (height - len(lines) - len(rows))
        return rows + [(line, False) for line in lines]

    def _foot(self, width: int, height: int) -> Sequence[Line]:
        promise = self._shown.promise(self.cursor)
        if promise is None or height < FOOT_FROM:
            return ()
        return (EMPTY, *foot(self._library, promise, width))

    @property
    def page(self) -> int:
        """Give the number of rows that scroll."""
        rows = len(self._foot(self.inner_width, self.inner_height))
        return max(1, super().page - rows)

    def empty(self, width: int) -> Sequence[Line]:
        """Say why there is nothing."""
        del width
        return nothing(bool(self._every))
