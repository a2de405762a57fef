"""Styled lines, and the one door through which text reaches them.

A `Line` is a tuple of pieces, a piece a `Safe` text and the name of a role; the palette turns
roles into colours when a line is drawn. Only `safe` makes a `Safe`, so mypy finds every text
that would reach the screen uncleaned.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NewType

from rich.cells import cell_len

from tui.plain import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Safe = NewType("Safe", str)
Piece = tuple[Safe, str]
Line = tuple[Piece, ...]

EMPTY: Line = ()

BOUND = "\u00a0"
"""Stands for a space at which no row breaks: a mark stays with its word, a date in one piece."""

NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a9\u03b1-\u03c9\u0410-\u044f"
    "\u2010-\u2015\u2018-\u2027\u2030-\u203a\u20a0-\u20bf\u2190-\u22ff\u2500-\u25fc\u270e\u2713]*"
)
"""Text of which every character takes one cell: most text outside ASCII need not be measured."""


def safe(text: str) -> Safe:
    """Make text from anywhere fit to be drawn: nothing in it acts on the terminal."""
    if text.isascii() and text.isprintable():
        return Safe(text)
    return Safe(clean(text).replace("\n", " ").replace("\t", " "))


def piece(text: str, role: str = "") -> Piece:
    """Make a piece of a line."""
    return safe(text), role


def line(*parts: str | tuple[str, str]) -> Line:
    """Make a line of plain texts and (text, role) pairs; empty parts vanish."""
    return tuple(
        piece(part) if isinstance(part, str) else piece(*part)
        for part in parts
        if part and (isinstance(part, str) or part[0])
    )


def cells(text: str) -> int:
    """Give the number of terminal cells that a safe text takes; Hangul and Han take two."""
    return len(text) if text.isascii() else cell_len(text)


def width_of(pieces: Iterable[Piece]) -> int:
    """Give the cells that a line takes."""
    return sum(cells(text) for text, _ in pieces)


def clip(text: str, width: int) -> Safe:
    """Cut a text to a number of cells, with an ellipsis where something is cut off."""
    shown = safe(text)
    if cells(shown) <= width:
        return shown
    if width <= 1:
        return Safe("…"[:width])
    if shown.isascii():
        return Safe(shown[: width - 1].rstrip() + "…")
    kept, used = [], 0
    for character in shown:
        size = cells(character)
        if used + size > width - 1:
            break
        kept.append(character)
        used += size
    return Safe("".join(kept).rstrip() + "…")


def crop(pieces: Line, width: int) -> Line:
    """Cut a line to a number of cells."""
    if width_of(pieces) <= width:
        return pieces
    kept: list[Piece] = []
    for text, role in pieces:
        size = cells(text)
        if size > width:
            kept.append((clip(text, width), role))
            break
        kept.append((text, role))
        width -= size
    return tuple(kept)


def clip_line(pieces: Line, width: int) -> Line:
    """Cut a line to a number of cells, with an ellipsis where something is cut off."""
    if width_of(pieces) <= width:
        return pieces
    kept = crop(pieces, max(0, width - 1))
    if kept and kept[-1][0].endswith("…"):
        return kept
    return (*kept, (Safe("…"), kept[-1][1] if kept else ""))


def columns(left: Line, right: Line, width: int) -> Line:
    """Set one part at the left and one at the right edge; the left part gives way."""
    taken = width_of(right)
    left = crop(left, max(0, width - taken - (1 if right else 0)))
    gap = width - taken - width_of(left)
    return (*left, (Safe(" " * max(0, gap)), ""), *right)


def wrap_offsets(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """Break `text[start:end]` into rows of at most `width` cells at spaces.

    Returns the rows as offsets into `text`; the space at which a row breaks belongs to no row. A
    word longer than a row is cut.
    """
    width = max(1, width)
    rows: list[tuple[int, int]] = []
    stretch = text[start:end]
    simple = stretch.isascii() or NARROW.fullmatch(stretch) is not None
    while start < end:
        limit = min(start + width, end) if simple else _reach(text, start, end, width)
        if limit >= end:
            rows.append((start, end))
            break
        if text[limit] == " ":
            cut = limit
        else:
            cut = text.rfind(" ", start, limit)
            if cut <= start:
                dash = text.rfind("-", start, limit)
                cut = dash + 1 if dash > start else limit
        rows.append((start, cut))
        start = cut
        while start < end and text[start] == " ":
            start += 1
    return rows


def _reach(text: str, start: int, end: int, width: int) -> int:
    """Give the first offset that no longer fits in `width` cells; at least one character fits."""
    used, at = 0, start
    while at < end:
        character = text[at]
        used += 1 if character.isascii() and character.isprintable() else cells(safe(character))
        if used > width and at > start:
            return at
        at += 1
    return end


def wrap(text: str, width: int) -> list[Safe]:
    """Break a text into safe rows."""
    shown = safe(text)
    return [Safe(shown[a:b]) for a, b in wrap_offsets(shown, 0, len(shown), width)] or [Safe("")]


def wrap_line(pieces: Line, width: int, indent: int = 0) -> list[Line]:
    """Break a styled line into rows; rows after the first are indented by `indent` cells."""
    text = "".join(part for part, _ in pieces)
    rows: list[Line] = []
    first = wrap_offsets(text, 0, len(text), width)[:1]
    if not first:
        return [EMPTY]
    offsets = [*first, *wrap_offsets(text, _skip(text, first[0][1]), len(text), width - indent)]
    for number, (start, end) in enumerate(offsets):
        row = cut(pieces, start, end)
        pad: Line = ((Safe(" " * indent), ""),) if indent and number else EMPTY
        rows.append((*pad, *row))
    return rows


def hanging(hang: Line, pieces: Line, width: int) -> list[Line]:
    """Break a line into rows that hang from a label: it stands before the first row only."""
    indent = width_of(hang)
    rows = wrap_line(pieces, max(8, width - indent))
    pad: Line = ((Safe(" " * indent), ""),) if indent else EMPTY
    return [(*(pad if number else hang), *row) for number, row in enumerate(rows)]


def unbound(row: Line) -> Line:
    """Give a row, once it is broken, its spaces back."""
    return tuple((Safe(text.replace(BOUND, " ")), role) for text, role in row)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def cut(pieces: Line, start: int, end: int) -> Line:
    """Give the pieces between two offsets into the line's text."""
    out: list[Piece] = []
    at = 0
    for text, role in pieces:
        a, b = max(start - at, 0), min(end - at, len(text))
        if a < b:
            out.append((Safe(text[a:b]), role))
        at += len(text)
        if at >= end:
            break
    return tuple(out)


def spans_to_line(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]], role: str = ""
) -> Line:
    """Style `text[start:end]`: each mark is (start, end, role) into `text`, later marks win."""
    edges = {start, end}
    for a, b, _ in marks:
        if a < end and b > start:
            edges.update((max(a, start), min(b, end)))
    ordered = sorted(edges)
    out: list[Piece] = []
    for a, b in pairwise(ordered):
        chosen = role
        for x, y, name in marks:
            if x <= a and y >= b:
                chosen = name
        if out and out[-1][1] == chosen:
            out[-1] = (Safe(out[-1][0] + safe(text[a:b])), chosen)
        else:
            out.append((safe(text[a:b]), chosen))
    return tuple(out)
