"""Serve one contestant over a pipe: `python -m searching.serving NAME CORPUS FOLDER build|serve`.

`build` makes its index, where there is none, and leaves what that took in `built.json` beside it.
`serve` opens it, writes a line of JSON about that, and then answers each line of JSON with one.
Standard library only, for it also runs under another Python.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searching import peers

if TYPE_CHECKING:
    from searching.peer import Peer

BUILT = "built.json"


def memory() -> dict[str, float]:
    """Give the megabytes of this process in memory now, and how many of them are its own.

    The rest are pages of files, which the system takes back when it needs them.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return {"resident_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    rows = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return {
        name: round(int(rows[row].split()[0]) / 1024, 1)
        for name, row in (("resident_mb", "VmRSS"), ("of_its_own_mb", "RssAnon"))
    }


def stamp(peer: Peer) -> str:
    """Name what an index depends on: the text, and what the contestant keeps of it."""
    status = peer.corpus.stat()
    return f"{peer.format} {status.st_size} {status.st_mtime_ns}"


def size(folder: Path) -> int:
    """Give the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def build(peer: Peer) -> None:
    """Build the index unless one is kept that fits, and keep what it cost."""
    import shutil

    note = peer.folder / BUILT
    if note.exists() and json.loads(note.read_text())["stamp"] == stamp(peer):
        return
    shutil.rmtree(peer.folder, ignore_errors=True)
    peer.folder.mkdir(parents=True)
    peer.load()
    wall, cpu = time.perf_counter(), time.process_time()
    peer.build()
    cost: dict[str, float] = {}
    if kept := size(peer.folder):
        cost = {
            "build_cpu_s": round(time.process_time() - cpu, 1),
            "build_wall_s": round(time.perf_counter() - wall, 1),
            "build_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "index_mb": round(kept / 1e6, 1),
            "index_over_text": round(kept / peer.corpus.stat().st_size, 2),
        }
    note.write_text(json.dumps({"stamp": stamp(peer), "cost": cost}))


def serve(peer: Peer) -> None:
    """Open, and answer until nobody asks."""
    peer.load()
    before = memory()
    wall, cpu = time.perf_counter(), time.process_time()
    peer.open()
    first = peer.ask("security", 10)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    programs = first.cpu if first.peak_mb else 0.0
    opened: dict[str, Any] = {
        "open_cpu_ms": round(cpu * 1000 + programs, 1),
        "open_wall_ms": round(wall * 1000, 1),
        "before_mb": before["resident_mb"],
        "opened": memory(),
    }
    answers = os.fdopen(os.dup(1), "w", encoding="utf8")
    os.dup2(2, 1)  # whatever an engine prints, it does not print among the answers
    peak = first.peak_mb
    print(json.dumps(opened), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "typed" in asked:
            replies = [peer.ask(typed, asked["most"]) for typed in asked["typed"]]
            peak = max(peak, *(reply.peak_mb for reply in replies))
            print(json.dumps(replies), file=answers, flush=True)
        else:
            held = {"resident_mb": round(peak, 1)} if peak else memory()
            print(json.dumps(held), file=answers, flush=True)


def main() -> None:
    """Do what the arguments say."""
    name, corpus, folder, task = sys.argv[1:]
    peer = peers.known(name)(Path(corpus), Path(folder))
    (build if task == "build" else serve)(peer)


if __name__ == "__main__":
    main()
