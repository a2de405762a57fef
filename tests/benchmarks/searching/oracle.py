"""Know which passages hold which words, by counting them: no engine is asked."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")
_PAIR = re.compile(r"([^\W_]+)-([^\W_]+)")


def words_of(line: str) -> list[str]:
    """Give the words of a passage in order, in small letters."""
    return _WORD.findall(line.lower())


class Oracle:
    """The passages that hold each word; a pair tied by a hyphen is a word, joined, as well."""

    def __init__(self, lines: Iterable[str]) -> None:
        places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for number, line in enumerate(lines):
            lower = line.lower()
            held = set(_WORD.findall(lower))
            if "-" in lower:
                held.update(one + other for one, other in _PAIR.findall(lower))
            for word in held:
                places[word].append(number)
        self._places = dict(places)
        self._sorted = sorted(places)

    def __len__(self) -> int:
        return len(self._sorted)

    def count(self, word: str) -> int:
        """Give the number of passages that hold a word."""
        return len(self._places.get(word, ()))

    def holding(self, words: Sequence[str], *, open_ended: bool = False) -> set[int]:
        """Give the passages that hold every word; the last may be a beginning if `open_ended`."""
        sets: list[Sequence[int]] = [self._places.get(word, ()) for word in words]
        if open_ended:
            sets[-1] = self._begun(words[-1])
        sets.sort(key=len)
        found = set(sets[0])
        for places in sets[1:]:
            found.intersection_update(places)
        return found

    def _begun(self, head: str) -> list[int]:
        at = bisect_left(self._sorted, head)
        found: list[int] = []
        while at < len(self._sorted) and self._sorted[at].startswith(head):
            found += self._places[self._sorted[at]]
            at += 1
        return found
