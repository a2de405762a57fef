"""`readout list promises`: what was announced, by whom, for when, and what became of it here."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tui.archive.promises import STATES, Later, Promise, is_promise, promise_of
from tui.commands import shapes
from tui.commands.page import MARKS, heading, place, put
from tui.plain import clean_line, emit
from tui.records import dates
from tui.records.marks import STATUS_MARK
from tui.records.record import date_words

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.plain import Piece
    from tui.records.record import Record


def rows(library: Library) -> list[shapes.Shape]:
    """Shape every promise, those that are open first."""
    return [_shape(promise) for promise in library.promises]


def _shape(promise: Promise) -> shapes.Shape:
    event, due = promise.event, promise.due
    elsewhere = promise.elsewhere
    by = event.first("promised_by")
    kept = (item.event for item in promise.later if item.relation == "kept")
    return {
        "id": event.id,
        "title": event.name,
        "promised_by": list(event.values("promised_by")),
        "promised_basis": by.basis if by else "not stated",
        "due": due.value if due else None,
        "due_text": due.text if due else "",
        "due_basis": due.basis if due else "not stated",
        "state": promise.state,
        "state_basis": promise.basis,
        "against": promise.against,
        "elsewhere": elsewhere.relation if elsewhere else None,
        "announced_at": list(event.values("announced_at")),
        "initiatives": list(event.values("initiative")),
        "kept_by": list(dict.fromkeys(name for name in kept if name != event.id)),
        "evidence": shapes.evidence(event.evidence),
        "later": [_later(item) for item in promise.later],
    }


def _later(item: Later) -> shapes.Shape:
    return {
        "relation": item.relation,
        "event": item.event,
        "basis": item.fact.basis,
        "why": item.fact.why,
        "url": item.fact.url,
        "evidence": shapes.evidence(item.fact.evidence),
    }


def page(library: Library) -> bool:
    """Write the promises by state; gives False where there are none."""
    found = library.promises
    every = iter(found)
    for number, (state, count) in enumerate(found.counts):
        if number:
            emit()
        put([(state, "bold"), f" {count}  ", (STATES[state], "dim")], hang=2)
        for promise in islice(every, count):
            _put(library, promise)
    return bool(found)


def put_state(library: Library, event: Record) -> None:
    """Write what became of an event that was promised; nothing of one that was not."""
    if not is_promise(event):
        return
    promise = promise_of(library, event)
    heading("promise")
    first = STATES[promise.state] if not promise.against else promise.against
    put([(promise.state, "bold"), f"  {first}"], indent=2, hang=4)
    for item in promise.later:
        _put_later(library, promise, item)


def _put(library: Library, promise: Promise) -> None:
    event = promise.event
    mark = STATUS_MARK["held" if promise.state == "kept" else "planned"]
    put([event.name, "  ", (event.id, "dim")], indent=4, first=["  ", mark, " "])
    names = [library.record(name).name for name in event.values("promised_by")]
    said = [f"promised by {', '.join(names)}" if names else "who promised it is not stated"]
    if (by := event.first("promised_by")) is not None and by.basis == "outside":
        said[0] += f" {MARKS['outside'][0]}"
    for name in event.values("announced_at"):
        at = library.record(name)
        said.append(f"at: {at.name}, {date_words(at)}")
    put([(" · ".join(said), "dim")], indent=4)
    if promise.against:
        put([(promise.against, "dim")], indent=4)
    elif promise.due is not None:
        put([(f"due {dates.label(promise.due.value, promise.due.text)}", "dim")], indent=4)
    for evidence in list(event.evidence)[:1]:
        put([(f"“{clean_line(evidence.quote)}”", "dim")], indent=4)
        put([(place(library, evidence), "dim")], indent=4)
    for item in promise.later:
        _put_later(library, promise, item)


def _put_later(library: Library, promise: Promise, item: Later) -> None:
    mark, style = MARKS[item.fact.basis]
    first: list[Piece] = ["    ", (mark, style), " "]
    told: list[Piece] = [item.relation]
    if item.event != promise.event.id:
        event = library.record(item.event)
        told.append(f" by {event.name}, {date_words(event)}  ")
        told.append((event.id, "dim"))
    put(told, indent=6, first=first)
    for evidence in item.fact.evidence:
        put([(f"“{clean_line(evidence.quote)}”", "dim")], indent=6)
        put([(place(library, evidence), "dim")], indent=6)
    for remark in (item.fact.why, item.fact.url):
        if remark:
            put([(remark, "dim")], indent=6)
