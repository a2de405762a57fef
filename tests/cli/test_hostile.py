"""An archive that means harm: nothing in it acts on the terminal, nothing in it is lost."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]|(?:[\u0300-\u036f]{9})"
)


def toml(text: str) -> str:
    """Write a text as a TOML string, in ASCII."""
    return json.dumps(text).replace("\x7f", "\\u007f")


COMMANDS = [
    ["find", "sentence"],
    ["find", "evil"],
    ["find", "event"],
    ["show", "evil"],
    *(["show", f"person-{name}"] for name in ("csi", "link", "c1-osc", "bidi", "zalgo", "lines")),
    *(["show", f"event-{name}"] for name in ("dcs", "clipboard", "tags", "markup")),
    *(["list", kind] for kind in "events people sources notes disagreements promises".split()),  # noqa: SIM905
    *(["list", kind, "--csv"] for kind in ("events", "people", "sources", "notes")),
    ["check"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_nothing_live_is_written(
    cli: Callable[..., Any], hostile_archive: Path, words: list[str]
) -> None:
    done = cli(*words, archive=hostile_archive)
    assert done.code in (0, 1), done.err
    assert not LIVE.search(done.out + done.err)
    assert done.out


def test_the_archive_is_sound(cli: Callable[..., Any], hostile_archive: Path) -> None:
    report = cli("check", "--json", archive=hostile_archive).json
    assert [fault for fault in report["faults"] if not fault["warning"]] == []
    assert report["skipped"] == 0


def test_json_is_ascii_and_loses_nothing(
    cli: Callable[..., Any], hostile_archive: Path, families: dict[str, str]
) -> None:
    done = cli("show", "evil", "--json", archive=hostile_archive)
    assert done.raw.isascii()
    assert done.json["text"].encode() == (hostile_archive / "sources" / "evil.txt").read_bytes()
    for name, what in families.items():
        shown = cli("show", f"person-{name}", "--json", archive=hostile_archive)
        assert not LIVE.search(shown.out)
        assert shown.json["name"] == f"Evil {what}"
        assert {f["value"] for f in shown.json["facts"] if f["field"] == "rank"} == {
            f"Rank {what}",
            f"Other {what}",
        }


ARGUMENTS = [
    ["find", "\x1b[2J\x9b2J"],
    ["find", "x", "--from", "\x1b[2J"],
    ["find", "x", "--limit", "\x1b[2J"],
    ["find", "x", "--only", "\x1b[2J\u202e"],
    ["show", "\x1b]0;owned\x07"],
    ["list", "\x1b[2J\u202e"],
    ["\x1b[2J\u202e"],
    ["find", "--\x1b[2J"],
    ["check", "\x1b[2J\u202e"],
    ["--archive", "\x1b[2J\u202e", "list", "people"],
    ["find", b"\xff\xfe\x9b"],
    ["show", b"\xff\xfe\x9b"],
]


@pytest.mark.parametrize("words", ARGUMENTS, ids=ascii)
def test_arguments_come_back_harmless(cli: Callable[..., Any], words: list[Any]) -> None:
    done = cli(*words)
    assert done.code in (1, 2)
    assert not LIVE.search(done.out + done.err)
    again = cli(*words, "--json")
    assert again.code == done.code
    assert again.raw.isascii()
    for line in again.out.splitlines() + again.err.splitlines():
        if line.startswith("{"):
            json.loads(line)


def test_hostile_faults_and_file_names(
    cli: Callable[..., Any], hostile_archive: Path, families: dict[str, str], tmp_path: Path
) -> None:
    root = tmp_path / "archive"
    shutil.copytree(hostile_archive, root)
    (root / "events" / "\x1b[2J\u202e.toml").write_text(
        "[[event]]\nid = 'x'\n" + toml("\x1b[2J\x9b") + " = 1\n"
        f"title = {toml(families['csi'])}\ntype = {toml(families['title'])}\n"
    )
    (root / "events" / "broken.toml").write_text("[[event\x9b]]\n = \u202e\n")
    done = cli("check", archive=root)
    assert done.code == 1
    assert not LIVE.search(done.out + done.err)
    report = cli("check", "--json", archive=root)
    assert report.code == 1
    assert report.raw.isascii()
    assert any("\x1b[2J" in fault["file"] for fault in report.json["faults"])
    assert cli("list", "events", archive=root).code == 0


def test_formulas_are_text_in_csv(cli: Callable[..., Any], tmp_path: Path) -> None:
    import csv
    import io

    (tmp_path / "actors").mkdir()
    (tmp_path / "archive.toml").write_text('title = "T"\ndescription = "."\nformat = 1\n')
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "|calc", "plain"]
    (tmp_path / "actors" / "people.toml").write_text(
        "".join(
            f"[[person]]\nid = 'p-{n}'\nname = {toml(name)}\n[[person.outside]]\n"
            f"url = 'https://example.org/'\nname = {toml(name)}\n"
            for n, name in enumerate(names)
        )
    )
    done = cli("list", "people", "--csv", archive=tmp_path)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["name"] for row in rows} == {f"'{name}" for name in names[:-1]} | {"plain"}
    exact = {row["name"] for row in cli("list", "people", "--json", archive=tmp_path).json}
    assert exact == set(names)


@pytest.mark.parametrize(
    "query",
    [
        *("", "   ", "!!!", '"', "(", "AND", "NEAR(", "t:", "12:30", "O'Brien", "*", "^", "🙂"),
        *(".*+?[](){}|^$\\", "(" * 50_000, "alpha " * 20_000, "a" * 100_000),
    ],
    ids=lambda query: query[:12],
)
def test_any_query_is_taken_at_its_word(cli: Callable[..., Any], query: str) -> None:
    done = cli("find", "--json", "--", query)
    assert done.code in (0, 1) or (not query.strip() and done.code == 2)
    assert done.seconds < 45
    assert not LIVE.search(done.out + done.err)
