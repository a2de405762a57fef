"""Names found while a syllable is still being composed, letter by letter, in Hangul and Han."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.records.hangul import (
    FINALS,
    becoming,
    begins,
    compose,
    decompose,
    initials,
    skips,
    strokes,
)
from tui.search.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@pytest.mark.parametrize(("letter", "keys"), [("ㅄ", "ㅂㅅ"), ("ㄳ", "ㄱㅅ"), ("ㅘ", "ㅗㅏ")])
def test_a_letter_on_its_own_is_the_keys_that_type_it(letter: str, keys: str) -> None:
    assert strokes(letter) == strokes(fold(letter)) == keys


@given(st.text("김용현윤석열", min_size=1, max_size=5))
def test_a_name_begins_with_each_of_its_beginnings(name: str) -> None:
    assert all(begins(name[:end], name) for end in range(1, len(name) + 1))
    assert begins(initials(name), name)
    assert not begins(name + "ㄱ", name)


def typed_so_far(word: str) -> Iterator[str]:
    """Give what an input method shows while a word is typed, keystroke by keystroke."""
    for at, syllable in enumerate(word):
        initial, vowel, final = decompose(syllable)
        for shown in (initial, compose(initial, strokes(vowel)[0]), compose(initial, vowel)):
            yield word[:at] + shown
        if final:
            yield word[:at] + compose(initial, vowel, strokes(final)[0])
        yield word[: at + 1]
        following = decompose(word[at + 1])[0] if at + 1 < len(word) else ""
        grown = [f for f in FINALS[1:] if following and strokes(f) == strokes(final) + following]
        yield from (word[:at] + compose(initial, vowel, f) for f in grown)


def may_become(typed: str, word: str) -> bool:
    ranges = ((typed[:-1] + low, typed[:-1] + high) for low, high in becoming(typed[-1]))
    return word.startswith(typed) or any(
        low <= word and word[: len(high)] <= high for low, high in ranges
    )


@given(st.text("확장억제핵협의값이닭고과귀를하다", min_size=1, max_size=5))
def test_what_is_composed_may_become_the_word(word: str) -> None:
    for typed in typed_so_far(word):
        assert strokes(word).startswith(strokes(typed))
        assert may_become(typed, word), typed
        assert may_become(fold(typed), word), typed  # letters come conjoining out of folding


@given(
    st.text("확장억제값갑가닭달사자과고핟", min_size=1, max_size=3),
    st.text("확장억제값갑가닭달사자과고다", min_size=1, max_size=4),
)
def test_only_what_goes_on_with_the_same_strokes(typed: str, word: str) -> None:
    if may_become(typed, word):
        assert strokes(word).startswith(strokes(typed))


@pytest.fixture(scope="module")
def korean(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    from tui.archive import open_archive
    from tui.search import Engine

    root: Path = tmp_path_factory.mktemp("korean")
    (root / "sources").mkdir()
    (root / "archive.toml").write_text('title = "Korean"\nformat = 1\n')
    text = "한미는 확장억제를 강화한다. 값이 오른다. 하나의 목표다. 과학 협력이다. 확인했다."
    (root / "sources" / "one.txt").write_text(text, encoding="utf-8")
    (root / "sources" / "two.txt").write_text(
        unicodedata.normalize("NFD", text.replace("한미", "우리")), encoding="utf-8"
    )
    return Engine.open(open_archive(root, cache=None), cache=None)


@pytest.mark.parametrize(
    ("typed", "lit"),
    [
        ("확장억ㅈ", ["확장억제"]),
        ("확장어", ["확장억"]),
        ("확장ㅇ", ["확장억"]),
        ("확자", ["확장"]),
        ("확장억제ㄹ", ["확장억제를"]),
        ("확장억젤", ["확장억제를"]),
        ("갑", ["값"]),
        ("한", ["하나", "한"]),  # 한미, and, the syllable going on, 하나
        ("고", ["과"]),
        ("확장억ㅈ 강화", ["강화", "확장억제"]),  # left half composed
    ],
)
def test_a_passage_follows_a_word_half_typed(korean: Engine, typed: str, lit: list[str]) -> None:
    found = {"one": set[str](), "two": set[str]()}
    for hit in korean.find(typed, limit=20).passages:
        text = korean_text(korean, hit.source)
        found[hit.source].update(
            unicodedata.normalize("NFC", text[start:end]) for start, end in hit.spans
        )
    assert sorted(found["one"]) == lit
    assert found["two"] == set(lit) - ({"한"} if typed == "한" else set())


@pytest.mark.parametrize("typed", ["확장억ㄱ", "확장오", "확장억ㅈ억", "ㅏ"])
def test_another_word_half_typed_is_none(korean: Engine, typed: str) -> None:
    assert not korean.find(typed).passages


def korean_text(engine: Engine, source: str) -> str:
    return engine._library.text(source)
