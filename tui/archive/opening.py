"""Open an archive: from the cache when it holds this very content, from its files otherwise."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.archive import files, manifest
from tui.archive.compiled import DamagedError, Writer
from tui.archive.fault import ArchiveError
from tui.archive.library import Library
from tui.archive.shelf import Shelf
from tui.archive.store import Store, blake2b

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import EllipsisType

    from tui.archive.compiled import Compiled
    from tui.archive.manifest import State

WHOLE = 16_000_000
MANY = 2_000
"""Up to this many bytes and files everything is read and compared; above, what looks changed."""
_READ_A_FILE = 1_000
"""How many bytes of compiling it is like to read a file."""
_TRIES = 4


def open_archive(
    root: Path,
    *,
    cache: Path | EllipsisType | None = ...,
    progress: Callable[[int, int], None] | None = None,
) -> Library:
    """Open an archive folder.

    Whether the cache still holds is decided by the content of every file. For an archive above
    16 MB or 2,000 files a file whose size, times (the change of its inode among them) and number
    are those of the last compilation counts as unread: only a clock set back and a forged inode
    could deceive that. Of an archive that has changed only the change is compiled, as far as
    nothing else depends on it.

    Args:
        root: the folder with `archive.toml` in it.
        cache: the folder to keep the compiled form in; the user's own by default, None for none.
        progress: told how much of how much is compiled, about in bytes, at most twenty times a
            second; never when the cache holds.

    Raises:
        ArchiveError: the folder is no archive. Bad content raises nothing: see `Library.faults`.
    """
    root = Path(os.path.abspath(root))
    if cache is ...:
        from tui.paths import cache_folder

        cache = cache_folder()
    # Nothing here makes rings that only the collector could undo, and it would walk it all often.
    collecting = gc.isenabled()
    gc.disable()
    try:
        opening = _Opening(os.fspath(root), cache, progress)
        return Library(root, opening.shelf(), opening.anew)
    finally:
        if collecting:
            gc.enable()


class _Opening:
    """One opening of one archive; `made` says how many sources were compiled for it."""

    def __init__(
        self, root: str, cache: Path | None, tell: Callable[[int, int], None] | None
    ) -> None:
        self._root = root
        self._store = Store(cache, root)
        self._looks = Store(cache, root, "files")
        self._tell = tell
        self._maker = _maker()
        self._found = files.scan(root)
        self._contents: Mapping[str, bytes | str] = {}
        self._sound: set[str] = set()
        self._at_once = False
        self.made = 0

    def shelf(self) -> Shelf:
        """Give the compiled archive, compiling what has to be."""
        before = self._kept()
        kept = None if self._whole else self._looks.load()
        state, fingerprint = self._state(kept)
        if before is None or before.meta["fingerprint"] != fingerprint:
            known = None
            if before is not None:
                known = before.head if "files.paths" in before.head else kept
                if (
                    known is not None
                    and known.meta.get("fingerprint") != before.meta["fingerprint"]
                ):
                    known = None
            before = self._compiled(state, fingerprint, before, known)
        if not self._whole:
            self._keep(kept)
        return before

    def anew(self) -> Shelf:
        """Compile everything, whatever is kept; for what turned out damaged."""
        self._found = files.scan(self._root)
        self._sound = set()
        state, fingerprint = self._state(None)
        return self._compiled(state, fingerprint, None, None)

    @property
    def _whole(self) -> bool:
        return len(self._found.paths) <= MANY and self._found.size <= WHOLE

    def _kept(self) -> Shelf | None:
        """Give what was compiled before; None for nothing that can be read here."""
        head = self._store.load()
        if head is None or head.meta.get("maker") != self._maker:
            return None
        pieces = [self._store.load(name) if name else head for name in head.meta["pieces"]]
        found = [piece for piece in pieces if piece is not None]
        return Shelf(head, found) if len(found) == len(pieces) else None

    def _state(self, kept: Compiled | None) -> tuple[State, str]:
        """Say what every file holds; all are read, or those that look other than before."""
        root, found = self._root, self._found
        self._contents = {}
        if self._whole or self._at_once:
            self._contents = contents = files.read_all(root, found)
            digests = b"".join([manifest.digest(contents[path]) for path in found.paths])
            state = manifest.State(found.paths, digests)
        else:
            before = None
            if kept is not None:
                try:
                    before = manifest.kept(kept)
                except (DamagedError, ValueError):
                    before = None
            state = manifest.state(found, before, self._read)
        self._last = state
        return state, state.fingerprint(found)

    def _read(self, path: str, size: int) -> bytes | str:
        data = files.content(self._root, files.Entry(path, size))
        is_text = path.endswith(".txt") and len(data) <= files.SOURCE_LIMIT
        if is_text and isinstance(data, bytes) and data.isascii() and b"\0" not in data:
            self._sound.add(path)
        return data

    def _keep(self, kept: Compiled | None) -> None:
        """Remember what the files look like."""
        state, fingerprint = self._last, self._last.fingerprint(self._found)
        if kept is not None and kept.meta.get("fingerprint") == fingerprint:
            try:
                if kept.raw("files.looks") == state.looks:
                    return
            except DamagedError:
                pass
        writer = Writer()
        state.write(writer)
        self._looks.save(writer.finish({"fingerprint": fingerprint}))

    def _compiled(
        self, state: State, fingerprint: str, before: Shelf | None, known: Compiled | None
    ) -> Shelf:
        from tui.archive.making import ChangedError, Job, compile_whole
        from tui.archive.patching import compile_patch
        from tui.archive.progress import Progress

        for tries in range(_TRIES):
            changed: frozenset[str] = frozenset()
            moved = True
            try:
                was = None if known is None else manifest.kept(known)
            except (DamagedError, ValueError):
                was = None
            if was is None:
                before = None
            else:
                added, others, gone = manifest.changes(was, state)
                moved = bool(added or gone) or not others
                changed = frozenset(_unit(path) for path in (*added, *others, *gone))
            total = self._found.size + _READ_A_FILE * len(self._found.paths)
            job = Job(
                self._root, self._found, state, fingerprint, self._maker, self._store,
                Progress(self._tell, total), self._contents, self._sound, before, changed,
            )  # fmt: skip
            try:
                done = compile_patch(job, moved=moved) or compile_whole(job)
            except DamagedError:
                before = known = None
            except ChangedError:
                self._found = files.scan(self._root)
                self._at_once = tries + 2 >= _TRIES  # somebody writes all the time
                state, fingerprint = self._state(None)
            else:
                shelf, self.made = done
                return shelf
        raise ArchiveError(f"{self._root} changes while it is being read")


def _unit(path: str) -> str:
    """Give what a file is compiled with: a source's two files go together."""
    return path.rpartition(".")[0] if path.startswith("sources/") else path


def _maker() -> str:
    """Name the code that compiles: what another version wrote is not read, whatever its number."""
    whole = blake2b(sys.version.encode(), digest_size=8)
    here = os.path.dirname(__file__)
    for folder in (here, os.path.join(os.path.dirname(here), "records")):
        try:
            with os.scandir(folder) as found:
                parts = sorted((e.name, e.stat()) for e in found if e.name.endswith(".py"))
        except OSError:
            continue
        for name, status in parts:
            whole.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return whole.hexdigest()


__all__ = ["ArchiveError", "open_archive"]
