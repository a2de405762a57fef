"""Runs searches for the finder: beside the screen, with late answers dropped."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.timer import Timer

    from tui.archive import Library
    from tui.search import Answer, Engine, Progress

AT_ONCE = 20_000
"""Archives of at most this many passages are searched within the key press: one frame shows the
letter and its results. Larger ones are searched in a thread."""
LIMIT = 50
GIVE_WAY = 0.0005
"""Seconds after which a thread that searches lets the screen go on. Python's own five milliseconds
make the screen wait 15 at worst in a million passages, these 1.2; a search costs the same
(`tests/benchmarks/stalls.py`)."""
_LOOK = 0.2
"""Seconds from one look at a build to the next."""


class Searching:
    """Opens the engine when the finder is first opened, then answers queries.

    Everything is called on the screen's own loop: `answered` with each answer that is still wanted,
    and whether it is another one to the query answered before; `waiting` with words to show in the
    meantime; `progressed` with how far the index is built, None when it is.
    """

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        answered: Callable[[Answer, bool], None],
        waiting: Callable[[str], None],
        progressed: Callable[[Progress | None], None],
        before: Searching | None = None,
    ) -> None:
        self._screen = screen
        self._library = library
        self._answered = answered
        self._waiting = waiting
        self._progressed = progressed
        self._before = None if before is None else before._given_up()
        self._engine: Engine | None = None
        self._opening = False
        self._searching = False
        self._generation = 0
        self._wanted: tuple[str, tuple[str, ...]] | None = None
        self._again = False
        self._edition = 0
        self._looking: Timer | None = None

    def _given_up(self) -> Engine | None:
        """Stop, and leave the engine to whoever searches from now on."""
        self.forget()
        engine, self._engine = self._engine or self._before, None
        return engine

    def open(self) -> None:
        """Open the engine in a thread, once; its imports alone would be felt as a pause."""
        if self._engine is not None:
            self._look_on()
        elif not self._opening:
            self._opening = True
            sys.setswitchinterval(min(GIVE_WAY, sys.getswitchinterval()))
            self._screen.run_worker(self._open, thread=True, group="engine", exit_on_error=True)

    def _open(self) -> None:
        from tui.search import Engine

        engine = self._before
        if engine is None:
            engine = Engine.beginning(self._library)
        else:
            engine.update(self._library)
        self._screen.app.call_from_thread(self._opened, engine)

    def _opened(self, engine: Engine) -> None:
        self._engine, self._before, self._opening = engine, None, False
        self._edition = engine.edition
        if self._wanted is not None:
            self.ask(*self._wanted)
        self._look_on()

    def _look_on(self) -> None:
        """Look now and then how far the index is, while it is being built."""
        if self._engine is not None and self._engine.building and self._looking is None:
            self._looking = self._screen.set_interval(_LOOK, self._look)
            self._look()

    def _look(self) -> None:
        engine = self._engine
        if engine is None:
            return
        building = engine.building
        if building is None and self._looking is not None:
            self._looking.stop()
            self._looking = None
        self._progressed(building)
        if engine.edition != self._edition:
            self._edition = engine.edition
            if self._wanted is not None:
                self._ask(*self._wanted, again=True)

    def ask(self, query: str, within: tuple[str, ...] = ()) -> None:
        """Answer a query; an answer to an older one is dropped, whenever it comes.

        `within` are the records of the lens, where there is one.
        """
        self._ask(query, within, again=False)

    def _ask(self, query: str, within: tuple[str, ...], *, again: bool) -> None:
        self._generation += 1
        self._wanted, self._again = (query, within), again
        if self._engine is None:
            self._waiting("opening the index …")
            self.open()
        elif self._library.passage_count <= AT_ONCE:
            self._answered(self._engine.find(query, limit=LIMIT, within=within), again)
        elif not self._searching:
            self._searching = True
            self._screen.run_worker(self._search, thread=True, group="find")

    def _search(self) -> None:
        """Answer what is wanted last, in a thread, until nothing newer is."""
        from tui.search import CancelledError

        call = self._screen.app.call_from_thread
        while True:
            engine, wanted, generation = self._engine, self._wanted, self._generation
            answer = None
            if engine is not None and wanted is not None:
                try:
                    answer = engine.find(
                        wanted[0],
                        limit=LIMIT,
                        within=wanted[1],
                        cancelled=partial(self._past, generation),
                    )
                except CancelledError:
                    continue
            if call(self._deliver, generation, answer):
                return

    def _past(self, generation: int) -> bool:
        return generation != self._generation

    def _deliver(self, generation: int, answer: Answer | None) -> bool:
        """Show an answer that is still wanted; tell whether nothing else is."""
        if generation != self._generation:
            return False
        self._searching = False
        if answer is not None:
            self._answered(answer, self._again)
        return True

    def forget(self) -> None:
        """Drop whatever is still on its way."""
        self._generation += 1
        self._wanted = None
        if self._looking is not None:
            self._looking.stop()
            self._looking = None
