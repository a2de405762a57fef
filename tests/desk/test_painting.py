"""What stands on the terminal after a key is what the desk would draw from nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pyte
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.pilot import Pilot

from tui.app import ReadoutApp

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui.archive import Library

COLUMNS, ROWS = 120, 36
FRAME = "\x1b["
EVERYWHERE = """
j j j ctrl+d G g 2 j j 3 j j enter j j space right_square_bracket left_square_bracket escape escape
c escape 1 f F v l l plus minus V V j k g G v p j p y m m M escape n N 4 j j ctrl+d k
1 question_mark escape slash k i m space down down enter escape d 2 0 2 4 enter
less_than_sign greater_than_sign tab tab shift+tab
"""


class Terminal(HeadlessDriver):
    """Shows what the program writes, as a terminal does; `frames` are its writes that draw."""

    is_headless = False
    screen: pyte.Screen
    frames: int

    def start_application_mode(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)
        self.frames = 0
        super().start_application_mode()

    def write(self, data: str) -> None:
        self._stream.feed(data)
        self.frames += FRAME in data


def shown(screen: pyte.Screen) -> list[list[pyte.screens.Char]]:
    return [[screen.buffer[y][x] for x in range(COLUMNS)] for y in range(ROWS)]


def drawn_from_nothing(screen: Screen[Any]) -> list[list[pyte.screens.Char]]:
    terminal = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(terminal)
    for y, strip in enumerate(screen._compositor.render_strips()):
        stream.feed(f"\x1b[{y + 1};1H{strip.render(screen.app.console)}")
    return shown(terminal)


def driver(app: ReadoutApp) -> Terminal:
    assert isinstance(app._driver, Terminal)
    return app._driver


Script = Callable[[Pilot[Any], ReadoutApp], Awaitable[None]]
Play = Callable[[Script], Awaitable[None]]


@pytest.fixture
def play(library: Library, colours: None) -> Play:
    async def play(script: Script) -> None:
        app = ReadoutApp(library, driver_class=Terminal)
        done = []

        async def pilot(pilot: Pilot[Any]) -> None:
            try:
                await pilot.pause()
                await script(pilot, app)
                done.append(True)
            finally:
                app.exit()

        await app.run_async(headless=False, size=(COLUMNS, ROWS), auto_pilot=pilot)
        assert done

    return play


async def test_after_every_key_the_terminal_shows_what_would_be_drawn_from_nothing(
    play: Play,
) -> None:
    async def script(pilot: Pilot[Any], app: ReadoutApp) -> None:
        for key in EVERYWHERE.split():
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert shown(driver(app).screen) == drawn_from_nothing(app.screen), key

    await play(script)


async def test_a_move_is_on_the_terminal_before_anything_else_happens(play: Play) -> None:
    async def script(pilot: Pilot[Any], app: ReadoutApp) -> None:
        for key in ("j", "down", "ctrl+d", "k", "G", "tab", "j", "tab", "j", "1", "g"):
            frames = driver(app).frames
            await app.on_event(Key(key, None))
            assert shown(driver(app).screen) == drawn_from_nothing(app.screen), key
            await pilot.pause()
            assert driver(app).frames <= frames + 1, key

    await play(script)


async def test_under_a_toast_rows_are_drawn_with_it(play: Play) -> None:
    async def script(pilot: Pilot[Any], app: ReadoutApp) -> None:
        app.notify("here I am", timeout=60)
        await pilot.pause(0.3)
        for key in "jjjkG":
            await pilot.press(key)
            await pilot.pause()
            assert shown(driver(app).screen) == drawn_from_nothing(app.screen)
        assert any("here I am" in row for row in driver(app).screen.display)

    await play(script)
