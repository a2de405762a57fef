"""Whatever becomes of the index, answers are those of a fresh one, and nothing is said of it.

The counts are those that the issue asks for; the archive is small, for each fault is a build.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.archive import Library, open_archive
from tui.search import Answer, Engine, beside
from tui.search import store as store_module
from tui.search.store import Index, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERIES = ("marker7", "reprot seven", '"in report number"', "lighthouse", "marker")
FLIPS, KILLS = 200, 50


def write_archive(root: Path, word: str = "lighthouse") -> Path:
    (root / "sources").mkdir(parents=True)
    (root / "archive.toml").write_text('title = "Test"\ndescription = ""\nformat = 1\n')
    for number in range(12):
        text = f"Report {number} about seven lamps.\nThe marker{number} lies in report number 4.\n"
        data = (text + f"A {word} stands here.\n").encode()
        (root / "sources" / f"src-{number:02}.txt").write_bytes(data)
        about = f'name = "{number}"\nsha256 = "{sha256(data).hexdigest()}"\n'
        (root / "sources" / f"src-{number:02}.toml").write_text(about)
    return root


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_archive(write_archive(tmp_path_factory.mktemp("faults") / "archive"), cache=None)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    """Give a cache folder in memory where that can be had: every build waits for its disk."""
    memory = Path("/dev/shm")
    where = memory if os.access(memory, os.W_OK) else tmp_path
    with tempfile.TemporaryDirectory(dir=where) as folder:
        yield Path(folder) / "cache"


def answers(engine: Engine) -> list[Answer]:
    return [engine.find(query, limit=50)._replace(took_ms=0.0) for query in QUERIES]


@pytest.fixture(scope="module")
def fresh(library: Library) -> list[Answer]:
    """Give the answers of an index that was never on a disk."""
    found = answers(Engine.open(library, cache=None))
    assert all(answer.passages and not answer.notices for answer in found)
    return found


def kept(library: Library, cache: Path) -> tuple[Store, Index]:
    """Build an index and give what was kept of it."""
    Engine.open(library, cache=cache)
    store = Store(cache, library.root)
    index = store.load(library)
    assert index is not None
    return store, index


def files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file() and path.stat().st_size)


def test_flipped_bytes(library: Library, fresh: list[Answer], cache: Path) -> None:
    chance = random.Random(5)
    Engine.open(library, cache=cache)
    store = Store(cache, library.root)
    for number in range(FLIPS):
        found = files(cache)
        path = found[number % len(found)]
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        if path.name != store_module.LOCK:
            assert store.load(library) is None, path
        assert answers(Engine.open(library, cache=cache)) == fresh, path


def test_flipped_bytes_in_an_index_too_large_to_be_read_whenever_it_is_opened(
    library: Library, fresh: list[Answer], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the stamps of before a flip is not seen on opening: by its effect, or by summing."""
    store, index = kept(library, cache)
    monkeypatch.setattr(store_module, "READ_WHOLE", 0)
    chance = random.Random(7)
    for piece in index.pieces:
        assert not store.damaged(index, lambda: True)
        for name in piece.stamps:
            path = store.folder / piece.name / name
            sound = path.read_bytes()
            if not sound:
                continue
            at = chance.randrange(len(sound))
            path.write_bytes(sound[:at] + bytes((sound[at] ^ 4,)) + sound[at + 1 :])
            assert store.load(library) is None, name  # the stamps tell
            assert store.damaged(index, lambda: True), name
            path.write_bytes(sound)
    assert store.load(library) is not None


HARMS = ("empty", "short", "longer", "html", "gone", "folder", "link", "other file", "reversed")


