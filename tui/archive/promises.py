"""What was announced, and whether a source here shows it kept, moved or dropped.

The state of a promise is what the archive's own sources show: evidence from outside stands beside
it and never decides. Nor does the clock: a promise is overdue where a source was written after its
time and none tells that it was kept; what no source here is late enough to know is unconfirmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.records.dates import bounds, label
from tui.records.record import date_fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.archive.library import Library
    from tui.records.evidence import Basis, Fact
    from tui.records.record import Record
    from tui.records.source import Source

Relation = Literal["kept", "moved", "dropped", "followed up"]
State = Literal["overdue here", "unconfirmed here", "moved", "dropped", "kept"]

STATES: dict[State, str] = {
    "overdue here": "its time is past and no source here says what became of it",
    "unconfirmed here": "no source here is later than its time, or no time was given",
    "moved": "put off or changed",
    "dropped": "given up",
    "kept": "a source here shows it kept",
}
"""The states of a promise in the order in which they are listed: what is open comes first."""

RELATIONS: dict[str, Relation] = {
    "fulfils": "kept",
    "moves": "moved",
    "drops": "dropped",
    "follows": "followed up",
}
"""By the field with which a later event refers to a promise; the last leaves it open."""

_DECIDING: tuple[State, ...] = ("kept", "dropped", "moved")


@dataclass(frozen=True, slots=True)
class Later:
    """What is known of a promise since: the event that tells, and the fact that it stands on.

    Where the promise's own record says that it was held, the event is the promise itself.
    """

    relation: Relation
    event: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Promise:
    """Something announced: by whom, for when, and what became of it as far as is known here."""

    event: Record
    due: Fact | None
    state: State
    against: str
    later: tuple[Later, ...] = ()

    @property
    def basis(self) -> Basis:
        """Give what the state stands on; `not stated` where no source tells."""
        found = [item for item in self.later if item.relation == self.state]
        order: tuple[Basis, ...] = ("stated", "inferred")
        return next((b for b in order for item in found if item.fact.basis == b), "not stated")

    @property
    def elsewhere(self) -> Later | None:
        """Give what is known from outside the archive of how it ended."""
        outside = (item for item in self.later if item.fact.basis == "outside")
        return next((item for item in outside if item.relation in _DECIDING), None)

    @property
    def is_open(self) -> bool:
        """Tell whether no source here shows how it ended."""
        return self.state not in _DECIDING


def is_promise(event: Record) -> bool:
    """Tell whether a source announces an event as still to come, or somebody promises in it."""
    return any(
        fact.field == "promised_by"
        or (fact.field == "status" and fact.value == "planned" and fact.basis != "outside")
        for fact in event.facts
    )


def promise_of(library: Library, event: Record) -> Promise:
    """Say what became of a promise, as far as the archive knows."""
    due = due_fact(event)
    later = tuple(_later(library, event))
    decided = {item.relation for item in later if item.fact.basis != "outside"}
    state = next((state for state in _DECIDING if state in decided), None)
    if state is not None:
        return Promise(event, due, state, "", later)
    words = label(due.value, due.text, due.basis) if due else ""
    source, reached, day = library.reach
    last = bounds(due.value)[1] if due and due.value else None
    if due is None:
        return Promise(event, due, "unconfirmed here", "no time was given", later)
    if due.value is None:
        against = f"“{due.text}” names no day to hold it to"
        return Promise(event, due, "unconfirmed here", against, later)
    if due.basis == "outside" or last is None:
        against = f"due {words}, which " + ("has no end" if last is None else "no source here says")
        return Promise(event, due, "unconfirmed here", against, later)
    if source and last < day:
        against = f"due {words}, and the archive reaches to {reached} ({source})"
        return Promise(event, due, "overdue here", against, later)
    against = f"due {words}, and no source here is known to be later"
    return Promise(event, due, "unconfirmed here", against, later)


def due_fact(event: Record) -> Fact | None:
    """Give when a promise falls due: as promised, or else when the planned event is to be."""
    planned = "planned" in event.values("status")
    own = date_fact(event, "due")
    if own is not None or not planned:
        return own
    date = date_fact(event)
    return date if date is not None and date.basis != "outside" else None


def reach(sources: Iterable[Source]) -> tuple[str, str, int]:
    """Say how far sources reach: the latest one, its date, and that date's first day.

    Only dates that the sources themselves print or imply count; ("", "", 0) where there is none.
    """
    best = ("", "", 0)
    for source in sources:
        for fact in source.all("published"):
            if fact.basis == "outside" or fact.value is None:
                continue
            first = bounds(fact.value)[0]
            if first is not None and first > best[2]:
                best = (source.id, label(fact.value, fact.text), first)
    return best


def promises(library: Library) -> list[Promise]:
    """Give all promises, those that are open first, each group in the order of the timeline."""
    order = {state: number for number, state in enumerate(STATES)}
    found = [promise_of(library, library.record(event)) for event in library.promised]
    return sorted(found, key=lambda promise: order[promise.state])


def _later(library: Library, event: Record) -> Iterator[Later]:
    planned = any(f.value == "planned" and f.basis != "outside" for f in event.all("status"))
    for fact in event.all("status"):
        if planned and fact.value == "held":
            yield Later("kept", event.id, fact)
    for name in library.referring(event.id):
        if library.kind_of(name) != "event":
            continue
        for field, relation in RELATIONS.items():
            for fact in library.record(name).all(field):
                if fact.value == event.id:
                    yield Later(relation, name, fact)
