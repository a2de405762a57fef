"""The wheel: it carries the archive, and works installed, in another folder, for a new user."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = "Scripts" if os.name == "nt" else "bin"


def uv(*words: str, cwd: Path) -> None:
    """Run uv, wherever it is: what runs these tests, on the path, or a package of this Python."""
    at = os.environ.get("UV") or shutil.which("uv")
    if not at:
        assert importlib.util.find_spec("uv"), "uv is needed: pip install uv"
    command = [at] if at else [sys.executable, "-m", "uv"]
    keep = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(
        [*command, *words], cwd=cwd, env=keep, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"uv {' '.join(words)}\n{done.stderr}"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--quiet", "--out-dir", str(out), str(ROOT), cwd=out)
    (built,) = out.glob("*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """Readout in an environment of its own, and the bare folders of a person who never ran it."""

    bin: Path
    home: Path
    elsewhere: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        env = {
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "PATH": str(self.bin),
            "PYTHONUTF8": "1",
        } | {k: v for k, v in os.environ.items() if k == "SYSTEMROOT"}
        return subprocess.run(
            [self.bin / "readout", *words],
            cwd=self.elsewhere,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("installed")
    for name in ("home", "elsewhere"):
        (base / name).mkdir()
    venv = base / "venv"
    uv("venv", "--quiet", "--python", sys.executable, str(venv), cwd=base)
    uv("pip", "install", "--quiet", "--python", str(venv), str(wheel), cwd=base)
    return Installed(venv / BIN, base / "home", base / "elsewhere")


def carried(folder: str) -> set[str]:
    """Give the files of a folder as git would ship them, hidden ones left out."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_wheel_carries_content_and_styles_and_only_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = [name for name in opened.namelist() if not name.endswith("/")]
        for shipped in sorted(carried("content") | carried("styles")):
            assert opened.read(f"tui/_data/{shipped}") == (ROOT / shipped).read_bytes(), shipped
    tops = {PurePosixPath(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tui"}
    assert len(tops) == 2
    data = {PurePosixPath(name).parts[2] for name in names if name.startswith("tui/_data/")}
    assert data == {"content", "styles"}
    assert not [name for name in names if name.endswith((".pyc", ".lock"))]
    assert "tui/__main__.py" in names


def test_installed_it_checks_lists_and_finds_from_any_folder(installed: Installed) -> None:
    check = installed.run("check")
    assert check.returncode == 0, check.stdout + check.stderr
    assert ": 0 faults\n5 sources · " in check.stdout

    listed = installed.run("list", "events", "--json")
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout)) > 40

    found = installed.run("find", "extnded deterence", "--json")
    assert found.returncode == 0, found.stderr
    answer = json.loads(found.stdout)
    assert answer["records"][0]["id"] == "extended-deterrence"
    assert {hit["source"] for hit in answer["passages"]} >= {"art-001", "art-003"}

    assert not list(installed.elsewhere.iterdir()), "a command wrote into the folder it was run in"


def test_installed_without_a_terminal_it_refuses_and_says_what_prints(installed: Installed) -> None:
    done = installed.run()
    assert done.returncode == 2
    assert not done.stdout
    assert "readout find" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_editable_install_leaves_no_copy_of_content_behind(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    uv("venv", "--quiet", "--python", sys.executable, str(venv), cwd=tmp_path)
    uv("pip", "install", "--quiet", "--no-deps", "--python", str(venv), "--editable", str(ROOT),
       cwd=tmp_path)  # fmt: skip
    (record,) = venv.rglob("readout_tui-*.dist-info/RECORD")
    left = [line.split(",")[0] for line in record.read_text(encoding="utf-8").splitlines()]
    assert any(name.endswith(".pth") for name in left)
    assert not [name for name in left if name.endswith((".toml", ".txt", ".tcss"))
                and "dist-info" not in name]  # fmt: skip
    assert not list(venv.rglob("_data"))
    assert not list(venv.rglob("archive.toml"))
