"""Check drafts: quotations, titles and names, against everything an archive holds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.drafts.findings import Report
from tui.drafts.happenings import Happenings, check_dates
from tui.drafts.initiatives import Names, check_names
from tui.drafts.naming import Quoted, check_people, find_people
from tui.drafts.offices import Offices
from tui.drafts.quotations import quotations
from tui.drafts.quoting import check_quotations
from tui.drafts.speaking import Speakers, check_speakers
from tui.drafts.tracing import Tracer, torn

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.drafts.manuscript import Manuscript
    from tui.search import Engine


class Checker:
    """Holds drafts against one archive; what the archive calls things is read once."""

    def __init__(self, library: Library, engine: Engine) -> None:
        self._library = library
        self._engine = engine

    def check(self, draft: Manuscript) -> Report:
        """Hold a draft against the archive; the findings come in the order of the draft."""
        library, engine = self._library, self._engine
        tracer = Tracer(library, engine, self._torn, draft)
        findings, notices, spans = check_quotations(library, tracer, draft, quotations(draft))
        quoted = Quoted(spans)
        people, more = find_people(engine, draft, quoted)
        findings += check_speakers(self._speakers, draft, people, tuple(findings))
        findings += check_people(self._offices, draft, people)
        findings += check_names(self._names, draft, quoted)
        findings += check_dates(self._happenings, draft, quoted)
        ordered = sorted(findings, key=lambda f: (f.start, f.end))
        return Report(tuple(ordered), tuple(notices + more))

    @cached_property
    def _torn(self) -> list[str]:
        return torn(self._library, self._engine)

    @cached_property
    def _names(self) -> Names:
        return Names(self._library)

    @cached_property
    def _happenings(self) -> Happenings:
        return Happenings(self._library, self._names)

    @cached_property
    def _speakers(self) -> Speakers:
        return Speakers(self._library)

    @cached_property
    def _offices(self) -> Offices:
        return Offices(self._library)
