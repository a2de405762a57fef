"""A scrolling document in chunks, each laid out only when it comes into view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

from textual.message import Message

from tui.desk.widgets.frame import Frame, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

    from tui.desk.render.palette import Palette
    from tui.desk.render.text import Line


class Document(Protocol):
    """A sequence of chunks: paragraphs of a source, facts of a card."""

    def __len__(self) -> int:
        """Give the number of chunks."""
        ...

    def chunk(self, index: int, width: int) -> list[Line]:
        """Lay one chunk out; it takes at least one row."""
        ...

    def stops(self, index: int) -> bool:
        """Tell whether the cursor may rest on a chunk."""
        ...


class DocumentView(Frame):
    """Shows a document; scrolls by rows where nothing can be chosen, else by stops.

    The place is (chunk, row in the chunk): no total of rows is ever needed, so that a source of
    a million lines opens as quickly as one of ten.
    """

    @dataclass
    class Touched(Message):
        """The document was clicked; `chunk` and `row` are what the pointer was on."""

        view: DocumentView
        chunk: int
        row: int

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(palette, id=id)
        self.document: Document | None = None
        self.cursor = -1
        self.top = (0, 0)
        self._kept: WeakKeyDictionary[Document, dict[int, list[Line]]] = WeakKeyDictionary()
        self._laid: dict[int, list[Line]] = {}
        self._laid_width = 0
        self._shown: list[tuple[int, int]] = []
        self._shown_head = 0

    def head(self, width: int) -> Sequence[Line]:
        """Give the lines that stand still above the document."""
        del width
        return ()

    @property
    def page(self) -> int:
        """Give the number of rows that scroll; 0 while there is no size."""
        height = self.inner_height
        return height - min(len(self.head(self.inner_width)), max(0, height - 1))

    def set_document(self, document: Document) -> None:
        """Show another document from its top, the cursor on its first stop."""
        self.document = document
        self.top = (0, 0)
        self._laid = self._kept.setdefault(document, {})
        self.cursor = next((i for i in range(min(len(document), 64)) if document.stops(i)), -1)

    def relay(self, chunks: Iterable[int]) -> None:
        """Lay some chunks out anew: the document draws them differently now."""
        for chunk in chunks:
            self._laid.pop(chunk, None)

    def rows_of(self, index: int) -> list[Line]:
        """Give the rows of a chunk at the present width."""
        width = self.inner_width
        if width != self._laid_width:
            self._kept.clear()
            self._laid = {}
            if self.document is not None:
                self._kept[self.document] = self._laid
            self._laid_width = width
        rows = self._laid.get(index)
        if rows is None:
            assert self.document is not None
            if len(self._laid) > 512:
                self._laid.clear()
            rows = self._laid[index] = self.document.chunk(index, width)
        return rows

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Draw the rows in view."""
        rows: list[Row] = [(line, False) for line in self.head(width)][: max(0, height - 1)]
        self._shown_head = len(rows)
        self._shown = []
        if self.document is None:
            return rows
        chunk, skip = self.top
        while chunk < len(self.document) and len(rows) < height:
            laid = self.rows_of(chunk)
            for number in range(skip, len(laid)):
                if len(rows) >= height:
                    break
                rows.append((laid[number], chunk == self.cursor and self.active))
                self._shown.append((chunk, number))
            chunk, skip = chunk + 1, 0
        return rows

    def scroll(self, by: int) -> None:
        """Scroll by rows, never past the last row."""
        if self.document is None:
            return
        self.top = self._clamped(self._moved(self.top, by))
        self.repaint()

    def _moved(self, place: tuple[int, int], by: int) -> tuple[int, int]:
        assert self.document is not None
        chunk, row = place
        row += by
        while row < 0 and chunk > 0:
            chunk -= 1
            row += len(self.rows_of(chunk))
        row = max(row, 0)
        while chunk < len(self.document) - 1 and row >= len(self.rows_of(chunk)):
            row -= len(self.rows_of(chunk))
            chunk += 1
        return chunk, min(row, max(0, len(self.rows_of(chunk)) - 1))

    def _clamped(self, place: tuple[int, int]) -> tuple[int, int]:
        """Give a place as a top, or the last one where nothing would be left to fill the page.

        What comes down to the end of the page is laid out for drawing anyway; the last page of the
        document only where the page reaches it.
        """
        assert self.document is not None
        chunk, left = place[0], self.page + place[1]
        while chunk < len(self.document):
            left -= len(self.rows_of(chunk))
            if left <= 0:
                return place
            chunk += 1
        return min(place, self._last_top())

    def _last_top(self) -> tuple[int, int]:
        assert self.document is not None
        chunk, left = len(self.document) - 1, self.page
        while chunk >= 0:
            size = len(self.rows_of(chunk))
            if size >= left:
                return chunk, size - left
            left -= size
            chunk -= 1
        return 0, 0

    def reveal(self, chunk: int, row: int = 0, *, rows: int = 1) -> None:
        """Scroll so that `rows` rows from a place are in view, with some air around them."""
        self.aim(chunk, row, rows)
        self.repaint()

    def aim(self, chunk: int, row: int, rows: int) -> None:
        """Put the top where `rows` rows from a place are in view, and draw nothing yet."""
        if self.document is None or not len(self.document):
            return
        height = self.page
        if height <= 0:
            self.top = (chunk, row)
            return
        wanted = {self._moved((chunk, row), n) for n in (0, min(rows, height) - 1)}
        if not all(self._is_seen(place, height) for place in wanted):
            air = max(1, (height - min(rows, height)) // 3)
            self.top = self._clamped(self._moved((chunk, row), -air))

    def _is_seen(self, place: tuple[int, int], height: int) -> bool:
        """Tell whether a place is on the page; lays out no more than what is above it there."""
        first, skip = self.top
        if place < self.top or self.least_rows(first, place[0], height + skip) >= height + skip:
            return False
        above = -skip
        for chunk in range(first, place[0]):
            above += len(self.rows_of(chunk))
            if above >= height:
                return False
        return above + place[1] < height

    def least_rows(self, first: int, last: int, enough: int) -> int:
        """Give the rows that chunks take at least, told without laying them out.

        Args:
            first: the first of the chunks.
            last: the chunk behind the last of them.
            enough: what need not be counted beyond.
        """
        del enough
        return last - first

    def _visible(self, height: int) -> list[tuple[int, int]]:
        assert self.document is not None
        places: list[tuple[int, int]] = []
        chunk, skip = self.top
        while chunk < len(self.document) and len(places) < height:
            places += [(chunk, n) for n in range(skip, len(self.rows_of(chunk)))]
            chunk, skip = chunk + 1, 0
        return places[:height]

    def move(self, by: int) -> bool:
        """Go to the next stop, or scroll where there is none; tell whether the cursor moved."""
        if self.document is None:
            return False
        if self.cursor < 0:
            self.scroll(by)
            return False
        step = 1 if by > 0 else -1
        target, left = self.cursor, abs(by)
        at = self.cursor + step
        while 0 <= at < len(self.document) and left:
            if self.document.stops(at):
                target, left = at, left - 1
            at += step
        if target == self.cursor:
            self.scroll(by)
            return False
        self.put(target)
        return True

    def put(self, chunk: int) -> None:
        """Put the cursor on a stop and show it whole where that is possible."""
        self.cursor = chunk
        self.reveal(chunk, rows=len(self.rows_of(chunk)))
        self.repaint()

    def turn(self, pages: float) -> None:
        """Scroll by pages or parts of one; the cursor comes along into view."""
        if self.document is None:
            return
        self.scroll(round(pages * max(1, self.page)))
        if self.cursor >= 0:
            seen = dict.fromkeys(chunk for chunk, _ in self._visible(self.page))
            stops = [chunk for chunk in seen if self.document.stops(chunk)]
            if stops and self.cursor not in stops:
                self.cursor = stops[0] if pages > 0 else stops[-1]
                self.repaint()

    def go_first(self) -> None:
        """Go to the top."""
        if self.document is not None:
            self.set_document(self.document)
            self.repaint()

    def go_last(self) -> None:
        """Go to the end."""
        if self.document is None:
            return
        self.top = self._last_top()
        if self.cursor >= 0:
            stops = range(len(self.document) - 1, -1, -1)
            self.cursor = next((i for i in stops if self.document.stops(i)), -1)
        self.repaint()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll(-3)

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        event.stop()
        y = event.y - 1 - self._shown_head
        chunk, row = self._shown[y] if 0 <= y < len(self._shown) else (-1, 0)
        self.post_message(self.Touched(self, chunk, row))
