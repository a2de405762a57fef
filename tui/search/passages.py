"""Search the passages of an index: retrieve, rank and light what answers a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.search import highlight, retrieve
from tui.search.answer import PassageHit
from tui.search.plan import SURE, Forgiving
from tui.search.query import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyroaring import AbstractBitMap as Numbers

    from tui.archive import Library
    from tui.search.answer import RecordHit
    from tui.search.keeping import Keeping
    from tui.search.plan import Wanted
    from tui.search.query import Query
    from tui.search.rank import Ranked
    from tui.search.store import Index, Piece

_STEPS = (
    *((Forgiving.SLIPS, 1), (Forgiving.UNKNOWN, 1)),
    *((Forgiving.RARE, 1), (Forgiving.EVERYTHING, 1)),
)
"""How forgiving to be while fewer passages than that hold every word."""
_STEPS_SURE = ((Forgiving.NOTHING, 1),)
_DOUBTFUL = 0.5
"""Below this score, what holds every word may be chance, and most of the words may be better."""
_RANKED = 40
"""So many of the most promising passages are ranked by how near their words stand."""
_MENTIONS = 150
_SHARE = 0.6
_MENTIONED = 0.9
_NAMED_MOST = 5


class _Ranked(NamedTuple):
    """A ranked passage, where it is, and what was wanted there."""

    ranked: Ranked
    piece: Piece
    wanted: tuple[Wanted, ...]


def search(
    library: Library,
    index: Index,
    asked: Query,
    named: Iterable[RecordHit],
    limit: int,
    check: Callable[[], None],
    keeping: Keeping | None = None,
) -> tuple[tuple[PassageHit, ...], int]:
    """Give the best passages, and how many answer; where `keeping` is given, of those kept.

    `named` are the records that the query is a name of: what names them answers as well, and what
    is merely spelt like the query is somebody else. `check` is called between the stages.
    """
    named = list(named)
    ranked, answering = _search(index, asked, keeping, sure=bool(named), check=check)
    if len({hit.id for hit in named if hit.why == "family name"}) > 1:
        named = [hit for hit in named if hit.why != "family name"]  # whom it means, nobody knows
    named = named[:_NAMED_MOST]
    check()
    hits: dict[tuple[str, int], PassageHit] = {}
    for one in ranked[:limit]:
        hit = _hit(library, index, asked, one)
        if hit is not None:
            hits[hit.source, hit.start] = hit
    begun = {_place(one) for one in ranked}
    total = sum(map(len, answering.values()))
    also: dict[tuple[str, int], PassageHit] = {}
    for record in named:
        for source, start, end, spans in _mentions(library, index, record):
            place = source, start
            if keeping is not None and not keeping.passage(source, start, end):
                continue
            if place not in begun and place not in also:
                piece, number = index.number_at(source, start) or ("", 0)
                total += number not in answering.get(piece, ())
            if place in begun or (place not in also and len(hits) + len(also) >= limit):
                continue
            lit = _lengthened(library, index, record, (source, start, end), spans)
            if place in also:
                lit = highlight.united((*also[place].spans, *lit))
            if lit:
                why = f"names {record.name}"
                also[place] = PassageHit(source, start, end, lit, why, _MENTIONED)
    for one_piece in index.pieces:
        one_piece.segment.rest()
    found = sorted((*hits.values(), *also.values()), key=lambda hit: -hit.score)
    return tuple(found[:limit]), total


def _place(one: _Ranked) -> tuple[str, int]:
    number, start, _ = one.piece.segment.passage(one.ranked.number)
    return one.piece.sources[number], start


def _search(
    index: Index, asked: Query, keeping: Keeping | None, *, sure: bool, check: Callable[[], None]
) -> tuple[list[_Ranked], dict[str, Numbers]]:
    """Rank what holds all words, surely or with edits, and then what holds most of them.

    Gives as well the numbers of all passages that answer, by the name of their piece.
    """
    kept = [(piece, None if keeping is None else keeping.within(piece)) for piece in index.pieces]
    pieces = [(piece, retrieve.Limits.of(asked, piece.planner, only)) for piece, only in kept]
    within = [(piece, limits) for piece, limits in pieces if limits is not None]
    ranked: list[_Ranked] = []
    answering: dict[str, Numbers] = {}
    plans = []
    before = None
    for forgiving, enough in _STEPS_SURE if sure else _STEPS:
        if sum(map(len, answering.values())) >= enough:
            break
        plans = [(piece, lim, piece.planner.plan(asked, forgiving)) for piece, lim in within]
        if plans == before:
            continue
        before = plans
        ranked = []
        for piece, limits, wanted in plans:
            found, answering[piece.name] = retrieve.all_words(piece, wanted, limits, _RANKED)
            ranked += [_Ranked(one, piece, wanted) for one in found]
        check()
    if not sure and max((one.ranked.score for one in ranked), default=0.0) < _DOUBTFUL:
        from pyroaring import FrozenBitMap

        for piece, limits, wanted in plans:
            found, _ = retrieve.most_words(piece, wanted, limits, _RANKED)
            known = answering[piece.name]
            partial = [one for one in found if one.share >= _SHARE and one.number not in known]
            ranked += [_Ranked(one, piece, wanted) for one in partial]
            answering[piece.name] = known | FrozenBitMap(one.number for one in partial)
    ranked.sort(key=lambda one: (not one.ranked.complete, -one.ranked.score))
    if sum(word not in STOP_WORDS for word in asked.words) == 1:
        ranked = _varied(ranked)
    return ranked, answering


def _varied(ranked: list[_Ranked]) -> list[_Ranked]:
    """Let the words that a lone mistyped one may mean take turns, where they are as likely."""
    times: dict[tuple[str, ...], int] = {}

    def turn(one: _Ranked) -> tuple[float, int]:
        weight, words = max((hit[2].weight, hit[2].words) for hit in one.ranked.found)
        if weight >= SURE:
            return -SURE, 0
        times[words] = times.get(words, 0) + 1
        return -weight, times[words]

    return sorted(ranked, key=turn)


def _hit(library: Library, index: Index, asked: Query, one: _Ranked) -> PassageHit | None:
    """Light a ranked passage in its source's text; None, and doubt, where the text is another."""
    number, start, end = one.piece.segment.passage(one.ranked.number)
    source = one.piece.sources[number]
    text = library.text(source)[start:end]
    faint = (at for at, want in enumerate(one.wanted) if want.stop or len(want.word) == 1)
    spans = highlight.spans(text, one.ranked.found, frozenset(faint))
    if spans is None:
        index.doubt()
    if not spans:
        return None
    lit = tuple((start + first, start + last) for first, last in spans)
    score = round(one.ranked.score, 4)
    return PassageHit(source, start, end, lit, _why(asked, one), score)


