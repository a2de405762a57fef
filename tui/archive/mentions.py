"""Find where a text names an actor or an initiative."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_HANGUL = "\uac00-\ud7a3"
_HAN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A run of Hangul is a word, for particles hang on to it; each ideograph is a word of its own.
# The first alternative takes most words at the least cost; it leaves "Gen\u00e8ve" to the others.
_TOKEN = re.compile(
    f"[A-Za-z0-9]++(?![^\\x00-\\x7f])|[{_HANGUL}]+|[{_HAN}]|(?:[^\\W_{_HANGUL}{_HAN}]|(?<=[^\\W_])[\u0300-\u036f])+"
)
_SYLLABLES = "\uac00"
"""Where Hangul begins: what sorts before it has no particle to take off."""
_LONGEST_HANGUL = 40
_CHUNK = 100_000
_LOOKAHEAD = 2_000
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
        self,
        text: str,
        own: Namer | None = None,
        edges: Sequence[int] = (),
        tick: Callable[[int], None] | None = None,
    ) -> Iterator[tuple[int, int, str]]:
        """Walk through the mentions in a text as (start, end, record), from left to right.

        `own` holds the short names of the source the text belongs to. No mention runs across one
        of the `edges`, sorted offsets where boilerplate begins or ends; a word may end at one.
        `tick` is told how many characters have been gone through since the last time.
        """
        roots = [self._root.next] if own is None else [own._root.next, self._root.next]
        for start, end in pairwise((0, *edges, len(text))):
            yield from _in_stretch(text, roots, start, end, tick)


_Roots = list[dict[str, _Node]]
_Found = tuple[int, int, int, list[str]]
"""Where a name begins and ends, its rank, and whose it is."""


def _in_stretch(
    text: str, roots: _Roots, begin: int, finish: int, tick: Callable[[int], None] | None = None
) -> Iterator[tuple[int, int, str]]:
    """Walk through a stretch, a chunk of it at a time for the sake of memory.

    A chunk is read beyond its end, so that no name is cut, and the next one begins with the first
    word that belongs to no name of this one.
    """
    while begin < finish:
        first = begin
        soft = begin + _CHUNK
        hard = min(finish, soft + _LOOKAHEAD)
        spans = [token.span() for token in _TOKEN.finditer(text, begin, hard)]
        words = _words(text, spans, begin, hard)
        held: _Found | None = None
        until = 0
        begin = hard
        for index, (start, _) in enumerate(spans):
            if held is not None and start >= until:
                for record in held[3]:
                    yield held[0], until, record
                held = None
            if start >= soft and held is None:
                begin = start
                break
            word = words[index]
            for root in roots:
                node = root.get(word)
                if node is None:
                    if word < _SYLLABLES:
                        continue
                elif not node.endings:
                    following = words[index + 1]
                    if following not in node.next and following < _SYLLABLES:
                        continue
                best = _longest(text, root, words, spans, index)
                # A name that begins inside another and is longer is the one that is meant:
                # "Defense Minister Lee Jong-seop" names the man in full, whatever "Minister Lee"
                # is short for.
                if best is not None and (
                    held is None
                    or (best[0] == held[0] and (best[1], -best[2]) > (held[1], -held[2]))
                    or (best[1] > until and best[1] - best[0] > until - held[0])
                ):
                    held, until = best, best[1]
        if held is not None:
            for record in held[3]:
                yield held[0], until, record
        if tick is not None:
            tick(begin - first)


def _words(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> list[str]:
    """Give the words of a stretch, folded, and an empty one behind the last."""
    low = text[begin:end].lower()
    if len(low) == end - begin:  # one letter in Unicode grows longer by this
        words = [low[a - begin : b - begin] for a, b in spans]
        return [*[word if word.isascii() else _fold(word) for word in words], ""]
    return [*[_fold(text[a:b]) for a, b in spans], ""]


def _longest(
    text: str,
    root: dict[str, _Node],
    words: list[str],
    spans: list[tuple[int, int]],
    first: int,
) -> _Found | None:
    """Give the longest name that begins with a word of the text, or None."""
    best: _Found | None = None
    for prefix in _prefixes(words[first], spans[first]):
        node = root.get(prefix)
        index = first
        while node is not None:
            begin, end = spans[index]
            if prefix != words[index]:
                end = begin + len(prefix)  # a particle hangs on, and no word of the name follows
            for ending in node.endings:
                span = _complete(text, ending, [*spans[first:index], (begin, end)])
                if span is not None and (
                    best is None or (span[1], -ending.rank) > (best[1], -best[2])
                ):
                    best = (*span, ending.rank, ending.records)
            index += 1
            if prefix != words[index - 1] or index == len(spans):
                break
            for prefix in _prefixes(words[index], spans[index]):
                following = node.next.get(prefix)
                if following is not None:
                    break
            node = following
    return best


def _complete(text: str, ending: _Ending, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Hold what stands between and around the words against the name; give the name's span."""
    start, end = spans[0][0], spans[-1][1]
    for gap, (before, after) in zip(ending.gaps, pairwise(spans), strict=True):
        if _gap(text[before[1] : after[0]]) != gap:
            return None
    words = tuple([text[a:b] for a, b in spans])
    if ending.exact:
        if ending.words != words:
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


def _is_hangul(word: str) -> bool:
    return "\uac00" <= word[:1] <= "\ud7a3"


def _prefixes(word: str, span: tuple[int, int]) -> Iterable[str]:
    """Give what a word may be a name with a particle behind it of; for most words itself alone."""
    if not _is_hangul(word) or len(word) < 3 or len(word) != span[1] - span[0]:
        return (word,)
    return [word[:length] for length in range(min(len(word), _LONGEST_HANGUL), 1, -1)]


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
    if between.count("\n") > 1:
        return "\n"  # a blank line: no name runs across it
    return _SPACES.sub(" ", between.translate(_GAP_FOLDS))


_PLAIN_GAPS = frozenset(["", " ", "-", ".", ". ", "'"])
