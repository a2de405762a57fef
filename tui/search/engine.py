"""The narrow face of search: open an engine on a library, update it, find."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from tui.search import passages, query
from tui.search.answer import Answer
from tui.search.lookup import NAMED
from tui.search.store import open_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from types import EllipsisType

    from tui.archive import Library
    from tui.search.answer import PassageHit, RecordHit
    from tui.search.store import Index


class CancelledError(Exception):
    """The caller does not want the answer any more."""


class _State(NamedTuple):
    """One library and what is needed to search it; replaced as a whole."""

    library: Library
    opened: Index
    notice: str


class Engine:
    """Search one archive. Every method may be called from any thread."""

    def __init__(self, library: Library, cache: Path | None) -> None:
        self._cache = cache
        self._state = _State(library, *open_index(library, cache))

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
        self._state = _State(library, *open_index(library, self._cache, before))

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
        found: tuple[PassageHit, ...] = ()
        total = 0
        if only in (None, "passage") and asked.words:
            found, total = passages.search(state.library, state.opened, asked, named, limit, check)
        notices = asked.notices + ((state.notice,) if state.notice else ())
        took = (perf_counter() - begun) * 1000
        return Answer(asked.text, took, records, found, total, notices)


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
