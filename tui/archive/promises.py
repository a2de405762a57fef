"""What was announced, and whether a source here shows it kept, moved or dropped.

The state of a promise is what the archive's own sources show: evidence from outside stands beside
it and never decides. Nor does the clock: a promise is overdue where a source was written after its
time and none tells that it was kept; what no source here is late enough to know is unconfirmed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from tui.archive.columns import Lazy
from tui.records.dates import bounds, label
from tui.records.record import date_fact

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

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

ENDS: tuple[State | None, ...] = (*_DECIDING, None)
"""What became of a promise, by the numbers that are compiled; None where no source tells."""

NEVER = (1 << 31) - 1
"""Stands for the last day of what has none that a source gives."""

_KEPT = 512


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


def deadline(event: Record) -> int:
    """Give the last day on which a promise may be kept; `NEVER` where no source says one."""
    due = due_fact(event)
    if due is None or due.value is None or due.basis == "outside":
        return NEVER
    last = bounds(due.value)[1]
    return NEVER if last is None else last


def ending(told: Iterable[str]) -> int:
    """Give the number in `ENDS` of what became of a promise of which sources tell so much."""
    known = frozenset(told)
    return next((n for n, state in enumerate(_DECIDING) if state in known), len(_DECIDING))


def is_kept(event: Record) -> bool:
    """Tell whether a source that does not promise the event itself has it as held."""
    return any(fact.basis != "outside" for fact in _held(event))


def relations(event: Record) -> Iterator[tuple[Relation, str]]:
    """Walk through what the sources of an event tell of promises: what became of which."""
    for field, relation in RELATIONS.items():
        for fact in event.all(field):
            if fact.value and fact.basis != "outside":
                yield relation, fact.value


def first_day(source: Source) -> tuple[int, Fact | None]:
    """Give the first day on which a source was published, and the fact that says it.

    Only a date that the source itself prints or implies counts; (0, None) where there is none.
    """
    best: tuple[int, Fact | None] = (0, None)
    for fact in source.all("published"):
        if fact.basis != "outside" and fact.value is not None:
            first = bounds(fact.value)[0]
            if first is not None and first > best[0]:
                best = (first, fact)
    return best


def reach(source: Source) -> tuple[str, str, int]:
    """Give a source, its date in words, and that date's first day."""
    day, fact = first_day(source)
    return source.id, label(fact.value, fact.text) if fact else "", day


class Promises(Lazy[Promise]):
    """Promises by state, those that are open first, each group in the order of the timeline.

    What became of them is compiled: a promise itself is made when it is asked for. `positions` are
    those of the timeline, `counts` how many there are of each state that there are any of.
    """

    def __init__(self, library: Library, groups: Iterable[tuple[State, array[int]]]) -> None:
        self._library = library
        self._groups = [(state, group) for state, group in groups if group]
        self._ends = list(accumulate((len(group) for _, group in self._groups), initial=0))
        self._made: dict[int, Promise] = {}

    @property
    def counts(self) -> list[tuple[State, int]]:
        """Count the promises by state, in their order."""
        return [(state, len(group)) for state, group in self._groups]

    @property
    def open(self) -> int:
        """Count those of which no source here shows how they ended."""
        return sum(count for state, count in self.counts if state not in _DECIDING)

    def among(self, positions: Container[int]) -> Promises:
        """Give those at some positions of the timeline."""
        groups = ((s, array("I", filter(positions.__contains__, g))) for s, g in self._groups)
        return Promises(self._library, groups)

    def index_of(self, position: int) -> int:
        """Give the place of the promise at a position of the timeline; -1 where it is none."""
        for (_, group), first in zip(self._groups, self._ends, strict=False):
            at = bisect_left(group, position)
            if at < len(group) and group[at] == position:
                return first + at
        return -1

    def event(self, index: int) -> str:
        """Give the id of a promise."""
        return self._library.timeline.id[self._position(index)]

    def _position(self, index: int) -> int:
        number = bisect_left(self._ends, index + 1) - 1
        return self._groups[number][1][index - self._ends[number]]

    def __len__(self) -> int:
        return self._ends[-1]

    def _at(self, index: int) -> Promise:
        promise = self._made.get(index)
        if promise is None:
            promise = promise_of(self._library, self._library.record(self.event(index)))
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[index] = promise
        return promise


def promises(library: Library) -> Promises:
    """Give all promises; what became of them is known without reading one."""
    _, _, reached = library.reach
    groups = {state: array("I") for state in STATES}
    late, unconfirmed = groups["overdue here"], groups["unconfirmed here"]
    of = [groups[state] if state else unconfirmed for state in ENDS]
    still = len(_DECIDING)
    for position, end, day in zip(*library.deadlines, strict=True):
        (late if end == still and day < reached else of[end]).append(position)
    return Promises(library, groups.items())


def _held(event: Record) -> list[Fact]:
    """Give where the record of a planned event has it as held."""
    said = event.all("status")
    planned = any(f.value == "planned" and f.basis != "outside" for f in said)
    return [fact for fact in said if fact.value == "held"] if planned else []


def _later(library: Library, event: Record) -> Iterator[Later]:
    for fact in _held(event):
        yield Later("kept", event.id, fact)
    for name in library.referring(event.id):
        if library.kind_of(name) != "event":
            continue
        for field, relation in RELATIONS.items():
            for fact in library.record(name).all(field):
                if fact.value == event.id:
                    yield Later(relation, name, fact)
