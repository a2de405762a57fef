"""What a lit sentence is lit for, and what speaks against taking it at its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.archive.disputes import differing, disputed, disputing_notes
from tui.desk.render.marks import BASIS_MARKS, DIFFERS, NOTE, host
from tui.desk.render.text import BOUND, Line, clip_line, hanging, line, unbound
from tui.records.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.records.evidence import Fact
    from tui.records.source import Disagreement, Note

Standing = tuple[Line, Line, int]
"""What stands above a lit sentence: what it hangs from, its words, the rows it may take."""

FEW_ROWS, REASON_ROWS, MANY_ROWS = 2, 6, 10
"""Rows for a remark whose whole stands beside the sentence, for a reason, and for a remark that is
walked to: these two stand nowhere else on the screen."""


def standing(
    library: Library,
    about: str,
    fact: Fact | None,
    place: tuple[str, int, int],
) -> list[Standing]:
    """Say above a proof what it proves and what disputes it; nothing where nothing does.

    `about` is the record that the sentence is lit for, "" for none; `fact` is the one value of it,
    where it is lit for one. Without a fact, only what disputes the record in this very stretch
    (`place`: source, start, end) is said; without a record, whatever disputes anything there.
    """
    rows: list[Standing] = []
    notes: Sequence[Note]
    if fact is not None:
        rows += _claim(library, about, fact)
        differs = differing(library, about, fact)
        notes = [n for n in disputed(library, about, fact) if n.evidence.source == place[0]]
    else:
        every = disputing_notes(library, *place)
        notes = [n for n in every if not about or not n.about or about in n.about]
        found = library.disagreements_about(about) if about else library.disagreements
        differs = [d for d in found if _stands_in(d, place)]
    for item in differs:
        rows.append(_differs(item, fact))
    if notes:  # what was meant otherwise before what is only out of date
        note = min(notes, key=lambda n: (n.kind == "outdated", not n.meant))
        more = f" and {len(notes) - 1} more" if len(notes) > 1 else ""
        words = line((f"disputed, {kind_of(note)}{more}: ", "planned"), note.text)
        rows.append((line((f"{NOTE} ", "planned")), words, FEW_ROWS))
    return rows


def walked(notes: Sequence[Note]) -> list[Standing]:
    """Say above a sentence the remarks on it that were walked to, whole."""
    rows: list[Standing] = []
    for note in notes:
        pieces = tuple((text, BRIGHTER.get(role, role)) for text, role in remark(note))
        rows.append((line((f"{NOTE} ", "planned")), pieces, MANY_ROWS))
    return rows


BRIGHTER = {"dim": "", "faint": "outside"}


def kind_of(note: Note) -> str:
    """Name what kind of remark a note is, in words."""
    return note.kind.replace("-", " ")


def remark(note: Note) -> Line:
    """Write an editor's remark: its kind, what it says, what was meant and how we know."""
    return line(
        (f"{kind_of(note)}: ", "planned"),
        (note.text, "dim"),
        (f" Meant: “{note.meant}”" if note.meant else "", "dim"),
        (f" ↗{BOUND}{host(note.url)}" if note.url else "", "faint"),
    )


def laid(rows: Sequence[Standing], width: int, room: int) -> list[Line]:
    """Lay the remarks out, each on the rows it may take, with a rule below them.

    They take no more than `room` rows in all: what they are about is to be seen below them.
    """
    out: list[Line] = []
    for hang, pieces, most in rows:
        out += _shortened([unbound(row) for row in hanging(hang, pieces, width)], most, width)
    out = _shortened(out, max(1, room - 1), width)
    return [*out, line(("┄" * width, "faint"))] if out else out


def _shortened(rows: list[Line], most: int, width: int) -> list[Line]:
    if len(rows) <= most:
        return rows
    return [*rows[: most - 1], clip_line((*rows[most - 1], *line(" …")), width)]


def _claim(library: Library, about: str, fact: Fact) -> list[Standing]:
    from tui.exchange.citing import value_words

    kind = library.kind_of(about)
    named = kind not in (None, "source")
    name = library.record(about).name if named else about
    field = next((f.label for f in FIELDS.get(kind or "", ()) if f.name == fact.field), fact.field)
    mark, role = BASIS_MARKS[fact.basis]
    words = line(
        (f"{field.replace('_', ' ')} · {name}  ", "dim"),
        (value_words(library, fact), "strong"),
        (f" {mark}", role),
    )
    rows: list[Standing] = [(line(("→ ", "dim")), words, FEW_ROWS + 1)]
    if fact.basis != "stated":
        why = " · ".join(part for part in (f"{fact.basis}: {fact.why}", fact.url) if part)
        rows.append((line((f"{mark} ", role)), line((why, "dim")), REASON_ROWS))
    return rows


def _differs(item: Disagreement, fact: Fact | None) -> Standing:
    others = [v for v in item.values if fact is None or v.value != fact.value]
    values = []
    for value in others:
        on = next((e.source for e in value.evidence if e.proves), value.basis)
        values.append(f"{value.shown} ({on})")
    field = item.field.replace("_", " ")
    lead = f"disputed, {field}: " if fact is None else f"disputed, also {field}: "
    said = line((lead, "differs"), " · ".join(dict.fromkeys(values)), ("  c compares", "dim"))
    return line((f"{DIFFERS} ", "differs")), said, FEW_ROWS


def _stands_in(item: Disagreement, place: tuple[str, int, int]) -> bool:
    source, start, end = place
    return any(
        e.source == source and e.start < end and e.end > start
        for value in item.values
        for e in value.evidence
    )
