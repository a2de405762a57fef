"""The actors pane: people, organizations and states, one list at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.actors import RecordRows
from tui.desk.render.text import Line, line
from tui.desk.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from tui.archive import Rows
    from tui.desk.render.palette import Palette
    from tui.records.record import Kind

TABS: tuple[tuple[Kind, str], ...] = (
    ("person", "people"),
    ("organization", "orgs"),
    ("state", "states"),
)


class ActorsPane(LineList):
    """Who acts, by kind; `tables` gives the columns of a kind."""

    def __init__(self, palette: Palette, tables: Callable[[Kind], Rows]) -> None:
        super().__init__(palette, id="actors")
        self._tables = tables
        self._kind: Kind = "person"
        self._shown: frozenset[str] | None = None
        self._cursors: dict[Kind, int] = {}
        self._kept: dict[Kind, Sequence[int]] = {}  # rows by kind, of those that are shown
        self._fill()

    @property
    def record(self) -> str | None:
        """Give the id of the actor under the cursor."""
        return self._records.id(self.cursor) if self.cursor >= 0 else None

    @property
    def kind(self) -> Kind:
        """Give the kind of actor that is listed."""
        return self._kind

    def show_only(self, ids: frozenset[str] | None) -> None:
        """Narrow the lists to some records; None shows all."""
        self._shown = ids
        self._kept.clear()
        self._cursors.clear()
        self._fill()
        self.repaint()

    def turn_tab(self, by: int) -> None:
        """Show the next or previous kind of actor."""
        kinds = [kind for kind, _ in TABS]
        self._cursors[self._kind] = self.cursor
        self._kind = kinds[(kinds.index(self._kind) + by) % len(kinds)]
        self._fill()
        self.repaint()

    def go_to(self, kind: Kind, record: str) -> None:
        """Put the cursor on an actor, where it is shown."""
        if kind != self._kind:
            self._kind = kind
            self._fill()
        row = self._records.index_of(record)
        if row >= 0:
            self.cursor = row
            self._follow()
        self.repaint()

    def _positions(self, kind: Kind) -> Sequence[int]:
        table = self._tables(kind)
        if self._shown is None:
            return range(len(table.id))
        if kind not in self._kept:
            shown = self._shown
            self._kept[kind] = [at for at, record in enumerate(table.id) if record in shown]
        return self._kept[kind]

    def _fill(self) -> None:
        self._records = RecordRows(self._tables(self._kind), self._positions(self._kind))
        self.rows = self._records
        self.top = 0
        self.cursor = self._nearest(self._cursors.get(self._kind, 0), 1)

    def on_click(self, event: events.Click) -> None:
        """Show the kind whose tab is under the pointer, else what any list does."""
        if event.y != 1:
            super().on_click(event)
            return
        event.stop()
        at = event.x - 2
        for kind, text in self._tabs(self.inner_width):
            at -= len(text)
            if at < 0:
                self.post_message(self.Touched(self))
                if kind != self._kind:
                    kinds = [name for name, _ in TABS]
                    self.turn_tab(kinds.index(kind) - kinds.index(self._kind))
                    self.post_message(self.Moved(self, self.cursor))
                return

    def _tabs(self, width: int) -> list[tuple[Kind, str]]:
        """Give each kind with the words of its tab; where they do not fit, one count only."""
        tabs = [(kind, name, f" {len(self._positions(kind)):,}") for kind, name in TABS]
        if sum(len(name) + len(count) + 1 for _, name, count in tabs) > width + 1:
            tabs = [(kind, name, count if kind == self._kind else "") for kind, name, count in tabs]
        return [(kind, f"{' ' * (kind != TABS[0][0])}{name}{count}") for kind, name, count in tabs]

    def title_line(self) -> Line:
        """Name the pane."""
        return line(("2 ", "dim"), ("Actors", "title"))

    def head(self, width: int) -> Sequence[Line]:
        """Draw the kinds as tabs, each with its count."""
        parts: list[tuple[str, str]] = []
        for kind, text in self._tabs(width):
            here = kind == self._kind
            words = text.rstrip("0123456789, ")
            parts.append((words, "focus-strong" if here else "dim"))
            parts.append((text[len(words) :], "dim" if here else "faint"))
        return (line(*parts),)

    def empty(self, width: int) -> Sequence[Line]:
        """Say why there is nothing."""
        del width
        return (line(("none here", "dim")),)
