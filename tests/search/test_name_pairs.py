"""Names that land: every pair of spellings, asked of an archive in which one of them is a person.

Key equality is tested in tests/records; here the whole way is gone, among all the other people of
the list, whose names are as like as officials' names are.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tui.archive import open_archive
from tui.search import Engine
from tui.search.lookup import NAMED
from tui.search.naming import bare

RECORDS = Path(__file__).parents[1] / "records"


class Pair(NamedTuple):
    """Two names, of one person or of two."""

    same: bool
    one: str
    other: str


class Scores(NamedTuple):
    """What landed on whom, and what did not.

    Of the `mistaken`, `named` were given as bearers of the name that was typed, not as people
    whom some of the words describe.
    """

    true: int
    missed: list[Pair]
    false: int
    mistaken: list[Pair]
    named: list[Pair]


def pairs(half: str, turned: bool) -> list[Pair]:
    lines = (RECORDS / f"name-pairs-{half}.txt").read_text(encoding="utf8").splitlines()
    found = []
    for line in lines:
        if line[:1] in ("=", "!"):
            one, other = (name.strip() for name in line[1:].split("|"))
            found.append(Pair(line[0] == "=", *((other, one) if turned else (one, other))))
    return found


def people(rows: list[Pair]) -> dict[str, int]:
    """Number the people of a list by their names: those that pairs or mere hyphens connect."""
    person: dict[str, int] = {}
    for number, row in enumerate(rows):
        for name in (row.one, row.other):
            person.setdefault(bare(name), number if row.same else -1 - len(person))
    changed = True
    while changed:
        changed = False
        for row in rows:
            if row.same and person[bare(row.one)] != person[bare(row.other)]:
                person[bare(row.one)] = person[bare(row.other)] = min(
                    person[bare(row.one)], person[bare(row.other)]
                )
                changed = True
    return person


def archive(root: Path, names: list[str]) -> Engine:
    """Make an archive in which each of the names is somebody, and open an engine on it."""
    (root / "actors").mkdir(parents=True)
    (root / "archive.toml").write_text('title = "Names"\nformat = 1\n')
    blocks = [
        f'[[person]]\nid = "person-{number}"\nname = "{name}"\n'
        f'  [[person.outside]]\n  url = "https://example.org/names"\n  name = "{name}"\n'
        for number, name in enumerate(names)
    ]
    (root / "actors" / "people.toml").write_text("\n".join(blocks), encoding="utf8")
    library = open_archive(root, cache=None)
    assert not [fault for fault in library.faults if fault.field != "sources"], library.faults[:3]
    return Engine.open(library, cache=None)


def scored(root: Path, rows: list[Pair]) -> Scores:
    """Look every second name up among the people who bear the first ones."""
    engine = archive(root, list(dict.fromkeys(row.one for row in rows)))
    person = people(rows)
    missed: list[Pair] = []
    mistaken: list[Pair] = []
    named: list[Pair] = []
    for row in rows:
        # The blank says that the name is typed to its end: Cho Hyun begins Cho Hyun-dong.
        hits = engine.find(f"{row.other} ", only="person").records
        first = {person[bare(hit.name)] for hit in hits if hit.score == hits[0].score}
        lands = person[bare(row.one)] in first
        if lands is not row.same:
            (missed if row.same else mistaken).append(row)
            if not row.same and hits[0].score >= NAMED:
                named.append(row)
    true = sum(row.same for row in rows)
    return Scores(true, missed, len(rows) - true, mistaken, named)


@pytest.mark.parametrize("turned", [False, True])
def test_the_half_to_work_with_lands_and_no_look_alike_does(tmp_path: Path, turned: bool) -> None:
    scores = scored(tmp_path / "archive", pairs("work", turned))
    assert not scores.missed
    assert not scores.mistaken


@pytest.mark.parametrize("turned", [False, True])
def test_the_half_that_only_scores(tmp_path: Path, turned: bool) -> None:
    """Nothing is tuned by it, so which pairs miss is not shown: only how many."""
    scores = scored(tmp_path / "archive", pairs("score", turned))
    true, missed = scores.true, len(scores.missed)
    mistaken, named = len(scores.mistaken), len(scores.named)
    del scores
    assert named == 0
    assert mistaken <= 1
    assert missed <= 0.1 * true


def test_there_are_pairs_enough() -> None:
    rows = [row for half in ("work", "score") for row in pairs(half, False)]
    assert sum(row.same for row in rows) >= 150
    assert sum(not row.same for row in rows) >= 150
