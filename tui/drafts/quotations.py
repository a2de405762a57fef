"""Find what a draft quotes: between marks of any style, over paragraphs, and in block quotes."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.drafts.wording import weight, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.drafts.manuscript import Manuscript
    from tui.drafts.wording import Word

SCARE = 2.5
"""Fewer words than this in marks may be a name or irony: looked for, but no fault."""

_MARKS = re.compile("[\"＂“”„‟«»‹›「」『』‘’‚‛']")
_PARAGRAPH = re.compile(
    r"\n[ \t\u200b]*(?=[-*+•][ \t]|\d{1,3}[.)][ \t]|#{1,6}[ \t]|\|)|\n(?:[ \t\u200b]*\n)+"
)
_OPENS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "‹": "›", "「": "」", "『": "』", "‚": "‘’"}
_CLOSES = frozenset("”»›」』")
_BEFORE = frozenset(" \t\n\r\u200b\u3000\xa0([{—–-/|:“\"‘'«„「『") | {""}
_STRAIGHT = frozenset('"＂')
_SINGLE = frozenset("‘'‛")
_SINGLE_CLOSES = frozenset("’'")
_SINGLES = _SINGLE | _SINGLE_CLOSES
_ELISION = re.compile(r"['’‘](?:\d0s|tis|twas|em|til|cause|bout|n)\b", re.IGNORECASE)
_CALL_OUT = re.compile(
    r"[\s\u200b]*(?:\[!|(?:note|nb|n\.b\.|tip|warning|comment|todo|draft)\b[\s\u200b]*[:\]—-])",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"s['’] [a-z]")
_DEEPEST = 32
_SIGNED = re.compile(
    r"(?:^|\n|(?<=[.!?…”\"’'»])[ \t])[ \t\u200b]*(?:—|–|--|―)[ \t\u200b]*\S[^\n]{0,200}\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: their span in the draft, with the marks around them.

    `within` are quotations inside a block quote, which count where the block is no quotation.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    words: tuple[Word, ...]
    closed: bool = True
    block: bool = False
    within: tuple[Quotation, ...] = ()

    @property
    def scare(self) -> bool:
        """Tell whether it is too short to be surely a quotation."""
        return weight(list(self.words)) < SCARE


@dataclass(slots=True)
class _Open:
    mark: str
    closers: str
    start: int


@dataclass(slots=True)
class _Found:
    pairs: list[tuple[int, int]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)


def quotations(draft: Manuscript) -> list[Quotation]:
    """Give the quotations of a draft in order; of nested ones the outermost."""
    plain, blocks = draft.plain, draft.blocks
    found: list[Quotation] = []
    edges = [0, *(edge for block in blocks for edge in block), len(plain)]
    for number, (start, end) in enumerate(pairwise(edges)):
        inner = list(_in_stretch(draft, start, end))
        if number % 2:
            block = _block(draft, start, end, inner)
            found += [block] if block is not None else inner
        else:
            found += inner
    return found


def _block(draft: Manuscript, start: int, end: int, inner: list[Quotation]) -> Quotation | None:
    """Take a block quote for one quotation, without its signature; None for a call-out."""
    plain = draft.plain
    if _CALL_OUT.match(plain, start, end):
        return None
    signed = _SIGNED.search(plain, start, end)
    if signed and signed.start() > start:
        end = signed.start()
    start, end = _stripped(plain, start, end)
    if start >= end:
        return None
    if (
        len(inner) == 1
        and inner[0].closed
        and (inner[0].outer_start, inner[0].outer_end) == (start, end)
    ):
        return None
    return Quotation(
        start, end, start, end, tuple(words(plain, start, end)), block=True, within=tuple(inner)
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    blank = " \t\r\n\u200b\xa0\u3000"
    while start < end and text[start] in blank:
        start += 1
    while start < end and text[end - 1] in blank:
        end -= 1
    return start, end


def _in_stretch(draft: Manuscript, start: int, end: int) -> Iterator[Quotation]:
    plain = draft.plain
    found = _pairs(plain, start, end)
    last = start
    outermost = []
    for a, b in sorted(found.pairs):
        if a >= last:
            last = b
            outermost.append((a, b))
            yield _quotation(draft, a + 1, b - 1, a, b)
    for a in found.unclosed:
        at = bisect_left(outermost, (a,))
        if at == 0 or outermost[at - 1][1] <= a:
            yield Quotation(a + 1, a + 1, a, a + 1, (), closed=False)


def _quotation(draft: Manuscript, start: int, end: int, a: int, b: int) -> Quotation:
    return Quotation(start, end, a, b, tuple(words(draft.plain, start, end)))


def _pairs(text: str, start: int, end: int) -> _Found:
    """Pair the marks of a stretch, one paragraph at a time; some quotations go on in the next."""
    found = _Found()
    edges = [m.end() for m in _PARAGRAPH.finditer(text, start, end)]
    going: _Open | None = None
    for begin, finish in pairwise([start, *edges, end]):
        stack: list[_Open] = []
        marks = [m.start() for m in _MARKS.finditer(text, begin, finish)]
        if going is not None:
            first, _ = _stripped(text, begin, finish)
            if marks and marks[0] == first and text[first] == going.mark:
                stack.append(going)
                marks = marks[1:]
            else:
                found.unclosed.append(going.start)
        _walk(text, marks, stack, found)
        going = None
        for one in stack:
            if one.mark in _SINGLE or one.mark == "‚":
                continue
            if going is None and one is stack[0]:
                going = one
            else:
                found.unclosed.append(one.start)
    if going is not None:
        found.unclosed.append(going.start)
    return found


def _walk(text: str, marks: list[int], stack: list[_Open], found: _Found) -> None:
    """Pair the marks of one paragraph; what is left open at its end stays on the stack."""
    for number, at in enumerate(marks):
        mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
        if mark in _SINGLES:
            word = after.isalnum() or (after and after in "[…")
            if mark in _SINGLE_CLOSES and _closes_single(text, marks, number, stack):
                _close(stack, at, found, mark)
            elif mark != "’" and before in _BEFORE and word and not _ELISION.match(text, at):
                stack.append(_Open(mark, "’'", at))
        elif mark in _STRAIGHT:
            opens = before in _BEFORE and bool(after.strip()) and after not in ".,;:!?)]"
            if any(one.mark in _STRAIGHT for one in stack):
                if opens and not before.strip(" \t\xa0"):  # the earlier one was never closed
                    _drop(stack, found, mark)
                    stack.append(_Open(mark, mark, at))
                else:
                    _close(stack, at, found, mark)
            elif opens:
                stack.append(_Open(mark, mark, at))
            elif before.strip():
                _close(stack, at, found, "”")
        elif any(mark in one.closers for one in stack):
            _close(stack, at, found, mark)
        elif mark in _OPENS:
            stack.append(_Open(mark, _OPENS[mark], at))
        elif mark == "”" and any(one.mark in _STRAIGHT for one in stack):
            _close(stack, at, found, '"')
        elif mark in "”»" and before in _BEFORE and after.strip():
            stack.append(_Open(mark, "”" if mark == "”" else "«", at))
        if len(stack) > _DEEPEST:
            found.unclosed.append(stack.pop(0).start)


def _closes_single(text: str, marks: list[int], number: int, stack: list[_Open]) -> bool:
    """Tell an end of a quotation from an apostrophe."""
    if not any(one.mark in _SINGLE or one.mark == "‚" for one in stack):
        return False
    at = marks[number]
    if not text[at - 1 : at].strip() or text[at + 1 : at + 2].isalnum():
        return False
    # The ministers’ talks: where another mark can close, this one belongs to its word.
    if _PLURAL.match(text, at - 1) and number + 1 < len(marks):
        later = marks[number + 1]
        closes = text[later] in _SINGLE_CLOSES and text[later - 1].strip()
        return not closes or text[later + 1 : later + 2].isalnum()
    return True


def _close(stack: list[_Open], at: int, found: _Found, mark: str) -> None:
    """Close the nearest that this mark closes; what was opened after it never was closed."""
    for place in range(len(stack) - 1, -1, -1):
        if mark in stack[place].closers:
            found.unclosed += [one.start for one in stack[place + 1 :] if one.mark not in _SINGLE]
            found.pairs.append((stack[place].start, at + 1))
            del stack[place:]
            return


def _drop(stack: list[_Open], found: _Found, mark: str) -> None:
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].mark == mark:
            found.unclosed += [one.start for one in stack[place:] if one.mark not in _SINGLE]
            del stack[place:]
            return
