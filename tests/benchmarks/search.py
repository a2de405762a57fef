"""Measure search on real text: what is found, how fast, how it grows, what it costs.

    uv run python tests/benchmarks/search.py --corpus DIR [--sizes 10k 100k 1m] [--seed 1]

DIR holds one passage a line in `10k.txt`, `100k.txt`, `1m.txt`. Queries are known-item: words of
one passage that no other passage holds all of, spoilt in the ways that people spoil them. A query
finds its passage at 1 or within 10, or it does not.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tui.records.source import Passage, Source
from tui.search import Engine
from tui.search.fold import fold, words_in
from tui.search.query import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tui.archive import Library
    from tui.search.store import Piece

LINES_A_SOURCE = 64
EASY = ("exact", "one typo", "typos", "cut", "names")
HARD = ("two edits", "typos and cut", "reversed and typo", "one rare typo")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Corpus:
    """A file of passages, dressed as an archive that has no records."""

    fingerprint = "corpus"

    def __init__(self, path: Path) -> None:
        self.root = path
        self._starts: list[list[int]] = []
        self.sources: dict[str, Source] = {}
        self._offsets: list[int] = []
        self._file = path.open("rb")
        self._last: tuple[str, str] = ("", "")
        size = at = 0
        with path.open("rb") as file:
            for number, line in enumerate(file):
                if number % LINES_A_SOURCE == 0:
                    self._offsets.append(at)
                at += len(line)
        self._offsets.append(at)
        for number, begin in enumerate(self._offsets[:-1]):
            size = self._offsets[number + 1] - begin
            name = f"s{number:06}"
            self.sources[name] = Source(name, name, (), f"{number}", size, size)

    def text(self, source: str) -> str:
        if self._last[0] != source:
            number = int(source[1:])
            self._file.seek(self._offsets[number])
            data = self._file.read(self._offsets[number + 1] - self._offsets[number])
            self._last = source, data.decode("utf8")
        return self._last[1]

    def passages(self, source: str) -> list[Passage]:
        found, at = [], 0
        for line in self.text(source).split("\n")[:-1]:
            found.append(Passage(source, at, at + len(line), 1))
            at += len(line) + 1
        return found

    def names(self) -> Iterator[tuple[str, str, str]]:
        return iter(())

    @property
    def timeline(self) -> Any:
        @dataclass
        class Nothing:
            id: tuple[str, ...] = ()
            evidence: tuple[int, ...] = ()

        return Nothing()


@dataclass
class Query:
    """What is typed, and the passage that it is about."""

    typed: str
    source: str
    start: int


@dataclass
class Score:
    """How one engine did in one class of queries, in CPU milliseconds."""

    queries: int = 0
    first: float = 0.0
    tenth: float = 0.0
    mrr: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    worst: float = 0.0
    missed: list[str] = field(default_factory=list)


def typo(chance: random.Random, word: str) -> str:
    """Make one mistake: a letter left out, put in, changed, or two swapped; never the first."""
    at = chance.randrange(1, len(word))
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice(LETTERS) + word[at:]
    if kind == 2 or at == len(word) - 1 or word[at] == word[at + 1]:
        other = chance.choice([letter for letter in LETTERS if letter != word[at]])
        return word[:at] + other + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


class Maker:
    """Make known-item queries of a corpus with the help of an index's own word counts."""

    def __init__(self, corpus: Corpus, piece: Piece, seed: int) -> None:
        self._corpus = corpus
        self._segment = piece.segment
        self._names = tuple(corpus.sources)
        self._chance = random.Random(seed)
        vocabulary = piece.segment.words
        self._code = dict(zip(vocabulary.words, vocabulary.codes, strict=True))

    def make(self, kind: str, count: int) -> list[Query]:
        """Give so many queries of a class."""
        found: list[Query] = []
        while len(found) < count:
            query = self._one(kind)
            if query is not None:
                found.append(query)
        return found

    def _one(self, kind: str) -> Query | None:
        chance = self._chance
        number = chance.randrange(len(self._segment))
        source, start, end = self._segment.passage(number)
        name = self._names[source]
        line = self._corpus.text(name)[start:end]
        if kind == "names":
            words = self._name(line)
        else:
            content = [w for w in words_in(fold(line)) if _usable(w)]
            if len(dict.fromkeys(content)) < 3:
                return None
            at = sorted(chance.sample(range(len(content)), min(3, len(content))))
            words = [content[place] for place in at]
        if words is None or len(set(words)) < 3 or not self._unique(words):
            return None
        typed = self._spoilt(kind, words)
        return None if typed is None else Query(typed, name, start)

    def _name(self, line: str) -> list[str] | None:
        """Find a name of two or three words in capitals, with a hyphen or without, and a word."""
        tokens = line.replace(",", " ,").split()
        for at in range(1, len(tokens) - 1):
            pair = tokens[at].split("-") if "-" in tokens[at] else tokens[at : at + 2]
            plain = all(w.isalpha() and w.isascii() and w.istitle() and len(w) > 2 for w in pair)
            if len(pair) == 2 and plain:
                rest = [w for w in words_in(fold(line)) if _usable(w)]
                rest = [w for w in rest if w not in {pair[0].lower(), pair[1].lower()}]
                if len(rest) > 1:
                    return [*(w.lower() for w in pair), *self._chance.sample(rest, 2)]
        return None

    def _unique(self, words: list[str]) -> bool:
        import tantivy

        codes = [self._code.get(word, "\0") for word in words]
        if "\0" in codes:
            return False
        term = tantivy.Query.term_query
        schema = self._segment.schema
        terms = [(tantivy.Occur.Must, term(schema, "t", c, index_option="freq")) for c in codes]
        return len(self._segment.retrieve(tantivy.Query.boolean_query(terms), 2)) == 1

    def _spoilt(self, kind: str, words: list[str]) -> str | None:
        chance = self._chance
        words = list(words)
        long = [at for at, word in enumerate(words) if len(word) >= 5]
        if kind == "one typo":
            if not long:
                return None
            at = chance.choice(long)
            words[at] = typo(chance, words[at])
        elif kind in ("typos", "typos and cut"):
            if len(long) < 2:
                return None
            for at in long:
                words[at] = typo(chance, words[at])
        elif kind == "two edits":
            able = [at for at in long if len(words[at]) >= 7]
            if not able:
                return None
            at = chance.choice(able)
            words[at] = typo(chance, typo(chance, words[at]))
        elif kind == "reversed and typo":
            if not long:
                return None
            at = chance.choice(long)
            words[at] = typo(chance, words[at])
            words.reverse()
        elif kind == "one rare typo":
            counts = [self._count(word) for word in words]
            at = counts.index(min(counts))
            if len(words[at]) < 5 or counts[at] > 20:
                return None
            return typo(chance, words[at]) + " " + " ".join(words[:at] + words[at + 1 :])
        elif kind == "names":
            joiner = chance.choice(("", " ", "-"))
            return " ".join([joiner.join(words[:2]), *words[2:]])
        if kind in ("cut", "typos and cut"):
            if len(words[-1]) < 6:
                return None
            words[-1] = words[-1][: chance.randrange(4, len(words[-1]))]
        return " ".join(words)

    def _count(self, word: str) -> int:
        vocabulary = self._segment.words
        return vocabulary.counts[vocabulary.find(word)]


