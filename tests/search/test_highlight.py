"""Every span round-trips: it lies in its passage, and what it marks folds to what matched."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.fold import Folded, fold, words_in
from tui.search.highlight import spans, united
from tui.search.plan import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.search.rank import Found

TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("kim’s Yong-Hyun ﬁrm Ｆｕｌｌ “尹” 김용현\u0301\u200b\u00ad😀.,-"),
    ),
    min_size=1,
    max_size=80,
)


def found(words: Iterable[tuple[int, str]], letters: int = 0) -> list[Found]:
    return [(0, at, StandIn("x", (word,), 1.0, 1, letters)) for at, word in words]


@given(TEXT, st.data())
def test_any_choice_of_words_is_lit_exactly(text: str, data: st.DataObject) -> None:
    words = words_in(fold(text))
    if not words:
        return
    chosen = sorted(data.draw(st.sets(st.integers(0, len(words) - 1), min_size=1)))
    lit = spans(text, found((at, words[at]) for at in chosen), frozenset())
    assert lit
    edges = [edge for span in lit for edge in span]
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= len(text)
    folded = Folded(text)
    places = [folded.span(*place) for place in folded.places()]
    for at, (start, end) in enumerate(places):
        covered = any(first <= start and end <= last for first, last in lit)
        assert covered or at not in chosen
    marked = "".join(words_in(fold(" ".join(text[start:end] for start, end in lit))))
    assert all(words[at] in marked for at in chosen)


@given(TEXT, st.integers(1, 4))
def test_a_word_being_typed_is_lit_as_far_as_it_was_typed(text: str, letters: int) -> None:
    words = words_in(fold(text))
    for at, word in enumerate(words):
        lit = spans(text, found([(at, word)], letters), frozenset())
        assert lit is not None
        ((start, end),) = lit
        assert word[:letters] in fold(text[start:end]).replace(".", "")


@pytest.mark.parametrize(
    ("text", "words", "lit"),
    [
        ("with Kim Yong Hyun in", [(1, "kim"), (2, "yong"), (3, "hyun")], ["Kim Yong Hyun"]),
        ("Cho Tae-yul said", [(1, "tae"), (2, "yul")], ["Tae-yul"]),
        ("known as “extended deterrence,” means", [(2, "extended"), (3, "deterrence")], None),
        ("met. Kim spoke", [(0, "met"), (1, "kim")], ["met", "Kim"]),
        ("first\nsecond", [(0, "first"), (1, "second")], ["first", "second"]),
        ("the U.S. South", [(1, "us"), (2, "south")], ["U.S. South"]),
        ("Korea’s", [(0, "korea")], ["Korea"]),
    ],
)
def test_neighbours_are_one_span(
    text: str, words: list[tuple[int, str]], lit: list[str] | None
) -> None:
    marked = spans(text, found(words), frozenset())
    assert marked is not None
    assert [text[start:end] for start, end in marked] == (lit or ["extended deterrence"])


def test_little_words_are_lit_only_beside_others() -> None:
    text = "of the head of the state"
    faint = [(1, at, StandIn("x", (word,), 1.0, 1)) for at, word in [(0, "of"), (3, "of")]]
    lit = spans(text, found([(2, "head")]) + faint, frozenset({1}))
    assert lit == ((7, 14),)


def test_another_text_is_noticed() -> None:
    assert spans("another text", found([(0, "kim")]), frozenset()) is None
    assert spans("", found([(0, "kim")]), frozenset()) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_united_spans_cover_the_same_and_are_apart(marks: list[tuple[int, int]]) -> None:
    given_spans = [(start, start + length) for start, length in marks]
    one = united(given_spans)
    covered = {at for span in given_spans for at in range(*span)}
    assert {at for span in one for at in range(*span)} == covered
    assert all(before[1] < after[0] for before, after in pairwise(one))
