"""The index is a cache: whatever happens to it, answers are those of the archive as it is."""

from __future__ import annotations

import random
import shutil
import stat
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest

from tui.archive import Library, open_archive
from tui.search import Engine
from tui.search import store as store_module
from tui.search.store import Index, Store

QUERIES = ("deterrence", "missle warning", "lee austin", "exercise korea", '"joint statement"')
CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def folder(cache: Path) -> Path:
    (found,) = cache.iterdir()
    return found


def answers(engine: Engine) -> list[object]:
    found = (engine.find(query, limit=50) for query in QUERIES)
    return [(answer.records, answer.passages, answer.total) for answer in found]


def write_archive(root: Path, texts: dict[str, str]) -> None:
    (root / "sources").mkdir(parents=True, exist_ok=True)
    (root / "archive.toml").write_text('title = "Test"\ndescription = ""\nformat = 1\n')
    for path in (root / "sources").iterdir():
        path.unlink()
    for name, text in texts.items():
        data = text.encode()
        (root / "sources" / f"{name}.txt").write_bytes(data)
        about = f'name = "{name}"\nsha256 = "{sha256(data).hexdigest()}"\n'
        (root / "sources" / f"{name}.toml").write_text(about)


def library(root: Path, texts: dict[str, str]) -> Library:
    write_archive(root, texts)
    return open_archive(root, cache=None)


def found(engine: Engine, library: Library, query: str) -> set[str]:
    hits = engine.find(query, limit=100).passages
    return {library.text(hit.source)[hit.start : hit.end] for hit in hits}


def test_what_is_kept_answers_like_what_is_fresh(
    shipped: Library, engine: Engine, cache: Path
) -> None:
    built = Engine.open(shipped, cache=cache)
    reopened = Engine.open(shipped, cache=cache)
    assert answers(built) == answers(reopened) == answers(engine)
    assert len(list(folder(cache).glob("segment-*"))) == 1


def test_the_folder_is_the_users_alone(shipped: Library, cache: Path) -> None:
    Engine.open(shipped, cache=cache)
    assert stat.S_IMODE(folder(cache).stat().st_mode) == 0o700


def kept(cache: Path, library: Library) -> Index | None:
    return Store(cache, library.root).load(library)


