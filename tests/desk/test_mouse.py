"""Tabs answer clicks: those of the actors, and those of the narrow desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(("word", "kind"), [("orgs", "organization"), ("states", "state")])
async def test_a_tab_of_the_actors(desk: Callable[..., Any], word: str, kind: str) -> None:
    async with desk() as d:
        row = next(y for y, text in enumerate(d.rows()) if f" {word} " in text)
        column = d.rows()[row].index(f" {word} ") + 2
        assert await d.pilot.click(offset=(column, row))
        await d.pilot.pause()
        assert d.screen.actors.kind == kind
        assert d.screen.pane == "actors"
        assert "card" in d.rows()[1]  # what is chosen there is previewed
        before = d.text()
        assert await d.pilot.click(offset=(column, row))
        await d.pilot.pause()
        assert d.text() == before
        people = d.rows()[row].index("people")
        assert await d.pilot.click(offset=(people, row))
        await d.pilot.pause()
        assert d.screen.actors.kind == "person"


@pytest.mark.parametrize("name", ["Actors", "Initiatives", "Reader", "Timeline"])
async def test_a_tab_of_the_narrow_desk(desk: Callable[..., Any], name: str) -> None:
    async with desk(80, 24) as d:
        assert await d.pilot.click(offset=(d.rows()[0].index(name), 0))
        await d.pilot.pause()
        assert d.screen.pane == name.casefold()
        assert name in d.rows()[1]


async def test_other_words_of_the_header_do_nothing(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        before = d.text()
        for column in (1, 20, 60, 118):
            assert await d.pilot.click(offset=(column, 0))
        await d.pilot.pause()
        assert d.text() == before
