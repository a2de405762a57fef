"""Names found while a syllable is still being composed, letter by letter, in Hangul and Han."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.records.hangul import begins, initials, skips, strokes

if TYPE_CHECKING:
    from tui.search import Engine


def found(engine: Engine, query: str) -> list[str]:
    return [hit.id for hit in engine.find(query, limit=100).records if hit.score > 0.6]


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        *((typed, "kim-yong-hyun") for typed in ("기", "김", "김ㅇ", "김요", "김용", "김용ㅎ")),
        *(
            (typed, "kim-yong-hyun")
            for typed in ("김용혀", "ㄱㅇㅎ", "ㄱㅇ", "김ㅇㅎ", "용ㅎ", "金龍")
        ),
        *((typed, "yoon-suk-yeol") for typed in ("유", "윤ㅅ", "윤서", "윤석ㅇ", "ㅇㅅㅇ", "尹錫")),
        *((typed, "cho-tae-yul") for typed in ("조ㅌ", "조태ㅇ", "趙")),
        *((typed, "lee-jong-sup") for typed in ("이조", "리종ㅅ", "李")),
        *((typed, "yoshida-yoshihide") for typed in ("吉", "吉田", "よし", "요시ㄷ")),
        *((typed, "ncg") for typed in ("핵ㅎ", "핵협ㅇ", "ㅎㅎㅇㄱㄹ")),
        ("국바", "rok-ministry-of-national-defense"),
        ("북ㅎ", "north-korea"),
    ],
)
def test_a_name_half_typed(engine: Engine, typed: str, record: str) -> None:
    assert record in found(engine, typed)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("typed", ["김ㅇ", "김용혀", "ㄱㅇㅎ"])
def test_however_the_letters_are_encoded(engine: Engine, typed: str, form: str) -> None:
    written = unicodedata.normalize(form, typed)  # type: ignore[arg-type]
    assert "kim-yong-hyun" in found(engine, written)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("김영", "kim-yong-hyun"),  # he is 김용현, whatever Latin letters could be read as
        ("김영현", "kim-yong-hyun"),
        ("김ㅁ", "kim-yong-hyun"),
        ("ㄱㅈㅇ", "kim-yong-hyun"),
        ("김용", "kim-jong-un"),
        ("윤ㅈ", "yoon-suk-yeol"),
        ("金明", "kim-yong-hyun"),
    ],
)
def test_another_name_does_not_land(engine: Engine, typed: str, other: str) -> None:
    assert other not in found(engine, typed)


def test_what_is_typed_is_lit_to_the_syllable(engine: Engine) -> None:
    first = engine.find("윤ㅅ").records[0]
    assert [first.matched[start:end] for start, end in first.spans] == ["윤석"]
    assert first.why == "beginning of the name"
    assert engine.find("ㄱㅇㅎ").records[0].why == "first letters of the name"


def test_every_keystroke_of_a_name_finds_it(engine: Engine) -> None:
    """Compose as an input method does: each letter typed, then all of them made syllables."""
    keys = unicodedata.normalize("NFD", "김용현")
    for end in range(2, len(keys) + 1):
        assert "kim-yong-hyun" in found(engine, unicodedata.normalize("NFC", keys[:end])), end


@given(st.text("김용현윤석열권없", min_size=1, max_size=5), st.integers(1, 15))
def test_letters_composed_so_far_begin_the_name(name: str, end: int) -> None:
    typed = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name)[:end])
    assert strokes(name).startswith(strokes(typed))
    assert begins(typed, name)
    assert not skips(typed)


@given(st.text("김용현윤석열", min_size=1, max_size=5))
def test_a_name_begins_with_each_of_its_beginnings(name: str) -> None:
    assert all(begins(name[:end], name) for end in range(1, len(name) + 1))
    assert begins(initials(name), name)
    assert not begins(name + "ㄱ", name)
