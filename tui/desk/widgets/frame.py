"""A bordered box of styled lines that repaints only the rows that changed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.desk.render.text import EMPTY, Line, Safe, cells, clip, crop, width_of
from tui.desk.widgets.painting import TURN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from textual import events
    from textual.color import Color
    from textual.filter import LineFilter

    from tui.desk.render.palette import Palette


class Drawn(Widget):
    """A widget that draws its own rows and keeps them.

    Textual's path from a row to the compositor styles, pads and caches it for borders that a
    drawn widget does not have; going past it halves the cost of a key. For want of borders the
    outer size is the size, and Textual knows it without asking the compositor.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._strips: dict[int, Strip] = {}
        self._behind: Color | None = None
        self._strips_for = Size()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Take a size without asking for a layout: nothing in here scrolls as Textual knows it."""
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    @abstractmethod
    def draw(self, y: int) -> list[Segment]:
        """Draw one row, exactly as wide as the widget."""

    def forget(self, rows: Iterable[int] | None = None) -> None:
        """Draw some rows anew, or all of them, the next time they are wanted."""
        if rows is None:
            self._strips.clear()
        else:
            rows = list(rows)
            for y in rows:
                self._strips.pop(y, None)
            if not rows:
                return
        taken = TURN.get()
        if taken is None:
            self.refresh_rows(rows)
        else:
            taken.touch(self, rows)

    def refresh_rows(self, rows: Collection[int] | None) -> None:
        """Have Textual draw some rows, or all of them, when it is idle."""
        if rows is None:
            self.refresh()
            return
        width, first, last = self.outer_size.width, min(rows), max(rows)
        if last - first + 1 == len(rows):  # one region is cheaper than its rows
            self.refresh(Region(0, first, width, len(rows)))
        else:
            self.refresh(*(Region(0, y, width, 1) for y in rows))

    def notify_style_update(self) -> None:
        """Draw everything anew when the style sheets have changed."""
        super().notify_style_update()
        self._strips.clear()
        self._behind = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the rows in a region of the widget."""
        strips = self.strips(crop.line_range)
        if crop.x == 0 and crop.width == self.outer_size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def strips(self, rows: Iterable[int]) -> list[Strip]:
        """Give some rows, those that were not forgotten as they were."""
        strips: list[Strip] = []
        if self._strips_for != self.outer_size:
            self._strips.clear()
            self._strips_for = self.outer_size
        kept = self._strips
        guards: Sequence[LineFilter] | None = None
        behind = self._behind
        if behind is None:  # looked up through all that the box stands in, so once a style
            behind = self._behind = self.background_colors[1]
        for y in rows:
            strip = kept.get(y)
            if strip is None:
                if guards is None:
                    guards = self.get_line_filters()
                strip = kept[y] = self.make(y, guards, behind)
            strips.append(strip)
        return strips

    def make(self, y: int, guards: Sequence[LineFilter], background: Color) -> Strip:
        """Draw one row and lead it past the guards."""
        segments = self.draw(y)
        for guard in guards:
            segments = guard.apply(segments, background)
        return Strip(segments, self.outer_size.width)


Row = tuple[Line, bool]
"""A line, and whether the cursor is on it."""

KEPT_ROWS = 600
"""Drawn rows kept of a box, before it starts afresh."""

BLANK_ROW: Row = (EMPTY, False)


