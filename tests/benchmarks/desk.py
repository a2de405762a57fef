"""Measure the desk from outside, in a pty, beside bare Textual apps on the same machine.

Run `uv run python tests/benchmarks/desk.py [--runs N] [--json]`. What is compared runs in turn, so
that a busy machine slows both alike. Ratios are what to read; milliseconds are this machine's.

Yardsticks: a Textual hello world (one Static) for the start, a bare Textual `Input` for a key.
Byte code is compiled beforehand for both; PYTHONDONTWRITEBYTECODE would measure the compiler.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import textual

import tui

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS, ROWS = 120, 36
QUIET = 0.04
"""Seconds without output after which a key counts as answered in full."""
FRAME_END = b"\x1b[?2026l"
NOT_FOR_PYTE = re.compile(rb"\x1b\[(?:[<=>][\d;]*[a-z]|\?[\d;]*\$p)")
QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
PAGE = os.sysconf("SC_PAGE_SIZE")
PANES = ("1 Timeline", "2 Actors", "3 Initiatives", "4 Reader")
FIND = ("extnded deterence", "kim yonghyun", "김용현", "2+2 meeting")

HELLO = """from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Hello, world")
Hello().run()
"""
BARE = """from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        box = Input()
        box.cursor_blink = False
        yield box
Bare().run()
"""


@dataclass
class Chunk:
    """Bytes that arrived together: seconds since the start, CPU seconds and memory by then."""

    at: float
    data: bytes
    cpu: float
    rss: int


@dataclass
class Reaction:
    """What one key cost: seconds to the first and the last complete frame, CPU seconds, frames."""

    first: float
    last: float
    cpu: float
    frames: int


@dataclass
class Played:
    """A program in a pty, with us as its terminal.

    Bytes are only stamped and kept while something is timed; they are drawn afterwards, so that
    the cost of drawing is no part of any figure. CPU is read from the process's own clock, which
    counts nanoseconds and the threads that have ended.
    """

    command: Sequence[str]
    environment: dict[str, str]
    chunks: list[Chunk] = field(default_factory=list)
    pid: int = 0
    descriptor: int = -1
    started: float = 0.0
    _tail: bytes = b""

    def __enter__(self) -> Played:
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if not self.pid:  # pragma: no cover - the child
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execvpe(self.command[0], list(self.command), self.environment)
            finally:
                os._exit(127)
        os.set_blocking(self.descriptor, False)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)

    def read(self, seconds: float) -> bool:
        """Take what arrives within some seconds; tell whether anything did."""
        if not select.select([self.descriptor], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError as error:
            raise SystemExit(f"{self.command[-1]} ended early:\n{self.text()}") from error
        at = time.perf_counter() - self.started
        whole = self._tail + data
        for mode in QUERY.findall(whole):
            known = b"2" if mode == b"2026" else b"0"
            os.write(self.descriptor, b"\x1b[?%b;%b$y" % (mode, known))
        partial = re.search(rb"\x1b(\[(\?\d*\$?)?)?\Z", whole)
        self._tail = partial[0] if partial else b""
        self.chunks.append(Chunk(at, data, self.cpu(), self.rss()))
        return True

    def settle(self, quiet: float = 0.3, limit: float = 30.0) -> None:
        """Read until nothing has come for some seconds, after a frame has."""
        end = time.perf_counter() + limit
        drawn = False
        while time.perf_counter() < end:
            if self.read(quiet):
                drawn = drawn or FRAME_END in self.chunks[-1].data
            elif drawn:
                return

    def rss(self) -> int:
        """Give the bytes that the process holds in memory now; 0 where it has ended."""
        with contextlib.suppress(OSError):
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE
        return 0

    def cpu(self) -> float:
        """Give the CPU seconds of the process so far; 0 where it has ended."""
        with contextlib.suppress(OSError):
            return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e9
        return 0.0

    def key(self, text: str) -> Reaction:
        """Send a key and wait for the answer in full; fails where nothing is drawn."""
        sent, cpu = time.perf_counter() - self.started, self.cpu()
        os.write(self.descriptor, text.encode())
        ends: list[float] = []
        limit = time.perf_counter() + 5.0
        while time.perf_counter() < limit:
            if self.read(QUIET):
                latest = self.chunks[-1]
                joined = self.chunks[-2].data[-7:] + latest.data
                if FRAME_END in joined:
                    ends.append(latest.at)
            elif ends:
                return Reaction(ends[0] - sent, ends[-1] - sent, self.cpu() - cpu, len(ends))
        raise SystemExit(f"no answer to {text!r}:\n{self.text()}")

    def frames(self) -> list[tuple[Chunk, str]]:
        """Draw what has arrived; give the screen after each complete frame, and its last chunk."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        found: list[tuple[Chunk, str]] = []
        rest = b""
        for chunk in self.chunks:
            *whole, rest = (rest + chunk.data).split(FRAME_END)
            for data in whole:
                stream.feed(NOT_FOR_PYTE.sub(b"", data))
                found.append((chunk, "\n".join(screen.display)))
        return found

    def text(self) -> str:
        """Give the screen as text after the last complete frame."""
        frames = self.frames()
        return frames[-1][1] if frames else repr(self.chunks[-1:])

    def first_whole(self) -> Chunk:
        """Give the chunk with which the screen first looked as it did once all was quiet."""
        frames = self.frames()
        return next(chunk for chunk, text in frames if text == frames[-1][1])


