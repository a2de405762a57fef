"""The desk opens where a link leads, and goes there when one is typed or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from tui.exchange.links import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library

SCM = "56th Security Consultative Meeting (SCM)"
LINK = "readout:art-001#98-138"


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_it_opens_with_the_stretch_lit(
    desk: Callable[..., Any], library: Library, size: tuple[int, int]
) -> None:
    async with desk(*size, at=Place("art-001", 98, 138)) as d:
        assert " ".join(d.lit().split()) == SCM
        assert d.screen.pane == "reader"
        await d.press("y")
        assert LINK in d.pilot.app.clipboard
        await d.press("escape")
        assert d.screen.pane == "timeline"


async def test_a_source_alone_opens_from_its_beginning(
    desk: Callable[..., Any], library: Library
) -> None:
    length = len(library.text("art-002"))
    async with desk(at=Place("art-002", 0, length, whole=True)) as d:
        assert d.screen.reading.document.source.id == "art-002"
        assert d.lit() == ""


async def test_a_link_in_the_finder_is_its_passage(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        d.pilot.app.post_message(events.Paste(f"[{LINK}]"))
        await d.pilot.pause()
        assert SCM in " ".join(d.lit().split())
        await d.press("enter")
        assert d.screen.pane == "reader"
        assert " ".join(d.lit().split()) == SCM


async def test_a_wrong_link_in_the_finder_says_why(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        before = d.lit()
        await d.press("slash")
        await d.type("readout:art-001#30-10")
        assert "ends before it begins" in d.text()
        assert "did you mean readout:art-001#10-30?" in d.text()
        await d.press("enter", "escape")
        assert d.lit() == before


@pytest.mark.parametrize(
    ("link", "says"), [(LINK, "Go to art-001 · “56th"), ("readout:art-9#1-2", "no source is")]
)
async def test_a_link_in_the_palette(desk: Callable[..., Any], link: str, says: str) -> None:
    async with desk() as d:
        await d.press("colon")
        await d.pilot.pause()
        for character in link:
            await d.press(character)
        await d.pilot.pause(0.5)
        assert says in " ".join(d.text().split())
        await d.press("enter")
        await d.pilot.pause(0.3)
        if link == LINK:
            assert " ".join(d.lit().split()) == SCM
        else:
            assert any(says in words for words in d.toasts())
