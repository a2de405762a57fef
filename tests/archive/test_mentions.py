"""Who is named in a text: the longest name, whole words, one man under his short name."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.archive.mentions import MISNOMER, SHORT_NAME, Namer

if TYPE_CHECKING:
    from types import FrameType

NAMES = [
    ("freedom-shield", "initiative", "Freedom Shield"),
    ("ulchi", "initiative", "Ulchi Freedom Shield"),
    ("csg", "organization", "Ronald Reagan Carrier Strike Group"),
    ("reagan", "person", "Ronald Reagan"),
    ("austin", "person", "Lloyd J. Austin III"),
    ("austin", "person", "Austin"),
    ("kim", "person", "Kim Yong-hyun"),
    ("kim", "person", "김용현"),
    ("yoon", "person", "尹"),
    ("yoon", "person", "尹錫悅"),
    ("us", "state", "U.S."),
    ("us", "state", "United States"),
    ("rok", "state", "South Korea"),
    ("deterrence", "initiative", "extended deterrence"),
    ("two", "initiative", "2+2"),
    ("congress", "organization", "Congress"),
    ("geneve", "initiative", "Genève"),
    ("a", "initiative", "NSC"),
    ("b", "initiative", "NSC"),
]


@pytest.fixture(scope="module")
def namer() -> Namer:
    namer = Namer()
    for record, kind, name in NAMES:
        namer.add(record, kind, name)
    namer.add("us", "state", "US", exact=True)
    namer.add("ncg", "initiative", "NCG", exact=True)
    namer.add("deterrence", "initiative", "United States", MISNOMER)
    return namer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ulchi Freedom Shield and Freedom Shield", ["ulchi", "freedom-shield"]),
        ("the Ronald Reagan Carrier Strike Group", ["csg"]),
        ("President Ronald Reagan", ["reagan"]),
        ("Lloyd J. Austin III spoke; Austin left, Secretary Austin too", ["austin"]),
        ("Kim Yong-hyun, Kim Yong‑hyun, KIM YONG—HYUN, Kim Yong Hyun", ["kim"] * 3),
        ("the US, the U.S., the U.S.-led, give us, US-ROK, USS, USA, u.s.", ["us"] * 4),
        ("the United  States’ and the\nUnited\nStates; United\n\nStates", ["us", "us"]),
        ("South Korea's, South Korean, South Koreas", ["rok"]),
        ("Extended Deterrence; extended deterrence; extended-deterrence", ["deterrence"] * 2),
        ("the 2+2 Meeting, 12+2, 2+22, 2 + 2", ["two"]),
        ("ncg NCG NCGs", ["ncg"]),
        ("Congress, CONGRESS, a congress", ["congress"] * 2),
        ("김용현 국방부 장관은, 김용현은 말했다, 김용, 신김용현", ["kim", "kim"]),
        ("President 尹 asked; 尹錫悅大統領", ["yoon"]),
        (unicodedata.normalize("NFD", "Genève"), ["geneve"]),
        ("the NSC", ["a", "b"]),
        ("", []),
    ],
)
def test_names(namer: Namer, text: str, expected: list[str]) -> None:
    assert [record for _, _, record in namer.mentions(text)] == expected


def test_places_are_those_of_the_words(namer: Namer) -> None:
    text = "The U.S. and “Freedom Shield.” 김용현은"
    found = [text[a:b] for a, b, _ in namer.mentions(text)]
    assert found == ["U.S.", "Freedom Shield", "김용현"]


def test_short_names_belong_to_one_source_and_come_first(namer: Namer) -> None:
    own = Namer()
    own.add("kim", "person", "Minister Kim", SHORT_NAME)
    own.add("other-austin", "person", "Austin", SHORT_NAME)
    own.add("own-congress", "organization", "Congress", SHORT_NAME)
    own.add("yoon", "person", "President 尹", SHORT_NAME)
    text = "Minister Kim, Austin, Congress, Kim, President 尹"
    assert [r for *_, r in namer.mentions(text, own)] == [
        "kim", "other-austin", "own-congress", "yoon",
    ]  # fmt: skip
    assert [r for *_, r in namer.mentions(text)] == ["congress"]


def test_edges_cut_words(namer: Namer) -> None:
    text = "apnewsSouth Korea and South Korea"
    assert len(list(namer.mentions(text))) == 1
    assert [a for a, *_ in namer.mentions(text, None, [6])] == [6, 22]


@given(st.text(st.sampled_from("US.2+ -’KimYong김용현尹Ul\u0301\n") | st.characters()))
def test_mentions_are_in_order_and_apart(namer: Namer, text: str) -> None:
    at = 0
    spans = dict.fromkeys((a, b) for a, b, _ in namer.mentions(text))
    for start, end in spans:
        assert at <= start < end <= len(text)
        at = end


def test_the_walk_is_linear_in_the_text_whatever_the_names() -> None:
    namer = Namer()
    for number in range(20_000):
        namer.add(f"p{number}", "person", f"Kim Number{number} Jr.")
    words = "Kim Number7 said that Kim Number19999 Jr. saw Kim. "

    def steps(times: int) -> int:
        """Count what is called: the same on a busy machine as on a quiet one."""
        counted = 0

        def count(_frame: FrameType, _event: str, _argument: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            found = len(list(namer.mentions(words * times)))
        finally:
            sys.setprofile(None)
        assert found == times
        return counted

    assert steps(2_000) < 11 * steps(200)
