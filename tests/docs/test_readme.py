"""The documents tell the truth: keys, commands, dependencies, links, and what git carries."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tui.cli import KINDS, VERBS
from tui.desk.keys import DESK_KEYS
from tui.desk.screens.help import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Put together from pieces, for this file is looked through as well.
FOREIGN = {
    "a path of a machine": rf"(?<![\w.])/{'(?:work|farm)'}/",
    "a package registry": "|".join(
        (r"\bpypi\." + "org", "python" + "hosted", r"https?://[^\s\"'<>]+/sim" + r"ple\b")
    ),
}
LINES = 400


def section(text: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def table(text: str) -> Iterator[list[str]]:
    """Give the cells of the rows below a table's head."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) > 2
    return ([cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:])


def commands() -> list[str]:
    """Give every readout command that the README shows, as it is printed."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    lines = [part.strip() for block in blocks for part in re.split(r"\n|&&", block)]
    shown = [line.removeprefix("uv run ") for line in lines]
    shown += re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", README, flags=re.M | re.S))
    return sorted({words for words in shown if re.match(r"readout(?: |$)", words)})


def tracked() -> list[Path]:
    """Give the files that git carries; of a download without git, the files that are there."""
    if (ROOT / ".git").exists():
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
        )
        names = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        folders = ("tui", "content", "styles", "tests", ".ci")
        names = [p for folder in folders for p in (ROOT / folder).rglob("*")]
        names += [p for p in ROOT.iterdir() if p.suffix in (".md", ".toml", ".py")]
    return [path for path in names if path.is_file() and "__pycache__" not in path.parts]


def test_every_key_stands_in_the_readme_and_no_other() -> None:
    listed = [
        key
        for row in table(section(README, "Keys"))
        for cell in row[::2]
        for key in re.findall(r"`([^`]+)`", cell)
    ]
    bound = [NAMES.get(key, key) for binding in DESK_KEYS for key in binding.key.split(",")]
    assert sorted(listed) == sorted(bound)


def test_every_command_and_option_stands_in_the_readme() -> None:
    pipe = section(README, "From a pipe")
    first = [row[0] for row in table(pipe)]
    offered: set[str] = set()
    for verb in VERBS:
        assert any(cell.startswith(f"`readout {verb}") for cell in first), verb
        words = subprocess.run(
            [sys.executable, "-m", "tui", verb, "--help"],
            cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
        ).stdout  # fmt: skip
        options = set(re.findall(r"--[a-z]+", words)) - {"--help"}
        offered |= options
        for option in options:
            assert f"`{option}" in README or f"readout {option}" in README, (verb, option)
    for kind in KINDS:
        assert re.search(rf"\b{kind}\b", pipe), kind
    for option in re.findall(r"`(--[a-z]+)`", pipe):
        assert option in offered, option


def blocks(text: str) -> list[str]:
    """Give the blocks of code in a section."""
    return re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the archive of the README in it: one source, nothing recorded yet."""
    there = tmp_path_factory.mktemp("readme")
    sources = there / "my-archive" / "sources"
    sources.mkdir(parents=True)
    (there / "brief.md").write_text(blocks(section(README, "Check a draft"))[0], encoding="utf-8")
    (there / "my-archive" / "archive.toml").write_text('title = "Mine"\nformat = 1\n')
    text = b"The ministers met in Seoul.\n"
    (sources / "brief.txt").write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    (sources / "brief.toml").write_text(f'name = "Brief"\nsha256 = "{digest}"\n')
    return there


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_runs(command: str, folder: Path) -> None:
    words = shlex.split(command)[1:]
    opens_the_desk = not set(words) & set(VERBS) or "--open" in words
    faulty = "brief.md" in words
    env = {k: v for k, v in os.environ.items() if k != "READOUT_ARCHIVE"}
    env |= {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    expected = 2 if opens_the_desk else int(faulty)
    assert done.returncode == expected, done.stdout + done.stderr
    if opens_the_desk:  # without a terminal it says what prints, and nothing is wrong but that
        assert "terminal" in done.stderr
    else:
        assert done.stdout.strip()
    if faulty and not opens_the_desk:
        assert done.stdout == blocks(section(README, "Check a draft"))[1]


def test_the_two_commands_of_the_first_screen_exist() -> None:
    first = README.split("\n## ")[0]
    assert "pip install uv && uv run readout" in first
    assert "pip install uv && uv run pytest" in first
    assert PROJECT["project"]["scripts"] == {"readout": "tui.__main__:main"}
    assert any(need.startswith("pytest>") for need in PROJECT["dependency-groups"]["dev"])


def test_contributing_says_why_of_every_dependency() -> None:
    explained = " ".join(row[0] for row in table(section(CONTRIBUTING, "Dependencies")))
    names = set(re.findall(r"[\w-]+", explained.casefold()))
    for need in PROJECT["project"]["dependencies"]:
        name = re.split(r"[\s<>=!~;\[]", need, maxsplit=1)[0].casefold()
        assert name in names, name


def test_the_changelog_has_a_section_for_what_is_here() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.escape(PROJECT["project"]["version"])
    assert re.search(rf"^## \[(?:Unreleased|{version})\]", changes, re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_a_link_inside_the_repository_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?:|#", target):
            assert (ROOT / unquote(target.split("#")[0])).exists(), target


def test_git_carries_no_lock_file_and_nothing_of_one_machine() -> None:
    files = tracked()
    assert len(files) > 100
    found = []
    for path in files:
        if path.suffix == ".lock":
            found.append(f"{path.relative_to(ROOT)}: a lock file")
        text = path.read_bytes().decode("utf-8", errors="replace")
        for what, pattern in FOREIGN.items():
            if hit := re.search(pattern, text):
                found.append(f"{path.relative_to(ROOT)}: {what}: {hit[0]}")
    assert not found


def test_no_file_of_the_package_is_two_things() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "tui").rglob("*.py")
        if (count := len(path.read_bytes().splitlines())) > LINES
    }
    assert long == {}
