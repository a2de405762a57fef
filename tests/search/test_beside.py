"""An index built beside its use: answers at once, the truth about them, no process left over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from tui.archive import Library, open_archive
from tui.search import Engine, Progress, beside, building
from tui.search.locking import Lock
from tui.search.store import LOCK, Index, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.search import Answer

CONTENT = Path(__file__).parents[2] / "content"
QUERIES = ("deterrence", "missle warning", "lee austin", '"joint statement"')
PATIENCE = 60.0


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def lock(cache: Path, shipped: Library) -> Iterator[Lock]:
    """Hold the lock of the folder, as another process that builds does."""
    store = Store(cache, shipped.root)
    store.prepare()
    lock = Lock(store.folder / LOCK)
    assert lock.take()
    yield lock
    lock.release()


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    """Take engines whose builds are to end with the test."""
    opened: list[Engine] = []
    yield opened
    for engine in opened:
        engine.close()
        bringing = engine._bringing
        if bringing is not None and bringing._thread is not None:
            bringing._thread.join(PATIENCE)
            assert not bringing._thread.is_alive()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never comes"
        time.sleep(0.01)


def answers(engine: Engine) -> list[Answer]:
    found = (engine.find(query, limit=50) for query in QUERIES)
    return [answer._replace(took_ms=0.0) for answer in found]


def child_of(engine: Engine) -> subprocess.Popen[bytes]:
    bringing = engine._bringing
    assert bringing is not None
    until(lambda: bringing._child is not None)
    assert bringing._child is not None
    return bringing._child


def test_answers_come_at_once_and_say_what_was_searched(
    shipped: Library, engine: Engine, cache: Path, lock: Lock, engines: list[Engine]
) -> None:
    begun = Engine.beginning(shipped, cache=cache)
    engines.append(begun)
    assert begun.building == Progress(0, 0)
    answer = begun.find("lee austin")
    assert answer.records == engine.find("lee austin").records
    assert answer.searched == Progress(0, shipped.passage_count)
    assert answer.notices == (
        f"The index is being built: 0 of {shipped.passage_count} passages searched so far.",
    )
    edition = begun.edition
    lock.say(Progress(30, 140))
    until(lambda: begun.building == Progress(30, 140))  # how far the other process is
    lock.release()
    until(lambda: begun.building is None)
    assert begun.edition > edition
    assert answers(begun) == answers(engine)


def test_what_is_kept_is_opened_and_little_is_built_at_once(
    shipped: Library, engine: Engine, cache: Path
) -> None:
    for _ in range(2):
        begun = Engine.beginning(shipped, cache=cache)
        assert begun.building is None
        assert answers(begun) == answers(engine)


def test_a_child_builds_what_takes_long(
    shipped: Library,
    engine: Engine,
    cache: Path,
    engines: list[Engine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beside, "_AT_ONCE", -1)
    begun = Engine.beginning(shipped, cache=cache)
    engines.append(begun)
    child = child_of(begun)
    assert child.pid != os.getpid()
    until(lambda: begun.building is None)
    assert answers(begun) == answers(engine)
    assert child.poll() == 0


def test_a_part_can_be_searched_early(
    shipped: Library, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_EARLY", (20, 80))
    monkeypatch.setattr(building, "_EARLY_SHARE", 1)
    store = Store(cache, shipped.root)
    store.prepare()
    told: list[Progress] = []
    parts: list[int] = []

    def early(index: Index) -> None:
        kept = store.load(shipped)
        assert kept is not None
        assert kept.fingerprint == index.fingerprint == ""
        assert kept.passages == index.passages
        parts.append(kept.passages)

    whole = building.built_once(shipped, store, None, told.append, early)
    assert whole.passages == shipped.passage_count
    assert len(parts) == 2
    assert 20 <= parts[0] < parts[1] < whole.passages
    assert told == sorted(told)
    assert told[-1] == Progress(shipped.passage_count, shipped.passage_count)
    assert len(list(store.folder.glob("segment-*"))) == 1


def test_where_nothing_can_be_kept_a_thread_builds_and_it_is_said_once(
    shipped: Library, engine: Engine, engines: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "_AT_ONCE", -1)
    begun = Engine.beginning(shipped, cache=Path(os.devnull) / "cache")
    engines.append(begun)
    until(lambda: begun.building is None)
    found = answers(begun)
    assert [answer._replace(notices=()) for answer in found] == answers(engine)
    assert all(len(answer.notices) == 1 and "memory" in answer.notices[0] for answer in found)


def test_a_child_that_dies_leaves_a_working_search(
    shipped: Library, engine: Engine, cache: Path, lock: Lock, engines: list[Engine]
) -> None:
    begun = Engine.beginning(shipped, cache=cache)
    engines.append(begun)
    child_of(begun).kill()
    until(lambda: begun.building is None)
    found = answers(begun)
    assert [answer._replace(notices=()) for answer in found] == answers(engine)
    assert "memory" in found[0].notices[0]


def test_closing_ends_the_child(
    shipped: Library, cache: Path, lock: Lock, engines: list[Engine]
) -> None:
    begun = Engine.beginning(shipped, cache=cache)
    engines.append(begun)
    child = child_of(begun)
    assert child.poll() is None
    begun.close()
    until(lambda: child.poll() is not None)


_PARENT = """
import sys, time
from pathlib import Path
from tui.archive import open_archive
from tui.search import Engine
engine = Engine.beginning(open_archive(Path(sys.argv[1]), cache=None), cache=Path(sys.argv[2]))
while engine._bringing._child is None:
    time.sleep(0.01)