def environment(home: Path) -> dict[str, str]:
    """Give the children's environment: a plain terminal, folders of their own, byte code kept."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "READOUT", "TEXTUAL", "XDG"))
        and name not in ("NO_COLOR", "TERM_PROGRAM", "COLUMNS", "LINES", "LC_ALL")
    }
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "STATE")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **own}


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value at a share of the sorted values, by nearest rank."""
    return sorted(values)[round(share * (len(values) - 1))]


def middle(values: Sequence[float]) -> float:
    """Give the median."""
    return quantile(values, 0.5)


@dataclass
class Bench:
    """The programs compared, and the folder they live in."""

    home: Path
    figures: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.home / "hello.py").write_text(HELLO)
        (self.home / "bare.py").write_text(BARE)
        script = Path(sys.executable).with_name("readout")
        self.desk = [str(script)] if script.exists() else [sys.executable, "-m", "tui"]
        self.hello = [sys.executable, str(self.home / "hello.py")]
        self.bare = [sys.executable, str(self.home / "bare.py")]

    def start(self, command: Sequence[str], home: Path) -> tuple[Chunk, str]:
        """Start a program; give its first whole screen and what stood on it."""
        with Played(command, environment(home)) as played:
            played.settle()
            return played.first_whole(), played.text()

    def starts(self, runs: int, *, fresh: bool) -> None:
        """Compare the start of the desk with hello's, each run after the other."""
        name = "first run" if fresh else "warm"
        ours: list[Chunk] = []
        theirs: list[Chunk] = []
        if not fresh:
            self.start(self.desk, self.home)
            self.start(self.hello, self.home)
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder) if fresh else self.home
                theirs.append(self.start(self.hello, home)[0])
                chunk, text = self.start(self.desk, home)
                ours.append(chunk)
                check_filled(text)
        pairs = [a.at / b.at for a, b in zip(ours, theirs, strict=True)]
        self.figures |= {
            f"start {name}: desk ms": middle([c.at for c in ours]) * 1e3,
            f"start {name}: hello ms": middle([c.at for c in theirs]) * 1e3,
            f"start {name}: desk ÷ hello": middle(pairs),
            f"start {name}: desk ÷ hello, fastest": min(c.at for c in ours)
            / min(c.at for c in theirs),
            f"start {name}: least CPU ÷ hello": min(c.cpu for c in ours)
            / min(c.cpu for c in theirs),
            f"start {name}: RSS desk ÷ hello": middle([c.rss for c in ours])
            / middle([c.rss for c in theirs]),
        }

    def keys(self, rounds: int) -> None:
        """Compare keys of the desk with a letter typed into a bare Input."""
        found: dict[str, list[Reaction]] = {}
        for _ in range(rounds):
            with Played(self.bare, environment(self.home)) as bare:
                bare.settle()
                found.setdefault("input echo", []).extend(bare.key(c) for c in "abcde " * 9)
            with Played(self.desk, environment(self.home)) as desk:
                desk.settle()
                series(desk, found)
        echo = middle([r.first for r in found["input echo"]])
        echo95 = quantile([r.first for r in found["input echo"]], 0.95)
        echo_cpu = middle([r.cpu for r in found["input echo"]])
        for name, reactions in found.items():
            last = [r.last for r in reactions]
            self.figures |= {
                f"{name}: CPU ms a key": sum(r.cpu for r in reactions) / len(reactions) * 1e3,
                f"{name}: CPU p50 ÷ echo": middle([r.cpu for r in reactions]) / echo_cpu,
                f"{name}: paint p50 ms": middle(last) * 1e3,
                f"{name}: paint p95 ms": quantile(last, 0.95) * 1e3,
                f"{name}: p50 ÷ echo": middle(last) / echo,
                f"{name}: p95 ÷ echo": quantile(last, 0.95) / echo95,
                f"{name}: frames a key": sum(r.frames for r in reactions) / len(reactions),
            }

    def idle(self, seconds: float) -> None:
        """Leave the desk alone, then the open finder."""
        with Played(self.desk, environment(self.home)) as desk:
            desk.settle(1.0)
            for name, key in (("idle", ""), ("idle in find", "/")):
                if key:
                    desk.key(key)
                    desk.settle(1.5)
                cpu, before = desk.cpu(), len(desk.chunks)
                end = time.perf_counter() + seconds
                while (left := end - time.perf_counter()) > 0:
                    desk.read(left)
                written = sum(len(chunk.data) for chunk in desk.chunks[before:])
                self.figures |= {
                    f"{name}: bytes": written,
                    f"{name}: CPU %": (desk.cpu() - cpu) / seconds * 100,
                }


