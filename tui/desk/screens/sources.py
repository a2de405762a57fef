"""The sources of the archive in the palette of commands, and the places that links lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Provider
from textual.content import Content
from textual.widgets import Input

from tui.desk.render.text import safe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tui.desk.screens.desk import DeskScreen

SHOWN = 40
"""Sources offered at once; who has more types a part of a name."""


class Commands(CommandPalette):
    """Textual's palette, which falls over where it is left twice, as by enter pressed twice."""

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if not self.is_active:
            event.prevent_default()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave once."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Sources(Provider):
    """Opens a source by its id or its name, or goes where a link leads.

    What the palette shows is built as Content: a name is never read as markup.
    """

    @property
    def _desk(self) -> DeskScreen | None:
        from tui.desk.screens.desk import DeskScreen

        return self.screen if isinstance(self.screen, DeskScreen) else None

    def _named(self) -> Iterator[tuple[str, str]]:
        if self._desk is not None:
            for source in self._desk.library.sources.values():
                yield source.id, f"Read source {source.id} · {source.name}"

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Offer the first sources before anything is typed."""
        for number, (source_id, words) in enumerate(self._named()):
            if number >= SHOWN:
                break
            yield DiscoveryHit(Content(safe(words)), self._opening(source_id), text=safe(words))

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Offer the sources whose id or name holds what is typed, or the place of a link."""
        from tui.exchange.links import is_link

        if is_link(query) and self._desk is not None:
            from tui.desk.screens.linking import Following

            going = Following(self._desk, query)
            yield Hit(1.0, Content(safe(going.words)), going, text=safe(going.words))
            return
        wanted = query.casefold().split()
        found = 0
        for source_id, words in self._named():
            folded = words.casefold()
            if found < SHOWN and all(word in folded for word in wanted):
                found += 1
                shown = Content(safe(words))
                for word in wanted:
                    at = folded.find(word)
                    if len(folded) == len(words):
                        shown = shown.stylize("underline", at, at + len(word))
                yield Hit(0.5, shown, self._opening(source_id), text=safe(words))

    def _opening(self, source_id: str) -> Opening:
        return Opening(self._desk, source_id)


class Opening:
    """Opens a source on the desk when it is called."""

    def __init__(self, desk: DeskScreen | None, source_id: str) -> None:
        self._desk = desk
        self._source_id = source_id

    def __call__(self) -> None:
        """Open the source."""
        if self._desk is not None:
            self._desk.open_source(self._source_id)
