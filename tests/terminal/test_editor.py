"""The editor, opened from the desk in a real terminal."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def test_the_editor_is_opened_and_what_it_wrote_is_shown(
    terminal: Callable[..., Any], tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(ROOT / "content", archive)
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/^name = .Dan Caine.$/name = "Caine, D."/\' "$1"\n')
    editor.chmod(0o755)
    desk = terminal(archive=archive, EDITOR=str(editor))
    desk.until("prove")
    desk.quiet()
    desk.press("2", "j", "j", "j", "e")
    desk.until(r"▌Caine, D\.")
    assert desk.leave() == 0
    assert desk.left_as_found()


@pytest.mark.parametrize("editor", ["there-is-no-such-editor", "/", "false"])
def test_an_editor_that_fails_leaves_the_desk_open(
    terminal: Callable[..., Any], editor: str
) -> None:
    desk = terminal(EDITOR=editor)
    desk.until("prove")
    desk.quiet()
    before = desk.text.splitlines()[:12]
    desk.press("e")
    desk.until(f"{editor}: ")
    assert desk.text.splitlines()[:12] == before
    assert desk.leave() == 0
    assert desk.left_as_found()
