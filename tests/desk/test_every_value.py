"""Every value that a card can show says what it stands on, and leads there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.desk.render.card import CardDocument
from tui.desk.render.marks import BASIS_MARKS
from tui.records.record import KINDS

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.desk.render.part import Stop
    from tui.records.evidence import Fact

MARKS = {mark for mark, _ in BASIS_MARKS.values()}


def stands(stop: Stop, fact: Fact, words: str) -> bool:
    """Tell whether a row shows the basis of its fact, and leads to what that stands on."""
    if BASIS_MARKS[fact.basis][0] not in words:
        return False
    if fact.basis == "stated":
        return bool(stop.evidence) and all(e.proves for e in stop.evidence)
    return bool(fact.why) if fact.basis == "inferred" else fact.url.startswith("http")


def test_no_value_stands_without_a_basis(library: Library) -> None:
    counted: Counter[str] = Counter()
    without: list[tuple[str, str]] = []
    for kind in KINDS:
        for record in library.records(kind):
            card = CardDocument(library, record)
            shown = set()
            for index in range(len(card)):
                stop = card.stop(index)
                if stop is None:
                    continue
                words = "".join(text for row in card.chunk(index, 70) for text, _ in row)
                if stop.fact is not None:
                    shown.add(id(stop.fact))
                    counted[stop.fact.basis] += 1
                    if not stands(stop, stop.fact, words):
                        without.append((record.id, words))
                elif stop.field == "note":
                    assert stop.evidence
                    counted["note"] += 1
                elif stop.field == "mention":
                    assert stop.opens in library.sources
                    counted["mention"] += 1
                elif "not stated" in words:
                    counted["not stated"] += 1
                else:
                    assert "sources differ" in words, (record.id, words)
            hidden = [f for f in record.facts if id(f) not in shown]
            # Only a name without a quote of its own that repeats the headword is left out.
            assert all(f.value == record.name and not f.evidence for f in hidden), (
                record.id,
                hidden,
            )
    walked = "  ".join(f"{n} {what}" for what, n in counted.items())
    print(f"cards        {walked}  {len(without)} without")
    assert without == []
    assert counted["stated"] > 1_700
    assert min(counted[basis] for basis in BASIS_MARKS) > 50


def test_what_a_row_leads_to_is_there(library: Library) -> None:
    for kind in KINDS:
        for record in library.records(kind):
            card = CardDocument(library, record)
            for index in range(len(card)):
                stop = card.stop(index)
                if stop is not None and stop.opens:
                    assert library.kind_of(stop.opens) is not None, (record.id, stop)
                    assert stop.opens != record.id or stop.field == "mention"
