"""Plan a search: for each word typed, the words of the index that it may stand for.

A stand-in is one to three neighbouring words of a passage and how sure it is that they are meant.
What is sure (the word itself, its beginnings, the same letters joined or split) comes first; what
is near (one or two edits) is worked out only where that does not answer.
"""

from __future__ import annotations

from enum import Enum
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING, NamedTuple

from tui.records.hangul import becoming, is_hangul, is_syllable
from tui.search.query import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tui.search.query import Query
    from tui.search.vocabulary import Vocabulary

EXACT, JOINED, BEGINNING, COMPOSING, SPLIT = 1.0, 0.95, 0.93, 0.92, 0.90
ONE_EDIT, EDITED_BEGINNING, TWO_EDITS = 0.72, 0.58, 0.50
FIRST_LETTER = 0.06
"""What an edit of the first letter takes off: people seldom mistype it."""
SURE = SPLIT
"""Stand-ins of at least this weight need no forgiveness."""

_MOST = 40
_BEGINNINGS = 32
_SPLITS = 6
_LIKELIER = 10
_RARE, _RARE_AT_LEAST = 5000, 3
"""What stands in one passage of so many is rare: as likely a slip of the source's as meant."""
_CACHED = 512
_ORDINALS = ("th", "st", "nd", "rd")


class Forgiving(Enum):
    """Which of the words may stand for something spelt otherwise."""

    NOTHING = 0
    SLIPS = 1
    """Words that nobody knows, and two edits only where one leads nowhere."""
    UNKNOWN = 2
    RARE = 3
    EVERYTHING = 4


class StandIn(NamedTuple):
    """Neighbouring words of a passage that a typed word may mean.

    `codes` are the characters that the index knows the `words` by, one each. `held` counts the
    passages that hold it. `letters` is how many letters of the word were typed, where it is still
    being typed; otherwise 0.
    """

    codes: str
    words: tuple[str, ...]
    weight: float
    held: int
    letters: int = 0


class Wanted(NamedTuple):
    """A word typed, what may stand for it, and how much it tells (inverse document frequency)."""

    word: str
    stop: bool
    stand_ins: tuple[StandIn, ...]
    idf: float


