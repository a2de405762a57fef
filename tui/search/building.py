"""Build what is missing of an index, once, in the folder that keeps it or in memory."""

from __future__ import annotations

import os
import time
from array import array
from typing import TYPE_CHECKING

from tui.search.answer import Progress
from tui.search.locking import Lock
from tui.search.naming import gather
from tui.search.segment import SegmentWriter
from tui.search.store import LOCK, Index, Names, Piece, Store, piece_of, remove

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.archive import Library
    from tui.search.store import Stamp

    Report = Callable[[Progress], None]
    """Told of the progress every few passages; what it raises ends the build, nothing stays."""
    Early = Callable[[Index], None]
    """Given an index of a part of the library, which can be searched meanwhile."""

_MOST_PIECES = 8
_EVERY = 8
"""Passages from report to report: a millisecond."""
_EARLY = (8_000, 64_000)
_EARLY_SHARE = 8
"""So many passages can be searched first, where at least so many times as many are missing."""
_WAIT = 0.05


class Wanted:
    """The sources of a library, and what the passages of each depend on."""

    def __init__(self, library: Library) -> None:
        self.sources = tuple(library.sources)
        self.keys = library.source_keys()
        size = self.size = len(self.keys) // max(1, len(self.sources))
        self.key = {
            source: self.keys[at * size : at * size + size]
            for at, source in enumerate(self.sources)
        }

    def fitted(self, pieces: tuple[Piece, ...]) -> tuple[list[Piece], list[str]]:
        """Mark as dead what is gone or has changed; gives what is left, and the missing sources."""
        fitted = [piece for piece in map(self._living, pieces) if piece is not None]
        if len(fitted) == 1 and fitted[0].sources == self.sources and not fitted[0].dead:
            return fitted, []
        living = {source for piece in fitted for source in piece.living}
        return fitted, [source for source in self.sources if source not in living]

    def _living(self, piece: Piece) -> Piece | None:
        if piece.sources == self.sources and piece.keys == self.keys:
            return piece
        key, keys, size = self.key.get, piece.keys, len(piece.keys) // max(1, len(piece.sources))
        gone = [
            at
            for at, source in enumerate(piece.sources)
            if key(source) != keys[at * size : at * size + size]
        ]
        dead = piece.dead.union(gone)
        return None if len(dead) == len(piece.sources) else piece._replace(dead=dead)


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


def in_memory(error: BaseException | str) -> str:
    """Say that the index could not be kept."""
    why = error if isinstance(error, str) else getattr(error, "strerror", None)
    why = why or str(error).split("\n")[0]
    return f"The search index is held in memory, for its cache cannot be kept: {why}."


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
    keys = b"".join(wanted.key[source] for source in taken)
    return piece_of(name, taken, keys, counts, frozenset(), stamps, segment)
