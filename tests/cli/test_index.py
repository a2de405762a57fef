"""`readout index`, and the line that is shown while one has to wait."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.commands import waiting
from tui.commands.waiting import Waiting
from tui.search import store
from tui.search.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library

CONTENT = Path(__file__).parents[2] / "content"


class Stream(io.StringIO):
    """A terminal, or something that is none."""

    encoding = "utf-8"

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def index(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in this process, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("tui.paths.cache_folder", lambda: tmp_path / "readout")

    def run(*words: str) -> tuple[int, str, str]:
        from tui.cli import run as run_command
        from tui.plain import finish

        code = run_command(["index", "--archive", str(CONTENT), *words])
        finish()
        out, err = capfd.readouterr()
        return code, out, err

    return run


def test_it_builds_once_and_says_what_there_is(
    index: Callable[..., tuple[int, str, str]], shipped: Library, tmp_path: Path
) -> None:
    folder = Store(tmp_path / "readout", shipped.root).folder
    code, out, err = index()
    assert (code, err) == (0, "")
    first, place = out.splitlines()
    assert first.startswith(f"{shipped.passage_count} passages · ")
    assert first.endswith(" MB · built")
    assert place == str(folder)
    code, out, _ = index("--json")
    told = json.loads(out)
    assert code == 0
    assert told["state"] == "up to date"
    assert told["passages"] == shipped.passage_count
    assert told["path"] == str(folder)
    assert told["bytes"] == sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())


def test_it_reads_a_large_index_to_the_last_byte(
    index: Callable[..., tuple[int, str, str]],
    shipped: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index()
    kept = Store(tmp_path / "readout", shipped.root)
    monkeypatch.setattr(store, "READ_WHOLE", 0)
    opened = kept.load(shipped)
    assert opened is not None
    monkeypatch.setattr(store, "_checksum", lambda *_: 0)  # every file sums to something else
    assert kept.load(shipped) is not None
    assert kept.load(shipped, whole=True) is None


def test_where_it_cannot_be_kept_it_is_refused(
    index: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "readout").write_text("")
    code, out, err = index()
    assert code == 2
    assert not out
    assert "memory" in err


def shown(stream: Stream) -> list[str]:
    return [line.strip() for line in stream.getvalue().split("\r") if line.strip()]


def test_a_terminal_sees_how_far_it_is_and_nothing_of_it_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.0)
    monkeypatch.setattr(waiting, "_EVERY", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stream = Stream(terminal=True)
    monkeypatch.setattr("sys.stderr", stream)
    with Waiting("indexing") as progress:
        progress(0, 0)
        progress(340_000, 1_000_000)
    assert shown(stream)[0] == "indexing ▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱ waiting for who builds it"
    assert shown(stream)[-1] == "indexing ▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱ 340,000 of 1,000,000"
    assert stream.getvalue().endswith(" \r")
    assert "\x1b" not in stream.getvalue()


def test_a_pipe_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_PATIENCE", 0.0)
    stream = Stream(terminal=False)
    monkeypatch.setattr("sys.stderr", stream)
    with Waiting("indexing") as progress:
        progress(1, 2)
    assert not stream.getvalue()
