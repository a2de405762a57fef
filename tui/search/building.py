"""Build what is missing of an index, once, in the folder that keeps it or in memory."""

from __future__ import annotations

import os
import time
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.search.answer import Progress
from tui.search.locking import Lock
from tui.search.naming import gather
from tui.search.segment import SegmentWriter
from tui.search.store import LOCK, Index, Names, Piece, Store, piece_of, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tui.archive import Library
    from tui.search.store import Stamp

    Report = Callable[[Progress], None]
    """Told of the progress every few passages; what it raises ends the build, nothing stays."""
    Early = Callable[[Index], None]
    """Given an index of a part of the library, which can be searched meanwhile."""

_MOST_PIECES = 8
_COMPARED = 512
"""Keys that are compared at once."""
_EVERY = 8
"""Passages from report to report: a millisecond."""
_EARLY = (8_000, 64_000)
_EARLY_SHARE = 8
"""So many passages can be searched first, where at least so many times as many are missing."""
_WAIT = 0.05


class Wanted:
    """The sources of a library, sorted, and what the passages of each depend on."""

    def __init__(self, library: Library) -> None:
        self.sources = tuple(library.sources)
        self._keys = library.source_keys()
        self._size = len(self._keys) // max(1, len(self.sources))

    def key(self, source: str) -> bytes:
        """Give the key of a source, empty where there is no such source."""
        at = bisect_left(self.sources, source)
        known = at < len(self.sources) and self.sources[at] == source
        return self._keys[at * self._size : (at + 1) * self._size] if known else b""

    def fitted(self, pieces: tuple[Piece, ...]) -> tuple[list[Piece], list[str]]:
        """Mark as dead what is gone or has changed; gives what is left, and the missing sources."""
        fitted = [piece for piece in map(self._living, pieces) if piece is not None]
        for piece in fitted:
            if piece.sources == self.sources:  # so that one change in many is not looked for in all
                others = {name for one in fitted if one is not piece for name in one.living}
                dead = (self.sources[at] for at in sorted(piece.dead))
                return fitted, [source for source in dead if source not in others]
        living = {source for piece in fitted for source in piece.living}
        return fitted, [source for source in self.sources if source not in living]

    def _living(self, piece: Piece) -> Piece | None:
        dead = piece.dead.union(self._gone(piece))
        return None if len(dead) == len(piece.sources) else piece._replace(dead=dead)

    def _gone(self, piece: Piece) -> Iterator[int]:
        """Give the sources of a piece, by number, that are not, or not so, in the library."""
        keys, size = piece.keys, len(piece.keys) // max(1, len(piece.sources))
        if piece.sources != self.sources or size != self._size:
            for at, source in enumerate(piece.sources):
                if self.key(source) != keys[at * size : (at + 1) * size]:
                    yield at
            return
        step = _COMPARED * size
        for begin in range(0, len(keys), step):
            if keys[begin : begin + step] != self._keys[begin : begin + step]:
                for place in range(begin, min(begin + step, len(keys)), size):
                    if keys[place : place + size] != self._keys[place : place + size]:
                        yield place // size


def bring_up(
    library: Library,
    cache: Path | None,
    before: Index | None,
    report: Report,
    *,
    whole: bool = False,
) -> tuple[Index, str]:
    """Open the index of a library; build what is missing of it, or wait for who builds it.

    `before` is an index of an earlier state of the same archive, which is built upon. Gives a
    notice as well, empty unless the index has to live in memory.
    """
    if cache is None:
        return built(library, before, None, report), ""
    store = Store(cache, library.root)
    try:
        store.prepare()
        kept = store.load(library, before, whole=whole)
        if whole and kept is None:
            store.forget()
        if kept is None or kept.fingerprint != library.fingerprint:
            kept = built_once(library, store, before, report)
        return kept, ""
    except (OSError, ValueError) as error:
        return built(library, before, None, report), in_memory(error)


IN_MEMORY = "The search index is held in memory"


