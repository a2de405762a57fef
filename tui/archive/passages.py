"""Cut a source into passages: sentences, none much longer than a reader takes in at a glance."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 600

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"""(?:[.!?]+["'”’»)\]]*(?=\s)|[。！？]+["'”’」』）]*)\s*""")
# Stops with nothing between them, but for the last one: they stay with what stood before.
_DOTS = re.compile(r"(?:[.!?]\s++){8,}(?=[.!?])")
_WORD_BEFORE = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.$")
_OPENING = " \t“‘\"'([«▲•-–—"
_BLANK = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
_LEADING = re.compile(f"[{_BLANK}]*+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that a name or a number follows: the dot after them ends nothing.
_TITLES = _words("""
mr mrs ms dr prof gen lt col maj capt sgt cpl adm cmdr brig hon rep sen gov pres sec min amb
st mt ft vs cf jan feb mar apr jun jul aug sep sept oct nov dec no nos fig art vol pp approx
ca
""")
# Words that stand in mid-sentence as often as at its end: what follows decides.
_EITHER = _words("""
u.s u.k u.n u.s.a d.c e.u jr sr inc ltd co corp a.m p.m etc e.g i.e al ret dept u.s.s.r
""")
_STARTERS = _words("""
the a an this that these those it its he she they we i you his her their our there in on at
by to as for from with after before during while when if although though however but and or
both such another according meanwhile since under over no not what who how one two all some
many most other officials experts
""")


def passages(text: str, edges: Sequence[int] = ()) -> Iterator[tuple[int, int, int]]:
    """Walk through the passages of a text as (start, end, paragraph).

    A passage is a sentence within one line, without the white space around it; a longer one than
    `LONGEST` characters is cut at a space. `paragraph` counts the lines that are not blank, from 1.
    What holds no letter and no digit stays with the passage before it. No passage runs across one
    of the `edges`, sorted offsets where boilerplate begins or ends.
    """
    paragraph = 0
    for line in _LINE.finditer(text):
        start, end = _strip(text, line.start(), line.end())
        if start == end:
            continue
        paragraph += 1
        pending: tuple[int, int] | None = None
        for begin, finish in _sentences(text, start, end, edges):
            begin, finish = _strip(text, begin, finish)
            if begin == finish:
                continue
            if pending is not None and not _speaks(text[begin:finish]):
                pending = (pending[0], finish)
                continue
            if pending is not None:
                yield from _cut(text, *pending, paragraph)
            pending = (begin, finish)
        if pending is not None:
            yield from _cut(text, *pending, paragraph)


def _sentences(text: str, start: int, end: int, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    inner = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    for begin, finish in pairwise((start, *inner, end)):
        yield from _stretch(text, begin, finish)


def _stretch(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = at = start
    while (stop := _STOP.search(text, at, end)) is not None:
        at = stop.end()
        if at < end and _ends(text, begin, stop):
            if (dots := _DOTS.match(text, at, end)) is not None:
                at = dots.end()
            yield begin, at
            begin = at
    yield begin, end


def _ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Tell whether a full stop ends its sentence, by the word before and the word after it."""
    at = stop.end()
    while at < len(text) and text[at] in _OPENING:
        at += 1
    following = text[at : at + 1]
    if following.islower():
        return False
    mark = stop[0].rstrip()
    if mark[:2] == "..":
        return following.isupper() and mark[-1] in "”’\"'"
    if mark[0] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(begin, stop.start() - 24), stop.start() + 1)
    if before is None:
        return True
    word = before[1].casefold()
    if before.start() == begin and word.isdigit():
        return False  # the number of a list item
    if len(mark) > 1:
        return True  # a closing quotation mark or bracket stands behind the dot
    if word in ("no", "nos", "art"):
        return not following.isdigit()
    if word in _TITLES:
        return False
    if word in _EITHER or (len(word) == 1 and before[1].isupper()) or _is_dotted(word):
        following_word = re.compile(r"[^\W_]+").match(text, at)
        return following_word is not None and following_word[0].casefold() in _STARTERS
    return True


def _is_dotted(word: str) -> bool:
    return "." in word and all(len(part) == 1 for part in word.split("."))


def _cut(text: str, start: int, end: int, paragraph: int) -> Iterator[tuple[int, int, int]]:
    while end - start > LONGEST:
        at = max(text.rfind(" ", start + LONGEST // 2, start + LONGEST), 0)
        for mark in ("; ", " ▲", ", "):
            better = text.rfind(mark, start + LONGEST // 2, start + LONGEST)
            if better > 0:
                at = better + (mark[0] != " ")
                break
        at = at or start + LONGEST
        yield start, at, paragraph
        start, _ = _strip(text, at, end)
    if start < end:
        yield start, end, paragraph


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow a stretch to what is neither white space nor an invisible mark; without a copy."""
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    while start < end:
        piece = text[max(start, end - 256) : end]
        kept = len(piece.rstrip(_BLANK))
        end -= len(piece) - kept
        if kept:
            break
    return start, end


def _speaks(words: str) -> bool:
    return any(c.isalnum() for c in words)
