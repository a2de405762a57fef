"""One-row bars: the header, the footer, and the line in which a query is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.desk.render.text import EMPTY, Line, Safe, cells, columns, line, safe
from tui.desk.widgets.frame import Drawn, Frame, Row

if TYPE_CHECKING:
    from textual import events

    from tui.desk.render.palette import Palette


class Bar(Drawn):
    """A row with something at the left and something at the right; the left gives way."""

    @dataclass
    class Touched(Message):
        """The bar was clicked; `words` are those under the pointer."""

        bar: Bar
        words: str

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._palette = palette
        self._left: Line = EMPTY
        self._right: Line = EMPTY

    def set_palette(self, palette: Palette) -> None:
        """Draw with other colours from now on."""
        self._palette = palette
        self.forget()

    def show(self, left: Line, right: Line = EMPTY) -> None:
        """Show other words."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.forget()

    def on_click(self, event: events.Click) -> None:
        """Say which words were clicked."""
        event.stop()
        at = event.x - 1
        pieces = columns(self._left, self._right, max(0, self.outer_size.width - 2))
        for text, _ in pieces:
            at -= cells(text)
            if at < 0:
                self.post_message(self.Touched(self, text))
                return

    def draw(self, y: int) -> list[Segment]:
        """Draw the bar."""
        del y
        width = self.outer_size.width
        styles = self._palette.plain
        pieces = columns(self._left, self._right, max(0, width - 2))
        segments = [Segment(" ", styles[""])]
        segments += [Segment(text, styles[role]) for text, role in pieces if text]
        segments.append(Segment(" ", styles[""]))
        return list(Strip(segments).adjust_cell_length(width, styles[""]))


class InputBox(Frame):
    """A box with one line of typed text and a caret; the screen sends it the keys.

    It is drawn by us because mounting Textual's Input takes longer than a whole search, and its
    cursor blinks.
    """

    LIMIT = 256

    def __init__(self, palette: Palette, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(palette, id=id)
        self.value = ""
        self._caret = 0
        self._prompt = ""
        self._info: Line = EMPTY
        self._active = True

    def ask(self, prompt: str, value: str = "") -> None:
        """Begin a new line of input under a prompt."""
        self._prompt, self.value, self._caret, self._info = prompt, value, len(value), EMPTY
        self.repaint()

    def inform(self, info: Line) -> None:
        """Show a remark beside the prompt."""
        self._info = info
        self.repaint()

    def insert(self, text: str) -> bool:
        """Insert text at the caret as one line; tell whether all of it fitted."""
        words = " ".join(text.split("\n")).replace("\r", "").replace("\t", " ")
        room = self.LIMIT - len(self.value)
        taken = words[: max(0, room)]
        self.value = self.value[: self._caret] + taken + self.value[self._caret :]
        self._caret += len(taken)
        self.repaint()
        return len(words) <= room

    @property
    def before(self) -> str:
        """Give the text before the caret."""
        return self.value[: self._caret]

    def replace(self, text: str) -> bool:
        """Put another text before the caret; tell whether it fitted, else nothing changes."""
        after = self.value[self._caret :]
        if len(text) + len(after) > self.LIMIT:
            return False
        self.value, self._caret = text + after, len(text)
        self.repaint()
        return True

    def edit(self, key: str) -> bool:
        """Carry out an editing key; tell whether the text changed."""
        before, at, value = self.value, self._caret, self.value
        if key == "backspace" and at:
            self.value, self._caret = value[: at - 1] + value[at:], at - 1
        elif key in ("ctrl+w", "alt+backspace", "ctrl+backspace"):
            start = len(value[:at].rstrip())
            start = value[:start].rfind(" ") + 1
            self.value, self._caret = value[:start] + value[at:], start
        elif key == "ctrl+u":
            self.value, self._caret = value[at:], 0
        elif key == "ctrl+k":
            self.value = value[:at]
        elif key == "delete":
            self.value = value[:at] + value[at + 1 :]
        elif key == "left":
            self._caret = max(0, at - 1)
        elif key == "right":
            self._caret = min(len(value), at + 1)
        elif key in ("home", "ctrl+a"):
            self._caret = 0
        elif key in ("end", "ctrl+e"):
            self._caret = len(value)
        self.repaint()
        return self.value != before

    def title_line(self) -> Line:
        """Name what is asked for."""
        return (*line((self._prompt, "title")), *self._info)

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Draw the typed text with its caret, scrolled so that the caret is seen."""
        del height
        before, after = safe(self.value[: self._caret]), safe(self.value[self._caret :])
        while cells(before) > width - 4:
            before = Safe(before[1:])
        under, rest = (after[:1] or " "), after[1:]
        pieces = (
            (Safe("/ " if self._prompt == "find" else "› "), "key"),
            (before, "input"),
            (Safe(under), "caret"),
            (Safe(rest), "input"),
        )
        return [(tuple(p for p in pieces if p[0]), False)]

    def on_paste(self, event: events.Paste) -> None:
        """Leave pasted text to the screen, which knows whether it asked for any."""
        del event
