"""A proof says what it proves and what disputes it, and leads back to exactly where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tui.archive.disputes import differing, disputed
from tui.desk.screens.reading import Trail
from tui.exchange.links import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library

PLACES = [
    "", "j j j", "G", "2 j j", "2 2 j", "3 j j j j j j j j j j j j j j j j j j j",
    "v j j right", "v V plus plus", "2 j j j j enter j j j j", "enter G", "2 j j j j enter c",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_escape_leads_from_a_proof_to_exactly_where_one_was(
    desk: Callable[..., Any], place: str, size: tuple[int, int]
) -> None:
    async with desk(*size) as d:
        await d.press(*place.split())
        before, gone = d.text(), len(d.screen.reading._past)
        for way in ("space", "space ]", "space ] [ j j", "c", "y", "m", "m m M"):
            keys = way.replace("]", "right_square_bracket").replace("[", "left_square_bracket")
            await d.press(*keys.split())
            for _ in range(len(d.screen.reading._past) - gone):
                await d.press("escape")
            d.pilot.app.clear_notifications()
            await d.pilot.pause(0.05)
            assert d.text() == before, way


def test_every_disputed_fact_is_lit_with_what_disputes_it(library: Library) -> None:
    from tui.desk.render.standing import standing
    from tui.records.record import KINDS

    count = 0
    for kind in KINDS:
        for record in library.records(kind):
            for fact in record.facts:
                notes = disputed(library, record.id, fact)
                differs = differing(library, record.id, fact)
                for place in Trail.of(fact.evidence, record.id, fact).places:
                    spot = (place.source, *place.spans[0])
                    rows = standing(library, record.id, fact, spot)
                    said = "".join(text for hang, pieces, _ in rows for text, _ in hang + pieces)
                    here = [n for n in notes if n.evidence.source == place.source]
                    assert ("✎ disputed" in said) == bool(here)
                    assert said.count("≠ disputed") == len(differs)
                    count += bool(here or differs)
    assert count > 80


async def test_a_misprinted_rank_is_not_proved_silently(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.screen.open_card("kim-myung-soo")
        await d.pilot.pause()
        while d.screen.reading.document.stop(d.screen.reader.cursor).field != "rank":
            await d.press("j")
        await d.press("space")
        text = " ".join(d.text().split())
        assert "→ rank · Kim Myung-soo General ✓" in text
        assert "≠ disputed, also rank: Admiral" in text
        assert "✎ disputed, slip" in text
        await d.press("c")
        assert "compare" in d.rows()[1]
        row = next(row for row in d.rows() if "General ✓" in row)
        assert "Admiral ✓" in row


async def test_the_reason_of_an_inferred_value_stands_above_its_ground(
    desk: Callable[..., Any], library: Library
) -> None:
    async with desk() as d:
        d.screen.open_card("lee-austin-talks-2023")
        await d.pilot.pause()
        document = d.screen.reading.document
        while True:
            stop = document.stop(d.screen.reader.cursor)
            if stop.fact is not None and stop.fact.basis == "inferred" and stop.evidence:
                break
            await d.press("j")
        await d.press("space")
        text = " ".join(d.text().split())
        assert "≈ inferred: " in text
        assert d.lit()


async def test_an_outside_value_names_its_address(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.screen.open_card("kim-myung-soo")
        await d.pilot.pause()
        while d.screen.reading.document.stop(d.screen.reader.cursor).field != "native":
            await d.press("j")
        fact = d.screen.reading.document.stop(d.screen.reader.cursor).fact
        await d.press("space")
        assert any(fact.url in words for words in d.toasts())


async def test_the_address_of_a_verdict_is_opened(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    async with desk() as d:
        monkeypatch.setattr(d.pilot.app, "open_url", opened.append)
        d.screen.open_card("kim-myung-soo")
        await d.press("c", "o")
        (item,) = d.screen.library.disagreements_about("kim-myung-soo")
        assert opened == [item.url]
        assert "General ✓✎" in d.text()  # a note says that the rank is a slip


async def test_what_disputes_a_sentence_is_said_wherever_it_is_lit(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        (item,) = d.screen.library.disagreements_about("kim-myung-soo")
        wrong = item.values[0].evidence[0]
        d.screen.open_card("kim-myung-soo")
        await d.pilot.pause()
        while d.screen.reading.lit is None or d.screen.reading.lit.spans[0][0] != wrong.start:
            await d.press("right_square_bracket")  # along the evidence of the whole card
        assert "≠ disputed, rank: General" in " ".join(d.text().split())
        d.screen.follow(Place(wrong.source, wrong.start, wrong.end))
        await d.pilot.pause()
        text = " ".join(d.text().split())
        assert "link art-002" in text
        assert "≠ disputed, rank: General" in text
        assert "✎ disputed, slip" in text
