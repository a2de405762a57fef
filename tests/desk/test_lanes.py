"""Lanes: events to scale, driven by keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.axis import Window, axis
from tui.desk.render.extent import fitting
from tui.desk.render.grouping import Lanes
from tui.desk.screens.arranging import GROUPINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library

MARKS = "●○◐◌◆·"


def lane(d: Any, name: str) -> str:
    """Give what is drawn in a lane."""
    rows: list[str] = d.rows()
    return next(row for row in rows if row.startswith(("│ " + name, "│▌" + name)))


def place(d: Any) -> int:
    """Tell which event of its lane is chosen."""
    found = re.search(r"(\d+) of \d+ │$", d.text(), re.MULTILINE)
    assert found
    return int(found[1])


async def test_v_draws_lanes_and_lists_again_with_the_event_still_chosen(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        chosen = d.screen.chosen
        await d.press("v")
        assert "lanes by initiative" in d.text()
        assert "2 Actors" not in d.text()
        assert "4 Reader" in d.text()
        assert d.screen.chosen == chosen
        assert d.lit().startswith("●")
        await d.press("v")
        assert "by date" in d.text()
        assert "2 Actors" in d.text()
        assert d.screen.chosen == chosen


async def test_arrows_walk_a_lane_in_time_and_change_lanes(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v")
        t = d.screen.library.timeline
        seen = [d.screen.chosen]
        for _ in range(4):
            await d.press("right")
            seen.append(d.screen.chosen)
        days = [t.latest[t.id.index(event)] for event in seen]
        assert len(set(seen)) == 5
        assert days == sorted(days)
        await d.press("h")
        assert d.screen.chosen == seen[3]
        assert t.title[t.id.index(seen[3])] in d.text()
        await d.press("j")
        below = d.screen.library.rows("initiative").id[1]
        assert d.screen.chosen in d.screen.library.events_of(below)


async def test_the_chosen_event_is_brought_into_the_window(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v", *["left"] * 12)
        assert place(d) == 1
        assert "│1953" in d.text()
        assert "◂" not in d.rows()[5]


async def test_lanes_by_actor_and_state(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("V")
        assert "lanes by initiative" in d.text()
        await d.press("V")
        assert "lanes by actor" in d.text()
        assert lane(d, "Lloyd J. Austin III")
        await d.press("V")
        assert "lanes by state" in d.text()
        assert lane(d, "South Korea")


async def test_zoom_keeps_the_chosen_event_in_its_column(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v")

        def column() -> int:
            row = lane(d, "ROK-US alliance")
            return 30 + next(n for n, c in enumerate(row[30:]) if c in MARKS)

        before = column()
        await d.press(*["plus"] * 5)
        assert abs(column() - before) <= 1
        assert re.search(r"Jan 2023", d.rows()[3])
        assert re.search(r"│8 +│15 +│22", d.rows()[4])
        await d.press(*["minus"] * 9)
        assert re.search(r"│1980 +│1990 +│2000", d.rows()[3])
        assert "2040" not in d.rows()[3]
        assert d.screen.chosen is not None


async def test_undated_events_have_a_lane_of_their_own_at_the_end(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("v", "G")
        t = d.screen.library.timeline
        at = t.id.index(d.screen.chosen)
        assert t.earliest[at] is None
        assert t.latest[at] is None
        assert lane(d, "undated").count("○") > 3
        await d.press("right", "right", "plus", "k", "j")
        assert lane(d, "undated")
        assert "year not stated" in d.text() or "date not stated" in d.text()


async def test_open_beginnings_and_uncertain_spans_are_shaded(desk: Callable[..., Any]) -> None:
    async with desk(120, 50) as d:
        await d.press("v")
        assert "◂┈" in lane(d, "Missile warning")
        assert re.search(r"░○2░", lane(d, "SCM"))
        assert re.search(r"░●░", lane(d, "ROK-US defense"))
        assert "nothing dated" in d.rows()[5]
        assert "mo╴" in d.rows()[5]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_every_silence_that_is_drawn_is_named(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press("v")
        silent = d.rows()[5]
        assert "nothing dated" in silent
        drawn = re.findall(r"[╶‹─][^│]*?[╴›]|(?<= )[\d─ymo]+ mo\b", silent)
        assert drawn
        assert all(re.search(r"\d+ (y|mo|d)", words) for words in drawn)
        await d.press("minus", "minus")
        assert re.search(r"‹─+ (68 years|1 Jan 1954 – 31 Dec 2021) ─+╴", d.rows()[5])


@pytest.mark.parametrize(
    ("day", "words"),
    [("2300", "‹ every known date is earlier"), ("0005", "every known date is later ›")],
)
async def test_where_there_is_nothing_it_is_said_where_the_events_are(
    desk: Callable[..., Any], day: str, words: str
) -> None:
    async with desk() as d:
        await d.press("v", "d")
        await d.type(day)
        await d.press("enter")
        assert words in d.rows()[5]
        assert "no event here" in d.rows()[2]


async def test_the_keys_of_the_list_work_on_the_chosen_event(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v", "right")
        chosen = d.screen.chosen
        await d.press("space")
        assert d.screen.pane == "reader"
        await d.press("escape")
        assert d.screen.pane == "timeline"
        assert d.screen.chosen == chosen
        await d.press("enter")
        assert "card" in d.text()
        await d.press("escape", "f")
        assert "lens:" in d.rows()[0]
        assert d.screen.chosen == chosen
        await d.press("F", "d")
        await d.type("2025-07")
        await d.press("enter")
        assert "lanes by initiative" in d.text()


async def test_an_event_that_stands_alone_is_named_where_there_is_room(
    desk: Callable[..., Any],
) -> None:
    async with desk(160, 50) as d:
        await d.press("v")
        assert re.search(r"● 56th Security Consultative Meeting", lane(d, "SCM"))
        assert not re.search(r"●\d [A-Z]", "".join(d.rows()[6:30]))
        await d.press("V", "V")
        assert re.search(r"undated ◐ Additional North Korean troops, perhaps", lane(d, "Ukraine"))


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_what_is_marked_together_is_counted_by_its_marks(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press("v")
        row = next(row for row in d.rows() if "31 Jan 2023 (outside)" in row)
        assert re.search(r"(together|3 in this mark:) ●3 +event 3 of \d+ │$", row)


async def test_the_day_gone_to_is_marked_until_another_event_is_chosen(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("v", "plus", "plus", "plus", "d")
        await d.type("2024-10-30")
        await d.press("enter")
        assert "╶" not in d.rows()[2]
        columns = {row.index("▼") for row in d.rows()[2:6] if "▼" in row}
        (column,) = columns
        assert lane(d, "SCM")[column] == "●"
        assert lane(d, "US defense commitment")[column] == "●"
        await d.press("left")
        assert not any("▼" in row for row in d.rows()[2:6])


async def test_a_lens_on_an_open_beginning_keeps_its_arrow(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v", "d")
        await d.type("2024-10-30")
        await d.press("enter", "f")
        assert re.search(r"◂┈+● DSTEC launched", lane(d, "ROK-US alliance"))
        assert "no event here" not in d.text()
        await d.press("a")
        assert "the lens holds no other event" in d.text()


async def test_it_is_said_how_many_lanes_are_out_of_view(desk: Callable[..., Any]) -> None:
    async with desk(80, 24) as d:
        await d.press("v")
        count = len(d.screen.timeline.rows)
        assert f"↓ {count - 12} more lanes" in d.text()
        await d.press("G")
        assert f"↑ {count - 12} more lanes" in d.text()
        await d.press("g", *["j"] * 12)
        assert f"↑ 1  ↓ {count - 13} more lanes" in d.text()


async def test_the_window_does_not_leave_the_events(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v", *["left"] * 12)
        low, high = d.screen.library.times.overview.reach
        window = d.screen.timeline._lanes.window
        assert low <= window.low
        assert window.high <= high


@pytest.mark.parametrize("size", [(80, 24), (60, 10), (100, 30), (160, 50), (20, 6)])
async def test_lanes_fit_any_size(desk: Callable[..., Any], size: tuple[int, int]) -> None:
    async with desk(*size) as d:
        await d.press("v", "j", "right", "plus", "minus", "minus", "G", "g", "slash", "escape")
        assert all(len(row) <= size[0] for row in d.rows())
        await d.press("2", "3", "4", "1", "v")
        assert "lanes by" not in d.text()


async def test_find_lays_the_desk_out_as_ever(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v", "slash")
        await d.type("ncg")
        assert "Nuclear Consultative Group" in d.text()
        await d.press("escape")
        assert "lanes by initiative" in d.text()


async def test_lanes_stay_when_the_archive_is_read_again(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("V", "V", "j", "right")
        chosen = d.screen.chosen
        await d.screen.refurnish(d.screen.library)
        await d.pilot.pause()
        assert "lanes by actor" in d.text()
        assert "2 Actors" not in d.text()
        assert d.screen.chosen == chosen


@pytest.mark.parametrize("grouping", GROUPINGS)
@pytest.mark.parametrize("step", [1, 2, 7])
def test_every_event_stands_in_some_lane(library: Library, grouping: str, step: int) -> None:
    t = library.timeline
    shown = range(0, len(t), step)
    near = None if step == 1 else frozenset().union(*(library.linked(t.id[at]) for at in shown))
    lanes = Lanes(library, GROUPINGS[grouping], grouping, shown, near)
    drawn = [[one.event(place) for place in range(len(one))] for one in lanes]
    assert {at for events in drawn for at in events} == set(shown)
    assert lanes[-1].name == "undated"
    undated = [at for at in shown if at >= library.times.extents.dated]
    assert list(lanes[-1].track.undated) == undated
    for one, events in zip(lanes, drawn, strict=True):
        assert [one.place(at) for at in events] == list(range(len(one)))
        assert all(one.holds(at) for at in events)
    for at in shown:
        first = next(n for n, events in enumerate(drawn) if at in events)
        assert lanes.row_of(at) == first
    assert lanes.row_of(-1) == -1


def test_silences_are_free_of_dated_events(library: Library) -> None:
    t = library.timeline
    gaps = list(library.times.overview.silences(-1e7, 1e7, 0.1))
    assert gaps
    for low, high in gaps:
        for earliest, latest in zip(t.earliest, t.latest, strict=True):
            if latest is not None:
                first = latest if earliest is None else earliest
                assert latest < low or first > high


@pytest.mark.parametrize("days", [28, 90, 400, 2_000, 20_000, 150_000])
@pytest.mark.parametrize("low", [-9_000.0, 1.0, 738_000.5, 3_652_000.0])
@pytest.mark.parametrize("width", [1, 30, 140])
def test_the_axis_fills_its_rows_at_any_zoom(days: int, low: float, width: int) -> None:
    for row in axis(Window(low, low + days), width):
        assert sum(len(text) for text, _ in row) in (0, width)


def test_the_first_window_holds_nine_events_of_ten(library: Library) -> None:
    window = fitting(library.times.overview)
    assert window.days < 2_000
    assert fitting(library.times.overview_of((), every=False)).days > 0
