"""Reading the archive again: a person stands where they stood, and hears what is left out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tui.archive import open_archive
from tui.paths import data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.archive import Library


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "archive"
    shutil.copytree(data("content"), root)
    return open_archive(root)


@pytest.fixture(scope="module")
def unedited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a folder with an archive that nobody edits, and the cache that it is compiled into."""
    folder = tmp_path_factory.mktemp("unedited")
    shutil.copytree(data("content"), folder / "archive")
    return folder / "archive", folder / "cache"


async def read_again(d: Any) -> None:
    await d.pilot.app.run_action("reload")
    await d.pilot.pause()


@pytest.mark.parametrize(
    "keys",
    [
        "",
        "j j",
        "2 j j",
        "2 2 j f j",
        "3 j j j j f 1 j",
        "2 j enter j j j",
        "j space ]",
        "2 c",
        "2 enter j j enter",
        "p j j",
        "2 f p j space",
    ],
)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_one_stands_where_one_stood(
    desk: Callable[..., Any],
    unedited: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    keys: str,
    size: tuple[int, int],
) -> None:
    root, cache = unedited
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    library = open_archive(root)
    async with desk(*size, archive=library) as d:
        await d.press(*keys.split())
        before = d.text()
        await read_again(d)
        assert d.text() == before
        assert d.screen.library is not library


async def test_the_way_back_outlives_it(desk: Callable[..., Any], own: Library) -> None:
    async with desk(archive=own) as d:
        await d.press("2", "j")
        before = d.text()
        await d.press("enter", "j", "j")
        await read_again(d)
        await d.press("escape")
        assert d.text() == before


async def test_what_was_edited_is_shown(desk: Callable[..., Any], own: Library) -> None:
    async with desk(archive=own) as d:
        await d.press("2", "j", "j", "enter")
        chosen = d.screen.library.record(d.screen.chosen)
        file = own.root / chosen.file
        words = file.read_text("utf-8")
        file.write_text(words.replace(f'name = "{chosen.name}"', 'name = "Somebody Else"', 1))
        await read_again(d)
        assert "Somebody Else" in d.text()
        assert d.screen.pane == "reader"


async def test_a_file_broken_by_the_edit_is_named(desk: Callable[..., Any], own: Library) -> None:
    async with desk(archive=own) as d:
        await d.press("2", "enter")
        file = own.root / d.screen.library.record(d.screen.chosen).file
        with file.open("a") as out:
            out.write("\n[[[\n")
        await read_again(d)
        assert any(file.name in words for words in d.toasts())
        assert "left out" in d.rows()[0]
        await d.press("j")


async def test_a_folder_that_is_no_archive_any_more_changes_nothing(
    desk: Callable[..., Any], own: Library
) -> None:
    async with desk(archive=own) as d:
        before = d.screen.library
        (own.root / "archive.toml").unlink()
        await read_again(d)
        assert d.screen.library is before
        assert any("not read again" in words for words in d.toasts())


@pytest.mark.parametrize("place", ["a j j", "a j space", "a j 2 j", "V right a j"])
async def test_the_events_near_one_are_listed_again(
    desk: Callable[..., Any],
    unedited: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    root, cache = unedited
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    async with desk(archive=open_archive(root)) as d:
        await d.press(*place.split())
        before = d.text()
        await read_again(d)
        assert d.text() == before


async def test_a_sentence_that_moved_is_lit_where_it_stands_now(
    desk: Callable[..., Any], own: Library
) -> None:
    async with desk(archive=own) as d:
        lit = d.lit()
        path = own.root / "sources" / "art-003.txt"
        path.write_bytes(b"One more line.\n\n" + path.read_bytes())
        await read_again(d)
        assert d.lit() == lit
        assert d.screen.reading.trail.about == d.screen.chosen
