"""The keys that work here, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding
from textual.screen import ModalScreen

from tui.desk.render.text import EMPTY, Line, cells, hanging, line, safe
from tui.desk.widgets.document import DocumentView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.desk.render.palette import Palette


class Row(NamedTuple):
    """Keys that belong together, by their ids, and what they do where.

    A row without a place works anywhere. The same keys may have a row for each place.
    """

    ids: tuple[str, ...]
    words: str
    where: tuple[str, ...] = ()


LISTS, TEXTS, CHOSEN = ("list", "promises"), ("source", "match"), ("card", "compare")
PLACES: dict[str, str] = {
    "list": "in a list",
    "lanes": "in the lanes",
    "promises": "in the promises",
    "source": "in a source",
    "match": "in a source",
    "card": "in a card",
    "compare": "in a comparison",
}

ROWS: tuple[Row, ...] = (
    Row(("down", "up"), "the next row, the row before", LISTS),
    Row(("down", "up"), "the lane below, the lane above", ("lanes",)),
    Row(("down", "up"), "scroll down, up", TEXTS),
    Row(("down", "up"), "the next value, the value before", CHOSEN),
    Row(("next-kind", "previous-kind"), "actors: the next kind, the kind before", ("list",)),
    Row(("next-kind", "previous-kind"), "the lane’s next event, the one before", ("lanes",)),
    Row(("zoom-in", "zoom-out"), "half as much time, twice as much", ("lanes",)),
    Row(("lanes-by",), "lanes by initiative, by actor, by state", ("lanes",)),
    Row(("open",), "open the card", (*LISTS, "lanes")),
    Row(("open",), "follow the line: to a person, an event, a source", ("card",)),
    Row(("prove",), "light the sentence that states it", (*LISTS, "lanes", *CHOSEN)),
    Row(("prove",), "light the next piece of evidence", TEXTS),
    Row(("next-evidence", "previous-evidence"), "the next piece of evidence, the one before"),
    Row(("next-match", "previous-match"), "the next match of the search, the one before"),
    Row(("next-remark", "previous-remark"), "the editor’s next remark, the one before"),
    Row(("compare",), "set side by side what the sources say differently"),
    Row(("copy", "copy-as"), "copy the quote with its source; in another format"),
    Row(("lens", "clear-lens"), "narrow all lists to this; show everything again"),
    Row(("find",), "search names and text; results as you type"),
    Row(("timeline", "actors", "initiatives", "reader"), "events, actors, initiatives, reader"),
    Row(("next-pane", "previous-pane"), "the next pane, the pane before"),
    Row(("lanes",), "events in lanes to scale; again: listed"),
    Row(("promises",), "what was promised, and what became of it; again: events"),
    Row(("date",), "go to a date: 2024, 2024-10, 2024-10-30"),
    Row(("first", "last"), "first, last"),
    Row(("half-down", "half-up"), "half a page down, up"),
    Row(("page-down", "page-up"), "a page down, up"),
    Row(("back", "forward"), "back to where you were, forward again"),
    Row(("edit", "address"), "open the file in $EDITOR; the source’s web address"),
    Row(("commands",), "search all commands"),
    Row(("escape",), "one step back, always"),
    Row(("help",), "these keys"),
    Row(("quit",), "leave Readout"),
)

MARKS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (
        ("●", "held", "held, or kept"),
        ("○", "planned", "planned, or open"),
        ("◐", "reported", "reported"),
        ("◌", "denied", "denied"),
        ("◆", "outside", "from outside"),
    ),
    (("✓", "stated", "a source prints it"), ("≈", "inferred", "inferred, with the reason")),
    (("↗", "outside", "from elsewhere, with the address"), ("–", "dim", "not stated")),
    (
        ("≠", "differs", "sources differ: c compares"),
        ("✎", "planned", "an editor’s note"),
        ("✓✎", "planned", "stated, and disputed"),
    ),
    (("~31", "dim", "inferred"), ("≤ 30", "dim", "by then"), ("↗28", "dim", "from outside")),
    (("▃", "bar", "events of a quarter"), ("░", "bar", "of the year, month not stated")),
    (
        ("░", "planned", "lanes: on some day in here"),
        ("▒", "held", "lasted"),
        ("◂┈", "dim", "begun earlier"),
        ("┈▸", "dim", "goes on"),
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


_APP = {
    "command_palette": "commands",
    "app.command_palette": "commands",
    "quit": "quit",
    "app.quit": "quit",
}
"""Actions that the program shares with Textual’s own bindings, which go before the desk’s."""


def key_words(key: str) -> str:
    """Give the keys of a binding as a person would read them."""
    return " ".join(NAMES.get(name, name) for name in key.split(","))


class _Keys:
    """The document of the help screen: what works here, what works anywhere, the marks."""

    def __init__(self, here: str, bindings: Sequence[Binding]) -> None:
        self._known: dict[str, list[Binding]] = {}
        for binding in bindings:  # Textual has one for each key, as the person’s keymap has it
            name = _APP.get(binding.action) or (binding.id or "").removeprefix("desk.")
            if name in _APP.values() or (binding.id or "").startswith("desk."):
                self._known.setdefault(name, []).append(binding)
        rows = list(self._rows(here))
        self._wide = max((cells(safe(keys)) for _, keys, _ in rows), default=0) + 2
        self._chunks: list[tuple[Line, Line]] = []
        section = ""
        for title, keys, words in rows:
            if title != section:
                if section:
                    self._add()
                self._add((title, "strong"))
                section = title
            pad = " " * (self._wide - cells(safe(keys)))
            self._add(words, hang=((keys, "key"), pad))
        self._add()
        self._add(("marks", "strong"))
        for row in MARKS:
            parts = [((mark, role), (f" {words}   ", "dim")) for mark, role, words in row]
            self._add(*(part for pair in parts for part in pair))

    def _add(
        self, *words: str | tuple[str, str], hang: tuple[str | tuple[str, str], ...] = ()
    ) -> None:
        self._chunks.append((line(*hang), line(*words)))

    def _rows(self, here: str) -> Iterator[tuple[str, str, str]]:
        """Give (section, keys, words): this place first; what works elsewhere only comes last."""
        known = self._known
        mine = [row for row in ROWS if here in row.where]
        anywhere = [row for row in ROWS if not row.where]
        seen = {name for row in (*mine, *anywhere) for name in row.ids}
        elsewhere = [row for row in ROWS if not seen.intersection(row.ids)]
        listed = {name for row in ROWS for name in row.ids}
        for title, rows in (
            (PLACES.get(here, "here"), mine),
            ("anywhere", anywhere),
            ("elsewhere", elsewhere),
        ):
            for row in rows:
                if keys := _paired(known, row.ids):
                    place = f"{PLACES[row.where[0]]}: " if title == "elsewhere" else ""
                    yield title, keys, place + row.words
            if title == "anywhere":
                for name in known:
                    if name not in listed:
                        binding = known[name][0]
                        words = binding.tooltip or binding.description
                        yield title, _paired(known, (name,)), words

    def __len__(self) -> int:
        return len(self._chunks)

    def chunk(self, index: int, width: int) -> list[Line]:
        """Lay one row out."""
        hang, words = self._chunks[index]
        return hanging(hang, words, width) if words else [EMPTY]

    def stops(self, index: int) -> bool:
        """Nothing here is chosen."""
        del index
        return False


def _paired(known: Mapping[str, Sequence[Binding]], ids: Sequence[str]) -> str:
    """Write the keys of a row: of each id all its keys, the ids set apart."""
    keys = [" ".join(key_words(b.key) for b in known[name]) for name in ids if name in known]
    gap = " " if all(" " not in words for words in keys) else "  "
    return gap.join(keys)


class _View(DocumentView):
    def title_line(self) -> Line:
        return line(("keys", "title"), ("  esc closes · j k scroll · the marks are below", "dim"))


class HelpScreen(ModalScreen[None]):
    """Lists the keys and the marks; `here` is the situation as the footer's hints name it."""

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
