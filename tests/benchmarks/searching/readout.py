"""Readout as a contestant: the only place here that looks inside its engine."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, cast

from searching.corpus import Corpus
from searching.peer import Peer

if TYPE_CHECKING:
    from searching.peer import Reply

    from tui.archive import Library
    from tui.search import Engine


class Readout(Peer):
    """The engine as it ships, on an archive of these passages that has no records."""

    name = "readout"

    @property
    def format(self) -> str:
        """Name the code that makes the index, as narrowly as the engine itself does."""
        import tui.records
        import tui.search

        whole = hashlib.blake2b(digest_size=8)
        for package in (tui.records, tui.search):
            for folder in package.__path__:
                for path in sorted(Path(folder).glob("*.py")):
                    whole.update(f"{path} {path.stat().st_mtime_ns}\n".encode())
        return whole.hexdigest()

    def load(self) -> None:
        import pyroaring  # noqa: F401
        import rapidfuzz.process  # noqa: F401

        import tui.search  # noqa: F401

        self._corpus = Corpus(self.corpus)

    def build(self) -> None:
        self.load()
        self.open()

    def open(self) -> None:
        from tui.search import Engine

        self.engine: Engine = Engine.open(cast("Library", self._corpus), cache=self.folder)

    def find(self, typed: str, most: int) -> list[int]:
        found = self.engine.find(typed, limit=most).passages
        self._places = [(hit.source, hit.start) for hit in found]
        return []

    def ask(self, typed: str, most: int) -> Reply:
        """Find; which lines they are is worked out afterwards."""
        reply = super().ask(typed, most)
        lines = [self._corpus.line(source, start) for source, start in self._places]
        return reply._replace(found=lines)
