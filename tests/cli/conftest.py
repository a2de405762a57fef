"""Run the command line as a person does: a process of its own, with a cache of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = "find show listing check drafts passage promises index".split()  # noqa: SIM905


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str
    raw: bytes
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err.splitlines()[-1])["error"]


Cli = Callable[..., Done]

# Each command is a process of its own that ends as any does: a copy of one that has already
# imported what commands need, which is most of what a command costs.
_NURSERY = f"""
import importlib, json, os, sys
import tui.__main__, tui.cli
import pyroaring, rapidfuzz.distance, pydantic_core, tomllib
for name in {COMMANDS}:
    importlib.import_module(f"tui.commands.{{name}}")
for line in sys.stdin.buffer:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        break
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(1, b"%d\\n" % status)
else:
    os._exit(0)
for number, name in enumerate(("stdin", "stdout", "stderr")):
    flags = os.O_RDONLY if name == "stdin" else os.O_WRONLY
    file = os.open(os.path.join(asked["folder"], name), flags)
    os.dup2(file, number)
    os.close(file)
sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
os.environ.clear()
os.environ.update(asked["environment"])
os.chdir(asked["cwd"])
sys.argv = ["readout", *asked["words"]]
sys.exit(tui.__main__.main())
"""


class Nursery:
    """Runs commands, one after the other."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._server = subprocess.Popen(
            [sys.executable, "-c", _NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=environment,
        )  # fmt: skip

    def run(
        self, words: tuple[str | bytes, ...], stdin: bytes, environment: dict[str, str], cwd: Path
    ) -> tuple[int, bytes, bytes]:
        """Give the exit code, what was written to standard output, and to standard error."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        for name, data in (("stdin", stdin), ("stdout", b""), ("stderr", b"")):
            (self._folder / name).write_bytes(data)
        asked = {
            "words": [os.fsdecode(word) for word in words], "environment": environment,
            "folder": str(self._folder), "cwd": str(cwd),
        }  # fmt: skip
        self._server.stdin.write(json.dumps(asked).encode() + b"\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        out, err = ((self._folder / name).read_bytes() for name in ("stdout", "stderr"))
        return code, out, err

    def close(self) -> None:
        """Take no more commands."""
        self._server.communicate()


@pytest.fixture(scope="session")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    cache = tmp_path_factory.mktemp("cache")
    known: dict[tuple[str | bytes, ...], Done] = {}
    there = {
        key: value
        for key, value in os.environ.items()
        if key not in ("NO_COLOR", "READOUT_ARCHIVE", "COLUMNS")
    }
    there |= {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    nursery = Nursery(tmp_path_factory.mktemp("streams"), there) if hasattr(os, "fork") else None

    def remembered(*words: str | bytes, **more: Any) -> Done:
        """Run a plain question over the shipped archive only once."""
        if more:
            return run(*words, **more)
        if words not in known:
            known[words] = run(*words)
        return known[words]

    def run(
        *words: str | bytes, archive: Path | None = None, stdin: bytes = b"", **env: str
    ) -> Done:
        began = time.monotonic()
        mine = there | env
        if archive is not None:
            mine["READOUT_ARCHIVE"] = str(archive)
        if nursery is not None:
            code, out, err = nursery.run(words, stdin, mine, cache)
        else:
            done = subprocess.run(
                [sys.executable, "-m", "tui", *words], input=stdin, capture_output=True, env=mine,
                cwd=cache, timeout=60, check=False,
            )  # fmt: skip
            code, out, err = done.returncode, done.stdout, done.stderr
        assert b"Traceback" not in err, err.decode()
        return Done(code, out.decode(), err.decode(), out + err, time.monotonic() - began)

    yield remembered
    if nursery is not None:
        nursery.close()
