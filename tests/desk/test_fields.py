"""Fields in the finder: tab completes them, and what they were read as is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("act", "actor:"), ("type:me", "type:meeting"), ("actor:kim-m", "actor:kim-myung-soo")],
)
async def test_tab_completes_a_field(desk: Callable[..., Any], typed: str, completed: str) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type(typed)
        await d.press("tab")
        assert d.screen.input.value == completed
        assert "tab complete" in d.rows()[-1]


async def test_tab_offers_what_a_field_may_be(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("type:joint")
        await d.press("tab")
        assert d.screen.input.value == "type:joint_"
        assert "joint_exercise · joint_statement" in d.text()


async def test_tab_completes_before_the_caret_only(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("kin austin")
        await d.press(*["left"] * 7, "tab")
        await d.type("person")
        assert d.screen.input.value == "kind:person austin"


async def test_a_field_narrows_and_is_said(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("actor:kim-myung-soo from:2020")
        rows = d.rows()
        first = next(
            at for at, row in enumerate(rows) if "actor: Kim Myung-soo · from: 2020" in row
        )
        assert any("events" in row for row in rows[first + 1 : first + 4])
        await d.press("enter")
        assert "space prove   enter follow" in d.rows()[-1]


async def test_tab_is_nothing_where_a_date_is_asked_for(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("d")
        await d.type("20")
        await d.press("tab")
        assert d.screen.input.value == "20"
