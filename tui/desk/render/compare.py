"""A comparison: what differs, in columns, each value over the sentence that prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.archive.disputes import disputed
from tui.desk.render.marks import BASIS_MARKS, DIFFERS, NOTE, host
from tui.desk.render.part import bound
from tui.desk.render.text import (
    BOUND,
    EMPTY,
    Line,
    Safe,
    line,
    spans_to_line,
    unbound,
    width_of,
    wrap_line,
)
from tui.records.dates import DateError, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.records.evidence import Evidence, Fact
    from tui.records.source import Disagreement

COLUMN_FROM, GAP = 26, 3
"""Cells from which a column can be read, and between columns."""
AROUND = 60
"""Characters shown on each side of a quote."""
OPENING, CLOSING = "“\"‘'«「", "”\"’'»」"
"""Marks of quotation that a stretch may bring along: it needs none of ours beside them."""


class CompareDocument:
    """Disagreements to compare; every value is a stop that can be proved."""

    def __init__(
        self, library: Library, disagreements: Sequence[Disagreement], subject: str
    ) -> None:
        self._library = library
        self.disagreements = disagreements
        self.subject = subject

    def __len__(self) -> int:
        return 1 + 2 * len(self.disagreements)

    def stops(self, index: int) -> bool:
        """Each disagreement can be chosen."""
        return index > 0 and index % 2 == 0

    def disagreement(self, index: int) -> Disagreement | None:
        """Give the disagreement of a chunk."""
        return self.disagreements[index // 2 - 1] if self.stops(index) else None

    def evidence(self, index: int) -> tuple[Evidence, ...]:
        """Give what the values of one disagreement stand on, in the order of the columns."""
        if not self.stops(index):
            return ()
        facts = self.disagreements[index // 2 - 1].values
        return tuple(e for fact in facts for e in fact.evidence if e.proves)

    def chunk(self, index: int, width: int) -> list[Line]:
        """Lay out one disagreement: its values in columns where they fit, else stacked."""
        if index == 0:
            return [
                *wrap_line(line((self.subject, "title")), width),
                *wrap_line(line(("each value with what it stands on", "dim")), width),
            ]
        if index % 2:
            return [EMPTY]
        disagreement = self.disagreements[index // 2 - 1]
        about = self._about(disagreement)
        rows: list[Line] = wrap_line(
            line(
                (f"{DIFFERS}{len(disagreement.values)} ", "differs"),
                (disagreement.field.replace("_", " "), "strong"),
                (f"  {about}" if about and about != self.subject else "", "dim"),
            ),
            width,
            3,
        )
        facts = disagreement.values
        each = (width - GAP * (len(facts) - 1)) // max(1, len(facts))
        if each >= COLUMN_FROM:
            values = [self._value(fact, disagreement, each) for fact in facts]
            rows += [*_side_by_side(values, each, GAP), EMPTY]
        else:
            for fact in facts:
                rows += [*self._value(fact, disagreement, width), EMPTY]
        if disagreement.verdict:
            parts = [("verdict  ", "cite"), (disagreement.verdict, "quote")]
            if disagreement.url:  # the whole address is opened and copied
                parts.append((f" ↗{BOUND}{host(disagreement.url)}", "outside"))
            rows += [unbound(row) for row in wrap_line(line(*parts), width, 9)]
        else:
            every = "both" if len(facts) == 2 else "all"
            rows.append(line((f"no verdict: {every} stand", "cite")))
        return rows

    def _about(self, disagreement: Disagreement) -> str:
        about = disagreement.about
        if about is None or self._library.kind_of(about) is None:
            return about or ""
        if self._library.kind_of(about) == "source":
            return about
        return self._library.record(about).name

    def _value(self, fact: Fact, disagreement: Disagreement, width: int) -> list[Line]:
        mark, role = BASIS_MARKS[fact.basis]
        field, about = disagreement.field, disagreement.about or ""
        doubt = NOTE if disputed(self._library, about, fact) else ""
        words = fact.shown
        if fact.value and field in ("date", "established", "published", "due"):
            try:
                words = label(fact.value, fact.text, fact.basis)
            except DateError:
                words = fact.shown
        marks = line((f"{BOUND}{mark}", role), (doubt, "planned"))
        rows = wrap_line((*line((words, "strong")), *marks), width)
        for evidence in fact.evidence[:3]:
            rows += self._quote(evidence, width)
        if fact.basis != "stated":  # the whole address is opened and copied
            where = f"{fact.basis}, at{BOUND}{host(fact.url)}" if fact.url else fact.basis
            why = " · ".join(part for part in (where, fact.why) if part)
            rows += wrap_line(line((why, role)), width)
        return [unbound(row) for row in rows]

    def _quote(self, evidence: Evidence, width: int) -> list[Line]:
        """Draw a quote lit inside a little of what stands around it."""
        source = self._library.sources.get(evidence.source)
        if source is None or not evidence.proves:
            return wrap_line(line((f"{evidence.source}: quote {evidence.state}", "differs")), width)
        text = self._library.text(evidence.source)
        before = max(text.rfind("\n", 0, evidence.start) + 1, evidence.start - AROUND)
        after = text.find("\n", evidence.end)
        after = min(after if after >= 0 else len(text), evidence.end + AROUND)
        while before > 0 and text[before - 1] not in " \n":
            before += 1
            if before >= evidence.start:
                break
        while after < len(text) and text[after] not in " \n" and after > evidence.end:
            after -= 1
        lead = "" if before == 0 or text[before - 1] == "\n" else "…"
        tail = "" if after >= len(text) or text[after] == "\n" else "…"
        if lead or text[before] not in OPENING:
            lead = f"“{lead}"
        if tail or text[after - 1] not in CLOSING:
            tail = f"{tail}”"
        lit = [(evidence.start, evidence.end, "lit")]
        body = spans_to_line(text, before, after, lit, "quote")
        pieces: Line = ((Safe(lead), "quote"), *body, (Safe(tail), "quote"))
        published = source.first("published")
        when = (
            f"published {bound(label(published.value, published.text, published.basis))}"
            if published
            else "publication date not stated"
        )
        return [
            *wrap_line(pieces, width),
            *wrap_line(line((f"as printed in {evidence.source}, {when}", "cite")), width),
        ]


def _side_by_side(parts: list[list[Line]], width: int, gap: int) -> list[Line]:
    rows: list[Line] = []
    for number in range(max(len(part) for part in parts)):
        row: list[tuple[Safe, str]] = []
        for column, part in enumerate(parts):
            piece = part[number] if number < len(part) else EMPTY
            row += piece
            if column < len(parts) - 1:
                row.append((Safe(" " * (width - width_of(piece) + gap)), ""))
        rows.append(tuple(row))
    return rows
