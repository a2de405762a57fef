"""The first screen is drawn before Textual is there, and is the one that Textual then draws."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENTERS = b"\x1b[?1049h"
LEAVES_SYNC = b"\x1b[?2026l"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which the first screen is kept, once a desk was started there."""
    return tmp_path_factory.mktemp("first")


@pytest.fixture
def kept(
    terminal: Callable[..., Any], first: Path, tmp_path: Path
) -> tuple[str, dict[str, str], Path]:
    """Start once and leave, so that the first screen is kept; give it and where a copy is."""
    cache, text = first / "cache", first / "shown"
    if not text.exists():
        desk = terminal(XDG_CACHE_HOME=str(cache))
        desk.until("3 Initiatives")
        shown = desk.quiet()
        end = time.monotonic() + 20
        while not list(cache.rglob("first-frame-*")):
            assert time.monotonic() < end, "the first screen was never kept"
            desk.read(0.1)
        assert desk.leave() == 0
        text.write_text(shown, encoding="utf-8")
    shutil.copytree(cache, tmp_path / "cache")
    (file,) = (tmp_path / "cache").rglob("first-frame-*")
    return text.read_text("utf-8"), {"XDG_CACHE_HOME": str(tmp_path / "cache")}, file


def test_the_kept_screen_is_the_one_that_comes(
    terminal: Callable[..., Any], kept: tuple[str, dict[str, str], Path]
) -> None:
    shown, env, _ = kept
    desk = terminal(**env)
    while LEAVES_SYNC not in desk.raw:
        assert desk.read(20)
    # Only what came until then: on a busy machine Textual's own frame may follow in one read.
    screen = pyte.Screen(120, 36)
    pyte.ByteStream(screen).feed(desk.raw.partition(LEAVES_SYNC)[0])
    drawn = "\n".join(row.rstrip() for row in screen.display)
    assert drawn == shown  # whole, while Textual is still being imported
    desk.write(b"j")  # a key pressed that early is not lost, and not echoed
    while desk.text == shown:
        assert desk.read(20)
    moved = desk.quiet()
    assert desk.raw.count(ENTERS) == 1  # a second one would blank the screen
    assert "3 Initiatives" in moved
    assert moved != shown
    assert desk.leave() == 0
    assert desk.left_as_found()


def test_a_damaged_one_is_not_drawn(
    terminal: Callable[..., Any], kept: tuple[str, dict[str, str], Path]
) -> None:
    shown, env, file = kept
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x55
    file.write_bytes(data)
    desk = terminal(**env)
    desk.until("3 Initiatives")
    assert desk.quiet() == shown
    assert desk.leave() == 0


def test_another_size_or_theme_draws_its_own(
    terminal: Callable[..., Any], kept: tuple[str, dict[str, str], Path]
) -> None:
    _, env, _ = kept
    narrow = terminal(size=(80, 24), **env)
    narrow.until("4 Reader")
    assert "2 Actors" in narrow.quiet().splitlines()[0]
    assert narrow.leave() == 0
    grey = terminal(NO_COLOR="1", **env)
    grey.until("3 Initiatives")
    grey.quiet()
    assert b"\x1b[38;2;" not in grey.raw
    assert grey.leave() == 0


def test_what_fails_after_it_leaves_the_terminal_as_found(
    terminal: Callable[..., Any], kept: tuple[str, dict[str, str], Path]
) -> None:
    _, env, _ = kept
    code = (
        "import sys; sys.modules['tui.app'] = None\nfrom tui.commands.desk import run\nrun(None)\n"
    )
    desk = terminal(command=[sys.executable, "-c", code], **env)
    assert desk.wait() not in (0, 130)
    assert ENTERS in desk.raw  # it had been drawn
    assert desk.left_as_found()
    assert os.path.basename(__file__) not in desk.text
