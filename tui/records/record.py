"""Records: events, actors and initiatives as bundles of facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.records.dates import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.records.evidence import Evidence, Fact

Kind = Literal["event", "person", "organization", "state", "initiative"]
KINDS: tuple[Kind, ...] = ("person", "organization", "state", "initiative", "event")
PLURALS: dict[Kind, str] = {
    "event": "events",
    "person": "people",
    "organization": "organizations",
    "state": "states",
    "initiative": "initiatives",
}


@dataclass(frozen=True, slots=True)
class Record:
    """An event, an actor (person, organization, state) or an initiative.

    `name` is the archive's headword, `type` the event's type or the initiative's category, `code`
    a state's ISO 3166-1 alpha-3 code, `family` a person's family name; these four are the
    editor's labels. Everything that claims something about the world is a fact.
    """

    id: str
    kind: Kind
    name: str
    facts: tuple[Fact, ...]
    type: str = ""
    code: str = ""
    family: str = ""
    file: str = ""
    line: int = 0

    def all(self, field: str) -> tuple[Fact, ...]:
        """Give the facts of one field, in the order of the file."""
        return tuple(fact for fact in self.facts if fact.field == field)

    def first(self, field: str) -> Fact | None:
        """Give the fact of one field to show first: stated before inferred before outside."""
        order = {"stated": 0, "inferred": 1, "outside": 2, "not stated": 3}
        return min(self.all(field), key=lambda fact: order[fact.basis], default=None)

    def values(self, field: str) -> tuple[str, ...]:
        """Give the distinct values of one field, in the order of the file."""
        return tuple(dict.fromkeys(f.value for f in self.all(field) if f.value is not None))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Give every other name the record is known by, the wrong ones as well."""
        names = (f.value for name in NAME_FIELDS for f in self.all(name) if f.value)
        return tuple(dict.fromkeys(name for name in names if name != self.name))

    @property
    def evidence(self) -> Iterator[Evidence]:
        """Walk through the evidence of all facts, each quote once."""
        return iter(dict.fromkeys(e for fact in self.facts for e in fact.evidence))


NAME_FIELDS = ("name", "abbreviation", "native", "alias", "misnomer")
"""Fields whose values name the record; `misnomer` is a name that a source prints by mistake."""


def date_fact(event: Record, field: str = "date") -> Fact | None:
    """Give the date by which an event is shown and sorted.

    What the sources date, by print or by inference, comes first; then the words of a source that
    gives no year; a date from outside only where the sources say nothing of time at all, so that
    an article which cannot be dated is not dated by the back door.
    """
    order = {"stated": 0, "inferred": 1, "outside": 2, "not stated": 3}
    return min(
        event.all(field),
        key=lambda fact: (fact.basis == "outside", fact.value is None, order[fact.basis]),
        default=None,
    )


def date_words(event: Record) -> str:
    """Say when an event was: as the sources have it, and beside it what is known from outside."""
    fact = date_fact(event)
    if fact is None:
        return label(None)
    words = label(fact.value, fact.text, fact.basis)
    if fact.value is None:
        outside = next((f for f in event.all("date") if f.basis == "outside" and f.value), None)
        if outside is not None:
            words += f" · {label(outside.value, '', 'outside')}"
    return words
