"""Find where a text names an actor or an initiative."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HANGUL = "\uac00-\ud7a3"
_HAN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A run of Hangul is a word, for particles hang on to it; each ideograph is a word of its own.
_TOKEN = re.compile(
    f"[{_HANGUL}]+|[{_HAN}]|(?:[^\\W_{_HANGUL}{_HAN}]|(?<=[^\\W_])[\u0300-\u036f])+"
)
_GAP_LIMIT = 8
_GAP_FOLDS = str.maketrans(
    {
        **dict.fromkeys("‘’‛′ʼ", "'"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    }
)
_SPACES = re.compile(r"\s+")

SHORT_NAME, NAME, MISNOMER = 0, 1, 2


@dataclass(slots=True)
class _Ending:
    """A name that is complete at a node: what stands between and around its words, and whose."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]
    lead: str
    trail: str
    exact: bool
    rank: int
    records: list[str]


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    endings: list[_Ending] = field(default_factory=list)


class Namer:
    """All names of an archive as a tree of words: a text is walked through once, word by word.

    What is found is the longest name at a place; within it no shorter one is found. A source's own
    short names come before an archive's names, and these before misnomers; a name that belongs to
    several records alike is a mention of each. Names of one word, and those in capitals, are
    matched with their case: "US" is no "us".
    """

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, record: str, kind: str, name: str, rank: int = NAME, exact: bool = False) -> None:
        """Add a name of a record; a person's bare surname or given name is passed over.

        Only a source can say whom it means by one word: such a short name has rank SHORT_NAME.
        """
        found = list(_TOKEN.finditer(name))
        if not found or (rank != SHORT_NAME and kind == "person" and _is_bare(found)):
            return
        node = self._root
        for token in found:
            node = node.next.setdefault(_fold(token[0]), _Node())
        words = tuple(token[0] for token in found)
        gaps = tuple(_gap(name[a.end() : b.start()]) for a, b in pairwise(found))
        lead, trail = _gap(name[: found[0].start()]), _gap(name[found[-1].end() :])
        exact = exact or name.isupper()
        for known in node.endings:
            same = (known.gaps, known.lead, known.trail, known.rank) == (gaps, lead, trail, rank)
            if same and known.exact == exact and (not exact or known.words == words):
                if record not in known.records:
                    known.records.append(record)
                return
        node.endings.append(
            _Ending(words, gaps, lead.strip(), trail.strip(), exact, rank, [record])
        )

    def mentions(
        self, text: str, own: Namer | None = None, edges: Sequence[int] = ()
    ) -> Iterator[tuple[int, int, str]]:
        """Walk through the mentions in a text as (start, end, record), from left to right.

        `own` holds the short names of the source the text belongs to. No mention runs across one
        of the `edges`, sorted offsets where boilerplate begins or ends; a word may end at one.
        """
        for start, end in pairwise((0, *edges, len(text))):
            yield from self._between(text, own, start, end)

    def _between(
        self, text: str, own: Namer | None, begin: int, finish: int
    ) -> Iterator[tuple[int, int, str]]:
        roots = [self._root.next] if own is None else [own._root.next, self._root.next]
        held: _Found | None = None
        for token in _TOKEN.finditer(text, begin, finish):
            if held is not None and token.start() >= held[1]:
                yield from _spread(held)
                held = None
            word = token[0]
            folded = word.lower() if word.isascii() else _fold(word)
            best: _Found | None = None
            for root in roots:
                for prefix in _prefixes(folded):
                    node = root.get(prefix)
                    if node is None:
                        continue
                    end = token.start() + len(prefix) if prefix != folded else token.end()
                    for found in _walk(text, node, token.start(), end, finish):
                        if best is None or (found[1], -found[2]) > (best[1], -best[2]):
                            best = found
            # A name that begins inside another and is longer is the one that is meant: "Defense
            # Minister Lee Jong-seop" names the man in full, whatever "Minister Lee" is short for.
            if best is not None and (
                held is None or (best[1] > held[1] and best[1] - best[0] > held[1] - held[0])
            ):
                held = best
        if held is not None:
            yield from _spread(held)


_Found = tuple[int, int, int, list[str]]


def _spread(found: _Found) -> Iterator[tuple[int, int, str]]:
    start, end, _, records = found
    for record in records:
        yield start, end, record


def _walk(text: str, node: _Node, start: int, end: int, finish: int) -> Iterator[_Found]:
    """Follow the tree from a first word on; give every name that is complete on the way."""
    words = [text[start:end]]
    gaps: list[str] = []
    while True:
        for ending in node.endings:
            span = _complete(text, ending, words, gaps, start, end)
            if span is not None:
                yield *span, ending.rank, ending.records
        if not node.next:
            return
        following = _TOKEN.search(text, end, finish)
        if following is None or following.start() - end > _GAP_LIMIT:
            return
        gap = text[end : following.start()]
        if gap.count("\n") > 1:
            return
        folded = _fold(following[0])
        child, length = None, 0
        for prefix in _prefixes(folded):
            child = node.next.get(prefix)
            if child is not None:
                whole = prefix == folded
                length = following.end() - following.start() if whole else len(prefix)
                break
        if child is None:
            return
        node = child
        end = following.start() + length
        words.append(text[following.start() : end])
        gaps.append(_gap(gap))


def _complete(
    text: str, ending: _Ending, words: list[str], gaps: list[str], start: int, end: int
) -> tuple[int, int] | None:
    if ending.gaps != tuple(gaps):
        return None
    if ending.exact:
        if ending.words != tuple(words):
            return None
    elif len(words) == 1 and ending.words[0][0].isupper() and not words[0][0].isupper():
        return None
    if ending.lead:
        begin = start - len(ending.lead)
        if begin < 0 or _gap(text[begin:start]) != ending.lead:
            return None
        start = begin
    if ending.trail:
        finish = end + len(ending.trail)
        if _gap(text[end:finish]) != ending.trail:
            return None
        end = finish
    return start, end


def _prefixes(word: str) -> tuple[str, ...] | list[str]:
    """Give what a word may be a name with a particle behind it of; for most words itself alone."""
    if not "\uac00" <= word[0] <= "\ud7a3" or len(word) < 3:
        return (word,)
    return [word[:length] for length in range(len(word), 1, -1)]


def _is_bare(found: list[re.Match[str]]) -> bool:
    """Tell whether a person's name is one word, and so no full name unless it is in Hangul."""
    word = found[0][0]
    return len(found) == 1 and not ("\uac00" <= word[0] <= "\ud7a3" and len(word) > 1)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def _gap(between: str) -> str:
    if between in _PLAIN_GAPS:
        return between
    return _SPACES.sub(" ", between.translate(_GAP_FOLDS))


_PLAIN_GAPS = frozenset(["", " ", "-", ".", ". ", "'"])
