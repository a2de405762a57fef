"""`readout check brief.md`: a person's own text held against the archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands import shapes
from tui.commands.page import link
from tui.commands.refusal import RefusalError
from tui.plain import clean_line, complain, emit, emit_exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.drafts import Finding, Manuscript, Report
    from tui.plain import Style

SUFFIXES = (".md", ".markdown", ".txt")
FORMAT = 1

_STYLE: dict[bool, Style] = {True: "red", False: "dim"}
_PLURAL = {"verbatim": "verbatim", "altered": "altered", "not found": "not found"}
_SHOWN = 140


def read(path: str) -> Manuscript:
    """Read a draft from a file, or from standard input for `-`.

    Raises:
        RefusalError: it is no text, or too long.
    """
    from tui.drafts import Manuscript, UnreadableError
    from tui.drafts.manuscript import LARGEST

    name = "stdin" if path == "-" else path
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin is not None else b""
        else:
            with Path(path).open("rb") as file:
                raw = file.read(LARGEST + 1)
        return Manuscript.read(name, raw)
    except UnreadableError as error:
        raise RefusalError("draft", f"{name}: {error.message}", error.remedy) from None


def report(library: Library, drafts: Sequence[Manuscript], *, as_json: bool) -> list[Report]:
    """Check drafts and write what was found, draft by draft."""
    from tui.drafts import Checker
    from tui.search import Engine

    checker = Checker(library, Engine.open(library))
    reports = []
    for draft in drafts:
        found = checker.check(draft)
        reports.append(found)
        if as_json:
            emit_exact(shapes.dumps(shape(library, draft, found)))
        else:
            _write(draft, found)
    return reports


def open_finding(library: Library, draft: Manuscript, number: int) -> int:
    """Open the desk at the passage of a finding, the difference beside it.

    Raises:
        RefusalError: there is no such finding, or no passage that it stands on.
    """
    from tui.commands.desk import run_at
    from tui.desk.render.difference import alike, difference
    from tui.desk.screens.reading import Lit, Trail
    from tui.drafts import Checker
    from tui.search import Engine

    found = Checker(library, Engine.open(library)).check(draft).findings
    if number > len(found):
        count = "1 finding" if len(found) == 1 else f"{len(found)} findings"
        raise RefusalError("not-found", f"{draft.name} has {count}, not {number}", status=1)
    finding = found[number - 1]
    places = tuple(Lit(e.source, alike(e, finding)) for e in finding.evidence if e.end > e.start)
    if not places:
        raise RefusalError(
            "not-found", f"no passage to open: {finding.verdict}, {finding.says}",
            f"readout find {' '.join(finding.text.split())[:60]!r}", status=1,
        )  # fmt: skip
    return run_at(library, Trail("evidence", places, said=difference(draft, finding)))


def shape(library: Library, draft: Manuscript, found: Report) -> shapes.Shape:
    """Shape a report; offsets are code points into the draft, after a byte order mark."""
    return {
        "draft": draft.name,
        "format": FORMAT,
        "archive": str(library.root),
        "faults": found.faults,
        "counts": _counts(found),
        "findings": [
            _finding(draft, number, finding) for number, finding in enumerate(found.findings, 1)
        ],
        "notices": list(found.notices),
    }


def _finding(draft: Manuscript, number: int, finding: Finding) -> shapes.Shape:
    line, column = draft.place(finding.start)
    return {
        "n": number,
        "line": line,
        "column": column,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "kind": finding.kind,
        "verdict": finding.verdict,
        "fault": finding.fault,
        "message": finding.says,
        "expected": finding.expected,
        "record": finding.record,
        "url": finding.url,
        "changes": [
            {
                "was": change.was,
                "now": change.now,
                "start": change.start,
                "end": change.end,
                "source_start": change.source_start,
                "source_end": change.source_end,
            }
            for change in finding.changes
        ],
        "evidence": shapes.evidence(finding.evidence),
    }


def _write(draft: Manuscript, found: Report) -> None:
    """Write faults, then remarks, then what is verbatim; each group in the draft's order."""
    numbered = list(enumerate(found.findings, 1))
    groups = (
        [(n, f) for n, f in numbered if f.fault],
        [(n, f) for n, f in numbered if not f.fault and f.verdict != "verbatim"],
        [(n, f) for n, f in numbered if f.verdict == "verbatim"],
    )
    wrote = False
    for group in groups:
        if wrote and group:
            emit()
        for number, finding in group:
            _write_finding(draft, number, finding)
            wrote = True
    if wrote:
        emit()
    emit((f"{draft.name}: ", "bold"), summary(found))
    for notice in found.notices:
        complain(notice)


def _write_finding(draft: Manuscript, number: int, finding: Finding) -> None:
    line, column = draft.place(finding.start)
    verdict = (finding.verdict, _STYLE[finding.fault] if finding.fault else "bold")
    shown = "" if finding.verdict == "unclosed" else f" {_quoted(finding)}:"
    emit(
        (f"{draft.name}:{line}:{column}:", "bold"), " ", verdict, f":{shown} ",
        clean_line(finding.says), (f"  [{number}]", "dim"),
    )  # fmt: skip
    if finding.verdict == "verbatim":
        return
    for item in finding.evidence[:2]:
        words = clean_line(item.quote)
        words = words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
        emit((f"    {link(item.source, item.start, item.end)} “{words}”", "dim"))
    if finding.url:
        emit((f"    {finding.url}", "dim"))


def _quoted(finding: Finding) -> str:
    words = clean_line(finding.text)
    if finding.kind == "quotation" and finding.verdict != "misattributed":
        return words if len(words) <= 60 else _middle_out(words)
    return f"“{words}”"


def _middle_out(words: str) -> str:
    """Give the first and last words of a long quotation, whole ones where it has any."""
    head, tail = words[:40], words[-20:]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"


def _counts(found: Report) -> dict[str, int]:
    counts: dict[str, int] = {"verbatim": 0, "altered": 0, "not found": 0}
    for finding in found.findings:
        counts[finding.verdict] = counts.get(finding.verdict, 0) + 1
    return counts


def summary(found: Report) -> str:
    """Say in a line how a draft stands."""
    counts = _counts(found)
    quotations = [f"{counts.pop(name)} {name}" for name in ("verbatim", "altered", "not found")]
    counts.pop("unclosed", None)
    first, *rest = quotations
    one = "quotation" if first.startswith("1 ") else "quotations"
    said = f"{first.replace(' ', f' {one} ', 1)}, {', '.join(rest)}"
    others = ", ".join(f"{count} {name}" for name, count in counts.items())
    total = f"{found.faults} fault{'' if found.faults == 1 else 's'}"
    return "; ".join(part for part in (said, others, total) if part)
