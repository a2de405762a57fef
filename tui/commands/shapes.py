"""The shapes of JSON answers. Offsets are code points into the source's text, end exclusive."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from tui.records.fields import FIELDS
from tui.records.record import date_fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.archive import Fault, Library
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Record
    from tui.records.source import Disagreement, Note, Source
    from tui.search import Answer

Shape = dict[str, Any]

ASKED = {
    "event": ("date", "place", "actor"),
    "person": ("country", "office", "rank"),
    "organization": ("country",),
    "state": (),
    "initiative": ("member", "established", "purpose"),
    "source": ("title", "publisher", "author", "published"),
}
"""Fields that a reader asks for: where nothing is known they are answered by `not stated`."""


def dumps(value: object) -> str:
    """Write JSON in ASCII on one line, without a control character."""
    return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")


def find(library: Library, answer: Answer) -> Shape:
    """Shape what a query found."""
    return {
        "query": answer.query,
        "took_ms": round(answer.took_ms, 3),
        "records": [
            {
                "id": hit.id,
                "kind": hit.kind,
                "name": hit.name,
                "matched": hit.matched,
                "why": hit.why,
                "score": round(hit.score, 6),
            }
            for hit in answer.records
        ],
        "passages": [
            {
                "source": hit.source,
                "start": hit.start,
                "end": hit.end,
                "text": library.text(hit.source)[hit.start : hit.end],
                "spans": [list(span) for span in hit.spans],
                "why": hit.why,
                "score": round(hit.score, 6),
            }
            for hit in answer.passages
        ],
        "notices": list(answer.notices),
    }


def evidence(items: Iterable[Evidence]) -> list[Shape]:
    """Shape quotes and their places."""
    return [
        {"source": e.source, "start": e.start, "end": e.end, "quote": e.quote, "state": e.state}
        for e in items
    ]


def fact(of: Fact) -> Shape:
    """Shape a fact; `text` are the words used, `qualifiers` what narrows the value."""
    return {
        "field": of.field,
        "value": of.value,
        "text": of.text,
        "basis": of.basis,
        "why": of.why,
        "url": of.url,
        "qualifiers": dict(of.qualifiers),
        "evidence": evidence(of.evidence),
    }


def not_stated(field: str) -> Shape:
    """Shape the answer that nothing is stated."""
    return {
        "field": field,
        "value": None,
        "text": "",
        "basis": "not stated",
        "why": "",
        "url": "",
        "qualifiers": {},
        "evidence": [],
    }


def missing(kind: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Give the fields that a reader asks for and nothing answers."""
    there = {item.field for item in facts}
    return tuple(field for field in ASKED.get(kind, ()) if field not in there)


def ordered(kind: str, facts: Iterable[Fact]) -> list[Fact]:
    """Sort facts as the table of fields has them."""
    order = {field.name: number for number, field in enumerate(FIELDS[kind])}
    return sorted(facts, key=lambda item: order.get(item.field, len(order)))


def record(library: Library, of: Record) -> Shape:
    """Shape one record with everything that is known about it."""
    return {
        "id": of.id,
        "kind": of.kind,
        "name": of.name,
        "type": of.type,
        "code": of.code,
        "aliases": list(of.aliases),
        "facts": [fact(item) for item in ordered(of.kind, of.facts)]
        + [not_stated(field) for field in missing(of.kind, of.facts)],
        "notes": [note(item) for item in library.notes_about(of.id)],
        "disagreements": [disagreement(d) for d in library.disagreements_about(of.id)],
        "events": list(library.events_of(of.id)) if of.kind != "event" else [],
        "mentions": [
            {
                "source": m.source,
                "start": m.start,
                "end": m.end,
                "text": library.text(m.source)[m.start : m.end],
            }
            for m in library.mentions_of(of.id)
        ],
    }


