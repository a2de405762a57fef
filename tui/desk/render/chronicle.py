"""What happened, on a card: the life of an initiative, whom a person met, what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.sheet import SECTION, Words, column, day, fitting, padded, status_mark
from tui.records import dates
from tui.records.fields import STAGES, TO_COME, field_of, stage_of
from tui.records.record import date_fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.desk.render.sheet import Sheet
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Record
    from tui.records.source import Mention

MEETINGS = frozenset(["meeting", "call", "summit", "visit"])
TOGETHER = ("", "participant")
"""The roles of those who meet; whoever reports on a meeting or is spoken of did not meet."""
_RANK = {stage: rank for rank, stage in enumerate(STAGES)}
_STAGE_WIDTH = max(map(len, (*STAGES, "established")))


def link_of(event: Record, record: str) -> Fact | None:
    """Give the fact that ties a record to an event, the one that says most of it."""
    fields = ("actor", "initiative", "promised_by")
    facts = [f for f in event.facts if f.field in fields and f.value == record]
    return min(facts, key=lambda f: (f.basis == "outside", not f.qualifiers), default=None)


def life(sheet: Sheet, events: Sequence[Record]) -> set[str]:
    """Write the steps in an initiative's life in time order; give the events that are steps."""
    record = sheet.record
    steps: list[tuple[str, Record | None, Fact]] = []
    for held in events:
        link = link_of(held, record.id)
        if link is None:
            continue
        stage = stage_of(held.type, record.type, link.qualifier("stage"), link.qualifier("role"))
        if stage:
            steps.append((stage, held, link))
    founded = list(record.all("established"))
    if not steps and not founded:
        sheet.silence(field_of("initiative", "established"))
        return set()
    steps += [("established", None, fact) for fact in founded]
    steps.sort(key=_order)
    sheet.heading("life", len(steps))
    days = [_day(event, fact) for _, event, fact in steps]
    width = column(days)
    hang: list[Words]
    if not founded:
        hang = [padded("", width), (padded("established", _STAGE_WIDTH), "strong")]
        sheet.silence(field_of("initiative", "established"), hang)
    for (stage, event, fact), written in zip(steps, days, strict=True):
        called = (padded(stage, _STAGE_WIDTH), "strong")
        if event is not None and _is_to_come(event):
            called = (padded(TO_COME[stage], _STAGE_WIDTH), "dim")
        hang = [(padded(written, width), "dim"), called]
        if event is None:
            words = f"“{fact.text}”" if fact.text else ""
            hang.append("  ")  # where the others have the mark of their status
            tail = (*sheet.against(fact), *sheet.ground(fact))
            sheet.add((words, "dim"), tail=tail, stop=sheet.stop(fact), hang=hang)
            sheet.reason(fact.why, width + 2)
            continue
        mark, role = status_mark(event)
        sheet.add(
            event.name,
            tail=sheet.ground(fact, event.id),
            stop=sheet.stop(fact, event.id, _dating(event)),
            hang=[*hang, (f"{mark} ", role)],
        )
    return {event.id for _, event, _ in steps if event is not None}


def _day(event: Record | None, fact: Fact) -> str:
    if event is not None:
        return day(event)
    return fitting(dates.short(fact.value, fact.text, fact.basis))


def _is_to_come(event: Record) -> bool:
    status = event.first("status")
    return status is not None and status.value == "planned"


def _order(step: tuple[str, Record | None, Fact]) -> tuple[bool, int, int]:
    """Give a step's place in a life: by its first day, and by what commonly comes first.

    What is only planned comes by its last day, or a plan for a year would stand before the day of
    that year on which it was made; an open start comes by its end, what has no date last.
    """
    stage, event, fact = step
    known = date_fact(event) if event is not None else fact
    first, last = dates.bounds(known.value) if known is not None and known.value else (None, None)
    if event is not None and _is_to_come(event):
        first = last
    found = first if first is not None else last
    return found is None, found or 0, _RANK.get(stage, len(_RANK))


