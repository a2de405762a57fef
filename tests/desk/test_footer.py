"""The footer offers whole words only, and always the key that shows all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("columns", [60, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("keys", ["", "4", "2 enter", "2 c", "slash s c m enter"])
async def test_the_footer_fits(desk: Callable[..., Any], columns: int, keys: str) -> None:
    async with desk(columns, 30) as d:
        await d.press(*keys.split())
        footer = d.rows()[-1]
        assert "? keys" in footer
        assert "…" not in footer


async def test_the_palette_has_no_emoji(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("ctrl+p")
        await d.pilot.pause()
        assert "🔎" not in d.text()
