"""Lay text out for a reader: wrapped by cells, with hanging indents, marks and links."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from tui.plain import clean, clean_line, clean_spans, emit
from tui.records.marks import BASIS_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.archive import Library
    from tui.plain import Piece, Style
    from tui.records.evidence import Basis, Evidence, Fact

STYLES: dict[Basis, Style] = {
    "stated": "green",
    "inferred": "amber",
    "outside": "blue",
    "not stated": "dim",
}
MARKS: dict[str, tuple[str, Style]] = {
    basis: (mark, STYLES[basis]) for basis, mark in BASIS_MARK.items()
}
WIDEST, NARROWEST = 100, 40
_RUNS = re.compile(r"\s+|\S+")


def width() -> int:
    """Give the line length: the terminal's, within what an eye follows; 80 in a pipe."""
    if "COLUMNS" not in os.environ and not os.isatty(1):
        return 80
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def cells(text: str) -> int:
    """Count the terminal cells of a clean text: two for Hangul and Han, none for marks."""
    if text.isascii():
        return len(text)
    return sum(_cell(char) for char in text)


def _cell(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def put(
    pieces: Sequence[Piece],
    *,
    indent: int = 0,
    hang: int | None = None,
    first: Sequence[Piece] = (),
) -> None:
    """Write a paragraph, wrapped.

    `first` stands in front of the first line and takes the place of its indent; all other lines
    hang by `hang` cells, or else by `indent`.
    """
    hang = indent if hang is None else hang
    head = [(clean(text).replace("\n", " "), style) for text, style in map(_pair, first)]
    used = sum(cells(text) for text, _ in head)
    lead: list[Piece] = [*head, " " * max(0, indent - used)]
    wrote = False
    room = width()
    for line in _wrap([_pair(piece) for piece in pieces], room - max(indent, used), room - hang):
        emit(*(lead if not wrote else [" " * hang]), *_joined(line))
        wrote = True
    if not wrote:
        emit(*head)


def _joined(line: Iterable[tuple[str, Style | None]]) -> Iterator[Piece]:
    """Join neighbours of one style, so that what is lit is lit in one piece."""
    for style, group in groupby(line, key=lambda piece: piece[1]):
        yield "".join(text for text, _ in group), style


def _pair(piece: Piece) -> tuple[str, Style | None]:
    return (piece, None) if isinstance(piece, str) else piece


def _wrap(
    pieces: Sequence[tuple[str, Style | None]], first: int, rest: int
) -> Iterator[list[tuple[str, Style | None]]]:
    line: list[tuple[str, Style | None]] = []
    used, room = 0, first
    for word, gap in _words(pieces, max(8, rest)):
        size = cells(word[0][0]) if len(word) == 1 else sum(cells(text) for text, _ in word)
        if line and used + len(gap[0]) + size > room:
            yield line
            line, used, room = [], 0, rest
        if line:
            line.append(gap)
            used += len(gap[0])
        line.extend(word)
        used += size
    if line:
        yield line


def _words(
    pieces: Iterable[tuple[str, Style | None]], room: int
) -> Iterator[tuple[list[tuple[str, Style | None]], tuple[str, Style | None]]]:
    """Split styled text at white space; give each word with the gap before it."""
    word: list[tuple[str, Style | None]] = []
    gap: tuple[str, Style | None] = ("", None)
    next_gap: tuple[str, Style | None] = ("", None)
    for raw, style in pieces:
        for run in _RUNS.findall(clean(raw)):
            if run[0].isspace():
                if word:
                    yield from _broken(word, gap, room)
                    word = []
                next_gap = ("  " if len(run) == 2 and "\n" not in run else " ", style)
            else:
                if not word:
                    gap = next_gap
                word.append((run, style))
    if word:
        yield from _broken(word, gap, room)


def _broken(
    word: list[tuple[str, Style | None]], gap: tuple[str, Style | None], room: int
) -> Iterator[tuple[list[tuple[str, Style | None]], tuple[str, Style | None]]]:
    """Break a word that is too long where its script allows it: between wide characters."""
    text = word[0][0] if len(word) == 1 else "".join(part for part, _ in word)
    if 2 * len(text) <= room or cells(text) <= room or cells(text) == len(text):
        yield word, gap
        return
    for part, style in word:
        piece, used = "", 0
        for char in part:
            size = _cell(char)
            if used + size > room:
                yield [(piece, style)], gap
                piece, used, gap = "", 0, ("", None)
            piece += char
            used += size
        if piece:
            yield [(piece, style)], gap
            gap = ("", None)


def lit(text: str, spans: Iterable[tuple[int, int]], style: Style = "lit") -> list[Piece]:
    """Split a text into pieces so that its spans stand out."""
    shown, moved = clean_spans(text, spans)
    pieces: list[Piece] = []
    done = 0
    for start, end in sorted(moved):
        if start >= done and end > start:
            pieces += [shown[done:start], (shown[start:end], style)]
            done = end
    pieces.append(shown[done:])
    return pieces


def link(source: str, start: int, end: int) -> str:
    """Write the address of a passage."""
    return f"readout:{source}#{start}-{end}"


def heading(text: str) -> None:
    """Write a section's heading, set off by an empty line."""
    emit()
    emit((text, "bold"))


class Footnotes:
    """Numbers what the facts of a card stand on, each once, in the order it is asked for.

    A footnote is a quote, or, for what comes from elsewhere, a remark with its address.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[Evidence | tuple[str, str], int] = {}

    def refer(self, fact: Fact) -> list[Piece]:
        """Give the numbers to stand behind a value, such as `[1] [4]`."""
        grounds: list[Evidence | tuple[str, str]] = [*fact.evidence]
        if fact.url:
            grounds.append((fact.why, fact.url))
        numbers: dict[int, None] = {}
        for item in grounds:
            numbers[self._numbers.setdefault(item, len(self._numbers) + 1)] = None
        pieces: list[Piece] = []
        for number in numbers:
            pieces += [" ", (f"[{number}]", "dim")]
        return pieces

    def write(self) -> None:
        """Write the quotes, each with its address."""
        if not self._numbers:
            return
        heading("evidence")
        hang = len(f"  [{len(self._numbers)}] ")
        for item, number in self._numbers.items():
            first: list[Piece] = [(f"  [{number}]", "dim")]
            if isinstance(item, tuple):
                why, url = item
                put([why or url], indent=hang, first=first)
                if why:
                    put([(url, "dim")], indent=hang)
                continue
            put([f"“{clean_line(item.quote)}”"], indent=hang, first=first)
            put([(place(self._library, item), "dim")], indent=hang)


def place(library: Library, item: Evidence) -> str:
    """Say where a quote stands, and how well."""
    if item.state == "lost":
        return f"lost: not found in {item.source}"
    where = link(item.source, item.start, item.end)
    source = library.sources.get(item.source)
    named = f" · {source.name}" if source is not None else ""
    if item.state == "drifted":
        return f"{where}{named} · drifted: not a proof"
    return where + named
