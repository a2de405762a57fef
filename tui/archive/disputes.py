"""What speaks against taking a quote at its word: editors' notes on it, and facts that differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive.library import Library
    from tui.records.evidence import Fact
    from tui.records.source import Disagreement, Note, NoteKind

DISPUTING: frozenset[NoteKind] = frozenset(
    {"translation", "damaged", "slip", "outdated", "ambiguous"}
)
"""Notes of these kinds say that a sentence does not mean, or no longer means, what it prints; the
others warn of a name or of what is left out, and leave the sentence its word."""

PASSING = frozenset({"office", "rank", "status", "due", "cadence"})
"""Fields whose values hold for a time; a name or a day that was printed does not go out of date."""

NAMING = frozenset({"name", "abbreviation", "native", "alias", "country"})
"""Fields whose values a note disputes only by saying which words of them were meant otherwise; so
it is with every link to another record."""

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "has", "have", "in", "is", "it", "its"}
    | {"of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "will", "with", "s"}
)


def disputing_notes(library: Library, source: str, start: int, end: int) -> Sequence[Note]:
    """Give the notes that dispute something inside a stretch of a source, in order.

    A note on a longer stretch, such as a whole paragraph, concerns each quote within it as well.
    """
    return [
        note
        for note in library.notes_in(source)
        if note.kind in DISPUTING
        and note.evidence.proves
        and note.evidence.start < end
        and note.evidence.end > start
    ]


def differing(library: Library, record: str, fact: Fact) -> Sequence[Disagreement]:
    """Give the disagreements that a fact of a record is one side of."""
    return [
        item
        for item in library.disagreements_about(record)
        if item.field == fact.field
        and any(
            value.value == fact.value and (value.text == fact.text or _shared(value, fact))
            for value in item.values
        )
    ]


def disputed(library: Library, record: str, fact: Fact) -> Sequence[Note]:
    """Give the notes that dispute a fact of a record, by the quotes it stands on.

    A quote is often a whole sentence, and a note on it about something else in it. A note counts
    against a fact where it names the record, or nobody, and its words are those of the value: the
    very words that were meant otherwise, where that is known. What is only out of date counts
    against what goes out of date.
    """
    found: dict[Note, None] = {}
    for evidence in fact.evidence:
        if not evidence.proves:
            continue
        for note in disputing_notes(library, evidence.source, evidence.start, evidence.end):
            if (not note.about or record in note.about) and _concerns(library, note, fact):
                found[note] = None
    return list(found)


def _concerns(library: Library, note: Note, fact: Fact) -> bool:
    if note.kind == "outdated":
        return fact.field in PASSING and fact.value != "held"
    words = _words(note.evidence.quote)
    otherwise = words - _words(note.meant) if note.meant else set()
    value = fact.text or fact.value or ""
    links = library.kind_of(value) not in (None, "source")
    if links:
        value = library.record(value).name
    if not links and fact.field not in NAMING:
        otherwise = otherwise or words
    value += " " + " ".join(said for key, said in fact.qualifiers if key == "verb")
    return bool(otherwise & _words(value))


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in _SMALL}


def _shared(one: Fact, other: Fact) -> bool:
    return bool(set(one.evidence) & set(other.evidence))
