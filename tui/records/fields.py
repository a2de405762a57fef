"""The fields that a record or a source may state, and how each is shaped.

One table for everybody: the file schema validates by it, the check compares by it, cards and
JSON are ordered by it. To add a field, add its line here and say in CONTRIBUTING.md what for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tui.records.record import Kind

Shape = Literal["text", "date", "link"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its shape, what it may link to, and the qualifiers its values may carry.

    `single` fields hold one value at a time, so that two stated values are a disagreement.
    A `date` field has a companion `<name>_text` in the file: the words that the source uses.
    """

    name: str
    label: str
    shape: Shape = "text"
    links: tuple[Kind, ...] = ()
    qualifiers: tuple[str, ...] = ()
    single: bool = False


ACTORS: tuple[Kind, ...] = ("person", "organization", "state")

FIELDS: dict[str, tuple[Field, ...]] = {
    "event": (
        Field("date", "date", "date", single=True),
        Field("due", "due", "date"),
        Field("place", "place"),
        Field("status", "status"),
        Field("actor", "who", "link", ACTORS, ("role", "verb")),
        Field("initiative", "initiative", "link", ("initiative",), ("role", "stage")),
        Field("promised_by", "promised by", "link", ACTORS),
        Field("announced_at", "announced at", "link", ("event",)),
        Field("part_of", "part of", "link", ("event",)),
        Field("fulfils", "keeps", "link", ("event",)),
        Field("moves", "moves", "link", ("event",)),
        Field("drops", "drops", "link", ("event",)),
        Field("follows", "follows up", "link", ("event",)),
        Field("subject", "about"),
        Field("outcome", "outcome"),
        Field("said", "said", qualifiers=("speaker",)),
        Field("purpose", "purpose"),
        Field("count", "count"),
        Field("asset", "forces"),
        Field("name", "called"),
    ),
    "person": (
        Field("office", "office", qualifiers=("organization", "term")),
        Field("rank", "rank", single=True),
        Field("country", "country", "link", ("state",), single=True),
        Field("name", "printed as"),
        Field("native", "own script"),
        Field("alias", "also"),
        Field("misnomer", "wrongly"),
    ),
    "organization": (
        Field("role", "in the texts"),
        Field("country", "country", "link", ("state",), single=True),
        Field("parent", "part of", "link", ("organization",)),
        Field("name", "printed as"),
        Field("abbreviation", "abbreviation"),
        Field("native", "own script"),
        Field("alias", "also"),
        Field("misnomer", "wrongly"),
    ),
    "state": (
        Field("name", "printed as"),
        Field("abbreviation", "abbreviation"),
        Field("native", "own script"),
        Field("alias", "also"),
        Field("misnomer", "wrongly"),
    ),
    "initiative": (
        Field("purpose", "purpose"),
        Field("covers", "covers"),
        Field("member", "members", "link", ACTORS, ("role",)),
        Field("established", "established", "date", single=True),
        Field("cadence", "how often"),
        Field("status", "status"),
        Field("parent", "part of", "link", ("initiative",)),
        Field("name", "printed as"),
        Field("abbreviation", "abbreviation"),
        Field("native", "own script"),
        Field("alias", "also"),
        Field("misnomer", "wrongly"),
    ),
    "source": (
        Field("title", "title", single=True),
        Field("publisher", "publisher", single=True),
        Field("author", "author"),
        Field("published", "published", "date", single=True),
        Field("language", "language"),
        Field("origin", "made from"),
        Field("url", "address"),
    ),
}

EVENT_TYPES: dict[str, str] = {
    "meeting": "meeting",
    "call": "video or phone talks",
    "visit": "visit",
    "summit": "summit",
    "joint_exercise": "joint exercise",
    "exercise": "exercise",
    "deployment": "deployment",
    "joint_statement": "joint statement",
    "statement": "statement",
    "decision": "decision",
    "agreement": "agreement",
    "initiative_launch": "launch of an initiative",
    "information_sharing": "information sharing",
    "troop_dispatch": "dispatch of troops",
    "missile_test": "missile or weapons test",
    "condemnation": "condemnation",
    "threat": "threat",
    "report": "report",
    "cancellation": "cancellation",
}

STATUSES: dict[str, str] = {
    "held": "took place",
    "planned": "announced or planned, not yet held when the source was written",
    "reported": "said to be so by somebody; when it began is open",
    "denied": "denied or said to be unconfirmed",
}

STAGES: dict[str, str] = {
    "proposed": "put forward or asked for, not agreed",
    "announced": "announced or promised",
    "agreed": "agreed, decided or signed",
    "launched": "set up, launched or put into force",
    "met": "met, as a body or a series of meetings does",
    "delivered": "carried out: an exercise, a deployment, an exchange",
    "reviewed": "judged or changed, and goes on",
    "ended": "cancelled, dropped or over",
}
"""Steps in the life of an initiative, as an event's link to it says by `stage`."""

TO_COME: dict[str, str] = {
    "proposed": "to propose",
    "announced": "to announce",
    "agreed": "to agree",
    "launched": "to launch",
    "met": "to meet",
    "delivered": "to deliver",
    "reviewed": "to review",
    "ended": "to end",
}
"""What a step is called while it is only planned."""

STAGE_OF_TYPE: dict[str, str] = {
    "meeting": "met",
    "call": "met",
    "summit": "met",
    "visit": "met",
    "joint_exercise": "delivered",
    "exercise": "delivered",
    "deployment": "delivered",
    "information_sharing": "delivered",
    "troop_dispatch": "delivered",
    "missile_test": "delivered",
    "decision": "agreed",
    "agreement": "agreed",
    "initiative_launch": "launched",
    "cancellation": "ended",
}
"""The step that an event is by its type, where its link says neither `stage` nor `role`."""

CATEGORIES: dict[str, str] = {
    "body": "standing body",
    "meeting": "meeting",
    "meeting series": "meeting series",
    "exercise": "exercise",
    "framework": "framework",
    "agreement": "agreement",
    "programme": "programme",
    "policy": "policy or strategy",
    "system": "system",
    "alliance": "alliance",
}


MEETING = ("body", "meeting", "meeting series")
"""The categories of initiatives that meet; elsewhere a meeting is where something was spoken of."""


def stage_of(event_type: str, category: str, stage: str, role: str) -> str:
    """Give the step in an initiative's life that an event is; the empty string for none.

    The link's own `stage` says so. Without one, the event's type does, unless the link has a
    `role`: what an event merely touches, bolsters or gives as its reason takes no step by it.
    """
    if stage or role:
        return stage
    derived = STAGE_OF_TYPE.get(event_type, "")
    return "" if derived == "met" and category not in MEETING else derived


def field_of(kind: str, name: str) -> Field:
    """Give the field called `name` of a kind.

    Raises:
        KeyError: the kind has no such field.
    """
    for field in FIELDS[kind]:
        if field.name == name:
            return field
    raise KeyError(name)
