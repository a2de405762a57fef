"""Every value in the lists, lanes, headings and comparisons says what it stands on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.compare import CompareDocument
from tui.desk.render.marks import BASIS_MARKS, DIFFERS
from tui.desk.screens.arranging import GROUPINGS
from tui.desk.screens.reading import Trail
from tui.records.record import date_fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tui.archive import Library
    from tui.records.evidence import Fact
    from tui.records.record import Kind, Record

LISTED: tuple[Kind, ...] = ("person", "organization", "state", "initiative")


class Walk:
    """Counts values by what they stand on, and keeps those that stand on nothing."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.without: list[tuple[str, str]] = []

    def value(self, whose: str, what: str, fact: Fact | None) -> None:
        """Count one value by its basis; None is one that no source states."""
        if fact is None or (fact.value is None and not fact.text):
            self.counted["not stated"] += 1
            return
        proved = any(e.proves for e in fact.evidence)
        stands = {
            "stated": proved,
            "inferred": bool(fact.why),
            "outside": fact.url.startswith("http"),
        }
        if not stands.get(fact.basis, False):
            self.without.append((whose, what))
        self.counted[fact.basis] += 1

    def any_of(self, whose: str, what: str, facts: Iterable[Fact]) -> None:
        """Count a value that may stand on any of some facts, by the best of them."""
        order = ("stated", "inferred", "outside")
        found = sorted((f for f in facts if f.basis in order), key=lambda f: order.index(f.basis))
        if not found:
            self.without.append((whose, what))
        else:
            self.value(whose, what, found[0])

    def record(self, record: Record) -> None:
        """Count a headword: by the name fact that gives it, else by what the record stands on."""
        named = [f for f in record.facts if f.field == "name" and f.value == record.name]
        named += [f for f in record.facts if record.name in (f.value, f.text)]
        self.any_of(record.id, "headword", [f for f in named if f.evidence] or record.facts)


def sides(library: Library, record: str) -> int:
    """Count the values of the widest disagreement about a record, as lists do behind the mark."""
    return max((len(d.values) for d in library.disagreements_about(record)), default=0)


def timeline_rows(library: Library, walk: Walk) -> None:
    timeline = library.timeline
    for at, event_id in enumerate(timeline.id):
        event = library.record(event_id)
        walk.value(event_id, "date", date_fact(event))
        walk.record(event)
        walk.any_of(event_id, "status", event.all("status") or event.facts)
        walk.counted["count"] += 1
        assert timeline.evidence[at] == len(Trail.of(event.evidence).places), event_id
        assert timeline.disagreements[at] == sides(library, event_id)


def list_rows(library: Library, walk: Walk, kinds: tuple[Kind, ...]) -> None:
    for kind in kinds:
        rows = library.rows(kind)
        for at, record_id in enumerate(rows.id):
            record = library.record(record_id)
            walk.record(record)
            if kind in ("person", "organization"):
                walk.value(record_id, "country", record.first("country"))
            if kind == "initiative" and rows.short[at]:
                walk.any_of(record_id, "abbreviation", record.all("abbreviation"))
            walk.counted["count"] += 1
            events = library.events_of(record_id)
            assert rows.events[at] == len(events)
            for event in events:  # what is counted can be shown
                assert library.record(event).facts
            assert rows.disagreements[at] == sides(library, record_id)


def lanes(library: Library, walk: Walk) -> None:
    for kinds in GROUPINGS.values():
        for kind in kinds:
            for record_id in library.rows(kind).id:
                for event in library.events_of(record_id):
                    walk.value(event, "point in a lane", date_fact(library.record(event)))


def headings(library: Library, walk: Walk) -> None:
    for source in library.sources.values():
        for field in ("title", "publisher", "published"):
            walk.value(source.id, field, source.first(field))


def comparisons(library: Library, walk: Walk) -> None:
    for item in library.disagreements:
        document = CompareDocument(library, [item], "subject")
        text = "\n".join(
            "".join(part for part, _ in row)
            for chunk in range(len(document))
            for row in document.chunk(chunk, 100)
        )
        assert f"{DIFFERS}{len(item.values)} " in text
        assert "verdict" in text
        for fact in item.values:
            walk.value(item.about or "", f"compared {item.field}", fact)
            assert BASIS_MARKS[fact.basis][0] in text
            for evidence in fact.evidence[:3]:
                assert f"as printed in {evidence.source}" in " ".join(text.split())


PLACES: dict[str, Callable[[Library, Walk], None]] = {
    "timeline": timeline_rows,
    "actors": lambda library, walk: list_rows(library, walk, LISTED[:3]),
    "initiatives": lambda library, walk: list_rows(library, walk, LISTED[3:]),
    "lanes": lanes,
    "headings": headings,
    "comparisons": comparisons,
}


def test_no_value_outside_the_cards_stands_without_a_basis(library: Library) -> None:
    whole: Counter[str] = Counter()
    for name, walk_through in PLACES.items():
        walk = Walk()
        walk_through(library, walk)
        assert walk.without == [], name
        print(f"{name:12} " + "  ".join(f"{n} {basis}" for basis, n in walk.counted.items()))
        whole += walk.counted
    print(
        f"{'in all':12} " + "  ".join(f"{n} {basis}" for basis, n in whole.items()) + "  0 without"
    )
    assert whole["stated"] > 300
    assert min(whole[basis] for basis in BASIS_MARKS) > 0


@pytest.mark.parametrize("pane", ["1", "2", "2 2", "2 2 2", "3"])
async def test_space_on_every_row_lights_a_sentence_or_says_what_it_stands_on(
    desk: Callable[..., Any], pane: str
) -> None:
    async with desk() as d:
        await d.press(*pane.split(), "g")
        box = getattr(d.screen, d.screen.pane)
        rows = sum(box.rows.selectable(n) for n in range(len(box.rows)))
        proved = 0
        for _ in range(rows):
            place = (d.screen.pane, box.cursor, box.top)
            chosen = d.screen.chosen
            record = d.screen.library.record(chosen)
            d.screen._proving.prove()
            if any(e.proves for e in record.evidence):
                lit = d.screen.reading.lit
                assert lit is not None
                first = next(e for e in record.evidence if e.proves)
                assert (lit.source, lit.spans[0]) == (first.source, (first.start, first.end))
                d.screen.action_escape()
                proved += 1
            else:
                outside = next(f for f in record.facts if f.basis == "outside")
                assert any(outside.url in words for words in d.toasts())
            assert (d.screen.pane, box.cursor, box.top) == place
            d.screen.action_move(1)
        assert proved > rows / 2
