"""Copying: the quote with its source, in the format that is asked for, and nothing else changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ["plain text", "Markdown", "BibLaTeX", "CSL-JSON"]
BEGINS = ["“", "> ", "@", "["]


async def open_card(d: Any, record: str, field: str, value: str = "") -> None:
    d.screen.open_card(record)
    await d.pilot.pause()
    document = d.screen.reading.document
    for _ in range(len(document)):
        stop = document.stop(d.screen.reader.cursor)
        if stop.field == field and (not value or (stop.fact and stop.fact.shown == value)):
            return
        await d.press("j")
    raise AssertionError(field)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_each_format_is_shown_before_it_is_sent(
    desk: Callable[..., Any], size: tuple[int, int], tmp_path: Path
) -> None:
    async with desk(*size) as d:
        await d.press("space")
        before = d.text()
        for number, (name, begins) in enumerate(zip(NAMES, BEGINS, strict=True), 1):
            await d.press("Y", *["j"] * (number - 1))
            shown = d.text()
            assert all(each in shown for each in NAMES)
            await d.press("enter")
            assert d.pilot.app.clipboard.startswith(begins)
            first = d.pilot.app.clipboard.split("\n")[0][:40].strip()
            assert first in shown
            kept = next((tmp_path / "XDG_STATE_HOME").rglob("last-copy.txt"))
            assert kept.read_text(encoding="utf-8").rstrip("\n") == d.pilot.app.clipboard
            assert any(f"Sent to the clipboard as {name}" in words for words in d.toasts())
            d.pilot.app.clear_notifications()
            await d.pilot.pause()
            assert d.text() == before


async def test_leaving_the_choice_sends_nothing(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        before = d.text()
        await d.press("Y", "4", "escape")
        assert d.pilot.app.clipboard == ""
        assert d.text() == before
        await d.press("y")  # the choice was for once
        assert d.pilot.app.clipboard.startswith("“")


async def test_a_value_is_copied_with_its_evidence(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await open_card(d, "kim-myung-soo", "rank")
        await d.press("y")
        copied = d.pilot.app.clipboard
        assert copied.startswith("Kim Myung-soo · rank: General (stated)\n“South Korean Joint")
        assert "readout:art-002#" in copied
        assert "Note: slip." in copied


async def test_a_value_from_outside_is_copied_with_its_address(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await open_card(d, "kim-myung-soo", "native")
        await d.press("y")
        assert "(outside)" in d.pilot.app.clipboard
        assert "https://" in d.pilot.app.clipboard


async def test_what_is_not_stated_is_copied_as_that(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        events = d.screen.library.records("event")
        placeless = next(event for event in events if not event.all("place"))
        await open_card(d, placeless.id, "place")
        await d.press("y")
        assert d.pilot.app.clipboard.endswith("place: not stated in 5 sources")


async def test_a_comparison_is_copied_as_a_table(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.screen.open_card("kim-myung-soo")
        await d.press("c", "y")
        copied = d.pilot.app.clipboard
        assert "| value | quote | source | verdict |" in copied
        assert "| General |" in copied
        assert "| Admiral |" in copied
        await d.press("Y")
        assert "a Markdown table" in d.text()
        await d.press("5", "enter")
        items = json.loads(d.pilot.app.clipboard)
        assert {"art-002", "art-004"} <= {item["id"] for item in items}


async def test_hostile_text_is_shown_harmless_and_sent_as_it_is(
    desk: Callable[..., Any], hostile_archive: Path, tmp_path: Path
) -> None:
    from tui.archive import open_archive

    async with desk(archive=open_archive(hostile_archive, cache=tmp_path / "cache")) as d:
        for key in "1234":
            await d.press("space", "Y", key)
            assert "copy as" in d.text()
            assert "\x1b" not in d.text()
            await d.press("enter")
            assert d.pilot.app.clipboard
