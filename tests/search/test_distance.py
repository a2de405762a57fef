from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tui.search.distance import _at_edits_many, edits, masks

words = st.text("abcn한尹", max_size=9)


@given(words, words)
def test_edits_are_those_of_rapidfuzz(one: str, other: str) -> None:
    assert edits(one, other) == OSA.distance(one, other)


@given(words, st.lists(words, min_size=1, max_size=40))
def test_many_are_counted_like_few(word: str, others: list[str]) -> None:
    places = list(range(len(others)))
    few = [place for place in places if edits(word, others[place], masks(word)) == 2]
    assert _at_edits_many(word, others, places, 2) == few
