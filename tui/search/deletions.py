"""Find the words at one edit from another by what is left of both without one letter.

Two words at one edit share what is left when a letter is taken out of one of them, or of both (Mor
and Fraenkel 1982). A table of all that is left of every word answers in one look a letter, where
trying every edit takes hundreds.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.search.vocabulary import Vocabulary

SHORTEST, LONGEST = 3, 40
"""Words of fewer or more letters are not in the table."""


_PARTS, _SHIFT = 32, 27
OTHER_SCRIPTS = "\u1100"
"""From here on stand scripts whose words are not spelt letter by letter, Hangul first."""


class Deletions:
    """The table: CRC-32 of what is left and the place of the word in one number, sorted."""

    def __init__(self, table: Sequence[int]) -> None:
        self._table = table

    def having(self, left: str) -> Iterator[int]:
        """Give the places of words that may leave this; sums are shared, so check them."""
        table = self._table
        first = zlib.crc32(left.encode()) << 32
        at = bisect_left(table, first)
        after = first + (1 << 32)
        while at < len(table) and (found := table[at]) < after:
            yield found - first
            at += 1


def one_edit(word: str, vocabulary: Vocabulary, deletions: Deletions) -> set[int]:
    """Give the places of the words at one edit: a letter more, less, other, or two swapped."""
    words, found = vocabulary.words, set()
    for place in deletions.having(word):
        other = words[place]
        if len(other) == len(word) + 1 and _leaves(other, word):
            found.add(place)
    for at, letter in enumerate(word):
        head, tail = word[:at], word[at + 1 :]
        left = head + tail
        place = vocabulary.find(left)
        if place >= 0:
            found.add(place)
        for place in deletions.having(left):
            other = words[place]
            if len(other) != len(word) or other == word or not other.startswith(head):
                continue
            # another letter stands here, or this one changed places with the next
            if other[at + 1 :] in (tail, letter + tail[1:]):
                found.add(place)
    return found


def _leaves(longer: str, shorter: str) -> bool:
    at = 0
    while at < len(shorter) and longer[at] == shorter[at]:
        at += 1
    return longer[at + 1 :] == shorter[at:]


def deletions_of(words: Sequence[str]) -> array[int]:
    """Make the table of `Deletions` for sorted words; Hangul and Han stay out."""
    crc32 = zlib.crc32
    # Sorted by parts, as a list of them all would take ten times the room of the table.
    parts = [array("Q") for _ in range(_PARTS)]
    for place, word in enumerate(words):
        if SHORTEST <= len(word) <= LONGEST and word.isalpha() and max(word) < OTHER_SCRIPTS:
            data = word.encode()
            if len(data) == len(word):
                left = {data[:at] + data[at + 1 :] for at in range(len(data))}
            else:
                left = {(word[:at] + word[at + 1 :]).encode() for at in range(len(word))}
            for one in left:
                check = crc32(one)
                parts[check >> _SHIFT].append(check << 32 | place)
    table = array("Q")
    for part in parts:
        table.extend(sorted(part))
    return table
