"""Retrieve candidates from the index, and rank them.

Queries are built of objects. A person's text never reaches tantivy's parser, which can be made to
overflow the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.search.rank import Ranker

if TYPE_CHECKING:
    import tantivy

    from tui.search.plan import Planner, StandIn, Wanted
    from tui.search.query import Query
    from tui.search.rank import Ranked
    from tui.search.segment import Segment
    from tui.search.store import Piece


Keeps = Callable[[str, int, int], bool]
"""Tells by its source, start and end whether a passage is kept."""

_LOOKED_THROUGH = 3_000
"""How many passages to retrieve where not all of them are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What must, and what must not, stand in a passage, as codes of neighbouring words.

    `keeps` is None where any place will do.
    """

    phrases: tuple[str, ...]
    without: tuple[str, ...]
    keeps: Keeps | None = None

    @classmethod
    def of(cls, query: Query, planner: Planner, keeps: Keeps | None = None) -> Limits | None:
        """Look the words up; None where a phrase holds a word that is nowhere."""
        phrases = [planner.exact(words) for words in query.phrases]
        without = [planner.exact(words) for words in query.without]
        if None in phrases:
            return None
        return cls(tuple(filter(None, phrases)), tuple(filter(None, without)), keeps)

    def allow(self, codes: str) -> bool:
        """Tell whether a passage keeps within them."""
        held = all(phrase in codes for phrase in self.phrases)
        return held and not any(words in codes for words in self.without)


def all_words(piece: Piece, wanted: tuple[Wanted, ...], limits: Limits, most: int) -> list[Ranked]:
    """Give the best passages that hold every word wanted."""
    content = [want for want in wanted if not want.stop]
    if not content or not all(want.stand_ins for want in content):
        return []
    import tantivy

    must = tantivy.Occur.Must
    parts = [(must, _word(piece.segment, want)) for want in content]
    ranked = _ranked(piece, parts, wanted, limits, most)
    return [one for one in ranked if one.complete]


def most_words(piece: Piece, wanted: tuple[Wanted, ...], limits: Limits, most: int) -> list[Ranked]:
    """Give the best passages that hold at least half of the words wanted, and two."""
    content = [want for want in wanted if not want.stop]
    known = [want for want in content if want.stand_ins]
    least = max(2, (len(content) + 1) // 2)
    if len(known) < least:
        return []
    import tantivy

    should = tantivy.Occur.Should
    parts = [(should, _word(piece.segment, want)) for want in known]
    return _ranked(piece, parts, wanted, limits, most, least)


def _ranked(
    piece: Piece,
    parts: list[tuple[tantivy.Occur, tantivy.Query]],
    wanted: tuple[Wanted, ...],
    limits: Limits,
    most: int,
    least: int | None = None,
) -> list[Ranked]:
    import tantivy

    segment, dead = piece.segment, piece.dead
    boolean = tantivy.Query.boolean_query
    query = boolean(parts) if least is None else boolean(parts, minimum_number_should_match=least)
    must = [(tantivy.Occur.Must, holding(segment, phrase)) for phrase in limits.phrases]
    never = [
        (tantivy.Occur.MustNot, holding(segment, words))
        for words in limits.without
        if len(words) == 1
    ]
    if must or never:
        query = boolean([(tantivy.Occur.Must, query), *must, *never])
    ranker = Ranker(wanted)
    found = []
    keeps = limits.keeps
    if keeps is not None:
        most = max(most, _LOOKED_THROUGH)
    for number in segment.retrieve(query, 2 * most if dead else most):
        if dead or keeps is not None:
            source, start, end = segment.passage(number)
            if source in dead or not (keeps is None or keeps(piece.sources[source], start, end)):
                continue
        codes = segment.codes(number)
        if limits.allow(codes) and (ranked := ranker.rank(number, codes)) is not None:
            found.append(ranked)
    return found


def _word(segment: Segment, want: Wanted) -> tantivy.Query:
    """Build the query for one word: the best of all that may stand for it."""
    import tantivy

    parts = [_stand_in(segment, stand_in) for stand_in in want.stand_ins]
    return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts)


def _stand_in(segment: Segment, stand_in: StandIn) -> tantivy.Query:
    import tantivy

    return tantivy.Query.boost_query(holding(segment, stand_in.codes), stand_in.weight)


def holding(segment: Segment, codes: str) -> tantivy.Query:
    """Build the query for what holds all of some words, given as their codes."""
    import tantivy

    terms = [
        tantivy.Query.term_query(segment.schema, "t", code, index_option="freq")
        for code in dict.fromkeys(codes)
    ]
    if len(terms) == 1:
        return terms[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
