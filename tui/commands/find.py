"""`readout find`: records first, then the passages that answer, each with why it matched."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, get_args

from tui.commands import shapes
from tui.commands.page import MARKS, link, lit, put
from tui.commands.refusal import RefusalError
from tui.plain import clean_line, complain, emit, emit_exact, finish
from tui.records import dates
from tui.records.record import PLURALS, Kind, date_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.archive import Library
    from tui.plain import Piece
    from tui.search import Answer, Engine, PassageHit, RecordHit

LIMIT = 10
MOST = 1000
LONGEST_LINE = 65_536
ONLY: dict[str, Kind | None] = {
    **{kind: kind for kind in get_args(Kind)},
    **{plural: kind for kind, plural in PLURALS.items()},
    "records": None,
    "passages": None,
}
ORDER: tuple[Kind, ...] = ("person", "organization", "state", "initiative", "event")
_SURROGATES = re.compile("[\ud800-\udfff]")


def run(
    library: Library,
    query: str,
    *,
    limit: int = LIMIT,
    only: str | None = None,
    earliest: str | None = None,
    latest: str | None = None,
    many: bool = False,
    as_json: bool = False,
) -> int:
    """Answer one query, or with `many` each line of standard input as a line of JSON.

    Gives 0 where anything was found, else 1.

    Raises:
        RefusalError: a date or a kind that does not exist.
    """
    first, last = _bound("--from", earliest, 0), _bound("--to", latest, 1)
    if first is not None and last is not None and first > last:
        message = f"--from {earliest} is after --to {latest}"
        raise RefusalError("date", message, "give the earlier date to --from")
    from tui.commands.waiting import open_engine

    engine, _ = open_engine(library)
    asking = _Asking(engine, limit, only, first, last)
    if many:
        found = False
        for line in _lines():
            answer = asking.ask(line)
            found = found or bool(answer.records or answer.passages)
            emit_exact(shapes.dumps(shapes.find(library, answer)))
            finish()
        return 0 if found else 1
    answer = asking.ask(query)
    if as_json:
        emit_exact(shapes.dumps(shapes.find(library, answer)))
    else:
        _write(library, answer)
    return 0 if answer.records or answer.passages else 1


class _Asking:
    """One engine and what every query of a call is narrowed to."""

    def __init__(
        self,
        engine: Engine,
        limit: int,
        only: str | None,
        earliest: int | None,
        latest: int | None,
    ) -> None:
        self._engine = engine
        self._limit = max(1, min(MOST, limit))
        self._only = only
        self._earliest = earliest
        self._latest = latest

    def ask(self, query: str) -> Answer:
        answer = self._engine.find(
            _SURROGATES.sub("\ufffd", query),
            limit=self._limit,
            only=ONLY[self._only] if self._only else None,
            earliest=self._earliest,
            latest=self._latest,
        )
        for notice in answer.notices:
            complain(notice)
        if self._only == "passages":
            return answer._replace(records=())
        if self._only:
            return answer._replace(passages=())
        return answer


def _bound(option: str, edtf: str | None, end: int) -> int | None:
    if edtf is None:
        return None
    try:
        return dates.bounds(edtf)[end]
    except dates.DateError as error:
        message = f"{option} {edtf}: {error.message}"
        raise RefusalError("date", message, error.remedy, column=error.position + 1) from None


def _lines() -> Iterator[str]:
    """Read queries, one a line; a line without an end is cut, not waited for."""
    stream = sys.stdin.buffer
    while raw := stream.readline(LONGEST_LINE):
        while not raw.endswith(b"\n") and len(more := stream.readline(LONGEST_LINE)) > 0:
            if more.endswith(b"\n"):
                break
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def _write(library: Library, answer: Answer) -> None:
    if not answer.records and not answer.passages:
        complain(f"nothing found for “{clean_line(answer.query)}”")
        return
    first = True
    for kind in ORDER:
        hits = [hit for hit in answer.records if hit.kind == kind]
        if not hits:
            continue
        if not first:
            emit()
        first = False
        emit((PLURALS[kind], "bold"))
        for hit in hits:
            _write_record(library, hit)
    if answer.passages:
        if not first:
            emit()
        emit(("passages", "bold"))
        for passage in answer.passages:
            _write_passage(library, passage)


def _write_record(library: Library, hit: RecordHit) -> None:
    record = library.record(hit.id)
    native = record.first("native")
    head: list[Piece] = lit(hit.name, hit.spans if hit.matched == hit.name else ())
    if native and native.value and native.value not in (hit.name, hit.matched):
        head += [" · ", native.value]
    if hit.matched and hit.matched != hit.name:
        head += [" · ", *lit(hit.matched, hit.spans)]
    put([*head, "  ", (hit.id, "dim")], indent=2, hang=4)
    said = " · ".join(part for part in (*describe(library, hit.id), hit.why) if part)
    put([(said, "dim")], indent=4)


def describe(library: Library, record_id: str) -> tuple[str, ...]:
    """Say in a few words what a record is: an office and a country, a kind, a date and a place."""
    record = library.record(record_id)
    if record.kind == "event":
        place = record.first("place")
        return (date_words(record), place.shown if place else "place not stated")
    country = record.first("country")
    named = ""
    if country and country.value:
        known = library.kind_of(country.value) == "state"
        named = library.record(country.value).name if known else country.shown
    if record.kind == "person":
        office = record.first("office")
        return (office.shown if office else "office not stated", named)
    abbreviation = record.first("abbreviation")
    short = abbreviation.shown if abbreviation and abbreviation.shown != record.name else ""
    return (short, record.type or record.kind, named or record.code)


def _write_passage(library: Library, hit: PassageHit) -> None:
    text = library.text(hit.source)[hit.start : hit.end]
    spans = [(start - hit.start, end - hit.start) for start, end in hit.spans]
    put(lit(text, spans), indent=2)
    source = library.sources[hit.source]
    published = source.first("published")
    when = dates.label(published.value, published.text) if published else dates.label(None)
    mark = MARKS[published.basis][0] if published and published.basis != "stated" else ""
    paragraph = next((p.paragraph for p in library.passages(hit.source) if p.end > hit.start), 0)
    where = f"{link(hit.source, hit.start, hit.end)} ¶{paragraph}"
    said = f"{source.name} · {mark} {when}" if mark else f"{source.name} · {when}"
    parts = (where, said, hit.why) if hit.why else (where, said)
    put([(" · ".join(parts), "dim")], indent=4)
