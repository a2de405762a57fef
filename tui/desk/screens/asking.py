"""The line being typed: the finder's query or a date to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.desk.lens import short_name
from tui.desk.render.hits import HitRows, indexing, lens_line
from tui.desk.render.text import EMPTY, Line, line
from tui.desk.screens.reading import Lit, Trail
from tui.desk.screens.searching import Searching
from tui.records import dates

if TYPE_CHECKING:
    from textual import events

    from tui.desk.screens.desk import DeskScreen
    from tui.desk.screens.reading import Stand
    from tui.search import Answer, PassageHit, Progress, RecordHit

EDITS = {
    "backspace", "ctrl+w", "alt+backspace", "ctrl+backspace", "ctrl+u", "ctrl+k", "delete",
    "left", "right", "home", "ctrl+a", "end", "ctrl+e",
}  # fmt: skip

LENS_KEY = "ctrl+l"
"""Looks outside the lens, and through it again."""

ENTER = {"enter", "ctrl+j"}
"""A terminal that is not the program's yet makes a line feed of enter, which is ctrl+j."""

MOVES = {"up": -1, "down": 1, "ctrl+p": -1, "ctrl+n": 1, "pageup": -1, "pagedown": 1}


class Asking:
    """Asks for a query or a date, and carries the answer out.

    While it asks, `kind` says what for; the screen gives it every key first.
    """

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self.kind: Literal["", "find", "date"] = ""
        self.matches = Trail("match")
        self._stand: Stand | None = None
        self._answer: Answer | None = None
        self._query = ""
        self._due = False  # the answer to what stands in the line is still to come
        self._opens = False  # enter was pressed for it
        self._full = False  # what was typed last did not fit
        self._said: Line = EMPTY
        self._indexing: Line = EMPTY
        self._lens_lifted = False
        earlier: Asking | None = getattr(screen, "asking", None)
        self._searching: Searching = Searching(
            screen,
            screen.library,
            self._answered,
            screen.finder.show_waiting,
            self._progressed,
            None if earlier is None else earlier._searching,
        )

    @property
    def waits(self) -> bool:
        """Tell whether the answer to what was typed is still to come."""
        return self._due

    def find(self) -> None:
        """Open the finder with the last query."""
        self._begin("find")
        screen = self._screen
        screen.input.ask("find", self._query)
        screen.finder.active = True
        self._said, self._lens_lifted = EMPTY, False
        screen.finder.show_lens(EMPTY)
        self._searching.open()
        if self._query:
            self._ask()

    def date(self) -> None:
        """Ask for a date to go to."""
        self._begin("date")
        self._screen.input.ask("go to date")
        self._screen.input.inform(line(("  2024 · 2024-10 · 2024-10-30", "dim")))

    def _begin(self, kind: Literal["find", "date"]) -> None:
        screen = self._screen
        self._stand = screen.reading.stand(screen.pane)
        self.kind = kind
        screen.untouched = False
        screen.take_keys(False)
        screen.arranging.make_room()
        screen.describe()

    def _end(self) -> None:
        self.kind = ""
        self._due = self._opens = False
        self._searching.forget()
        self._screen.finder.active = False
        self._screen.take_keys(True)
        self._screen.arranging.make_room()
        self._screen.describe()

    def key(self, event: events.Key) -> bool:
        """Take a key; tell whether it was for the line."""
        screen = self._screen
        key = event.key
        self._await(False)
        self._full = False
        if key == "escape":
            self.cancel()
        elif key in ENTER:
            self._enter()
        elif key in EDITS:
            if screen.input.edit(key):
                self._changed()
        elif self.kind == "find" and key in MOVES:
            if screen.finder.move(MOVES[key] * (screen.finder.page if "page" in key else 1)):
                self.preview()
        elif self.kind == "find" and key == "tab":
            self._complete()
        elif self.kind == "find" and key == LENS_KEY:
            self._lens_lifted = not self._lens_lifted and bool(screen.lens)
            self._changed()
        elif event.is_printable and event.character:
            self.type(event.character)
        elif key not in ("tab", "shift+tab"):
            return key not in ("ctrl+q", "ctrl+c")
        return True

    def _enter(self) -> None:
        """Open the chosen hit; what is not answered yet opens its best hit as soon as it is."""
        if self.kind == "find" and (self._due or (self._hit() is None and self._partly())):
            self._await(True)
        else:
            self.accept()

    def _await(self, opens: bool) -> None:
        """Open the best hit when it comes, or no longer; say so."""
        if opens != self._opens:
            self._opens = opens
            self._inform()

    def _partly(self) -> bool:
        """Tell whether the answer is to be another once more of the text is indexed."""
        answer = self._answer
        return answer is not None and answer.searched is not None and bool(answer.query.strip())

    def type(self, text: str) -> None:
        """Insert typed or pasted text."""
        self._await(False)
        self._full = not self._screen.input.insert(text)
        self._changed()
        if self._full:
            self._inform()

    def _complete(self) -> None:
        """Complete the field before the caret, or show what it may be."""
        from tui.search.completing import complete

        box = self._screen.input
        text, choices = complete(box.before, self._screen.library)
        if text != box.before and box.replace(text):
            self._changed()
        if choices:
            box.inform(line((f"  {' · '.join(choices)}", "dim")))

    def _changed(self) -> None:
        if self.kind == "find":
            self._query = self._screen.input.value
            from tui.exchange.links import is_link

            if is_link(self._query):
                from tui.desk.screens.linking import answer_to

                self._searching.forget()
                self._answered(answer_to(self._screen.library, self._query))
            else:
                self._ask()

    def _ask(self) -> None:
        self._due = True
        within = () if self._lens_lifted else self._screen.lens.records
        self._searching.ask(self._query, within)

    def _answered(self, answer: Answer, again: bool = False) -> None:
        """Show an answer; the choice stays where it is in another answer to the same query."""
        if self.kind != "find":
            return
        screen = self._screen
        before = self._hit()
        self._answer, self._due = answer, False
        rows = HitRows(screen.library, answer)
        screen.finder.show_lens(self._lens(answer))
        kept = rows.find(before) if again else -1
        screen.finder.show_answer(rows, answer.query, kept)
        took = f"  {answer.took_ms:.1f} ms" if answer.query.strip() else ""
        read = rows.corrections()
        memory = "  index in memory" if rows.in_memory else ""
        self._said = line((took, "dim"), (f"  {read}" if read else "", "planned"), (memory, "dim"))
        self._inform()
        if self._opens and self._hit() is not None:
            self.accept()
            return
        self._await(self._opens and self._partly())
        if kept < 0:
            self.preview()

    def _lens(self, answer: Answer) -> Line:
        """Name the lens, and what it hides."""
        screen = self._screen
        if not screen.lens or not answer.query.strip():
            return EMPTY
        names = [short_name(screen.library, record) for record in screen.lens.records]
        return lens_line(names, None if self._lens_lifted else answer.outside)

    def _progressed(self, progress: Progress | None) -> None:
        """Say how far the index is built, beside the prompt."""
        self._indexing = EMPTY if progress is None else indexing(progress, self._answer)
        if self.kind == "find":
            self._inform()

    def _inform(self) -> None:
        opens = line(("  opens the best hit as it comes" if self._opens else "", "key"))
        full = line((f"  cut at {self._screen.input.LIMIT} characters" * self._full, "planned"))
        said = EMPTY if self._opens else self._said
        self._screen.input.inform((*full, *self._indexing, *said, *opens))

    def _hit(self) -> PassageHit | RecordHit | None:
        rows = self._screen.finder.rows
        return rows.hit(self._screen.finder.cursor) if isinstance(rows, HitRows) else None

    def preview(self) -> None:
        """Show the chosen hit in the reader: a passage lit, or a card; else what was there."""
        from tui.search import PassageHit, RecordHit

        hit = self._hit()
        reading = self._screen.reading
        if isinstance(hit, PassageHit):
            trail, step = self._trail(hit)
            reading.light(trail, step)
        elif isinstance(hit, RecordHit):
            record = self._screen.library.record(hit.id)
            reading.show_card(hit.id, Trail.of(record.evidence, hit.id))
        elif self._stand is not None:
            reading.restore(self._stand)

    def _trail(self, hit: PassageHit) -> tuple[Trail, int]:
        passages = self._answer.passages if self._answer else (hit,)
        places = tuple(Lit(p.source, p.spans or ((p.start, p.end),)) for p in passages)
        return Trail("match", places), passages.index(hit)

    def accept(self) -> None:
        """Open the chosen hit as it is shown, or go to the date."""
        if self.kind == "date":
            self._go_to_date(self._screen.input.value.strip())
            return
        from tui.search import PassageHit, RecordHit

        hit, stand, screen = self._hit(), self._stand, self._screen
        if hit is None:
            return
        self._end()
        if stand is not None:
            screen.restore(stand)
        if isinstance(hit, PassageHit):
            self.matches, step = self._trail(hit)
            screen.open_trail(self.matches, step)
        elif isinstance(hit, RecordHit):
            places = tuple(
                Lit(p.source, p.spans or ((p.start, p.end),))
                for p in (self._answer.passages if self._answer else ())
            )
            self.matches = Trail("match", places)
            screen.open_card(hit.id)

    def _go_to_date(self, words: str) -> None:
        if not words:
            self.cancel()
            return
        try:
            earliest, latest = dates.bounds(words)
        except dates.DateError as error:
            self._screen.input.inform(line((f"  {error}", "differs")))
            return
        self._end()
        self._screen.arranging.events()
        self._screen.go_to_pane("timeline")
        day = earliest if earliest is not None else latest
        if day is not None:
            self._screen.timeline.go_to_day(day)
            self._screen.preview()

    def cancel(self) -> None:
        """Close the line and be again where one stood."""
        stand = self._stand
        self._end()
        if stand is not None:
            self._screen.restore(stand)
