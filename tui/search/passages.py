"""Search the passages of an index: retrieve, rank and light what answers a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.search import highlight, retrieve
from tui.search.answer import PassageHit
from tui.search.plan import Forgiving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.archive import Library
    from tui.search.answer import RecordHit
    from tui.search.plan import Wanted
    from tui.search.query import Query
    from tui.search.rank import Ranked
    from tui.search.store import Index, Piece

_STEPS = ((Forgiving.UNKNOWN, 1), (Forgiving.RARE, 3), (Forgiving.EVERYTHING, 1))
"""How forgiving to be while fewer passages than that hold every word."""
_STEPS_SURE = ((Forgiving.NOTHING, 1),)
_DOUBTFUL = 0.5
"""Below this score, what holds every word may be chance, and most of the words may be better."""
_RANKED = 150
_RANKED_ALONE = 60
"""A single word has no company to be ranked by: what retrieval puts first is first."""
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
) -> tuple[tuple[PassageHit, ...], int]:
    """Give the best passages, and how many answer.

    `named` are the records that the query is a name of: what names them answers as well, and what
    is merely spelt like the query is somebody else. `check` is called between the stages.
    """
    named = list(named)[:_NAMED_MOST]
    ranked = _search(index, asked, sure=bool(named), check=check)
    check()
    hits: dict[tuple[str, int], PassageHit] = {}
    for one in ranked[:limit]:
        hit = _hit(library, asked, one)
        if hit is not None:
            hits[hit.source, hit.start] = hit
    total = len(ranked)
    for record in named:
        for mentioned in _mentions(library, index, record):
            place = mentioned.source, mentioned.start
            known = hits.get(place)
            if known is None:
                total += 1
                hits[place] = mentioned
            elif known.why == mentioned.why:
                spans = highlight.united((*known.spans, *mentioned.spans))
                hits[place] = known._replace(spans=spans)
    return tuple(sorted(hits.values(), key=lambda hit: -hit.score)[:limit]), total


def _search(index: Index, asked: Query, *, sure: bool, check: Callable[[], None]) -> list[_Ranked]:
    """Rank what holds all words, surely or with edits, and then what holds most of them."""
    pieces = [(piece, retrieve.Limits.of(asked, piece.planner)) for piece in index.pieces]
    within = [(piece, limits) for piece, limits in pieces if limits is not None]
    most = _RANKED if len(asked.words) > 1 else _RANKED_ALONE
    ranked: list[_Ranked] = []
    plans = []
    before = None
    for forgiving, enough in _STEPS_SURE if sure else _STEPS:
        if len(ranked) >= enough:
            break
        plans = [(piece, lim, piece.planner.plan(asked, forgiving)) for piece, lim in within]
        if plans == before:
            continue
        before = plans
        ranked = [
            _Ranked(one, piece, wanted)
            for piece, limits, wanted in plans
            for one in retrieve.all_words(piece, wanted, limits, most)
        ]
        check()
    if not sure and max((one.ranked.score for one in ranked), default=0.0) < _DOUBTFUL:
        known = {(one.piece.name, one.ranked.number) for one in ranked}
        ranked += [
            _Ranked(one, piece, wanted)
            for piece, limits, wanted in plans
            for one in retrieve.most_words(piece, wanted, limits, _RANKED)
            if one.share >= _SHARE and (piece.name, one.number) not in known
        ]
    return sorted(ranked, key=lambda one: (not one.ranked.complete, -one.ranked.score))


def _hit(library: Library, asked: Query, one: _Ranked) -> PassageHit | None:
    """Light a ranked passage in its source's text; None where the text is another by now."""
    number, start, end = one.piece.segment.passage(one.ranked.number)
    source = one.piece.sources[number]
    text = library.text(source)[start:end]
    faint = (at for at, want in enumerate(one.wanted) if want.stop or len(want.word) == 1)
    spans = highlight.spans(text, one.ranked.found, frozenset(faint))
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


def _mentions(library: Library, index: Index, record: RecordHit) -> Iterable[PassageHit]:
    """Give the passages that name a record, whatever they call it.

    The archive says where; a name that begins inside what it says (Minister Kim, Kim Yong Hyun)
    lengthens it.
    """
    known: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
    for mention in library.mentions_of(record.id):
        place = index.passage_at(mention.source, mention.start)
        if place is not None and (place in known or len(known) < _RANKED):
            known.setdefault(place, []).append((mention.start, mention.end))
    if not known:
        return
    forms = [form for form in dict.fromkeys(index.lookup.forms(record.id)) if len(form) > 1]
    for (source, start, end), spans in known.items():
        marks = highlight.phrases(library.text(source)[start:end], forms)
        spans += ((start + first, start + last) for first, last in marks)
        inside = highlight.united(span for span in spans if start <= span[0] and span[1] <= end)
        if inside:
            yield PassageHit(source, start, end, inside, f"names {record.name}", _MENTIONED)
