"""Events near one: nearest first, with how far away each is, and no more than that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.near import NearRows, between

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library


def rows(library: Library, event: str) -> NearRows:
    t = library.timeline
    times = library.times
    undated = range(times.extents.dated, len(t))
    return NearRows(t, times.extents, times.nearness, undated, t.id.index(event))


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("scm-56", "two-plus-two-2024", "≈ 1 day after"),
        ("two-plus-two-2024", "scm-56", "≈ 1 day before"),
        ("lee-austin-talks-2023", "yoon-austin-meeting-2023", "≈ same day"),
        ("scm-56", "dstec-launched", "≈ then or before"),
        ("dstec-launched", "scm-56", "≈ then or after"),
        ("lee-austin-talks-2023", "scm-55", "≈ same year, month not stated"),
        ("lee-austin-talks-2023", "dsc-ttx-2023-02", "≈ 1–28 days after"),
        ("two-plus-two-2024", "dstec-launched", "≈ at least 1 day before"),
        ("chiefs-of-defence-seoul-2025", "asean-talks-2025", "≈ same month, day not stated"),
        ("lee-austin-talks-2023", "dstec-launched", "≈ any time up to 21 months after"),
        ("scm-56", "chiefs-in-person-meeting", ""),
    ],
)
def test_how_far_says_no_more_than_the_dates(
    library: Library, one: str, other: str, words: str
) -> None:
    assert rows(library, one).apart(library.timeline.id.index(other)) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (3, 3, "3 days"), (1, 1, "1 day"), (3, 33, "3–33 days"), (20, 800, "20 days to 2 years"),
        (400, 1200, "13 months to 3 years"), (5, 1 << 21, "at least 5 days"),
    ],
)  # fmt: skip
def test_a_distance_is_said_in_the_largest_unit_that_fits(
    least: int, most: int, words: str
) -> None:
    assert between(least, most) == words


def test_every_other_event_stands_in_the_list_nearest_first(library: Library) -> None:
    found = rows(library, "scm-56")
    events = [found.position(n) for n in range(len(found)) if found.selectable(n)]
    t = library.timeline
    assert sorted([*events, t.id.index("scm-56")]) == list(range(len(t)))
    headings = [n for n in range(len(found)) if not found.selectable(n)]
    assert len(headings) == 3
    for n in range(headings[2] + 1, len(found)):
        assert t.earliest[found.position(n)] is t.latest[found.position(n)] is None
    assert t.id[found.position(headings[1] + 1)] == "two-plus-two-2024"


async def test_a_lists_what_is_near_and_esc_returns(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        chosen = d.screen.chosen
        await d.press("a")
        assert "near one event" in d.text()
        assert "same day" in d.text()
        assert d.screen.chosen not in (chosen, None)
        await d.press("j")
        below = d.screen.chosen
        await d.press("escape")
        assert "by date" in d.rows()[1]
        assert d.screen.chosen == below
        await d.press("v", "a", "a")
        assert "lanes by" in d.text()
        assert d.screen.chosen == below  # nothing else was chosen among those near it
        await d.press("G", "a")
        assert any("not stated" in words for words in d.toasts())


async def test_a_click_on_a_mark_chooses_its_event(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("v")
        drawn = d.rows()
        y = next(n for n, row in enumerate(drawn) if "Extended deterrence" in row)
        seen = set()
        for x in (n for n, mark in enumerate(drawn[y]) if mark in "●○" and n > 30):
            assert await d.pilot.click("#timeline", offset=(x, y - 1))
            seen.add(d.screen.chosen)
            assert d.screen.chosen in d.screen.library.events_of("extended-deterrence")
        assert len(seen) > 1
        x = drawn[y].index("●")
        for _ in range(3):  # on among those that stand together
            assert await d.pilot.click("#timeline", offset=(x, y - 1))
            seen.add(d.screen.chosen)
        assert len(seen) > 3
        assert d.screen.pane == "timeline"


async def test_a_click_on_a_title_chooses_its_event(desk: Callable[..., Any]) -> None:
    async with desk(160, 50) as d:
        await d.press("v")
        y, row = next((n, row) for n, row in enumerate(d.rows()) if "● 56th Security" in row)
        assert await d.pilot.click("#timeline", offset=(row.index("Security") + 3, y - 1))
        assert d.screen.chosen == "scm-56"
        assert "▌SCM" in d.rows()[y]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_only_what_is_of_the_same_day_is_lit_and_titles_have_room(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press("a")
        pane = d.screen.timeline
        near = [pane.rows.line(n, pane.inner_width) for n in range(len(pane.rows))]
        lit = {words for row in near for words, role in row if role == "key"}
        assert lit == {"≈ same day"}
        head = "".join(text for row in pane.head(pane.inner_width) for text, _ in row)
        assert "Lee and Austin hold talks at the ministry" in head
        assert "Jan 2023? · day 31 stated" in head
        titles = [row[3][0] for row in near if len(row) > 3]
        assert all(len(title) >= 10 or not title.endswith("…") for title in titles)
