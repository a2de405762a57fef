"""Find where words stand: one after the other for certain, or most of them, for a quotation."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tui.search.query import STOP_WORDS
from tui.search.retrieve import holding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.search.store import Index

Place = tuple[str, int, int]
"""A passage: its source, start and end."""

_TELLING = 12
"""The rarest words of a quotation are enough to find what it may have been."""


def standing(index: Index, words: Sequence[str], most: int) -> list[Place]:
    """Give the passages in which words begin that stand one after the other."""
    return list(islice(_standing(index, words), most))


def _standing(index: Index, words: Sequence[str]) -> Iterator[Place]:
    for piece in index.pieces:
        codes = piece.planner.exact(words)
        for number in piece.segment.standing(codes or ""):
            source, start, end = piece.segment.passage(number)
            if source not in piece.dead:
                yield piece.sources[source], start, end


def joints(index: Index) -> list[tuple[str, int]]:
    """Give the places where one passage follows another without a gap, as source and offset.

    A word that runs on there is two words to the index.
    """
    found = []
    for piece in index.pieces:
        for source, offset in piece.segment.joints():
            if source not in piece.dead:
                found.append((piece.sources[source], offset))
    return found


def alike(index: Index, words: Sequence[str], most: int) -> list[Place]:
    """Give the passages that hold the most telling of some words, the best of each piece first."""
    wanted = [word for word in dict.fromkeys(words) if word not in STOP_WORDS]
    found: list[Place] = []
    for piece in index.pieces:
        segment, vocabulary = piece.segment, piece.segment.words
        places = (vocabulary.find(word) for word in wanted)
        known = [at for at in places if at >= 0 and vocabulary.codes[at] != "\0"]
        known = sorted(known, key=lambda at: vocabulary.counts[at])[:_TELLING]
        held = holding([segment.holding(vocabulary.codes[at]) for at in known])
        gone = segment.of_sources(piece.dead)
        chosen: dict[int, None] = {}
        for numbers in reversed(held[max(1, len(known) // 3) - 1 :]):
            chosen.update(dict.fromkeys(islice(numbers - gone, most)))
            if len(chosen) >= most:
                break
        for number in islice(chosen, most):
            source, start, end = segment.passage(number)
            found.append((piece.sources[source], start, end))
    return found
