"""From record files to what they say: read, checked, anchored, linked; then packed away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.archive import packing
from tui.archive.briefs import Brief, Proven, brief, proven
from tui.archive.compiled import dumps, loads
from tui.archive.disagreements import detect, distinct
from tui.archive.drafts import Draft, Ground
from tui.archive.facts import Gathering
from tui.archive.links import CHAINS, circles, without_link
from tui.archive.mentions import MISNOMER, NAME, Namer
from tui.archive.reading import collides, head_of, read_records
from tui.records.evidence import Fact
from tui.records.source import Disagreement, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.archive.ledger import Ledger
    from tui.archive.positions import Path
    from tui.archive.texts import Texts
    from tui.records.record import Record
    from tui.records.source import Source

Quote = tuple[str, int, int, str, str]
Naming = list[tuple[str, str, str, tuple[tuple[str, str], ...]]]


@dataclass(slots=True)
class Records:
    """What the record files say, packed, and what the rest of the archive needs of it.

    `blobs` and `briefs` are by id, in the order of the files. `proofs` and `quotes` are by source.
    `asked` are the sources and records that were named; `unsettled` that one was not there;
    `tangled` that ids clash or links run in a circle: then nothing may be taken over later.
    """

    title: str = ""
    description: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    briefs: dict[str, Brief] = field(default_factory=dict)
    proofs: dict[str, list[Proven]] = field(default_factory=dict)
    quotes: dict[str, set[Quote]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    detected: list[Disagreement] = field(default_factory=list)
    said: list[Draft] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    unsettled: bool = False
    tangled: bool = False

    def quoted(self, gathering: Gathering) -> None:
        """Count the quotes that were anchored since the last time."""
        for found in gathering.quotes:
            self.quotes.setdefault(found.source, set()).add(packing.pack_evidence(found))
        gathering.quotes.clear()

    def naming(self) -> Naming:
        """Give what mentions depend on: the names of the actors and initiatives."""
        return [
            (record.id, record.kind, record.name, record.names)
            for record in self.briefs.values()
            if record.kind != "event"
        ]


def namer_of(naming: Naming) -> Namer:
    """Give all names of the actors and initiatives, to find them in texts."""
    namer = Namer()
    for record, kind, headword, names in naming:
        namer.add(record, kind, headword)
        for field_name, value in names:
            rank = MISNOMER if field_name == "misnomer" else NAME
            namer.add(record, kind, value, rank, exact=field_name == "abbreviation")
    return namer


def build_records(
    names: Iterable[str],
    load: Callable[[str], bytes | str],
    sources: Mapping[str, str],
    texts: Texts,
    ledger: Ledger,
    settle: Callable[[Records], None],
    tick: Callable[[str], None],
) -> Records:
    """Build the records; whatever is at fault is left out and reported.

    Two passes, for a link can be checked only when all ids are known; the drafts of a file are
    packed in between, so that many records need little memory. `settle` is called in between, for a
    source whose id a record has is none; `tick` with each file, twice.
    """
    records = Records()
    packed: list[tuple[str, bytes | list[Draft]]] = []
    notes: list[Draft] = []
    for file, drafts, tables in read_records(names, load, ledger):
        if tables:
            records.title, records.description = head_of(tables, ledger)
        taken_in = [draft for draft in drafts if _take(draft, records, notes, ledger)]
        packed.append((file, _pack(taken_in)))
        ledger.texts.clear()
        tick(file)
    settle(records)
    gathering = Gathering(records.kinds, texts, ledger)
    for file, blob in packed:
        for draft in _unpack(blob):
            record = gathering.record(draft)
            records.blobs[record.id] = dumps(packing.pack_record(record))
            records.briefs[record.id] = brief(record)
            for quote in proven(record):
                records.proofs.setdefault(quote[0][0], []).append(quote)
            records.detected += detect(record.kind, record)
            records.quoted(gathering)
        tick(file)
    _open_circles(records, dict(packed), ledger)
    for draft in notes:
        if draft.kind == "note" and (note := _note(draft, gathering, sources)):
            records.notes.append(note)
    records.quoted(gathering)
    records.notes.sort(key=lambda n: (n.evidence.source, n.evidence.start, n.evidence.end))
    records.asked |= gathering.asked
    records.unsettled = gathering.unsettled
    return records


def disagreements_said(
    records: Records,
    source_of: Callable[[str], Source | None],
    texts: Texts,
    ledger: Ledger,
) -> list[Disagreement]:
    """Give the disagreements that an editor wrote down."""
    gathering = Gathering(records.kinds, texts, ledger)
    found: list[Disagreement] = []
    for draft in records.said:
        about = draft.head.get("about") or ""
        gathering.asked.add(about)
        bearer: Record | Source | None = None
        if about in records.blobs:
            bearer = packing.unpack_record(loads(records.blobs[about]))
        elif about:
            bearer = source_of(about)
        if about and bearer is None:
            gathering.known(draft.file, (*draft.path, "about"), about)
            continue
        facts = bearer.all(draft.head["field"]) if bearer is not None else ()
        if disagreement := _disagreement(draft, gathering, facts, ledger):
            found.append(disagreement)
    records.quoted(gathering)
    records.asked |= gathering.asked
    records.unsettled |= gathering.unsettled
    return found


def _take(draft: Draft, records: Records, notes: list[Draft], ledger: Ledger) -> bool:
    """Take a draft in unless its id is taken; tell whether it is a record's."""
    if draft.kind == "note":
        notes.append(draft)
        return False
    if draft.kind == "disagreement":
        records.said.append(draft)
        return False
    if draft.id in records.kinds:
        collides(draft, records.places[draft.id], ledger)
        records.tangled = True
        return False
    records.kinds[draft.id] = draft.kind
    records.places[draft.id] = draft.file, draft.line
    return True


