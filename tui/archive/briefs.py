"""Records in brief: what the lists and links of an archive are made from."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from tui.archive.links import CHAINS
from tui.archive.packing import pack_evidence
from tui.archive.promises import deadline, is_kept, is_promise, relations
from tui.records.dates import bounds
from tui.records.fields import FIELDS
from tui.records.record import NAME_FIELDS, date_fact

if TYPE_CHECKING:
    from tui.records.evidence import Evidence
    from tui.records.record import Record
    from tui.records.source import Source

TAKING_PART = ("actor", "initiative", "promised_by")
_REFERRING = frozenset(
    (kind, field.name)
    for kind, fields in FIELDS.items()
    for field in fields
    if field.shape == "link" and field.name not in TAKING_PART
)
_OPEN = 1 << 40

Proven = tuple[tuple[str, int, int, str, str], str, tuple[str, ...]]
"""A quote as `packing` writes it, the record that stands on it, and the fields."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the whole archive needs of one record; the rest of it can be packed away.

    `date` is value, words and basis of the fact that an event is shown by, `part` names who takes
    part in it and what it belongs to, `chains` are links that must not run in a circle. `refers`
    are the records that it names otherwise. `promise` is the last day on which a promise may be
    kept, None where it is none; `kept` that it says so itself, `tells` what it says of others.
    """

    id: str
    kind: str
    name: str
    type: str
    code: str
    evidence: int
    names: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    country: str
    part: tuple[str, ...]
    chains: tuple[tuple[str, str], ...]
    status: str
    date: tuple[str | None, str, str] | None
    earliest: int | None
    latest: int | None
    promise: int | None
    kept: bool
    tells: tuple[tuple[str, str], ...]
    refers: tuple[str, ...]

    @property
    def when(self) -> tuple[int, int, str]:
        """Give what events are sorted by: earliest and latest day, id; an open start by its end."""
        first = self.earliest if self.earliest is not None else self.latest
        if first is None:
            return _OPEN, _OPEN, self.id
        return first, _OPEN if self.latest is None else self.latest, self.id


def brief(record: Record) -> Brief:
    """Say in brief what a record holds."""
    by_field: dict[str, list[str]] = {}
    for fact in record.facts:
        if fact.value is not None:
            listed = by_field.setdefault(fact.field, [])
            if fact.value not in listed:
                listed.append(fact.value)
    names = tuple((field, value) for field in NAME_FIELDS for value in by_field.get(field, ()))
    countries = tuple(by_field.get("country", ()))
    country = record.first("country") if countries else None
    part: tuple[str, ...] = ()
    date, status = None, ""
    earliest = latest = None
    if record.kind == "event":
        date = date_fact(record)
        if date is not None and date.value is not None:
            earliest, latest = bounds(date.value)
        said = record.first("status") if "status" in by_field else None
        status = (said.value or "") if said else ""
        part = tuple(dict.fromkeys(name for f in TAKING_PART for name in by_field.get(f, ())))
    promise = record.kind == "event" and is_promise(record)
    return Brief(
        record.id, record.kind, record.name, intern(record.type), record.code,
        sum(evidence.proves for evidence in record.evidence), names, countries,
        (country.value or "") if country else "", part,
        tuple((field, value) for field in CHAINS for value in by_field.get(field, ())),
        intern(status),
        None if date is None else (date.value, intern(date.text), intern(date.basis)),
        earliest, latest, deadline(record) if promise else None, promise and is_kept(record),
        tuple(relations(record)) if record.kind == "event" else (), _refers(record),
    )  # fmt: skip


def _refers(record: Record) -> tuple[str, ...]:
    targets: dict[str, None] = {}
    for fact in record.facts:
        if (record.kind, fact.field) in _REFERRING:
            targets[fact.value or ""] = None
        elif fact.field == "office":
            targets[fact.qualifier("organization")] = None
    targets.pop("", None)
    return tuple(targets)


def proven(bearer: Record | Source) -> list[Proven]:
    """Give the quotes that a record or source stands on, with the fields."""
    fields: dict[Evidence, list[str]] = {}
    for fact in bearer.facts:
        for evidence in fact.evidence:
            fields.setdefault(evidence, []).append(fact.field)
    return [(pack_evidence(quote), bearer.id, tuple(named)) for quote, named in fields.items()]
