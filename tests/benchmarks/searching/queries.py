"""Make known-item queries: a few words of one passage, spoilt in the ways that people spoil them.

The words are such that no other passage holds all of them, so that there is one right answer. What
is left of them once spoilt may by chance be spelt like other words that another passage does hold.
Such a query stays, for a person would type it as well; it is counted as *ambiguous*, and there a
hit within ten is the most that can be asked for.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from searching.oracle import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from searching.corpus import Lines
    from searching.oracle import Oracle

EASY = ("exact", "one typo", "typos", "cut", "names")
"""The five classes that any search has to answer."""
HARD = ("two edits", "typos and cut", "reversed and typo", "one rare typo", "rare alone")
CLASSES = {
    "exact": "three words, as they stand in the passage, in its order",
    "one typo": "a mistake in one of the words of five letters or more",
    "typos": "a mistake in every word of five letters or more, two at least",
    "cut": "the last word broken off after four letters or more",
    "names": "a name's two parts joined, split or hyphenated, and two words",
    "two edits": "two edits in one word of seven letters or more",
    "typos and cut": "typos, and then the last word broken off",
    "reversed and typo": "the words in reverse, with a mistake in one",
    "one rare typo": "the rarest of three words mistyped, and typed first",
    "rare alone": "one word that two to ten passages hold, mistyped, and nothing else",
}
OPEN = frozenset(("cut", "typos and cut"))
MOST_RARE = 20
LEAST_ALONE, MOST_ALONE = 2, 10
"""What stands once in a million passages is, as a rule, a slip itself."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PART = re.compile(r"[A-Z][a-z]+")
_TRIES = 100_000

_STOP = """
this that with from into were been being have does could would should might must there here about
than then they them their what when where which your will these those over under also such only
more most some said says very just because while after before between having whom whose shall
"""
STOP_WORDS = frozenset(_STOP.split())


@dataclass
class Query:
    """What is typed, the passages meant, and whether another one literally holds what is typed."""

    typed: str
    meant: tuple[int, ...]
    ambiguous: bool = False


def typo(chance: random.Random, word: str) -> str:
    """Make one mistake: a letter left out, put in, changed, or two swapped; never the first."""
    at = chance.randrange(1, len(word))
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice(LETTERS) + word[at:]
    if kind == 2 or at == len(word) - 1 or word[at] == word[at + 1]:
        other = chance.choice([letter for letter in LETTERS if letter != word[at]])
        return word[:at] + other + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def two_typos(chance: random.Random, word: str) -> str:
    """Make two mistakes that do not undo each other: the word is two edits away."""
    while True:
        spoilt = typo(chance, typo(chance, word))
        if OSA.distance(word, spoilt) == 2:
            return spoilt


def cut(chance: random.Random, word: str) -> str:
    """Break a word off after four letters or more, before its end."""
    return word[: chance.randrange(4, len(word))]


class Spoiler:
    """Spoil three words in the way of a class; gives None where they do not lend themselves."""

    def __init__(self, chance: random.Random, count: Callable[[str], int]) -> None:
        self._chance = chance
        self._count = count

    def spoil(self, kind: str, words: list[str]) -> str | None:
        """Give what is typed for these words."""
        chance, words = self._chance, list(words)
        long = [at for at, word in enumerate(words) if len(word) >= 5]
        if kind in ("one typo", "reversed and typo"):
            if not long:
                return None
            at = chance.choice(long)
            words[at] = typo(chance, words[at])
        elif kind in ("typos", "typos and cut"):
            if len(long) < 2:
                return None
            for at in long:
                words[at] = typo(chance, words[at])
        elif kind == "two edits":
            able = [at for at in long if len(words[at]) >= 7]
            if not able:
                return None
            at = chance.choice(able)
            words[at] = two_typos(chance, words[at])
        elif kind == "one rare typo":
            counts = [self._count(word) for word in words]
            at = counts.index(min(counts))
            if len(words[at]) < 5 or counts[at] > MOST_RARE:
                return None
            return " ".join([typo(chance, words[at]), *words[:at], *words[at + 1 :]])
        elif kind == "rare alone":
            return typo(chance, words[0])
        elif kind == "names":
            return " ".join([chance.choice(("", " ", "-")).join(words[:2]), *words[2:]])
        if kind in OPEN:
            if len(words[-1]) < 6:
                return None
            words[-1] = cut(chance, words[-1])
        return " ".join(reversed(words) if kind == "reversed and typo" else words)


class Maker:
    """Make queries of a corpus; the same seed makes the same ones, whatever engine is asked."""

    def __init__(self, lines: Lines, oracle: Oracle, seed: int) -> None:
        self._lines = lines
        self._oracle = oracle
        self._seed = seed

    def make(self, kind: str, count: int) -> list[Query]:
        """Give so many queries of a class.

        Raises:
            ValueError: the corpus has too few passages that lend themselves to it.
        """
        chance = random.Random(f"{self._seed} {kind}")
        spoiler = Spoiler(chance, self._oracle.count)
        found: list[Query] = []
        for _ in range(_TRIES):
            if len(found) == count:
                return found
            number = chance.randrange(len(self._lines))
            words = self._words(kind, self._lines[number], chance)
            meant = set() if words is None else self._oracle.holding(words)
            if words and (len(meant) == 1 or kind == "rare alone"):
                typed = spoiler.spoil(kind, words)
                if typed is not None:
                    ambiguous = self._ambiguous(kind, typed, meant)
                    found.append(Query(typed, tuple(sorted(meant)), ambiguous))
        raise ValueError(f"{len(found)} queries of class {kind} in {_TRIES} passages, not {count}")

    def _words(self, kind: str, line: str, chance: random.Random) -> list[str] | None:
        content = [word for word in words_of(line) if _usable(word)]
        if kind == "names":
            return _name(line, content, chance)
        if kind == "rare alone":
            rare = [w for w in content if len(w) > 4 and self._is_rare(w)]
            return [chance.choice(rare)] if rare else None
        if len(set(content)) < 3:
            return None
        words = [content[at] for at in sorted(chance.sample(range(len(content)), 3))]
        return words if len(set(words)) == 3 else None

    def _is_rare(self, word: str) -> bool:
        return LEAST_ALONE <= self._oracle.count(word) <= MOST_ALONE

    def _ambiguous(self, kind: str, typed: str, meant: set[int]) -> bool:
        """Tell whether another passage literally holds every word that is typed."""
        words = typed.replace("-", "").split()
        return bool(self._oracle.holding(words, open_ended=kind in OPEN) - meant)


def _usable(word: str) -> bool:
    return len(word) > 3 and word.isascii() and word.isalpha() and word not in STOP_WORDS


def _name(line: str, content: list[str], chance: random.Random) -> list[str] | None:
    """Find a name of two parts, spaced (Yong Hyun) or hyphenated (Myung-soo), and two words."""
    tokens = line.replace(",", " ,").split()
    for at in range(1, len(tokens) - 1):
        one, hyphen, other = tokens[at].partition("-")
        if not hyphen:
            other = tokens[at + 1]
        if _PART.fullmatch(one) and _PART.fullmatch(other.title() if hyphen else other):
            pair = [one.lower(), other.lower()]
            rest = [word for word in content if word not in pair]
            if min(map(len, pair)) > 1 and len(set(rest)) > 1:
                words = [*pair, *chance.sample(rest, 2)]
                return words if len(set(words)) == 4 else None
    return None