def _usable(word: str) -> bool:
    return len(word) > 3 and word.isascii() and word.isalpha() and word not in STOP_WORDS


def measure(find: Callable[[str], Sequence[tuple[str, int]]], queries: Sequence[Query]) -> Score:
    """Ask every query once; give what was found and what it took."""
    score, took = Score(len(queries)), []
    for query in queries:
        begun = time.process_time()
        places = find(query.typed)
        took.append((time.process_time() - begun) * 1000)
        at = next((n for n, p in enumerate(places) if p == (query.source, query.start)), -1)
        score.first += at == 0
        score.tenth += 0 <= at < 10
        score.mrr += 1 / (at + 1) if at >= 0 else 0.0
        if not 0 <= at < 10:
            score.missed.append(query.typed)
    took.sort()
    count = len(queries)
    score.first, score.tenth, score.mrr = (
        score.first / count,
        score.tenth / count,
        score.mrr / count,
    )
    score.p50, score.p95, score.worst = took[count // 2], took[int(count * 0.95)], took[-1]
    return score


def resident() -> int:
    """Give the megabytes of this process that are in memory now."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def run(path: Path, seed: int, count: int, cache: Path) -> dict[str, Any]:
    """Build, open and ask one size."""
    corpus = Corpus(path)
    library = cast("Library", corpus)
    begun, wall = time.process_time(), time.perf_counter()
    Engine.open(library, cache=cache)
    built = time.process_time() - begun, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    before = resident()
    begun = time.process_time()
    engine = Engine.open(library, cache=cache)
    engine.find("security")
    opened = (time.process_time() - begun) * 1000
    size = sum(p.stat().st_size for p in cache.rglob("*") if p.is_file())
    (piece,) = engine._state.opened.pieces
    maker = Maker(corpus, piece, seed)

    def find(typed: str) -> list[tuple[str, int]]:
        return [(hit.source, hit.start) for hit in engine.find(typed, limit=10).passages]

    scores = {kind: measure(find, maker.make(kind, count)) for kind in (*EASY, *HARD)}
    return {
        "passages": len(piece.segment),
        "words": len(piece.segment.words),
        "build_cpu_s": round(built[0], 1),
        "build_wall_s": round(built[1], 1),
        "build_peak_mb": peak,
        "index_over_text": round(size / path.stat().st_size, 2),
        "open_and_answer_ms": round(opened, 1),
        "resident_mb": resident() - before,
        "classes": {kind: asdict(score) for kind, score in scores.items()},
    }


def show(name: str, result: dict[str, Any]) -> None:
    """Print one size's table."""
    print(f"\n{name}: ", ", ".join(f"{k} {v}" for k, v in result.items() if k != "classes"))
    print(f"{'class':20} {'hit@1':>6} {'hit@10':>6} {'mrr':>6} {'p50':>7} {'p95':>7} {'max':>7}")
    for kind, score in result["classes"].items():
        print(
            f"{kind:20} {score['first']:6.3f} {score['tenth']:6.3f} {score['mrr']:6.3f}"
            f" {score['p50']:7.2f} {score['p95']:7.2f} {score['worst']:7.2f}"
        )


def main() -> None:
    """Read the arguments, run every size, print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--sizes", nargs="+", default=["10k", "100k", "1m"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60, help="queries a class")
    parser.add_argument("--cache", type=Path, help="keep the indexes here")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--missed", action="store_true")
    chosen = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes:
            cache = (chosen.cache or Path(folder)) / size
            result = run(chosen.corpus / f"{size}.txt", chosen.seed, chosen.count, cache)
            results[size] = result
            show(size, result)
            if chosen.missed:
                for kind, score in result["classes"].items():
                    print(kind, score["missed"])
            sys.stdout.flush()
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
