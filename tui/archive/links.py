"""Chains of records that run in a circle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.records.record import Record

CHAINS = ("parent", "part_of", "fulfils", "moves", "drops", "follows", "announced_at")


def circles(targets: Mapping[str, list[str]]) -> list[list[str]]:
    """Find the circles that links make: each as its ids, the first one last again.

    `targets` are the links of one field by record. Every circle shares no record with those found
    before it that was closed by the same link.
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in targets:
        path: list[str] = []
        place: dict[str, int] = {}
        pending: list[tuple[str, bool]] = [(start, True)]
        while pending:
            current, entering = pending.pop()
            if not entering:
                place.pop(path.pop())
                done.add(current)
            elif current in place:
                found.append([*path[place[current] :], current])
            elif current not in done and current in targets:
                place[current] = len(path)
                path.append(current)
                pending.append((current, False))
                pending += [(target, True) for target in reversed(targets[current])]
    return found


def without_link(record: Record, field: str, target: str) -> Record:
    """Give a record without its links of one field to a target."""
    kept = tuple(f for f in record.facts if f.field != field or f.value != target)
    return replace(record, facts=kept)
