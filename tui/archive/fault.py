"""Faults: what is wrong with an archive, and where."""

from __future__ import annotations

from typing import NamedTuple


class ArchiveError(Exception):
    """The folder is no archive; the message says why, in one line."""


class Fault(NamedTuple):
    """One thing that is wrong, with its place and what would be right.

    `file` is relative to the archive, with forward slashes; a name that is not UTF-8 keeps its
    bytes as surrogates. `line` and `column` count from 1, in code points; 0 where a file has no
    such place. `field` is the dotted path inside the record. A `warning` leaves the archive sound.
    """

    file: str
    line: int
    column: int
    field: str
    message: str
    remedy: str = ""
    warning: bool = False

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Give the key that faults are sorted by."""
        return (self.file, self.line, self.column, self.field)
