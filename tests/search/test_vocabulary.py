from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tui.search.deletions import Deletions, deletions_of
from tui.search.vocabulary import Compounds, LetterSets, Vocabulary, letter_sets

# "한" keeps a word out of the table: Hangul is not spelt letter by letter.
WORDS = st.lists(st.text("abcdei한", min_size=1, max_size=9), min_size=1, max_size=120)
LATIN = st.text("abcdei", min_size=4, max_size=9)


def vocabulary(words: list[str]) -> Vocabulary:
    words = sorted(set(words))
    counts = array("I", range(1, len(words) + 1))
    return Vocabulary(
        words,
        "+" * len(words),
        counts,
        Compounds((), ""),
        LetterSets(letter_sets(words)),
        Deletions(deletions_of(words)),
    )


@given(WORDS, LATIN)
def test_one_edit_is_all_of_them(words: list[str], word: str) -> None:
    known = vocabulary(words)
    latin = [at for at, other in enumerate(known.words) if other.isascii()]
    expected = {at for at in latin if OSA.distance(word, known.words[at]) == 1}
    assert known.one_edit(word) == expected


@given(WORDS, LATIN)
def test_two_edits_are_all_of_them(words: list[str], word: str) -> None:
    known = vocabulary([other for other in words if other.isascii()])
    expected = [
        at
        for at, other in enumerate(known.words)
        if word[0] == other[0] and OSA.distance(word, other) == 2
    ]
    assert known.two_edits(word) == expected


@given(WORDS, LATIN)
def test_edited_beginnings_are_all_of_them(words: list[str], word: str) -> None:
    known = vocabulary([other for other in words if other.isascii()])
    expected = {
        at
        for at, other in enumerate(known.words)
        if other[0] == word[0]
        and not other.startswith(word)
        and any(OSA.distance(word, other[:cut]) == 1 for cut in range(1, len(other) + 1))
    }
    assert known.one_edit_heads(word) == expected


@given(WORDS, st.text("abcdei한", min_size=1, max_size=3))
def test_a_beginning_is_a_range(words: list[str], prefix: str) -> None:
    known = vocabulary(words)
    low, high = known.range(prefix)
    expected = [word for word in known.words if word.startswith(prefix)]
    assert known.words[low:high] == expected
    assert {known.words[at] for at in known.commonest(prefix, 200)} == set(expected)
    assert len(known.commonest(prefix, 2)) == min(2, len(expected))


@given(WORDS)
def test_every_word_is_found_and_nothing_else(words: list[str]) -> None:
    known = vocabulary(words)
    assert all(known.words[known.find(word)] == word for word in words)
    assert known.find("zzz") == -1