def happenings(sheet: Sheet, events: Sequence[Record], title: str, whole: int) -> None:
    """Write events in time order, each with the verb that its source uses of this record."""
    if not events:
        return
    sheet.heading(title, whole)
    days = [day(event) for event in events[:SECTION]]
    width = column(days)
    for event, written in zip(events, days, strict=False):
        link = link_of(event, sheet.record.id)
        fact = link or event.first("status") or next(iter(event.facts), None)
        mark, role = status_mark(event)
        verb = link.qualifier("verb") if link is not None else ""
        part = link.qualifier("role") if link is not None and not verb else ""
        said = f"“{verb}”" if verb else part
        if fact is None:
            continue
        sheet.add(
            event.name,
            beside=((said, "dim"),),
            tail=sheet.ground(fact, event.id),
            stop=sheet.stop(fact, event.id, event.evidence),
            hang=[(padded(written, width), "dim"), (f"{mark} ", role)],
        )
    sheet.more(SECTION, whole, "events")


def met(sheet: Sheet, events: Sequence[Record]) -> None:
    """Write whom a person met, when, where, and in the words of which verb."""
    rows = [row for event in events if event.type in MEETINGS for row in _met(sheet, event)]
    if not rows:
        return
    sheet.heading("met", len(rows))
    width = column(day(event) for event, _, _ in rows[:SECTION])
    for event, own, other in rows[:SECTION]:
        mark, role = status_mark(event)
        verb = other.qualifier("verb") or own.qualifier("verb")
        place = event.first("place")
        where = place.shown if place is not None and place.basis != "outside" else ""
        told = [*([where] if where else []), event.name]
        shared = [e for e in own.evidence if e in other.evidence]
        sheet.add(
            (sheet.name(other.value or ""), "link"),
            (f"  “{verb}”" if verb else "", ""),
            beside=((" · ".join(told), "dim"),),
            tail=sheet.ground(other, event.id),
            stop=sheet.stop(other, other.value or "", [*shared, *own.evidence]),
            hang=[(padded(day(event), width), "dim"), (f"{mark} ", role)],
        )
    sheet.more(SECTION, len(rows), "meetings")


def _met(sheet: Sheet, event: Record) -> Iterator[tuple[Record, Fact, Fact]]:
    own = link_of(event, sheet.record.id)
    if own is None or own.field != "actor" or own.qualifier("role") not in TOGETHER:
        return
    for name in event.values("actor"):
        other = link_of(event, name)
        if name == sheet.record.id or sheet.library.kind_of(name) != "person" or other is None:
            continue
        if other.qualifier("role") in TOGETHER:
            yield event, own, other


def said(sheet: Sheet, events: Sequence[Record]) -> None:
    """Write what somebody said, as it is printed, in time order and each statement once."""
    rows: dict[str, tuple[Record, Fact]] = {}
    mentions = sheet.library.mentions_of(sheet.record.id)
    for event in events:
        for fact in event.all("said"):
            best = fact.shown not in rows or _speaking(event, sheet.record.id)
            if best and _speaks(sheet, event, fact, mentions):
                rows[fact.shown] = (event, fact)
    if not rows:
        return
    sheet.heading("said, as printed", len(rows))
    width = column(day(event) for event, _ in rows.values())
    for words, (event, fact) in list(rows.items())[:SECTION]:
        sheet.add(
            f"“{words.strip('“”')}”",
            tail=sheet.ground(fact, event.id),
            stop=sheet.stop(fact, event.id),
            hang=[(padded(day(event), width), "dim")],
            below=[(f"as “{fact.qualifier('speaker')}” · {event.name}", "dim")],
        )
    sheet.more(SECTION, len(rows), "statements")


def _speaking(event: Record, record: str) -> bool:
    link = link_of(event, record)
    return link is not None and link.qualifier("role") in ("speaker", "author")


def _speaks(sheet: Sheet, event: Record, fact: Fact, mentions: Sequence[Mention]) -> bool:
    """Tell whether this record is the speaker: by id, by name, or as its quote names the speaker.

    A speaker is printed as the source has him, "Secretary Austin"; who that is the mentions in the
    quote say. Where no speaker is given, the one speaker of the event is meant.
    """
    record, speaker = sheet.record, fact.qualifier("speaker")
    if speaker in (record.id, record.name, *record.aliases):
        return True
    if not speaker:
        speakers = [f.value for f in event.all("actor") if f.qualifier("role") == "speaker"]
        return speakers == [record.id]
    return any(
        mention.source == evidence.source
        and evidence.start <= mention.start
        and mention.end <= evidence.end
        and evidence.quote[mention.start - evidence.start : mention.end - evidence.start] in speaker
        for evidence in fact.evidence
        for mention in mentions
    )


def _dating(event: Record) -> tuple[Evidence, ...]:
    fact = date_fact(event)
    return fact.evidence if fact is not None else ()
