"""An archive that means harm: nothing in it acts on the terminal, nothing in it is lost."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAMILIES = {
    "csi": "\x1b[2J\x1b[H",
    "sgr": "\x1b[31;5m",
    "alt-screen": "\x1b[?1049h",
    "mouse": "\x1b[?1003h",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "dcs": "\x1bPq#0\x1b\\",
    "apc": "\x1b_G\x1b\\",
    "pm": "\x1b^x\x1b\\",
    "sos": "\x1bXx\x1b\\",
    "reset": "\x1bc",
    "save": "\x1b7\x1b8",
    "charset": "\x1b(0\x0e\x0f",
    "bell": "\x07\x08\x08",
    "delete": "\x7f\x7f",
    "c1-csi": "\x9b2J",
    "c1-osc": "\x9d0;owned\x9c",
    "c1-dcs": "\x90q\x9c",
    "bidi": "\u202eevil\u2066\u2069\u061c\u200f",
    "invisible": "a\u200bb\u2060\u00ad\ufeff",
    "tags": "\U000e0041\U000e0042",
    "zalgo": "z" + "\u0301" * 300,
    "lines": "one\u2028two\u2029three\x85four",
    "paste": "\x1b[201~",
    "markup": "[/foo] [@click=app.quit]x[/] [citation needed]",
}
LIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]|(?:[\u0300-\u036f]{9})"
)


def toml(text: str) -> str:
    """Write any text as a TOML string, in ASCII."""
    return '"' + "".join(c if 0x20 <= ord(c) < 0x7F and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'  # fmt: skip  # noqa: E501


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hostile")
    for folder in ("sources", "events", "actors", "initiatives", "notes"):
        (root / folder).mkdir()
    bad = "".join(FAMILIES.values())
    (root / "archive.toml").write_text(
        f"title = {toml('Evil ' + bad)}\ndescription = {toml(bad)}\nformat = 1\n"
    )
    lines = [f"Sentence {name} says {what} here." for name, what in FAMILIES.items()]
    text = "\n\n".join(lines)
    raw = text.encode()
    (root / "sources" / "evil.txt").write_bytes(raw)
    (root / "sources" / "evil.toml").write_text(
        f"name = {toml('Name ' + bad)}\nsha256 = '{hashlib.sha256(raw).hexdigest()}'\n"
        f"[[stated]]\nquote = {toml(lines[0])}\ntitle = {toml('Title ' + bad)}\n"
        f"[[outside]]\nurl = 'https://example.org/'\nwhy = {toml(bad)}\n"
        f"publisher = {toml(bad)}\nauthor = {toml(bad)}\n"
    )
    people, events, notes = [], [], []
    for (name, what), line in zip(FAMILIES.items(), lines, strict=True):
        people.append(
            f"[[person]]\nid = 'person-{name}'\nname = {toml('Evil ' + what)}\n"
            f"[[person.stated]]\nsource = 'evil'\nquote = {toml(line)}\n"
            f"name = {toml('Evil ' + what)}\nrank = {toml('Rank ' + what)}\n"
            f"[[person.inferred]]\nwhy = {toml(what)}\n"
            f"from = [{{ source = 'evil', quote = {toml(line)} }}]\n"
            f"rank = {toml('Other ' + what)}\noffice = {toml('Office ' + what)}\n"
        )
        events.append(
            f"[[event]]\nid = 'event-{name}'\ntitle = {toml('Event ' + what)}\ntype = 'meeting'\n"
            f"[[event.stated]]\nsource = 'evil'\nquote = {toml(line)}\n"
            f"date_text = {toml(what)}\nplace = {toml(what)}\nstatus = 'planned'\n"
            f"actor = [{{ id = 'person-{name}', role = {toml(what)}, verb = {toml(what)} }}]\n"
        )
        notes.append(
            f"[[note]]\nsource = 'evil'\nquote = {toml(line)}\nkind = 'slip'\n"
            f"text = {toml(what)}\nmeant = {toml(what)}\nabout = ['person-{name}']\n"
            f"[[disagreement]]\nabout = 'person-{name}'\nfield = 'rank'\nverdict = {toml(what)}\n"
        )
    (root / "actors" / "people.toml").write_text("\n".join(people))
    (root / "events" / "events.toml").write_text("\n".join(events))
    (root / "notes" / "notes.toml").write_text("\n".join(notes))
    return root


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
def test_nothing_live_is_written(cli: Callable[..., Any], hostile: Path, words: list[str]) -> None:
    done = cli(*words, archive=hostile)
    assert done.code in (0, 1), done.err
    assert not LIVE.search(done.out + done.err)
    assert done.out


def test_the_archive_is_sound(cli: Callable[..., Any], hostile: Path) -> None:
    report = cli("check", "--json", archive=hostile).json
    assert [fault for fault in report["faults"] if not fault["warning"]] == []
    assert report["skipped"] == 0


def test_json_is_ascii_and_loses_nothing(cli: Callable[..., Any], hostile: Path) -> None:
    done = cli("show", "evil", "--json", archive=hostile)
    assert done.raw.isascii()
    assert done.json["text"].encode() == (hostile / "sources" / "evil.txt").read_bytes()
    for name, what in FAMILIES.items():
        shown = cli("show", f"person-{name}", "--json", archive=hostile)
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
    cli: Callable[..., Any], hostile: Path, tmp_path: Path
) -> None:
    root = tmp_path / "archive"
    shutil.copytree(hostile, root)
    (root / "events" / "\x1b[2J\u202e.toml").write_text(
        "[[event]]\nid = 'x'\n" + toml("\x1b[2J\x9b") + " = 1\n"
        f"title = {toml(FAMILIES['csi'])}\ntype = {toml(FAMILIES['title'])}\n"
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
    assert done.seconds < 10
    assert not LIVE.search(done.out + done.err)