def series(desk: Played, found: dict[str, list[Reaction]]) -> None:
    """Press every kind of key on the desk, each answered before the next."""

    def press(name: str, keys: Sequence[str]) -> None:
        found.setdefault(name, []).extend(desk.key(key) for key in keys)

    desk.key("g")
    press("move", "j" * 42)
    press("pane", "\t" * 40)
    desk.key("/")
    desk.settle(1.0)
    desk.key("a")
    desk.settle(1.0)
    for query in FIND:
        desk.key("\x15")  # an empty line
        press("find letter", query)


def check_filled(text: str) -> None:
    """Refuse to time a desk whose panes are not filled."""
    rows = text.splitlines()
    wide = [sum(bool(row[a:b].strip(" │╭╮╰╯─")) for row in rows) for a, b in ((0, 50), (51, 88))]
    side = sum(bool(row[90:].strip(" │╭╮╰╯─")) for row in rows)
    missing = [pane for pane in PANES if pane not in text]
    if missing or min(*wide, side) < 20:
        raise SystemExit(f"not a filled desk, missing {missing}:\n{text}")


BUDGETS: dict[str, float] = {
    "start warm: desk ÷ hello": 1.0,
    "start first run: desk ÷ hello": 1.5,
    "start warm: RSS desk ÷ hello": 1.25,
    "move: CPU ms a key": 4.0,
    "move: p95 ÷ echo": 2.0,
    "pane: CPU ms a key": 4.0,
    "pane: p95 ÷ echo": 2.0,
    "find letter: CPU ms a key": 8.0,
    "find letter: p95 ÷ echo": 2.5,
    "find letter: frames a key": 1.0,
    "idle: bytes": 0.0,
    "idle: CPU %": 0.5,
    "idle in find: bytes": 0.0,
    "idle in find: CPU %": 0.5,
}


def report(figures: dict[str, float]) -> None:
    """Print every figure, with its budget and whether it holds."""
    for name, value in figures.items():
        budget = BUDGETS.get(name)
        verdict = "holds" if budget is None or round(value, 3) <= budget else "MISSED"
        print(f"{name:42} {value:9.3f}", "" if budget is None else f"  ≤ {budget:g}  {verdict}")


def main() -> None:
    """Run what is asked for and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=15, help="paired starts (15)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=("start", "keys", "idle"), action="append")
    options = parser.parse_args()
    only = options.only or ("start", "keys", "idle")
    for package in (tui, textual):
        compileall.compile_dir(str(Path(str(package.__file__)).parent), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        if "start" in only:
            bench.starts(options.runs, fresh=False)
            bench.starts(max(3, options.runs // 3), fresh=True)
        if "keys" in only:
            bench.keys(max(1, options.runs // 5))
        if "idle" in only:
            bench.idle(5.0)
    if options.json:
        print(json.dumps(bench.figures, indent=1))
    else:
        version = sys.version.split()[0]
        print(f"Python {version}, {os.cpu_count()} cores, {COLUMNS}×{ROWS}")
        print("byte code compiled beforehand, PYTHON* variables unset for the children\n")
        report(bench.figures)


if __name__ == "__main__":
    main()
