"""The cache file: found, trusted or not, and replaced in one step."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tui.archive.compiled import VERSION, Compiled, DamagedError
from tui.archive.writing import write_whole

try:
    from _blake2 import blake2b  # `hashlib` loads OpenSSL, which costs more than a warm start
except ImportError:  # pragma: no cover - another build of Python
    from hashlib import blake2b

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["WHOLE", "Store", "blake2b"]

WHOLE = 16_000_000
"""A cache up to this size is read and verified as a whole; a larger one is mapped."""


class Store:
    """Keeps one thing about one archive in a folder that belongs to the user alone."""

    def __init__(self, folder: Path | None, root: str, what: str = "archive") -> None:
        self._folder = folder
        key = blake2b(os.fsencode(os.path.realpath(root)), digest_size=12).hexdigest()
        self._name = f"{what}-{VERSION}-{key}"

    def load(self) -> Compiled | None:
        """Give what is kept, or None: nothing there, not ours, or damaged."""
        if self._folder is None or not _is_ours(self._folder):
            return None
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self._folder / self._name, flags)
        except OSError:
            return None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or not _belongs_to_us(status):
                return None
            if status.st_size <= WHOLE:
                with os.fdopen(os.dup(descriptor), "rb") as file:
                    compiled = Compiled(file.read())
                compiled.verify()
                return compiled
            from mmap import ACCESS_READ, mmap

            return Compiled(mmap(descriptor, 0, access=ACCESS_READ))
        except (DamagedError, OSError, ValueError, EOFError, TypeError, KeyError):
            return None
        finally:
            os.close(descriptor)

    def save(self, data: bytes) -> bool:
        """Replace what is kept and tell whether that was possible; if not, the old one stays."""
        if self._folder is None:
            return False
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            if not _is_ours(self._folder):
                return False
            write_whole(self._folder / self._name, data)
        except OSError:
            return False
        return True


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is a real one, the user's own, and closed to other writers."""
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    writable = os.name == "posix" and bool(status.st_mode & 0o022)
    return stat.S_ISDIR(status.st_mode) and _belongs_to_us(status) and not writable


def _belongs_to_us(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
