"""A chunk of a card: what it says, what closes its row, and how both are laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.desk.render.text import (
    BOUND,
    EMPTY,
    Line,
    columns,
    crop,
    cut,
    hanging,
    line,
    unbound,
    width_of,
    wrap_line,
)

if TYPE_CHECKING:
    from tui.records.evidence import Evidence, Fact

LABEL_WIDTH = 14
ROOM = 20
"""Cells that words need beside what stands on their left and right."""
GAP_IN_A_DATE = re.compile(
    r"(?<=\d) (?=[A-Z][a-z]{2})|(?<=[a-z]) (?=\d{4})|(?<=[≈≤≥]) |(?<=since) |(?<=day) | (?=–)"
)


@dataclass(frozen=True, slots=True)
class Stop:
    """What the cursor rests on in a card: a fact to prove, a record to open, or a passage."""

    record: str
    field: str = ""
    fact: Fact | None = None
    opens: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk: `hang` stands before its first row and indents the others; `below` follows it.

    `beside` follows the words on their row where it has room there whole, else it has rows of its
    own. `tail` closes the first row at the right edge, or the last one, where the first would
    leave the words too little room. `inset` indents the rows after the first further.
    """

    pieces: Line
    stop: Stop | None = None
    hang: Line = EMPTY
    beside: Line = EMPTY
    below: Line = EMPTY
    tail: Line = EMPTY
    inset: int = 0

    def rows(self, width: int) -> list[Line]:
        """Lay the chunk out."""
        hang = width_of(self.hang)
        if (
            hang > LABEL_WIDTH and width - hang < ROOM // 2
        ):  # no room beside: below what stands before
            rows = [crop(self.hang, width), *self._words(width - 2)]
            return [rows[0], *((*line("  "), *row) for row in rows[1:])]
        first, *others = self._words(max(8, width - hang))
        pad = line(" " * hang)
        return [(*self.hang, *first), *((*pad, *row) for row in others)]

    def _words(self, room: int) -> list[Line]:
        """Lay out all but what the chunk hangs from."""
        pieces, beside, tail = self.pieces, self.beside, crop(self.tail, room)
        closes = width_of(tail) + 1 if tail else 0
        inset = line(" " * self.inset)
        if beside and width_of(pieces) + 2 + width_of(beside) + closes <= room:
            pieces, beside = (*pieces, *line("  "), *beside), EMPTY
        if closes and room - closes >= min(width_of(pieces), max(ROOM, room // 2)):
            first = wrap_line(pieces, room - closes)[0]
            text = "".join(part for part, _ in pieces)
            done = text[sum(len(part) for part, _ in first) :].lstrip(" ")
            rest = cut(pieces, len(text) - len(done), len(text))
            rows = [columns(first, tail, room), *(hanging(inset, rest, room) if rest else ())]
            tail = EMPTY
        else:
            rows = wrap_line(pieces, room, self.inset)
        if beside and len(rows) > 1 and width_of(rows[-1]) + 2 + width_of(beside) <= room:
            rows[-1] = (*rows[-1], *line("  "), *beside)
        elif beside:
            rows += hanging(inset, beside, room)
        if tail and width_of(rows[-1]) + closes > room:
            rows.append(EMPTY)
        if tail:
            rows[-1] = columns(rows[-1], tail, room)
        if self.below:
            rows += wrap_line(self.below, room)
        return [unbound(row) for row in rows] or [EMPTY]


def bound(words: str) -> str:
    """Keep dates together where rows break; a span of time breaks behind its dash."""
    return GAP_IN_A_DATE.sub(BOUND, words)