print(engine._bringing._child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["KILL", "TERM"])
def test_the_child_ends_with_its_parent(cache: Path, lock: Lock, number: signal.Signals) -> None:
    command = [sys.executable, "-c", _PARENT, str(CONTENT), str(cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)
        parent.send_signal(number)
    until(lambda: _gone(child))


def _gone(process: int) -> bool:
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:1] in ("", "Z")


def test_what_is_built_already_is_not_built_twice(
    shipped: Library, engine: Engine, cache: Path
) -> None:
    command = "import sys; from pathlib import Path; from tui.archive import open_archive\n"
    command += "from tui.search import Engine\n"
    command += "library = open_archive(Path(sys.argv[1]), cache=None); print(flush=True)\n"
    command += "sys.stdin.read(); Engine.open(library, cache=Path(sys.argv[2]))\n"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", command, str(CONTENT), str(cache)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(3)
    ]
    for one in started:
        assert one.stdout is not None
        one.stdout.readline()
    for one in started:
        one.communicate()
        assert one.returncode == 0
    assert len(list(Store(cache, shipped.root).folder.glob("segment-*"))) == 1
    assert answers(Engine.open(shipped, cache=cache)) == answers(engine)


def test_an_update_beside_searches_the_new_state(
    tmp_path: Path, cache: Path, engines: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "archive"
    (root / "sources").mkdir(parents=True)
    (root / "archive.toml").write_text('title = "Test"\nformat = 1\n')
    for word in ("lighthouse", "windmill"):
        for number in range(9 if word == "lighthouse" else 4):
            (root / "sources" / f"src-{number}.txt").write_text(f"A {word} stands at {number}.\n")
        library = open_archive(root, cache=None)
        if not engines:
            engines.append(Engine.beginning(library, cache=cache))
            monkeypatch.setattr(beside, "_AT_ONCE", -1)
        else:
            engines[0].update(library)
            stale = engines[0].find("lighthouse", limit=50)
            assert len(stale.passages) == 5  # those whose text is as it was
            assert stale.searched == Progress(5, 9)
    until(lambda: engines[0].building is None)
    assert len(engines[0].find("lighthouse", limit=50).passages) == 5
    assert len(engines[0].find("windmill", limit=50).passages) == 4


def test_words_that_do_not_stand_in_the_text_are_noticed_and_looked_up_anew(
    tmp_path: Path, cache: Path
) -> None:
    root = tmp_path / "archive"
    (root / "sources").mkdir(parents=True)
    (root / "archive.toml").write_text('title = "Test"\nformat = 1\n')
    for number in range(5):
        (root / "sources" / f"src-{number}.txt").write_text(f"Lamp{number} stands here.\n")
    library = open_archive(root, cache=None)
    engine = Engine.open(library, cache=cache)
    opened = engine._state.opened
    (piece,) = opened.pieces
    swapped = piece._replace(sources=tuple(reversed(piece.sources)))
    opened.pieces = (swapped,)  # each passage is now said to stand in another source
    (hit,) = engine.find("lamp1").passages
    assert library.text(hit.source)[hit.start : hit.end] == "Lamp1 stands here."


def test_what_has_changed_is_found_among_many(shipped: Library) -> None:
    names = [f"src-{number:05}" for number in range(3000)]

    class Sources:
        sources = dict.fromkeys(names)
        changed: frozenset[int] = frozenset()

        def source_keys(self) -> bytes:
            return b"".join(b"%06d%d" % (n, n in self.changed) for n in range(len(names)))

    wanted = building.Wanted(cast("Library", Sources()))
    index = Engine.open(shipped, cache=None)._state.opened
    piece = index.pieces[0]._replace(
        sources=tuple(names), keys=Sources().source_keys(), dead=frozenset({7})
    )
    assert wanted.fitted((piece,)) == ([piece], [names[7]])
    Sources.changed = frozenset({0, 511, 512, 2999})
    changed = building.Wanted(cast("Library", Sources()))
    (left,), missing = changed.fitted((piece,))
    assert left.dead == {0, 7, 511, 512, 2999}
    assert missing == [names[at] for at in (0, 7, 511, 512, 2999)]
    newer = piece._replace(sources=(names[7], "gone"), keys=b"00000700000001", dead=frozenset())
    fitted, missing = changed.fitted((piece, newer))
    assert fitted[1].dead == {1}
    assert missing == [names[at] for at in (0, 511, 512, 2999)]
    assert changed.key("nowhere") == b""
