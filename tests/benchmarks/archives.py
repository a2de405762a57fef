"""Measure archives that are huge, and that change: compile, open, edit one source, find.

    uv run python tests/benchmarks/archives.py [SHAPE …] [--passages N] [--json] [--keep DIR]

Every archive is the shipped one with generated sources (and events) beside it, in a temporary
folder. A process opens archive and index and finds a sentence: with an empty cache, with a full
one, after one source was edited before it started, and after one was edited while it ran. What was
there before must not be found. The table gives wall and CPU seconds of each stage, how many
sources were compiled, and the most memory that the process ever held.

    sources   N passages, 64 to a source              small   N sources of one passage
    events    N events, each with its quote, in sources of 64 sentences
    line      one line of 10 MB                       stops   10 MB of ". "
    lines     1,000,000 lines in one source
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT = Path(__file__).resolve().parents[2] / "content"
SHAPES = ("sources", "small", "events", "line", "stops", "lines")
_FORMAT = argparse.RawDescriptionHelpFormatter
A_SOURCE = 64
A_FILE = 1_000
MARKED = "Quartermaster zebrafinch lanterns arrived in Pyeongtaek."
CHANGED = "Quartermaster okapi hammocks arrived in Pyeongtaek."
_SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so"]
_SYLLABLES += ["tu", "va", "we", "xi", "yo", "zu", "tran", "ment", "ster", "gar"]
_NAMED = ("Lloyd Austin", "South Korea", "NCG", "Freedom Shield", "Kim Yong-hyun", "the US")


class Sentences:
    """Sentences of made-up words, common ones often, with a name in every third."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        make = self._chance.choices
        self._words = ["".join(make(_SYLLABLES, k=1 + n % 4)) for n in range(30_000)]

    def __iter__(self) -> Iterator[str]:
        chance, words = self._chance, self._words
        number = 0
        while True:
            number += 1
            picked = [words[int(len(words) * chance.random() ** 4)] for _ in range(19)]
            if number % 3 == 0:
                picked[7] = _NAMED[number // 3 % len(_NAMED)]
            yield f"In {number:,} {' '.join(picked)}."


def build(root: Path, shape: str, count: int, seed: int = 1) -> None:
    """Make an archive of a shape; `MARKED` stands in its source `edited`."""
    copytree(CONTENT, root)
    sentences = iter(Sentences(seed))
    source(root, "edited", f"{next(sentences)}\n{MARKED}\n{next(sentences)}\n")
    if shape == "line":
        text = " ".join(next(sentences) for _ in range(72_000))
        source(root, "long", text[:10_000_000] + "\n")
    elif shape == "stops":
        source(root, "long", ". " * 5_000_000)
    elif shape == "lines":
        source(root, "long", "".join(f"Line {n} ends.\n" for n in range(1_000_000)))
    else:
        each = 1 if shape == "small" else A_SOURCE
        events: list[str] = []
        for number in range(0, count, each):
            said = [next(sentences) for _ in range(min(each, count - number))]
            name = f"gen-{number // each:06}"
            source(root, name, "\n".join(said) + "\n", number // each)
            if shape == "events":
                events += [event(name, number + n, words) for n, words in enumerate(said)]
        for number in range(0, len(events), A_FILE):
            file = root / "events" / f"gen-{number // A_FILE:04}.toml"
            file.write_text("\n".join(events[number : number + A_FILE]))


def source(root: Path, name: str, text: str, number: int = 0) -> None:
    """Write one source and what is known about it."""
    folder = root / "sources" / f"{number // A_FILE:03}" if number else root / "sources"
    folder.mkdir(exist_ok=True)
    data = text.encode()
    (folder / f"{name}.txt").write_bytes(data)
    about = f'name = "{name}"\nsha256 = "{sha256(data).hexdigest()}"\n'
    (folder / f"{name}.toml").write_text(about)


def event(name: str, number: int, words: str) -> str:
    """Write one event that stands on a sentence."""
    day = f"{1950 + number % 75}-{1 + number % 12:02}-{1 + number % 28:02}"
    return (
        f'[[event]]\nid = "gen-event-{number}"\ntitle = "Event {number}"\ntype = "meeting"\n'
        f'[[event.stated]]\nsource = "{name}"\nquote = "{words}"\ndate = "{day}"\n'
        f'date_text = "that day"\nstatus = "held"\n'
        'actor = [{ id = "lloyd-austin", role = "participant" }, "kim-yong-hyun"]\n'
        'initiative = "ncg"\n'
    )


STAGES = """
import json, resource, sys, time
from pathlib import Path
from tui.archive import open_archive, opening
from tui.search import Engine

root, cache, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
source, marked, changed = root / "sources/edited.txt", sys.argv[4], sys.argv[5]
made, shelf = [0], opening._Opening.shelf

def counting(self):
    found = shelf(self)
    made[0] += self.made
    return found

opening._Opening.shelf = counting
said, engine, library = [], None, None

def stage(name, run):
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    said.append((name, wall, cpu))
    return found

def edit():
    text = source.read_text()
    there, gone = (marked, changed) if marked in text else (changed, marked)
    source.write_text(text.replace(there, gone))
    return gone, there

def told(engine, words):
    answer = engine.find(" ".join(words.split()[1:3]))
    where = {(hit.source, hit.start, hit.end) for hit in answer.passages}
    return any(words in library.text(name)[max(0, a - 60) : b + 60] for name, a, b in where)

def check(new, old):
    assert stage("find", lambda: told(engine, new)), "what stands there is not found"
    assert not told(engine, old), "what is gone is found"

if what == "edit a fresh one":
    new, old = edit()
else:
    text = source.read_text()
    new, old = (marked, changed) if marked in text else (changed, marked)
library = stage("archive", lambda: open_archive(root, cache=cache))
engine = stage("index", lambda: Engine.open(library, cache))
check(new, old)
if what == "edit a running one":
    said, made = [], [0]
    new, old = edit()
    library = stage("archive", lambda: open_archive(root, cache=cache))
    stage("index", lambda: engine.update(library))
    check(new, old)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"stages": said, "made": made[0], "peak_mb": round(peak)}))
"""
RUNS = ("cold", "warm", "edit a fresh one", "edit a running one")


def measure(root: Path, cache: Path, what: str) -> dict[str, Any]:
    """Run one process over an archive; give what it says of its stages."""
    done = subprocess.run(
        [sys.executable, "-c", STAGES, str(root), str(cache), what, MARKED, CHANGED],
        stdout=subprocess.PIPE, text=True, check=True, cwd=CONTENT.parent,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def show(shape: str, what: str, found: dict[str, Any]) -> None:
    """Print one run as a row of the table."""
    stages = {name: (wall, cpu) for name, wall, cpu in found["stages"]}
    wall, cpu = (sum(times) for times in zip(*stages.values(), strict=True))
    row = "  ".join(f"{stages[name][0]:7.2f} {stages[name][1]:6.2f}" for name in stages)
    made, peak = found["made"], found["peak_mb"]
    print(f"{shape:8} {what:19} {row}  {wall:7.2f} {cpu:6.2f}  {made:8,} {peak:6,}", flush=True)


def main() -> None:
    """Measure the shapes that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_FORMAT)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--passages", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the archives, use them again"
    )
    asked = parser.parse_args()
    results: dict[str, dict[str, Any]] = {}
    if not asked.json:
        columns = "  ".join(f"{name + ' s':>7} {'CPU':>6}" for name in ("arch.", "index", "find"))
        print(f"{'':28} {columns}  {'all s':>7} {'CPU':>6}  {'compiled':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as temporary:
        for shape in asked.shapes or SHAPES:
            if shape not in SHAPES:
                parser.error(f"no shape {shape!r}: {', '.join(SHAPES)}")
            root = (asked.keep or Path(temporary)) / f"{shape}-{asked.passages}"
            if not root.exists():
                build(root, shape, asked.passages, asked.seed)
                time.sleep(2.5)  # what was written just now is read again, whatever it looks like
            cache = Path(temporary) / f"cache-{shape}"
            results[shape] = {}
            for what in RUNS:
                found = results[shape][what] = measure(root, cache, what)
                if not asked.json:
                    show(shape, what, found)
    if asked.json:
        print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