class Frame(Drawn):
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
        self._made: dict[tuple[Row, bool, int], Strip] = {}
        self._seen = True

    @property
    def seen(self) -> bool:
        """Tell whether the box has a place on the screen; one without is not drawn."""
        return self._seen

    @seen.setter
    def seen(self, seen: bool) -> None:
        if seen and not self._seen:  # what changed meanwhile was not drawn
            self._rows = []
            self._strips.clear()
        self._seen = seen

    @property
    def active(self) -> bool:
        """Tell whether keys go to this box."""
        return self._active

    @active.setter
    def active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self._strips.clear()  # every row has a piece of the border in it
            self._refocus()
            self.forget()

    def _refocus(self) -> None:
        """Compose the rows for keys that come, or come no longer."""
        self.repaint()

    def set_palette(self, palette: Palette) -> None:
        """Draw with other colours from now on."""
        self._palette = palette
        self._made.clear()
        self.forget()

    def notify_style_update(self) -> None:
        """Draw everything anew when the style sheets have changed."""
        super().notify_style_update()
        self._made.clear()

    def make(self, y: int, guards: Sequence[LineFilter], background: Color) -> Strip:
        """Draw one row, or give it as it was drawn, wherever it stood: scrolling moves rows."""
        if (self._width, len(self._rows)) != self.outer_size:
            return super().make(y, guards, background)
        key = (self._rows[y], self._active, self._width)
        found = self._made.get(key)
        if found is None:
            if len(self._made) > KEPT_ROWS:
                self._made.clear()
            found = self._made[key] = super().make(y, guards, background)
        return found

    @property
    def inner_width(self) -> int:
        """Give the cells of a row between the borders and their padding."""
        return max(0, self.outer_size.width - 4)

    @property
    def inner_height(self) -> int:
        """Give the number of rows between the borders."""
        return max(0, self.outer_size.height - 2)

    def title_line(self) -> Line:
        """Give the title that stands in the upper border."""
        return EMPTY

    @abstractmethod
    def content_rows(self, width: int, height: int) -> list[Row]:
        """Give at most `height` rows, each at most `width` cells wide."""

    def repaint(self) -> None:
        """Compose the rows anew and refresh those that differ from what is on screen."""
        width, height = self.outer_size
        if not self.is_mounted or height < 2 or width < 4 or not self._seen:
            return
        rows = self._compose_rows()
        if len(rows) != len(self._rows) or width != self._width:
            self._rows, self._width = rows, width
            self.forget()
            return
        changed = [y for y, row in enumerate(rows) if row != self._rows[y]]
        self._rows = rows
        self.forget(changed)

    def _compose_rows(self) -> list[Row]:
        content = self.content_rows(self.inner_width, self.inner_height)
        content += [BLANK_ROW] * (self.inner_height - len(content))
        top, bottom = self._borders()
        return [top, *content[: self.inner_height], bottom]

    def _borders(self) -> tuple[Row, Row]:
        width = self.outer_size.width
        rule = "focus" if self._active else "border"
        title = crop(self.title_line(), width - 6)
        if title:
            dashes = Safe(" " + "─" * (width - 5 - width_of(title)) + "╮")
            top: Line = ((Safe("╭─ "), rule), *title, (dashes, rule))
        else:
            top = ((Safe("╭" + "─" * (width - 2) + "╮"), rule),)
        bottom: Line = ((Safe("╰" + "─" * (width - 2) + "╯"), rule),)
        return (top, False), (bottom, False)

    def draw(self, y: int) -> list[Segment]:
        """Draw a row of the border or of the content."""
        width, height = self.outer_size
        if height < 2 or width < 4:
            return [Segment(" " * width, self._palette.plain[""])]
        if len(self._rows) != height or self._width != width:
            self._rows, self._width = self._compose_rows(), width
        pieces, cursor = self._rows[y]
        plain = self._palette.plain
        if y in (0, height - 1):
            return [Segment(text, plain[role]) for text, role in pieces]
        rule = Segment("│", plain["focus" if self._active else "border"])
        left = width - 4
        styles = self._palette.under_cursor if cursor else plain
        segments = [rule, Segment("▌", styles["key"]) if cursor else Segment(" ", plain[""])]
        for text, role in pieces:
            size = cells(text)
            if size > left:
                text = clip(text, left)
                size = cells(text)
            if size:
                segments.append(Segment(text, styles[role]))
                left -= size
        segments.append(Segment(" " * (left + 1), styles[""]))
        segments.append(rule)
        return segments

    def on_resize(self, event: events.Resize) -> None:
        """Compose for the new size, where that was not done for a frame drawn before this came."""
        del event
        if (self._width, len(self._rows)) != self.outer_size:
            self.repaint()
