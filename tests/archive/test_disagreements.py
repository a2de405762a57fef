"""Facts that cannot all hold stand side by side; nobody picks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.archive.conftest import Folder

MORE = """\
  [[event.{basis}]]
  {ground}
  date = "{date}"
"""
GROUNDS = {
    "stated": 'source = "one"\n  quote = "Ministers meet in Seoul"',
    "outside": 'url = "https://example.org/x"',
    "inferred": 'why = "So"\n  from = [{ source = "one", quote = "Ministers meet in Seoul" }]',
}


@pytest.mark.parametrize(
    ("first", "basis", "second", "apart"),
    [
        ("2023-01-31", "stated", "2023-02-01", True),
        ("2023-01-31", "stated", "2023-01", False),
        ("2023-01-31", "stated", "2023-01?-31", False),
        ("2023-01-31", "outside", "2023-02", True),
        ("2023-01-31", "inferred", "2023-02", False),
        ("../2023-01-31", "stated", "2023-02-01", True),
        ("../2023-01-31", "stated", "2020", False),
        ("2023/..", "outside", "2022-12-31", True),
        ("2023-01-31", "outside", "2023-01-31", False),
    ],
)
def test_dates_disagree_when_their_bounds_are_apart(
    folder: Folder, first: str, basis: str, second: str, apart: bool
) -> None:
    folder.replace(
        "events/all.toml", '  date_text = "the 31st"\n',
        f'  date_text = "the 31st"\n  date = "{first}"\n',
    )  # fmt: skip
    folder.append(
        "events/all.toml", MORE.format(basis=basis, ground=GROUNDS[basis], date=second)
    )  # fmt: skip
    library = folder.open()
    assert list(library.faults) == []
    found = library.disagreements_about("talks")
    assert [(d.field, [f.value for f in d.values]) for d in found] == (
        [("date", [first, second])] if apart else []
    )
    assert list(library.timeline.disagreements) == [2 if apart else 0]


RANKS = """\
  [[person.stated]]
  source = "one"
  quote = "Minister Lee and"
  rank = "General"
  [[person.stated]]
  source = "one"
  quote = "Austin left"
  rank = "{other}"
"""


@pytest.mark.parametrize(("other", "apart"), [("Admiral", True), ("general", False)])
def test_words_disagree_when_they_differ(folder: Folder, other: str, apart: bool) -> None:
    folder.replace("actors/all.toml", "\n[[state]]", RANKS.format(other=other) + "\n[[state]]")
    library = folder.open()
    assert bool(library.disagreements_about("lee-jong-sup")) == apart
    assert library.counts()["disagreements"] == apart


def test_a_lost_quote_disagrees_with_nothing(folder: Folder) -> None:
    ranks = RANKS.format(other="Admiral").replace("Austin left", "Nobody said these words ever")
    folder.replace("actors/all.toml", "\n[[state]]", ranks + "\n[[state]]")
    assert folder.open().disagreements_about("lee-jong-sup") == []


VERDICT = """\
[[disagreement]]
about = "lee-jong-sup"
field = "rank"
verdict = "{verdict}"
url = "https://example.org/rank"
"""
VALUE = '  [[disagreement.value]]\n  value = "{value}"\n  source = "one"\n  quote = "{quote}"\n'


def test_a_verdict_goes_with_what_was_found(folder: Folder) -> None:
    folder.replace("actors/all.toml", "\n[[state]]", RANKS.format(other="Admiral") + "\n[[state]]")
    folder.append(
        "notes/all.toml",
        VERDICT.format(verdict="General") + VALUE.format(value="Marshal", quote="Post a Comment"),
    )
    library = folder.open()
    (found,) = library.disagreements_about("lee-jong-sup")
    assert [fact.value for fact in found.values] == ["General", "Admiral", "Marshal"]
    assert (found.verdict, found.url) == ("General", "https://example.org/rank")


def test_two_matters_in_one_field_stay_apart(folder: Folder) -> None:
    for values in (("a", "b"), ("c", "d")):
        folder.append("notes/all.toml", VERDICT.format(verdict=values[0]))
        for value in values:
            folder.append("notes/all.toml", VALUE.format(value=value, quote="Post a Comment"))
    found = folder.open().disagreements_about("lee-jong-sup")
    assert [[fact.value for fact in d.values] for d in found] == [["a", "b"], ["c", "d"]]


def test_an_editor_may_say_what_no_record_holds(folder: Folder) -> None:
    folder.append("notes/all.toml", '[[disagreement]]\nfield = "spelling of defence"\n')
    folder.append("notes/all.toml", VALUE.format(value="Defense", quote="US Defense Secretary"))
    folder.append(
        "notes/all.toml",
        '  [[disagreement.value]]\n  value = "Defence"\n  url = "https://example.org/uk"\n',
    )
    (found,) = folder.open().disagreements
    assert found.about is None
    assert [fact.basis for fact in found.values] == ["stated", "outside"]


def test_a_verdict_on_nothing_is_a_fault(folder: Folder) -> None:
    folder.append("notes/all.toml", VERDICT.format(verdict="x"))
    (fault,) = folder.faults()
    assert (fault.line, fault.field) == (9, "field")
    assert "no two values that differ" in fault.message
