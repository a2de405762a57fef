"""What is opened, what is passed over, and what is said about it."""

from __future__ import annotations

import contextlib
import os
import socket
import time
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.archive import ArchiveError, document, files, open_archive
from tui.archive.positions import Positions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.conftest import Folder


def test_nothing_but_regular_files_is_opened(folder: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text('[[event]]\nid = "stolen"\n')
    events = folder.root / "events"
    os.mkfifo(events / "pipe.toml")
    (events / "link.toml").symlink_to(outside)
    (events / "dangling.toml").symlink_to(tmp_path / "nowhere")
    (events / "zero.toml").symlink_to("/dev/zero")
    (events / "loop").symlink_to(events)
    (events / "folder.toml").mkdir()
    (folder.root / "sources" / "passwd.txt").symlink_to("/etc/passwd")
    with socket.socket(socket.AF_UNIX) as endpoint:
        here = os.getcwd()
        os.chdir(events)  # a socket's whole path has to be short
        try:
            endpoint.bind("s.toml")
        finally:
            os.chdir(here)
        library = folder.open()
    said = {fault.file: fault for fault in library.faults}
    assert sorted(said) == [
        "events/dangling.toml", "events/link.toml", "events/pipe.toml", "events/s.toml",
        "events/zero.toml", "sources/passwd.txt",
    ]  # fmt: skip
    assert all(fault.warning for fault in said.values())
    assert "a pipe" in said["events/pipe.toml"].message
    assert "a link" in said["events/link.toml"].message
    assert list(library.sources) == ["one"]


def test_a_pipe_put_in_place_of_a_file_does_not_hang(folder: Folder) -> None:
    found = files.scan(str(folder.root))
    entry = next(entry for entry in found.entries if entry.path == "events/all.toml")
    file = folder.root / "events/all.toml"
    file.unlink()
    os.mkfifo(file)
    assert "a pipe" in str(files.content(str(folder.root), entry))


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"no archive\.toml"):
        open_archive(tmp_path, cache=None)
    with pytest.raises(ArchiveError, match="cannot open"):
        open_archive(tmp_path / "nowhere", cache=None)
    (tmp_path / "archive.toml").mkdir()
    with pytest.raises(ArchiveError):
        open_archive(tmp_path, cache=None)


def test_broken_archive_toml_leaves_the_rest(folder: Folder) -> None:
    folder.write("archive.toml", "title = ")
    library = folder.open()
    assert library.title == "archive"
    assert library.kind_of("talks") == "event"
    assert len(library.faults) == 1


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        (b"\xff\xfea\x00", 1, 1, "UTF-16"),
        (b"\xfe\xff\x00a", 1, 1, "UTF-16"),
        (b'# ok\nx = "caf\xe9"\n', 2, 9, "byte 13 (0xe9)"),
        (b"# ok\n\x00", 2, 1, "NUL at byte 5"),
        ("title".encode("utf-16-le") * 30, 1, 2, "UTF-16 without a mark"),
        (b"x = 1\ry = 2\n", 1, 6, "not TOML"),
        (b"x = [\n", 2, 1, "not TOML"),
        (b"a = 1\na = 2\n", 2, 6, "not TOML"),
        (b"[" * 100_000, 1, 65, "nested more than 64 deep"),
        (b"x = " + b"[" * 65 + b"]" * 65, 1, 69, "nested more than 64 deep"),
        (b"x = " + b"{a=" * 65 + b"1" + b"}" * 65, 1, 197, "nested more than 64 deep"),
        (b".".join([b"a"] * 17) + b" = 1", 1, 1, "more than 16 parts"),
        (b"x = " + b"9" * 5_000, 1, 5, "a number of 5,000 digits"),
        (b"#" * 1_000_001, 0, 0, "limit of 1,000,000 bytes"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else None,
)  # fmt: skip
def test_bad_files_are_refused_at_their_place(
    folder: Folder, data: bytes, line: int, column: int, words: str
) -> None:
    folder.write("events/bad.toml", data)
    library = folder.open()
    (fault,) = library.faults
    assert words in fault.message
    assert (fault.file, fault.line, fault.column) == ("events/bad.toml", line, column)
    assert library.skipped == 1
    assert library.kind_of("talks") == "event"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"# only words\r\n"])
def test_empty_files_are_no_fault(folder: Folder, data: bytes) -> None:
    folder.write("events/empty.toml", data)
    assert folder.faults() == []


def test_mark_and_carriage_returns_are_accepted_and_kept(folder: Folder) -> None:
    for path in ("events/all.toml", "actors/all.toml"):
        file = folder.root / path
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    folder.source("two", "\ufeffOne line.\r\nAnother.\r\n")
    library = folder.open()
    assert list(library.faults) == []
    assert library.text("two") == "\ufeffOne line.\r\nAnother.\r\n"
    assert [library.text("two")[p.start : p.end] for p in library.passages("two")] == [
        "One line.", "Another.",
    ]  # fmt: skip
    folder.replace("events/all.toml", '"meeting"', '"meetin"')
    assert [(f.line, f.column) for f in folder.faults() if not f.warning] == [(4, 8)]


