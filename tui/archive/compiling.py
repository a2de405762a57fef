"""From an archive in memory to its compiled form: columns, inverted lists, blobs."""

from __future__ import annotations

from array import array
from sys import intern
from typing import TYPE_CHECKING, Any

from tui.archive import packing
from tui.archive.compiled import Writer, dumps
from tui.archive.promises import is_promise
from tui.archive.store import blake2b
from tui.records.countries import ALPHA2
from tui.records.dates import bounds
from tui.records.fields import FIELDS
from tui.records.record import KINDS, NAME_FIELDS, Record, date_fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.archive.build import Built
    from tui.records.evidence import Evidence, Fact
    from tui.records.source import Source

SOURCE_KEY = 12
_OPEN = 1 << 40
TAKING_PART = ("actor", "initiative", "promised_by")
_REFERRING = frozenset(
    (kind, field.name)
    for kind, fields in FIELDS.items()
    for field in fields
    if field.shape == "link" and field.name not in TAKING_PART
)


def compile_archive(built: Built, meta: dict[str, Any]) -> bytes:
    """Write an archive in its compiled form; `meta` is added to the header."""
    return _Compiling(built).write(meta)


class _Compiling:
    def __init__(self, built: Built) -> None:
        self._built = built
        self._disagreements: dict[str, int] = {}
        for disagreement in built.disagreements:
            if disagreement.about is not None:
                sides = max(
                    len(disagreement.values), self._disagreements.get(disagreement.about, 0)
                )
                self._disagreements[disagreement.about] = sides
        self._evidence = {
            record.id: sum(evidence.proves for evidence in record.evidence)
            for record in built.records.values()
        }
        self._dates = {
            record.id: _date(record) for record in built.records.values() if record.kind == "event"
        }
        self._events = sorted(self._dates, key=self._when)
        self._part = {name: self._taking_part(built.records[name]) for name in self._events}
        self._in_events: dict[str, array[int]] = {}
        self._linked: dict[str, set[str]] = {}
        for row, event in enumerate(self._events):
            part = self._part[event]
            for name in part:
                self._in_events.setdefault(name, array("I")).append(row)
                self._linked.setdefault(name, set()).update(part)
        self._mentions: dict[str, array[int]] = {}
        for place, (source, found) in enumerate(built.mentions.items()):
            del source
            for start, end, name in found:
                self._mentions.setdefault(name, array("I")).extend((place, start, end))

    def write(self, meta: dict[str, Any]) -> bytes:
        built, writer = self._built, Writer()
        ids: list[str] = []
        spans: dict[str, tuple[int, int]] = {}
        for kind in KINDS:
            order = self._events if kind == "event" else self._order(kind)
            spans[kind] = (len(ids), len(ids) + len(order))
            ids += order
            writer.section(f"rows.{kind}", self._rows(order))
        number = {name: index for index, name in enumerate(ids)}
        referring = self._referring(ids)
        writer.section("timeline", self._timeline())
        promised = [row for row, name in enumerate(self._events) if is_promise(built.records[name])]
        writer.section("promised", _bytes(promised))
        writer.section("names", list(self._names(ids)))
        writer.section("faults", [tuple(fault) for fault in built.faults])
        writer.section("notes", [packing.pack_note(note) for note in built.notes])
        pack = packing.pack_disagreement
        writer.section("disagreements", [pack(found) for found in built.disagreements])
        writer.section("sources", list(built.sources))
        records = blake2b(digest_size=12)
        writer.family("record", _summed(self._records(ids), records))
        writer.family("links", (self._links(name, number, referring) for name in ids))
        sources = built.sources.values()
        writer.family("source", (dumps(packing.pack_source(source)) for source in sources))
        writer.section("source_keys", b"".join(map(_source_key, sources)))
        writer.family("text", (built.texts[name].encode() for name in built.sources))
        writer.family("in_source", self._in_sources(number))
        header = {
            "title": built.title,
            "description": built.description,
            "skipped": built.skipped,
            "counts": built.counts,
            "spans": spans,
            "records_key": records.hexdigest(),
            "passages": sum(map(len, built.passages.values())),
            **meta,
        }
        return writer.finish(header)

    def _records(self, ids: list[str]) -> Iterator[bytes]:
        return (dumps(packing.pack_record(self._built.records[name])) for name in ids)

    def _when(self, event: str) -> tuple[int, int, str]:
        _, earliest, latest = self._dates[event]
        first = earliest if earliest is not None else latest
        if first is None:
            return _OPEN, _OPEN, event
        return first, _OPEN if latest is None else latest, event

    def _taking_part(self, event: Record) -> list[str]:
        """Give who takes part in an event and what it belongs to; states through their people."""
        part: dict[str, None] = {}
        for field in TAKING_PART:
            for name in event.values(field):
                part[name] = None
        for name in list(part):
            for country in self._built.records[name].values("country"):
                part[country] = None
        return [name for name in part if name in self._built.records]

    def _order(self, kind: str) -> list[str]:
        found = [record for record in self._built.records.values() if record.kind == kind]
        found.sort(
            key=lambda record: (
                -len(self._in_events.get(record.id, ())),
                -self._evidence[record.id],
                record.name,
                record.id,
            )
        )
        return [record.id for record in found]

    def _rows(self, order: list[str]) -> tuple[list[Any], ...]:
        records = [self._built.records[name] for name in order]
        return (
            order,
            [record.name for record in records],
            [next(iter(record.values("abbreviation")), "") for record in records],
            [self._code(record) for record in records],
            [intern(record.type) for record in records],
            [len(self._in_events.get(name, ())) for name in order],
            [self._evidence[name] for name in order],
            [len(self._mentions.get(name, ())) // 3 for name in order],
            [self._disagreements.get(name, 0) for name in order],
        )

    def _code(self, record: Record) -> str:
        if record.kind == "state":
            return ALPHA2.get(record.code, "")
        country = record.first("country")
        state = self._built.records.get(country.value or "") if country else None
        return ALPHA2.get(state.code, "") if state else ""

    def _timeline(self) -> tuple[list[Any], ...]:
        events = [self._built.records[name] for name in self._events]
        dates = [self._dates[name] for name in self._events]
        facts = [fact for fact, _, _ in dates]
        return (
            self._events,
            [event.name for event in events],
            [intern(event.type) for event in events],
            [intern((s.value or "") if (s := event.first("status")) else "") for event in events],
            [fact.value if fact else None for fact in facts],
            [fact.text if fact else "" for fact in facts],
            [intern(fact.basis if fact else "not stated") for fact in facts],
            [earliest for _, earliest, _ in dates],
            [latest for _, _, latest in dates],
            [self._evidence[name] for name in self._events],
            [self._disagreements.get(name, 0) for name in self._events],
        )

    def _names(self, ids: list[str]) -> Iterator[tuple[str, str, str]]:
        for name in ids:
            record = self._built.records[name]
            yield name, "headword", record.name
            for field in NAME_FIELDS:
                for value in record.values(field):
                    yield name, field, value
            if record.code:
                yield name, "code", record.code

    def _referring(self, ids: list[str]) -> dict[str, array[int]]:
        """Give for each record who refers to it but for taking part: parts, office holders …"""
        found: dict[str, array[int]] = {}
        for number, name in enumerate(ids):
            record = self._built.records[name]
            targets: dict[str | None, None] = {}
            for fact in record.facts:
                if (record.kind, fact.field) in _REFERRING:
                    targets[fact.value] = None
                elif fact.field == "office":
                    targets[fact.qualifier("organization") or None] = None
            for target in targets:
                if target is not None:
                    found.setdefault(target, array("I")).append(number)
        return found

    def _links(
        self, name: str, number: dict[str, int], referring: dict[str, array[int]]
    ) -> bytes:
        linked = self._part[name] if name in self._part else self._linked.get(name, set()) - {name}
        return dumps(
            (
                _bytes(self._in_events.get(name, ())),
                _bytes(self._mentions.get(name, ())),
                _bytes(sorted(number[other] for other in linked)),
                _bytes(referring.get(name, ())),
            )
        )

    def _in_sources(self, number: dict[str, int]) -> Iterator[bytes]:
        built = self._built
        proofs: dict[str, list[tuple[Evidence, str, str]]] = {name: [] for name in built.sources}
        bearers: list[Source | Record] = [*built.sources.values(), *built.records.values()]
        for bearer in bearers:
            for fact in bearer.facts:
                for evidence in fact.evidence:
                    proofs[evidence.source].append((evidence, bearer.id, fact.field))
        for name in built.sources:
            passages = array("I")
            for passage in built.passages[name]:
                passages.extend(passage)
            mentions = array("I")
            for start, end, record in built.mentions[name]:
                mentions.extend((start, end, number[record]))
            found = sorted(proofs[name], key=lambda p: (p[0].start, p[0].end, p[1], p[2]))
            quotes = {quote: place for place, quote in enumerate({p[0]: None for p in found})}
            plain = [(quotes[quote], record, field) for quote, record, field in found]
            packed = [packing.pack_evidence(quote) for quote in quotes]
            yield dumps((passages.tobytes(), mentions.tobytes(), packed, plain))


def _source_key(source: Source) -> bytes:
    """Name what the passages of a source depend on."""
    about = f"{source.sha256} {source.boilerplate}"
    return blake2b(about.encode(), digest_size=SOURCE_KEY).digest()


def _summed(blobs: Iterable[bytes], whole: Any) -> Iterator[bytes]:
    for blob in blobs:
        whole.update(blob)
        yield blob


def _bytes(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()


def _date(event: Record) -> tuple[Fact | None, int | None, int | None]:
    """Give the date to show and sort an event by, and its bounds."""
    fact = date_fact(event)
    if fact is None or fact.value is None:
        return fact, None, None
    return fact, *bounds(fact.value)
