"""The narrow face of search: open an engine on a library, update it, find."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from tui.search import highlight, query, rank, retrieve
from tui.search.answer import Answer, PassageHit, RecordHit
from tui.search.lookup import NAMED
from tui.search.plan import Planner
from tui.search.store import open_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import EllipsisType

    from tui.archive import Library
    from tui.search.plan import Wanted
    from tui.search.query import Query
    from tui.search.rank import Ranked
    from tui.search.store import Index

_ENOUGH = 10
_RANKED = 150
_RANKED_ALONE = 60
"""A single word has no company to be ranked by: what retrieval puts first is first."""
_SHARE = 0.6
_MENTIONED = 0.9
_NAMED_MOST = 5


class CancelledError(Exception):
    """The caller does not want the answer any more."""


class _State(NamedTuple):
    """One library and what is needed to search it; replaced as a whole."""

    library: Library
    opened: Index
    planner: Planner
    notice: str


class Engine:
    """Search one archive. Every method may be called from any thread."""

    def __init__(self, library: Library, cache: Path | None) -> None:
        self._cache = cache
        self._state = self._opened(library)

    @classmethod
    def open(cls, library: Library, cache: Path | EllipsisType | None = ...) -> Engine:
        """Open the index of a library, building it where there is none that fits.

        `cache` is the folder to keep it in: the user's own by default, None for memory only.
        """
        if cache is ...:
            from tui.paths import cache_folder

            cache = cache_folder()
        return cls(library, cache)

    def _opened(self, library: Library) -> _State:
        index, notice = open_index(library, self._cache)
        planner = Planner(index.segment.words, len(index.segment))
        return _State(library, index, planner, notice)

    def update(self, library: Library) -> None:
        """Search another state of the archive from now on; a search under way is not disturbed."""
        self._state = self._opened(library)

    def find(
        self,
        typed: str,
        *,
        limit: int = 20,
        only: str | None = None,
        earliest: int | None = None,
        latest: int | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Answer:
        """Find records and passages for what a person typed.

        Args:
            typed: any text; see `tui.search.query`.
            limit: the most records and the most passages to give.
            only: one kind of record, or "passage", and nothing else.
            earliest: leave out events that ended before this day (a proleptic ordinal).
            latest: leave out events that began after this day.
            cancelled: asked between the stages.

        Raises:
            CancelledError: `cancelled` said so.
        """
        begun = perf_counter()
        state = self._state
        asked = query.read(typed)

        def check() -> None:
            if cancelled is not None and cancelled():
                raise CancelledError

        check()
        records: tuple[RecordHit, ...] = ()
        if only != "passage":
            kinds = None if only is None else frozenset({only})
            records = state.opened.lookup.find(asked, limit, kinds)
        named = [hit for hit in records if hit.score >= NAMED and hit.kind != "event"]
        if earliest is not None or latest is not None:
            records = tuple(_within(state.library, records, earliest, latest))
        check()
        passages: tuple[PassageHit, ...] = ()
        total = 0
        if only in (None, "passage") and asked.words:
            passages, total = _passages(state, asked, named, limit, check)
        notices = asked.notices + ((state.notice,) if state.notice else ())
        took = (perf_counter() - begun) * 1000
        return Answer(asked.text, took, records, passages, total, notices)


def _within(
    library: Library, hits: Iterable[RecordHit], earliest: int | None, latest: int | None
) -> Iterable[RecordHit]:
    """Keep the events that may lie within the days; other records have no date and drop out."""
    timeline = library.timeline
    row_of = {event: row for row, event in enumerate(timeline.id)}
    for hit in hits:
        row = row_of.get(hit.id)
        if row is None:
            continue
        first, last = timeline.earliest[row], timeline.latest[row]
        if first is None and last is None:
            continue
        too_early = earliest is not None and last is not None and last < earliest
        too_late = latest is not None and first is not None and first > latest
        if not too_early and not too_late:
            yield hit


def _passages(
    state: _State, asked: Query, named: list[RecordHit], limit: int, check: Callable[[], None]
) -> tuple[tuple[PassageHit, ...], int]:
    wanted, ranked = _ranked(state, asked, sure=bool(named), check=check)
    check()
    faint = frozenset(
        place for place, want in enumerate(wanted) if want.stop or len(want.word) == 1
    )
    hits: dict[tuple[str, int], PassageHit] = {}
    for one in ranked[:limit]:
        hit = _hit(state, asked, wanted, faint, one)
        if hit is not None:
            hits[hit.source, hit.start] = hit
    total = len(ranked)
    for record in named[:_NAMED_MOST]:
        for mention_hit in _mentions(state, record):
            place = mention_hit.source, mention_hit.start
            known = hits.get(place)
            if known is None:
                total += 1
                hits[place] = mention_hit
            elif known.why == mention_hit.why:
                spans = highlight.united((*known.spans, *mention_hit.spans))
                hits[place] = known._replace(spans=spans)
    found = sorted(hits.values(), key=lambda hit: -hit.score)
    return tuple(found[:limit]), total


def _ranked(
    state: _State, asked: Query, *, sure: bool, check: Callable[[], None]
) -> tuple[tuple[Wanted, ...], list[Ranked]]:
    """Retrieve and rank: by what is sure, then by edits as well, then by most of the words."""
    segment, planner = state.opened.segment, state.planner
    limits = retrieve.Limits.of(asked, planner)
    if limits is None:
        return (), []
    wanted: tuple[Wanted, ...] = ()
    ranked: list[Ranked] = []
    for near in (False, True):
        wanted = planner.plan(asked, near=near)
        if sure and any(s.weight < 0.9 for want in wanted for s in want.stand_ins if not want.stop):
            break  # the query is a name: what is merely spelt alike is somebody else
        most = _RANKED if len(wanted) > 1 else _RANKED_ALONE
        ranked = retrieve.all_words(segment, wanted, limits, most)
        if len(ranked) >= _ENOUGH or sure:
            return wanted, ranked
        check()
    if sure:
        return wanted, ranked
    if sum(not want.stop for want in wanted) > 2:
        complete = {one.number for one in ranked}
        some = retrieve.most_words(segment, wanted, limits, _RANKED)
        ranked += [one for one in some if one.number not in complete and one.share >= _SHARE]
    return wanted, rank.order(ranked)


def _hit(
    state: _State, asked: Query, wanted: tuple[Wanted, ...], faint: frozenset[int], one: Ranked
) -> PassageHit | None:
    """Light a ranked passage in its source's text; None where the text is another by now."""
    source, start, end = state.opened.segment.passage(one.number)
    name = state.opened.sources[source]
    text = state.library.text(name)[start:end]
    spans = highlight.spans(text, one.found, faint)
    if not spans:
        return None
    lit = tuple((start + first, start + last) for first, last in spans)
    return PassageHit(name, start, end, lit, _why(asked, wanted, one), round(one.score, 4))


