"""What is retrieved is all that holds what was asked for, and nothing else."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search import retrieve
from tui.search.fold import fold, words_in
from tui.search.postings import DamagedError, Postings, PostingsWriter

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.search import Engine


def passages(library: Library) -> dict[tuple[str, int], list[str]]:
    """Give the words of every passage by its place."""
    return {
        (source, passage.start): words_in(fold(library.text(source)[passage.start : passage.end]))
        for source in library.sources
        for passage in library.passages(source)
    }


@pytest.mark.parametrize("read_one_by_one", [0, 5_000])
def test_a_phrase_is_where_its_words_stand_side_by_side(
    shipped: Library, engine: Engine, monkeypatch: pytest.MonkeyPatch, read_one_by_one: int
) -> None:
    monkeypatch.setattr(retrieve, "_READ_THROUGH", read_one_by_one)
    held = passages(shipped)
    for one, other in (
        *(("south", "korea"), ("of", "the"), ("defense", "minister"), ("korea", "south")),
        *(("minister", "lee"), ("the", "united"), ("in", "seoul")),
    ):
        right = {place for place, words in held.items() if (one, other) in set(pairwise(words))}
        answer = engine.find(f'"{one} {other}"', limit=500, only="passage")
        assert {(hit.source, hit.start) for hit in answer.passages} == right, (one, other)
        assert answer.total == len(right)
        both = {place for place, words in held.items() if one in words}
        left = engine.find(f'{one} nowhere-at-all -"{one} {other}"', limit=500, only="passage")
        assert {(hit.source, hit.start) for hit in left.passages} <= both - right


HELD = st.dictionaries(
    st.characters(min_codepoint=0x21, max_codepoint=0x60),
    st.frozensets(st.integers(0, 200_000), min_size=1),
    max_size=12,
)


@given(HELD)
def test_postings_come_back_as_they_were(held: dict[str, frozenset[int]]) -> None:
    writer = PostingsWriter()
    for number in sorted(frozenset().union(*held.values())):
        writer.add(number, [code for code, numbers in held.items() if number in numbers])
    assert writer.counts() == {code: len(numbers) for code, numbers in held.items()}
    data, table = writer.finish()
    postings = Postings(bytes(data), table)
    for code in map(chr, range(0x21, max(map(ord, held), default=0x20) + 1)):
        assert set(postings.of(code)) == set(held.get(code, ()))


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_what_was_damaged_is_never_unpacked(at: int, bit: int) -> None:
    writer = PostingsWriter()
    for number in range(0, 900, 3):
        writer.add(number, "!")
    data, table = writer.finish()
    data[at % len(data)] ^= 1 << bit
    with pytest.raises(DamagedError):
        Postings(bytes(data), array("I", table)).of("!")
