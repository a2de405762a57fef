"""A desk over the shipped archive, driven by keys."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tui.app import ReadoutApp
from tui.archive import open_archive
from tui.desk.screens.desk import DeskScreen
from tui.paths import data

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    from tui.archive import Library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_archive(data("content"), cache=tmp_path_factory.mktemp("cache"))


class Desk:
    """What a person does and sees."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def screen(self) -> DeskScreen:
        screen = self.pilot.app.screen_stack[0]
        assert isinstance(screen, DeskScreen)
        return screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type text, and wait for the engine where it is still being opened."""
        for character in text:
            await self.pilot.press("space" if character == " " else character)
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    def rows(self) -> list[str]:
        strips = self.pilot.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def text(self) -> str:
        return "\n".join(self.rows())

    def lit(self) -> str:
        """Give the words drawn lit, row by row, joined by spaces."""
        style = self.screen.palette.style("lit")
        found = []
        for strip in self.pilot.app.screen._compositor.render_strips():
            words = "".join(s.text for s in strip if s.style and s.style.bgcolor == style.bgcolor)
            if words.strip():
                found.append(words.strip())
        return " ".join(found)

    def toasts(self) -> list[str]:
        return [str(n.message) for n in self.pilot.app._notifications]


@pytest.fixture
def colours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A terminal of all colours, an empty home and no editor."""
    for name in ("NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def desk(library: Library, colours: None) -> Callable[..., AbstractAsyncContextManager[Desk]]:
    @asynccontextmanager
    async def opened(
        columns: int = 120, rows: int = 36, archive: Library | None = None, **options: Any
    ) -> AsyncIterator[Desk]:
        app = ReadoutApp(archive or library, **options)
        async with app.run_test(size=(columns, rows), notifications=True, tooltips=True) as pilot:
            await pilot.pause()
            yield Desk(pilot)

    return opened