@pytest.mark.parametrize("harm", ["empty", "short", "half", "page", "html", "gone", "folder"])
def test_spoilt_files_are_noticed(shipped: Library, engine: Engine, cache: Path, harm: str) -> None:
    Engine.open(shipped, cache=cache)
    place = folder(cache)
    for name in ("names-", "words", "forward", "postings", "posted", "deletions", "manifest"):
        files = [path for path in place.rglob("*") if path.is_file() and name in str(path)]
        data = files[0].read_bytes()
        files[0].unlink()
        spoilt = {
            "empty": b"",
            "short": data[:100],
            "half": data[: len(data) // 2],
            "page": data[:-4096],
            "html": b"<html>",
        }
        if harm in spoilt:
            files[0].write_bytes(spoilt[harm])
        elif harm == "folder":
            files[0].mkdir()
        if harm != "short" or len(data) > 100:
            assert kept(cache, shipped) is None, name
        if name != "manifest":
            if harm == "folder":
                files[0].rmdir()
            files[0].write_bytes(data)
    assert answers(Engine.open(shipped, cache=cache)) == answers(engine)


def test_another_makers_index_is_not_read(
    shipped: Library, engine: Engine, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_maker", lambda: "another")
        Engine.open(shipped, cache=cache)
    assert answers(Engine.open(shipped, cache=cache)) == answers(engine)


@pytest.mark.parametrize("fault", ["file", "link", "open to others"])
def test_without_a_cache_the_index_lives_in_memory_and_says_so(
    shipped: Library, engine: Engine, cache: Path, fault: str, tmp_path: Path
) -> None:
    Engine.open(shipped, cache=cache)
    place = folder(cache)
    if fault == "file":
        shutil.rmtree(cache)
        cache.write_text("")
    elif fault == "link":
        place.rename(tmp_path / "elsewhere")
        place.symlink_to(tmp_path / "elsewhere")
    else:
        place.chmod(0o777)
    opened = Engine.open(shipped, cache=cache)
    assert answers(opened) == answers(engine)
    assert "memory" in opened.find("deterrence").notices[0]


def test_a_full_disk_leaves_a_working_search(shipped: Library, cache: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from tui.archive import open_archive; from tui.search import Engine\n"
        f"library = open_archive(Path({str(CONTENT)!r}), cache=None)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        f"answer = Engine.open(library, cache=Path({str(cache)!r})).find('deterrence')\n"
        "assert answer.passages and 'memory' in answer.notices[0], answer\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_abandoned_files_are_swept_by_who_builds(shipped: Library, cache: Path) -> None:
    Engine.open(shipped, cache=cache)
    place = folder(cache)
    (place / "segment-abandoned").mkdir()
    (place / "names-abandoned").write_bytes(b"")
    Engine.open(shipped, cache=cache)
    assert (place / "segment-abandoned").exists()  # a reader changes nothing
    (place / "manifest").unlink()
    Engine.open(shipped, cache=cache)
    assert len(list(place.glob("segment-*"))) == 1
    assert len(list(place.glob("names-*"))) == 1


TEXTS = {
    f"src-{n:02}": f"Report {n} of the archive.\nThe marker{n} lies in report number {n}."
    for n in range(20)
}


@pytest.mark.parametrize("kept", [True, False])
def test_a_changed_source_costs_what_it_holds(tmp_path: Path, cache: Path, kept: bool) -> None:
    root = tmp_path / "archive"
    first = library(root, TEXTS)
    engine = Engine.open(first, cache=cache if kept else None)
    assert found(engine, first, "marker7") == {"The marker7 lies in report number 7."}
    texts = TEXTS | {"src-07": "Report 7 again.\nWhat was hidden is a lighthouse now."}
    second = library(root, texts)
    engine.update(second)
    assert not found(engine, second, '"marker7"')
    assert found(engine, second, "lighthouse") == {"What was hidden is a lighthouse now."}
    assert found(engine, second, "marker8") == {"The marker8 lies in report number 8."}
    if kept:
        assert len(list(folder(cache).glob("segment-*"))) == 2
        again = Engine.open(second, cache=cache)
        assert not found(again, second, '"marker7"')
        assert found(again, second, "lighthouse")


def test_any_course_of_changes_answers_like_a_fresh_index(tmp_path: Path, cache: Path) -> None:
    root = tmp_path / "archive"
    chance = random.Random(11)
    texts = dict(TEXTS)
    engine = Engine.open(library(root, texts), cache=cache)
    for step in range(10):
        name = chance.choice(sorted(texts))
        action = chance.random()
        if action < 0.3 and len(texts) > 5:
            del texts[name]
        elif action < 0.6:
            texts[f"src-{step + 20}"] = f"A new marker{step} appears at step {step}."
        else:
            texts[name] = f"Source {name} was rewritten at step {step}: marker{step}."
        now = library(root, texts)
        engine.update(now)
        fresh = Engine.open(now, cache=None)
        for query in ("marker1", "report", "rewritten step", f"marker{step}", "archive report"):
            assert found(engine, now, query) == found(fresh, now, query), (step, query)
    pieces = len(list(folder(cache).glob("segment-*")))
    assert pieces <= 25


def test_two_engines_and_many_threads_at_once(
    shipped: Library, engine: Engine, cache: Path
) -> None:
    expected = answers(engine)
    wrong: list[object] = []

    def work() -> None:
        mine = Engine.open(shipped, cache=cache)
        for _ in range(3):
            if answers(mine) != expected or answers(engine) != expected:
                wrong.append(mine)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_no_stale_text_is_shown(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    first = library(root, TEXTS)
    engine = Engine.open(first, cache=None)
    second = library(root, TEXTS | {"src-03": "Short."})
    stale = engine._state._replace(library=second)  # the text changed under a finished index
    engine._state = stale
    assert all(
        "marker3 " not in second.text(hit.source)[hit.start : hit.end]
        for hit in engine.find("marker3").passages
    )
