"""The distinct words of an index, and the ways to find the ones that a typed word may stand for.

The cost of forgiving typing lives here, in the words, and not in the text: words grow far slower
than passages. Everything is a sorted list, so that a prefix is a range; one edit is found by
walking that range, two edits by bit sets of letters held in whole numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.search.distance import at_edits, one_edit

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping

_BYTE = re.compile(rb"[^\0]", re.DOTALL)
_ENDING = "\U0010ffff"
_WALK = 48
"""Ranges up to this size are read word by word; larger ones are asked letter by letter."""
_LONGEST = 48
"""Words of more letters take no part in two-edit search."""


class Vocabulary:
    """Sorted words; each is a term of the index, a compound of two terms, or both.

    `codes` holds one character a word: the term's character, or NUL for what is only a compound.
    `counts` holds the number of passages a word stands in. `compounds` maps the place of a word
    such as yonghyun to the two characters of the terms that a hyphen joins in the text, and
    to the number of letters of the first one.
    """

    def __init__(
        self,
        words: list[str],
        codes: str,
        counts: array[int],
        compounds: Mapping[int, tuple[str, int]],
        letters: LetterSets,
    ) -> None:
        self.words = words
        self.codes = codes
        self.counts = counts
        self.compounds = compounds
        self._letters = letters
        self._commonest = lru_cache(maxsize=256)(self._most_frequent)
        self._following = lru_cache(maxsize=512)(self._letters_after)

    def __len__(self) -> int:
        return len(self.words)

    def find(self, word: str) -> int:
        """Give the place of a word, or -1."""
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else -1

    def range(self, prefix: str, low: int = 0, high: int | None = None) -> tuple[int, int]:
        """Give the places of the words that begin with a prefix, end exclusive."""
        low = bisect_left(self.words, prefix, low, high)
        return low, bisect_left(self.words, prefix + _ENDING, low, high)

    def commonest(self, prefix: str, most: int) -> tuple[int, ...]:
        """Give the places of the most frequent words that begin with a prefix."""
        return self._commonest(prefix, most)

    def _most_frequent(self, prefix: str, most: int) -> tuple[int, ...]:
        low, high = self.range(prefix)
        places = range(low, high)
        if high - low > most:
            from heapq import nlargest

            return tuple(nlargest(most, places, key=self.counts.__getitem__))
        return tuple(sorted(places, key=self.counts.__getitem__, reverse=True))

    def one_edit(self, word: str) -> set[int]:
        """Give the places of the words at one edit: a letter more, less, other, or two swapped."""
        return {place for place in self._near_heads(word) if one_edit(word, self.words[place])}

    def one_edit_on(self, word: str) -> tuple[set[int], set[int]]:
        """Give the places of words at one edit, and of those that only begin with such a word.

        For a beginning the first letter has to be right: with it open, half a vocabulary begins
        like a short word.
        """
        whole: set[int] = set()
        heads: set[int] = set()
        length, first = len(word), word[0]
        for place in self._near_heads(word, whole=False):
            term = self.words[place]
            if one_edit(word, term):
                whole.add(place)
            elif term[0] == first and (
                one_edit(word, term[:length])
                or one_edit(word, term[: length + 1])
                or one_edit(word, term[: length - 1])
            ):
                heads.add(place)
        return whole, heads

    def _near_heads(self, word: str, *, whole: bool = True) -> Iterator[int]:
        """Walk the places that agree with `word` up to some letter and, past one edit, after it."""
        words = self.words
        # ASCII words stand first. Elsewhere the first letter has to be right: scripts have many.
        low, high = (0, bisect_left(words, "\x80")) if word.isascii() else self.range(word[0])
        for at in range(0 if word.isascii() else 1, len(word) + 1):
            # Here words[low:high] all begin with word[:at].
            if high - low <= _WALK:
                yield from range(low, high)
                return
            rest = word[at + 1 :]
            # A letter left out, two letters swapped.
            heads = [word[:at] + rest]
            if rest:
                heads.append(word[:at] + rest[0] + word[at] + rest[1:])
            # A letter changed, a letter put in.
            for letter in self._following(word[:at], low, high):
                heads.append(word[:at] + letter + rest)
                heads.append(word[:at] + letter + word[at:])
            for head in heads:
                if whole:
                    place = bisect_left(words, head, low, high)
                    if place < high and words[place] == head:
                        yield place
                else:
                    start, end = self.range(head, low, high)
                    yield from range(start, end if end - start <= 4 * _WALK else start + _WALK)
            if at < len(word):
                low, high = self.range(word[: at + 1], low, high)

    def _letters_after(self, prefix: str, low: int, high: int) -> tuple[str, ...]:
        """Give the letters that follow a prefix in its range."""
        at, found = len(prefix), []
        words = self.words
        while low < high:
            if len(words[low]) <= at:
                low += 1
                continue
            letter = words[low][at]
            found.append(letter)
            low = bisect_left(words, prefix + letter + _ENDING, low, high)
        return tuple(found)

    def two_edits(self, word: str) -> list[int]:
        """Give the places of the words at exactly two edits."""
        return at_edits(word, self.words, self._letters.near(word), 2)


class LetterSets:
    """For each letter, and each length, the set of words that have it: one bit a word.

    The k-th occurrence of a letter in a word counts as a letter of its own, so that comparing two
    words' letters counts each as often as it stands there.
    """

    def __init__(self, sets: Mapping[str, bytes | memoryview]) -> None:
        self._sets = sets
        self._numbers: dict[str, int] = {}

    def _number(self, key: str) -> int:
        if key not in self._numbers:
            self._numbers[key] = int.from_bytes(self._sets.get(key, b""), "little")
        return self._numbers[key]

    def near(self, word: str) -> list[int]:
        """Give the places of the words whose letters differ by what two edits can change."""
        length = len(word)
        of_length = {n: self._number(f"#{n}") for n in range(length - 2, length + 3)}
        everything = 0
        for number in of_length.values():
            everything |= number
        one = two = three = 0  # words that lack at least so many of the letters
        for key in letter_keys(word):
            lack = everything & ~self._number(key)
            three |= two & lack
            two |= one & lack
            one |= lack
        # Each edit takes away at most one letter and brings at most one.
        shorter = of_length[length - 2] | of_length[length - 1] | of_length[length]
        return _bits(
            (of_length[length + 2] & ~one) | (of_length[length + 1] & ~two) | (shorter & ~three)
        )


def letter_keys(word: str) -> Iterable[str]:
    """Give a word's letters, each repeated one told apart by its number."""
    if len(set(word)) == len(word):
        return word
    seen: dict[str, int] = {}
    keys = []
    for letter in word:
        times = seen.get(letter, 0)
        seen[letter] = times + 1
        keys.append(letter if times == 0 else f"{letter}{times}")
    return keys


def letter_sets(words: list[str]) -> dict[str, bytes]:
    """Give the bit sets of `LetterSets`; words that are too long or not in Latin have no bits."""
    size = (len(words) + 7) // 8
    sets: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(size))
    for place, word in enumerate(words):
        if len(word) > _LONGEST or not word.isascii():
            continue
        byte, bit = place >> 3, 1 << (place & 7)
        for key in letter_keys(word):
            sets[key][byte] |= bit
        sets[f"#{len(word)}"][byte] |= bit
    return {key: bytes(bits) for key, bits in sets.items()}


def _bits(number: int) -> list[int]:
    """Give the places of the bits that are set."""
    found = []
    for match in _BYTE.finditer(number.to_bytes((number.bit_length() + 7) // 8, "little")):
        byte, at = match[0][0], match.start() * 8
        while byte:
            low = byte & -byte
            found.append(at + low.bit_length() - 1)
            byte ^= low
    return found