def test_bad_sources_are_named(folder: Folder) -> None:
    folder.write("sources/latin.txt", b"caf\xe9\n")
    folder.write("sources/nul.txt", b"a\nb\x00")
    folder.write("sources/big.txt", b"x" * 20_000_001)
    folder.source("blank", " \n")
    library = folder.open()
    said = {f.file: (f.line, f.column, f.message) for f in library.faults}
    assert said["sources/latin.txt"][:2] == (1, 4)
    assert said["sources/nul.txt"][:2] == (2, 2)
    assert "20,000,000 bytes" in said["sources/big.txt"][2]
    assert said["sources/blank.txt"][2] == "holds no text"
    assert list(library.sources) == ["blank", "one"]


def test_names_that_do_not_travel_are_warned_of(folder: Folder) -> None:
    for name in ("CON.toml", "a:b.toml", "Twin.toml", "twin.toml", "é.toml", "e\u0301.toml"):
        folder.write(f"notes/{name}", "")
    folder.write("notes/trail. /x.toml", "")
    odd = os.fsencode(folder.root) + b"/notes/\xff.toml"
    with open(odd, "wb") as file:
        file.write(b'[[note]]\nkind = "slip"\n')
    library = folder.open()
    warned = {fault.file for fault in library.faults if fault.warning}
    assert warned == {
        "notes/CON.toml", "notes/a:b.toml", "notes/twin.toml", "notes/é.toml",
        "notes/trail. /x.toml", "notes/\udcff.toml",
    } or "notes/e\u0301.toml" in warned  # fmt: skip
    assert any(f.file == "notes/\udcff.toml" and f.field == "quote" for f in library.faults)


def test_what_cannot_be_read_is_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = files.scan

    def late(root: str) -> files.Scan:
        found = scan(root)
        (folder.root / "events/all.toml").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(files, "scan", late)
    library = folder.open()
    (fault, *_) = [fault for fault in library.faults if fault.file == "events/all.toml"]
    assert fault.message == "cannot read it: No such file or directory"
    assert library.skipped == 2
    assert library.kind_of("lloyd-austin") == "person"


def test_deep_folders_are_walked_and_no_deeper(folder: Folder) -> None:
    folder.write("notes/" + "a/" * 40 + "x.toml", "x = 1")
    (fault,) = folder.faults()
    assert fault.file.endswith("a/x.toml")


def test_an_editors_own_files_are_none_of_ours(folder: Folder) -> None:
    for name in (".#all.toml", "all.toml~", ".all.toml.swp", "4913", "notes.md"):
        folder.write(f"events/{name}", b"\xff")
    folder.write("README.toml", b"\xff")
    assert folder.faults() == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.text("[]{}=\"'#.\n ab1,\\", max_size=80).map(str.encode))
def test_random_bytes_never_raise(folder: Folder, data: bytes) -> None:
    folder.write("events/random.toml", data)
    library = folder.open()
    assert library.kind_of("talks") == "event"


_KEYS = st.text(st.sampled_from("ab-\"'. é"), min_size=1, max_size=4)
_SCALARS = st.integers(-5, 99) | st.booleans() | st.text(st.sampled_from("ab\"'\\\n,]}#= "))
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=3), min_size=1, max_size=3
    ),
    st.booleans(),
)  # fmt: skip
def test_every_value_is_found_where_it_stands(tables: list[dict[str, object]], wide: bool) -> None:
    import json

    def write(value: object) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{write(k)} = {write(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            gap = "\n  # a word\n  " if wide else ""
            return "[" + "".join(f"{gap}{write(item)}{gap}," for item in value) + "]"
        return json.dumps(value)

    lines: list[str] = []
    for table in tables:
        lines += ["[[ event ]] # new", *(f"{write(k)} = {write(v)}" for k, v in table.items())]
    text = "\n".join(lines)
    parsed = tomllib.loads(text)
    positions = Positions(text)
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]

    def check(path: tuple[str | int, ...], value: object) -> None:
        line, column = positions.value(path)
        assert text.startswith(write(value), starts[line - 1] + column - 1)
        inner = value.items() if isinstance(value, dict) else ()
        for key, item in inner:
            line, column = positions.key((*path, key))
            assert text.startswith(write(key), starts[line - 1] + column - 1)
            check((*path, key), item)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            check((*path, index), item)

    for index, table in enumerate(parsed["event"]):
        assert positions.key(("event", index)) == (lines.index("[[ event ]] # new") + 1, 1) or index
        for key, value in table.items():
            check(("event", index, key), value)


def test_limits_hold_within_reason() -> None:
    nested = "x = " + "[" * 60 + "]" * 60
    assert document.parse("f", nested)
    assert document.parse("f", 'x = "' + "[" * 500 + '" # ' + "{" * 500)
    assert document.parse("f", "x = '''" + "a.b." * 50 + "'''")
    assert document.parse("f", ".".join(["a"] * 16) + " = 1.5")


@pytest.mark.parametrize(
    "text",
    ['x = "' + '\\"' * 400_000, "a" * 900_000, "a." * 450_000, "a .\t" * 200_000, '"""' * 300_001,
     "9_" * 450_000, "'" * 900_001, '"a' * 450_000, "[" * 60 + "\\" * 900_000, "# " * 450_000],
    ids=range(10),
)  # fmt: skip
def test_no_file_makes_the_limits_run_long(text: str) -> None:
    before = time.process_time()
    with contextlib.suppress(document.RefusedError):
        document.parse("f", text)
    assert time.process_time() - before < 5
