"""From files to an archive in memory: everything read, checked and linked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.archive import files
from tui.archive.disagreements import detect, distinct, merge
from tui.archive.facts import Gathering
from tui.archive.ledger import Ledger
from tui.archive.links import CHAINS, circles, without_link
from tui.archive.mentions import MISNOMER, NAME, SHORT_NAME, Namer
from tui.archive.passages import passages
from tui.archive.reading import read
from tui.records.evidence import Evidence, Fact
from tui.records.record import NAME_FIELDS, PLURALS, Record
from tui.records.source import Disagreement, Note, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.archive.drafts import Draft, Reading
    from tui.archive.fault import Fault
    from tui.archive.positions import Path


@dataclass(slots=True)
class Built:
    """An archive as read, before it is compiled."""

    title: str
    description: str
    sources: dict[str, Source]
    texts: dict[str, str]
    records: dict[str, Record]
    notes: list[Note]
    disagreements: tuple[Disagreement, ...]
    quotes: list[Evidence]
    faults: tuple[Fault, ...]
    skipped: int
    passages: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    mentions: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def build(scan: files.Scan, contents: dict[str, bytes | str]) -> Built:
    """Build the archive from its files; whatever is at fault is left out and reported."""
    ledger = Ledger()
    for fault in (*scan.passed_over, *files.unportable(scan.entries)):
        ledger.add(fault)
    ledger.skipped += sum(not fault.warning for fault in scan.passed_over)
    reading = read(contents, ledger)
    gathering = Gathering(reading, ledger)
    sources = {name: gathering.source(reading.sources[name]) for name in sorted(reading.sources)}
    records = {draft.id: gathering.record(draft) for draft in reading.records.values()}
    _open_circles(records, reading, ledger)
    notes = [note for draft in reading.notes if (note := _note(draft, gathering, reading))]
    detected = [found for record in records.values() for found in detect(record.kind, record)]
    detected += [found for source in sources.values() for found in detect("source", source)]
    authored = [
        found
        for draft in reading.disagreements
        if (found := _disagreement(draft, gathering, records, sources, ledger))
    ]
    texts = {name: reading.sources[name].text for name in sources}
    built = Built(
        reading.title,
        reading.description,
        sources,
        texts,
        records,
        sorted(notes, key=lambda n: (n.evidence.source, n.evidence.start, n.evidence.end)),
        merge(detected, authored),
        list(gathering.quotes),
        ledger.faults(),
        ledger.skipped,
    )
    _read_texts(built)
    built.counts = _counts(built)
    return built


def _read_texts(built: Built) -> None:
    """Cut every text into passages and find who is named in it."""
    namer = Namer()
    for record in built.records.values():
        if record.kind != "event":
            namer.add(record.id, record.kind, record.name)
            for name in NAME_FIELDS:
                rank = MISNOMER if name == "misnomer" else NAME
                for value in record.values(name):
                    namer.add(record.id, record.kind, value, rank, exact=name == "abbreviation")
    for source in built.sources.values():
        own = Namer()
        for words, target in source.short_names:
            own.add(target, "", words, SHORT_NAME)
        edges = sorted({edge for span in source.boilerplate for edge in (span.start, span.end)})
        text = built.texts[source.id]
        built.passages[source.id] = list(passages(text, edges))
        built.mentions[source.id] = list(namer.mentions(text, own, edges))


def _open_circles(records: dict[str, Record], reading: Reading, ledger: Ledger) -> None:
    for field_name in CHAINS:
        for circle in circles(records, field_name):
            record, target = records[circle[-2]], circle[-1]
            message = f"{field_name} runs in a circle: {' → '.join(circle)}"
            path = _link_path(reading.records[record.id], field_name, target)
            ledger.complain(record.file, path, message, "take one of the links out", skips=1)
            records[record.id] = without_link(record, field_name, target)


def _link_path(draft: Draft, field_name: str, target: str) -> Path:
    for block in draft.grounds:
        found = block.data.get(field_name)
        if found == target:
            return (*block.path, field_name)
        if isinstance(found, list) and target in found:
            return (*block.path, field_name, found.index(target))
    return draft.path


def _disagreement(
    draft: Draft,
    gathering: Gathering,
    records: dict[str, Record],
    sources: dict[str, Source],
    ledger: Ledger,
) -> Disagreement | None:
    head = draft.head
    about, name = head.get("about"), head["field"]
    bearer = records.get(about or "") or sources.get(about or "")
    if about and bearer is None and not gathering.known(draft.file, (*draft.path, "about"), about):
        return None
    values: list[Fact] = []
    for block in draft.grounds:
        data = block.data
        if block.basis == "outside":
            values.append(
                Fact(name, data["value"], "outside", why=data.get("why", ""), url=data["url"])
            )
        elif (found := gathering.evidence(draft.file, block.path, data)) is not None:
            values.append(Fact(name, data["value"], "stated", evidence=(found,)))
    if bearer is not None and distinct(values) < 2:
        values = [*bearer.all(name), *values]
    if distinct(values) < 2:
        message = f"‘{name}’ has no two values that differ"
        remedy = "add [[disagreement.value]] for each, with its quote"
        ledger.complain(draft.file, (*draft.path, "field"), message, remedy, skips=1)
        return None
    return Disagreement(about, name, tuple(values), head.get("verdict", ""), head.get("url", ""))


def _note(draft: Draft, gathering: Gathering, reading: Reading) -> Note | None:
    data = draft.head
    evidence = gathering.evidence(draft.file, draft.path, data)
    if evidence is None:
        return None
    listed = data.get("about", [])
    about = [listed] if isinstance(listed, str) else listed
    sound = [
        target for index, target in enumerate(about)
        if target in reading.records or target in reading.sources
        or gathering.known(draft.file, (*draft.path, "about", index), target)
    ]  # fmt: skip
    return Note(
        data["kind"], data["text"], evidence, data.get("meant", ""), tuple(sound),
        data.get("url", ""), draft.file, draft.line,
    )  # fmt: skip


def _counts(built: Built) -> dict[str, int]:
    counts = {"sources": len(built.sources)}
    for kind, plural in PLURALS.items():
        counts[plural] = sum(record.kind == kind for record in built.records.values())
    counts["notes"] = len(built.notes)
    counts["disagreements"] = len(built.disagreements)
    counts["quotes"] = len(built.quotes)
    for state in ("exact", "normalised", "drifted", "lost"):
        counts[state] = sum(quote.state == state for quote in built.quotes)
    proofs: dict[str, list[Span]] = {name: [] for name in built.sources}
    for record in built.records.values():
        for evidence in record.evidence:
            if evidence.proves:
                proofs[evidence.source].append(Span(evidence.start, evidence.end))
    counts["sentences"] = counts["sentences_with_record"] = 0
    for source in built.sources.values():
        boilerplate = _Cover(source.boilerplate)
        proven = _Cover(proofs[source.id])
        for start, end, _ in built.passages[source.id]:
            if not boilerplate.touches(start, end):
                counts["sentences"] += 1
                counts["sentences_with_record"] += proven.touches(start, end)
    return counts


class _Cover:
    """Spans laid over a text, to ask whether any of them touches a stretch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans, key=lambda span: span.start):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span shares a character with the stretch."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end
