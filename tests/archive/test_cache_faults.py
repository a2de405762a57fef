"""Whatever befalls the cache of a large archive, no answer is wrong and nothing is raised."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.archive import making, open_archive, opening, store
from tui.records.record import KINDS

if TYPE_CHECKING:
    from tests.archive.conftest import Folder
    from tui.archive import Library

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: every archive counts as a large one, and says what it holds.
PRELUDE = """
import os, random, resource, signal, sys, time
from pathlib import Path
from tui.archive import making, open_archive, opening, patching
opening.WHOLE = making.INLINE = patching._SHARE = 0
root, cache = Path(sys.argv[1]), Path(sys.argv[2])
cache.mkdir(mode=0o700, exist_ok=True)

def said():
    library = open_archive(root, cache=cache)
    texts = [library.text(name) for name in library.sources]
    mentions = [library.mentions_in(name) for name in library.sources]
    return texts, mentions, library.counts(), library.skipped, len(library.faults)

def turn(number):
    (root / "sources/s007.txt").write_text(f"Turn {number}. Lloyd Austin left.\\n")
"""
KILLS = """
chance, held, begun = random.Random(5), 0, time.perf_counter()
said()
took = time.perf_counter() - begun  # the longest that there is something to kill
for number in range(30):
    turn(number)
    if number % 3 == 0:
        for file in cache.iterdir():
            file.unlink()
    child = os.fork()
    if child == 0:
        said()
        os._exit(0)
    time.sleep(chance.random() * took)
    os.kill(child, signal.SIGKILL)
    held += os.waitpid(child, 0)[1] != 0
    right, kept = open_archive(root, cache=None), said()
    assert kept[0] == [right.text(name) for name in right.sources], number
    assert kept[2] == right.counts(), number
print(held)
"""
FULL = """
def limited():
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), hard))
    found = said()
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    return found

turn(1)
first = limited()
turn(2)
second = limited()
assert first != second and first[2] == second[2]
assert second[0] == [open_archive(root, cache=None).text(n) for n in sorted(
    path.stem for path in (root / "sources").glob("*.txt"))]
"""
TOGETHER = """
children = []
for number in range(4):
    child = os.fork()
    if child == 0:
        right = open_archive(root, cache=None)
        for _ in range(5):
            kept = said()
            assert kept[0] == [right.text(name) for name in right.sources]
            if number == 0:
                for file in cache.iterdir():
                    file.unlink(missing_ok=True)
        os._exit(0)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
"""


@pytest.fixture
def many(folder: Folder) -> Folder:
    """Add some sources that no record knows."""
    for number in range(24):
        folder.source(f"s{number:03}", f"Report {number}. Lloyd Austin was there.\n" * 9, "\n")
    return folder


def run(script: str, folder: Folder, cache: Path, *more: str) -> str:
    """Run a script in a process of its own, which must not complain of anything."""
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + script, str(folder.root), str(cache), *more],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def said(library: Library) -> object:
    """Say what an archive holds, as far as faults of its cache could change it."""
    ids = [name for kind in KINDS for name in library.rows(kind).id]
    return (
        library.counts(), library.skipped, library.faults, library.source_keys(),
        [(library.record(i), list(library.mentions_of(i)), library.events_of(i)) for i in ids],
        [(s, library.text(i), list(library.passages(i))) for i, s in library.sources.items()],
    )  # fmt: skip


def test_killed_compilations(many: Folder, tmp_path: Path) -> None:
    assert int(run(KILLS, many, tmp_path / "cache")) > 5  # the others were done before


@pytest.mark.parametrize("limit", ["0", "500", "9000"])
def test_a_full_disk(many: Folder, tmp_path: Path, limit: str) -> None:
    run(FULL, many, tmp_path / "cache", limit)


def test_a_disk_that_fills_up_keeps_what_it_had(many: Folder, tmp_path: Path) -> None:
    open_archive(many.root, cache=tmp_path / "cache")
    run(FULL, many, tmp_path / "cache", "3000")


def test_several_at_once(many: Folder, tmp_path: Path) -> None:
    run(TOGETHER, many, tmp_path / "cache")


def test_a_folder_that_cannot_be_written(many: Folder, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o500)
    right = said(many.open())
    library = open_archive(many.root, cache=cache)
    assert said(library) == right
    assert library.is_kept is (len(list(cache.iterdir())) > 0)  # root may write everywhere


def test_what_cannot_be_kept_says_so(many: Folder, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert not open_archive(many.root, cache=tmp_path / "cache").is_kept
    assert open_archive(many.root, cache=tmp_path / "elsewhere").is_kept
    assert open_archive(many.root, cache=tmp_path / "elsewhere").is_kept


@pytest.mark.parametrize("mapped", [False, True])
def test_flipped_bytes_and_lost_pieces(
    many: Folder, tmp_path: Path, mapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WHOLE", 0)
    monkeypatch.setattr(making, "INLINE", 0)
    if mapped:
        monkeypatch.setattr(store, "WHOLE", 0)
    cache, chance = tmp_path / "cache", random.Random(11)
    open_archive(many.root, cache=cache)
    many.source("s007", "Changed. Lloyd Austin left.\n", "\n")
    right = said(open_archive(many.root, cache=cache))
    assert right == said(many.open())
    whole = {file.name: file.read_bytes() for file in cache.iterdir()}
    assert len(whole) == 4  # a head, two pieces, and what the files look like
    for name, data in whole.items():
        spoilt: list[bytes | None] = [None, b"", data[: len(data) // 2], data + b"x"]
        for _ in range(5):
            at = chance.randrange(len(data))
            flipped = bytes([data[at] ^ (1 << chance.randrange(8))])
            spoilt.append(data[:at] + flipped + data[at + 1 :])
        for bad in spoilt:
            for file in cache.iterdir():
                file.unlink()
            for other, sound in whole.items():
                if other != name or bad is not None:
                    content = sound if other != name or bad is None else bad
                    (cache / other).write_bytes(content)
            assert said(open_archive(many.root, cache=cache)) == right
