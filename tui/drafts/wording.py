"""Words of a text as a quotation is compared by: word for word, spelling and all, but for capitals.

Punctuation and quotation marks are no words; a numeral keeps its point, an abbreviation loses its
points (U.S. is US), an ideograph is a word of its own, a sign that has a meaning is a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.archive.normal import NormalText

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"[{_HAN}]"
    r"|\d+(?:[.,:]\d+)*(?:[^\W_]+)?"
    r"|(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"
    rf"|(?:(?![{_HAN}])[^\W_])+(?:'(?:(?![{_HAN}])[^\W_])+)*"
    r"|[$€£¥₩%+=<>±°]"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Word(NamedTuple):
    """A word: what it is compared by, and its place in the text it was read from."""

    key: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Give the words of a stretch of a text, in order, with their places in the whole text."""
    form = NormalText(text[start : len(text) if end is None else end])
    return [Word(*found) for found in _words(form, start)]


def _words(form: NormalText, base: int) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(form.text):
        begin, finish = form.span(*match.span())
        yield key(match[0]), base + begin, base + finish


def key(word: str) -> str:
    """Give what a word in normal form is compared by."""
    if word[0].isdigit():
        return _THOUSANDS.sub("", word).casefold()
    return word.replace(".", "").casefold()


def weight(found: list[Word]) -> float:
    """Count words as a reader does: three ideographs are about one."""
    return sum(1 / 3 if "\u3040" <= word.key <= "\u9fff\uffff" else 1 for word in found)
