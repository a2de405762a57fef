"""What a lens leaves, and what it takes to narrow and to widen the lists."""

from __future__ import annotations

from array import array
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tui.desk.lens import Lens, narrowed
from tui.desk.panes.actors import TABS
from tui.desk.render.timeline import TimelineRows, density

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tui.archive import Library


def test_a_lens_leaves_the_events_of_all_its_records(library: Library) -> None:
    ids = library.timeline.id
    some = ["lloyd-austin", "scm", "south-korea", "japan", ids[3], ids[-1]]
    of = {r: {ids.index(r)} if r in ids else set(library.positions_of(r)) for r in some}
    for records in (*((one,) for one in some), *combinations(some, 2), *combinations(some, 3)):
        positions, near = narrowed(library, Lens(records))
        assert list(positions) == sorted(set.intersection(*(of[record] for record in records)))
        assert near is not None
        assert near >= set(records)
    assert narrowed(library, Lens()) == (range(len(ids)), None)


class Read(array):  # type: ignore[type-arg]  # the class itself cannot be subscripted
    """Numbers that count how often one is read."""

    times = 0

    def __getitem__(self, index):  # type: ignore[no-untyped-def]  # as array's own
        Read.times += 1
        return super().__getitem__(index)


def test_all_events_are_grouped_and_counted_without_reading_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronology, timeline = library.chronology, library.timeline
    every = range(len(timeline))
    by_hand = [at for at in every if not at or chronology.heading[at] != chronology.heading[at - 1]]
    assert list(chronology.begins) == by_hand
    for name in ("heading", "quarter"):
        numbers = getattr(chronology, name)
        monkeypatch.setattr(chronology, name, Read(numbers.typecode, numbers))
    Read.times = 0
    rows = TimelineRows(timeline, chronology, every)
    bars = density(chronology, every, 60)
    assert Read.times == 0
    assert [row for row in range(len(rows)) if not rows.selectable(row)] == [
        at + before for before, at in enumerate(by_hand)
    ]
    some = TimelineRows(timeline, chronology, every[:-1])
    assert [some.position(row) for row in range(len(some))] == [
        rows.position(row) for row in range(len(rows) - 1)
    ]
    assert Read.times == len(timeline) - 1
    monkeypatch.setattr(chronology, "counts", {})
    assert density(chronology, every, 60) != bars


async def test_actors_are_picked_out_once_a_lens(
    desk: Callable[..., Any], library: Library
) -> None:
    asked: list[str] = []

    class Shown(frozenset[str]):
        def __contains__(self, record: object) -> bool:
            asked.append(str(record))
            return super().__contains__(record)

    async with desk() as d:
        pane = d.screen.actors
        pane.show_only(Shown(["lloyd-austin", "south-korea"]))
        for _ in range(3):
            pane.head(40)
            pane.content_rows(40, 20)
    assert len(asked) == sum(len(library.rows(kind).id) for kind, _ in TABS)
