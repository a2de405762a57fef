"""What every contestant is to the bench, Readout among them. Standard library only.

A contestant is served by a process of its own (`serving.py`), so that its memory and its processor
time are its own; a program that is run for each query is waited for, and charged what it used.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Reply(NamedTuple):
    """The numbers of the lines found, the best first, and the milliseconds it took."""

    found: list[int]
    cpu: float
    wall: float
    peak_mb: float = 0.0


class Peer:
    """One way to search a file of passages."""

    name = ""
    shares = ""
    """The contestant whose index it asks, where that is not its own."""
    reads_everything = False
    """Reads the whole text for every query; it is asked a sample of them."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        self.corpus = corpus
        self.folder = folder

    @property
    def format(self) -> str:
        """Name what `build` makes; what is kept under another name is made anew."""
        return "1"

    @classmethod
    def absent(cls) -> str:
        """Say what is missing on this machine, or nothing."""
        return ""

    @classmethod
    def python(cls) -> str:
        """Give the Python that serves it."""
        return sys.executable

    def build(self) -> None:
        """Make what is kept in the folder, where there is anything to keep."""

    def load(self) -> None:
        """Import what it needs: not part of opening."""

    def open(self) -> None:
        """Get ready for queries."""

    def find(self, typed: str, most: int) -> list[int]:
        """Give the numbers of the best lines."""
        raise NotImplementedError

    def ask(self, typed: str, most: int) -> Reply:
        """Find, and tell what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        found = self.find(typed, most)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        return Reply(found, cpu * 1000, wall * 1000)

    def lines(self) -> list[str]:
        """Read all passages."""
        return self.corpus.read_text(encoding="utf8").split("\n")[:-1]


class Ran(NamedTuple):
    """What programs in a row wrote, and what they used together."""

    lines: list[bytes]
    cpu: float
    wall: float
    peak_mb: float


def run(commands: list[list[str]], corpus: Path | None, most: int) -> Ran:
    """Run programs, each reading what the one before writes; stop them when `most` lines came.

    The first reads the corpus, where it is given.
    """
    begun = time.perf_counter()
    children: list[subprocess.Popen[bytes]] = []
    stdin = os.open(os.devnull if corpus is None else corpus, os.O_RDONLY)
    for command in commands:
        child = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        os.close(stdin)
        assert child.stdout is not None
        stdin = os.dup(child.stdout.fileno())
        child.stdout.close()
        children.append(child)
    with os.fdopen(stdin, "rb") as last:
        lines = [line.rstrip(b"\n") for _, line in zip(range(most), last, strict=False)]
    cpu, peak = 0.0, 0
    for child in reversed(children):
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss)
    wall = time.perf_counter() - begun
    return Ran(lines, cpu * 1000, wall * 1000, peak / 1024)
