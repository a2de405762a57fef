"""Run the command line as a person does: a process of its own, with a cache of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.fixture(scope="session")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    cache = tmp_path_factory.mktemp("cache")
    known: dict[tuple[str | bytes, ...], Done] = {}

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
        there = {
            key: value
            for key, value in os.environ.items()
            if key not in ("NO_COLOR", "READOUT_ARCHIVE", "COLUMNS")
        }
        there |= {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | env
        if archive is not None:
            there["READOUT_ARCHIVE"] = str(archive)
        done = subprocess.run(
            [sys.executable, "-m", "tui", *words],
            input=stdin,
            capture_output=True,
            env=there,
            cwd=cache,
            timeout=60,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        out, err = done.stdout.decode(), done.stderr.decode()
        return Done(done.returncode, out, err, done.stdout + done.stderr, time.monotonic() - began)

    return remembered
