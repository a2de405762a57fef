"""The distinct words of an index, and the ways to find the ones that a typed word may stand for.

The cost of forgiving typing lives here, in the words, and not in the text: words grow far slower
than passages. They are a sorted list, so that a beginning is a range. One edit is found by making
every edit and looking it up, two edits by bit sets of letters held in whole numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from tui.search.distance import at_edits

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Iterator, Mapping

_BYTE = re.compile(rb"[^\0]", re.DOTALL)
_ENDING = "\U0010ffff"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STEM = 5
_BEGUN = 48
"""The most words to take for one way to begin."""
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
        kept_stems: Callable[[], str] | None = None,
    ) -> None:
        self.words = words
        self.codes = codes
        self.counts = counts
        self.compounds = compounds
        self._letters = letters
        self._commonest = lru_cache(maxsize=256)(self._most_frequent)
        self._kept_stems = kept_stems

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
        found = self._known.intersection(_variants(word, 0))
        return {bisect_left(self.words, other) for other in found if other != word}

    def one_edit_heads(self, word: str) -> set[int]:
        """Give the places of words that begin with one at one edit, but for such words themselves.

        The first letter has to be right: with it open, half a vocabulary begins like a short word.
        """
        found: set[int] = set()
        stems = self._stems
        for head in set(_variants(word, 1)):
            if head[:_STEM] in stems and head != word:
                low, high = self.range(head)
                if low < high and self.words[low] == head:
                    low += 1
                found.update(range(low, min(high, low + _BEGUN)))
        return found

    def two_edits(self, word: str) -> list[int]:
        """Give the places of the words at exactly two edits that begin with the same letter."""
        low, high = self.range(word[0])
        return at_edits(word, self.words, self._letters.near(word, low, high), 2)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def _stems(self) -> frozenset[str]:
        kept = self._kept_stems
        return stems(self.words) if kept is None else frozenset(kept().split("\n"))


def stems(words: list[str]) -> frozenset[str]:
    """Give how words begin: far fewer than words, and most edits lead to none of them."""
    return frozenset(word[:length] for length in (3, 4, _STEM) for word in words)


def _variants(word: str, first: int) -> list[str]:
    """Write a word with one edit in every way, none of them before the letter at `first`.

    The letters tried are those of English and of the word itself.
    """
    letters = _LETTERS if word.isascii() else _LETTERS + "".join(set(word))
    splits = [(word[:at], word[at:]) for at in range(first, len(word) + 1)]
    found = [head + letter + tail for head, tail in splits for letter in letters]
    found += [head + letter + tail[1:] for head, tail in splits if tail for letter in letters]
    found += [head + tail[1:] for head, tail in splits if tail]
    found += [head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1]
    return found


class LetterSets:
    """For each letter, and each length, the set of words that have it: one bit a word.

    The k-th occurrence of a letter in a word counts as a letter of its own, so that comparing two
    words' letters counts each as often as it stands there.
    """

    def __init__(self, sets: Mapping[str, bytes | memoryview]) -> None:
        self._sets = sets

    def near(self, word: str, low: int, high: int) -> list[int]:
        """Give the places in a range of words whose letters differ by what two edits can change."""
        first, last = low // 8, (high + 7) // 8
        sets = self._sets

        def number(key: str) -> int:
            return int.from_bytes(sets[key][first:last], "little") if key in sets else 0

        length = len(word)
        of_length = {n: number(f"#{n}") for n in range(length - 2, length + 3)}
        everything = 0
        for these in of_length.values():
            everything |= these
        one = two = three = 0  # words that lack at least so many of the letters
        for key in letter_keys(word):
            lack = everything & ~number(key)
            three |= two & lack
            two |= one & lack
            one |= lack
        # Each edit takes away at most one letter and brings at most one.
        shorter = of_length[length - 2] | of_length[length - 1] | of_length[length]
        found = (of_length[length + 2] & ~one) | (of_length[length + 1] & ~two) | (shorter & ~three)
        return [place for place in _bits(found, first * 8) if low <= place < high]


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


def _bits(number: int, start: int) -> Iterator[int]:
    """Walk through the places of the bits that are set, counted from `start`."""
    for match in _BYTE.finditer(number.to_bytes((number.bit_length() + 7) // 8, "little")):
        byte, at = match[0][0], start + match.start() * 8
        while byte:
            low = byte & -byte
            yield at + low.bit_length() - 1
            byte ^= low
