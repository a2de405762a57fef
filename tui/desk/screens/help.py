"""The keys that work here, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen

from tui.desk.render.text import EMPTY, Line, cells, line, safe
from tui.desk.widgets.document import DocumentView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.desk.render.palette import Palette

MARKS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (
        ("●", "held", "held"),
        ("○", "planned", "planned"),
        ("◐", "reported", "reported"),
        ("◌", "denied", "denied"),
        ("◆", "outside", "outside the archive"),
    ),
    (("✓", "stated", "a source prints it"), ("≈", "inferred", "inferred, with the reason")),
    (("↗", "outside", "from elsewhere, with the address"), ("–", "dim", "not stated")),
    (("≠", "differs", "sources differ: c compares"), ("✎", "planned", "an editor’s note")),
    (("~31", "dim", "inferred"), ("≤ 30", "dim", "by then"), ("↗28", "dim", "from outside")),
    (("▃", "bar", "events of a quarter"), ("░", "bar", "of the year, month not stated")),
    (
        ("░", "planned", "lanes: on some day in here"),
        ("▒", "held", "lasted"),
        ("◂ ▸", "dim", "open"),
    ),
)

NAMES = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "pagedown": "page down",
    "pageup": "page up",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "plus": "+",
    "minus": "-",
}


def key_words(key: str) -> str:
    """Give the keys of a binding as a person would read them."""
    return " ".join(NAMES.get(name, name) for name in key.split(","))


class _Keys:
    """The document of the help screen."""

    def __init__(self, here: str, bindings: Sequence[Binding]) -> None:
        self._lines: list[Line] = [line((here, "strong")), EMPTY]
        wide = max(cells(safe(key_words(b.key))) for b in bindings)
        for binding in bindings:
            keys = key_words(binding.key)
            pad = " " * (wide - cells(safe(keys)) + 2)
            self._lines.append(line((keys, "key"), pad, binding.tooltip or binding.description))
        self._lines += [EMPTY, line(("marks", "strong"))]
        for row in MARKS:
            parts = [((mark, role), (f" {words}   ", "dim")) for mark, role, words in row]
            self._lines.append(line(*(part for pair in parts for part in pair)))

    def __len__(self) -> int:
        return len(self._lines)

    def chunk(self, index: int, width: int) -> list[Line]:
        """Give one line."""
        del width
        return [self._lines[index]]

    def stops(self, index: int) -> bool:
        """Nothing here is chosen."""
        del index
        return False


class _View(DocumentView):
    def title_line(self) -> Line:
        return line(("keys", "title"), ("  esc closes · j k scroll · the marks are below", "dim"))


class HelpScreen(ModalScreen[None]):
    """Lists the keys and the marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "dismiss", "close", id="help.close"),
        Binding("j,down", "scroll(1)", "down", id="help.down"),
        Binding("k,up", "scroll(-1)", "up", id="help.up"),
        Binding("pagedown,space,ctrl+d", "scroll(12)", "page down", id="help.page-down"),
        Binding("pageup,ctrl+u", "scroll(-12)", "page up", id="help.page-up"),
    ]

    def __init__(self, palette: Palette, here: str, bindings: Sequence[Binding]) -> None:
        super().__init__()
        self._view = _View(palette, id="keys")
        self._view.set_document(_Keys(here, bindings))
        self._view.active = True

    def compose(self) -> ComposeResult:
        """Show one box."""
        yield self._view

    def action_scroll(self, by: int) -> None:
        """Scroll the list."""
        self._view.scroll(by)
