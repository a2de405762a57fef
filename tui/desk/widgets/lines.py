"""A list of lines with a cursor: a million rows cost what the visible ones do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from tui.desk.widgets.frame import Frame, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from tui.desk.render.palette import Palette
    from tui.desk.render.text import Line


KEPT_LINES = 500


class Rows(Protocol):
    """What a list shows; a row is asked for only while it is visible."""

    def __len__(self) -> int:
        """Give the number of rows."""
        ...

    def line(self, index: int, width: int) -> Line:
        """Draw one row."""
        ...

    def selectable(self, index: int) -> bool:
        """Tell whether the cursor may rest on a row."""
        ...


class NoRows:
    """An empty list."""

    def __len__(self) -> int:
        return 0

    def line(self, index: int, width: int) -> Line:
        """Never called: there are no rows."""
        raise IndexError(index, width)

    def selectable(self, index: int) -> bool:
        """Never called: there are no rows."""
        raise IndexError(index)


class LineList(Frame):
    """A scrolling list with a cursor, and a head that stands still above it."""

    @dataclass
    class Moved(Message):
        """The pointer put the cursor on another row; whoever moves it otherwise knows."""

        lines: LineList
        index: int

    @dataclass
    class Opened(Message):
        """A row was clicked where the cursor was already."""

        lines: LineList
        index: int

    @dataclass
    class Touched(Message):
        """The list was clicked."""

        lines: LineList

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(palette, id=id)
        self.rows: Rows = NoRows()
        self.cursor = -1
        self.top = 0
        self._first = 0  # the top as drawn: in a box grown small, lower than the top one left
        self._shown_head = 0
        self._drawn: dict[int, Line] = {}
        self._drawn_for: tuple[Rows, int] = (self.rows, 0)

    def head(self, width: int) -> Sequence[Line]:
        """Give the lines that stand still above the list."""
        del width
        return ()

    def empty(self, width: int) -> Sequence[Line]:
        """Give the lines shown in place of an empty list."""
        del width
        return ()

    def set_rows(self, rows: Rows, cursor: int = 0) -> None:
        """Show other rows, with the cursor on the nearest row that can hold it."""
        self.rows = rows
        self.cursor = self._nearest(cursor, 1)
        self._first = 0
        self._follow()
        self.repaint()

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Draw the head and the visible rows."""
        head = list(self.head(width))[: max(0, height - 1)]
        self._shown_head = len(head)
        self._first = self._in_view(self.top)
        rows: list[Row] = [(line, False) for line in head]
        if not len(self.rows):
            rows += [(line, False) for line in self.empty(width)]
            return rows
        first = self._first
        for index in range(first, min(len(self.rows), first + height - len(head))):
            rows.append((self._line(index, width), index == self.cursor))
        return rows

    def _line(self, index: int, width: int) -> Line:
        """Draw a row, or give it as it was drawn: a move changes two rows of a page."""
        if self._drawn_for[0] is not self.rows or self._drawn_for[1] != width:
            self._drawn, self._drawn_for = {}, (self.rows, width)
        found = self._drawn.get(index)
        if found is None:
            if len(self._drawn) > KEPT_LINES:
                self._drawn.clear()
            found = self._drawn[index] = self.rows.line(index, width)
        return found

    @property
    def page(self) -> int:
        """Give the number of rows that scroll."""
        return max(1, self.inner_height - self._shown_head)

    def move(self, by: int) -> bool:
        """Move the cursor by some rows, stopping at the ends; tell whether it moved."""
        if abs(by) > 1:
            return self.go(self.cursor + by, 1 if by > 0 else -1)
        target = self.cursor + by
        while 0 <= target < len(self.rows) and not self.rows.selectable(target):
            target += by
        if 0 <= target < len(self.rows):
            return self.go(target)
        if by < 0 and self._first:
            self.top = self._first = 0
            self.repaint()
        return False

    def go(self, index: int, direction: int = 1) -> bool:
        """Put the cursor on a row, or on the nearest that can hold it; tell whether it moved."""
        if not self._put(index, direction):
            return False
        self.repaint()
        return True

    def _put(self, index: int, direction: int) -> bool:
        """Move the cursor without drawing; tell whether it moved."""
        target = self._nearest(max(0, min(index, len(self.rows) - 1)), direction)
        if target == self.cursor:
            return False
        self.cursor = target
        self._follow()
        return True

    def _point(self, index: int) -> None:
        """Put the cursor where the pointer says, and tell the screen."""
        if self.go(index):
            self.post_message(self.Moved(self, self.cursor))

    def _refocus(self) -> None:
        """Draw the border alone anew: a list shows its cursor wherever the keys go."""
        if len(self._rows) > 1 and (self._width, len(self._rows)) == self.outer_size:
            self._rows[0], self._rows[-1] = self._borders()
        else:
            self.repaint()

    def pointed(self, index: int, x: int) -> bool:
        """Take a click on something within a row; tell whether there was anything to take."""
        del index, x
        return False

    def _nearest(self, index: int, direction: int) -> int:
        for step in (direction, -direction):
            at = index
            while 0 <= at < len(self.rows):
                if self.rows.selectable(at):
                    return at
                at += step
        return -1

    def _follow(self) -> None:
        """Scroll just far enough from what is drawn that the cursor is seen."""
        self.top = self._first = self._in_view(self._first)

    def _in_view(self, top: int) -> int:
        """Give the top nearest to one at which the cursor is seen, with the heading above it."""
        page = self.page
        last_top = max(0, len(self.rows) - page)
        if self.cursor >= 0:
            above = self.cursor
            while above and not self.rows.selectable(above - 1) and self.cursor - above < 2:
                above -= 1
            if above < top:
                top = above
            elif self.cursor >= top + page:
                top = self.cursor - page + 1
        return max(0, min(top, last_top))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self._point(self.cursor + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self._point(max(0, self.cursor - 3))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row under the pointer; open it when it is there already."""
        event.stop()
        self.post_message(self.Touched(self))
        index = self._first + event.y - 1 - self._shown_head
        if not 0 <= index < len(self.rows) or event.y <= self._shown_head:
            return
        if self.rows.selectable(index) and not self.pointed(index, event.x - 2):
            if index == self.cursor:
                self.post_message(self.Opened(self, index))
            else:
                self._point(index)
