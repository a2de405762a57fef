"""rapidfuzz over every passage: what a Python program does first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searching.peer import Peer

if TYPE_CHECKING:
    from collections.abc import Callable


class Rapidfuzz(Peer):
    """`process.extract(partial_ratio)` over lower-cased passages held in memory.

    Lower-casing beforehand spares every query a processor function.
    """

    name = "rapidfuzz"
    reads_everything = True
    _best: Callable[[str, int], list[int]]

    def load(self) -> None:
        import rapidfuzz.process  # noqa: F401

    def open(self) -> None:
        from rapidfuzz import fuzz, process

        passages = [line.lower() for line in self.lines()]

        def best(typed: str, most: int) -> list[int]:
            found = process.extract(typed, passages, scorer=fuzz.partial_ratio, limit=most)
            return [number for _, _, number in found]

        self._best = best

    def find(self, typed: str, most: int) -> list[int]:
        return self._best(typed, most)
