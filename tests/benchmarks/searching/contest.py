"""Run contestants, each in a process of its own, and put the same queries to them in turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searching import peers
from searching.measure import MOST, score, times
from searching.peer import Reply
from searching.queries import EASY
from searching.serving import BUILT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searching.queries import Query

Queries = dict[str, list["Query"]]
"""Queries by class."""
_HERE = Path(__file__).parents[1]
WARMING = ("security", "the alliance held talks", "defense minster")
"""Asked before anything is measured, so that no contestant pays for its first page faults.

What reads everything has done so for the query that opening ends with."""


class Served:
    """A contestant's process."""

    def __init__(self, name: str, corpus: Path, folder: Path) -> None:
        self.name = name
        kind = peers.known(name)
        self.reads_everything = kind.reads_everything
        folder.mkdir(parents=True, exist_ok=True)
        command = [kind.python(), "-m", "searching.serving", name, str(corpus), str(folder)]
        path = os.pathsep.join(filter(None, (str(_HERE), os.environ.get("PYTHONPATH"))))
        here = os.environ | {"PYTHONPATH": path}
        subprocess.run([*command, "build"], env=here, check=True)
        self._process = subprocess.Popen(
            [*command, "serve"],
            env=here,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf8",
        )
        note = json.loads((folder / BUILT).read_text())
        self.costs: dict[str, Any] = {**note["cost"], **self._read()}
        if not self.reads_everything:
            self.ask(WARMING)

    def ask(self, typed: Sequence[str]) -> list[Reply]:
        """Put queries to it, one after the other, and wait."""
        if not typed:
            return []
        return [Reply(*reply) for reply in self._say({"typed": list(typed), "most": MOST})]

    def memory(self) -> dict[str, float]:
        """Give the megabytes it holds, or the most that the program it runs did."""
        held: dict[str, float] = self._say({})
        return held

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _say(self, asked: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with {self._process.wait()}")
        return json.loads(line)


@dataclass
class Asked:
    """The queries that one contestant answered, and its replies, by class."""

    queries: Queries
    replies: dict[str, list[Reply]]

    def result(self) -> dict[str, Any]:
        """Give its scores, by class and over the five classes that any search has to answer."""
        classes = {kind: score(self.queries[kind], self.replies[kind]) for kind in self.queries}
        easy = [kind for kind in self.queries if kind in EASY]
        pooled = score(
            [query for kind in easy for query in self.queries[kind]],
            [reply for kind in easy for reply in self.replies[kind]],
        )
        return {
            "pooled": asdict(pooled),
            "classes": {kind: asdict(done) for kind, done in classes.items()},
        }


def alone(name: str, corpus: Path, folder: Path, queries: Queries) -> dict[str, Any]:
    """Measure one contestant by itself, by class."""
    served = Served(name, corpus, folder)
    replies = {k: served.ask([query.typed for query in asked]) for k, asked in queries.items()}
    result = {**served.costs, "after": served.memory(), **Asked(queries, replies).result()}
    served.close()
    return result


def keystrokes(name: str, corpus: Path, folder: Path, queries: Sequence[Query]) -> dict[str, Any]:
    """Measure each letter of some queries, as they are typed."""
    served = Served(name, corpus, folder)
    typed = [
        query.typed[:end]
        for query in queries
        for end in range(1, len(query.typed) + 1)
        if query.typed[end - 1] != " "
    ]
    replies = served.ask(typed)
    served.close()
    taken = {"cpu": [reply.cpu for reply in replies], "wall": [reply.wall for reply in replies]}
    return {"keys": len(replies), **{name: asdict(times(ms)) for name, ms in taken.items()}}


def side_by_side(
    names: Sequence[str], corpus: Path, folders: Mapping[str, Path], queries: Queries, sample: int
) -> dict[str, Any]:
    """Put each query to Readout and to the peers in turn, whoever was first being last next time.

    Peers that read the whole text for each query are asked the first `sample` of each class.
    Ratios are theirs to Readout's time on the very queries that they were asked.
    """
    served = [Served(name, corpus, folders[name]) for name in (peers.READOUT, *names)]
    asked = {one.name: Asked({}, {}) for one in served}
    for kind, those in queries.items():
        print(f"{corpus.stem}: asking {kind}", file=sys.stderr)
        for number, query in enumerate(those):
            for one in served:
                if number < sample or not one.reads_everything:
                    of_kind = asked[one.name].replies.setdefault(kind, [])
                    asked[one.name].queries.setdefault(kind, []).append(query)
                    of_kind += one.ask([query.typed])
            served.append(served.pop(0))
    results = {}
    own = asked[peers.READOUT]
    for one in served:
        its = asked[one.name]
        results[one.name] = {**one.costs, "after": one.memory(), **its.result()}
        results[one.name]["ratio"] = _ratio(own, its)
        one.close()
    return {name: results[name] for name in (peers.READOUT, *names)}


def _ratio(own: Asked, its: Asked) -> dict[str, Any]:
    """Compare the 95th of a hundred times over the five classes, on the queries of both."""
    pairs = [
        (mine, theirs)
        for kind in its.replies
        if kind in EASY
        for mine, theirs in zip(own.replies[kind], its.replies[kind], strict=False)
    ]
    if not pairs:
        return {}
    found = {}
    for clock in ("cpu", "wall"):
        mine = times([getattr(one, clock) for one, _ in pairs]).p95
        theirs = times([getattr(other, clock) for _, other in pairs]).p95
        found[clock] = round(theirs / mine, 2)
        found[f"{clock}_p95"] = round(theirs, 3)
        found[f"readout_{clock}_p95"] = round(mine, 3)
    return {"queries": len(pairs), **found}
