from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.search.fold import Folded, compounds_in, fold, words_in

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aAeéßﬁﬀİıſ’‘'-–—.ＡＢ１２｡ｶﾞがガ"
            "\u0301\u0308\u3099\u200b\u00ad\ufeff尹李김ᄀ\u1161\u11a8🇰🇷👩‍👧 \n"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-South Korea", ["us", "south", "korea"]),
        ("the U.S.’s “iron” pledge", ["the", "us", "iron", "pledge"]),
        ("today’s nations' world", ["today", "nations", "world"]),
        ("Washington, D.C. The focus", ["washington", "dc", "the", "focus"]),
        ("Lloyd J. Austin III", ["lloyd", "j", "austin", "iii"]),
        ("“2+2 Meeting”", ["2+2", "meeting"]),
        ("F-22/F-35, B-52H", ["f", "22", "f", "35", "b", "52h"]),
        ("President 尹 asked", ["president", "尹", "asked"]),
        ("尹錫悅大統領", list("尹錫悅大統領")),
        ("확장억제를 위한", ["확장억제를", "위한"]),
        (unicodedata.normalize("NFD", "김용현 장관"), ["김용현", "장관"]),
        ("ﬁrm Ｆｕｌｌ Straße", ["firm", "full", "strasse"]),
        ("Kōno Tarō", ["kono", "taro"]),
        ("data\u00adsharing", ["datasharing"]),
        ("snake_case", ["snake", "case"]),
        ("▲ 👩‍👩‍👧 …", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_in(fold(text)) == words
    folded = Folded(text)
    assert [folded.word(place) for place in folded.places()] == words


def test_compounds() -> None:
    assert compounds_in("cho tae-yul met kim myung-soo") == [("tae", "yul"), ("myung", "soo")]
    assert compounds_in("rok-us-japan") == [("rok", "us"), ("us", "japan")]


@given(HOSTILE)
@example("İ")
@example("ﷺ")
@example("ΐ")
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(HOSTILE)
def test_keeping_places_folds_alike(text: str) -> None:
    folded = Folded(text)
    assert folded.text == fold(text)
    assert [folded.word(place) for place in folded.places()] == words_in(fold(text))


@given(HOSTILE)
def test_every_word_has_a_place_that_folds_to_it(text: str) -> None:
    folded = Folded(text)
    before = 0
    for place in folded.places():
        start, end = folded.span(*place)
        assert before <= start < end <= len(text)
        before = end if text[start:end].isascii() else start
        assert folded.word(place) in fold(text[start:end]).replace(".", "")


@given(HOSTILE, st.integers(1, 5))
def test_the_head_of_a_word_is_in_the_word(text: str, letters: int) -> None:
    folded = Folded(text)
    for place in folded.places():
        start, end = folded.span(*place)
        first, last = folded.head(place, letters)
        assert start == first < last <= end
        assert folded.word(place)[:letters] in fold(text[first:last]).replace(".", "")


def test_places_cover_marks_and_ligatures() -> None:
    text = "Ta\u0301ro\u0304 ﬁrm"
    folded = Folded(text)
    assert [text[slice(*folded.span(*place))] for place in folded.places()] == [
        "Ta\u0301ro\u0304",
        "ﬁrm",
    ]
    assert folded.head(folded.places()[1], 1) == (7, 8)
