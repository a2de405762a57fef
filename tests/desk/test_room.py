"""Whatever is shown, in whatever window: boxes fill the screen and none covers another."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk.screens.room import Room

ROOMS = st.builds(
    Room,
    pane=st.sampled_from(["timeline", "actors", "initiatives", "reader"]),
    asks=st.sampled_from(["", "find", "date"]),
    opened=st.booleans(),
    comparing=st.booleans(),
    lanes=st.booleans(),
    promises=st.booleans(),
)


@given(ROOMS, st.integers(1, 300), st.integers(1, 120))
def test_the_boxes_fill_the_screen_and_cover_nothing(room: Room, width: int, height: int) -> None:
    places = room.places(width, height)
    for one, other in combinations(places.values(), 2):
        assert not one.overlaps(other)
    if height >= 8:
        assert sum(region.area for region in places.values()) == width * height
    for region in places.values():
        assert region.x >= 0
        assert region.right <= width


@given(ROOMS, st.integers(20, 300), st.integers(12, 120))
def test_what_has_the_keys_is_seen(room: Room, width: int, height: int) -> None:
    places = room.places(width, height)
    assert {"header", "footer"} <= places.keys()
    if room.asks:
        assert "input" in places
    if room.asks == "find":
        assert {"finder", "reader"} <= places.keys()
    elif width < 100:
        events = "promises" if room.promises else "timeline"
        assert (events if room.pane == "timeline" else room.pane) in places


@pytest.mark.parametrize(
    ("width", "columns"), [(100, (50, 19, 31)), (149, (50, 68, 31)), (150, (62, 48, 40))]
)
def test_lists_keep_their_width_and_the_reader_has_the_rest(
    width: int, columns: tuple[int, int, int]
) -> None:
    places = Room().places(width, 36)
    assert tuple(places[name].width for name in ("timeline", "reader", "actors")) == columns
