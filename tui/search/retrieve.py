"""Retrieve the passages that hold what is wanted, and rank the most promising of them.

What stands for a word is a set of passages, in levels from sure to doubtful. Sets are united and
intersected, the rarest word first, so that all that answers is known and counted; only the ranking
by how near the words stand to each other looks at passages one by one, and so at few.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, groupby, islice, pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from tui.search.plan import EXACT, SURE
from tui.search.rank import Ranker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyroaring import AbstractBitMap as Numbers

    from tui.search.plan import Planner, Wanted
    from tui.search.query import Query
    from tui.search.rank import Ranked
    from tui.search.segment import Segment
    from tui.search.store import Piece

_FEW = 20_000
"""Below so many passages it pays to intersect each set on its own before uniting."""
_WEIGHED = 400
"""So many passages are weighed by what they hold, without a look at where."""
_READ_THROUGH = 5_000
"""So many passages are read one by one for the words of a phrase."""
_CHECKED = 300
"""So many are read to see whether a word that is run together or torn stands there as such."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What must, and what must not, stand in a passage, as codes of neighbouring words.

    `kept` holds the passages to keep to, None where any will do.
    """

    phrases: tuple[str, ...]
    without: tuple[str, ...]
    kept: Numbers | None = None

    @classmethod
    def of(cls, query: Query, planner: Planner, kept: Numbers | None = None) -> Limits | None:
        """Look the words up; None where a phrase holds a word that is nowhere."""
        phrases = [planner.exact(words) for words in query.phrases]
        without = [planner.exact(words) for words in query.without]
        if None in phrases:
            return None
        return cls(tuple(filter(None, phrases)), tuple(filter(None, without)), kept)

    def allowed(self, piece: Piece) -> Numbers | None:
        """Give the passages that keep within them, None for all."""
        segment = piece.segment
        found = self.kept
        for phrase in self.phrases:
            held = _neighbours(segment, phrase, found)
            found = held if found is None else found & held
        gone = [segment.of_sources(piece.dead)] if piece.dead else []
        gone += [_neighbours(segment, words, found) for words in self.without]
        if gone:
            if found is None:
                found = segment.of_sources(frozenset(range(len(piece.sources))))
            for numbers in gone:
                found = found - numbers
        return found


class Candidates(NamedTuple):
    """The best passages, ranked, and the numbers of all that answer."""

    ranked: list[Ranked]
    numbers: Numbers


class _Level(NamedTuple):
    """Passages that hold what may stand for a word, and how sure it is.

    Where that is several words, `codes` has them, and they need not be neighbours yet.
    """

    weight: float
    numbers: Numbers
    codes: str = ""


class _Reach(NamedTuple):
    """What a word reaches, in levels, surest first."""

    want: Wanted
    levels: tuple[_Level, ...]
    held: Numbers


def all_words(piece: Piece, wanted: tuple[Wanted, ...], limits: Limits, most: int) -> Candidates:
    """Rank the best passages that hold every word wanted."""
    content = [want for want in wanted if not want.stop]
    if not content or not all(want.stand_ins for want in content):
        return Candidates([], piece.segment.none)
    within = limits.allowed(piece)
    reaches = []
    for want in sorted(content, key=lambda want: sum(s.held for s in want.stand_ins)):
        reach = _reach(piece.segment, want, within)
        within = reach.held
        if not within:
            return Candidates([], within)
        reaches.append(reach)
    if within is None:
        return Candidates([], piece.segment.none)
    reaches = [_settled(piece.segment, reach, within) for reach in reaches]
    for reach in reaches:
        within = within & reach.held
    return Candidates(_ranked(piece.segment, reaches, within, wanted, most), within)


def most_words(piece: Piece, wanted: tuple[Wanted, ...], limits: Limits, most: int) -> Candidates:
    """Rank the best passages that hold at least half of the words wanted, and two."""
    content = [want for want in wanted if not want.stop]
    known = [want for want in content if want.stand_ins]
    least = max(2, (len(content) + 1) // 2)
    if len(known) < least:
        return Candidates([], piece.segment.none)
    within = limits.allowed(piece)
    reaches = [_reach(piece.segment, want, within) for want in known]
    held = holding([reach.held for reach in reaches])
    chosen: Numbers = piece.segment.none
    for number in range(len(known) - 1, least - 2, -1):
        more = held[number] - chosen
        if len(chosen) + len(more) > _WEIGHED:  # rather what holds the words that tell most
            for reach in sorted(reaches, key=lambda reach: -reach.want.idf):
                telling = more & reach.held
                more = telling if len(chosen) + len(telling) >= most else more
        chosen = chosen | more
        if len(chosen) >= most:
            break
    reaches = [_settled(piece.segment, reach, chosen) for reach in reaches]
    ranked = _ranked(piece.segment, reaches, chosen, wanted, most)
    return Candidates(ranked, held[least - 1])


def holding(sets: Sequence[Numbers]) -> list[Numbers]:
    """Give what is in at least one of some sets, in at least two of them, and so on."""
    from pyroaring import FrozenBitMap

    found: list[Numbers] = [FrozenBitMap()] * len(sets)
    for done, numbers in enumerate(sets):
        for at in range(done, 0, -1):
            found[at] = found[at] | (found[at - 1] & numbers)
        found[0] = found[0] | numbers
    return found


def _reach(segment: Segment, want: Wanted, within: Numbers | None) -> _Reach:
    few = within is not None and len(within) <= _FEW
    levels: list[_Level] = []
    for weight, alike in groupby(want.stand_ins, key=lambda stand_in: stand_in.weight):
        single = []
        for stand_in in alike:
            held = _holding(segment, stand_in.codes, within if few else None)
            if not held:
                continue
            if len(stand_in.codes) == 1:
                single.append(held)
            else:
                levels.append(_Level(weight, held, stand_in.codes))
        if single:
            levels.append(_Level(weight, _united(single)))
    if within is not None and not few:
        levels = [level._replace(numbers=level.numbers & within) for level in levels]
    return _Reach(want, tuple(levels), _united([level.numbers for level in levels]))


def _settled(segment: Segment, reach: _Reach, within: Numbers) -> _Reach:
    """Keep to some passages, and to those in which what has to stand side by side does.

    Where that are many, those that hold the words at all stay in the count; ranking looks again.
    """
    from pyroaring import FrozenBitMap

    levels: list[_Level] = []
    held: Numbers = segment.none
    left = _CHECKED
    for weight, numbers, codes in reach.levels:
        here = (numbers & within) - held
        if codes and (left := left - len(here)) >= 0:
            here = FrozenBitMap([number for number in here if codes in segment.codes(number)])
        if here:
            levels.append(_Level(weight, here))
            held = held | here
    return _Reach(reach.want, tuple(levels), held)


def _united(sets: list[Numbers]) -> Numbers:
    from pyroaring import FrozenBitMap

    return sets[0] if len(sets) == 1 else FrozenBitMap().union(*sets)


def _holding(segment: Segment, codes: str, within: Numbers | None) -> Numbers:
    """Give the passages that hold all of some words, of these or of all."""
    found = within
    for code in dict.fromkeys(codes):
        held = segment.holding(code)
        found = held if found is None else found & held
    return segment.none if found is None else found


def _neighbours(segment: Segment, codes: str, within: Numbers | None) -> Numbers:
    """Give the passages in which words stand side by side, all of them and no other."""
    found = _holding(segment, codes, within)
    if len(codes) == 1:
        return found
    from pyroaring import FrozenBitMap

    numbers: Iterable[int] = found
    if len(found) > _READ_THROUGH:  # sooner found by reading everything in one go
        numbers = (number for number in segment.standing(codes) if number in found)
    return FrozenBitMap([number for number in numbers if codes in segment.codes(number)])


def _ranked(
    segment: Segment,
    reaches: list[_Reach],
    numbers: Numbers,
    wanted: tuple[Wanted, ...],
    most: int,
) -> list[Ranked]:
    """Rank the most promising of some passages."""
    ranker = Ranker(wanted)
    chosen: Iterable[int] = numbers
    if len(numbers) > most:
        if len(reaches) == 1 and reaches[0].levels[0].weight < SURE:
            chosen = _of_each(segment, reaches[0].want, numbers, most)
        else:
            chosen = _promising(segment, reaches, numbers, wanted, most)
    ranked = (ranker.rank(number, segment.codes(number)) for number in chosen)
    return [one for one in ranked if one is not None]


def _promising(
    segment: Segment,
    reaches: list[_Reach],
    numbers: Numbers,
    wanted: tuple[Wanted, ...],
    most: int,
) -> list[int]:
    """Choose what surely holds what tells most; of equals neighbours, then short passages."""
    telling = sorted(reaches, key=lambda reach: -reach.want.idf)
    for reach in telling:
        if len(numbers) > _WEIGHED:
            numbers = _surest(reach, numbers, most)
    if len(numbers) > _WEIGHED:
        numbers = _first(telling[0], numbers)
    weights = dict.fromkeys(numbers, 0.0)
    for reach in reaches:
        for level in reach.levels:
            gain = reach.want.idf * level.weight
            for number in level.numbers & numbers:
                weights[number] += gain
    for pair in _pairs(wanted):
        for number in weights:
            if pair in segment.codes(number):
                weights[number] += 1.0
    if len(weights) <= most:
        return list(weights)
    return nlargest(most, weights, key=lambda number: (weights[number], -segment.size(number)))


def _of_each(segment: Segment, want: Wanted, numbers: Numbers, most: int) -> list[int]:
    """Choose a passage of each word that a mistyped one may mean, then another one of each."""
    held = [iter(_holding(segment, stand_in.codes, numbers)) for stand_in in want.stand_ins]
    rounds = chain.from_iterable(zip_longest(*held))
    return list(islice(dict.fromkeys(number for number in rounds if number is not None), most))


def _surest(reach: _Reach, numbers: Numbers, most: int) -> Numbers:
    """Keep the passages that hold a word most surely, so many at least."""
    kept: Numbers | None = None
    for level in reach.levels:
        here = level.numbers & numbers
        kept = here if kept is None else kept | here
        if len(kept) >= most:
            return kept
    return numbers


def _first(reach: _Reach, numbers: Numbers) -> Numbers:
    """Take as many as can be weighed, those first that hold a word most surely."""
    from pyroaring import FrozenBitMap

    levels = (level.numbers & numbers for level in reach.levels)
    return FrozenBitMap(islice(chain.from_iterable(levels), _WEIGHED))


def _pairs(wanted: tuple[Wanted, ...]) -> list[str]:
    """Give the neighbours of the query, as codes, where both are words of the index."""
    codes = [
        next((s.codes for s in want.stand_ins if s.weight == EXACT and len(s.codes) == 1), "")
        for want in wanted
    ]
    return [one + other for one, other in pairwise(codes) if one and other]
