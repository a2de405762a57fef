"""Who and what stands near a record on its card: holders of offices, parts, people, remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.chronicle import link_of
from tui.desk.render.marks import NOTE
from tui.desk.render.part import Stop, bound
from tui.desk.render.sheet import SECTION, column, day, padded, status_mark
from tui.desk.render.standing import kind_of
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.desk.render.sheet import Sheet
    from tui.records.evidence import Fact
    from tui.records.record import Kind, Record

_Row = tuple[str, "Fact", str]
"""Whom a row names, the fact it stands on, and what is said of them."""


WHOSE = "the marks: that they belong here"
"""Beside rows that also name an office or a role, on which the mark at their end does not bear."""


def _section(sheet: Sheet, title: str, rows: Sequence[_Row], remark: str = "") -> None:
    if not rows:
        return
    sheet.heading(title, len(rows), remark)
    for name, fact, words in rows[:SECTION]:
        sheet.add(
            (sheet.name(name), "link"),
            beside=((words, "dim"),),
            tail=sheet.ground(fact, name),
            stop=sheet.stop(fact, name),
            hang=(("· ", "faint"),),
        )
    sheet.more(SECTION, len(rows), title)


def _referring(
    sheet: Sheet, kind: Kind, says: Callable[[Record], list[tuple[Fact, str]]]
) -> list[_Row]:
    """Give the records of a kind that refer to this one, with the facts by which they do."""
    library = sheet.library
    names = [n for n in library.referring(sheet.record.id) if library.kind_of(n) == kind]
    return [(name, *said) for name in names for said in says(library.record(name))]


def holders(sheet: Sheet) -> None:
    """Write who holds an office in an organization, by term; a term unknown comes last."""
    body = sheet.record.id

    def says(person: Record) -> list[tuple[Fact, str]]:
        facts = [f for f in person.all("office") if f.qualifier("organization") == body]
        termed = [f for f in facts if f.qualifier("term")]
        return [(fact, _office(fact)) for fact in termed or facts]

    def order(row: _Row) -> tuple[bool, int, str]:
        term = row[1].qualifier("term")
        return (not term, (dates.bounds(term)[0] or 0) if term else 0, row[0])

    _section(sheet, "offices held here", sorted(_referring(sheet, "person", says), key=order))


def _office(fact: Fact) -> str:
    term = fact.qualifier("term")
    return f"{fact.shown}, {bound(dates.label(term))}" if term else fact.shown


def people_of(sheet: Sheet) -> None:
    """Write the people of a state, each with an office that a source prints."""

    def says(person: Record) -> list[tuple[Fact, str]]:
        fact = next((f for f in person.all("country") if f.value == sheet.record.id), None)
        office = person.first("office")
        return [(fact, office.shown if office else "")] if fact is not None else []

    _section(sheet, "people", _referring(sheet, "person", says), WHOSE)


def bodies(sheet: Sheet) -> None:
    """Write the organizations of a state, or the bodies under an organization."""

    def says(body: Record) -> list[tuple[Fact, str]]:
        facts = (*body.all("country"), *body.all("parent"))
        fact = next((f for f in facts if f.value == sheet.record.id), None)
        role = body.first("role")
        return [(fact, role.shown if role else "")] if fact is not None else []

    _section(sheet, "organizations", _referring(sheet, "organization", says), WHOSE)


def memberships(sheet: Sheet) -> None:
    """Write the initiatives that somebody is a member of, with the role where one is given."""

    def says(initiative: Record) -> list[tuple[Fact, str]]:
        facts = [f for f in initiative.all("member") if f.value == sheet.record.id]
        return [(facts[0], facts[0].qualifier("role"))] if facts else []

    _section(sheet, "member of", _referring(sheet, "initiative", says))


def under(sheet: Sheet) -> None:
    """Write the initiatives that are part of this one."""

    def says(initiative: Record) -> list[tuple[Fact, str]]:
        return [(f, "") for f in initiative.all("parent") if f.value == sheet.record.id]

    _section(sheet, "parts of it", _referring(sheet, "initiative", says))


def parts(sheet: Sheet) -> None:
    """Write the events that are part of an event, and what was promised at it."""
    library = sheet.library
    near = [library.record(n) for n in library.referring(sheet.record.id)]
    for title, field in (("part of it", "part_of"), ("promised at it", "announced_at")):
        rows = [(e, f) for e in near for f in e.all(field) if f.value == sheet.record.id]
        if not rows:
            continue
        sheet.heading(title, len(rows))
        width = column(day(event) for event, _ in rows)
        for event, fact in rows[:SECTION]:
            sheet.add(
                event.name,
                tail=sheet.ground(fact, event.id),
                stop=sheet.stop(fact, event.id, event.evidence),
                hang=((padded(day(event), width), "dim"), status_mark(event), " "),
            )
        sheet.more(SECTION, len(rows), "events")


def company(sheet: Sheet, events: Sequence[Record], kind: Kind, title: str) -> None:
    """Write who takes part in the same events, those in most of them first."""
    shared: dict[str, list[Fact]] = {}
    library = sheet.library
    for event in events:
        for name in dict.fromkeys((*event.values("actor"), *event.values("initiative"))):
            link = link_of(event, name)
            if name != sheet.record.id and library.kind_of(name) == kind and link is not None:
                shared.setdefault(name, []).append(link)
    rows: list[_Row] = []
    for name, links in sorted(shared.items(), key=lambda item: -len(item[1])):
        count = len(links)
        said = "1 event" if count == 1 else f"{count:,} events"
        if kind == "person" and (office := library.record(name).first("office")) is not None:
            said = f"{office.shown} · {said}"
        rows.append((name, links[0], said))
    _section(sheet, title, rows)


def notes(sheet: Sheet) -> None:
    """Write the editor's notes on the record."""
    found = sheet.library.notes_about(sheet.record.id)
    if not found:
        return
    sheet.heading("notes", len(found))
    for note in found[:SECTION]:
        sheet.add(
            (f"{kind_of(note)} · {note.evidence.source}: ", "dim"),
            note.text,
            stop=Stop(sheet.record.id, "note", evidence=(note.evidence,)),
            hang=((f"{NOTE} ", "planned"),),
            below=((f"meant: {note.meant}", "dim"),) if note.meant else (),
        )
    sheet.more(SECTION, len(found), "notes")


def mentions(sheet: Sheet) -> None:
    """Write in which texts the record is named, and how often."""
    counts: dict[str, int] = {}
    for mention in sheet.library.mentions_of(sheet.record.id):
        counts[mention.source] = counts.get(mention.source, 0) + 1
    if not counts:
        return
    sheet.heading("named in the text", sum(counts.values()))
    for source, count in list(counts.items())[:SECTION]:
        times = "once" if count == 1 else f"{count:,} times"
        sheet.add(
            (source, "link"),
            (f"  {sheet.library.sources[source].name} · {times}", "dim"),
            stop=Stop(sheet.record.id, "mention", opens=source),
            hang=(("· ", "faint"),),
        )
