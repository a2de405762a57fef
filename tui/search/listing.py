"""List what fields keep where no word narrows it further: everything, in the archive's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.records.record import KINDS, Kind
from tui.search.answer import PassageHit, RecordHit
from tui.search.fold import fold, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.archive import Library
    from tui.search.fields import Fields, Narrowing
    from tui.search.query import Query
    from tui.search.store import Index

_MOST = 150
_ORDER: tuple[Kind, ...] = ("event", *KINDS[:-1])
_NAMED, _KEPT = 1.0, 0.5


def records(
    library: Library, fields: Fields, narrowing: Narrowing, limit: int
) -> tuple[RecordHit, ...]:
    """Give the records that are kept: those the fields name, then events, then the others."""
    kinds = fields.records(narrowing)
    why = " · ".join(narrowing.understood)
    found: dict[str, RecordHit] = {}

    def take(record: str, reason: str, score: float) -> None:
        one = library.record(record)
        found[record] = RecordHit(record, one.kind, one.name, one.name, (), reason, score)

    for record in (record for wanted in narrowing.about for record in wanted):
        kind = library.record(record).kind
        if len(found) < limit and fields.keeps_record(narrowing, kind, record):
            take(record, "name", _NAMED)
    for kind in (kind for kind in _ORDER if kinds is None or kind in kinds):
        for record in _ids(library, kind):
            if len(found) >= limit:
                return tuple(found.values())
            if record not in found and fields.keeps_record(narrowing, kind, record):
                take(record, why, _KEPT)
    return tuple(found.values())


def passages(
    library: Library,
    index: Index,
    fields: Fields,
    narrowing: Narrowing,
    asked: Query,
    check: Callable[[], None],
) -> tuple[PassageHit, ...]:
    """Give the first passages that are kept and hold nothing of what is to be left out.

    `check` is called between sources.
    """
    why = " · ".join(narrowing.understood)
    found: list[PassageHit] = []
    for source, start, end in _places(library, index, fields, narrowing, check):
        if len(found) >= _MOST:
            break
        if not fields.keeps_passage(narrowing, source, start, end):
            continue
        if asked.without and _holds(library.text(source)[start:end], asked.without):
            continue
        lit = fields.lit(narrowing, source, start, end)
        found.append(PassageHit(source, start, end, lit, why, _KEPT))
    return tuple(found)


def _places(
    library: Library,
    index: Index,
    fields: Fields,
    narrowing: Narrowing,
    check: Callable[[], None],
) -> Iterator[tuple[str, int, int]]:
    """Walk through the passages that may be kept, each once: the fewest that are sure to do."""
    if narrowing.about:
        mentions = min(map(fields.mentions, narrowing.about), key=len)
        for source, spans in mentions.items():
            check()
            places = (index.passage_at(source, start) for start, _ in spans)
            yield from dict.fromkeys(place for place in places if place is not None)
        return
    for source in library.sources if narrowing.sources is None else sorted(narrowing.sources):
        check()
        if fields.keeps_source(narrowing, source):
            for passage in library.passages(source):
                yield source, passage.start, passage.end


def _holds(text: str, phrases: Iterable[tuple[str, ...]]) -> bool:
    words = f" {' '.join(words_in(fold(text)))} "
    return any(f" {' '.join(phrase)} " in words for phrase in phrases)


def _ids(library: Library, kind: Kind) -> Iterable[str]:
    return library.timeline.id if kind == "event" else library.rows(kind).id
