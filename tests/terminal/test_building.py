"""Leaving while the index is being built: nobody is held up, and nothing goes on behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tui.archive import open_archive
from tui.search.locking import Lock
from tui.search.store import LOCK, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTENT = Path(__file__).resolve().parents[2] / "content"
PATIENCE = 40.0


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile the archive once; only the index is to be built."""
    cache = tmp_path_factory.mktemp("compiled")
    open_archive(CONTENT, cache=cache)
    return cache


@pytest.fixture
def cache(tmp_path: Path, compiled: Path) -> Path:
    shutil.copytree(compiled, tmp_path / "cache" / "readout")
    return tmp_path / "cache"


@pytest.fixture
def lock(cache: Path) -> Iterator[Lock]:
    """Hold the lock of the index: the desk's own build waits for it as long as the test does."""
    store = Store(cache / "readout", CONTENT)
    store.prepare()
    lock = Lock(store.folder / LOCK)
    assert lock.take()
    yield lock
    lock.release()


def builders(cache: Path) -> list[int]:
    """Give the processes that build an index in a cache, those that have ended left out."""
    done = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = (row.split(None, 2) for row in done.stdout.splitlines())
    return [
        int(pid)
        for pid, state, words in rows
        if "tui.search.child" in words and str(cache) in words and state[:1] != "Z"
    ]


def until_gone(cache: Path) -> None:
    end = time.monotonic() + PATIENCE
    while builders(cache):
        assert time.monotonic() < end, "it goes on building"
        time.sleep(0.02)


@pytest.mark.parametrize("how", ["quit", "finder closed", "HUP", "KILL"])
def test_leaving_ends_the_build(
    terminal: Callable[..., Any], cache: Path, lock: Lock, how: str
) -> None:
    desk = terminal(archive=CONTENT, XDG_CACHE_HOME=str(cache))
    desk.until("Timeline")
    desk.quiet()
    desk.press("/")
    desk.write(b"austin")
    desk.until("Austin")
    desk.until("indexing")
    end = time.monotonic() + PATIENCE
    while not builders(cache):
        assert time.monotonic() < end, "nothing builds"
        desk.read(0.05)
    if how == "quit":
        os.write(desk._master, b"\x11")
        assert desk.wait() == 0
        assert desk.left_as_found()
    elif how == "finder closed":
        desk.press("esc")
        assert builders(cache)  # what is begun is of use later
        assert desk.leave() == 0
        assert desk.left_as_found()
    elif how == "HUP":
        desk.signal(signal.SIGHUP)
        assert desk.wait() == 129
    else:
        desk.signal(signal.SIGKILL)
        desk.wait()
    until_gone(cache)
