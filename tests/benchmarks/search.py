"""Measure search on real text, beside its peers: what is found, how fast, how it grows.

    uv run python tests/benchmarks/search.py --corpus DIR [--sizes 10k 100k 1m] [--seed 1]
        [--count 60] [--peers [NAME …]] [--json FILE]

DIR holds one passage a line in `10k.txt`, `100k.txt`, `1m.txt`. Queries are known-item: words of
one passage that no other passage holds all of, spoilt in the ways that people spoil them
(`searching/queries.py`). First Readout is measured by itself, in a process of its own; then, in
other processes, Readout and the peers side by side, query by query, so that whatever else the
machine does hits both. What to read there are ratios. A peer that is not installed is named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searching import contest, peers, table
from searching.corpus import Lines
from searching.oracle import Oracle
from searching.peers import READOUT
from searching.queries import CLASSES, Maker, Query

if TYPE_CHECKING:
    from collections.abc import Iterable

KEYSTROKES = 12
"""How many exact queries are also typed letter by letter."""


def questions(
    corpus: Path, kinds: Iterable[str], count: int, seed: int, cache: Path
) -> dict[str, list[Query]]:
    """Make the queries of each class, or read those made before of the same text and seed."""
    status = corpus.stat()
    maker = "".join(
        (Path(__file__).parent / "searching" / f"{part}.py").read_text()
        for part in ("queries", "oracle")
    )
    asked = f"{status.st_size} {status.st_mtime_ns} {seed} {count} {sys.version} {maker}"
    name = hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()
    kept = cache / f"queries-{name}.json"
    if not kept.exists():
        lines = Lines(corpus)
        making = Maker(lines, Oracle(lines), seed)
        made = {k: [asdict(query) for query in making.make(k, count)] for k in CLASSES}
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(made))
    plain = json.loads(kept.read_text())
    return {
        kind: [Query(one["typed"], tuple(one["meant"]), one["ambiguous"]) for one in plain[kind]]
        for kind in kinds
    }


def profile(corpus: Path, folder: Path, queries: dict[str, list[Query]]) -> None:
    """Show where the time of Readout's queries goes, in this process."""
    import cProfile
    import pstats

    from searching.readout import Readout
    from searching.serving import build

    readout = Readout(corpus, folder)
    folder.mkdir(parents=True, exist_ok=True)
    build(readout)
    readout.load()
    readout.open()
    for typed in contest.WARMING:
        readout.find(typed, 10)
    profiler = cProfile.Profile()
    for kind in queries.values():
        for query in kind:
            profiler.runcall(readout.find, query.typed, 10)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


def present(names: Iterable[str]) -> list[str]:
    """Give the peers that this machine has; name the others."""
    found = []
    for name in names:
        if missing := peers.known(name).absent():
            print(f"absent: {name}: {missing}")
        else:
            found.append(name)
    return found


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--sizes", nargs="+", default=["10k", "100k", "1m"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60, help="queries a class")
    parser.add_argument("--classes", nargs="+", choices=list(CLASSES), default=list(CLASSES))
    parser.add_argument("--peers", nargs="*", choices=peers.NAMES, metavar="NAME")
    parser.add_argument("--peer-count", type=int, default=8, help="a class, for slow peers")
    parser.add_argument("--xapian-python", help="a Python that has xapian")
    parser.add_argument("--cache", type=Path, help="keep indexes and queries here")
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--missed", action="store_true", help="list what Readout did not find, or not first"
    )
    parser.add_argument("--profile", action="store_true", help="profile Readout instead")
    return parser.parse_args()


def main() -> None:
    """Run every size, print tables."""
    chosen = arguments()
    if chosen.xapian_python:
        os.environ["XAPIAN_PYTHON"] = chosen.xapian_python
    asked = chosen.peers if chosen.peers or chosen.peers is None else list(peers.NAMES)
    others = present(asked or ())
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in chosen.sizes:
            corpus = chosen.corpus / f"{size}.txt"
            cache = (chosen.cache or Path(temporary)) / size
            queries = questions(corpus, chosen.classes, chosen.count, chosen.seed, cache)
            if chosen.profile:
                profile(corpus, cache / READOUT, queries)
                continue
            own = contest.alone(READOUT, corpus, cache / READOUT, queries)
            if "exact" in queries:
                some = queries["exact"][:KEYSTROKES]
                own["keystrokes"] = contest.keystrokes(READOUT, corpus, cache / READOUT, some)
            results[size] = {"alone": own}
            table.alone(size, own)
            if chosen.missed:
                for kind, score in own["classes"].items():
                    print(f"{kind}: missed {score['missed']}, not first {score['later']}")
            if others:
                folders = {n: cache / (peers.known(n).shares or n) for n in (READOUT, *others)}
                beside = contest.side_by_side(others, corpus, folders, queries, chosen.peer_count)
                results[size]["peers"] = beside
                table.side_by_side(size, beside)
            sys.stdout.flush()
            if chosen.json:
                chosen.json.write_text(json.dumps(report(chosen, results), indent=1))
    table.growth(results)


def report(chosen: argparse.Namespace, results: dict[str, Any]) -> dict[str, Any]:
    """Give everything measured so far, and what it was measured with."""
    return {
        "seed": chosen.seed,
        "count": chosen.count,
        "peer_count": chosen.peer_count,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "classes": {kind: CLASSES[kind] for kind in chosen.classes},
        "sizes": results,
        "growth": table.grown(results),
    }


if __name__ == "__main__":
    main()
