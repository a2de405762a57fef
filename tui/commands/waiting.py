"""A line on a terminal while one has to wait, gone again when there is something to show."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, Self

from tui.plain import complain

if TYPE_CHECKING:
    from pathlib import Path

    from tui.archive import Library
    from tui.search import Engine

_PATIENCE = 0.4
"""Seconds before anything is said: most waits are over by then."""
_EVERY = 0.1
_METER = 16


class Waiting:
    """Says how far something is on standard error, where that is a terminal; else says nothing.

    Blanks and a carriage return take the line away again: every terminal has these.
    """

    def __init__(self, words: str, unit: str = "", each: int = 1) -> None:
        """Wait for what `words` say; it is counted in units of so many steps `each`."""
        self._words = words
        self._unit = unit
        self._each = each
        self._due = monotonic() + _PATIENCE
        self._shown = 0
        self.was_long = False
        stream = sys.stderr
        self._stream = stream if stream is not None and stream.isatty() else None
        if os.environ.get("TERM") == "dumb":
            self._stream = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._write("")

    def __call__(self, done: int, total: int) -> None:
        """Say that so much is done of so much; 0 where nobody knows yet."""
        now = monotonic()
        if now < self._due:
            return
        self.was_long = True
        if self._stream is None:
            return
        self._due = now + _EVERY
        full, empty = ("▰", "▱") if (self._stream.encoding or "")[:3].lower() == "utf" else "#-"
        part = _METER * min(done, total) // total if total else 0
        done, total = done // self._each, -(-total // self._each)
        count = f" {done:,} of {total:,}{self._unit}" if total else " waiting for who builds it"
        self._write(f"{self._words} {full * part}{empty * (_METER - part)}{count}")

    def _write(self, words: str) -> None:
        stream = self._stream
        if stream is not None:
            try:
                stream.write(f"\r{words}{' ' * (self._shown - len(words))}\r{words}")
                stream.flush()
            except (OSError, ValueError):
                self._stream = None
            self._shown = len(words)


def open_library(root: Path) -> Library:
    """Open an archive; while it is compiled, say how far that is, and at its end if it was in vain.

    Raises:
        ArchiveError: the folder is no archive.
    """
    from tui.archive import open_archive

    with Waiting("reading the archive", " MB", 1_000_000) as waiting:
        library = open_archive(root, progress=waiting)
    if waiting.was_long and not library.is_kept:
        complain("the archive as read cannot be kept in the cache folder, and is read each time")
    return library


def open_engine(library: Library, *, whole: bool = False) -> tuple[Engine, bool]:
    """Open the search engine of a library; tells as well whether anything had to be built for it.

    With `whole` a kept index is read to its last byte first.
    """
    from tui.search import Engine, Progress

    built = False
    with Waiting("indexing") as waiting:

        def progress(progress: Progress) -> None:
            nonlocal built
            built = True
            waiting(*progress)

        return Engine.open(library, progress=progress, whole=whole), built
