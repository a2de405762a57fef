"""Count what was found and what it took."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searching.peer import Reply
    from searching.queries import Query

MOST = 10


@dataclass
class Times:
    """Milliseconds: the middle, the 95th of a hundred, and the worst."""

    p50: float = 0.0
    p95: float = 0.0
    max: float = 0.0


@dataclass
class Score:
    """How a contestant did: shares of the queries, and times."""

    queries: int = 0
    ambiguous: int = 0
    hit1: float = 0.0
    hit10: float = 0.0
    mrr: float = 0.0
    cpu: Times = field(default_factory=Times)
    wall: Times = field(default_factory=Times)
    later: list[str] = field(default_factory=list)
    """Queries that found what was meant, but not first, and where."""
    missed: list[str] = field(default_factory=list)
    missed_clear: int = 0
    """Queries missed that no other passage answers word by word."""


def times(taken: Sequence[float]) -> Times:
    """Give the percentiles: the smallest value that so many of the values do not exceed."""
    ordered = sorted(taken)
    if not ordered:
        return Times()

    def nearest_rank(hundredths: int) -> float:
        return ordered[-(-len(ordered) * hundredths // 100) - 1]

    return Times(nearest_rank(50), nearest_rank(95), ordered[-1])


def score(queries: Sequence[Query], replies: Sequence[Reply]) -> Score:
    """Compare what was found with what was meant; a rank beyond the tenth counts for nothing."""
    done = Score(len(queries), sum(query.ambiguous for query in queries))
    for query, reply in zip(queries, replies, strict=True):
        ranks = (rank for rank, line in enumerate(reply.found[:MOST], 1) if line in query.meant)
        rank = next(ranks, 0)
        done.hit1 += rank == 1
        done.hit10 += rank > 0
        done.mrr += 1 / rank if rank else 0.0
        if rank > 1:
            done.later.append(f"{query.typed} ({rank})")
        elif not rank:
            done.missed.append(query.typed + " (ambiguous)" * query.ambiguous)
            done.missed_clear += not query.ambiguous
    count = max(1, len(queries))
    done.hit1, done.hit10, done.mrr = done.hit1 / count, done.hit10 / count, done.mrr / count
    done.cpu = times([reply.cpu for reply in replies])
    done.wall = times([reply.wall for reply in replies])
    return done
