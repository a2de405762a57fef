"""The distinct words of an index, and the ways to find the ones that a typed word may stand for.

The cost of forgiving typing lives here, in the words, and not in the text: words grow far slower
than passages. They are a sorted list, so that a beginning is a range. One edit is found by what
is left without one letter, two edits by bit sets of letters held in whole numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.search.deletions import Deletions, one_edit
from tui.search.distance import at_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_BYTE = re.compile(rb"[^\0]", re.DOTALL)
_ENDING = "\U0010ffff"
_BEGUN = 48
"""The most words to take for one way to begin."""
_FEW = 12
"""So few words are compared one by one."""
_LONGEST = 48
"""Words of more letters take no part in two-edit search."""


class Vocabulary:
    """Sorted words; each is a term of the index, a compound of two terms, or both.

    `codes` holds one character a word: the term's character, or NUL for what is only a compound.
    `counts` holds the number of passages a word stands in. `compounds` tells of a word such as
    yonghyun by its place which terms a hyphen joins in the text.
    """

    def __init__(
        self,
        words: list[str],
        codes: str,
        counts: Sequence[int],
        compounds: Compounds,
        letters: LetterSets,
        deletions: Deletions,
    ) -> None:
        self.words = words
        self.codes = codes
        self.counts = counts
        self.compounds = compounds
        self._letters = letters
        self._commonest = lru_cache(maxsize=256)(self._most_frequent)
        self._deletions = deletions

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

    def commonest(self, prefix: str, most: int, last: str = "") -> tuple[int, ...]:
        """Give the places of the most frequent words that begin with a prefix.

        With `last` those that begin with any prefix from the one to the other.
        """
        return self._commonest(prefix, most, last)

    def _most_frequent(self, prefix: str, most: int, last: str) -> tuple[int, ...]:
        low, high = self.range(prefix)
        if last:
            high = self.range(last, low)[1]
        places = range(low, high)
        if high - low > most:
            from heapq import nlargest

            return tuple(nlargest(most, places, key=self.counts.__getitem__))
        return tuple(sorted(places, key=self.counts.__getitem__, reverse=True))

    def one_edit(self, word: str) -> set[int]:
        """Give the places of the words at one edit: a letter more, less, other, or two swapped."""
        return one_edit(word, self, self._deletions)

    def one_edit_heads(self, word: str) -> set[int]:
        """Give the places of words that begin with one at one edit, but not with the word itself.

        The first letter has to be right: with it open, half a vocabulary begins like a short word.
        Of each way to begin the commonest words are taken.
        """
        words = self.words
        found: set[int] = set()
        low, high = self.range(word[:1])
        for at in range(1, len(word)):
            if high - low <= _FEW:
                found.update(p for p in range(low, high) if _begins_alike(words[p], word, at))
                break
            self._begun(word[:at] + word[at + 1 :], low, high, found)
            if at + 1 < len(word):
                swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
                self._begun(swapped, low, high, found)
            here = low
            while here < high:
                other = words[here]
                if len(other) == at:
                    here += 1
                    continue
                begun = other[: at + 1]
                after = bisect_left(words, begun + _ENDING, here, high)
                self._begun(begun + word[at:], here, after, found)
                if begun[-1] != word[at]:
                    self._begun(begun + word[at + 1 :], here, after, found)
                here = after
            low, high = self.range(word[: at + 1], low, high)
        found.difference_update(range(*self.range(word)))
        return found

    def _begun(self, head: str, low: int, high: int, found: set[int]) -> None:
        """Find the commonest words of a range that begin with one."""
        words = self.words
        low = bisect_left(words, head, low, high)
        if low < high and words[low].startswith(head):
            high = bisect_left(words, head + _ENDING, low, high)
            if high - low > _BEGUN:
                found.update(self.commonest(head, _BEGUN))
            else:
                found.update(range(low, high))

    def two_edits(self, word: str) -> list[int]:
        """Give the places of the words at exactly two edits that begin with the same letter."""
        low, high = self.range(word[0])
        return at_edits(word, self.words, self._letters.near(word, low, high), 2)


def _begins_alike(other: str, word: str, at: int) -> bool:
    """Tell whether a word that begins with `word[:at]` goes on with the rest at one edit."""
    while at < len(word) and at < len(other) and word[at] == other[at]:
        at += 1
    rest, after = other[at:], word[at + 1 :]
    return (
        rest.startswith(after)
        or rest[1:].startswith((after, word[at:]))
        or (after != "" and rest.startswith(after[0] + word[at : at + 1] + after[1:]))
    )


class Compounds:
    """Words that a hyphen joins in the text: by place, sorted, and three characters each.

    The characters are the codes of the two terms, and the number of letters of the first one.
    """

    def __init__(self, places: Sequence[int], pairs: str) -> None:
        self._places = places
        self._pairs = pairs

    def get(self, place: int) -> tuple[str, int] | None:
        """Give the codes of the two terms and the letters of the first, None for no compound."""
        at = bisect_left(self._places, place)
        if at == len(self._places) or self._places[at] != place:
            return None
        return self._pairs[3 * at : 3 * at + 2], ord(self._pairs[3 * at + 2])


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
