"""`readout show`: one record or source, every fact with its evidence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui.archive.disputes import disputed
from tui.commands import shapes
from tui.commands.lookup import resolve
from tui.commands.page import MARKS, Footnotes, heading, link, place, put
from tui.commands.promises import put_state
from tui.exchange.links import is_link
from tui.plain import clean, complain, counted, emit, emit_exact
from tui.records import dates
from tui.records.fields import FIELDS
from tui.records.marks import DIFFERS, NOTE, STATUS_MARK
from tui.records.record import date_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.plain import Piece
    from tui.records.evidence import Fact
    from tui.records.record import Record
    from tui.records.source import Disagreement, Note, Source

LINKS = ("organization", "speaker")


def run(library: Library, name: str, *, as_json: bool = False) -> int:
    """Show what a name stands for.

    Raises:
        RefusalError: nothing, or more than one thing, is so named; a link leads nowhere.
    """
    if is_link(name):
        from tui.commands import passage

        return passage.run(library, name, as_json=as_json)
    found = resolve(library, name)
    if found.remark:
        complain(found.remark)
    if library.kind_of(found.id) == "source":
        source = library.sources[found.id]
        if as_json:
            emit_exact(shapes.dumps(shapes.source(library, source)))
        else:
            _write_source(library, source)
        return 0
    record = library.record(found.id)
    if as_json:
        emit_exact(shapes.dumps(shapes.record(library, record)))
    else:
        _write_record(library, record)
    return 0


def _write_record(library: Library, record: Record) -> None:
    native = record.first("native")
    title: list[Piece] = [(record.name, "bold")]
    if native and native.value and native.value != record.name:
        title += [" · ", native.value]
    put(title)
    kind = record.type.replace("_", " ") if record.kind == "event" else record.kind
    said = [kind, *([record.type] if record.kind == "initiative" else []), record.code, record.id]
    put([(" · ".join(part for part in said if part), "dim")])
    emit()
    notes = Footnotes(library)
    disagreements = library.disagreements_about(record.id)
    _write_facts(library, record.id, record.facts, disagreements, notes)
    _write_disagreements(library, disagreements, notes)
    if record.kind != "event":
        _write_events(library, library.events_of(record.id))
    else:
        put_state(library, record)
    _write_notes(library, library.notes_about(record.id))
    notes.write()
    _write_mentions(library, record.id)


def _write_facts(
    library: Library,
    about: str,
    facts: Sequence[Fact],
    disagreements: Sequence[Disagreement],
    notes: Footnotes,
) -> None:
    kind = str(library.kind_of(about))
    labels = {field.name: field.label for field in FIELDS[kind]}
    missing = shapes.missing(kind, facts)
    shown = [labels[name] for name in {f.field for f in facts} | set(missing)]
    column = max(map(len, shown), default=0) + 2
    differing = {item.field for item in disagreements}
    for field, group in groupby(shapes.ordered(kind, facts), key=lambda item: item.field):
        first: list[Piece] = [(labels[field], "dim")]
        if field in differing:
            first += [" ", (DIFFERS, "red")]
            column = max(column, len(labels[field]) + 3)
        said = ""
        for item in group:
            mark, style = MARKS[item.basis]
            pad = " " * (column - sum(len(p if isinstance(p, str) else p[0]) for p in first))
            put(
                [*_value(library, item), *_doubt(library, about, item), *notes.refer(item)],
                indent=column + 2,
                first=[*first, pad, (mark, style), " "],
            )
            if item.why and not item.url and item.why != said:
                put([(item.why, "dim")], indent=column + 4)
            said = item.why
            first = []
    for field in missing:
        mark, style = MARKS["not stated"]
        pad = " " * (column - len(labels[field]))
        where = "the text" if kind == "source" else _sources(len(library.sources))
        put(
            [(f"not stated in {where}", "dim")],
            indent=column + 2,
            first=[(labels[field], "dim"), pad, (mark, style), " "],
        )


def _sources(count: int) -> str:
    return "1 source" if count == 1 else f"{count} sources"


def _value(library: Library, item: Fact) -> list[Piece]:
    field = item.field
    value = item.shown
    if _is_date(item):
        value = dates.label(item.value, item.text)
        if item.value and item.text and not _exact(item.value):
            value += f" · “{item.text}”"
    elif item.value and _is_link(library, item):
        value = item.text or library.record(item.value).name
    pieces: list[Piece] = [value]
    for key, words in item.qualifiers:
        if key == "term":
            words = dates.label(words)
        elif key == "verb":
            words = f"“{words}”"
        elif key in LINKS and library.kind_of(words) not in (None, "source"):
            words = library.record(words).name
        pieces += [" · ", (words, None if field == "office" else "dim")]
    return pieces


def _doubt(library: Library, about: str, item: Fact) -> list[Piece]:
    """Say of which kind the notes are that dispute the sentence behind a fact."""
    kinds = dict.fromkeys(note.kind for note in disputed(library, about, item))
    return [" ", (f"{NOTE} {', '.join(kinds)}", "amber")] if kinds else []


def _is_date(item: Fact) -> bool:
    shapes_of = {f.shape for fields in FIELDS.values() for f in fields if f.name == item.field}
    return shapes_of == {"date"}


def _is_link(library: Library, item: Fact) -> bool:
    linking = {f.name for fields in FIELDS.values() for f in fields if f.shape == "link"}
    return item.field in linking and library.kind_of(item.value or "") not in (None, "source")


def _exact(edtf: str) -> bool:
    parsed = dates.parse(edtf)
    return parsed.precision == "day" and not parsed.qualified


def _write_disagreements(
    library: Library, disagreements: Sequence[Disagreement], notes: Footnotes
) -> None:
    if not disagreements:
        return
    heading("sources disagree")
    for item in disagreements:
        first = True
        for value in item.values:
            lead: list[Piece] = ["  ", (DIFFERS, "red"), f" {item.field}  "] if first else []
            size = len(item.field) + 6
            shown: list[Piece] = [*_value(library, value), *notes.refer(value)]
            put(shown, indent=size, first=lead)
            first = False
        for remark in (item.verdict, item.url):
            if remark:
                put([(remark, "dim")], indent=4)


def _write_events(library: Library, event_ids: Sequence[str]) -> None:
    if not event_ids:
        return
    heading("events")
    for event_id in event_ids:
        put_event(library.record(event_id))


def put_event(event: Record) -> None:
    """Write an event: mark of its status, date, title, id."""
    status = event.first("status")
    mark = STATUS_MARK.get((status.value if status else "") or "", "●")
    put([event.name, "  ", (event.id, "dim")], indent=4, first=["  ", mark, " "])
    put([(date_words(event), "dim")], indent=4)


def _write_notes(library: Library, items: Sequence[Note]) -> None:
    if not items:
        return
    heading("notes")
    for item in items:
        put_note(library, item)


def put_note(library: Library, item: Note) -> None:
    """Write an editor's remark: its kind, the words it is about, what it says."""
    put([(f"{item.kind}: ", "bold"), item.text], indent=2, hang=4)
    if item.meant:
        put([f"meant: {item.meant}"], indent=4)
    put([(f"“{item.evidence.quote}”", "dim")], indent=4)
    put([(place(library, item.evidence), "dim")], indent=4)
    if item.url:
        put([(item.url, "dim")], indent=4)


def _write_mentions(library: Library, record_id: str) -> None:
    mentions = library.mentions_of(record_id)
    if not mentions:
        return
    heading(f"mentions ({len(mentions)})")
    for source, group in groupby(mentions, key=lambda mention: mention.source):
        links: list[Piece] = []
        for mention in group:
            text = library.text(source)[mention.start : mention.end]
            links += [text, " ", (link(source, mention.start, mention.end), "dim"), " "]
        put(links, indent=2, hang=4)


def _write_source(library: Library, source: Source) -> None:
    title = source.first("title")
    put([(title.shown if title else source.name, "bold")])
    length = counted(source.length, "character")
    said = f"source · {source.id} · {length} · sha256 {source.sha256[:12]}"
    put([(said, "dim")])
    emit()
    notes = Footnotes(library)
    disagreements = library.disagreements_about(source.id)
    _write_facts(library, source.id, source.facts, disagreements, notes)
    _write_disagreements(library, disagreements, notes)
    _write_notes(library, library.notes_in(source.id))
    notes.write()
    heading("text")
    emit()
    for paragraph in clean(library.text(source.id)).split("\n"):
        put([paragraph])
