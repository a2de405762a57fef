"""The finder pane: the answers to what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.text import EMPTY, Line, cells, line, wrap
from tui.desk.widgets.lines import LineList
from tui.plain import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.desk.render.hits import HitRows
    from tui.desk.render.palette import Palette
    from tui.search import Progress

TRY = (
    ("kim yonghyun", "a name, however it is spelt"),
    ("김용현  尹", "in its own script"),
    ("ncg  tscf  2+2", "an initiative by its letters"),
    ("extnded deterence", "words with a slip in them"),
)


class FinderPane(LineList):
    """Records first, then passages; says so when there is nothing."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette, id="finder")
        self._state: str = "idle"
        self._query = ""
        self._title = ""
        self._lens: Line = EMPTY
        self._searched: Progress | None = None
        self._notices: tuple[str, ...] = ()
        self._in_memory = ""

    def show_lens(self, lens: Line) -> None:
        """Say above the hits what they are narrowed to."""
        self._lens = lens

    def head(self, width: int) -> Sequence[Line]:
        """Name the lens where there is one, and say how the query was understood."""
        lens = (self._lens,) if self._lens else ()
        if not self._notices:
            return lens
        from tui.desk.render.hits import side_by_side

        return (*lens, *side_by_side(self._notices, width))

    def show_answer(self, rows: HitRows, query: str, keep: int = -1) -> None:
        """Show the hits of a query, the best one chosen, or the one in a row to keep in its place.

        `keep` is a row of the new hits, or -1.
        """
        self._state = "answered" if query.strip() else "idle"
        self._query = query
        answer = rows.answer
        self._searched = answer.searched
        self._notices, self._in_memory = rows.notices, rows.in_memory
        passages = max(answer.total, len(answer.passages))
        records = counted(len(answer.records), "record")
        self._title = f"  {records} · {counted(passages, 'passage')}" if len(rows) else ""
        above = self.cursor - self.top
        self.set_rows(rows, max(0, keep))
        if keep >= 0:
            self._first = self.cursor - above
            self._follow()
            self.repaint()

    def show_waiting(self, words: str) -> None:
        """Say that the answer is on its way."""
        self._state = words
        self.repaint()

    def title_line(self) -> Line:
        """Name the pane and count the hits."""
        counts = self._title if self._state == "answered" else ""
        return line(("results", "title"), (counts, "dim"))

    def empty(self, width: int) -> Sequence[Line]:
        """Say what to type, that nothing was found, or that the index is being opened."""
        if self._state not in ("idle", "answered"):
            return (line((self._state, "dim")),)
        notes = wrap(self._in_memory, width) if self._in_memory else ()
        return (*self._nothing(), *(line((words, "planned")) for words in notes))

    def _nothing(self) -> Sequence[Line]:
        """Give examples, or say that nothing was found and where it was looked for."""
        if self._state == "idle":
            out = [line(("type to search names and text", "dim")), EMPTY]
            for example, words in TRY:
                pad = " " * (20 - cells(example))
                out.append(line((example, "key"), pad, (words, "dim")))
            return out
        from tui.exchange.links import is_link

        if is_link(self._query):
            return ()  # the notice says what is the matter with it
        where = "neither in the records nor in the text of the sources"
        if self._searched is not None:
            where = f"in the {counted(self._searched.done, 'passage')} indexed by now"
        elif not all(words.endswith(".") for words in self._notices):
            where = "in what these fields leave"
        elif self._lens:
            where = "in what the lens leaves"
        return (
            line(("nothing found for ", "dim"), (self._query.strip(), "strong")),
            EMPTY,
            line((where, "dim")),
        )
