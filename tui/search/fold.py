"""Fold text so that what a reader takes for the same letters compares equal, and know where from.

Folding goes one unit of the original at a time and remembers each unit's place: folding a whole
string first would lose the offsets that highlights need. A unit is one character, or the letters
of one decomposed Hangul or kana syllable. It may fold to several characters (ß, ﬁ) or to none (a
combining mark, a soft hyphen).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.records.hangul import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_APOSTROPHES = frozenset("'’‘‛ʼʻ′＇`´")
_DASHES = frozenset("-‐‑‒–—―−﹘﹣－⁃˗")
_UNIT = re.compile(
    r"[\u1100-\u115f\ua960-\ua97c]+[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*"
    r"|[\u3041-\u30ff][\u3099\u309a]"
    r"|[^\x00-\x7f]"
)
_SOUND_MARKS = "\u3099\u309a"
# An abbreviation with points (U.S., D.C.), words that + or & ties (2+2, R&D), a word.
_POINTED = re.compile(r"(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])\.?")
_WORD = re.compile(rf"{_POINTED.pattern}|[^\W_]+(?:[+&][^\W_]+)*")
_FIRST_HAN = "\u3400"
_BREAKS = frozenset(".;!?\n\r…")


class _Folds(dict[str, str]):
    """Unit → what it folds to, worked out once each."""

    def __missing__(self, unit: str) -> str:
        folded = _fold_unit(unit)
        if len(unit) == 1:
            self[unit] = folded
        return folded


def _fold_unit(unit: str) -> str:
    text = unit
    for _ in range(3):  # casefolding may bring out what can be decomposed again
        before = text
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(map(_letter, text))
        text = unicodedata.normalize("NFKC", text)
        if text == before:
            break
    return text.lower()


def _letter(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES:
        return "-"
    mark = unicodedata.category(character) in ("Mn", "Me", "Cf")
    return "" if mark and character not in _SOUND_MARKS else character


_FOLDS = _Folds(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DASHES, "-"))


def _fold_match(match: re.Match[str]) -> str:
    return _FOLDS[match[0]]


def fold(text: str) -> str:
    """Fold a text without keeping places."""
    return text.lower() if text.isascii() else _UNIT.sub(_fold_match, text).lower()


class _Blanks(dict[int, str]):
    """Character → itself in a word, a blank between words, an ideograph with blanks around."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = " "
        if character.isalnum():
            kept = f" {character} " if is_han(character) else character
        self[code] = kept
        return kept


_BLANKS = _Blanks()


def words_in(folded: str) -> list[str]:
    """Give the words of a folded text, in order; each ideograph is a word of its own.

    This is `_places` without the places, five times as fast: it reads every text there is.
    """
    if "+" in folded or "&" in folded or "'s." in folded:
        return [folded[start:end].replace(".", "") for start, end in _places(folded)]
    if "'s" in folded:
        folded = _without_possessives(folded)
    if "." in folded[:-1]:
        folded = _POINTED.sub(_without_points, folded)
    return folded.translate(_BLANKS).split()


def _without_possessives(folded: str) -> str:
    at = folded.find("'s")
    while at >= 0:
        if _possessive(folded, at + 1, at + 2) and not folded[at + 2 : at + 3].isalnum():
            folded = f"{folded[:at]}  {folded[at + 2 :]}"
        at = folded.find("'s", at + 2)
    return folded


def _without_points(match: re.Match[str]) -> str:
    return match[0].replace(".", "") + " "


def _places(folded: str) -> list[tuple[int, int]]:
    places = [match.span() for match in _WORD.finditer(folded)]
    if not folded.isascii() and max(folded) >= _FIRST_HAN:
        places = [part for start, end in places for part in _without_han(folded, start, end)]
    if "'s" not in folded:
        return places
    return [(start, end) for start, end in places if not _possessive(folded, start, end)]


def _without_han(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run of letters so that each ideograph stands alone."""
    begun = start
    for at in range(start, end):
        character = folded[at]
        han = character >= _FIRST_HAN and is_han(character)
        if han or (character in "+&" and (begun == at or _is_han_at(folded, at + 1))):
            if begun < at:
                yield begun, at
            if han:
                yield at, at + 1
            begun = at + 1
    if begun < end:
        yield begun, end


def _is_han_at(folded: str, at: int) -> bool:
    return at < len(folded) and is_han(folded[at])


def _possessive(folded: str, start: int, end: int) -> bool:
    alone = end - start == 1 and start > 1
    owner = folded[start - 2] if alone else " "
    return folded[start - 1 : end] == "'s" and (owner.isalnum() or owner == ".")


def compounds_in(folded: str) -> list[tuple[str, str]]:
    """Give the pairs of words that a hyphen joins."""
    found = []
    at = folded.find("-", 1)
    while at > 0:
        one, other = at, at + 1
        while one and folded[one - 1].isalnum():
            one -= 1
        while other < len(folded) and folded[other].isalnum():
            other += 1
        if one < at and other > at + 1:
            found.append((folded[one:at], folded[at + 1 : other]))
        at = folded.find("-", at + 1)
    return found


class Folded:
    """A folded text that knows where each of its characters came from."""

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, original: str) -> None:
        self._starts: Sequence[int] = range(len(original))
        self._ends: Sequence[int] = range(1, len(original) + 1)
        if original.isascii():
            self.text = original.lower()
            return
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        place = 0
        for match in _UNIT.finditer(original):
            start, end = match.span()
            folded = _FOLDS[match[0]]
            pieces += original[place:start].lower(), folded
            starts += range(place, start)
            ends += range(place + 1, start + 1)
            starts += [start] * len(folded)
            ends += [end] * len(folded)
            if not folded and ends:  # a mark belongs to the letter that it stands on
                ends[-1] = end
            place = end
        pieces.append(original[place:].lower())
        starts += range(place, len(original))
        ends += range(place + 1, len(original) + 1)
        self.text = "".join(pieces)
        self._starts, self._ends = starts, ends

    def places(self) -> list[tuple[int, int]]:
        """Give the places of the words in the folded text."""
        return _places(self.text)

    def word(self, place: tuple[int, int]) -> str:
        """Give the word at one of the places."""
        return self.text[place[0] : place[1]].replace(".", "")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of a non-empty stretch of the folded text."""
        return self._starts[start], self._ends[end - 1]

    def head(self, place: tuple[int, int], letters: int) -> tuple[int, int]:
        """Give the place in the original of the first letters of a word; points do not count."""
        start, end = place
        at = start
        while letters and at < end:
            letters -= self.text[at] != "."
            at += 1
        return self.span(start, max(at, start + 1))

    def broken(self, start: int, end: int) -> bool:
        """Tell whether a sentence or line ends in a stretch of the folded text."""
        return start < end and not _BREAKS.isdisjoint(self.text[start:end])
