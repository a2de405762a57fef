"""What speaks against a quote: notes that are about its value, and facts that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.archive import open_archive
from tui.archive.disputes import DISPUTING, differing, disputed, disputing_notes
from tui.paths import data
from tui.records.record import KINDS

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.records.evidence import Fact


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_archive(data("content"), cache=tmp_path_factory.mktemp("cache"))


def fact(library: Library, record: str, field: str, value: str) -> Fact:
    return next(f for f in library.record(record).all(field) if f.shown == value)


def test_a_misprinted_rank_is_disputed_twice_over(library: Library) -> None:
    general = fact(library, "kim-myung-soo", "rank", "General")
    assert "slip" in {note.kind for note in disputed(library, "kim-myung-soo", general)}
    assert [d.field for d in differing(library, "kim-myung-soo", general)] == ["rank"]


@pytest.mark.parametrize("field", ["name", "country"])
def test_a_name_in_a_disputed_sentence_is_not_disputed_itself(library: Library, field: str) -> None:
    for each in library.record("kim-myung-soo").all(field):
        assert not disputed(library, "kim-myung-soo", each)
        assert not differing(library, "kim-myung-soo", each)


def test_an_office_that_was_left_is_out_of_date(library: Library) -> None:
    office = fact(library, "lloyd-austin", "office", "Secretary of Defense")
    assert {note.kind for note in disputed(library, "lloyd-austin", office)} == {"outdated"}


def test_a_mistranslated_word_disputes_the_value_it_stands_in(library: Library) -> None:
    wrong = fact(
        library, "nuclear-armament-debate", "misnomer", "South Korea’s nuclear disarmament"
    )
    notes = disputed(library, "nuclear-armament-debate", wrong)
    assert "translation" in {note.kind for note in notes}


def test_every_note_that_disputes_stands_in_the_stretch(library: Library) -> None:
    for source in library.sources:
        length = len(library.text(source))
        every = disputing_notes(library, source, 0, length)
        assert [n for n in library.notes_in(source) if n.kind in DISPUTING] == list(every)
        for note in every:
            e = note.evidence
            assert note in disputing_notes(library, source, e.start, e.start + 1)
            assert note not in disputing_notes(library, source, e.end, length)


def test_some_facts_are_disputed_and_most_are_not(library: Library) -> None:
    stated = [
        bool(disputed(library, record.id, each))
        for kind in KINDS
        for record in library.records(kind)
        for each in record.facts
        if each.basis == "stated"
    ]
    assert 50 < sum(stated) < len(stated) / 5
