from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.records.names import given_keys, keys, same_name, surname_keys

HERE = Path(__file__).parent


def pairs(half: str) -> list[tuple[str, str, str]]:
    lines = (HERE / f"name-pairs-{half}.txt").read_text(encoding="utf8").splitlines()
    split = (line[1:].partition("|") for line in lines)
    rows = [
        (line[:1], one.strip(), other.strip())
        for line, (one, _, other) in zip(lines, split, strict=True)
    ]
    return [row for row in rows if row[0] in ("=", "!")]


@pytest.mark.parametrize(("sign", "one", "other"), pairs("work"))
def test_one_person_shares_a_key_and_two_people_do_not(sign: str, one: str, other: str) -> None:
    assert same_name(one, other) is (sign == "="), (sorted(keys(one)), sorted(keys(other)))


@pytest.mark.parametrize("written", ["尹", "윤", "Yoon", "yun", "Youn", "YOON"])
def test_one_family_name_in_three_scripts(written: str) -> None:
    assert "윤" in surname_keys(written)


@pytest.mark.parametrize(
    ("written", "key"), [("리", "이"), ("李", "이"), ("Ri", "이"), ("林", "임")]
)
def test_northern_family_names_are_southern_ones(written: str, key: str) -> None:
    assert key in surname_keys(written)


@pytest.mark.parametrize(
    "word", ["security", "lasagna", "", "54th", "Kim Jong Un", "確認", "가나다"]
)
def test_other_words_are_no_family_name(word: str) -> None:
    assert not surname_keys(word)


@pytest.mark.parametrize("given_name", ["yong-hyeon", "yonghyun", "Yong Hyun", "용현"])
def test_a_given_name_on_its_own(given_name: str) -> None:
    assert "용현" in given_keys(given_name)


def test_hangul_is_exact_where_latin_letters_are_open() -> None:
    assert keys("김용현") == {"김용현"}
    assert {"김용현", "김영현"} <= keys("Kim Yong-hyun")
    assert not same_name("김용현", "김영현")


def test_titles_stand_outside_the_name() -> None:
    assert same_name("South Korean Defense Minister Kim Yong Hyun", "김용현 국방장관")


@given(st.text(max_size=80))
def test_any_text_has_keys_or_none(text: str) -> None:
    assert all(keys(text))
    assert all(surname_keys(text))
    assert all(given_keys(text))


def test_the_half_that_only_scores() -> None:
    """Report how the names fare that nothing was tuned by: no two people may become one."""
    rows = pairs("score")
    wrong = [row for row in rows if same_name(row[1], row[2]) is not (row[0] == "=")]
    assert not [row for row in wrong if row[0] == "!"]
    assert len(wrong) <= 0.1 * sum(row[0] == "=" for row in rows)
    assert len(rows) + len(pairs("work")) >= 300
