"""Check a draft: quotations, titles and names, against everything the archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.drafts.findings import Report
from tui.drafts.initiatives import check_names
from tui.drafts.naming import Quoted, check_people
from tui.drafts.quotations import quotations
from tui.drafts.quoting import check_quotations

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.drafts.manuscript import Manuscript
    from tui.search import Engine


def check(library: Library, engine: Engine, draft: Manuscript) -> Report:
    """Hold a draft against an archive; the findings come in the order of the draft."""
    findings, notices, spans = check_quotations(library, engine, draft, quotations(draft))
    quoted = Quoted(spans)
    people, more = check_people(library, engine, draft, quoted)
    findings += people
    findings += check_names(library, draft, quoted)
    notices += more
    return Report(tuple(sorted(findings, key=lambda f: (f.start, f.end))), tuple(notices))
