"""Rank passages: which of the wanted words they hold, how sure, how near to each other."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from tui.search.plan import JOINED, SURE

if TYPE_CHECKING:
    from tui.search.plan import StandIn, Wanted

_TOGETHER = 0.06
_NEAR = 0.04
_LONG = 0.01


Found = tuple[int, int, "StandIn"]
"""A stand-in found in a passage: for which word of the query, and where its first word stands."""


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
        self._codes = frozenset(self._single)
        self._content = [place for place, want in enumerate(wanted) if not want.stop]
        self._whole = sum(wanted[place].idf for place in self._content) or 1.0

    def rank(self, number: int, codes: str) -> Ranked | None:
        """Rank one passage, or give None where it holds nothing that is wanted."""
        found: dict[int, list[Found]] = {}
        for code in self._codes.intersection(codes):
            at = codes.find(code)
            while at >= 0:
                for place, stand_in in self._single[code]:
                    found.setdefault(place, []).append((place, at, stand_in))
                at = codes.find(code, at + 1)
        for place, stand_in in self._several:
            at = codes.find(stand_in.codes)
            while at >= 0:
                found.setdefault(place, []).append((place, at, stand_in))
                at = codes.find(stand_in.codes, at + 1)
        share = score = 0.0
        for place in self._content:
            if place in found:
                idf = self._wanted[place].idf
                share += idf
                score += idf * max(stand_in.weight for _, _, stand_in in found[place])
        if not share:
            return None
        for place, hits in found.items():
            if len(hits) > 1:
                weight = min(max(stand_in.weight for _, _, stand_in in hits), SURE)
                found[place] = sorted(hit for hit in hits if hit[2].weight >= weight)
        content = [found[place] for place in self._content if place in found]
        score = (
            score / self._whole
            + _TOGETHER * (self._together(found) if len(self._wanted) > 1 else 1.0)
            + _NEAR * (_nearness(content) if len(content) > 1 else 1.0)
            - _LONG * log(1 + len(codes))
        )
        kept = tuple(hit for place in sorted(found) for hit in found[place])
        complete = len(content) == len(self._content)
        return Ranked(number, score, share / self._whole, complete, kept)

    def _together(self, found: dict[int, list[Found]]) -> float:
        """Give the share of neighbouring query words that are neighbours here, in order."""
        pairs = 0
        for place in range(len(self._wanted) - 1):
            if place in found and place + 1 in found:
                after = {at + len(stand_in.codes) for _, at, stand_in in found[place]}
                after.update(at for _, at, stand_in in found[place] if stand_in.weight == JOINED)
                pairs += any(at in after for _, at, _ in found[place + 1])
        return pairs / (len(self._wanted) - 1)


def _nearness(found: list[list[Found]]) -> float:
    """Give 1 where the words stand side by side, less the wider the stretch that holds them all."""
    first, *others = sorted(found, key=len)
    widest = None
    for _, anchor, _ in first[:8]:
        low = high = anchor
        for hits in others:
            nearest = min((at for _, at, _ in hits), key=lambda at: abs(at - anchor))
            low, high = min(low, nearest), max(high, nearest)
        if widest is None or high - low < widest:
            widest = high - low
    return len(found) / max(len(found), (widest or 0) + 1)
