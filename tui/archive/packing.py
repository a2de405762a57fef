"""Records, sources, notes and disagreements as plain tuples, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.records.evidence import Evidence, Fact
from tui.records.record import Record
from tui.records.source import Disagreement, Note, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

Plain = tuple[Any, ...]


def pack_evidence(evidence: Evidence) -> tuple[str, int, int, str, str]:
    """Write evidence as a tuple."""
    return (evidence.source, evidence.start, evidence.end, evidence.quote, evidence.state)


def pack_facts(facts: Iterable[Fact]) -> Plain:
    """Write facts as a tuple; a quote that several stand on is written once."""
    quotes: dict[Evidence, int] = {}
    packed = tuple(
        (
            fact.field,
            fact.value,
            fact.basis,
            fact.text,
            fact.why,
            fact.url,
            tuple(quotes.setdefault(evidence, len(quotes)) for evidence in fact.evidence),
            fact.qualifiers,
        )
        for fact in facts
    )
    return (tuple(pack_evidence(evidence) for evidence in quotes), packed)


def unpack_facts(plain: Plain) -> tuple[Fact, ...]:
    """Read facts back."""
    quotes = [Evidence(*quote) for quote in plain[0]]
    return tuple(
        Fact(field, value, basis, text, why, url, tuple([quotes[n] for n in places]), narrowing)
        for field, value, basis, text, why, url, places, narrowing in plain[1]
    )


def pack_record(record: Record) -> Plain:
    """Write a record as a tuple."""
    return (
        record.id,
        record.kind,
        record.name,
        pack_facts(record.facts),
        record.type,
        record.code,
        record.family,
        record.file,
        record.line,
    )


def unpack_record(plain: Plain) -> Record:
    """Read a record back."""
    name, kind, title, facts, *labels = plain
    return Record(name, kind, title, unpack_facts(facts), *labels)


def pack_source(source: Source) -> Plain:
    """Write a source as a tuple."""
    return (
        source.id,
        source.name,
        pack_facts(source.facts),
        source.sha256,
        source.size,
        source.length,
        tuple((span.start, span.end) for span in source.boilerplate),
        source.short_names,
        source.file,
    )


def unpack_source(plain: Plain) -> Source:
    """Read a source back."""
    name, title, facts, sha256, size, length, spans, short_names, file = plain
    boilerplate = tuple(Span(*span) for span in spans)
    return Source(
        name, title, unpack_facts(facts), sha256, size, length, boilerplate, short_names, file
    )


def pack_note(note: Note) -> Plain:
    """Write a note as a tuple."""
    return (
        note.kind,
        note.text,
        pack_evidence(note.evidence),
        note.meant,
        note.about,
        note.url,
        note.file,
        note.line,
    )


def unpack_note(plain: Plain) -> Note:
    """Read a note back."""
    kind, text, evidence, *rest = plain
    return Note(kind, text, Evidence(*evidence), *rest)


def pack_disagreement(disagreement: Disagreement) -> Plain:
    """Write a disagreement as a tuple."""
    return (
        disagreement.about,
        disagreement.field,
        pack_facts(disagreement.values),
        disagreement.verdict,
        disagreement.url,
    )


def unpack_disagreement(plain: Plain) -> Disagreement:
    """Read a disagreement back."""
    about, field, values, verdict, url = plain
    return Disagreement(about, field, unpack_facts(values), verdict, url)
