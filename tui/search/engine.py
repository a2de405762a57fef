"""The narrow face of search: open an engine on a library, update it, find."""

from __future__ import annotations

from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from tui.plain import counted
from tui.search import listing, passages, query, standing
from tui.search.answer import Answer, Progress
from tui.search.building import bring_up
from tui.search.fields import Fields, Narrowing
from tui.search.keeping import Keeping
from tui.search.lookup import NAMED
from tui.search.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import EllipsisType

    from tui.archive import Library
    from tui.search.answer import PassageHit, RecordHit
    from tui.search.beside import Bringing
    from tui.search.standing import Place
    from tui.search.store import Index

_MOST_NAMED = 1_000
"""How many records to look through where not all of them are kept."""


_MOST_HIDDEN = 150
"""How many hits to count of those that a lens hides."""


class CancelledError(Exception):
    """The caller does not want the answer any more."""


class _Asked(NamedTuple):
    """What one call of `find` asks for."""

    typed: str
    limit: int
    only: str | None
    earliest: int | None
    latest: int | None
    within: tuple[str, ...]
    cancelled: Callable[[], bool] | None


class _State(NamedTuple):
    """One library and what is needed to search it; replaced as a whole."""

    library: Library
    opened: Index
    notice: str
    fields: Fields
    complete: bool = True

    @classmethod
    def of(cls, library: Library, opened: Index, notice: str, complete: bool = True) -> _State:
        return cls(library, opened, notice, Fields(library, opened.lookup), complete)

    @property
    def searched(self) -> Progress | None:
        """Tell in how many passages of how many one looks, where not in all."""
        if self.complete:
            return None
        return Progress(self.opened.passages, self.library.passage_count)


