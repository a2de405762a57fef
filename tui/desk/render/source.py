"""A source as a document: heading, text with lit spans, facts and notes beside their passage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.desk.render.marks import BASIS_MARKS, DIFFERS, NOTE
from tui.desk.render.standing import remark
from tui.desk.render.text import (
    BOUND,
    EMPTY,
    Line,
    Safe,
    clip_line,
    hanging,
    line,
    spans_to_line,
    unbound,
    width_of,
    wrap_line,
    wrap_offsets,
)
from tui.records.dates import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.archive import Library
    from tui.records.source import Source

CHUNK = 2_000
"""The longest stretch laid out at once, in code points; longer lines of a source are cut here."""

KEPT_CHUNKS = 256
"""Chunks kept as they look with nothing lit: putting a light out lays nothing out anew."""

MARGIN_FROM = 92
MARGIN_WIDTH = 34
HEAD = 3

MOST_RECORDS = 1
"""Records named beside a lit passage: the one it was lit for; the facts of others are counted."""

MORE_ROWS = 6
"""Rows by which remarks in the margin may outgrow their text, beside what is lit."""

NO_LIMIT = 1 << 20
"""As a width: a remark stays on one row, to be cut where the box ends. Remarks are shown whole
beside what is lit; elsewhere they would drown the text they are about."""


class SourceDocument:
    """A source to read, some of its passages lit.

    The first chunks are the heading; each later one is a line of the text, cut every `CHUNK`
    code points. Nothing is laid out, and no mention or note looked up, before it is in view.
    """

    def __init__(
        self, library: Library, source: Source, lit: Sequence[tuple[int, int]] = ()
    ) -> None:
        self._library = library
        self.source = source
        self.text = library.text(source.id)
        self.lit: Sequence[tuple[int, int]] = sorted(lit)
        self._walked = False
        self._unlit: dict[tuple[int, int], list[Line]] = {}
        self._starts = _chunk_starts(self.text)
        self._mentions = library.mentions_in(source.id)
        self._mention_starts = [m.start for m in self._mentions]
        notes = (n for n in library.notes_in(source.id) if n.evidence.proves)
        self.notes = sorted(notes, key=lambda n: (n.evidence.start, n.evidence.end))
        self._note_starts = [n.evidence.start for n in self.notes]
        self._proofs = library.proved_in(source.id)
        self._proof_starts = [start for start, _, _, _ in self._proofs]
        self._differs = sorted(_differing(library).get(source.id, ()))

    def light(self, spans: Sequence[tuple[int, int]], *, walked: bool = False) -> set[int]:
        """Light other spans; give the chunks that are drawn differently for it.

        A note that is walked to stands above the text, and so not in the margin.
        """
        touched = [*self.lit, *spans]
        self.lit = sorted(spans)
        self._walked = walked
        return {
            chunk
            for start, end in touched
            for chunk in range(self.chunk_at(start), self.chunk_at(max(start, end - 1)) + 1)
        }

    def __len__(self) -> int:
        return HEAD + len(self._starts)

    def stops(self, index: int) -> bool:
        """Nothing in running text is chosen: the reader scrolls."""
        del index
        return False

    def chunk(self, index: int, width: int) -> list[Line]:
        """Lay out a part of the heading or a line of the text."""
        if index < HEAD:
            return self._head(index, width)
        start, end = self.bounds(index)
        if any(a < end and b > start for a, b in self.lit):
            return self._laid(start, end, width, whole=True)
        found = self._unlit.get((index, width))
        if found is None:
            if len(self._unlit) > KEPT_CHUNKS:
                self._unlit.clear()
            found = self._unlit[index, width] = self._laid(start, end, width, whole=False)
        return found

    def _laid(self, start: int, end: int, width: int, *, whole: bool) -> list[Line]:
        """Lay out a stretch of the text with its remarks, whole or each on one row."""
        margin = width >= MARGIN_FROM
        measure = width - MARGIN_WIDTH - 2 if margin else width
        marks = self._marks(start, end)
        role = "dim" if self._is_boilerplate(start, end) else ""
        rows = [
            spans_to_line(self.text, a, b, marks, role)
            for a, b in wrap_offsets(self.text, start, end, measure)
        ] or [EMPTY]
        if start == end:
            return rows
        if margin:
            remarks = self._margin(start, end, MARGIN_WIDTH if whole else NO_LIMIT, MARGIN_WIDTH)
            room = len(rows) + MORE_ROWS * whole
            if len(remarks) > room:
                hidden = len(remarks) - room + 1
                more = line(("…" if whole else f"and {hidden} more", "faint"))
                if room == 1:  # "and 2 more" of what?
                    more = (*remarks[0], *line((f"{NOTE} {hidden - 1}", "planned")))
                remarks = [*remarks[: room - 1], more]
            return _beside(rows, [clip_line(r, MARGIN_WIDTH) for r in remarks], measure)
        remarks = self._margin(start, end, width if whole else NO_LIMIT, width)
        return rows + [clip_line(remark, width) for remark in remarks]

    def least_rows(self, first: int, last: int, width: int, enough: int) -> int:
        """Give the rows that chunks take at least, or `enough`; see `DocumentView.least_rows`.

        Of plain text a row takes at most `measure` characters and the space at its end; facts
        stand in a row of their own where there is no margin for them.
        """
        margin = width >= MARGIN_FROM
        measure = max(1, width - MARGIN_WIDTH - 2 if margin else width)
        rows = 0
        for index in range(first, last):
            rows += 1
            if index >= HEAD:
                start, end = self.bounds(index)
                stretch = self.text[start:end]
                if stretch.isascii() and "  " not in stretch:
                    rows += max(0, end - start - 1) // (measure + 1)
                at = bisect_left(self._proof_starts, start)
                rows += not margin and at < len(self._proof_starts) and self._proof_starts[at] < end
            if rows >= enough:
                break
        return rows

    def bounds(self, index: int) -> tuple[int, int]:
        """Give the code points of a text chunk, without its line end."""
        at = index - HEAD
        start = self._starts[at]
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def chunk_at(self, offset: int) -> int:
        """Give the chunk that holds a code point of the text."""
        return HEAD + max(0, bisect_right(self._starts, offset) - 1)

    def place(self, offset: int, width: int) -> tuple[int, int]:
        """Give the chunk and the row in it at which a code point is drawn."""
        index = self.chunk_at(offset)
        start, end = self.bounds(index)
        measure = width - MARGIN_WIDTH - 2 if width >= MARGIN_FROM else width
        for number, (_, b) in enumerate(wrap_offsets(self.text, start, end, measure)):
            if offset < b:
                return index, number
        return index, 0

    def paragraph(self, offset: int) -> int:
        """Give the number of the paragraph that holds a code point, counted from 1."""
        upto = self.text[:offset]
        return sum(1 for part in upto.split("\n")[:-1] if part.strip()) + 1

    def _head(self, index: int, width: int) -> list[Line]:
        if index == 0:
            title = self.source.first("title")
            if title is None:
                return wrap_line(line((self.source.name, "title"), (" (untitled)", "dim")), width)
            return wrap_line(line((title.shown, "title")), width)
        if index == 1:
            publisher = self.source.first("publisher")
            published = self.source.first("published")
            parts: list[str | tuple[str, str]] = [(f"{self.source.id} · ", "dim")]
            if publisher is None:
                parts.append(("publisher not stated", "dim"))
            else:
                parts += [(publisher.shown, "dim"), (f" {BASIS_MARKS[publisher.basis][0]}", "dim")]
            parts.append((" · ", "dim"))
            if published is None:
                parts.append(("date not stated", "dim"))
            else:
                mark, role = BASIS_MARKS[published.basis]
                said = label(published.value, published.text)  # the mark says the basis
                parts.append((said, "dim"))
                basis = "" if published.basis == "stated" else f" {published.basis}"
                parts.append((f" {mark}{basis}", role))
            return wrap_line(line(*parts), width)
        return [EMPTY]

    def _is_boilerplate(self, start: int, end: int) -> bool:
        return any(b.start <= start and end <= b.end for b in self.source.boilerplate)

    def _marks(self, start: int, end: int) -> list[tuple[int, int, str]]:
        marks: list[tuple[int, int, str]] = [
            (b.start, b.end, "faint")
            for b in self.source.boilerplate
            if b.start < end and b.end > start
        ]
        first = max(0, bisect_left(self._mention_starts, start) - 1)
        for mention in self._mentions[first : bisect_left(self._mention_starts, end)]:
            marks.append((mention.start, mention.end, "link"))
        marks += [(a, b, "lit") for a, b in self.lit if a < end and b > start]
        return marks

    def _margin(self, start: int, end: int, width: int, room: int) -> list[Line]:
        """Draw what is recorded of a stretch: facts, disagreements, notes.

        Beside what is lit, facts are named by record and field; elsewhere they are counted, with
        what is disputed in one row where `room` has it. Remarks are broken at `width`.
        """
        low, high = bisect_left(self._proof_starts, start), bisect_left(self._proof_starts, end)
        lit = [(a, b) for a, b in self.lit if a < end and b > start]
        out, named = self._named(low, high, lit, width) if lit else ([], 0)
        differs = {field: n for at, field, n in self._differs if start <= at < end}
        out += _counted(high - low - named, bool(out), tuple(differs.items()), room)
        low, high = bisect_left(self._note_starts, start), bisect_left(self._note_starts, end)
        for note in self.notes[low:high]:
            if not (self._walked and (note.evidence.start, note.evidence.end) in lit):
                rows = hanging(line((f"{NOTE} ", "planned")), remark(note), width)
                out += [unbound(row) for row in rows]
        return out

    def _named(
        self, low: int, high: int, lit: Sequence[tuple[int, int]], width: int
    ) -> tuple[list[Line], int]:
        """Name the record that is proved by what is lit, with its fields; count these facts."""
        proved = [p for p in self._proofs[low:high] if any(p[0] < b and p[1] > a for a, b in lit)]
        by_record: dict[str, dict[str, None]] = {}
        for _, _, record, field in proved:
            by_record.setdefault(record, {})[field.replace("_", " ")] = None
        whole = {record for a, b, record, _ in proved if (a, b) in lit}
        order = sorted(by_record, key=lambda record: (record not in whole, -len(by_record[record])))
        shown = order[:MOST_RECORDS]
        out: list[Line] = []
        for record in shown:
            fields = ": " + ", ".join(by_record[record])
            words = line((self._name(record), "dim"), (fields, "faint"))
            out += [unbound(row) for row in hanging(line(("✓ ", "stated")), words, width)]
        return out, sum(1 for _, _, record, _ in proved if record in shown)

    def _name(self, record: str) -> str:
        if self._library.kind_of(record) in (None, "source"):
            return record
        return self._library.record(record).name


@lru_cache(maxsize=256)
def _counted(
    facts: int, more: bool, differs: tuple[tuple[str, int], ...], room: int
) -> tuple[Line, ...]:
    """Count facts and name what is disputed, in few rows; most sentences share their rows."""
    parts: list[tuple[str, str]] = []
    if facts:
        words = f"{BOUND}{facts}{BOUND}{f'more{BOUND}' * more}fact{'s' * (facts != 1)}  "
        parts += [("✓", "stated"), (words, "faint")]
    for field, count in differs:
        words = f"{BOUND}{field.replace('_', BOUND)}  "
        parts += [(f"{DIFFERS}{count}", "differs"), (words, "dim")]
    return tuple(unbound(row) for row in wrap_line(line(*parts), room)) if parts else ()


@lru_cache(maxsize=1)
def _differing(library: Library) -> Mapping[str, Sequence[tuple[int, str, int]]]:
    """Give by source where its values are disputed: the place, the field and the sides to it."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    for one in library.disagreements:
        for fact in one.values:
            for e in fact.evidence:
                found.setdefault(e.source, []).append((e.start, one.field, len(one.values)))
    return found


def _chunk_starts(text: str) -> list[int]:
    starts: list[int] = []
    at = 0
    while at <= len(text):
        end = text.find("\n", at)
        if end < 0:
            end = len(text)
        starts.append(at)
        while end - at > CHUNK:
            space = text.rfind(" ", at + CHUNK // 2, at + CHUNK)
            at = space + 1 if space > 0 else at + CHUNK
            starts.append(at)
        at = end + 1
    return starts


def _beside(rows: list[Line], margin: list[Line], measure: int) -> list[Line]:
    """Set the margin at the right of the text, row by row."""
    out: list[Line] = []
    for number in range(max(len(rows), len(margin))):
        left = rows[number] if number < len(rows) else EMPTY
        if number < len(margin):
            gap = Safe(" " * (measure - width_of(left) + 2))
            out.append((*left, (gap, ""), *margin[number]))
        else:
            out.append(left)
    return out
