"""Row and proof agree: whatever leads back leads to the row that was chosen as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = {"]": "right_square_bracket", "<": "less_than_sign", ">": "greater_than_sign"}


@pytest.mark.parametrize(
    "way",
    [
        "space 1 j escape", "enter 1 j j <", "space ] 2 j j escape", "2 enter 2 j escape",
        "3 space 1 j j 3 j j escape", "p j j space 1 j escape", "2 2 space 2 j j escape escape",
        "v right space 1 right right escape", "c 1 j j escape", "space 1 j < > <",
    ],
)  # fmt: skip
async def test_the_way_back_leads_to_the_row_that_was_chosen(
    desk: Callable[..., Any], way: str
) -> None:
    async with desk() as d:
        for key in way.split():
            await d.press(KEYS.get(key, key))
            screen = d.screen
            trail = screen.reading.trail
            if screen.pane != "reader" and trail.kind == "evidence" and trail.about:
                assert trail.about == screen.chosen, key


async def test_a_click_on_another_pane_shows_what_is_chosen_there(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.pilot.click(d.screen.initiatives, offset=(6, 0))
        assert d.screen.pane == "initiatives"
        assert d.screen.reading.trail.about == d.screen.chosen


@pytest.mark.parametrize("place", ["a j", "p j", "v right", ""])
async def test_a_date_that_is_dropped_leaves_everything_as_it_was(
    desk: Callable[..., Any], place: str
) -> None:
    async with desk() as d:
        await d.press(*place.split())
        before = d.text()
        await d.press("d", "2", "0", "escape")
        await d.pilot.pause()
        assert d.text() == before
        await d.press("d", *"2025", "enter")
        assert not d.screen.timeline.near
        assert d.screen.promises is None