class Planner:
    """Work out stand-ins from one vocabulary, remembering them from keystroke to keystroke.

    `standing` counts the passages in which words stand side by side, given as their codes.
    """

    def __init__(
        self, vocabulary: Vocabulary, passages: int, standing: Callable[[str], int]
    ) -> None:
        self._vocabulary = vocabulary
        self._passages = passages
        self._standing = standing
        rare = max(_RARE_AT_LEAST, passages // _RARE)
        self._forgiven = {
            Forgiving.NOTHING: -1,
            Forgiving.SLIPS: 0,
            Forgiving.UNKNOWN: 0,
            Forgiving.RARE: rare,
            Forgiving.EVERYTHING: passages,
        }
        self._known: dict[tuple[str | bool, ...], tuple[StandIn, ...]] = {}

    def plan(self, query: Query, forgiving: Forgiving) -> tuple[Wanted, ...]:
        """Give what is wanted, word by word."""
        joined = self._joined(query)
        content = [word for word in query.words if word not in STOP_WORDS]
        wanted = []
        for place, word in enumerate(query.words):
            goes_on = query.open and place == len(query.words) - 1
            stand_ins = self._stand_ins(word, goes_on) + joined.get(place, ())
            held = max((s.held for s in stand_ins), default=0)
            if held <= self._forgiven[forgiving]:
                far = forgiving is not Forgiving.SLIPS
                alike = self._alike(word, goes_on, len(content) > 2, far)
                if stand_ins and len(content) == 1:
                    # A word that stands there, alone: only a far commoner one may be meant.
                    least = _LIKELIER * held
                    alike = tuple(
                        s for s in alike if s.weight != EDITED_BEGINNING and s.held >= least
                    )
                stand_ins += alike
            stop = word in STOP_WORDS and bool(content)
            wanted.append(Wanted(word, stop, _best(stand_ins), self._idf(stand_ins)))
        return tuple(wanted)

    def exact(self, words: Iterable[str]) -> str | None:
        """Give the codes of a phrase's words, or None where one is nowhere."""
        codes = []
        for word in words:
            place = self._vocabulary.find(word)
            if place < 0 or self._vocabulary.codes[place] == "\0":
                return None
            codes.append(self._vocabulary.codes[place])
        return "".join(codes)

    def _idf(self, stand_ins: tuple[StandIn, ...]) -> float:
        """Weigh a word by the best of what stands for it; a word that is nowhere tells most."""
        best = max((s.weight for s in stand_ins), default=0.0)
        count = max((s.held for s in stand_ins if s.weight >= best - 0.1), default=0)
        return log(1 + (self._passages - count + 0.5) / (count + 0.5))

    def _stand_ins(self, word: str, goes_on: bool) -> tuple[StandIn, ...]:
        return self._remembered((word, goes_on), lambda: self._sure(word, goes_on))

    def _alike(self, word: str, goes_on: bool, company: bool, far: bool) -> tuple[StandIn, ...]:
        key = (word, goes_on, company, far)
        return self._remembered(key, lambda: self._near(word, goes_on, company, far))

    def _remembered(
        self, key: tuple[str | bool, ...], find: Callable[[], Iterable[StandIn]]
    ) -> tuple[StandIn, ...]:
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = self._known[key] = tuple(find())
        return known

    def _sure(self, word: str, goes_on: bool) -> Iterable[StandIn]:
        vocabulary = self._vocabulary
        exact = vocabulary.find(word)
        if exact >= 0:
            yield from self._at(exact, EXACT)
        if word.isdigit():  # 56 is the 56th
            for ending in _ORDINALS:
                place = vocabulary.find(word + ending)
                if place >= 0:
                    yield from self._at(place, JOINED)
        # A particle may follow a Hangul word: 확장억제 stands in 확장억제를.
        held = 0 if exact < 0 else vocabulary.counts[exact]
        if (goes_on and word not in STOP_WORDS and (len(word) > 1 or exact < 0)) or (
            word and is_hangul(word[0])
        ):
            for place in vocabulary.commonest(word, _BEGINNINGS):
                if place != exact:
                    held += vocabulary.counts[place]
                    yield from self._at(place, BEGINNING, letters=len(word))
        if word and is_hangul(word[-1]) and (goes_on or not is_syllable(word[-1])):
            yield from self._composing(word)
        if held <= self._forgiven[Forgiving.RARE] and len(word) > 4 and word.isalpha():
            yield from self._split(word, goes_on)

    def _composing(self, word: str) -> Iterable[StandIn]:
        """Take the last syllable for one that is being composed: 확장억ㅈ goes on to 확장억제."""
        for first, last in becoming(word[-1]):
            low, high = word[:-1] + first, word[:-1] + last
            for place in self._vocabulary.commonest(low, _BEGINNINGS, high):
                if not self._vocabulary.words[place].startswith(word):
                    yield from self._at(place, COMPOSING, letters=len(low))

    def _near(self, word: str, goes_on: bool, company: bool, far: bool) -> Iterable[StandIn]:
        vocabulary = self._vocabulary
        if len(word) < 4 or not word.isalpha() or is_hangul(word[0]):
            return
        exact = vocabulary.find(word) >= 0
        whole = vocabulary.one_edit(word)
        for place in whole:
            other = vocabulary.words[place]
            kept = other[0] == word[0]
            yield from self._at(place, ONE_EDIT if kept else ONE_EDIT - FIRST_LETTER)
        begun = vocabulary.one_edit_heads(word) - whole if goes_on else frozenset()
        for place in self._commonest(begun):
            yield from self._at(place, EDITED_BEGINNING)
        # Two edits leave little of five letters: other words have to bear them out.
        enough = len(word) > 5 or (len(word) == 5 and (company or not whole))
        if not exact and enough and (far or (not whole and not begun)):
            for place in self._commonest(vocabulary.two_edits(word)):
                yield from self._at(place, TWO_EDITS)

    def _commonest(self, places: Collection[int]) -> Collection[int]:
        """Keep no more places than stand-ins are kept."""
        if len(places) <= _MOST:
            return places
        return nlargest(_MOST, places, key=self._vocabulary.counts.__getitem__)

    def _at(self, place: int, weight: float, letters: int = 0) -> Iterable[StandIn]:
        """Give what stands at a place of the vocabulary: a term, a compound, or both."""
        vocabulary = self._vocabulary
        word, code, count = (
            vocabulary.words[place],
            vocabulary.codes[place],
            vocabulary.counts[place],
        )
        if code != "\0":
            yield StandIn(code, (word,), weight, count, letters)
        if compound := vocabulary.compounds.get(place):
            pair, cut = compound
            yield StandIn(pair, (word[:cut], word[cut:]), min(weight, JOINED), count)

    def _split(self, word: str, goes_on: bool) -> Iterable[StandIn]:
        """Take a word for two or three that were run together."""
        vocabulary = self._vocabulary
        found: list[tuple[int, tuple[int, ...], int]] = []
        for cut in range(2, len(word) - 1):
            head = vocabulary.find(word[:cut])
            if head < 0 or vocabulary.codes[head] == "\0":
                continue
            rest = word[cut:]
            tails = [(vocabulary.find(rest), 0)]
            if goes_on:
                tails += [(place, len(rest)) for place in vocabulary.commonest(rest, 4)]
            for tail, letters in tails:
                if tail >= 0 and vocabulary.codes[tail] != "\0":
                    least = min(vocabulary.counts[head], vocabulary.counts[tail])
                    found.append((least, (head, tail), letters))
            for second in range(cut + 2, len(word) - 1) if len(word) >= 7 else ():
                middle, tail = vocabulary.find(word[cut:second]), vocabulary.find(word[second:])
                if min(middle, tail) >= 0 and "\0" not in (
                    vocabulary.codes[middle],
                    vocabulary.codes[tail],
                ):
                    three = (head, middle, tail)
                    found.append((min(vocabulary.counts[p] for p in three) // 2, three, 0))
        for _, places, letters in sorted(found, reverse=True)[:_SPLITS]:
            codes = "".join(vocabulary.codes[place] for place in places)
            if held := self._standing(codes):
                words = tuple(vocabulary.words[place] for place in places)
                yield StandIn(codes, words, SPLIT, held, letters)

    def _joined(self, query: Query) -> dict[int, tuple[StandIn, ...]]:
        """Find the words that two typed neighbours are when run together: free dom, freedom."""
        found: dict[int, tuple[StandIn, ...]] = {}
        for place in range(len(query.words) - 1):
            one, other = query.words[place : place + 2]
            at = self._vocabulary.find(one + other)
            if at >= 0 and self._vocabulary.codes[at] != "\0":
                stand_in = tuple(s for s in self._at(at, JOINED) if len(s.codes) == 1)
                for part in (place, place + 1):
                    found[part] = found.get(part, ()) + stand_in
        return found


def _best(stand_ins: tuple[StandIn, ...]) -> tuple[StandIn, ...]:
    """Keep the surest reading of each stand-in, and no more of them than retrieval can bear."""
    by_codes: dict[str, StandIn] = {}
    for stand_in in stand_ins:
        known = by_codes.get(stand_in.codes)
        if known is None or known.weight < stand_in.weight:
            by_codes[stand_in.codes] = stand_in
    best = sorted(by_codes.values(), key=lambda s: (-s.weight, -s.held))
    return tuple(best[:_MOST])
