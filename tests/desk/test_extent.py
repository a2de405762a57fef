"""Lanes at any scale: every event is marked or counted, and nothing is said twice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tui.archive.chronology import DISPUTED, LASTS, _core
from tui.desk.render.axis import Window
from tui.desk.render.captions import density
from tui.desk.render.extent import Lane
from tui.desk.render.lanes import LaneRows, lanes_of

if TYPE_CHECKING:
    from tui.archive import Library

WINDOWS = [
    Window(738_500, 738_528), Window(738_000, 738_900), Window(738_100, 740_000),
    Window(712_000, 741_000), Window(600_000, 601_000),
]  # fmt: skip


def whole(library: Library) -> Lane:
    return Lane(library.extents, "", lambda: range(len(library.timeline)))


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("room", [1, 2, 7, 40, 92])
def test_every_event_in_the_window_is_marked_or_counted_once(
    library: Library, window: Window, room: int
) -> None:
    lane = whole(library)
    rows = LaneRows(library.timeline, library.extents, [lane], window)
    clusters = rows.clusters(lane, room)
    inside = [
        place
        for place in range(len(lane.positions))
        if window.low <= lane.day(lane.event(place)) < window.high
    ]
    assert [n for one in clusters for n in range(one.begin, one.end)] == inside
    for one, other in pairwise(clusters):
        assert one.column + one.width <= other.column
    assert all(one.column >= 0 for one in clusters)
    if room > 6:
        assert all(one.column + one.width <= room for one in clusters)
    drawn = "".join(text for text, _ in rows.line(0, room + 24))
    assert drawn


@pytest.mark.parametrize("window", WINDOWS)
def test_bars_count_the_events_known_to_the_column(library: Library, window: Window) -> None:
    lane, extents = whole(library), library.extents
    rows = LaneRows(library.timeline, extents, [lane], window)
    most, bars = density(rows, lane, 60)
    exact = [
        at
        for at in lane.positions
        if not extents.size[at] and window.low <= lane.day(at) < window.high
    ]
    assert (most > 0) >= bool(exact)
    assert len(bars) == 60
    assert any(role == "bar" for _, role in bars) == (most > 0)


def test_a_narrowed_lane_answers_as_one_of_all(library: Library) -> None:
    """What is looked up by byte and by halving agrees with what is worked out one by one."""
    dated = range(len(library.extents.first))
    every = Lane(library.extents, "", lambda: dated)
    some = Lane(library.extents, "", lambda: [at for at in dated if at % 3])
    assert every.all_dated
    assert not some.all_dated
    for lane in (every, some):
        for size in set(lane.sizes):
            ranks = lane.ranks_of(size)
            mine = [at for at in lane.positions if library.extents.size[at] == size]
            assert sorted(library.extents.order[rank] for rank in ranks) == mine
        ends, _ = lane.opens
        open_ends = [
            library.timeline.latest[at]
            for at in lane.positions
            if library.timeline.earliest[at] is None
        ]
        assert ends == max(day for day in open_ends if day is not None)


def test_a_lens_narrows_lanes_to_what_it_leaves(library: Library) -> None:
    shown = [at for at in range(len(library.timeline)) if at % 2]
    lanes = lanes_of(library.extents, shown, [("all", lambda: range(30))], all_shown=False)
    assert list(lanes[0].positions) == list(range(1, 30, 2))
    assert lanes[-1].name == "undated"


def test_a_disputed_date_is_flagged_and_its_dates_are_apart(library: Library) -> None:
    t, extents = library.timeline, library.extents
    at = t.id.index("scm-54")
    assert extents.flags[extents.rank[at]] & DISPUTED
    (other,) = extents.others(at)
    assert other.basis == "outside"
    low, high, event = next(d for d in whole(library).disputes(0, 1e9, 99) if d[2] == at)
    assert low < high
    assert event == at


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-10-30/2024-11-02", "2024-10-30", "2024-11-02"),
        ("2024-03/2024-05", "2024-03-31", "2024-05-01"),
        ("2024-10-30~/2024-11-02", "2024-10-31", "2024-11-02"),
    ],
)
def test_only_what_surely_lasted_is_drawn_full(edtf: str, first: str, last: str) -> None:
    from datetime import date

    expected = tuple(date.fromisoformat(day).toordinal() for day in (first, last))
    assert _core(edtf) == expected
    assert LASTS
