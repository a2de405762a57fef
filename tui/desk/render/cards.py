"""What the card of each kind of record shows, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.archive.promises import is_promise
from tui.desk.render import chronicle, company, promises
from tui.desk.render.sheet import SECTION, Sheet
from tui.records import fields as tables
from tui.records.record import NAME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.archive import Library
    from tui.desk.render.part import Part
    from tui.records.record import Record

READ = 2 * SECTION
"""Events of a record that its card reads: those of a state in a large archive are all there are."""


def written(library: Library, record: Record) -> list[Part]:
    """Write the card of a record."""
    sheet = Sheet(library, record)
    _head(sheet)
    ids = library.events_of(record.id) if record.kind != "event" else ()
    events = [library.record(name) for name in ids[:READ]]
    _WRITERS[record.kind](sheet, events, len(ids))
    company.notes(sheet)
    company.mentions(sheet)
    return sheet.parts


def _head(sheet: Sheet) -> None:
    record = sheet.record
    others = [record.values(field)[:1] for field in ("abbreviation", "native")]
    others = [name for name in others if name and name[0] != record.name]
    beside = "  ".join(name for names in others for name in names)
    sheet.add((record.name, "title"), beside=((beside, "dim"),))
    kind = {
        "event": tables.EVENT_TYPES.get(record.type, record.type),
        "initiative": tables.CATEGORIES.get(record.type, record.type),
    }.get(record.kind, record.kind)
    code = f" · {record.code}" if record.code else ""
    sheet.add((f"{kind}{code}", "dim"), (f"  {record.id}", "faint"))
    sheet.add()


def _fields(kind: str, *without: str) -> list[str]:
    return [field.name for field in tables.FIELDS[kind] if field.name not in without]


def _event(sheet: Sheet, events: Sequence[Record], whole: int) -> None:
    del events, whole
    promises.became(sheet)
    sheet.facts(_fields("event"))
    sheet.differences()
    company.parts(sheet)


def _person(sheet: Sheet, events: Sequence[Record], whole: int) -> None:
    sheet.facts(("office", "rank", "country", "native", "name", "alias", "misnomer"))
    sheet.differences()
    chronicle.met(sheet, events)
    chronicle.said(sheet, events)
    promises.promised(sheet, [e for e in events if sheet.record.id in e.values("promised_by")])
    chronicle.happenings(sheet, events, "events", whole)
    company.company(sheet, events, "initiative", "initiatives in these events")


def _organization(sheet: Sheet, events: Sequence[Record], whole: int) -> None:
    sheet.facts(_fields("organization"))
    sheet.differences()
    company.holders(sheet)
    company.bodies(sheet)
    company.memberships(sheet)
    chronicle.said(sheet, events)
    promises.promised(sheet, [e for e in events if sheet.record.id in e.values("promised_by")])
    chronicle.happenings(sheet, events, "events", whole)
    company.company(sheet, events, "person", "people in these events")
    company.company(sheet, events, "initiative", "initiatives in these events")


def _state(sheet: Sheet, events: Sequence[Record], whole: int) -> None:
    sheet.facts(_fields("state"))
    sheet.differences()
    company.people_of(sheet)
    company.bodies(sheet)
    company.memberships(sheet)
    chronicle.said(sheet, events)
    promises.promised(sheet, [e for e in events if sheet.record.id in e.values("promised_by")])
    chronicle.happenings(sheet, events, "events", whole)


def _initiative(sheet: Sheet, events: Sequence[Record], whole: int) -> None:
    standing = ("cadence", "status")
    sheet.facts(_fields("initiative", *NAME_FIELDS, "established", *standing))
    sheet.differences()
    steps = chronicle.life(sheet, events)
    lived = steps or sheet.record.all("established")
    if lived and any(sheet.record.all(name) for name in standing):
        sheet.add()  # these are not steps of its life
    sheet.facts(standing)
    sheet.heading("names as found")
    sheet.facts(name for name in _fields("initiative") if name in NAME_FIELDS)
    company.under(sheet)
    company.company(sheet, events, "person", "people")
    promises.promised(sheet, events)
    told = steps | {event.id for event in events if is_promise(event)}
    rest = [event for event in events if event.id not in told]
    chronicle.happenings(sheet, rest, "spoken of in", whole - len(told))


_WRITERS: dict[str, Callable[[Sheet, Sequence[Record], int], None]] = {
    "event": _event,
    "person": _person,
    "organization": _organization,
    "state": _state,
    "initiative": _initiative,
}
