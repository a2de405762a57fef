"""The narrow face of search: open an engine on a library, update it, find."""

from __future__ import annotations

from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from tui.search import listing, passages, query, standing
from tui.search.answer import Answer
from tui.search.fields import Fields
from tui.search.lookup import NAMED
from tui.search.store import open_index

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import EllipsisType

    from tui.archive import Library
    from tui.search.answer import PassageHit, RecordHit
    from tui.search.standing import Place
    from tui.search.store import Index

_MOST_NAMED = 1_000
"""How many records to look through where not all of them are kept."""


class CancelledError(Exception):
    """The caller does not want the answer any more."""


class _State(NamedTuple):
    """One library and what is needed to search it; replaced as a whole."""

    library: Library
    opened: Index
    notice: str
    fields: Fields

    @classmethod
    def of(cls, library: Library, cache: Path | None, before: Index | None = None) -> _State:
        opened, notice = open_index(library, cache, before)
        return cls(library, opened, notice, Fields(library, opened.lookup))


class Engine:
    """Search one archive. Every method may be called from any thread."""

    def __init__(self, library: Library, cache: Path | None) -> None:
        self._cache = cache
        self._state = _State.of(library, cache)

    @classmethod
    def open(cls, library: Library, cache: Path | EllipsisType | None = ...) -> Engine:
        """Open the index of a library, building it where there is none that fits.

        `cache` is the folder to keep it in: the user's own by default, None for memory only.
        """
        if cache is ...:
            from tui.paths import cache_folder

            cache = cache_folder()
        return cls(library, cache)

    def update(self, library: Library) -> None:
        """Search another state of the archive from now on; a search under way is not disturbed."""
        before = self._state.opened
        self._state = _State.of(library, self._cache, before)

    def standing(self, words: Sequence[str], most: int) -> list[Place]:
        """Give passages in which folded words begin that stand there one after the other, surely.

        They may run on into the next passages; where more than `most` do, the first ones.
        """
        return standing.standing(self._state.opened, words, most)

    def alike(self, words: Sequence[str], most: int) -> list[Place]:
        """Give the passages that hold the most telling of some folded words, the best first."""
        return standing.alike(self._state.opened, words, most)

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
            typed: any text; see `tui.search.query` and `tui.search.fields`.
            limit: the most records and the most passages to give.
            only: one kind of record, or "passage", and nothing else.
            earliest: leave out what ended, or was published, before this day (a proleptic
                ordinal), and what has no date.
            latest: leave out what began, or was published, after this day.
            cancelled: asked between the stages.

        Raises:
            CancelledError: `cancelled` said so.
        """
        begun = perf_counter()
        state = self._state
        library, opened, fields = state.library, state.opened, state.fields
        rest, narrowing = fields.read(typed)
        understood = narrowing.understood
        asked = query.read(rest, narrowed=bool(understood))
        narrowing = narrowing.within(earliest, latest, only)

        def check() -> None:
            if cancelled is not None and cancelled():
                raise CancelledError

        def keeps(source: str, start: int, end: int) -> bool:
            return fields.keeps_passage(narrowing, source, start, end)

        check()
        records: tuple[RecordHit, ...] = ()
        found: tuple[PassageHit, ...] = ()
        total = 0
        wanted = fields.passages(narrowing)
        if understood and query.STOP_WORDS.issuperset(asked.words):
            records = listing.records(library, fields, narrowing, limit)
            if wanted:
                listed = listing.passages(library, opened, fields, narrowing, asked, check)
                found, total = listed[:limit], len(listed)
        else:
            narrowed = bool(understood) or narrowing.dated
            kinds = None if only is None else frozenset((only,))
            records = opened.lookup.find(asked, _MOST_NAMED if narrowed else limit, kinds)
            named = [hit for hit in records if hit.score >= NAMED and hit.kind != "event"]
            if narrowed:
                kept = (hit for hit in records if fields.keeps_record(narrowing, hit.kind, hit.id))
                records = tuple(islice(kept, limit))
            check()
            if wanted and asked.words:
                found, total = passages.search(
                    library, opened, asked, named, limit, check, keeps if narrowed else None
                )
        notices = [*understood, *asked.notices]
        if len(typed) > query.MOST_CHARACTERS and query.CUT not in notices:
            notices.append(query.CUT)
        if state.notice:
            notices.append(state.notice)
        text = typed[: query.MOST_CHARACTERS].strip()
        took = (perf_counter() - begun) * 1000
        return Answer(text, took, records, found, total, tuple(notices))
