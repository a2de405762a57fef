"""From files to an archive in memory: everything read, checked and linked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.archive import files
from tui.archive.facts import Gathering
from tui.archive.ledger import Ledger
from tui.archive.reading import Draft, Reading, read
from tui.records.record import PLURALS, Record
from tui.records.source import Disagreement, Note, Source

if TYPE_CHECKING:
    from tui.archive.fault import Fault
    from tui.records.evidence import Evidence


@dataclass(slots=True)
class Built:
    """An archive as read, before it is compiled."""

    title: str
    description: str
    sources: dict[str, Source]
    texts: dict[str, str]
    records: dict[str, Record]
    notes: list[Note]
    disagreements: list[Disagreement]
    quotes: list[Evidence]
    faults: tuple[Fault, ...] = ()
    skipped: int = 0
    counts: dict[str, int] = field(default_factory=dict)


def load(root: str, scan: files.Scan) -> dict[str, bytes | str]:
    """Read every file of a scan: its bytes by path, or in words why they could not be read."""
    contents: dict[str, bytes | str] = {}
    for entry in scan.entries:
        try:
            contents[entry.path] = files.read(root, entry)
        except OSError as error:
            contents[entry.path] = f"cannot read it: {error.strerror or error}"
    return contents


def build(scan: files.Scan, contents: dict[str, bytes | str]) -> Built:
    """Build the archive from its files; whatever is at fault is left out and reported."""
    ledger = Ledger()
    for fault in (*scan.passed_over, *files.unportable(scan.entries)):
        ledger.add(fault)
    reading = read(contents, ledger)
    gathering = Gathering(reading, ledger)
    records = {draft.id: gathering.record(draft) for draft in reading.records.values()}
    sources = {draft.id: gathering.source(draft) for draft in reading.sources.values()}
    notes = [note for draft in reading.notes if (note := _note(draft, gathering, reading))]
    built = Built(
        reading.title,
        reading.description,
        dict(sorted(sources.items())),
        {draft.id: draft.text for draft in reading.sources.values()},
        records,
        sorted(notes, key=lambda n: (n.evidence.source, n.evidence.start, n.evidence.end)),
        [],
        [],
    )
    built.quotes = list(gathering.quotes)
    built.faults = ledger.faults()
    built.skipped = ledger.skipped
    built.counts = _counts(built)
    return built


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
    return counts
