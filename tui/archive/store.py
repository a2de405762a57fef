"""The files in the cache folder: found, trusted or not, and replaced in one step."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from typing import TYPE_CHECKING

from tui.archive.compiled import VERSION, Compiled, DamagedError
from tui.archive.writing import write_whole

try:
    from _blake2 import blake2b  # `hashlib` loads OpenSSL, which costs more than a warm start
except ImportError:  # pragma: no cover - another build of Python
    from hashlib import blake2b

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["WHOLE", "Spool", "Store", "blake2b"]

WHOLE = 16_000_000
"""A cache up to this size is read and verified as a whole; a larger one is mapped."""
_BUFFERED = 1 << 20
_ABANDONED_SECONDS = 3600
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Store:
    """Keeps one thing about one archive in a folder that belongs to the user alone.

    The thing is one file under a name that the archive's place gives, and pieces beside it that
    this file names: written once under a name of their own, and removed when it names others.
    """

    def __init__(self, folder: Path | None, root: str, what: str = "archive") -> None:
        self._folder = folder
        key = blake2b(os.fsencode(os.path.realpath(root)), digest_size=12).hexdigest()
        self._name = f"{what}-{VERSION}-{key}"

    def load(self, piece: str = "") -> Compiled | None:
        """Give what is kept, or None: nothing there, not ours, or damaged."""
        if self._folder is None or not _is_ours(self._folder):
            return None
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FLAGS
        try:
            descriptor = os.open(self._folder / (self._name + piece), flags)
        except OSError:
            return None
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or not _belongs_to_us(status):
                return None
            return _opened(descriptor, status.st_size)
        except (DamagedError, OSError, ValueError, EOFError, TypeError, KeyError):
            return None
        finally:
            os.close(descriptor)

    def save(self, data: bytes) -> bool:
        """Replace what is kept and tell whether that was possible; if not, the old one stays."""
        if self._folder is None or not self._prepared():
            return False
        try:
            write_whole(self._folder / self._name, data)
        except OSError:
            return False
        return True

    def spool(self, piece: str = "") -> Spool:
        """Begin to write what shall be kept, or a piece of it."""
        usable = self._folder is not None and self._prepared()
        return Spool(self._folder / (self._name + piece) if self._folder and usable else None)

    def sweep(self, keep: set[str], before: set[str]) -> None:
        """Remove the pieces that are not to be kept: those named before, and abandoned ones."""
        if self._folder is None:
            return
        long_ago = time.time() - _ABANDONED_SECONDS
        with contextlib.suppress(OSError), os.scandir(self._folder) as found:
            for entry in found:
                piece = entry.name.removeprefix(".").removeprefix(self._name)
                if piece in ("", entry.name) or piece in keep or piece[0] not in ".+":
                    continue
                with contextlib.suppress(OSError):
                    if piece in before or entry.stat(follow_symlinks=False).st_mtime < long_ago:
                        os.unlink(entry.path)

    def _prepared(self) -> bool:
        assert self._folder is not None
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
        except OSError:
            return False
        return _is_ours(self._folder)


class Spool:
    """Bytes on their way into the cache; what the disk does not take is held in memory."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._parts: list[bytes] = []
        self._waiting = 0
        self._descriptor = -1
        if path is not None:
            self._temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS
            try:
                self._descriptor = os.open(self._temporary, flags, 0o600)
            except OSError:
                self._path = None

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._parts.append(data)
        self._waiting += len(data)
        if self._waiting >= _BUFFERED and self._path is not None:
            try:
                self._flush()
            except OSError:
                self._to_memory()

    def finish(self) -> tuple[Compiled, bool]:
        """Put the file in place; open what was written, and tell whether it is kept."""
        if self._path is not None:
            try:
                self._flush()
                os.fsync(self._descriptor)
                size = os.lseek(self._descriptor, 0, os.SEEK_END)
                found = _opened(self._descriptor, size, mapped=os.name != "nt")
            except OSError:
                self._to_memory()
            else:
                return found, self._put_in_place(self._path)
        return Compiled(b"".join(self._parts)), False

    def _put_in_place(self, path: Path) -> bool:
        try:
            self._close()
            self._temporary.replace(path)
        except OSError:  # somebody has cleared the folder, or something else stands there
            self.abandon()
            return False
        return True

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._path is not None:
            self._path = None
            self._close()
            with contextlib.suppress(OSError):
                self._temporary.unlink()

    def _flush(self) -> None:
        data = memoryview(b"".join(self._parts))
        self._parts, self._waiting = [bytes(data)], len(data)  # held until the disk has taken it
        begun = os.lseek(self._descriptor, 0, os.SEEK_CUR)
        try:
            done = 0
            while done < len(data):
                done += os.write(self._descriptor, data[done:])
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, begun)
            raise
        self._parts, self._waiting = [], 0

    def _to_memory(self) -> None:
        """Take back what the disk has, for it will not have the rest."""
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            taken = []
            while part := os.read(self._descriptor, _BUFFERED):
                taken.append(part)
        finally:
            self.abandon()
        self._parts = [*taken, *self._parts]

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _opened(descriptor: int, size: int, *, mapped: bool = True) -> Compiled:
    if size > WHOLE and mapped:
        from mmap import ACCESS_READ, mmap

        return Compiled(mmap(descriptor, 0, access=ACCESS_READ))
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(os.dup(descriptor), "rb") as file:
        compiled = Compiled(file.read())
    compiled.verify()
    return compiled


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
