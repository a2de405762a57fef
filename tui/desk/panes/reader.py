"""The reader pane: sources, cards and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.card import CardDocument
from tui.desk.render.source import HEAD, SourceDocument
from tui.desk.render.standing import laid
from tui.desk.render.text import EMPTY, Line, line
from tui.desk.widgets.document import DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.desk.render.palette import Palette
    from tui.desk.render.standing import Standing
    from tui.desk.widgets.document import Document
    from tui.desk.widgets.frame import Row

LEFT_FOR_TEXT = 3
"""Rows that what stands above a text leaves to it, however small the screen."""


class ReaderPane(DocumentView):
    """Shows one document and says in its title what is lit in it."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette, id="reader")
        self._label: Line = EMPTY
        self._standing: Sequence[Standing] = ()
        self._head: tuple[tuple[int, int], Sequence[Line]] = ((0, 0), ())
        self._pending: tuple[int, int] | None = None
        self._aimed: tuple[tuple[int, int], tuple[int, int], int] | None = None
        """What was brought into view last, the top that it got for it, and at which width."""

    def show(
        self,
        document: Document,
        label: Line,
        lit: tuple[int, int] | None = None,
        changed: Iterable[int] = (),
        standing: Sequence[Standing] = (),
    ) -> None:
        """Show a document.

        `lit` are the code points of a source to bring into view, `changed` the chunks that are
        drawn differently since the document was last shown, `standing` what is said above it.
        """
        self._label = label
        self._standing, self._head = standing, ((0, 0), ())
        if document is not self.document:
            self.set_document(document)
        self.relay(changed)
        self._pending, self._aimed = lit, None
        self._reach()
        self.repaint()

    def place_in_text(self) -> int:
        """Give the offset of the first line in view, where a source is shown; else 0."""
        document = self.document
        if not isinstance(document, SourceDocument) or self.top[0] < HEAD:
            return 0
        return document.bounds(self.top[0])[0]

    def _reach(self) -> None:
        """Bring the lit passage into view, once there is a size to lay it out in."""
        document = self.document
        width = self.inner_width
        if self._aimed is not None and self._aimed[1] == self.top and self._aimed[2] != width:
            self._pending = self._aimed[0]  # nobody scrolled, but the pane got another width
        if self._pending is None or self.inner_height <= 0:
            return
        if not isinstance(document, SourceDocument):
            return
        start, end = lit = self._pending
        self._pending = None
        chunk, row = document.place(start, width)
        last_chunk, last_row = document.place(max(start, end - 1), width)
        rows = last_row - row + 1 if chunk == last_chunk else len(self.rows_of(chunk)) - row + 1
        self.aim(chunk, row, max(1, rows))
        self._aimed = (lit, self.top, width)

    def least_rows(self, first: int, last: int, enough: int) -> int:
        """Give the rows that chunks take at least, told without laying them out."""
        if isinstance(self.document, SourceDocument):
            return self.document.least_rows(first, last, self.inner_width, enough)
        return super().least_rows(first, last, enough)

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Draw the rows in view, a lit passage that waited for a size among them."""
        self._reach()
        return super().content_rows(width, height)

    def head(self, width: int) -> Sequence[Line]:
        """Draw above a proof what it proves and what disputes it; some text stays in view."""
        size = (width, self.inner_height)
        if self._head[0] != size:
            room = max(2, size[1] - LEFT_FOR_TEXT)
            self._head = (size, laid(self._standing, width, room) if self._standing else ())
        return self._head[1]

    def title_line(self) -> Line:
        """Name the pane and what is lit; whose card it is, once its head has been scrolled away."""
        title = (*line(("4 ", "dim"), ("Reader", "title")), *self._label)
        if isinstance(self.document, CardDocument) and self.top != (0, 0):
            title += line((f"  {self.document.record.name}", "dim"))
        return title