def _why(asked: Query, one: _Ranked) -> str:
    reasons: list[str] = []
    best: dict[int, tuple[float, str]] = {}
    for place, _, stand_in in one.ranked.found:
        if place not in best or best[place][0] < stand_in.weight:
            best[place] = stand_in.weight, " ".join(stand_in.words)
    for place, want in enumerate(one.wanted):
        weight, meant = best.get(place, (1.0, ""))
        if weight < 0.9:
            reasons.append(f"typo: {want.word} → {meant}")
    content = [(place, want.word) for place, want in enumerate(one.wanted) if not want.stop]
    if missing := [word for place, word in content if place not in best]:
        reasons.append("without " + ", ".join(missing))
    if not reasons:
        whole = "all words" if len(one.wanted) > 1 else "word"
        reasons.append("phrase" if asked.phrases else whole)
    return "; ".join(reasons)


def _mentions(
    library: Library, index: Index, record: RecordHit
) -> Iterable[tuple[str, int, int, list[tuple[int, int]]]]:
    """Give the passages that name a record, whatever they call it, and where in them."""
    known: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
    for mention in library.mentions_of(record.id):
        place = index.passage_at(mention.source, mention.start)
        if place is not None and (place in known or len(known) < _MENTIONS):
            known.setdefault(place, []).append((mention.start, mention.end))
    return [(*place, spans) for place, spans in known.items()]


def _lengthened(
    library: Library,
    index: Index,
    record: RecordHit,
    place: tuple[str, int, int],
    spans: list[tuple[int, int]],
) -> tuple[tuple[int, int], ...]:
    """Light a record's mentions in a passage, as far as its names go on.

    The archive stops at the longest name from where one begins: what begins inside Minister Kim
    may be Kim Yong Hyun.
    """
    source, start, end = place
    forms = [form for form in dict.fromkeys(index.lookup.forms(record.id)) if len(form) > 1]
    marks = highlight.phrases(library.text(source)[start:end], forms)
    whole = (*spans, *((start + first, start + last) for first, last in marks))
    return highlight.united(span for span in whole if start <= span[0] and span[1] <= end)
