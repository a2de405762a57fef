"""A lock on a folder that goes with its holder, however that ends, and says how far it has come."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from tui.search.answer import Progress

if TYPE_CHECKING:
    from pathlib import Path

_SAID = 40
_LOCKED_BYTE = 1 << 16
"""Windows keeps others from reading what is locked: a byte behind what is said."""


class Lock:
    """Held by whoever builds an index. The system takes it back when its holder dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> bool:
        """Take the lock, unless another process has it.

        Where the file system knows no locks everybody gets it: then something may be built twice,
        and the last one's manifest holds.

        Raises:
            OSError: the file cannot be made.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        file = os.open(self._path, flags, 0o600)
        if _locked_by_another(file):
            os.close(file)
            return False
        self._file = file
        self.say(Progress(0, 0))
        return True

    def say(self, progress: Progress) -> None:
        """Let those who wait know how far this is."""
        if self._file is not None:
            words = f"{progress.done} {progress.total}".ljust(_SAID)
            with contextlib.suppress(OSError):  # a full disk is told of by what matters
                os.lseek(self._file, 0, os.SEEK_SET)
                os.write(self._file, words.encode())

    def said(self) -> Progress:
        """Give how far the holder is."""
        try:
            with self._path.open("rb") as file:
                done, total = file.read(_SAID).split()
            return Progress(int(done), int(total))
        except (OSError, ValueError):
            return Progress(0, 0)

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _locked_by_another(file: int) -> bool:
    """Lock an open file, or tell that somebody else holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        from errno import EACCES, EAGAIN, EDEADLK, EWOULDBLOCK

        return error.errno in (EACCES, EAGAIN, EDEADLK, EWOULDBLOCK)
    return False
