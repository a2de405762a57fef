from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tui.search.distance import at_edits, edits, one_edit

words = st.text("abcn한尹", max_size=9)


@given(words, words)
def test_edits_are_those_of_rapidfuzz(one: str, other: str) -> None:
    assert edits(one, other) == OSA.distance(one, other)
    assert one_edit(one, other) == (OSA.distance(one, other) == 1)


@given(words, st.lists(words, min_size=1, max_size=4))
def test_many_are_counted_like_few(word: str, others: list[str]) -> None:
    few = at_edits(word, others, list(range(len(others))), 2)
    many = at_edits(word, others * 400, list(range(len(others) * 400)), 2)
    assert few == [place for place in many if place < len(others)]
