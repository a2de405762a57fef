"""Compile an archive: all of it, or what has changed since it was compiled before."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.archive import files
from tui.archive.build import build_records, disagreements_said, namer_of
from tui.archive.compiling import RecordsWriter
from tui.archive.disagreements import merge
from tui.archive.ledger import Ledger, in_order
from tui.archive.products import Making, Product, touched, unpack_product
from tui.archive.reading import read_source, text_of
from tui.archive.shelving import Shelving
from tui.archive.texts import Texts
from tui.records.evidence import PROOF_STATES
from tui.records.record import PLURALS
from tui.records.schema import ID_PATTERN
from tui.records.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.archive.build import Naming, Quote, Records
    from tui.archive.manifest import State
    from tui.archive.progress import Progress
    from tui.archive.shelf import Place, Shelf
    from tui.archive.store import Store

INLINE = 8_000_000
"""An archive of this many bytes is one file when compiled; a larger one is a head and pieces."""


class ChangedError(Exception):
    """A file was changed while the archive was being compiled."""


@dataclass(slots=True)
class Job:
    """An archive to compile: what was found on disk, and what it was compiled to before.

    `contents` holds the files that have been read; others are read when they are needed. `broken`
    are texts that are known to be none, `sound` those that are known to be.
    """

    root: str
    found: files.Scan
    state: State
    fingerprint: str
    maker: str
    store: Store
    progress: Progress
    contents: Mapping[str, bytes | str] = field(default_factory=dict)
    sound: set[str] = field(default_factory=set)
    before: Shelf | None = None
    changed: frozenset[str] = frozenset()
    _numbers: dict[str, int] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, int]:
        """Give the place of each path in the scan."""
        if not self._numbers:
            self._numbers = {path: number for number, path in enumerate(self.found.paths)}
        return self._numbers

    def only(self, paths: Iterable[str] | None) -> None:
        """Look for the places of some paths alone, for as long as these suffice."""
        wanted = frozenset(paths or ())
        self._numbers = {p: n for n, p in enumerate(self.found.paths) if p in wanted}

    @property
    def inline(self) -> bool:
        """Tell whether the whole goes into one file."""
        return self.found.size <= INLINE

    def load(self, path: str) -> bytes | str:
        """Give a file's bytes, those that the fingerprint speaks of, or why it cannot be read.

        Raises:
            ChangedError: they are others by now.
        """
        from tui.archive.manifest import digest

        data = self.contents.get(path)
        if data is None:
            number = self.numbers[path]
            entry = files.Entry(path, self.found.looks[files.LOOKS * number])
            data = files.content(self.root, entry)
            if digest(data) != self.state.digest(number):
                raise ChangedError(path)
        return data

    def pair(self, unit: str) -> tuple[bytes | str | None, bytes | str | None]:
        """Give the two files of a source, None for one that is not there."""
        toml, txt = f"{unit}.toml", f"{unit}.txt"
        known = self.load(toml) if toml in self.numbers else None
        return known, self.load(txt) if txt in self.numbers else None


def compile_whole(job: Job) -> tuple[Shelf, int]:
    """Compile an archive; products of sources that have not changed are taken over.

    Gives the number of sources that were made anew as well.

    Raises:
        ChangedError: a file was changed meanwhile.
        DamagedError: what was compiled before is damaged.
    """
    return _Whole(job).run()


class _Whole:
    def __init__(self, job: Job) -> None:
        self._job = job
        ordered = sorted(job.found.paths)
        self._record_files = [path for path in ordered if not path.startswith("sources/")]
        self._units: dict[str, None] = {}
        for path in ordered:
            if path.startswith("sources/"):
                self._units[path.rpartition(".")[0]] = None
        self._sources: dict[str, str] = {}
        self._taken: dict[str, tuple[str, int]] = {}
        self._tangled = False
        self._texts = Texts(self._sources, job.load)
        self._ledger = Ledger()
        self._tally = Tally()

    def run(self) -> tuple[Shelf, int]:
        """Compile it."""
        job = self._job
        self._claim()
        records = build_records(
            self._record_files, job.load, self._sources, self._texts, self._ledger, self._settle,
            self._tick_file,
        )  # fmt: skip
        records.title = records.title or os.path.basename(job.root)
        making = Making(
            records.kinds,
            self._ledger.left_out,
            self._texts,
            namer_of(records.naming()),
            job.progress.add,
        )

        def source_of(name: str) -> Source | None:
            unit = self._sources.get(name)
            return None if unit is None else making.make(unit, *job.pair(unit)).source

        said = disagreements_said(records, source_of, self._texts, self._ledger)
        making.made = 0
        naming = records.naming()
        kept = self._kept(naming)
        shelving = Shelving(job, Counter(piece for piece, _ in (kept or {}).values()))
        try:
            detected = self._write_sources(records, making, kept, shelving)
            return self._finish(
                records, [*records.detected, *detected], said, shelving
            ), making.made
        except BaseException:
            shelving.abandon()
            raise

    def _claim(self) -> None:
        """Say which pair of files gives the source of each id."""
        job = self._job
        groups: dict[str, list[str]] = {}
        for unit in self._units:
            stem, txt = unit.rpartition("/")[2], f"{unit}.txt"
            if (
                txt in job.numbers
                and ID_PATTERN.fullmatch(stem)
                and (txt in job.sound or text_of(txt, job.load(txt)) is not None)
            ):
                groups.setdefault(stem, []).append(unit)
        for stem, units in groups.items():
            if len(units) > 1:
                self._tangled = True
                drafts = {unit: read_source(unit, *job.pair(unit), Ledger()) for unit in units}
                named = {unit: draft.file for unit, draft in drafts.items() if draft is not None}
                units.sort(key=lambda unit: (not named[unit].endswith(".toml"), named[unit]))
                self._taken.update(dict.fromkeys(units[1:], (named[units[0]], 0)))
            self._sources[stem] = units[0]

    def _settle(self, records: Records) -> None:
        for name in [name for name in self._sources if name in records.kinds]:
            self._taken[self._sources.pop(name)] = records.places[name]
            self._tangled = True

    def _tick_file(self, file: str) -> None:
        job = self._job
        job.progress.add(job.found.looks[files.LOOKS * job.numbers[file]] / 2)

    def _kept(self, naming: Naming) -> dict[str, Place] | None:
        """Give what can be taken over, by pair of files; None for nothing."""
        before = self._job.before
        if before is None or self._tangled or before.meta["tangled"]:
            return None
        if before.section("naming") != naming:
            return None
        return {u: place for u, place in before.units().items() if u not in self._job.changed}

    def _write_sources(
        self,
        records: Records,
        making: Making,
        kept: Mapping[str, Place] | None,
        shelving: Shelving,
    ) -> list[Any]:
        job, tally, catalogue = self._job, self._tally, shelving.catalogue
        detected: list[Any] = []
        for unit in sorted(self._units, key=lambda unit: (unit.rpartition("/")[2], unit)):
            place = None if kept is None else kept.get(unit)
            product = None
            if place is not None and job.before is not None and unit not in self._taken:
                product = unpack_product(job.before.source(place))
                if product.leans:
                    product = None
            if product is not None and place is not None and job.before is not None:
                passages, mentions = job.before.within(place)
                where = shelving.take(job.before, place)
                job.progress.add(product.source.size if product.source else 0)
            else:
                product = making.make(unit, *job.pair(unit), self._taken.get(unit))
                passages, mentions = memoryview(product.places), product.mentions
                where = shelving.add(product)
            catalogue.count(mentions)
            catalogue.enter(product, where)
            tally.add(product, passages, records)
            detected += product.disagreements
            if product.leans:
                records.asked.update(product.asked)
                records.unsettled |= product.unsettled
                for quote in product.proofs:
                    if quote[0][0] != product.id:
                        records.proofs.setdefault(quote[0][0], []).append(quote)
        return detected

    def _finish(
        self, records: Records, detected: list[Any], said: list[Any], shelving: Shelving
    ) -> Shelf:
        job, ledger = self._job, self._ledger
        merged = merge(detected, said)
        written = RecordsWriter(records, merged)
        writer = shelving.writer
        written.write(writer)
        faults = ledger.faults(self._text_of_record_file)
        writer.section("faults.records", [tuple(fault) for fault in faults])
        writer.section("asked", sorted(records.asked))
        writer.section("left_out", sorted(ledger.left_out))
        counts = {"sources": len(shelving.catalogue.sources)}
        kinds = list(records.kinds.values())
        for kind, plural in PLURALS.items():
            counts[plural] = kinds.count(kind)
        counts["notes"], counts["disagreements"] = len(records.notes), len(merged)
        counts.update(self._tally.counts(records))
        meta = {
            "title": records.title,
            "description": records.description,
            "counts": counts,
            "spans": written.spans,
            "passages": self._tally.passages,
            "records_key": written.key(),
            "tangled": self._tangled or records.tangled,
            "unsettled": records.unsettled,
            "skips": (ledger.skipped, self._tally.skipped),
        }
        return shelving.finish(meta, path_faults(job.found))

    def _text_of_record_file(self, file: str) -> str:
        data = self._job.load(file)
        assert isinstance(data, bytes)
        return data.decode().removeprefix("\ufeff").replace("\r\n", "\n")


class Tally:
    """Counts what the sources hold."""

    def __init__(self) -> None:
        self.skipped = self.passages = 0
        self._sentences = self._recorded = 0
        self._quotes: set[Quote] = set()

    def add(self, product: Product, passages: memoryview, records: Records) -> None:
        """Count one source."""
        self.skipped += product.skipped
        self.passages += product.passages
        self._quotes |= product.quotes
        self._sentences += product.sentences
        if product.source is not None and (quotes := records.proofs.get(product.id)):
            proofs = [
                Span(quote[1], quote[2])
                for quote, record, _ in quotes
                if quote[4] in PROOF_STATES and record in records.kinds
            ]
            self._recorded += touched(passages, product.source.boilerplate, proofs)

    def counts(self, records: Records) -> dict[str, int]:
        """Give the counts, in the order they are printed in."""
        quotes = self._quotes.union(*records.quotes.values())
        counts = {"quotes": len(quotes), **quote_states(quotes)}
        return {**counts, "sentences": self._sentences, "sentences_with_record": self._recorded}


def quote_states(quotes: Iterable[Quote]) -> dict[str, int]:
    """Count quotes by how they stand in their sources."""
    states = [quote[4] for quote in quotes]
    return {state: states.count(state) for state in ("exact", "normalised", "drifted", "lost")}


def path_faults(found: files.Scan) -> list[Any]:
    """Say what is wrong with the files as files."""
    faults = in_order([*found.passed_over, *files.unportable(found.paths)])
    return [tuple(fault) for fault in faults]