def in_memory(error: BaseException | str) -> str:
    """Say that the index could not be kept."""
    why = error if isinstance(error, str) else getattr(error, "strerror", None)
    why = why or str(error).split("\n")[0]
    return f"{IN_MEMORY}, for its cache cannot be kept: {why}."


def built_once(
    library: Library,
    store: Store,
    before: Index | None,
    report: Report,
    early: Early | None = None,
) -> Index:
    """Build what is missing under the lock of the folder, or open what its holder built."""
    lock = Lock(store.folder / LOCK)
    while not lock.take():
        report(lock.said())
        time.sleep(_WAIT)
    try:
        kept = store.load(library, before)
        if kept is not None and kept.fingerprint == library.fingerprint:
            return kept
        store.sweep(kept)
        telling = paced(lock.say)

        def told(progress: Progress) -> None:
            report(progress)
            telling(progress)

        index = built(library, kept, store, told, early)
        store.sweep(index)
        return index
    finally:
        lock.release()


def paced(report: Report) -> Report:
    """Tell only a few times a second, and of the end."""
    due = 0.0

    def told(progress: Progress) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due or progress.done >= progress.total:
            due = now + 0.1
            report(progress)

    return told


def built(
    library: Library,
    before: Index | None,
    store: Store | None,
    report: Report,
    early: Early | None = None,
) -> Index:
    """Make the index of a library out of an earlier one, or of nothing."""
    wanted = Wanted(library)
    pieces, missing = wanted.fitted(() if before is None else before.pieces)
    if missing and len(pieces) >= _MOST_PIECES:  # many small ones become one
        largest = max(pieces, key=lambda piece: piece.passages)
        missing += [name for piece in pieces if piece is not largest for name in piece.living]
        pieces = [largest]
    if 2 * len(missing) > len(wanted.sources):
        pieces, missing = [], list(wanted.sources)
    names = named(library, before) or Names(library.records_key, gather(library))
    total = library.passage_count
    if len(missing) != len(wanted.sources):
        total = sum(len(library.passages(source)) for source in missing)
    stages = [most for most in _EARLY if early is not None and total >= most * _EARLY_SHARE]
    work, ahead = total + sum(stages), 0

    def told(done: int) -> None:
        report(Progress((ahead + done) * total // max(1, work), total))

    for most in stages:
        first = _written(library, missing, wanted, store, told, most)
        index = Index("", (*pieces, first), names, library)
        if store is not None:
            names = store.save(index).names
        if early is not None:
            early(index)
        ahead += most
    if missing or not pieces:
        pieces.append(_written(library, missing, wanted, store, told))
    index = Index(library.fingerprint, tuple(pieces), names, library)
    return index if store is None else store.save(index)


def named(library: Library, before: Index | None) -> Names | None:
    """Give the names of an earlier index where they still hold."""
    same = before is not None and before.names.key == library.records_key
    return before.names if same and before is not None else None


def _written(
    library: Library,
    sources: list[str],
    wanted: Wanted,
    store: Store | None,
    report: Callable[[int], None],
    most: int | None = None,
) -> Piece:
    """Write a segment of some sources, or of the first of them that hold `most` passages."""
    name = f"segment-{os.urandom(8).hex()}"
    place = None if store is None else store.folder / name
    counts = array("I")
    try:
        writer = SegmentWriter(place)
        done = 0
        for number, source in enumerate(sources):
            text = library.text(source)
            before = done
            for passage in library.passages(source):
                start, end = passage.start, passage.end
                writer.add(number, start, end, text[start:end])
                done += 1
                if done % _EVERY == 0:
                    report(done if most is None else min(done, most))
            counts.append(done - before)
            if most is not None and done >= most:
                break
        report(done if most is None else min(done, most))
        segment = writer.finish()
        stamps: dict[str, Stamp] = {} if store is None else store.stamps(name)
    except BaseException:
        if place is not None:
            remove(place)
        raise
    taken = tuple(sources[: len(counts)])
    keys = b"".join(wanted.key(source) for source in taken)
    return piece_of(name, taken, keys, counts, frozenset(), stamps, segment)
