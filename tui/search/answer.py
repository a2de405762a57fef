"""What a search gives back."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]


class RecordHit(NamedTuple):
    """A record that answers: which of its names did, where in it, and why."""

    id: str
    kind: str
    name: str
    matched: str
    spans: tuple[Span, ...]
    why: str
    score: float


class PassageHit(NamedTuple):
    """A passage that answers; offsets are code points into its source's text, end exclusive."""

    source: str
    start: int
    end: int
    spans: tuple[Span, ...]
    why: str
    score: float


class Progress(NamedTuple):
    """How far something is: so many passages done, of so many in all; 0 where not yet known."""

    done: int
    total: int


class Answer(NamedTuple):
    """Everything found for a query, the best first.

    `total` counts the passages that answer, up to what is ranked; `passages` holds the first of
    them. `notices` say what a reader must know: that the query was cut, what was left out.
    `searched` says in how many passages of how many it was looked, where not in all of them;
    `outside` counts the hits that a lens hides.
    """

    query: str
    took_ms: float
    records: tuple[RecordHit, ...]
    passages: tuple[PassageHit, ...]
    total: int
    notices: tuple[str, ...] = ()
    searched: Progress | None = None
    outside: int = 0
