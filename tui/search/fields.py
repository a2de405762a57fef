"""Fields in what a person types: read them, and say what of an archive they keep.

A field is one of `NAMES`, a colon and a word or a quoted name. What does not resolve is no field.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tui.records import dates
from tui.records.record import KINDS, PLURALS
from tui.search import query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyroaring import AbstractBitMap as Numbers

    from tui.archive import Library
    from tui.search.lookup import Lookup

NAMES = ("actor", "initiative", "source", "type", "from", "to", "kind")
ACTORS = frozenset(("person", "organization", "state"))
PASSAGE = "passage"

_LEAST = 0.41
"""Below this, a name is not meant: the lookup found some of its words."""
_QUOTES = '"“”„«»'
_FIELD = re.compile(
    rf"(?:(?<=\s)|^)(?:-?[{_QUOTES}][^{_QUOTES}]+[{_QUOTES}](?=\s|$)|"
    rf"({'|'.join(NAMES)}):(?:[{_QUOTES}]([^{_QUOTES}]+)(?:[{_QUOTES}](?=\s|$)|$)"
    rf"|([^\s{_QUOTES}]+)(?=\s|$)))",
    re.IGNORECASE,
)
_KINDS: dict[str, str] = {
    **{kind: kind for kind in KINDS},
    **{plural: kind for kind, plural in PLURALS.items()},
    PASSAGE: PASSAGE,
    "passages": PASSAGE,
}
_SHOWN = 3
_REMEMBERED = 8


class Narrowing(NamedTuple):
    """What the fields of a query keep; None and empty keep everything.

    `about` holds, for each field that names a record, the records that it may mean: a hit has to
    do with one of each. `understood` says field by field what was read.
    """

    understood: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    types: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    about: tuple[tuple[str, ...], ...] = ()
    earliest: int | None = None
    latest: int | None = None

    @property
    def dated(self) -> bool:
        """Tell whether only what has a date is kept."""
        return self.earliest is not None or self.latest is not None

    def within(self, earliest: int | None, latest: int | None, only: str | None) -> Narrowing:
        """Narrow further: to days, and to one kind."""
        kinds = self.kinds
        if only is not None:
            kinds = frozenset({only}) if kinds is None else kinds & {only}
        return self._replace(
            earliest=_last(self.earliest, earliest), latest=_first(self.latest, latest), kinds=kinds
        )


def _last(one: int | None, other: int | None) -> int | None:
    return max((day for day in (one, other) if day is not None), default=None)


def _first(one: int | None, other: int | None) -> int | None:
    return min((day for day in (one, other) if day is not None), default=None)


class Fields:
    """Resolves fields in one archive, and tells what they keep."""

    def __init__(self, library: Library, lookup: Lookup) -> None:
        self._library = library
        self._lookup = lookup
        self._named = lru_cache(maxsize=128)(self._resolve)
        self.mentions = lru_cache(maxsize=32)(self._mentions)
        self._around = lru_cache(maxsize=32)(self._records_around)
        self._of_source = lru_cache(maxsize=32)(self._records_of_source)
        self._published: dict[str, tuple[int | None, int | None] | None] = {}
        self._rows: dict[str, int] | None = None
        self.kept: dict[tuple[Narrowing, str], Numbers] = {}
        """The passages kept by a narrowing, by piece: the same from keystroke to keystroke."""

    def keep(self, narrowing: Narrowing, piece: str, numbers: Numbers) -> None:
        """Remember what is kept."""
        if len(self.kept) >= _REMEMBERED:
            self.kept.clear()
        self.kept[narrowing, piece] = numbers

    def read(self, typed: str) -> tuple[str, Narrowing]:
        """Take the fields out of a query; gives what else was typed, and what they keep."""
        narrowing = Narrowing()
        rest: list[str] = []
        at = 0
        text = typed[: query.MOST_CHARACTERS]
        for match in _FIELD.finditer(text):
            name = (match[1] or "").lower()
            value = (match[2] or match[3] or "").strip()
            further = self._further(narrowing, name, value) if name and value else None
            if further is not None:
                narrowing = further
                rest.append(text[at : match.start()])
                at = match.end()
        return (typed if not at else "".join((*rest, text[at:]))), narrowing

    def _further(self, so_far: Narrowing, name: str, value: str) -> Narrowing | None:
        """Narrow by one field more; None where its value resolves to nothing."""
        if name in ("from", "to"):
            return _dated(so_far, name, value)
        if name in ("actor", "initiative"):
            wanted = self._named(name, value)
            if not wanted:
                return None
            names = [self._library.record(record).name for record in wanted]
            more = so_far._replace(about=(*so_far.about, wanted))
            return _saying(more, name, names)
        if name == "source":
            found = value if value in self._library.sources else value.lower()
            if found not in self._library.sources:
                return None
            more = so_far._replace(sources=(so_far.sources or frozenset()) | {found})
            return _saying(more, name, [f"{found} · {self._library.sources[found].name}"])
        if name == "type":
            kept = type_of(value, self._library.timeline.type)
            if kept is None:
                return None
            more = so_far._replace(types=(so_far.types or frozenset()) | {kept})
            return _saying(more, name, [kept.replace("_", " ")])
        kind = _KINDS.get(value.lower())
        if kind is None:
            return None
        more = so_far._replace(kinds=(so_far.kinds or frozenset()) | {kind})
        return _saying(more, name, [kind])

    def _resolve(self, name: str, value: str) -> tuple[str, ...]:
        """Give the records that a name may mean: all that answer as well as the best."""
        kinds = ACTORS if name == "actor" else frozenset(("initiative",))
        if self._library.kind_of(value.lower()) in kinds:
            return (value.lower(),)
        hits = self._lookup.find(query.read(value), only=kinds)
        best = hits[0].score if hits else 0.0
        return tuple(hit.id for hit in hits if hit.score == best >= _LEAST)

    def _mentions(self, wanted: tuple[str, ...]) -> dict[str, list[tuple[int, int]]]:
        """Give where any of the records is mentioned, by source and in order.

        Events have no names: what is quoted for them stands for them, passage by passage.
        """
        found: dict[str, list[tuple[int, int]]] = {}
        for record in wanted:
            if self._library.kind_of(record) == "event":
                for source, start, end in self._quoted(record):
                    found.setdefault(source, []).append((start, end))
            for mention in self._library.mentions_of(record):
                found.setdefault(mention.source, []).append((mention.start, mention.end))
        return {source: sorted(spans) for source, spans in found.items()}

    def _quoted(self, event: str) -> Iterator[tuple[str, int, int]]:
        for quote in self._library.record(event).evidence:
            if quote.proves:
                for passage in self._library.passages(quote.source):
                    start, end = max(quote.start, passage.start), min(quote.end, passage.end)
                    if start < end:
                        yield quote.source, start, end

    def _records_around(self, wanted: tuple[str, ...]) -> frozenset[str]:
        """Give the records and events that have to do with any of the records."""
        found = set(wanted)
        for record in wanted:
            found.update(self._library.linked(record), self._library.events_of(record))
        return frozenset(found)

    def _records_of_source(self, source: str) -> frozenset[str]:
        library = self._library
        found = {proof.record for proof in library.evidence_in(source)}
        return frozenset(found.union(mention.record for mention in library.mentions_in(source)))

    def passages(self, narrowing: Narrowing) -> bool:
        """Tell whether passages are among what is kept; a type is something that events have."""
        return narrowing.types is None and (narrowing.kinds is None or PASSAGE in narrowing.kinds)

    def records(self, narrowing: Narrowing) -> frozenset[str] | None:
        """Give the kinds of records that are kept, None for all."""
        kinds = narrowing.kinds
        if narrowing.types is not None or narrowing.dated:
            return frozenset(("event",)) if kinds is None else kinds & {"event"}
        return kinds

    def keeps_record(self, narrowing: Narrowing, kind: str, record: str) -> bool:
        """Tell whether a record of some kind is kept."""
        kinds = self.records(narrowing)
        if kinds is not None and kind not in kinds:
            return False
        if not all(record in self._around(wanted) for wanted in narrowing.about):
            return False
        sources = narrowing.sources
        if sources is not None and not any(record in self._of_source(s) for s in sources):
            return False
        if narrowing.types is None and not narrowing.dated:
            return True
        timeline = self._library.timeline
        if self._rows is None:
            self._rows = {event: row for row, event in enumerate(timeline.id)}
        row = self._rows.get(record)
        if row is None or not (narrowing.types is None or timeline.type[row] in narrowing.types):
            return False
        return _meets(narrowing, timeline.earliest[row], timeline.latest[row])

    def keeps_source(self, narrowing: Narrowing, source: str) -> bool:
        """Tell whether passages of a source may be kept: by its name and when it was published."""
        if narrowing.sources is not None and source not in narrowing.sources:
            return False
        if not narrowing.dated:
            return True
        if source not in self._published:
            fact = self._library.sources[source].first("published")
            self._published[source] = dates.bounds(fact.value) if fact and fact.value else None
        days = self._published[source]
        return days is not None and _meets(narrowing, *days)

    def keeps_passage(self, narrowing: Narrowing, source: str, start: int, end: int) -> bool:
        """Tell whether a passage is kept: by its source and by who is mentioned in it."""
        return self.keeps_source(narrowing, source) and all(
            next(_inside(self.mentions(wanted).get(source, ()), start, end), None)
            for wanted in narrowing.about
        )

    def lit(
        self, narrowing: Narrowing, source: str, start: int, end: int
    ) -> tuple[tuple[int, int], ...]:
        """Give where in a passage the records of the fields are mentioned, each place once."""
        spans = {
            span
            for wanted in narrowing.about
            for span in _inside(self.mentions(wanted).get(source, ()), start, end)
        }
        return tuple(sorted(spans))


def type_of(value: str, types: Iterable[str]) -> str | None:
    """Give the type that is written so; blanks, hyphens and underscores are alike."""
    wanted = re.sub(r"[\s_-]+", "_", value.strip().lower())
    return wanted if wanted in types else None


def _inside(
    spans: list[tuple[int, int]] | tuple[()], start: int, end: int
) -> Iterator[tuple[int, int]]:
    at = bisect_left(spans, (start, 0))
    while at < len(spans) and spans[at][0] < end:
        if spans[at][1] <= end:
            yield spans[at]
        at += 1


def _meets(narrowing: Narrowing, first: int | None, last: int | None) -> bool:
    """Tell whether days may lie within those that are kept; what has no date does not."""
    if not narrowing.dated:
        return True
    if first is None and last is None:
        return False
    earliest, latest = narrowing.earliest, narrowing.latest
    too_early = earliest is not None and last is not None and last < earliest
    too_late = latest is not None and first is not None and first > latest
    return not too_early and not too_late


def _dated(so_far: Narrowing, name: str, value: str) -> Narrowing | None:
    try:
        first, last = dates.bounds(value)
        said = dates.label(value)
    except dates.DateError:
        return None
    day = first if name == "from" else last
    if day is None:
        return None
    if name == "from":
        more = so_far._replace(earliest=_last(so_far.earliest, day))
    else:
        more = so_far._replace(latest=_first(so_far.latest, day))
    return _saying(more, name, [said])


def _saying(narrowing: Narrowing, name: str, meant: list[str]) -> Narrowing:
    said = " or ".join(meant[:_SHOWN])
    if len(meant) > _SHOWN:
        said += f" or {len(meant) - _SHOWN} more"
    return narrowing._replace(understood=(*narrowing.understood, f"{name}: {said}"))
