"""A bordered box of styled lines that repaints only the rows that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.desk.render.text import EMPTY, Line, Safe, cells, crop, width_of

if TYPE_CHECKING:
    from textual import events

    from tui.desk.render.palette import Palette

Row = tuple[Line, bool]
"""A line, and whether the cursor is on it."""

BLANK_ROW: Row = (EMPTY, False)


class Frame(Widget):
    """A box with a title in its border; subclasses say what its rows are.

    Focus is the screen's business (`active`), not Textual's: a change of focus restyles every
    ancestor, which costs more than drawing the whole box.
    """

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._palette = palette
        self._rows: list[Row] = []
        self._active = False
        self._width = 0

    @property
    def active(self) -> bool:
        """Tell whether keys go to this box."""
        return self._active

    @active.setter
    def active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self._rows = []  # every row has a piece of the border in it
            self.repaint()

    def set_palette(self, palette: Palette) -> None:
        """Draw with other colours from now on."""
        self._palette = palette
        self.refresh()

    @property
    def inner_width(self) -> int:
        """Give the cells of a row between the borders and their padding."""
        return max(0, self.size.width - 4)

    @property
    def inner_height(self) -> int:
        """Give the number of rows between the borders."""
        return max(0, self.size.height - 2)

    def title_line(self) -> Line:
        """Give the title that stands in the upper border."""
        return EMPTY

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Give at most `height` rows, each at most `width` cells wide."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Compose the rows anew and refresh those that differ from what is on screen."""
        width, height = self.size
        if not self.is_mounted or height < 2 or width < 4 or not self.display:
            return
        rows = self._compose_rows()
        if len(rows) != len(self._rows) or width != self._width:
            self._rows, self._width = rows, width
            self.refresh()
            return
        changed = [y for y, row in enumerate(rows) if row != self._rows[y]]
        self._rows = rows
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def _compose_rows(self) -> list[Row]:
        width = self.size.width
        rule = "focus" if self._active else "border"
        title = crop(self.title_line(), width - 6)
        if title:
            dashes = Safe(" " + "─" * (width - 5 - width_of(title)) + "╮")
            top: Line = ((Safe("╭─ "), rule), *title, (dashes, rule))
        else:
            top = ((Safe("╭" + "─" * (width - 2) + "╮"), rule),)
        bottom: Line = ((Safe("╰" + "─" * (width - 2) + "╯"), rule),)
        content = self.content_rows(self.inner_width, self.inner_height)
        content += [BLANK_ROW] * (self.inner_height - len(content))
        return [(top, False), *content[: self.inner_height], (bottom, False)]

    def render_line(self, y: int) -> Strip:
        """Draw one row; Textual calls this for the rows that `repaint` refreshed."""
        width, height = self.size
        if height < 2 or width < 4:
            return Strip.blank(width, self._palette.style(""))
        if len(self._rows) != height or self._width != width:
            self._rows, self._width = self._compose_rows(), width
        pieces, cursor = self._rows[y]
        style = self._palette.style
        if y in (0, height - 1):
            return Strip([Segment(text, style(role)) for text, role in pieces], width)
        rule = style("focus" if self._active else "border")
        inner = width - 4
        segments = [Segment("│", rule)]
        segments.append(
            Segment("▌", style("key", cursor=True)) if cursor else Segment(" ", style(""))
        )
        used = 0
        for text, role in pieces:
            size = cells(text)
            if used + size > inner:
                text = crop(((text, role),), inner - used)[0][0] if used < inner else Safe("")
                size = cells(text)
            if size:
                segments.append(Segment(text, style(role, cursor=cursor)))
                used += size
        segments.append(Segment(" " * (inner - used + 1), style("", cursor=cursor)))
        segments.append(Segment("│", rule))
        return Strip(segments, width)

    def on_resize(self, event: events.Resize) -> None:
        """Compose for the new size."""
        del event
        self.repaint()