class Engine:
    """Search one archive. Every method may be called from any thread."""

    def __init__(self, library: Library, cache: Path | None) -> None:
        """Make an engine that has nothing to search yet; see `open` and `beginning`."""
        self._library = library
        self._cache = cache
        self._state: _State
        self._bringing: Bringing | None = None
        self._doubted = False
        self.edition = 0
        """Counts the states there were; another number means that answers may be others."""

    @classmethod
    def open(
        cls,
        library: Library,
        cache: Path | EllipsisType | None = ...,
        *,
        progress: Callable[[Progress], None] | None = None,
        whole: bool = False,
    ) -> Engine:
        """Open the index of a library, building it where there is none that fits.

        Args:
            library: the archive to search.
            cache: the folder to keep the index in: the user's own by default, None for memory only.
            progress: told of the passages done, many times a second, while one has to wait; never
                where nothing is missing.
            whole: read a kept index to the last byte, however large it is.
        """
        engine = cls(library, _cache_or(cache))
        engine._bring_up(None, progress, whole=whole)
        return engine

    @classmethod
    def beginning(cls, library: Library, cache: Path | EllipsisType | None = ...) -> Engine:
        """Open an engine that answers from what there is, while the rest is built beside it.

        Little is built at once. `building` tells how far it is; `edition` changes with what can be
        searched. A build ends with its process, or by `close`.
        """
        engine = cls(library, _cache_or(cache))
        engine._begin(None)
        return engine

    @property
    def building(self) -> Progress | None:
        """Tell how far the build beside is, or None where there is none."""
        return None if self._bringing is None else self._bringing.progress

    @property
    def notice(self) -> str:
        """Say why the index is not kept in the cache, or nothing."""
        return self._state.notice

    @property
    def folder(self) -> Path | None:
        """Give the folder that keeps the index; None where it lives in memory."""
        if self._cache is None or self._state.notice:
            return None
        return Store(self._cache, self._library.root).folder

    def update(self, library: Library) -> None:
        """Search another state of the archive from now on; a search under way is not disturbed."""
        before = self._state.opened
        self._library, self._doubted = library, False
        if self._bringing is None:
            self._bring_up(before)
        else:
            self._begin(before)

    def close(self) -> None:
        """Let go of a build that goes on beside."""
        if self._bringing is not None:
            self._bringing.stop()

    def _bring_up(
        self,
        before: Index | None,
        progress: Callable[[Progress], None] | None = None,
        *,
        whole: bool = False,
    ) -> None:
        report = progress or (lambda _: None)
        opened, notice = bring_up(self._library, self._cache, before, report, whole=whole)
        self._state = _State.of(self._library, opened, notice)
        self.edition += 1

    def _begin(self, before: Index | None) -> None:
        from tui.search.beside import Bringing

        self.close()
        library = self._library

        def swap(opened: Index, notice: str, complete: bool) -> None:
            if library is self._library:
                self._state = _State.of(library, opened, notice, complete)
                self.edition += 1

        self._bringing = Bringing(library, self._cache, before, swap)

    def _distrust(self) -> bool:
        """Build the index anew, for it gave what it cannot have been given; once is enough."""
        if self._doubted:
            return False
        self._doubted = True
        self._library = self._state.library
        if self._cache is not None:
            Store(self._cache, self._library.root).forget()
        if self._bringing is None:
            self._bring_up(None)
        else:
            self._begin(None)
        return True

    def standing(self, words: Sequence[str], most: int) -> list[Place]:
        """Give passages in which folded words begin that stand there one after the other, surely.

        They may run on into the next passages; where more than `most` do, the first ones.
        """
        return standing.standing(self._state.opened, words, most)

    def joints(self) -> list[tuple[str, int]]:
        """Give the places, by source and offset, where passages meet without a gap."""
        return standing.joints(self._state.opened)

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
        within: Sequence[str] = (),
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
            within: records that every hit has to do with, as a lens has it; how many it hides is
                counted.
            cancelled: asked between the stages.

        Raises:
            CancelledError: `cancelled` said so.
        """
        begun = perf_counter()
        asked = _Asked(typed, limit, only, earliest, latest, tuple(within), cancelled)
        answer = self._surely(asked)
        if asked.within:
            everywhere = self._surely(asked._replace(within=(), limit=_MOST_HIDDEN))
            answer = answer._replace(outside=self._outside(everywhere, asked.within))
        return answer._replace(took_ms=(perf_counter() - begun) * 1000)

    def _surely(self, asked: _Asked) -> Answer:
        """Find, and where the index proves damaged, find again in one that is not."""
        try:
            answer = self._found(*asked)
        except CancelledError:
            raise
        except Exception:
            if not self._distrust():  # a damaged index may fail in any way, but only once
                raise
            answer = self._found(*asked)
        if self._state.opened.doubtful and self._distrust():
            answer = self._found(*asked)
        return answer

    def _outside(self, answer: Answer, within: tuple[str, ...]) -> int:
        """Count the hits that have nothing to do with some records."""
        fields = self._state.fields
        inside = Narrowing(about=tuple((record,) for record in within))
        records = sum(not fields.keeps_record(inside, hit.kind, hit.id) for hit in answer.records)
        return records + sum(
            not fields.keeps_passage(inside, hit.source, hit.start, hit.end)
            for hit in answer.passages
        )

    def _found(
        self,
        typed: str,
        limit: int,
        only: str | None,
        earliest: int | None,
        latest: int | None,
        within: tuple[str, ...],
        cancelled: Callable[[], bool] | None,
    ) -> Answer:
        state = self._state
        library, opened, fields = state.library, state.opened, state.fields
        rest, narrowing = fields.read(typed)
        understood = narrowing.understood
        asked = query.read(rest, narrowed=bool(understood))
        narrowing = narrowing.within(earliest, latest, only)
        about = (*narrowing.about, *((record,) for record in within))
        narrowing = narrowing._replace(about=about)

        def check() -> None:
            if cancelled is not None and cancelled():
                raise CancelledError

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
            narrowed = bool(understood) or narrowing.dated or bool(within)
            kinds = None if only is None else frozenset((only,))
            records = opened.lookup.find(asked, _MOST_NAMED if narrowed else limit, kinds)
            named = [hit for hit in records if hit.score >= NAMED and hit.kind != "event"]
            if narrowed:
                kept = (hit for hit in records if fields.keeps_record(narrowing, hit.kind, hit.id))
                records = tuple(islice(kept, limit))
            check()
            if wanted and asked.words:
                keeping = Keeping(fields, narrowing) if narrowed else None
                found, total = passages.search(library, opened, asked, named, limit, check, keeping)
        notices = [*understood, *asked.notices]
        if len(typed) > query.MOST_CHARACTERS and query.CUT not in notices:
            notices.append(query.CUT)
        if state.notice:
            notices.append(state.notice)
        searched = state.searched
        if searched is not None:
            notices.append(partly(searched))
        text = typed[: query.MOST_CHARACTERS].strip()
        return Answer(text, 0.0, records, found, total, tuple(notices), searched)


def partly(searched: Progress) -> str:
    """Say in how much of the text was searched, and why not in all of it."""
    return (
        f"The index is being built: {searched.done:,} of {counted(searched.total, 'passage')} "
        "searched so far."
    )


def _cache_or(cache: Path | EllipsisType | None) -> Path | None:
    if cache is not ...:
        return cache
    from tui.paths import cache_folder

    return cache_folder()