@pytest.mark.parametrize("harm", HARMS)
def test_spoilt_files(
    library: Library, fresh: list[Answer], cache: Path, tmp_path: Path, harm: str
) -> None:
    Engine.open(library, cache=cache)
    for number in range(len(files(cache))):
        found = files(cache)
        path = found[number]
        data = path.read_bytes()
        path.unlink()
        if harm == "folder":
            path.mkdir()
        elif harm == "link":
            path.symlink_to(tmp_path / "nowhere")
        elif harm != "gone":
            spoilt = {
                "empty": b"",
                "short": data[: len(data) // 2],
                "longer": data + b"\0",
                "html": b"<html>",
                "other file": found[number - 1].read_bytes(),
                "reversed": data[::-1],
            }
            path.write_bytes(spoilt[harm])
        assert answers(Engine.open(library, cache=cache)) == fresh, path
        shutil.rmtree(cache)
        Engine.open(library, cache=cache)


def test_the_index_of_another_archive_in_its_place(
    library: Library, fresh: list[Answer], cache: Path, tmp_path: Path
) -> None:
    other = open_archive(write_archive(tmp_path / "other", "windmill"), cache=None)
    Engine.open(library, cache=cache)
    Engine.open(other, cache=cache)
    one, two = Store(cache, library.root).folder, Store(cache, other.root).folder
    one.rename(cache / "aside")
    two.rename(one)
    (cache / "aside").rename(two)
    assert answers(Engine.open(library, cache=cache)) == fresh
    assert not Engine.open(other, cache=cache).find('"lighthouse"').passages


@pytest.mark.parametrize("version", ["older", "newer"])
def test_another_versions_index(
    library: Library,
    fresh: list[Answer],
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    version: str,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_maker", lambda: version)
        Engine.open(library, cache=cache)
    assert answers(Engine.open(library, cache=cache)) == fresh


def test_a_passage_too_few_is_noticed(library: Library, cache: Path) -> None:
    store, index = kept(library, cache)
    (piece,) = index.pieces
    counts = piece.counts[:]
    counts[0] += 1
    store.save(
        store_module.Index(
            index.fingerprint, (piece._replace(counts=counts),), index.names, library
        )
    )
    assert store.load(library) is None


_KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from tui.archive import open_archive
from tui.search import Engine

root, cache, kills = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
library = open_archive(root, cache=None)
chance = random.Random(3)

def answers(engine):
    return [engine.find(q, limit=50)._replace(took_ms=0.0) for q in sys.argv[4:]]

def forked(do):
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        code = 0 if do() else 2
    finally:
        os._exit(code)

import pyroaring
expected = cache.parent / "expected"
def note():
    found = answers(Engine.open(library, cache=None))
    return all(a.passages for a in found) and expected.write_text(repr(found))
def check():
    return repr(answers(Engine.open(library, cache=cache))) == expected.read_text()
assert os.waitpid(forked(note), 0)[1] == 0
begun = time.perf_counter()
assert os.waitpid(forked(check), 0)[1] == 0
whole = time.perf_counter() - begun
dead = 0
for number in range(kills):
    for path in cache.rglob("manifest"):
        path.unlink()
    child = forked(lambda: Engine.open(library, cache=cache))
    time.sleep(chance.random() * whole)
    os.kill(child, signal.SIGKILL)
    dead += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert os.waitpid(forked(check), 0)[1] == 0, number
left = [path.name for path in cache.glob("*/segment-*")]
assert len(left) == 1, left
print(dead)
"""


def test_killed_builds(library: Library, cache: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", _KILLED]
    done = subprocess.run(
        [*command, str(library.root), str(cache), str(KILLS), *QUERIES],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert int(done.stdout) > KILLS // 5  # the others were done before they were killed


_FULL = """
import resource, sys
from pathlib import Path
from tui.archive import open_archive
from tui.search import Engine
library = open_archive(Path(sys.argv[1]), cache=None)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
answer = Engine.open(library, cache=Path(sys.argv[2])).find("lighthouse")
assert len(answer.passages) == 12, answer
print(len(answer.notices), *answer.notices)
"""


@pytest.mark.parametrize("size", [0, 10, 300, 1000])
def test_a_full_disk(library: Library, fresh: list[Answer], cache: Path, size: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(library.root), str(cache), str(size)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 The search index is held in memory"), done.stdout
    assert answers(Engine.open(library, cache=cache)) == fresh


def test_no_cache_folder_to_be_had(library: Library, fresh: list[Answer]) -> None:
    found = answers(Engine.open(library, cache=Path(os.devnull) / "cache"))
    assert [answer._replace(notices=()) for answer in found] == fresh
    assert all(len(answer.notices) == 1 and "memory" in answer.notices[0] for answer in found)


def test_a_byte_that_went_bad_in_a_large_index_is_found_while_it_is_used(
    library: Library, fresh: list[Answer], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, index = kept(library, cache)
    (piece,) = index.pieces
    path = store.folder / piece.name / "forward"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes((data[-1] ^ 1,)))
    status = path.stat()
    looks = status.st_mtime_ns, status.st_ctime_ns, status.st_ino
    piece.stamps["forward"] = (*piece.stamps["forward"][:2], *looks)  # as if it had always been so
    store.save(index)
    assert store.load(library) is None
    for module in (store_module, beside):
        monkeypatch.setattr(module, "READ_WHOLE", 0)
    assert store.load(library) is not None
    engine = Engine.beginning(library, cache=cache)
    bringing = engine._bringing
    assert bringing is not None
    assert bringing._thread is not None
    bringing._thread.join(60)
    assert engine.building is None
    assert answers(engine) == fresh
    assert answers(Engine.open(library, cache=cache)) == fresh
