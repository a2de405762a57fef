"""The texts that quotes are looked for in, each read when one is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.archive.anchor import Anchoring
from tui.archive.reading import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HELD = 8_000_000


class Texts:
    """Finds a source's text by its id; holds some of them, for quotes come in order of sources."""

    def __init__(self, units: Mapping[str, str], load: Callable[[str], bytes | str]) -> None:
        self._units = units
        self._load = load
        self._held: dict[str, Anchoring] = {}
        self._size = 0

    @cached_property
    def ids(self) -> list[str]:
        """Give the ids of all sources, sorted."""
        return sorted(self._units)

    def anchoring(self, source: str) -> Anchoring | None:
        """Give the means to find a quote in a source; None where there is no such source."""
        found = self._held.get(source)
        if found is None and source in self._units:
            file = f"{self._units[source]}.txt"
            text = text_of(file, self._load(file))
            if text is not None:
                found = self.hold(source, text)
        return found

    def hold(self, source: str, text: str) -> Anchoring:
        """Take in a text that has been read already."""
        if self._size + len(text) > _HELD:
            self._held, self._size = {}, 0
        found = self._held[source] = Anchoring(text)
        self._size += len(text)
        return found
