"""A person's settings: what holds, and what is named as wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.desk.keys import DESK_KEYS
from tui.settings import Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("readout-dark", "readout-light", "nord")


def read(folder: Path, text: str | bytes) -> Settings:
    data = text.encode() if isinstance(text, str) else text
    (folder / "config.toml").write_bytes(data)
    return read_settings(folder, DESK_KEYS, THEMES)


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert read_settings(tmp_path, DESK_KEYS, THEMES) == Settings()


def test_a_theme_and_keys_hold(tmp_path: Path) -> None:
    settings = read(tmp_path, 'theme = "nord"\n[keys]\n"desk.find" = "f3, ctrl+f"\n')
    assert settings == Settings("nord", {"desk.find": "f3,ctrl+f"}, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('them = "nord"', "did you mean 'theme'"),
        ('theme = "nrod"', "did you mean 'nord'"),
        ('[keys]\n"desk.fnd" = "f3"', "did you mean 'desk.find'"),
        ('[keys]\n"desk.find" = "f99x"', "no such key 'f99x'"),
        ('[keys]\n"desk.find" = 3', "must be key names"),
        ('[keys]\n"desk.find" = "c"', "already means"),
        ("keys = 3", "must be a table"),
        ("theme = [", "Invalid value"),
        ('theme = "nord"\nx = \n', "line 2"),
        (b"\xff\xfe", "config.toml"),
        ("a" * 70_000, "larger than"),
        ("[" * 30_000, "config.toml"),
    ],
)
def test_what_is_wrong_is_named_and_left_out(tmp_path: Path, text: str | bytes, words: str) -> None:
    settings = read(tmp_path, text)
    assert any(words in problem for problem in settings.problems), settings.problems
    assert not settings.keys
    assert settings.theme == ""


def test_one_wrong_entry_does_not_take_the_others_along(tmp_path: Path) -> None:
    settings = read(tmp_path, '[keys]\n"desk.find" = "f3"\n"desk.nope" = "f4"\n')
    assert settings.keys == {"desk.find": "f3"}
    assert len(settings.problems) == 1


def test_two_keys_may_change_places(tmp_path: Path) -> None:
    settings = read(tmp_path, '[keys]\n"desk.compare" = "f"\n"desk.lens" = "c"\n')
    assert settings == Settings("", {"desk.compare": "f", "desk.lens": "c"}, ())
