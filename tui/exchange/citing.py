"""What is copied out of an archive: a passage with its source, a fact with what it stands on.

Everything here is as the archive knows it. What a source does not say is empty, never filled in;
each format says it its own way, or leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.archive.disputes import disputing_notes
from tui.exchange.links import checked_link
from tui.plain import http_url
from tui.records.dates import DateError, label
from tui.records.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.archive import Library
    from tui.records.evidence import Evidence, Fact
    from tui.records.source import Source

NO_DATE = "no date"


@dataclass(frozen=True, slots=True)
class Known:
    """A value with its basis; empty where nothing is known."""

    value: str = ""
    basis: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return self.value if self.basis in ("", "stated") else f"{self.value} ({self.basis})"


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage and all that a citation says of it.

    `quote` is the text as it stands in the source, line ends included. `name` is the archive's own
    label for a source, used where no title is known. `edtf` is the date of publication for
    machines, empty where only words are known; `when` the same for people. `remarks` are the notes
    of editors that dispute the passage.
    """

    source: str
    quote: str
    link: str
    name: str
    title: Known
    author: Known
    publisher: Known
    edtf: str
    when: Known
    url: Known
    language: Known
    paragraph: int
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Passages, and the value that they are quoted for; the value is empty for passages alone."""

    quotes: tuple[Cited, ...]
    about: str = ""
    field: str = ""
    value: str = ""
    basis: str = ""
    why: str = ""
    url: str = ""

    @property
    def says(self) -> str:
        """Say the value and whose it is, in a line."""
        if not self.field:
            return ""
        value = f"{self.value} ({self.basis})" if self.value else self.basis
        return f"{self.about} · {self.field}: {value}"


def cite(library: Library, source_id: str, start: int, end: int) -> Cited:
    """Give what a citation of a passage says."""
    source = library.sources[source_id]
    published = source.first("published")
    url = _known(source, "url")
    return Cited(
        source=source_id,
        quote=library.text(source_id)[start:end],
        link=checked_link(library, source_id, start, end),
        name=source.name,
        title=_known(source, "title"),
        author=_known(source, "author"),
        publisher=_known(source, "publisher"),
        edtf=published.value or "" if published else "",
        when=_when(published),
        url=Known(http_url(url.value) or "", url.basis),
        language=_known(source, "language"),
        paragraph=next((p.paragraph for p in library.passages(source_id) if p.end > start), 0),
        remarks=tuple(
            f"{note.kind}. {note.text}" + (f" Meant: {note.meant}." if note.meant else "")
            for note in disputing_notes(library, source_id, start, end)
        ),
    )


def claim(library: Library, about: str, field: str, fact: Fact | None) -> Claim:
    """Give a fact with what it stands on; None for a field that no source states."""
    kind = library.kind_of(about)
    name = library.record(about).name if kind not in (None, "source") else about
    words = next((f.label for f in FIELDS.get(kind or "", ()) if f.name == field), field)
    if fact is None:
        count = len(library.sources)
        basis = f"not stated in {count} source{'s' * (count != 1)}"
        return Claim((), name, words, "", basis)
    quotes = cite_all(library, fact.evidence)
    return Claim(quotes, name, words, value_words(library, fact), fact.basis, fact.why, fact.url)


def cite_all(library: Library, evidence: Iterable[Evidence]) -> tuple[Cited, ...]:
    """Give the citations of the quotes that prove something."""
    return tuple(cite(library, e.source, e.start, e.end) for e in evidence if e.proves)


def value_words(library: Library, fact: Fact) -> str:
    """Write a value for people: a date as known, a name for an id, qualifiers behind it."""
    shown = fact.shown
    if fact.value and _shape(fact.field) == "date":
        try:
            shown = label(fact.value, fact.text)
        except DateError:
            shown = fact.shown
    elif fact.value and library.kind_of(fact.value) not in (None, "source"):
        shown = library.record(fact.value).name
    narrower = []
    for key, words in fact.qualifiers:
        if key == "term":
            narrower.append(label(words))
        elif library.kind_of(words) not in (None, "source"):
            narrower.append(library.record(words).name)
        else:
            narrower.append(f"“{words}”" if key == "verb" else words)
    return ", ".join((shown, *narrower))


def _shape(name: str) -> str:
    shapes = {field.shape for fields in FIELDS.values() for field in fields if field.name == name}
    return shapes.pop() if len(shapes) == 1 else "text"


def _known(source: Source, field: str) -> Known:
    fact = source.first(field)
    return Known(fact.shown, fact.basis) if fact and fact.shown else Known()


def _when(published: Fact | None) -> Known:
    if published is None or not (published.value or published.text):
        return Known()
    return Known(label(published.value, published.text), published.basis)
