"""Rank passages: which of the wanted words they hold, how sure, how near to each other."""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.search.plan import StandIn, Wanted

_TOGETHER = 0.12
_NEAR = 0.08
_LONG = 0.01


class Found(NamedTuple):
    """A stand-in found in a passage, at the place of its first word, for the wanted word `word`."""

    word: int
    at: int
    stand_in: StandIn


class Ranked(NamedTuple):
    """A passage's score, the share of the query's weight that it holds, and what was found."""

    number: int
    score: float
    share: float
    complete: bool
    found: tuple[Found, ...]


class Ranker:
    """Rank the passages of one segment for one plan."""

    def __init__(self, wanted: tuple[Wanted, ...]) -> None:
        self._wanted = wanted
        self._single: dict[str, list[tuple[int, StandIn]]] = {}
        self._several: list[tuple[int, StandIn]] = []
        for place, want in enumerate(wanted):
            for stand_in in want.stand_ins:
                if len(stand_in.codes) == 1:
                    self._single.setdefault(stand_in.codes, []).append((place, stand_in))
                else:
                    self._several.append((place, stand_in))
        self._content = [place for place, want in enumerate(wanted) if not want.stop]
        self._whole = sum(wanted[place].idf for place in self._content) or 1.0

    def rank(self, number: int, codes: str) -> Ranked | None:
        """Rank one passage, or give None where it holds nothing that is wanted."""
        wanted = self._wanted
        found: list[list[Found]] = [[] for _ in wanted]
        single = self._single
        for at, code in enumerate(codes):
            if code in single:
                for place, stand_in in single[code]:
                    found[place].append(Found(place, at, stand_in))
        for place, stand_in in self._several:
            at = codes.find(stand_in.codes)
            while at >= 0:
                found[place].append(Found(place, at, stand_in))
                at = codes.find(stand_in.codes, at + 1)
        best: list[list[Found]] = []
        share = score = 0.0
        missing = False
        for place in self._content:
            if not found[place]:
                missing = True
                continue
            weight = max(f.stand_in.weight for f in found[place])
            share += wanted[place].idf
            score += wanted[place].idf * weight
        if not share:
            return None
        for hits in found:
            weight = max((f.stand_in.weight for f in hits), default=0.0)
            sure = min(weight, 0.9) if weight >= 0.9 else weight
            best.append([f for f in hits if f.stand_in.weight >= sure])
        score = (
            score / self._whole
            + _TOGETHER * _together(best)
            + _NEAR * _nearness([best[place] for place in self._content if best[place]])
            - _LONG * log(1 + len(codes))
        )
        kept = tuple(f for hits in best for f in hits)
        return Ranked(number, score, share / self._whole, not missing, kept)


def _together(best: list[list[Found]]) -> float:
    """Give the share of neighbouring query words that are neighbours in the passage, in order."""
    if len(best) < 2:
        return 1.0
    pairs = 0
    for one, other in pairwise(best):
        after = {f.at + len(f.stand_in.codes) for f in one} | {f.at for f in one}
        pairs += any(f.at in after for f in other)
    return pairs / (len(best) - 1)


def _nearness(found: list[list[Found]]) -> float:
    """Give 1 where the words stand side by side, less the wider the stretch that holds them all."""
    if len(found) < 2:
        return 1.0
    first, *others = sorted(found, key=len)
    widest = None
    for anchor in first[:8]:
        low = high = anchor.at
        for hits in others:
            nearest = min((f.at for f in hits), key=lambda at: abs(at - anchor.at))
            low, high = min(low, nearest), max(high, nearest)
        if widest is None or high - low < widest:
            widest = high - low
    return len(found) / max(len(found), (widest or 0) + 1)


def order(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Sort: complete answers first, then by score, then in the order of the archive."""
    return sorted(ranked, key=lambda r: (not r.complete, -r.score, r.number))
