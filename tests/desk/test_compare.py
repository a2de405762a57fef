"""Values that contradict each other stand in columns, over the sentences that print them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.compare import CompareDocument
from tui.desk.render.text import width_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library


def _rows(library: Library, about: str, width: int) -> list[str]:
    document = CompareDocument(library, library.disagreements_about(about), "subject")
    chunks = [document.chunk(index, width) for index in range(len(document))]
    return ["".join(text for text, _ in row) for rows in chunks for row in rows]


@pytest.mark.parametrize("width", [30, 37, 76, 116])
def test_no_row_is_too_wide_and_no_two_in_turn_are_empty(library: Library, width: int) -> None:
    for item in library.disagreements:
        document = CompareDocument(library, [item], "subject")
        rows = [row for n in range(len(document)) for row in document.chunk(n, width)]
        texts = ["".join(text for text, _ in row) for row in rows]
        assert not any(width_of(row) > width for row in rows), item.about
        assert not any(not a.strip() and not b.strip() for a, b in pairwise(texts)), texts
        assert "\u00a0" not in "".join(texts)


def test_a_quotation_is_not_quoted_twice(library: Library) -> None:
    text = "\n".join("\n".join(_rows(library, d.about or "", 76)) for d in library.disagreements)
    assert "““" not in text
    assert "””" not in text


def test_an_address_is_named_by_its_host_and_a_date_as_that_of_the_source(library: Library) -> None:
    text = "\n".join(_rows(library, "scm-54", 116))
    assert "outside, at en.yna.co.kr" in text
    assert "https://" not in text
    assert "as printed in art-003, published 31 Jan 2023?" in text


@pytest.mark.parametrize(
    ("about", "count"), [("kim-myung-soo", 2), ("dsc-ttx", 3), ("missile-warning-sharing", 4)]
)
async def test_on_a_wide_desk_all_values_stand_side_by_side(
    desk: Callable[..., Any], about: str, count: int
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type(about)
        await d.press("enter", "c")
        values = d.screen.reading.document.disagreements[0].values
        assert len(values) == count
        heads = [value.shown.split()[0] for value in values]
        assert any(all(head in row for head in heads) for row in d.rows())
        await d.press("escape")  # the events are back where they were
        assert "1 Timeline" in d.text()


async def test_what_is_proved_from_a_comparison_is_in_view_at_the_width_it_then_has(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("kim-myung-soo")
        await d.press("enter", "c", "space")
        await d.pilot.pause()
        assert "Kim Myung-soo" in d.lit()
        await d.press("right_square_bracket")
        assert "Admiral Kim Myung-soo" in d.lit()
        await d.press("j", "j")  # and whoever scrolls is left where he is
        top = d.screen.reader.top
        await d.pilot.resize_terminal(110, 36)
        await d.pilot.pause()
        assert d.screen.reader.top == top


async def test_the_finder_stands_over_a_comparison_as_over_anything(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("kim-myung-soo")
        await d.press("enter", "c", "slash", "ctrl+u")
        await d.type("ncg")
        assert "Nuclear Consultative Group" in d.text()
        assert "results" in d.text()
        await d.press("escape")
        assert "compare" in d.text()


async def test_a_card_that_is_scrolled_still_says_whose_it_is(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.screen.open_card("lloyd-austin")
        await d.pilot.pause()
        assert "Austin" not in d.rows()[1]
        await d.press("pagedown")
        assert "card  Lloyd J. Austin III" in d.rows()[1]
        await d.press("g")
        assert "Austin" not in d.rows()[1]
