"""Say how the quotations of a draft stand: what a person is told of each."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from tui.archive.anchor import cut
from tui.archive.normal import normal
from tui.drafts.findings import Finding
from tui.drafts.tracing import MOST_PLACES
from tui.drafts.wording import words
from tui.records.source import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.archive import Library
    from tui.drafts.findings import Change
    from tui.drafts.manuscript import Manuscript
    from tui.drafts.quotations import Quotation
    from tui.drafts.tracing import Trace, Tracer
    from tui.records.evidence import Evidence

MOST = 1_000
"""Quotations that are traced in one draft."""

MOST_UNCLOSED = 100
"""Marks that are named for never being closed."""

_CLOSING = re.compile(r"[\s.,;:!?…'\"\u200b]*\Z")
_CITED = re.compile(r"[\s.,;:!?\"'”’»)\]\u200b—–-]*[(\[]([^()\[\]\n]{1,80})[)\]]")
_NO_BRACKETS = str.maketrans("", "", "[]")
_OPENED_AGAIN = re.compile(r"\n\s*[“„\"«「『]")


def check_quotations(
    library: Library, tracer: Tracer, draft: Manuscript, quotations: Sequence[Quotation]
) -> tuple[list[Finding], list[str], list[tuple[int, int]]]:
    """Trace quotations; give what was found, what was not looked at, and the quoted stretches."""
    notices = []
    closed = [q for q in quotations if q.closed and q.words]
    if len(closed) > MOST:
        notices.append(f"only the first {MOST:,} of {len(closed):,} quotations are checked")
        closed = closed[:MOST]
    traces = list(zip(closed, tracer.trace(closed), strict=True))
    inside = [q for block, trace in traces if not trace.places for q in block.within if q.closed]
    if inside:
        dropped = {id(block) for block, trace in traces if block.within and not trace.places}
        traces = [pair for pair in traces if id(pair[0]) not in dropped]
        inside = [q for q in inside if q.words][:MOST]
        traces += zip(inside, tracer.trace(inside), strict=True)
    findings = [f for q, trace in traces for f in _findings(library, draft, q, trace)]
    unclosed = [q for q in quotations if not q.closed]
    if len(unclosed) > MOST_UNCLOSED:
        notices.append(f"{len(unclosed):,} quotation marks are never closed; the first are named")
    findings += [_unclosed(draft, q) for q in unclosed[:MOST_UNCLOSED]]
    quoted = [(q.outer_start, q.outer_end) for q, trace in traces if trace.places or not q.scare]
    return findings, notices, quoted


def place(library: Library, evidence: Evidence) -> str:
    """Name a place as a reader finds it: the source and its paragraph."""
    return f"{evidence.source} ¶{paragraph(library, evidence.source, evidence.start)}"


def paragraph(library: Library, source: str, offset: int) -> int:
    """Give the paragraph that holds a code point of a source, from 1."""
    held = library.passages(source)
    at = bisect_right(held, offset, key=lambda passage: passage.start)
    return (held[max(0, at - 1)] if held else Passage(source, 0, 0, 1)).paragraph


def _unclosed(draft: Manuscript, quotation: Quotation) -> Finding:
    start, end = quotation.outer_start, quotation.outer_end
    says = "this quotation mark is never closed; what follows it was not checked"
    return Finding("quotation", "unclosed", start, end, draft.text[start:end], says)


def _findings(
    library: Library, draft: Manuscript, quotation: Quotation, trace: Trace
) -> Iterator[Finding]:
    start, end = quotation.outer_start, quotation.outer_end
    text = draft.text[start:end]
    if trace.verbatim:
        evidence = tuple(e for parts in trace.places for e in parts)
        says = _stands(library, draft, quotation, trace)
        yield Finding("quotation", "verbatim", start, end, text, says, evidence=evidence)
        yield from _cited_elsewhere(library, draft, quotation, trace)
    elif quotation.scare or not trace.pattern.parts:
        return  # a name, or irony
    elif trace.apart:
        evidence = trace.places[0]
        where = ", ".join(dict.fromkeys(place(library, e) for e in evidence))
        says = f"its parts do not follow each other in one source; they stand in {where}"
        yield Finding("quotation", "altered", start, end, text, says, evidence=evidence)
    elif trace.collations:
        evidence = trace.places[0]
        changes = tuple(change for one in trace.collations for change in one.changes)
        expected = " … ".join(e.quote for e in evidence)
        says = said(changes, place(library, evidence[0]))
        yield Finding("quotation", "altered", start, end, text, says, expected, evidence, changes)
    else:
        count = len(library.sources)
        where = "the one source" if count == 1 else f"any of {count:,} sources"
        yield Finding("quotation", "not found", start, end, text, f"this is not printed in {where}")


def said(changes: Sequence[Change], where: str) -> str:
    """Say in words what a source prints otherwise."""
    parts = []
    for change in changes[:4]:
        was, now = (cut(" ".join(words.split())) for words in (change.was, change.now))
        if was and now:
            parts.append(f"“{was}” is “{now}”")
        elif was:
            parts.append(f"“{was}” is not there")
        else:
            parts.append(f"“{now}” is left out")
    if len(changes) > 4:
        parts.append(f"and {len(changes) - 4} more")
    return f"{', '.join(parts)} in {where}" if parts else f"differs from {where}"


def _stands(library: Library, draft: Manuscript, quotation: Quotation, trace: Trace) -> str:
    places = [" … ".join(dict.fromkeys(place(library, e) for e in p)) for p in trace.places]
    named = ", ".join(dict.fromkeys(places[:3]))
    if len(places) > 3:
        more = f"{len(places) - 3} more" if len(places) < MOST_PLACES else "more"
        named += f" and {more}"
    notes = _edited(library, draft, quotation, trace)
    return f"{named}; {', '.join(notes)}" if notes else named


def _edited(library: Library, draft: Manuscript, quotation: Quotation, trace: Trace) -> list[str]:
    """Say what an editor changed, as an editor may."""
    notes = []
    if trace.pattern.ellipsis:
        notes.append("words left out at the ellipsis")
    if trace.pattern.brackets:
        notes.append(f"brackets are the draft’s{_replaced(draft, trace)}")
    evidence = trace.places[0]
    pairs = [
        (_one_run(draft.plain[part.elements[0].start : part.elements[-1].end]), _one_run(e.quote))
        for part, e in zip(trace.pattern.parts, evidence, strict=True)
    ]
    if not trace.pattern.brackets:
        if any(ours[:1] != theirs[:1] for ours, theirs in pairs):
            notes.append("its first letter is changed")
        if any(ours[1:] != theirs[1:] for ours, theirs in pairs):
            folded = [(a[1:].casefold(), b[1:].casefold()) for a, b in pairs]
            if all(a == b for a, b in folded):
                notes.append("capitals are changed")
            else:
                notes.append("punctuation is changed")
    last = trace.pattern.parts[-1].elements[-1].end
    ours = normal(draft.plain[last : quotation.end])
    source = library.text(evidence[-1].source)
    theirs = normal(source[evidence[-1].end : evidence[-1].end + len(ours) + 8])
    if ours and _CLOSING.match(ours) and not theirs.startswith(ours):
        notes.append("its closing mark is the draft’s")
    return notes


def _replaced(draft: Manuscript, trace: Trace) -> str:
    """Say what the source prints where the draft has brackets, as far as it is sure."""
    said = []
    for part, evidence in zip(trace.pattern.parts, trace.places[0], strict=True):
        printed = words(evidence.quote)
        inserted = [n for n, one in enumerate(part.elements) if one.insertion]
        if len(inserted) > 1:
            return ""
        for n, one in enumerate(part.elements):
            if one.whole:
                continue
            ours = " ".join(draft.plain[one.start : one.end].split())
            rest = len(part.elements) - n - 1  # no insertion stands on both sides of a word
            first = n if not inserted or n <= inserted[0] else len(printed) - rest - 1
            last = len(printed) - rest if one.insertion else first + 1
            there = printed[first:last]
            theirs = evidence.quote[there[0].start : there[-1].end] if there else ""
            if normal(ours.translate(_NO_BRACKETS)).casefold() != normal(theirs).casefold():
                said.append(
                    f"“{cut(ours)}” for “{cut(theirs)}”" if theirs else f"“{cut(ours)}” added"
                )
    return f": {', '.join(said[:4])}" if said else ""


def _cited_elsewhere(
    library: Library, draft: Manuscript, quotation: Quotation, trace: Trace
) -> Iterator[Finding]:
    """Tell where the source named in brackets behind a quotation is not the one that prints it."""
    cited = _CITED.match(draft.plain, quotation.end, quotation.end + 120)
    named = _sources_in(library, cited[1]) if cited else set()
    standing = {evidence.source for parts in trace.places for evidence in parts}
    if not named or not standing or named & standing or len(trace.places) >= MOST_PLACES:
        return
    start, end = cited.span(1) if cited else (0, 0)
    evidence = trace.places[0]
    says = f"the quotation stands in {place(library, evidence[0])}, not here"
    yield Finding(
        "quotation", "misattributed", start, end, draft.text[start:end], says,
        ", ".join(sorted(standing)), evidence,
    )  # fmt: skip


def _sources_in(library: Library, words: str) -> set[str]:
    ids = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+|[a-z0-9]+", words)
    return {name for name in ids if name in library.sources}


def _one_run(words: str) -> str:
    """Put words in normal form; marks within a quotation change with those around it."""
    return normal(_OPENED_AGAIN.sub("\n", words)).replace('"', "'")
