"""Keys typed faster than they are carried out, from the very start: none out of order or lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENTERS = b"\x1b[?1049h"


@pytest.fixture
def browser(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Give a browser that leaves a file behind when it is opened, and where."""
    seen = tmp_path / "opened"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{seen}"\n')
    program.chmod(0o755)
    return seen, {"BROWSER": str(program)}


def drawn(desk: Any, after: float) -> None:
    """Wait until the screen is taken, and for so many seconds more."""
    while ENTERS not in desk.raw:
        assert desk.read(20)
    time.sleep(after)


def test_a_burst_is_taken_in_order(
    terminal: Callable[..., Any], browser: tuple[Path, dict[str, str]]
) -> None:
    seen, env = browser
    desk = terminal(**env)
    desk.until("3 Initiatives")
    before = desk.quiet(1.2)  # from now on a first screen is kept, which the next starts draw
    for _ in range(3):
        desk.write(b"/onfvq\x7f\x7f")
        desk.until("/ onf ")
        desk.write(b"\x15")
        assert desk.press("esc") == before
    desk.write(b"d2024-10\r/\x1b[200~ncg\x1b[201~x")  # what is pasted keeps its place
    desk.until("/ ncgx")
    assert "Oct" in desk.press("esc")
    assert not seen.exists()
    assert desk.leave() == 0


@pytest.mark.parametrize("after", [None, 0.0, 0.05, 0.1, 0.2, 0.4])
def test_what_follows_the_slash_is_the_query_however_early(
    terminal: Callable[..., Any], browser: tuple[Path, dict[str, str]], after: float | None
) -> None:
    seen, env = browser
    desk = terminal(**env)
    if after is not None:
        drawn(desk, after)
    desk.write(b"/ncg")
    desk.write(b"o")
    desk.write(b"nq\x7f")
    desk.until("/ ncgon ")
    desk.press("esc")
    assert "f lens" in desk.until("3 Initiatives")  # what the footer offers in the list
    assert not seen.exists()
    assert desk.leave() == 0


@pytest.mark.parametrize("after", [None, 0.0, 0.2])
def test_enter_opens_the_best_hit_as_soon_as_it_is_there(
    terminal: Callable[..., Any], after: float | None
) -> None:
    desk = terminal()
    if after is not None:
        drawn(desk, after)
    desk.write(b"/ncg\r")  # without any wait, the terminal still makes a line feed of enter
    desk.until("4 Reader  card")
    desk.until("enter follow")  # the finder is closed, the card has the keys
    assert "Nuclear Consultative Group  NCG" in desk.text
    assert "results" not in desk.text
    assert desk.leave() == 0


def test_panes_come_and_go_faster_than_they_are_drawn(terminal: Callable[..., Any]) -> None:
    desk = terminal()
    desk.until("Lee and Austin hold talks")
    desk.quiet()
    desk.write(b"ppp")
    desk.until("1 Promises")
    desk.write(b"papapvvpppp")
    desk.quiet()
    desk.write(b"d20\x7f")
    desk.until("go to date")
    desk.press("esc", "esc", "esc")
    assert "1 Timeline" in desk.text
    assert desk.leave() == 0


@pytest.mark.parametrize("behind", ["pc", ":", "?", "/k\r", "Y", "\x1b?"])
def test_what_is_typed_behind_the_key_that_leaves_is_lost(
    terminal: Callable[..., Any], behind: str
) -> None:
    desk = terminal()
    desk.until("Lee and Austin hold talks")
    desk.quiet()
    desk.write(b"q" + behind.encode())
    assert desk.wait() == 0
    assert desk.left_as_found()
    assert "fell over" not in desk.text


@pytest.mark.parametrize("words", ["", "readout:art-002#10-40", "prom"])
def test_enter_pressed_twice_in_the_commands_is_taken_once(
    terminal: Callable[..., Any], words: str
) -> None:
    desk = terminal()
    desk.until("Lee and Austin hold talks")
    desk.quiet()
    desk.write(b":")
    desk.until("Search")
    desk.write(words.encode())
    desk.quiet()
    desk.write(b"\r\r\r")
    desk.quiet()
    assert desk.program.poll() is None
    desk.press("esc", "esc", "esc")
    assert desk.leave() == 0
