"""What the keys of the desk do, on the shipped archive."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tui.archive import open_archive
from tui.desk.keys import DESK_KEYS
from tui.desk.screens.help import key_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


async def test_all_panes_are_filled_at_once(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        text = d.text()
        for words in ("1 Timeline", "2 Actors", "3 Initiatives", "4 Reader", "evidence 1/"):
            assert words in text
        assert "Lloyd J. Austin" in text
        assert "SCM" in text
        assert d.lit()  # the sentence behind the first event is lit before any key


async def test_moving_previews_the_sentence_of_each_event(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        seen = set()
        for _ in range(6):
            await d.press("j")
            event = d.screen.library.record(d.screen.timeline.event)
            first = next(e for e in event.evidence if e.proves)
            text = d.screen.library.text(first.source)[first.start : first.end]
            assert d.lit().split()[0] == text.split()[0]
            seen.add(event.id)
        assert len(seen) == 6


async def test_a_typo_lights_the_passage_in_the_preview(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("extnded deterence")
        assert "Extended deterrence" in d.text() or "extended deterrence" in d.text()
        hits = d.screen.finder.rows
        index = next(i for i in range(len(hits)) if hasattr(hits.hit(i), "source"))
        while d.screen.finder.cursor < index:
            await d.press("down")
        assert "extended deterrence" in d.lit().lower()
        await d.press("enter")
        assert d.screen.pane == "reader"
        assert "match 1/" in d.text()
        await d.press("n")
        assert "match 2/" in d.text()


@pytest.mark.parametrize("query", ["kim yonghyun", "김용현", "gim yong-hyeon"])
async def test_a_name_lands_however_it_is_spelt(desk: Callable[..., Any], query: str) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type(query)
        hits = d.screen.finder.rows
        records = [h for h in (hits.hit(i) for i in range(len(hits))) if hasattr(h, "kind")]
        assert records[0].id == "kim-yong-hyun"
        assert "kim-jong-un" not in {h.id for h in records}


async def test_nonsense_finds_nothing_and_says_so(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("lasagna recipe")
        assert "nothing found for lasagna recipe" in d.text()


async def test_esc_from_the_finder_returns_exactly(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("j", "j", "right_square_bracket")
        before = d.rows()
        await d.press("slash")
        await d.type("ncg")
        assert d.rows() != before
        await d.press("escape")
        assert d.rows() == before


async def test_prove_from_a_card_and_back(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("kim myung-soo")
        await d.press("enter")
        assert "card" in d.rows()[1]
        card = d.rows()
        while (stop := d.screen.reading.document.stop(d.screen.reader.cursor)).field != "rank":
            await d.press("j")
        card = d.rows()
        await d.press("space")
        assert "General Kim Myung-soo" in d.lit()
        assert stop.fact.value == "General"
        await d.press("escape")
        assert d.rows() == card


async def test_compare_sets_both_ranks_side_by_side(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("2")
        while d.screen.actors.record != "kim-myung-soo":
            await d.press("j")
        await d.press("c")
        row = next(row for row in d.rows() if "General ✓" in row)
        assert "Admiral ✓" in row
        assert "Admiral Kim Myung-soo" in d.lit().replace("  ", " ") or "Admiral Kim" in d.lit()
        assert "verdict" in d.text()
        await d.press("escape")
        assert d.screen.pane == "actors"


async def test_what_no_source_states_is_said(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        events = d.screen.library.records("event")
        placeless = next(event for event in events if not event.all("place"))
        d.screen.open_card(placeless.id)
        await d.pilot.pause()
        row = next(row for row in d.rows() if " place " in row)
        assert "– not stated in 5 sources" in row


async def test_the_lens_is_named_and_cleared(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        whole = len(d.screen.timeline.rows)
        await d.press("3")
        while d.screen.initiatives.record != "ncg":
            await d.press("j")
        await d.press("f")
        assert "lens: NCG" in d.rows()[0]
        assert 0 < len(d.screen.timeline.rows) < whole
        await d.press("F")
        assert "lens" not in d.rows()[0]
        assert len(d.screen.timeline.rows) == whole


async def test_go_to_a_date(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("d")
        await d.type("2024-10-30")
        await d.press("enter")
        assert d.screen.timeline.event is not None
        t = d.screen.library.timeline
        at = list(t.id).index(d.screen.timeline.event)
        assert t.edtf[at] is not None
        assert "2024" in t.edtf[at]
        await d.press("d")
        await d.type("2024-13")
        await d.press("enter")
        assert "go to date" in d.text()  # refused with the reason, nothing lost
        await d.press("escape")


async def test_copy_carries_the_citation(desk: Callable[..., Any], tmp_path: Path) -> None:
    async with desk() as d:
        await d.press("y")
        copied = d.pilot.app.clipboard
        lit = d.screen.reading.lit
        assert f"readout:{lit.source}#{lit.spans[0][0]}-{lit.spans[0][1]}" in copied
        assert copied.startswith("“")
        kept = next((tmp_path / "XDG_STATE_HOME").rglob("last-copy.txt"))
        assert kept.read_text(encoding="utf-8").rstrip("\n") == copied
        assert any("Sent to the clipboard" in words for words in d.toasts())


async def test_back_and_forward(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("enter")
        card = d.rows()
        await d.press("space")
        proof = d.rows()
        await d.press("less_than_sign")
        assert d.rows() == card
        await d.press("greater_than_sign")
        assert d.rows() == proof


def help_text(d: Any) -> str:
    document = d.pilot.app.screen.query_one("#keys").document
    rows = (row for index in range(len(document)) for row in document.chunk(index, 80))
    return "\n".join("".join(text for text, _ in row) for row in rows)


async def test_help_lists_every_key(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("question_mark")
        keys = help_text(d).partition("\nmarks\n")[0]
        shown = {word for row in keys.splitlines() for word in row.split()}
        for binding in DESK_KEYS:
            for key in key_words(binding.key).split():
                assert key in shown, binding.id
        await d.press("escape")
        assert "1 Timeline" in d.text()


@pytest.mark.parametrize(
    ("way", "here", "elsewhere"),
    [
        ((), "in a list", "follow the line"),
        (("v",), "in the lanes", "follow the line"),
        (("2", "enter"), "in a card", "half as much time"),
        (("space",), "in a source", "half as much time"),
    ],
)
async def test_help_begins_with_the_keys_of_the_place(
    desk: Callable[..., Any], way: tuple[str, ...], here: str, elsewhere: str
) -> None:
    async with desk() as d:
        await d.press(*way, "question_mark")
        first, _, rest = help_text(d).partition("\nanywhere\n")
        assert first.startswith(here)
        assert elsewhere not in first
        assert rest


async def test_help_shows_the_keys_that_a_person_chose(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.pilot.app.set_keymap({"desk.find": "f3"})
        await d.press("question_mark")
        assert any(row.startswith("f3 ") for row in help_text(d).splitlines())


async def test_the_palette_offers_the_desk(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("ctrl+p")
        await d.pilot.pause()
        for character in "compare":
            await d.press(character)
        await d.pilot.pause(0.5)
        assert "Set side by side" in d.text()
        await d.press("escape")


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (40, 10), (80, 24), (250, 70)])
async def test_any_size_draws_and_comes_back(
    desk: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with desk() as d:
        await d.pilot.resize_terminal(*size)
        await d.press("j", "tab", "enter", "slash", "escape")
        await d.pilot.resize_terminal(120, 36)
        await d.pilot.pause()
        assert "Timeline" in d.text()


async def test_narrow_shows_one_pane_with_tabs(desk: Callable[..., Any]) -> None:
    async with desk(80, 24) as d:
        assert "1 Timeline" in d.rows()[1]
        assert "4 Reader" in d.rows()[0]
        assert "2 Actors" not in d.rows()[1]
        await d.press("2")
        assert "2 Actors" in d.rows()[1]
        await d.press("slash")
        await d.type("extnded deterence")
        assert "results" in d.text()
        assert "Reader" in d.text()


async def test_no_colour_without_colour(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk() as d:
        assert d.pilot.app.theme == "ansi-dark"
        assert d.lit()


async def test_every_theme_draws(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        for name in d.pilot.app.available_themes:
            d.pilot.app.theme = name
            await d.pilot.pause()
            assert "Timeline" in d.text()


async def test_the_palette_opens_a_source_whatever_it_is_called(
    desk: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "archive.toml").write_text('format = 1\ntitle = "[/x]"\ndescription = "d"\n')
    for name in ("plain", "trap"):
        (tmp_path / "sources" / f"{name}.txt").write_text(f"The {name} text.")
        (tmp_path / "sources" / f"{name}.toml").write_text(
            f'name = "[/{name}] [@click=app.quit]x[/]"\n'
            f'sha256 = "{hashlib.sha256(f"The {name} text.".encode()).hexdigest()}"\n'
        )
    archive = open_archive(tmp_path, cache=tmp_path / "cache")
    async with desk(archive=archive) as d:
        assert "The plain text." in d.text()  # with no events, the first source is shown
        await d.press("ctrl+p")
        for character in "trap":
            await d.press(character)
        await d.pilot.pause(0.5)
        await d.press("enter")
        await d.pilot.pause(0.5)
        assert "The trap text." in d.text()
        assert "[/trap] [@click=app.quit]x[/]" in " ".join(d.text().split())


async def test_a_message_takes_the_place_of_the_one_before(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        d.pilot.app.notify("a fault", title="settings", timeout=60)
        for _ in range(4):
            await d.press("plus")  # lanes alone are zoomed
        await d.pilot.pause()
        assert d.toasts() == ["a fault", "zoom works on lanes: v draws them"]
        assert d.text().count("zoom works on lanes") == 1
