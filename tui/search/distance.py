"""Count edits between two words: optimal string alignment, where a swap of neighbours is one edit.

The first comparisons are made here, in whole-number arithmetic (Hyyrö 2003, bit-parallel
approximate matching). Many go to rapidfuzz, whose import costs more than some thousands of them;
`tests/search/test_distance.py` holds the two to the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY = 4000
"""So many comparisons in one process pay for the import."""


def masks(word: str) -> dict[str, int]:
    """Give, for each letter, the places of a word at which it stands, one bit a place."""
    found: dict[str, int] = {}
    for at, letter in enumerate(word):
        found[letter] = found.get(letter, 0) | 1 << at
    return found


def edits(word: str, other: str, letters: dict[str, int] | None = None) -> int:
    """Count the edits between two words; `letters` are the masks of `word`."""
    if not word:
        return len(other)
    letters = masks(word) if letters is None else letters
    everything = (1 << len(word)) - 1
    last = 1 << len(word) - 1
    up, down, diagonal, before = everything, 0, 0, 0
    distance = len(word)
    for letter in other:
        here = letters.get(letter, 0)
        swap = ((~diagonal & here) << 1) & before
        diagonal = (((here & up) + up) ^ up) | here | down | swap
        right = down | (everything & ~(diagonal | up))
        left = diagonal & up
        if right & last:
            distance += 1
        elif left & last:
            distance -= 1
        right = right << 1 | 1
        up = everything & (left << 1 | ~(diagonal | right))
        down = everything & right & diagonal
        before = here
    return distance


class _Made:
    """How many comparisons were made here."""

    count = 0


def at_edits(word: str, words: Sequence[str], places: Sequence[int], count: int) -> list[int]:
    """Give the places of `words` whose word is exactly `count` edits away."""
    _Made.count += len(places)
    if _Made.count < _MANY:
        letters = masks(word)
        return [place for place in places if edits(word, words[place], letters) == count]
    return _at_edits_many(word, words, places, count)


def _at_edits_many(word: str, words: Sequence[str], places: Sequence[int], count: int) -> list[int]:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    near = extract(
        word,
        [words[place] for place in places],
        scorer=OSA.distance,
        processor=None,
        score_cutoff=count,
        limit=None,
    )
    return sorted(places[index] for _, distance, index in near if distance == count)