def _why(asked: Query, wanted: tuple[Wanted, ...], one: Ranked) -> str:
    reasons: list[str] = []
    best: dict[int, tuple[float, str]] = {}
    for place, _, stand_in in one.found:
        if place not in best or best[place][0] < stand_in.weight:
            best[place] = stand_in.weight, " ".join(stand_in.words)
    for place, want in enumerate(wanted):
        weight, meant = best.get(place, (1.0, ""))
        if weight < 0.9:
            reasons.append(f"typo: {want.word} → {meant}")
    missing = [
        want.word for place, want in enumerate(wanted) if not want.stop and place not in best
    ]
    if missing:
        reasons.append("without " + ", ".join(missing))
    if not reasons:
        reasons.append("phrase" if asked.phrases else "all words" if len(wanted) > 1 else "word")
    return "; ".join(reasons)


def _mentions(state: _State, record: RecordHit) -> Iterable[PassageHit]:
    """Give the passages that name a record, whatever they call it.

    The archive says where; a name that begins inside what it says (Minister Kim, Kim Yong Hyun)
    lengthens it.
    """
    index = state.opened
    known: dict[int, list[tuple[int, int]]] = {}
    for mention in state.library.mentions_of(record.id):
        number = index.passage_at(mention.source, mention.start)
        if number is not None and (number in known or len(known) < _RANKED):
            known.setdefault(number, []).append((mention.start, mention.end))
    if not known:
        return
    forms = [form for form in dict.fromkeys(index.lookup.forms(record.id)) if len(form) > 1]
    for number, spans in known.items():
        source, start, end = index.segment.passage(number)
        text = state.library.text(index.sources[source])[start:end]
        marks = highlight.phrases(text, forms)
        spans += ((start + first, start + last) for first, last in marks)
        inside = highlight.united(span for span in spans if start <= span[0] and span[1] <= end)
        if inside:
            why = f"names {record.name}"
            yield PassageHit(index.sources[source], start, end, inside, why, _MENTIONED)
