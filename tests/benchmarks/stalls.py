"""Measure how long the screen's thread is held up while a person types into the finder.

    uv run python tests/benchmarks/stalls.py --corpus FILE [--cache DIR] [--pace MS] [--switch MS …]

A loop like the screen's wakes up every millisecond and notes by how much it is late, while another
thread answers queries that are typed letter by letter, with slips in them. A stall is what comes on
top of the lateness that the same loop shows beside a thread that only computes without Python's
lock (`quiet`), so that a busy machine counts for nothing. `open` are the stalls while a kept index
is opened, `first` those of the first queries of all, when the structures of an index are made
that are made once. `--switch` compares switch intervals, each in a process of its own, and says
what the searches then cost. The desk sets one of half a millisecond (`desk/screens/searching.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from searching.corpus import Corpus, Lines
from searching.queries import typo

from tui.search import CancelledError, Engine
from tui.search.fold import fold, words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library

WARMING = 3
"""Queries that count as the first ones."""


def queries(lines: Lines, count: int, seed: int) -> list[str]:
    """Pick three words of a line, two of them with a slip."""
    chance = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        words = [w for w in words_in(fold(lines[chance.randrange(len(lines))])) if len(w) > 4]
        if len(words) > 4:
            some = chance.sample(words, 3)
            found.append(" ".join((some[0], typo(chance, some[1]), typo(chance, some[2]))))
    return found


async def late(done: threading.Event) -> list[float]:
    """Wake up every millisecond until done; give how late, in milliseconds."""
    found = []
    while not done.is_set():
        begun = time.perf_counter()
        await asyncio.sleep(0.001)
        found.append((time.perf_counter() - begun) * 1000 - 1.0)
    return found


def beside(work: Callable[[], None]) -> list[float]:
    """Watch the loop while a thread works."""
    done = threading.Event()

    def run() -> None:
        try:
            work()
        finally:
            done.set()

    thread = threading.Thread(target=run)
    thread.start()
    found = asyncio.run(late(done))
    thread.join()
    return found


def share(values: list[float], part: float) -> float:
    """Give the value that so large a part lies below."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


class Typing:
    """Types queries into an engine, letter by letter, and notes what each search cost."""

    def __init__(self, engine: Engine, pace: float) -> None:
        self._engine = engine
        self._pace = pace
        self.took: list[float] = []
        self.dropped = 0

    def type(self, texts: list[str]) -> None:
        """Search for each beginning of each text, a new one every so many seconds."""
        for text in texts:
            for end in range(1, len(text) + 1):
                due = time.perf_counter() + self._pace
                begun = time.thread_time()
                try:
                    self._engine.find(
                        text[:end],
                        limit=50,
                        cancelled=lambda due=due: bool(self._pace) and time.perf_counter() > due,  # type: ignore[misc]
                    )
                except CancelledError:
                    self.dropped += 1
                self.took.append((time.thread_time() - begun) * 1000)
                time.sleep(max(0.0, due - time.perf_counter()))


def compute(seconds: float) -> None:
    """Keep a processor busy without Python's lock."""
    data = bytes(1 << 20)
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        zlib.crc32(data)


def measure(corpus: Path, cache: Path, pace: float, count: int, seed: int) -> dict[str, Any]:
    """Measure one switch interval: the process's own."""
    library = cast("Library", Corpus(corpus))
    texts = queries(Lines(corpus), count + WARMING, seed)
    opened: list[Engine] = []
    opening = beside(lambda: opened.append(Engine.open(library, cache=cache)))
    gc.collect()
    gc.freeze()
    typing = Typing(opened[0], pace)
    first = beside(lambda: typing.type(texts[:WARMING]))
    typing.took.clear()
    quiet, found = [], []
    for at in range(WARMING, len(texts), 5):  # in turns: the machine is not the same all the time
        begun = time.perf_counter()
        found += beside(lambda at=at: typing.type(texts[at : at + 5]))  # type: ignore[misc]
        took = time.perf_counter() - begun
        quiet += beside(lambda took=took: compute(min(2.0, took)))  # type: ignore[misc]
    return {
        "switch_ms": sys.getswitchinterval() * 1000,
        "ticks": len(found),
        "quiet_p50": share(quiet, 0.5),
        "quiet_p99": share(quiet, 0.99),
        "p50": share(found, 0.5),
        "p99": share(found, 0.99),
        "p999": share(found, 0.999),
        "worst": max(found),
        "open_worst": max(opening),
        "first_worst": max(first),
        "search_cpu_p50": share(typing.took, 0.5),
        "search_cpu_p95": share(typing.took, 0.95),
        "dropped": typing.dropped,
    }


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--pace", type=float, default=0.0, help="milliseconds a letter; 0: no rest")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--switch", type=float, nargs="+", default=[5.0, 1.0, 0.5])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = chosen.cache or Path(folder)
        if chosen.one:
            sys.setswitchinterval(chosen.switch[0] / 1000)
            pace = chosen.pace / 1000
            found = measure(chosen.corpus, cache, pace, chosen.count, chosen.seed)
            print(json.dumps(found))
            return
        Engine.open(cast("Library", Corpus(chosen.corpus)), cache=cache)
        for switch in chosen.switch:
            command = [sys.executable, __file__, "--one", "--switch", str(switch)]
            command += ["--corpus", str(chosen.corpus), "--cache", str(cache)]
            command += ["--pace", str(chosen.pace), "--count", str(chosen.count)]
            command += ["--seed", str(chosen.seed)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found = json.loads(done.stdout)
            print("  ".join(f"{name} {value:.2f}" for name, value in found.items()), flush=True)


if __name__ == "__main__":
    main()
