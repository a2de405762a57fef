"""Runs searches for the finder: beside the screen, with late answers dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.archive import Library
    from tui.search import Answer, Engine

AT_ONCE = 20_000
"""Archives of at most this many passages are searched within the key press: one frame shows the
letter and its results. Larger ones are searched in a thread."""


class Searching:
    """Opens the engine when the finder is first opened, then answers queries.

    `answered` is called on the screen's own loop with each answer that is still wanted, `waiting`
    with words to show in the meantime.
    """

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        answered: Callable[[Answer], None],
        waiting: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._library = library
        self._answered = answered
        self._waiting = waiting
        self._engine: Engine | None = None
        self._opening = False
        self._generation = 0
        self._wanted: str | None = None

    def open(self) -> None:
        """Open the engine in a thread, once; its imports alone would be felt as a pause."""
        if self._engine is None and not self._opening:
            self._opening = True
            self._screen.run_worker(self._open, thread=True, group="engine", exit_on_error=True)

    def _open(self) -> None:
        from tui.search import Engine

        engine = Engine.open(self._library)
        self._screen.app.call_from_thread(self._opened, engine)

    def _opened(self, engine: Engine) -> None:
        self._engine = engine
        if self._wanted is not None:
            self.ask(self._wanted)

    def ask(self, query: str) -> None:
        """Answer a query; an answer to an older one is dropped, whenever it comes."""
        self._generation += 1
        self._wanted = query
        if self._engine is None:
            self._waiting("opening the index …")
            self.open()
            return
        if self._small():
            self._answered(self._engine.find(query, limit=50))
            return
        generation = self._generation
        engine = self._engine

        def search() -> None:
            answer = engine.find(query, limit=50, cancelled=lambda: generation != self._generation)
            if generation == self._generation:
                self._screen.app.call_from_thread(self._deliver, generation, answer)

        self._screen.run_worker(search, thread=True, group="find", exclusive=True)

    def _deliver(self, generation: int, answer: Answer) -> None:
        if generation == self._generation:
            self._answered(answer)

    def forget(self) -> None:
        """Drop whatever is still on its way."""
        self._generation += 1
        self._wanted = None

    def _small(self) -> bool:
        return self._library.counts()["sentences"] <= AT_ONCE
