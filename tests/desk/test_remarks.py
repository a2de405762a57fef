"""Editors' notes in the margin, and walking them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.standing import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable


def head_of(d: Any) -> str:
    """Give what stands above the text in the reader."""
    reader = d.screen.reader
    lines = reader.head(reader.inner_width)
    text = d.text()
    words = ["".join(text for text, _ in line) for line in lines]
    assert all(row.strip() in text for row in words)
    return " ".join(words)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (200, 50)])
async def test_every_remark_of_a_source_is_walked_once_round(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        d.screen.open_source("art-002")
        await d.pilot.pause()
        notes = d.screen.library.notes_in("art-002")
        seen = []
        places = {(n.evidence.start, n.evidence.end) for n in notes}
        for _ in places:
            await d.press("m")
            lit = d.screen.reading.lit
            seen.append(lit.spans[0])
            here = [n for n in notes if (n.evidence.start, n.evidence.end) == lit.spans[0]]
            words = " ".join(head_of(d).split())
            for note in here:
                assert words.startswith(f"✎ {kind_of(here[0])}: ")
                assert " ".join(note.text.split())[:60] in words
        assert set(seen) == places
        assert seen == sorted(seen)
        await d.press("m")
        assert d.screen.reading.lit.spans[0] == seen[0]
        await d.press("M")
        assert d.screen.reading.lit.spans[0] == seen[-1]


async def test_a_remark_says_what_was_meant_and_how_we_know(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.screen.open_source("art-002")
        await d.pilot.pause()
        notes = d.screen.library.notes_in("art-002")
        wanted = next(n for n in notes if n.meant and n.url)
        while d.screen.reading.lit is None or d.screen.reading.lit.spans[0] != (
            wanted.evidence.start, wanted.evidence.end,
        ):  # fmt: skip
            await d.press("m")
        words = " ".join(head_of(d).split())
        assert f"Meant: “{wanted.meant[:20]}" in words
        assert "↗ " in words


async def test_the_remarks_of_a_record_are_walked_from_its_card(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.screen.open_card("kim-myung-soo")
        await d.pilot.pause()
        card = d.text()
        await d.press("m")
        about = d.screen.library.notes_about("kim-myung-soo")
        places = {(n.evidence.source, (n.evidence.start, n.evidence.end)) for n in about}
        for _ in about:
            lit = d.screen.reading.lit
            assert (lit.source, lit.spans[0]) in places
            await d.press("m")
        await d.press("escape")
        assert d.text() == card


async def test_where_nobody_remarked_anything_it_is_said(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        quiet = next(
            person for person in d.screen.library.records("event")
            if not d.screen.library.notes_about(person.id)
        )  # fmt: skip
        d.screen.open_card(quiet.id)
        await d.press("m")
        assert any("no editor’s remarks here" in words for words in d.toasts())


async def test_the_margin_says_what_it_has_no_rows_for(desk: Callable[..., Any]) -> None:
    async with desk(200, 60) as d:
        d.screen.open_source("art-003")
        await d.pilot.pause()
        row = next(row for row in d.rows() if "Newsletter" in row)
        assert "✓ 1 fact  ✎ 1" in row


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_what_is_disputed_shares_the_row_of_the_facts(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        d.screen.open_source("art-003")
        await d.press("4")
        await d.pilot.pause()
        assert any("✓ 10 facts  ≠" in row for row in d.rows())
        assert "\u00a0" not in d.text()


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (80, 24)])
async def test_what_a_remark_is_about_is_in_view_below_it(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        d.screen.open_source("art-003")
        await d.press("4", *["m"] * 7)
        await d.pilot.pause()
        assert "✎ name trap: One Chinese" in d.text()
        assert d.lit().startswith("President 尹")