def source(library: Library, of: Source) -> Shape:
    """Shape one source with its text."""
    published = of.first("published")
    return {
        "id": of.id,
        "kind": "source",
        "title": _value(of, "title"),
        "publisher": _value(of, "publisher"),
        "published": fact(published) if published else not_stated("published"),
        "facts": [fact(item) for item in ordered("source", of.facts)],
        "text": library.text(of.id),
        "sha256": of.sha256,
        "notes": [note(item) for item in library.notes_in(of.id)],
    }


def note(of: Note) -> Shape:
    """Shape an editor's remark."""
    return {
        "source": of.evidence.source,
        "start": of.evidence.start,
        "end": of.evidence.end,
        "quote": of.evidence.quote,
        "kind": of.kind,
        "text": of.text,
        "meant": of.meant,
        "about": list(of.about),
        "url": of.url,
    }


def disagreement(of: Disagreement) -> Shape:
    """Shape values that cannot all hold."""
    return {
        "about": of.about,
        "field": of.field,
        "values": [
            {
                "value": item.value,
                "text": item.text,
                "basis": item.basis,
                "evidence": evidence(item.evidence),
            }
            for item in of.values
        ],
        "verdict": of.verdict,
        "url": of.url,
    }


def fault(of: Fault) -> Shape:
    """Shape what is wrong with an archive, and where."""
    return {
        "file": of.file,
        "line": of.line,
        "column": of.column,
        "field": of.field,
        "message": of.message,
        "remedy": of.remedy,
        "warning": of.warning,
    }


def day(ordinal: int | None) -> str | None:
    """Write a proleptic ordinal as an ISO date."""
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def _value(of: Record | Source, field: str) -> str | None:
    first = of.first(field)
    return None if first is None else first.value


def event(of: Record, earliest: int | None, latest: int | None) -> Shape:
    """Shape an event for a list."""
    when = date_fact(of)
    return {
        "id": of.id,
        "title": of.name,
        "type": of.type,
        "date": when.value if when else None,
        "date_text": when.text if when else "",
        "date_basis": when.basis if when else "not stated",
        "earliest": day(earliest),
        "latest": day(latest),
        "place": _value(of, "place"),
        "status": _value(of, "status"),
        "actors": [
            {"id": id_, "role": role}
            for id_, role in dict.fromkeys((f.value, f.qualifier("role")) for f in of.all("actor"))
        ],
        "initiatives": list(of.values("initiative")),
        "evidence": evidence(of.evidence),
    }


def listed(of: Record) -> Shape:
    """Shape an actor or an initiative for a list."""
    shape: Shape = {"id": of.id, "name": of.name}
    if of.kind == "state":
        shape["code"] = of.code
    if of.kind in ("organization", "state", "initiative"):
        shape["abbreviation"] = _value(of, "abbreviation")
    shape |= {"native": _value(of, "native"), "aliases": list(of.aliases)}
    if of.kind in ("person", "organization"):
        shape["country"] = _value(of, "country")
    if of.kind == "person":
        shape["offices"] = [
            {
                "office": f.value,
                "organization": f.qualifier("organization") or None,
                "term": f.qualifier("term") or None,
                "basis": f.basis,
            }
            for f in of.all("office")
        ]
    if of.kind in ("organization", "initiative"):
        shape["parent"] = _value(of, "parent")
    if of.kind == "initiative":
        shape |= {"type": of.type, "members": list(of.values("member"))}
        shape["established"] = _value(of, "established")
    shape["evidence"] = evidence(of.evidence)
    return shape


def listed_source(of: Source) -> Shape:
    """Shape a source for a list, without its text."""
    published = of.first("published")
    return {
        "id": of.id,
        "name": of.name,
        "title": _value(of, "title"),
        "publisher": _value(of, "publisher"),
        "published": fact(published) if published else not_stated("published"),
        "language": _value(of, "language"),
        "url": _value(of, "url"),
        "length": of.length,
        "sha256": of.sha256,
    }
