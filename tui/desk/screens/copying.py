"""The format to copy in: chosen once, with what it would send in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen

from tui.desk.render.text import EMPTY, Line, line, wrap
from tui.desk.widgets.document import DocumentView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.desk.render.palette import Palette


class _Preview:
    """The formats as stops, and below them what the chosen one would send."""

    def __init__(self, names: list[str], chosen: int, text: str) -> None:
        self._names = names
        self._chosen = chosen
        self._text = text.rstrip("\n").split("\n")

    def __len__(self) -> int:
        return len(self._names) + 1 + len(self._text)

    def chunk(self, index: int, width: int) -> list[Line]:
        """Draw a format, or a line of what would be sent."""
        if index < len(self._names):
            here = index == self._chosen
            number = (f"{index + 1} ", "key" if here else "dim")
            return [line(number, (self._names[index], "strong" if here else "dim"))]
        if index == len(self._names):
            return [EMPTY]
        return [line(row) for row in wrap(self._text[index - len(self._names) - 1], width)]

    def stops(self, index: int) -> bool:
        """Tell a format from what it would send."""
        return index < len(self._names)


class _View(DocumentView):
    def title_line(self) -> Line:
        return line(("copy as", "title"), ("  enter sends · j k choose · esc leaves it", "dim"))


class CopyScreen(ModalScreen[None]):
    """Offers the formats; `send` takes the text and the name of the one that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,Y", "dismiss", "leave it", id="copy.close"),
        Binding("j,down,tab", "choose(1)", "next format", id="copy.down"),
        Binding("k,up,shift+tab", "choose(-1)", "previous format", id="copy.up"),
        *(Binding(str(n), f"take({n - 1})", "this format", id=f"copy.{n}") for n in range(1, 6)),
        Binding("enter,y", "send", "send", id="copy.send"),
        Binding("pagedown,ctrl+d", "scroll(8)", "page down", id="copy.page-down"),
        Binding("pageup,ctrl+u", "scroll(-8)", "page up", id="copy.page-up"),
    ]

    def __init__(
        self,
        palette: Palette,
        choices: Mapping[str, Callable[[], str]],
        send: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self._choices = choices
        self._names = list(choices)
        self._send = send
        self._chosen = 0
        self._text = ""
        self._view = _View(palette, id="copy")
        self._view.active = True
        self._show()

    def compose(self) -> ComposeResult:
        """Show one box."""
        yield self._view

    def _show(self) -> None:
        self._text = self._choices[self._names[self._chosen]]()
        self._view.set_document(_Preview(self._names, self._chosen, self._text))
        self._view.cursor = self._chosen
        self._view.repaint()

    def action_choose(self, by: int) -> None:
        """Show what the next or previous format would send."""
        self._chosen = (self._chosen + by) % len(self._names)
        self._show()

    def action_take(self, at: int) -> None:
        """Show what a format would send."""
        if at < len(self._names):
            self._chosen = at
            self._show()

    def on_document_view_touched(self, message: DocumentView.Touched) -> None:
        """Choose a format with the pointer; send it when it is chosen already."""
        message.stop()
        if message.chunk == self._chosen:
            self.action_send()
        elif 0 <= message.chunk < len(self._names):
            self._chosen = message.chunk
            self._show()

    def action_scroll(self, by: int) -> None:
        """Scroll what would be sent."""
        self._view.scroll(by)

    def action_send(self) -> None:
        """Send what is shown, and go back."""
        text, name = self._text, self._names[self._chosen]
        self.dismiss()
        self._send(text, name)
