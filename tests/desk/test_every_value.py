"""Every value that a card can show says what it stands on, and leads there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.desk.render.card import CardDocument
from tui.desk.render.marks import BASIS_MARKS
from tui.records.record import KINDS

if TYPE_CHECKING:
    from tui.archive import Library

MARKS = {mark for mark, _ in BASIS_MARKS.values()}


def test_no_value_stands_without_a_basis(library: Library) -> None:
    counted: Counter[str] = Counter()
    for kind in KINDS:
        for record in library.records(kind):
            card = CardDocument(library, record)
            shown = set()
            for index in range(len(card)):
                stop = card.stop(index)
                if stop is None or stop.opens or stop.field in ("note", "mention"):
                    if stop is not None and stop.fact is not None:
                        shown.add(id(stop.fact))
                        counted[stop.fact.basis] += 1
                    continue
                words = "".join(text for row in card.chunk(index, 70) for text, _ in row)
                if stop.fact is None:
                    assert "not stated" in words or "sources differ" in words
                    counted["not stated"] += "not stated" in words
                    continue
                shown.add(id(stop.fact))
                fact = stop.fact
                counted[fact.basis] += 1
                assert BASIS_MARKS[fact.basis][0] in words, (record.id, words)
                if fact.basis == "stated":
                    assert stop.evidence, (record.id, fact)
                    assert all(e.proves for e in stop.evidence)
                elif fact.basis == "inferred":
                    assert fact.why, (record.id, fact)
                else:
                    assert fact.url.startswith(("http://", "https://")), (record.id, fact)
            hidden = [f for f in record.facts if id(f) not in shown]
            # Only a name without a quote of its own that repeats the headword is left out.
            assert all(f.value == record.name and not f.evidence for f in hidden), (
                record.id,
                hidden,
            )
    assert counted["stated"] > 1_000
    assert min(counted[b] for b in ("inferred", "outside", "not stated")) > 50
