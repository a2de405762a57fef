"""Sources, their passages, the notes on them and the places where they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tui.records.evidence import Evidence, Fact

NoteKind = Literal[
    "translation", "damaged", "slip", "name-trap", "outdated", "ambiguous", "unsourced", "omission"
]
NOTE_KINDS: dict[NoteKind, str] = {
    "translation": "machine translation says something else than was meant",
    "damaged": "the sentence is broken, cut off or misprinted",
    "slip": "an error of fact, spelling or grammar of the author",
    "name-trap": "a name that is easily taken for another",
    "outdated": "was so when written and is not any more",
    "ambiguous": "can be read in two ways; both are recorded",
    "unsourced": "a quotation or claim that the source attributes to nobody or only loosely",
    "omission": "leaves out what a reader needs: a date, a name, a title",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence-sized stretch of a source: the unit of search.

    `paragraph` counts from 1 over the source's non-blank lines.
    """

    source: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a source where an actor or an initiative is named."""

    source: str
    start: int
    end: int
    record: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document's metadata; its text is read by the archive when it is asked for.

    `facts` hold title, publisher, published, language, url, author with their basis.
    `length` is in code points, `size` in bytes, `sha256` over the bytes on disk.
    """

    id: str
    name: str
    facts: tuple[Fact, ...]
    sha256: str
    size: int
    length: int
    boilerplate: tuple[Span, ...] = ()
    short_names: tuple[tuple[str, str], ...] = ()
    file: str = ""

    def all(self, field: str) -> tuple[Fact, ...]:
        """Give the facts of one field, in the order of the file."""
        return tuple(fact for fact in self.facts if fact.field == field)

    def first(self, field: str) -> Fact | None:
        """Give the fact of one field to show first: stated before inferred before outside."""
        order = {"stated": 0, "inferred": 1, "outside": 2, "not stated": 3}
        return min(self.all(field), key=lambda fact: order[fact.basis], default=None)


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's remark on a passage.

    `meant` is what was most likely meant, when that can be known; `about` are record ids;
    `url` is the address a remark from outside the archive stands on.
    """

    kind: NoteKind
    text: str
    evidence: Evidence
    meant: str = ""
    about: tuple[str, ...] = ()
    url: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more facts for one field that cannot all hold.

    `about` is a record or source id, or None where the matter has no record. `verdict` is an
    editor's, with `url` where it stands on something outside; empty while nobody has judged.
    """

    about: str | None
    field: str
    values: tuple[Fact, ...]
    verdict: str = ""
    url: str = ""
