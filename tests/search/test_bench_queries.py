"""The search bench asks what it says it asks, and counts what it says it counts."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from rapidfuzz.distance import OSA
from searching.corpus import Corpus, Lines
from searching.measure import score, times
from searching.oracle import Oracle
from searching.peer import Reply, run
from searching.queries import CLASSES, OPEN, Maker, Query, Spoiler, cut, two_typos, typo

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = range(40)
WORDS = ["deterrence", "alliance", "ministers"]
STEMS = "alliance exercise minister deterrence statement readiness partner missile".split()  # noqa: SIM905
NAMES = ("Kim Myung-soo", "Yong Hyun", "Jens Stoltenberg", "Park Yoon-joo")


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write three hundred passages, each with words of its own and words that many have."""
    path = tmp_path_factory.mktemp("corpus") / "tiny.txt"
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(4))

    rare = [word() for _ in range(120)]
    lines = [
        f"Then {chance.choice(NAMES)} met {word()} {chance.choice(STEMS)} on {word()} and "
        f"{chance.choice(rare)} {chance.choice(STEMS)} – 윤석열."
        for _ in range(300)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    return path


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mistake_is_one_edit_and_spares_the_first_letter(seed: int) -> None:
    for word in (*WORDS, "aabb"):
        spoilt = typo(random.Random(seed), word)
        assert OSA.distance(word, spoilt) == 1
        assert spoilt[0] == word[0]
    assert OSA.distance(WORDS[0], two_typos(random.Random(seed), WORDS[0])) == 2
    head = cut(random.Random(seed), "security")
    assert "security".startswith(head)
    assert 4 <= len(head) < 8


@pytest.mark.parametrize(
    ("kind", "edits"),
    [
        ("exact", [0, 0, 0]),
        ("one typo", [0, 0, 1]),
        ("typos", [1, 1, 1]),
        ("two edits", [0, 0, 2]),
        ("one rare typo", [0, 0, 1]),
        ("reversed and typo", [0, 0, 1]),
    ],
)
@pytest.mark.parametrize("seed", range(10))
def test_each_class_spoils_as_it_says(kind: str, edits: list[int], seed: int) -> None:
    typed = Spoiler(random.Random(seed), lambda word: len(word)).spoil(kind, WORDS)
    assert typed is not None
    words = typed.split()
    if kind == "reversed and typo":
        words.reverse()
    if kind == "one rare typo":
        assert OSA.distance(words[0], "alliance") == 1  # the fewest, by the count given
        words = [words[1], words[0], words[2]]
    distances = [OSA.distance(a, b) for a, b in zip(WORDS, words, strict=True)]
    assert sorted(distances) == edits


def test_the_other_classes_too() -> None:
    spoiler = Spoiler(random.Random(3), lambda _: 1)
    broken = spoiler.spoil("cut", WORDS)
    assert broken is not None
    assert "deterrence alliance ministers".startswith(broken)
    typed = {spoiler.spoil("names", ["myung", "soo", *WORDS[:2]]) for _ in range(30)}
    rest = "deterrence alliance"
    assert typed == {f"{name} {rest}" for name in ("myungsoo", "myung soo", "myung-soo")}
    assert spoiler.spoil("typos", ["deterrence", "talk", "ally"]) is None
    assert spoiler.spoil("cut", ["deterrence", "alliance", "talks"]) is None


def test_every_query_means_passages_that_hold_its_words(passages: Path) -> None:
    lines = Lines(passages)
    oracle = Oracle(lines)
    for kind in CLASSES:
        made = Maker(lines, oracle, 5).make(kind, 8)
        assert made == Maker(lines, oracle, 5).make(kind, 8)
        assert made != Maker(lines, oracle, 6).make(kind, 8)
        for query in made:
            words = query.typed.replace("-", " ").split()
            if kind == "exact":
                assert oracle.holding(words) == set(query.meant)
            if kind != "rare alone":
                assert len(query.meant) == 1
            literal = oracle.holding(query.typed.replace("-", "").split(), open_ended=kind in OPEN)
            assert query.ambiguous is bool(literal - set(query.meant))


def test_a_passage_has_one_number_everywhere(passages: Path) -> None:
    lines, corpus = Lines(passages), Corpus(passages)
    assert list(lines) == passages.read_text(encoding="utf8").splitlines()
    number = 0
    for source in corpus.sources:
        for passage in corpus.passages(source):
            assert corpus.line(source, passage.start) == number
            assert corpus.text(source)[passage.start : passage.end] == lines[number]
            number += 1
    assert number == len(lines)
    assert [lines.number(lines[n].encode()) for n in (0, 1, 299)] == [0, 1, 299]
    assert lines.number(b"nowhere") == -1


def test_ranks_and_times_are_counted() -> None:
    queries = [
        Query("first", (7,)),
        Query("third", (5, 8)),
        Query("eleventh", (3,)),
        Query("nowhere", (1,), ambiguous=True),
    ]
    replies = [
        Reply([7, 1], 1.0, 2.0),
        Reply([9, 4, 8], 2.0, 3.0),
        Reply([*range(10, 20), 3], 3.0, 4.0),
        Reply([], 40.0, 50.0),
    ]
    done = score(queries, replies)
    assert (done.hit1, done.hit10) == (0.25, 0.5)
    assert done.mrr == pytest.approx((1 + 1 / 3) / 4)
    assert done.missed == ["eleventh", "nowhere (ambiguous)"]
    assert done.later == ["third (3)"]
    assert (done.ambiguous, done.missed_clear) == (1, 1)
    assert (done.cpu.p50, done.cpu.p95, done.cpu.max) == (2.0, 40.0, 40.0)
    assert times([float(n) for n in range(1, 101)]).p95 == 95.0


def test_a_program_is_charged_for_what_it_uses(passages: Path) -> None:
    import sys

    spin = "import sys\nfor line in sys.stdin: print(line, end='')\nsum(range(2_000_000))"
    ran = run([[sys.executable, "-c", spin]], passages, 300)
    assert len(ran.lines) == 300
    assert ran.cpu > 0
    assert ran.peak_mb > 1
