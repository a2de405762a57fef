"""Mark in the original text what was found in its folded words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tui.search.fold import Folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.search.rank import Found

Span = tuple[int, int]


@lru_cache(maxsize=1024)
def folded_words(text: str) -> tuple[Folded, list[tuple[int, int]]]:
    """Fold a text, and find its words; the same texts come up from keystroke to keystroke."""
    folded = Folded(text)
    return folded, folded.places()


def spans(text: str, found: Iterable[Found], faint: frozenset[int]) -> tuple[Span, ...] | None:
    """Give the spans of a passage's text that answer, sorted and apart, or None for another text.

    A word is lit whole; a word still being typed is lit as far as it was typed. Words that tell
    little, `faint` by their place in the query, are lit only beside one that tells more. None means
    that the words found do not stand in this text: the index is older than the text.
    """
    folded, places = folded_words(text)
    lit: dict[int, int] = {}  # place → letters typed, 0 for all of them
    weak: dict[int, int] = {}
    for word, at, stand_in in found:
        into = weak if word in faint else lit
        last = len(stand_in.words) - 1
        for offset, meant in enumerate(stand_in.words):
            if at + offset >= len(places) or folded.word(places[at + offset]) != meant:
                return None
            letters = stand_in.letters if offset == last else 0
            known = into.get(at + offset, letters)
            into[at + offset] = max(known, letters) if known and letters else 0
    if not lit:
        lit, weak = weak, {}
    for step in (1, -1):
        for place in sorted(weak, reverse=step < 0):
            if place not in lit and place - step in lit:
                lit[place] = weak[place]
    return merged(folded, places, lit)


def merged(
    folded: Folded, places: list[tuple[int, int]], lit: Mapping[int, int]
) -> tuple[Span, ...]:
    """Give the spans of the words lit: so many letters, or all for 0; neighbours as one."""
    found: list[Span] = []
    before = -2
    for place in sorted(lit):
        start, end = places[place]
        letters = lit[place]
        span = folded.head(places[place], letters) if letters else folded.span(start, end)
        whole = before == place - 1 and found[-1][1] == folded.span(*places[before])[1]
        if whole and not folded.broken(places[before][1], start):
            found[-1] = found[-1][0], span[1]
        else:
            found.append(span)
        before = place
    return tuple(found)


def phrases(text: str, wanted: Iterable[tuple[str, ...]]) -> list[Span]:
    """Give the spans of neighbouring words of a text, each wherever it stands."""
    folded, places = folded_words(text)
    words = [folded.word(place) for place in places]
    found = []
    for phrase in wanted:
        for at, word in enumerate(words):
            if word == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase:
                last = places[at + len(phrase) - 1]
                found.append((folded.span(*places[at])[0], folded.span(*last)[1]))
    return found


def united(marks: Iterable[Span]) -> tuple[Span, ...]:
    """Give spans sorted and apart: those that touch or overlap become one."""
    found: list[Span] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)
