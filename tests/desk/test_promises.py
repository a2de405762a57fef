"""The promises on the desk: by state, each one key from its sentence and from its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tui.archive.promises import promises

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library

SIZES = pytest.mark.parametrize("size", [(120, 36), (80, 24)])


@SIZES
async def test_p_shows_every_promise_by_state_and_the_events_again(
    desk: Callable[..., Any], library: Library, size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        before = d.text()
        await d.press("p")
        seen = set()
        for _ in library.promised:
            seen.add(d.screen.chosen)
            await d.press("j")
        assert seen == set(library.promised)
        await d.press("g")
        text = d.text()
        assert "overdue here" in text
        assert "the archive reaches to 2025 (art-002)" in text
        assert "DSC TTX to be held in February" in text
        await d.press("p")
        await d.pilot.pause()
        assert "by date" in d.text()
        await d.press("p", "escape")
        await d.pilot.pause()
        assert "by date" in d.text()
        assert before.splitlines()[0] == d.rows()[0]


@SIZES
async def test_a_promise_is_one_key_from_its_sentence_and_its_card(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press("p", "j", "j", "j")
        assert d.screen.chosen == "dsc-ttx-2023-02"
        await d.press("space")
        await d.pilot.pause()
        assert "they would hold the Extended Deterrence Exercise TTX" in d.lit()
        await d.press("escape")
        await d.pilot.pause()
        assert d.screen.chosen == "dsc-ttx-2023-02"
        await d.press("enter")
        await d.pilot.pause()
        text = d.text()
        assert "overdue here" in text
        assert "stratcom.mil" in text
        await d.press("escape")
        await d.pilot.pause()
        assert d.screen.chosen == "dsc-ttx-2023-02"


async def test_a_lens_narrows_the_promises(desk: Callable[..., Any], library: Library) -> None:
    async with desk() as d:
        await d.press("p")
        await d.press("slash")
        await d.type("kursk reconstruction")
        await d.press("enter", "f", "1")
        await d.pilot.pause()
        assert "Promises  1 of" in d.text()
        assert d.screen.chosen == "kursk-dispatch"
        await d.press("F")
        await d.pilot.pause()
        assert f"Promises  {len(library.promised)} ·" in d.text()


async def test_lanes_and_dates_lead_back_to_the_events(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("p", "v")
        await d.pilot.pause()
        assert "lanes by initiative" in d.text()
        await d.press("p", "d")
        await d.type("2024-10")
        await d.press("enter")
        await d.pilot.pause()
        assert "Timeline" in d.text()
        assert d.screen.promises is None


async def test_the_card_of_an_initiative_lists_its_promises(
    desk: Callable[..., Any], library: Library
) -> None:
    async with desk(120, 100) as d:
        d.screen.open_card("missile-warning-sharing")
        await d.pilot.pause()
        text = d.text()
        assert "none open" in text
        states = {p.event.id: p.state for p in promises(library)}
        assert states["missile-warning-measures-planned"] == "kept"


async def test_who_promised_is_named_whole_or_counted(desk: Callable[..., Any]) -> None:
    async with desk(80, 24) as d:
        await d.press("p")
        assert not [row for row in d.rows() if ",…" in row]
        assert any(row.rstrip(" │").endswith("ROK, US +2") for row in d.rows())


@SIZES
async def test_the_date_of_a_promise_is_not_cut(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press("p", "g")
        row = next(row for row in d.rows() if "promised by " in row)
        assert "31 Jan 2023? at Austin welcomes" in row
