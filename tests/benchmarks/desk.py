"""Measure the desk from outside, in a pty, beside bare Textual apps on the same machine.

Run `uv run python tests/benchmarks/desk.py [--runs N] [--json]`, and with `--events 100000` (or
`--archive DIR`) on an archive of very many events; `--only render` gives what drawing alone costs,
the screen in the same process and no terminal, `--only memory` what it holds after each stage of a
tour through everything, and how much more that is than with the archive that ships. What is
compared runs in turn, so that a busy machine slows both alike. Ratios are what to read;
milliseconds are this machine's.

Yardsticks: a Textual hello world (one Static) for the start, a bare Textual `Input` for a key.
Byte code is compiled beforehand for both; PYTHONDONTWRITEBYTECODE would measure the compiler.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import textual
from playing import COLUMNS, ROWS, Chunk, Played, Reaction, environment, middle, quantile
from remembering import LAST, tour

import tui

if TYPE_CHECKING:
    from collections.abc import Sequence

PANES = ("1 Timeline", "2 Actors", "3 Initiatives", "4 Reader")
STAGES = ("start", "keys", "idle", "render", "memory")
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
class Bench:
    """The programs compared, and the folder they live in."""

    home: Path
    archive: Path | None = None
    figures: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.home / "hello.py").write_text(HELLO)
        (self.home / "bare.py").write_text(BARE)
        script = Path(sys.executable).with_name("readout")
        self.desk = [str(script)] if script.exists() else [sys.executable, "-m", "tui"]
        self.shipped = list(self.desk)
        if self.archive is not None:
            self.desk += ["--archive", str(self.archive)]
        self.hello = [sys.executable, str(self.home / "hello.py")]
        self.bare = [sys.executable, str(self.home / "bare.py")]

    def make(self, events: int) -> None:
        """Make an archive of very many events and compile it."""
        here, archive = Path(__file__).parent, self.home / "archive"
        maker = [sys.executable, str(here / "many_events.py"), str(archive)]
        subprocess.run([*maker, "--events", str(events)], check=True)
        self.archive = archive
        self.desk += ["--archive", str(archive)]

    def compile(self) -> None:
        """Compile the archive beforehand, so that every start is a warm one."""
        code = "import sys; from pathlib import Path; from tui.archive import open_archive as o; "
        code += "o(Path(sys.argv[1]))"
        command = [sys.executable, "-c", code, str(self.archive)]
        began = time.perf_counter()
        subprocess.run(command, check=True, env=environment(self.home))
        self.figures["compile: s"] = time.perf_counter() - began

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
                if self.archive is not None:
                    many(desk, found)
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

    def render(self) -> None:
        """Measure what drawing costs alone."""
        command = [sys.executable, str(Path(__file__).with_name("rendering.py"))]
        command += [] if self.archive is None else [str(self.archive)]
        done = subprocess.run(command, check=True, env=environment(self.home), capture_output=True)
        self.figures |= json.loads(done.stdout)

    def memory(self) -> None:
        """Take a tour of the desk; of a large archive, say what it holds more than the shipped."""
        subprocess.run([*self.desk, "index"], check=True, env=environment(self.home))
        found = tour(self.desk, environment(self.home))
        if self.archive is None:
            less = {stage: dict.fromkeys(held, 0.0) for stage, held in found.items()}
        else:
            less = tour(self.shipped, environment(self.home))
        more = "" if self.archive is None else " more"
        for stage, held in found.items():
            for part, amount in held.items():
                name = f"memory {stage}: MB {part}{more}"
                self.figures[name] = amount - less[stage][part]


def series(desk: Played, found: dict[str, list[Reaction]]) -> None:
    """Press every kind of key on the desk, each answered before the next."""

    def press(name: str, keys: Sequence[str]) -> None:
        found.setdefault(name, []).extend(desk.key(key) for key in keys)

    desk.send("g")
    press("move", "j" * 42)
    press("pane", "\t" * 40)
    desk.key("/")
    desk.settle(1.0)
    desk.key("a")
    desk.settle(1.0)
    for query in FIND:
        desk.key("\x15")  # an empty line
        press("find letter", query)


def many(desk: Played, found: dict[str, list[Reaction]]) -> None:
    """Press the keys whose cost may grow with the number of events."""

    def press(name: str, keys: Sequence[str]) -> None:
        found.setdefault(name, []).extend(desk.key(key) for key in keys)

    desk.send("\x1b")
    press("page", "\x04" * 12)
    press("first and last", "Gg" * 5)
    to_date(desk, found, "go to date")
    desk.send("3")  # through an initiative
    press("lens", "fF" * 4)
    desk.send("1")
    for key in "gvVVVg":  # each grouping is sorted once
        desk.send(key)
    press("lanes: earlier and later", "l" * 10 + "h" * 10)
    press("lanes: up and down", "j" * 10 + "k" * 10)
    press("lanes: zoom", "+" * 8 + "-" * 8)
    press("lanes: group", "V" * 6)
    to_date(desk, found, "lanes: go to date")


def to_date(desk: Played, found: dict[str, list[Reaction]], name: str) -> None:
    """Go to some dates; only the key that goes there counts."""
    for year in (1955, 1971, 1988, 2003, 2019):
        for key in f"d{year}":
            desk.key(key)
        found.setdefault(name, []).append(desk.key("\r"))


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
    f"memory {LAST}: MB all more": 200.0,
    f"memory {LAST}: MB most more": 200.0,
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
    parser.add_argument("--only", choices=STAGES, action="append")
    parser.add_argument("--events", type=int, help="make an archive of so many events")
    parser.add_argument("--archive", type=Path, help="measure on this archive")
    options = parser.parse_args()
    only = options.only or STAGES
    for package in (tui, textual):
        compileall.compile_dir(str(Path(str(package.__file__)).parent), quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.archive)
        if options.events:
            bench.make(options.events)
        if bench.archive is not None:
            bench.compile()
        if "start" in only:
            bench.starts(options.runs, fresh=False)
            if bench.archive is None:
                bench.starts(max(3, options.runs // 3), fresh=True)
        if "keys" in only:
            bench.keys(max(1, options.runs // 5))
        if "idle" in only:
            bench.idle(5.0)
        if "render" in only:
            bench.render()
        if "memory" in only:
            bench.memory()
    if options.json:
        print(json.dumps(bench.figures, indent=1))
    else:
        version = sys.version.split()[0]
        print(f"Python {version}, {os.cpu_count()} cores, {COLUMNS}×{ROWS}")
        print("byte code compiled beforehand, PYTHON* variables unset for the children\n")
        report(bench.figures)


if __name__ == "__main__":
    main()
