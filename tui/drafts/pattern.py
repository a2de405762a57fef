"""What a quotation claims to stand in its source, with the changes an editor may make.

An ellipsis leaves words out, brackets put an editor's words for the source's, or his letters into
a word. What is left are parts, each a run of words that has to stand as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.drafts.wording import Word

_DOTS = r"(?:…|\.[ \xa0]?\.[ \xa0]?\.(?:[ \xa0]?\.)?)"
_ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}")
_BRACKETS = re.compile(r"\[[^\[\]]{0,300}\]")
LONGEST_INSERTION = 16
"""Words of a source that one pair of brackets may stand for."""


class Element(NamedTuple):
    """A word of the draft and what it may be in the source.

    `head` and `tail` are letters that the source's word begins and ends with, `whole` says that
    there is nothing between them. An `insertion` stands for any few words, or for none; one that
    has a head (sic) always for none.
    """

    head: str
    tail: str
    whole: bool
    start: int
    end: int
    insertion: bool = False

    def fits(self, key: str) -> bool:
        """Tell whether a word of a source may be meant."""
        if self.whole:
            return key == self.head
        return key.startswith(self.head) and key.endswith(self.tail)


class Part(NamedTuple):
    """Words between two ellipses."""

    elements: tuple[Element, ...]

    @property
    def plain(self) -> Sequence[Element]:
        """Give the longest run of words that the editor left alone."""
        first, best = 0, (0, 0)
        for at, element in enumerate(self.elements):
            if not element.whole:
                first = at + 1
            elif at + 1 - first > best[1] - best[0]:
                best = (first, at + 1)
        return self.elements[slice(*best)]

    def match(self, keys: Sequence[str], first: int = 0) -> tuple[int, int] | None:
        """Find the part among the words of a source, from one of them on; give first and end."""
        start = self.elements[0]
        for at in range(first, len(keys)):
            if start.insertion or start.fits(keys[at]):
                end = self._from(keys, at)
                if end is not None:
                    return at, end
        return None

    def _from(self, keys: Sequence[str], at: int) -> int | None:
        """Tell where the part ends if it begins here: every end that is open, a word at a time."""
        ends = {at}
        for element in self.elements:
            if element.insertion:
                most = 0 if element.head else LONGEST_INSERTION
                ends = {e + n for e in ends for n in range(most + 1) if e + n <= len(keys)}
            else:
                ends = {e + 1 for e in ends if e < len(keys) and element.fits(keys[e])}
            if not ends:
                return None
        return min(ends)


class Pattern(NamedTuple):
    """A quotation as parts, and which of an editor's means it uses."""

    parts: tuple[Part, ...]
    ellipsis: bool
    brackets: bool


def pattern(text: str, words: Sequence[Word], start: int, end: int) -> Pattern:
    """Read the words of a stretch of a draft as a pattern."""
    gaps = [found.span() for found in _ELLIPSIS.finditer(text, start, end)]
    insertions = [
        found.span()
        for found in _BRACKETS.finditer(text, start, end)
        if not _ELLIPSIS.fullmatch(found[0])
    ]
    parts: list[list[Element]] = [[]]
    gap = 0
    for element in _elements(text, words, insertions):
        while gap < len(gaps) and gaps[gap][1] <= element.start:
            parts.append([])
            gap += 1
        parts[-1].append(element)
    kept = []
    for part in parts:
        while part and part[0].insertion:
            part.pop(0)
        while part and part[-1].insertion:
            part.pop()
        if part:
            kept.append(Part(tuple(part)))
    return Pattern(tuple(kept), bool(gaps), bool(insertions))


def literal(words: Sequence[Word]) -> Pattern:
    """Take every word for the source's own: it may print an ellipsis or brackets itself."""
    elements = tuple(Element(word.key, "", True, word.start, word.end) for word in words)
    return Pattern((Part(elements),) if elements else (), False, False)


def _elements(
    text: str, words: Sequence[Word], insertions: Sequence[tuple[int, int]]
) -> Iterator[Element]:
    """Join the letters of one word that brackets split; take other brackets as insertions."""
    within = 0
    done = 0
    index = 0
    while index < len(words):
        word = words[index]
        while within < len(insertions) and insertions[within][1] <= word.start:
            within += 1
        span = insertions[within] if within < len(insertions) else (len(text), len(text))
        if word.end == span[0] and text[span[0] - 1 : span[0]].isalnum():  # deploy[ed]
            index += 1
            while index < len(words) and words[index].start < span[1]:
                index += 1
            tail = ""
            if index < len(words) and words[index].start == span[1]:
                tail = words[index].key
                index += 1
            yield Element(word.key, tail, False, word.start, span[1])
        elif word.start >= span[0]:
            inside = []
            while index < len(words) and words[index].start < span[1]:
                inside.append(words[index])
                index += 1
            if index < len(words) and words[index].start == span[1]:  # [t]he
                rest = words[index]
                index += 1
                yield Element("", rest.key, False, span[0], rest.end)
            elif span[0] >= done:
                head = "sic" if [w.key for w in inside] == ["sic"] else ""
                yield Element(head, "", False, span[0], span[1], insertion=True)
                done = span[1]
        else:
            index += 1
            yield Element(word.key, "", True, word.start, word.end)
