"""Put a compiled archive on its shelf: pieces that are kept, a new one, and the head over them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from tui.archive.compiled import Writer
from tui.archive.shelf import Catalogue, PieceWriter, Shelf
from tui.archive.store import Spool

if TYPE_CHECKING:
    from collections import Counter

    from tui.archive.compiled import Compiled
    from tui.archive.making import Job
    from tui.archive.products import Product
    from tui.archive.shelf import Place

MOST_PIECES = 6


class Shelving:
    """Writes one new piece, takes over what can stay where it is, and closes with a head.

    `reused` counts by piece the sources that will be taken over. A piece of which most is still
    needed stays as it is; from the others the sources are copied. `records` is the piece whose
    records stay, where they do. `writer` is the new piece's.
    """

    def __init__(self, job: Job, reused: Counter[int], *, records: int | None = None) -> None:
        self._job = job
        self._old: list[int] = []
        if not job.inline and job.before is not None:
            self._old = _lasting(job.before, reused, records)
        self._numbers = {old: number for number, old in enumerate(self._old, 1)}
        self._records = 0 if records is None else self._numbers.get(records, 0)
        self._name = "" if job.inline else f"+{os.urandom(8).hex()}"
        self._spool = job.store.spool(self._name)
        self.writer = Writer(self._spool)
        self._piece = PieceWriter(self.writer)
        self.catalogue = Catalogue()

    @property
    def numbers(self) -> dict[int, int]:
        """Give the new number of each piece that stays."""
        return self._numbers

    def add(self, product: Product) -> Place:
        """Write a product into the new piece."""
        return 0, self._piece.add(product)

    def take(self, before: Shelf, place: Place) -> Place:
        """Take a source over: where it stands, or by a copy."""
        if place[0] in self._numbers:
            return self._numbers[place[0]], place[1]
        return 0, self._piece.copy(before, place)

    def finish(self, meta: dict[str, Any], path_faults: list[Any]) -> Shelf:
        """Close the piece and the head, and put them in place."""
        job = self._job
        before = job.before
        kept: list[Compiled] = [] if before is None else [before.pieces[old] for old in self._old]
        names = [] if before is None else [before.meta["pieces"][old] for old in self._old]
        skips = (sum(not fault[6] for fault in path_faults), *meta["skips"])
        meta = {
            **meta,
            "fingerprint": job.fingerprint,
            "maker": job.maker,
            "pieces": [self._name, *names],
            "records": self._records,
            "skips": skips,
            "skipped": sum(skips),
        }
        self._piece.finish()
        head, spool = self.writer, self._spool
        if not job.inline:
            self.writer.finish({})
            piece, is_kept = self._spool.finish()
            spool = self._spool = job.store.spool() if is_kept else Spool(None)
            head = Writer(spool)
        self.catalogue.write(head)
        head.section("faults.paths", path_faults)
        if job.inline or not job.state.looks:  # else it stands where the looks are kept
            job.state.write(head)
        head.finish(meta)
        closed, is_kept = spool.finish()
        if is_kept:
            swept = set() if before is None else set(before.meta["pieces"])
            job.store.sweep({self._name, *names}, swept - {"", *names})
        return Shelf(closed, [closed if job.inline else piece, *kept], is_kept=is_kept)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._spool.abandon()


def _lasting(before: Shelf, used: Counter[int], records: int | None) -> list[int]:
    """Choose the pieces that stay; the records' one always does where they are taken over."""
    stay = [
        piece
        for piece, times in used.items()
        if before.meta["pieces"][piece] and 2 * times >= before.pieces[piece].count("source")
    ]
    if len(stay) >= MOST_PIECES:
        stay = [max(stay, key=used.__getitem__)]
    if records is not None and records not in stay:
        stay.append(records)
    return sorted(stay)
