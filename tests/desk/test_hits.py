"""The finder's rows: titles before reasons, a forgiven slip said once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.hits import side_by_side
from tui.paths import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable


async def test_what_was_read_for_a_slip_is_said_once(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("extnded deterence")
        text = d.text()
        assert text.count("extnded → extended") == 1
        assert text.count("deterence → deterrence") == 1
        assert "art-003 · 31 Jan 2023? – Feb 2023?" in text


async def test_an_id_is_not_shown_as_a_name(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("scm")
        results = "\n".join(row[:66] for row in d.rows()[4:])
        assert "Security Consultative Meeting" in results
        assert "scm-56-" not in results


async def test_examples_stand_in_columns(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        rows = d.rows()
        name = next(row.index("a name, however") for row in rows if "a name, however" in row)
        script = next(row.index("in its own script") for row in rows if "in its own" in row)
        assert script + len("김용현尹") == name  # each of these takes two cells


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (100, 30)])
async def test_a_date_is_never_cut(desk: Callable[..., Any], size: tuple[int, int]) -> None:
    async with desk(*size) as d:
        await d.press("slash")
        await d.type("deterrence type:meeting from:2023")
        rows = [row for row in d.rows() if "in its facts" in row]
        assert rows
        assert all(re.search(r"20\d\d\?? +in its facts|undated", row) for row in rows), rows
        assert "type: meeting · from: 2023" in d.text()


async def test_what_is_counted_once_is_one(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("ncg type:meeting")
        assert not re.search(r"\b1 (records|passages)", d.text())
        await d.type(" lasagna")
        assert "nothing found" in d.text()
        assert "in what these fields leave" in d.text()
        assert "0 records" not in d.text()


async def test_too_much_is_said_once_beside_the_prompt(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        d.screen.take_text("deterrence " * 30)
        await d.type("xy")
        assert "cut at 256 characters" in d.rows()[1]
        assert not d.toasts()
        await d.press("backspace")
        assert "cut at 256" not in d.text()


async def test_an_index_in_memory_leaves_room_for_the_hits(desk: Callable[..., Any]) -> None:
    cache = cache_folder()
    assert cache is not None
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text("in the way")
    async with desk(80, 24) as d:
        await d.press("slash")
        await d.type("lasagna")
        assert "The search index is held in memory" in d.text()
        await d.press("ctrl+u")
        assert "kim yonghyun" in d.text()
        assert "cannot be kept" in d.text()
        await d.type("deterrence")
        assert "index in memory" in d.rows()[1]
        assert "cannot be kept" not in d.text()


def test_notices_stand_beside_each_other_while_they_fit() -> None:
    rows = side_by_side(("type: meeting", "from: 2023", "actor: South Korea"), 30)
    assert ["".join(text for text, _ in row) for row in rows] == [
        "type: meeting · from: 2023",
        "actor: South Korea",
    ]
