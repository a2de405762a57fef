"""A finding of a draft's check above the sentence it is about: what differs, word by word."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from tui.desk.render.marks import BASIS_MARKS, DIFFERS, NOTE
from tui.desk.render.text import line
from tui.plain import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.desk.render.standing import Standing
    from tui.drafts import Finding, Manuscript
    from tui.records.evidence import Evidence

AROUND = 70
"""Characters of the draft shown on each side of a difference."""

_ROWS = 4
_MARKS = {
    "verbatim": BASIS_MARKS["stated"],
    "disputed": (DIFFERS, "differs"),
    "not stated": BASIS_MARKS["not stated"],
}
"""What stands before a verdict that is no fault; what is not said here is an editor's remark."""


def difference(draft: Manuscript, finding: Finding) -> tuple[Standing, ...]:
    """Say what a draft has, with the words that its source prints otherwise marked in it."""
    number, column = draft.place(finding.start)
    mark, role = _MARKS.get(finding.verdict, (NOTE, "planned"))
    if finding.fault:
        mark, role = DIFFERS, "differs"
    where = f"  {PurePath(draft.name).name}:{number}:{column}"
    said = line((finding.verdict, role), f": {clean_line(finding.says)}", (where, "faint"))
    rows: list[Standing] = [(line((f"{mark} ", role)), said, _ROWS)]
    words = line(*_words(draft, finding))
    if words:
        rows.append((line(("draft ", "dim")), words, _ROWS))
    return tuple(rows)


def _words(draft: Manuscript, finding: Finding) -> Iterator[tuple[str, str]]:
    """Write the draft's words: what the source has instead behind what the draft has."""
    text, done = draft.text, finding.start
    if not finding.changes:
        yield _cut(text[finding.start : finding.end], AROUND, 3 * AROUND), ""
        return
    for number, change in enumerate(finding.changes):
        yield _cut(text[done : change.start], AROUND if number else 0, AROUND), ""
        if change.was:
            yield clean_line(change.was), "differs"
        yield (" → " if change.was else " + "), "dim"
        yield (clean_line(change.now), "strong") if change.now else ("left out", "dim")
        done = change.end
    yield _cut(text[done : finding.end], AROUND, 0), ""


def _cut(words: str, first: int, last: int) -> str:
    """Keep the beginning and the end of a stretch, on one line."""
    shown = clean_line(words)
    if len(shown) > first + last + 3:
        shown = shown[:first] + " … " + (shown[-last:] if last else "")
    lead = " " if words[:1].isspace() and first else ""
    tail = " " if words[-1:].isspace() and last else ""
    return lead + shown.strip() + tail if shown else lead


def alike(evidence: Evidence, finding: Finding) -> tuple[tuple[int, int], ...]:
    """Give what a source's sentence shares with the draft, to be lit: all but what differs."""
    spans, done = [], evidence.start
    for change in finding.changes:
        if evidence.start <= change.source_start and change.source_end <= evidence.end:
            spans.append((done, change.source_start))
            done = change.source_end
    spans.append((done, evidence.end))
    kept = tuple((start, end) for start, end in spans if start < end)
    return kept or ((evidence.start, evidence.end),)
