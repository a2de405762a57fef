"""`readout show LINK`: a passage with its source, what stands on it and what is said of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tui.commands import shapes
from tui.commands.page import MARKS, heading, lit, put
from tui.commands.refusal import RefusalError
from tui.exchange.links import LinkError, follow, link
from tui.plain import emit, emit_exact
from tui.records import dates
from tui.records.marks import DIFFERS

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.exchange.links import Place
    from tui.plain import Piece
    from tui.records.evidence import Evidence
    from tui.records.source import Disagreement


def run(library: Library, address: str, *, as_json: bool = False) -> int:
    """Show what a link leads to.

    Raises:
        RefusalError: the link leads nowhere: 1 where it did once or may elsewhere, else 2.
    """
    place = followed(library, address)
    if place.whole:
        from tui.commands import show

        return show.run(library, place.source, as_json=as_json)
    if as_json:
        emit_exact(shapes.dumps(_shape(library, place)))
    else:
        _write(library, place)
    return 0


def followed(library: Library, address: str) -> Place:
    """Follow a link on behalf of a command.

    Raises:
        RefusalError: the link leads nowhere.
    """
    try:
        return follow(library, address)
    except LinkError as error:
        more = {"now": link(*error.now[:3])} if error.now else {}
        status = 1 if error.found else 2
        code = "not-found" if error.found else "link"
        raise RefusalError(code, error.message, error.remedy, status=status, **more) from None


def _touches(place: Place, evidence: Evidence) -> bool:
    return (
        evidence.source == place.source
        and evidence.start < place.end
        and evidence.end > place.start
        and evidence.proves
    )


def _paragraph(library: Library, place: Place) -> int:
    passages = library.passages(place.source)
    return next((p.paragraph for p in passages if p.end > place.start), 0)


def _disagreements(library: Library, place: Place) -> list[Disagreement]:
    return [
        item
        for item in library.disagreements
        if any(_touches(place, e) for value in item.values for e in value.evidence)
    ]


def _shape(library: Library, place: Place) -> shapes.Shape:
    source = library.sources[place.source]
    whole = shapes.source(library, source)
    return {
        "id": source.id,
        "kind": "passage",
        "source": source.id,
        "start": place.start,
        "end": place.end,
        "text": library.text(source.id)[place.start : place.end],
        "link": link(*place[:3]),
        "paragraph": _paragraph(library, place),
        "title": whole["title"],
        "publisher": whole["publisher"],
        "published": whole["published"],
        "records": [
            {"record": proof.record, "field": proof.field, **shapes.evidence((proof.evidence,))[0]}
            for proof in library.evidence_in(source.id)
            if _touches(place, proof.evidence)
        ],
        "disagreements": [shapes.disagreement(d) for d in _disagreements(library, place)],
        "notes": [
            shapes.note(n) for n in library.notes_in(source.id) if _touches(place, n.evidence)
        ],
        "mentions": [
            {"record": m.record, "source": m.source, "start": m.start, "end": m.end}
            for m in library.mentions_in(source.id)
            if m.start < place.end and m.end > place.start
        ],
    }


def _write(library: Library, place: Place) -> None:
    source = library.sources[place.source]
    title, publisher = source.first("title"), source.first("publisher")
    published = source.first("published")
    put([(title.shown if title else source.name, "bold")])
    when = dates.label(published.value, published.text) if published else "date not stated"
    if published and published.basis != "stated":
        when = f"{MARKS[published.basis][0]} {when}"
    by = publisher.shown if publisher else "publisher not stated"
    put([(f"{source.id} · {by} · {when} · ¶{_paragraph(library, place)}", "dim")])
    put([(link(*place[:3]), "dim")])
    emit()
    put(_in_its_paragraph(library, place))
    _write_records(library, place)
    found = _disagreements(library, place)
    if found:
        heading("sources disagree")
        for item in found:
            values = " · ".join(dict.fromkeys(value.shown for value in item.values))
            about = f"  {item.about}" if item.about else ""
            first: list[Piece] = ["  ", (DIFFERS, "red"), " "]
            put([item.field, (about, "dim"), "  ", values], indent=4, first=first)
            if item.verdict:
                put([(item.verdict, "dim")], indent=4)
    notes = [n for n in library.notes_in(source.id) if _touches(place, n.evidence)]
    if notes:
        from tui.commands.show import put_note

        heading("notes")
        for note in notes:
            put_note(library, note)


def _in_its_paragraph(library: Library, place: Place) -> list[Piece]:
    """Give the lines that a passage stands in, the passage itself lit.

    Where nothing can be lit, in a pipe, it is set in brackets, as any search tool would mark it.
    """
    text = library.text(place.source)
    first = max(text.rfind("\n", 0, place.start) + 1, place.start - 600)
    last = text.find("\n", place.end)
    last = min(len(text) if last < 0 else last, place.end + 600)
    pieces = lit(text[first:last], [(place.start - first, place.end - first)])
    lead = "…" if first > 0 and text[first - 1] != "\n" else ""
    tail = "…" if last < len(text) and text[last] != "\n" else ""
    import sys

    from tui.plain import coloured

    if not coloured(sys.stdout):
        pieces = [f"[{p[0]}]" if isinstance(p, tuple) and p[1] == "lit" else p for p in pieces]
    return [lead, *pieces, tail]


def _write_records(library: Library, place: Place) -> None:
    proofs = [p for p in library.evidence_in(place.source) if _touches(place, p.evidence)]
    heading(f"stands on it ({len(proofs)})" if proofs else "nothing stands on it")
    proofs.sort(key=lambda proof: proof.record)
    for record, group in groupby(proofs, key=lambda proof: proof.record):
        fields = dict.fromkeys(proof.field.replace("_", " ") for proof in group)
        known = library.kind_of(record) not in (None, "source")
        name = library.record(record).name if known else library.sources[record].name
        put([name, (f"  {record}: {', '.join(fields)}", "dim")], indent=4, first=["  "])
