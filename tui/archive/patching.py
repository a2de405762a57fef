"""Take up a change of a few sources: what they hold is compiled, and nothing else is touched."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tui.archive.build import namer_of
from tui.archive.making import path_faults, quote_states
from tui.archive.products import Making, Product, unpack_product
from tui.archive.shelf import Catalogue
from tui.archive.shelving import Shelving
from tui.archive.texts import Texts

if TYPE_CHECKING:
    from tui.archive.making import Job
    from tui.archive.shelf import Place, Shelf

_SHARE = 4
"""With a larger part of the sources changed than one in so many, all is compiled."""


def compile_patch(job: Job, *, moved: bool) -> tuple[Shelf, int] | None:
    """Compile the sources that changed; None where more than they depends on them.

    That is so when a record file changed, when a record, a note or another source quotes or names
    one of them, when they disagree with themselves, or when ids clash anywhere. `moved` says that
    files were added or removed. Gives the number of sources that were made anew as well.

    Raises:
        ChangedError: a file was changed meanwhile.
        DamagedError: what was compiled before is damaged.
    """
    before = job.before
    if before is None or before.meta["tangled"] or job.inline or "" in before.meta["pieces"]:
        return None
    if any(not unit.startswith("sources/") for unit in job.changed):
        return None
    if _SHARE * len(job.changed) > len(before.sources):
        return None
    job.only(path for unit in job.changed for path in (f"{unit}.toml", f"{unit}.txt"))
    found = _Patch(job, before).products()
    job.only(None)
    return None if found is None else (_shelved(job, before, found, moved), len(found))


class _Patch:
    def __init__(self, job: Job, before: Shelf) -> None:
        self._job = job
        self._before = before
        self._asked = frozenset(before.section("asked"))
        self._kinds: dict[str, str] = before.section("kinds")

    def products(self) -> list[tuple[Place | None, Product | None, Product]] | None:
        """Give for each changed pair of files where it stood, what it was, and what it is."""
        job, before = self._job, self._before
        left_out = set(before.section("left_out"))
        texts = Texts({}, job.load)
        making = Making(
            self._kinds, left_out, texts, namer_of(before.section("naming")), job.progress.add
        )
        found: list[tuple[Place | None, Product | None, Product]] = []
        ids: set[str] = set()
        for unit in sorted(job.changed, key=lambda unit: (unit.rpartition("/")[2], unit)):
            place = before.unit_place(unit)
            old = None if place is None else unpack_product(before.source(place))
            known, text = job.pair(unit)
            new = Product(unit)
            if known is not None or text is not None:
                new = making.make(unit, known, text)
            if not self._alone(old) or not self._alone(new):
                return None
            if new.id and (new.id in ids or self._clashes(new.id, place)):
                return None
            if (new.id != (old.id if old else "")) and before.meta["unsettled"]:
                return None
            ids.add(new.id)
            found.append((place, old, new))
        return found

    def _alone(self, product: Product | None) -> bool:
        """Tell whether nothing but the source itself depends on it, nor it on other sources."""
        if product is None:
            return True
        return not (
            product.id in self._asked
            or product.unit.rpartition("/")[2] in self._asked
            or product.disagreements
            or product.unsettled
            or any(name not in self._kinds for name in product.asked)
            or (product.leans and not product.source)
        )

    def _clashes(self, name: str, place: Place | None) -> bool:
        before = self._before
        taken = name in before.numbers and before.place(name) != place
        others = (unit.rpartition("/")[2] for unit in before.sourceless)
        return taken or name in self._kinds or (place is None and name in set(others))


def _shelved(
    job: Job,
    before: Shelf,
    found: list[tuple[Place | None, Product | None, Product]],
    moved: bool,
) -> Shelf:
    gone = {place for place, _, _ in found if place is not None}
    reused = Counter(before.at)
    reused.subtract(piece for piece, _ in gone)
    shelving = Shelving(job, reused, records=before.meta["records"])
    try:
        catalogue = shelving.catalogue = Catalogue(before, shelving.numbers)
        counts, skipped = dict(before.meta["counts"]), before.meta["skips"][2]
        passages = before.meta["passages"]
        _copy_loose(before, shelving, catalogue, gone)
        for place, old, new in found:
            if old is not None and place is not None:
                _count(counts, old, -1)
                skipped -= old.skipped
                passages -= old.passages
                catalogue.count(before.within(place)[1], -1)
                catalogue.sourceless.pop(old.unit, None)
            _count(counts, new, 1)
            skipped += new.skipped
            passages += new.passages
            catalogue.count(new.mentions)
            if old is not None and old.id and old.id != new.id:
                catalogue.replace(old.id, None, (0, 0))
            if new.source is not None:
                catalogue.replace(new.id, new, shelving.add(new))
            elif new.faults:
                catalogue.sourceless[new.unit] = shelving.add(new)
        same = ("title", "description", "spans", "records_key", "tangled", "unsettled")
        meta: dict[str, Any] = {name: before.meta[name] for name in same}
        meta["passages"] = passages
        meta["counts"], meta["skips"] = counts, (before.meta["skips"][1], skipped)
        faults = path_faults(job.found) if moved else before.head.section("faults.paths")
        return shelving.finish(meta, faults)
    except BaseException:
        shelving.abandon()
        raise


def _copy_loose(
    before: Shelf,
    shelving: Shelving,
    catalogue: Catalogue,
    gone: set[Place],
) -> None:
    """Copy the sources of pieces that do not stay."""
    loose = set(range(len(before.pieces))) - shelving.numbers.keys()
    if not loose:
        return
    for number, place in enumerate(zip(before.at, before.slots, strict=True)):
        if place[0] in loose and place not in gone:
            catalogue.at[number], catalogue.slots[number] = shelving.take(before, place)
    for unit, place in before.sourceless.items():
        if place not in gone:
            catalogue.sourceless[unit] = shelving.take(before, place)


def _count(counts: dict[str, int], product: Product, by: int) -> None:
    counts["sources"] += by * (product.source is not None)
    counts["sentences"] += by * product.sentences
    counts["quotes"] += by * len(product.quotes)
    for state, number in quote_states(product.quotes).items():
        counts[state] += by * number