def _pack(drafts: list[Draft]) -> bytes | list[Draft]:
    plain = [
        (d.kind, d.id, d.head, [(g.basis, g.data, g.path) for g in d.grounds], d.file, d.path,
         d.line)
        for d in drafts
    ]  # fmt: skip
    try:
        return dumps(plain)
    except ValueError:  # something that only TOML has: a time of day, where no field takes one
        return drafts


def _unpack(blob: bytes | list[Draft]) -> list[Draft]:
    if isinstance(blob, list):
        return blob
    return [
        Draft(kind, name, head, [Ground(*ground) for ground in grounds], *rest)
        for kind, name, head, grounds, *rest in loads(blob)
    ]


def _open_circles(
    records: Records, packed: Mapping[str, bytes | list[Draft]], ledger: Ledger
) -> None:
    for name in CHAINS:
        targets: dict[str, list[str]] = {}
        for record in records.briefs.values():
            if found := [target for chain, target in record.chains if chain == name]:
                targets[record.id] = found
        for circle in circles(targets):
            records.tangled = True
            record_id, target = circle[-2], circle[-1]
            file, _ = records.places[record_id]
            draft = next(d for d in _unpack(packed[file]) if d.id == record_id)
            message = f"{name} runs in a circle: {' → '.join(circle)}"
            path = _link_path(draft, name, target)
            ledger.complain(file, path, message, "take one of the links out", skips=1)
            before = packing.unpack_record(loads(records.blobs[record_id]))
            kept = without_link(before, name, target)
            records.blobs[record_id] = dumps(packing.pack_record(kept))
            records.briefs[record_id] = brief(kept)
            sources = {quote[0][0] for quote in proven(before)}
            for source in sources:
                others = [quote for quote in records.proofs[source] if quote[1] != record_id]
                its = [quote for quote in proven(kept) if quote[0][0] == source]
                records.proofs[source] = [*others, *its]


def _link_path(draft: Draft, name: str, target: str) -> Path:
    for block in draft.grounds:
        found = block.data.get(name)
        if found == target:
            return (*block.path, name)
        if isinstance(found, list) and target in found:
            return (*block.path, name, found.index(target))
    return draft.path


def _disagreement(
    draft: Draft, gathering: Gathering, facts: Iterable[Fact], ledger: Ledger
) -> Disagreement | None:
    head, name = draft.head, draft.head["field"]
    values: list[Fact] = []
    for block in draft.grounds:
        data = block.data
        if block.basis == "outside":
            values.append(
                Fact(name, data["value"], "outside", why=data.get("why", ""), url=data["url"])
            )
        elif (found := gathering.evidence(draft.file, block.path, data)) is not None:
            values.append(Fact(name, data["value"], "stated", evidence=(found,)))
    if distinct(values) < 2:
        values = [*facts, *values]
    if distinct(values) < 2:
        message = f"‘{name}’ has no two values that differ"
        remedy = "add [[disagreement.value]] for each, with its quote"
        ledger.complain(draft.file, (*draft.path, "field"), message, remedy, skips=1)
        return None
    about = head.get("about")
    return Disagreement(about, name, tuple(values), head.get("verdict", ""), head.get("url", ""))


def _note(draft: Draft, gathering: Gathering, sources: Mapping[str, str]) -> Note | None:
    data = draft.head
    evidence = gathering.evidence(draft.file, draft.path, data)
    if evidence is None:
        return None
    listed = data.get("about", [])
    about = [listed] if isinstance(listed, str) else listed
    gathering.asked.update(about)
    sound = [
        target for index, target in enumerate(about)
        if target in sources or gathering.known(draft.file, (*draft.path, "about", index), target)
    ]  # fmt: skip
    return Note(
        data["kind"], data["text"], evidence, data.get("meant", ""), tuple(sound),
        data.get("url", ""), draft.file, draft.line,
    )  # fmt: skip
