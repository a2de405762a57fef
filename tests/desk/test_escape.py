"""Escape and a window made small and large again lead exactly to where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = ["", "j j j", "2 2 2 j", "3 j j j j j j j j j j j j", "2 j enter j j", "2 c", "j space ]"]
WAYS = ["d escape", "d 2 0 escape", "slash escape", "slash s c m down escape", "slash z z q escape"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_what_was_asked_and_dropped_moves_nothing(
    desk: Callable[..., Any], place: str, size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press(*place.split())
        before = d.text()
        for way in WAYS:
            await d.press(*way.split())
            await d.pilot.app.workers.wait_for_complete()
            await d.pilot.pause()
            assert d.text() == before, way


async def test_a_window_made_small_and_large_again_shows_the_same(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("G", "3", *"j" * 14)
        before = d.text()
        await d.pilot.resize_terminal(80, 12)
        await d.pilot.pause()
        await d.pilot.resize_terminal(120, 36)
        await d.pilot.pause()
        assert d.text() == before


async def test_a_query_that_finds_nothing_shows_nothing_it_did_not_find(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("caine")
        assert "댄 케인" in d.text()
        await d.type("zzqx lasagna")
        assert "nothing found" in d.text()
        assert "댄 케인" not in d.text()
