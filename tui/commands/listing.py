"""`readout list`: everything of one kind, as a page, as JSON or as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from tui.commands import shapes
from tui.commands.find import describe
from tui.commands.page import MARKS, cells, link, place, put
from tui.commands.show import put_note
from tui.plain import clean_line, complain, counted, emit, emit_exact
from tui.records import dates
from tui.records.marks import DIFFERS, STATUS_MARK
from tui.records.record import PLURALS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.archive import Library
    from tui.records.source import Disagreement

_KIND: dict[str, Kind] = {PLURALS[kind]: kind for kind in get_args(Kind)}
_FORMULA = frozenset("=+-@;|%\t\r\n\0＝＋－＠；")


def run(library: Library, kind: str, *, as_json: bool = False, as_csv: bool = False) -> int:
    """List everything of one kind; gives 1 where there is nothing."""
    if as_json or as_csv:
        rows = _SHAPES[kind](library)
        if as_json:
            emit_exact(shapes.dumps(rows))
        else:
            _write_csv(rows)
        return 0 if rows else 1
    wrote = _PAGES[kind](library)
    if not wrote:
        complain(f"no {kind} in {library.title or library.root}")
    return 0 if wrote else 1


def _events(library: Library) -> list[shapes.Shape]:
    line = library.timeline
    return [
        shapes.event(library.record(id_), line.earliest[n], line.latest[n])
        for n, id_ in enumerate(line.id)
    ]


def _records(kind: Kind) -> Callable[[Library], list[shapes.Shape]]:
    return lambda library: [shapes.listed(record) for record in library.records(kind)]


def _sources(library: Library) -> list[shapes.Shape]:
    return [shapes.listed_source(source) for source in library.sources.values()]


def _notes(library: Library) -> list[shapes.Shape]:
    return [shapes.note(note) for note in library.notes]


def _disagreements(library: Library) -> list[shapes.Shape]:
    return [shapes.disagreement(item) for item in library.disagreements]


def _promises(library: Library) -> list[shapes.Shape]:
    from tui.commands import promises

    return promises.rows(library)


_SHAPES: dict[str, Callable[[Library], list[shapes.Shape]]] = {
    "events": _events,
    **{plural: _records(kind) for plural, kind in _KIND.items() if kind != "event"},
    "sources": _sources,
    "notes": _notes,
    "disagreements": _disagreements,
    "promises": _promises,
}


def _write_csv(rows: Sequence[shapes.Shape]) -> None:
    import csv
    import io

    if not rows:
        return
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    emit_exact(page.getvalue().rstrip("\n"))


def _cell(value: object) -> str:
    """Write a value in one cell that no spreadsheet takes for a formula."""
    text = clean_line(" ; ".join(_flat(value)))
    return f"'{text}" if text[:1] in _FORMULA and text else text


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "start" in value and "source" in value:
            yield link(value["source"], value["start"], value["end"])
        elif "value" in value:
            yield str(value["value"] or "")
        else:
            yield " ".join(str(part) for part in value.values() if part)
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield str(value)


def _page_events(library: Library) -> bool:
    line = library.timeline
    before: tuple[str, str] | None = None
    for n, id_ in enumerate(line.id):
        group = dates.heading(line.edtf[n], line.date_text[n])
        if group != before:
            if before is not None:
                emit()
            emit((group[0], "bold"), (f"  {group[1]}" if group[1] else "", "dim"))
            before = group
        day = dates.cell(line.edtf[n], line.date_text[n], line.date_basis[n])
        mark = STATUS_MARK.get(line.status[n], "●")
        pad = " " * (8 - cells(day))
        put(
            [line.title[n], "  ", (id_, "dim")],
            indent=11,
            first=[pad, (day, "dim"), " ", mark, " "],
        )
    return bool(len(line))


def _page_records(kind: Kind) -> Callable[[Library], bool]:
    def write(library: Library) -> bool:
        wrote = False
        for record in library.records(kind):
            wrote = True
            native = record.first("native")
            title = record.name
            if native and native.value and native.value != record.name:
                title += f" · {native.value}"
            put([(title, "bold"), "  ", (record.id, "dim")], hang=2)
            said = " · ".join(part for part in describe(library, record.id) if part)
            put([said], indent=2)
        return wrote

    return write


def _page_sources(library: Library) -> bool:
    for source in library.sources.values():
        title, publisher = source.first("title"), source.first("publisher")
        published = source.first("published")
        put([(title.shown if title else source.name, "bold"), "  ", (source.id, "dim")], hang=2)
        when = dates.label(published.value, published.text) if published else dates.label(None)
        mark = MARKS[published.basis if published else "not stated"][0]
        by = publisher.shown if publisher else "publisher not stated"
        put([f"{by} · {mark} {when} · {counted(source.length, 'character')}"], indent=2)
    return bool(library.sources)


def _page_notes(library: Library) -> bool:
    for note in library.notes:
        put_note(library, note)
    return bool(library.notes)


def _page_disagreements(library: Library) -> bool:
    for item in library.disagreements:
        put([(f"{DIFFERS} ", "red"), (_about(library, item), "bold"), f" {item.field}"], hang=2)
        for value in item.values:
            put([value.shown], indent=4)
            for evidence in value.evidence:
                put([(f"“{clean_line(evidence.quote)}”", "dim")], indent=6)
                put([(place(library, evidence), "dim")], indent=6)
            if value.url:
                put([(value.url, "dim")], indent=6)
        if item.verdict:
            put([item.verdict], indent=4, first=["  → "])
    return bool(library.disagreements)


def _about(library: Library, item: Disagreement) -> str:
    if item.about is None:
        return "the sources"
    if library.kind_of(item.about) == "source":
        return library.sources[item.about].name
    return library.record(item.about).name


def _page_promises(library: Library) -> bool:
    from tui.commands import promises

    return promises.page(library)


_PAGES: dict[str, Callable[[Library], bool]] = {
    "events": _page_events,
    **{plural: _page_records(kind) for plural, kind in _KIND.items() if kind != "event"},
    "sources": _page_sources,
    "notes": _page_notes,
    "disagreements": _page_disagreements,
    "promises": _page_promises,
}
