"""Bring an index up beside the desk: in a child process, or in a thread where there is no cache."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, cast

from tui.search.answer import Progress
from tui.search.building import Wanted, bring_up, built, in_memory, named
from tui.search.locking import Lock
from tui.search.naming import gather
from tui.search.store import LOCK, READ_WHOLE, Index, Names, Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.archive import Library

    Swap = Callable[[Index, str, bool], None]
    """Takes an index to answer from by now, a notice, and whether the index is complete."""

_AT_ONCE = 3_000
"""So many missing passages are built while one waits: less than starting a process takes."""
_NAMES_AT_ONCE = 5_000
_PATIENCE = 0.3
"""Seconds that leaving waits for a thread."""


class StoppedError(Exception):
    """Nobody wants the index any more."""


class Bringing:
    """Brings the index of a library up; `progress` says how far it is, None when it is done.

    `swap` is called from a thread of its own, first of all while this is being made.
    """

    def __init__(
        self, library: Library, cache: Path | None, before: Index | None, swap: Swap
    ) -> None:
        self.progress: Progress | None = None
        self._library = library
        self._cache = cache
        self._swap = swap
        self._stopped = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._store: Store | None = None
        self._begin(before)

    def _begin(self, before: Index | None) -> None:
        library, notice = self._library, ""
        index = before
        if self._cache is not None:
            store = Store(self._cache, library.root)
            try:
                store.prepare()
                index = store.load(library, before) or before
                self._store = store
            except OSError as error:
                notice = in_memory(error)
        if index is not None and index.fingerprint == library.fingerprint:
            self._swap(index, notice, True)
            self._start(lambda: self._watch(index), large=index)
            return
        pieces, missing = Wanted(library).fitted(() if index is None else index.pieces)
        share = library.passage_count * len(missing) // max(1, len(library.sources))
        names = named(library, index)
        few_names = names is not None or _few_names(library)
        if share <= _AT_ONCE and few_names and self._free():
            built_now, why = bring_up(library, self._kept_in(), index, lambda _: None)
            self._swap(built_now, notice or why, True)
            return
        if names is None:
            names = Names(library.records_key, gather(library)) if few_names else _nameless()
        self._swap(Index("", tuple(pieces), names, library), notice, False)
        self.progress = Progress(0, 0)
        self._start(lambda: self._bring(index, notice))

    def _free(self) -> bool:
        """Tell whether nobody else is building this index."""
        if self._store is None:
            return True
        lock = Lock(self._store.folder / LOCK)
        try:
            return lock.take()
        except OSError:
            return True
        finally:
            lock.release()

    def _kept_in(self) -> Path | None:
        return None if self._store is None else self._cache

    def _start(self, run: Callable[[], None], large: Index | None = None) -> None:
        if large is not None and (self._store is None or _size(large) <= READ_WHOLE):
            return  # its files were read when it was opened
        self._thread = threading.Thread(target=run, daemon=True, name="index")
        self._thread.start()

    def stop(self) -> None:
        """Want nothing more of it; a child process ends, a thread does at its next passage."""
        self._stopped.set()
        child = self._child
        if child is not None:
            child.kill()

    def _bring(self, before: Index | None, notice: str) -> None:
        with contextlib.suppress(StoppedError):
            index = None
            if self._store is not None:
                try:
                    index = self._from_child(self._store, before)
                except OSError as error:
                    notice = in_memory(error)
            if index is None:
                notice = notice or in_memory("the build broke off")
                index = self._in_thread(before, notice)
            elif index.fingerprint != self._library.fingerprint:
                index = self._in_thread(index, "")  # the archive went on; its texts did not
            self._finish(index, notice)
            self._watch(index)

    def _finish(self, index: Index, notice: str) -> None:
        if self._stopped.is_set():
            raise StoppedError
        self._swap(index, notice, True)
        self.progress = None

    def _from_child(self, store: Store, known: Index | None) -> Index | None:
        """Let a child process build, and open what it leaves behind.

        Raises:
            OSError: it cannot be started, or it cannot write.
        """
        library, cache = self._library, cast("Path", self._cache)
        why = ""
        with _child(library.root, cache) as child:
            self._child = child
            if self._stopped.is_set():
                child.kill()
            for line in cast("Any", child.stdout):
                word, *rest = line.decode("ascii", "replace").split()
                if word == "progress":
                    self.progress = Progress(*map(int, rest))
                elif word == "failed":
                    why = " ".join(rest)
                elif word == "early":
                    index = store.load(library, known)
                    if index is not None and not self._stopped.is_set():
                        known = self._fitted(index)
                        self._swap(known, "", False)
            broken = child.wait() != 0
        if self._stopped.is_set():
            raise StoppedError
        if why:
            raise OSError(0, why)
        return None if broken else store.load(library, known)

    def _fitted(self, index: Index) -> Index:
        """Leave out of an early index what is not of this library."""
        pieces, _ = Wanted(self._library).fitted(index.pieces)
        return Index("", tuple(pieces), index.names, self._library)

    def _in_thread(self, before: Index | None, notice: str) -> Index:
        """Build in memory, giving way to the screen every few passages."""
        _stop_at_exit(self)

        def report(progress: Progress) -> None:
            if self._stopped.is_set():
                raise StoppedError
            self.progress = progress
            time.sleep(0)

        return built(
            self._library, before, None, report, lambda index: self._swap(index, notice, False)
        )

    def _watch(self, index: Index) -> None:
        """Read a large index beside its use; build it anew where a byte is not as written."""
        store = self._store
        if store is None or _size(index) <= READ_WHOLE:
            return
        calm = lambda: not self._stopped.wait(0.002)  # noqa: E731
        with contextlib.suppress(StoppedError):
            if store.damaged(index, calm) and not self._stopped.is_set():
                store.forget()
                self.progress = Progress(0, 0)
                self._swap(Index("", (), index.names, self._library), "", False)
                self._bring(None, "")


def _size(index: Index) -> int:
    return sum(stamp[0] for piece in index.pieces for stamp in piece.stamps.values())


def _few_names(library: Library) -> bool:
    return sum(1 for _ in library.names()) <= _NAMES_AT_ONCE


def _nameless() -> Names:
    """Give the tables of no names, until those of the library have been gathered."""

    class Nothing:
        def names(self) -> tuple[tuple[str, str, str], ...]:
            return ()

    return Names("", gather(cast("Library", Nothing())))


@contextlib.contextmanager
def _child(root: Path, cache: Path) -> Any:
    """Start the build of an archive's index; its standard input is the thread that it hangs by."""
    command = [sys.executable, "-P", "-m", "tui.search.child", str(root), str(cache)]
    path = os.pathsep.join(os.path.abspath(entry) for entry in sys.path if entry)
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
        creationflags=flags,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _stop_at_exit(bringing: Bringing) -> None:
    """Let a thread end before Python does: it must not be caught in the engine."""
    import atexit
    import weakref

    known = weakref.ref(bringing)

    def stop() -> None:
        alive = known()
        if alive is not None:
            alive.stop()
            if alive._thread is not None:
                alive._thread.join(_PATIENCE)

    atexit.register(stop)
