"""Where things are, in a checkout and for a user without a home."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui import paths

if TYPE_CHECKING:
    import pytest


def test_a_checkout_has_its_data_beside_the_package() -> None:
    assert (paths.data("content") / "archive.toml").is_file()
    assert paths.data("styles") == Path(paths.__file__).resolve().parents[1] / "styles"


def test_the_cache_folder_follows_the_standard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert paths.cache_folder() == tmp_path / "readout"


def test_a_relative_cache_folder_is_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert paths.cache_folder() == tmp_path / ".cache" / "readout"
