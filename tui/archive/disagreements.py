"""Where facts cannot all hold: found by comparing, and said by an editor."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from tui.records.dates import bounds
from tui.records.fields import FIELDS
from tui.records.source import Disagreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.records.evidence import Fact
    from tui.records.record import Record
    from tui.records.source import Source


def detect(kind: str, bearer: Record | Source) -> list[Disagreement]:
    """Find the fields of a record or source whose values cannot all hold.

    Only fields that hold one value at a time are compared, and only what sources state; a date is
    compared with one from elsewhere as well, and two dates disagree when their bounds are apart.
    """
    found: list[Disagreement] = []
    for field in FIELDS[kind]:
        if not field.single:
            continue
        facts = [
            fact
            for fact in bearer.all(field.name)
            if fact.value is not None
            and (
                (fact.basis == "stated" and any(e.proves for e in fact.evidence))
                or (field.shape == "date" and fact.basis == "outside")
            )
        ]
        apart = _dates_apart(facts) if field.shape == "date" else _words_apart(facts)
        if apart:
            found.append(Disagreement(bearer.id, field.name, tuple(apart)))
    return found


def merge(
    detected: Iterable[Disagreement], authored: Iterable[Disagreement]
) -> tuple[Disagreement, ...]:
    """Give an editor's verdict to what was found; add what only the editor knows of.

    The first one said about a field goes with what was found there. A further one with values of
    its own is another matter and stays apart.
    """
    merged: list[Disagreement] = list(detected)
    places = {(found.about, found.field): index for index, found in enumerate(merged)}
    judged: set[int] = set()
    for ours in authored:
        index = places.get((ours.about, ours.field))
        if index is None or index in judged:
            merged.append(ours)
            continue
        judged.add(index)
        values = list(merged[index].values)
        said = {_folded(fact.value or "") for fact in values}
        values += [fact for fact in ours.values if _folded(fact.value or "") not in said]
        merged[index] = replace(ours, values=tuple(values))
    return tuple(sorted(merged, key=lambda d: (d.about is None, d.about or "", d.field, d.verdict)))


def distinct(facts: Sequence[Fact]) -> int:
    """Count the different values among facts."""
    return len({_folded(fact.value or fact.text) for fact in facts})


def _words_apart(facts: list[Fact]) -> list[Fact]:
    return facts if distinct(facts) > 1 else []


def _dates_apart(facts: list[Fact]) -> list[Fact]:
    apart: dict[int, None] = {}
    for (i, one), (j, other) in combinations(enumerate(facts), 2):
        if "outside" == one.basis == other.basis:
            continue
        begins, ends = bounds(one.value or "")
        opens, closes = bounds(other.value or "")
        before = ends is not None and opens is not None and ends < opens
        after = closes is not None and begins is not None and closes < begins
        if before or after:
            apart[i] = apart[j] = None
    return [facts[index] for index in sorted(apart)]


def _folded(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
