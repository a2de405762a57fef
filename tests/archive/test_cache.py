"""The cache is disposable: whatever happens to it, the answers are those of the files."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from array import array
from typing import TYPE_CHECKING

import pytest

from tui.archive import compiled, files, manifest, open_archive, opening, store
from tui.records.record import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.conftest import Folder
    from tui.archive import Library


def answers(library: Library) -> object:
    """Ask a library for everything."""
    ids = [name for kind in KINDS for name in library.rows(kind).id]
    return (
        library.title, library.fingerprint, library.skipped, library.counts(), library.timeline,
        tuple(library.faults), tuple(library.notes), tuple(library.disagreements),
        [library.rows(kind) for kind in KINDS], list(library.names()),
        [(library.record(i), library.events_of(i), library.linked(i)) for i in ids],
        [library.mentions_of(i) for i in ids],
        [(s, library.text(i), library.passages(i)) for i, s in library.sources.items()],
        [(library.mentions_in(i), library.evidence_in(i)) for i in library.sources],
    )  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_warm_and_cold_and_without_answer_alike(folder: Folder, cache: Path) -> None:
    cold = open_archive(folder.root, cache=cache)
    before = kept(cache).stat()
    warm = open_archive(folder.root, cache=cache)
    assert kept(cache).stat().st_ino == before.st_ino
    assert answers(cold) == answers(warm) == answers(folder.open())


def test_the_folder_is_the_users_alone(folder: Folder, cache: Path) -> None:
    open_archive(folder.root, cache=cache / "deep" / "er")
    assert (cache / "deep" / "er").stat().st_mode & 0o777 == 0o700
    assert kept(cache / "deep" / "er").stat().st_mode & 0o777 == 0o600


def test_a_change_of_content_is_noticed_whatever_the_clock_says(
    folder: Folder, cache: Path
) -> None:
    open_archive(folder.root, cache=cache)
    file = folder.root / "events/all.toml"
    before = file.stat()
    folder.replace("events/all.toml", "Talks in Seoul", "Talks in Busan")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert open_archive(folder.root, cache=cache).record("talks").name == "Talks in Busan"


def test_a_touch_is_no_change(folder: Folder, cache: Path) -> None:
    open_archive(folder.root, cache=cache)
    inode = kept(cache).stat().st_ino
    os.utime(folder.root / "events/all.toml", (4e9, 4e9))
    open_archive(folder.root, cache=cache)
    assert kept(cache).stat().st_ino == inode


def test_added_removed_and_renamed_files_are_noticed(folder: Folder, cache: Path) -> None:
    prints = [open_archive(folder.root, cache=cache).fingerprint]
    folder.write("notes/more.toml", "")
    prints.append(open_archive(folder.root, cache=cache).fingerprint)
    (folder.root / "notes/more.toml").rename(folder.root / "notes/other.toml")
    prints.append(open_archive(folder.root, cache=cache).fingerprint)
    (folder.root / "notes/other.toml").unlink()
    (folder.root / "notes/link.toml").symlink_to("all.toml")
    prints.append(open_archive(folder.root, cache=cache).fingerprint)
    assert len(set(prints)) == 4
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("mapped", [False, True])
def test_flipped_and_missing_bytes_change_no_answer(
    folder: Folder, cache: Path, mapped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mapped:  # as a large archive is read: piece by piece
        monkeypatch.setattr(store, "WHOLE", 0)
    right = answers(open_archive(folder.root, cache=cache))
    data = kept(cache).read_bytes()
    chance = random.Random(7)
    damaged = [
        b"", data[:5], data[:100], data[: len(data) // 2], data[:-1], data + b"x", b"<html>" * 99,
        data[:40] + b"\xff" * 8 + data[48:],
    ]  # fmt: skip
    for _ in range(60):
        at = chance.randrange(len(data))
        flipped = bytes([data[at] ^ (1 << chance.randrange(8))])
        damaged.append(data[:at] + flipped + data[at + 1 :])
    for bad in damaged:
        kept(cache).unlink()
        (cache / os.path.basename(_name(folder, cache))).write_bytes(bad)
        assert answers(open_archive(folder.root, cache=cache)) == right


def _name(folder: Folder, cache: Path) -> str:
    return str(vars(store.Store(cache, os.fspath(folder.root)))["_name"])


def test_what_stands_in_its_place(folder: Folder, cache: Path, tmp_path: Path) -> None:
    right = answers(open_archive(folder.root, cache=cache))
    file = kept(cache)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(elsewhere)
    assert answers(open_archive(folder.root, cache=cache)) == right
    assert not file.is_symlink()
    file.unlink()
    os.mkfifo(file)
    assert answers(open_archive(folder.root, cache=cache)) == right
    file.unlink()
    file.mkdir()
    assert answers(open_archive(folder.root, cache=cache)) == right
    assert [name for name in os.listdir(cache) if name.endswith(".new")] == []


def test_a_folder_that_cannot_be_trusted_is_not_used(folder: Folder, tmp_path: Path) -> None:
    right = answers(folder.open())
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    real = tmp_path / "real"
    real.mkdir(0o700)
    (tmp_path / "link").symlink_to(real)
    (tmp_path / "file").write_text("x")
    for place in (shared, tmp_path / "link", tmp_path / "file", tmp_path / "file" / "below"):
        assert answers(open_archive(folder.root, cache=place)) == right
    assert list(shared.iterdir()) == list(real.iterdir()) == []


def test_a_full_disk_leaves_the_old_cache(
    folder: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_archive(folder.root, cache=cache)
    before = kept(cache).read_bytes()
    folder.replace("events/all.toml", "Talks in Seoul", "Talks in Busan")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert open_archive(folder.root, cache=cache).record("talks").name == "Talks in Busan"
    assert kept(cache).read_bytes() == before


def test_another_version_is_left_alone(
    folder: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_archive(folder.root, cache=cache)
    monkeypatch.setattr(store, "VERSION", compiled.VERSION + 1)
    open_archive(folder.root, cache=cache)
    assert len(list(cache.iterdir())) == 2


def test_what_other_code_compiled_is_compiled_again(
    folder: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_archive(folder.root, cache=cache)
    inode = kept(cache).stat().st_ino
    monkeypatch.setattr(opening, "_maker", lambda: "somebody else")
    open_archive(folder.root, cache=cache)
    assert kept(cache).stat().st_ino != inode


def test_a_large_archive_reads_only_what_looks_changed(
    folder: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WHOLE", 0)
    monkeypatch.setattr(manifest, "_SETTLED_NS", -10_000_000_000)
    right = answers(open_archive(folder.root, cache=cache))
    read: list[str] = []
    content = files.content

    def counting(root: str, entry: files.Entry) -> bytes | str:
        read.append(entry.path)
        return content(root, entry)

    monkeypatch.setattr(files, "content", counting)
    assert answers(open_archive(folder.root, cache=cache)) == right
    assert read == []
    file = folder.root / "events/all.toml"
    times = file.stat()
    folder.replace("events/all.toml", "Talks in Seoul", "Talks in Busan")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert open_archive(folder.root, cache=cache).record("talks").name == "Talks in Busan"
    assert "events/all.toml" in read


def test_a_file_changed_a_moment_ago_is_read_again(
    folder: Folder, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WHOLE", 0)
    open_archive(folder.root, cache=cache)
    looks = store.Store(cache, os.fspath(folder.root), "files")

    def unsettled() -> list[bool]:
        found = looks.load()
        assert found is not None
        sizes = array("q", manifest.kept(found).looks)[:: files.LOOKS]
        return [size < 0 for size in sizes]

    assert all(unsettled())
    monkeypatch.setattr(manifest, "_SETTLED_NS", -10_000_000_000)
    open_archive(folder.root, cache=cache)
    assert not any(unsettled())


HYGIENE = """
import sys
from pathlib import Path
from tui.archive import open_archive
library = open_archive(Path(sys.argv[1]), cache=Path(sys.argv[2]))
assert library.timeline and library.rows("person") and library.sources and library.counts()
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.parametrize("warm", [False, True])
def test_what_opening_imports(folder: Folder, cache: Path, warm: bool) -> None:
    if warm:
        open_archive(folder.root, cache=cache)
    done = subprocess.run(
        [sys.executable, "-c", HYGIENE, str(folder.root), str(cache)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    modules = set(done.stdout.split())
    assert not modules & {"textual", "rich", "numpy", "pyroaring", "tomlkit", "argparse"}
    parsers = {"pydantic", "pydantic_core", "tomllib", "rapidfuzz", "hashlib", "difflib"}
    assert bool(modules & parsers) is not warm


def test_importing_the_layer_is_cheap() -> None:
    code = "import sys, tui.archive; print(*{m.partition('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "tomllib", "tomlkit", "rapidfuzz", "hashlib", "platformdirs", "textual"}
    assert not set(done.stdout.split()) & heavy
