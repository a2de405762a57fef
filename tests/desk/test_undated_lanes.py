"""Lanes of an archive in which nothing has a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


async def test_lanes_of_undated_events_are_drawn(
    desk: Callable[..., Any], hostile_archive: Path, tmp_path: Path
) -> None:
    async with desk(archive=open_archive(hostile_archive, cache=tmp_path / "cache")) as d:
        await d.press("v")
        assert "lanes by" in d.text()
        for keys in ("V", "V", "plus", "minus", "right", "left", "j", "G", "v", "v"):
            await d.press(keys)
            assert d.screen.chosen is not None
