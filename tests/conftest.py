"""The archive that ships, and one that means harm: whatever shows text must act on no terminal."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tui.archive import Library, open_archive
from tui.search import Engine

SLOW = ("packaging", "terminal", "cli", "docs", "desk", "search")
"""The folders whose tests wait or start programs, the slowest first: what is short ends a run."""

CONTENT = Path(__file__).parents[1] / "content"

# How long an example takes says more about the machine's other work than about ours.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

FAMILIES = {
    "csi": "\x1b[2J\x1b[7777;7777H",
    "sgr": "\x1b[31;5;7777m",
    "alt-screen": "\x1b[?1049;7777h",
    "mouse": "\x1b[?1003;7777h",
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
    "c1-csi": "\x9b7777J",
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


def toml(text: str) -> str:
    """Write any text as a TOML string, in ASCII."""
    return '"' + "".join(c if 0x20 <= ord(c) < 0x7F and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'  # fmt: skip  # noqa: E501


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes long begin first, so that no worker is left with it at the end."""

    def order(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return SLOW.index(folder) if folder in SLOW else len(SLOW)

    items.sort(key=order)


def pytest_xdist_auto_num_workers() -> int:
    """Use more workers than cores: a test of the desk sleeps most of the time, after each key."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


@pytest.fixture(scope="session")
def shipped() -> Library:
    """Open the archive that ships."""
    return open_archive(CONTENT, cache=None)


@pytest.fixture(scope="session")
def engine(shipped: Library) -> Engine:
    """Open an engine on the archive that ships, in memory."""
    return Engine.open(shipped, cache=None)


@pytest.fixture(scope="session")
def families() -> dict[str, str]:
    """Give the hostile strings by what they try."""
    return FAMILIES


@pytest.fixture(scope="session")
def hostile_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
