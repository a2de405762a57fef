"""Lanes at any scale: every event is marked or counted, and nothing is said twice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tui.archive.extents import DISPUTED, LASTS, core_of
from tui.archive.tracks import Track, track_of
from tui.desk.render.axis import Window
from tui.desk.render.captions import density
from tui.desk.render.extent import Lane
from tui.desk.render.grouping import Kept
from tui.desk.render.lanes import LaneRows

if TYPE_CHECKING:
    from tui.archive import Library

WINDOWS = [
    Window(738_500, 738_528), Window(738_000, 738_900), Window(738_100, 740_000),
    Window(712_000, 741_000), Window(600_000, 601_000),
]  # fmt: skip


def whole(library: Library) -> Lane:
    extents, every = library.times.extents, range(len(library.timeline))
    return Lane(extents, "", lambda: Track(track_of(extents, every)))


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("room", [1, 2, 7, 40, 92])
def test_every_event_in_the_window_is_marked_or_counted_once(
    library: Library, window: Window, room: int
) -> None:
    lane = whole(library)
    rows = LaneRows(library.timeline, library.times.extents, [lane], window)
    clusters = rows.clusters(lane, room)
    inside = [
        place
        for place in range(len(lane))
        if window.low <= lane.day(lane.event(place)) < window.high
    ]
    assert [n for _, _, begin, end, *_ in clusters for n in range(begin, end)] == inside
    for one, other in pairwise(clusters):
        assert one[0] + one[1] <= other[0]
    assert all(column >= 0 for column, *_ in clusters)
    if room > 6:
        assert all(column + width <= room for column, width, *_ in clusters)
    drawn = "".join(text for text, _ in rows.line(0, room + 24))
    assert drawn


@pytest.mark.parametrize("window", WINDOWS)
def test_bars_count_the_events_known_to_the_column(library: Library, window: Window) -> None:
    extents, whole = library.times.extents, library.times.overview
    rows = LaneRows(library.timeline, extents, [], window)
    most, bars = density(rows, whole, 60)
    exact = [
        at
        for at in range(extents.dated)
        if not extents.size(at) and window.low <= extents.middle[extents.rank[at]] / 2 < window.high
    ]
    assert (most > 0) >= bool(exact)
    assert sum(len(text) for text, _ in bars) == 60
    assert any(role == "bar" for _, role in bars) == (most > 0)


def test_a_lens_narrows_lanes_to_what_it_leaves(library: Library) -> None:
    extents = library.times.extents
    shown = [at for at in range(len(library.timeline)) if at % 2]
    track = Kept(extents, shown).narrowed(whole(library).track)
    assert sorted(extents.order[rank] for rank in track.ranks) + list(track.undated) == shown


def test_a_disputed_date_is_flagged_and_its_dates_are_apart(library: Library) -> None:
    t, extents = library.timeline, library.times.extents
    at = t.id.index("scm-54")
    assert extents.flags[extents.rank[at]] & DISPUTED
    assert whole(library).disputed(at)
    (other,) = extents.others(at)
    assert other.basis == "outside"
    low, high, event = next(d for d in whole(library).track.disputes if d[2] == at)
    assert low < high
    assert event == at
    assert whole(library).track.disputes_in(low / 2, low / 2, 99)


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
    assert core_of(edtf) == expected
    assert LASTS
