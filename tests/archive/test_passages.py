"""Sentences are cut where a reader would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.archive.passages import LONGEST, passages

# A bar shows where a passage ends.
CASES = [
    "At the meeting on October 30, 2024, U.S. Secretary of Defense Lloyd J. Austin III met Kim.",
    "They met in Washington, D.C.|The focus of this meeting was clear.",
    "They met in Washington, D.C. on Friday.|It rained.",
    "The U.S. and South Korea agreed.|The U.S.|These are words.",
    "General Charles Q. Brown Jr. and General Yoshihide Yoshida, spoke.|Then they left.",
    "He saw Gen. Brown, Lt. Gen. Kim and Adm. Lee.|No. 5 is No. 1.|No.|Yes.",
    "“We have used them.|We will use more of the these in the future.”|He said so.",
    "“Is it so?” he asked.|“It is!” she said.|Was it?|It was.",
    "“We’re charting a path,” said Caine.|He cautioned: “Their intentions are clear.|We must.”",
    "The content is a result of reflecting such public opinion. .|In a contribution he wrote.",
    "an extended deterrence system ROK-USA effective and strong. that can ease worries.” he asked",
    "against nuclear and missile . threats.|The meeting ended.",
    "As agreed, ▲ the ability to prevent ▲ sharing ▲ consultation, etc.|It will continue.",
    "F22/F35… carrier more… Total of 2 stages",
    "1. First things.|2. Second things.",
    "It cost 3.5 million.|Version 2.0 is out.",
    "회담이 열렸다.|장관이 말했다.",
    "会談した。|大臣は言った。|「はい。」|以上",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    text = case.replace("|", "" if "。" in case else " ")
    assert [text[a:b] for a, b, _ in passages(text)] == case.split("|")


def test_a_line_always_ends() -> None:
    text = (
        "Newsletter\n\nTotal of 2 stages\r\nDefense ministers\rmeeting\u2028held \x85 soon\n \t\n"
    )
    text += "/happy news"
    found = [(text[a:b], n) for a, b, n in passages(text)]
    assert found == [
        ("Newsletter", 1), ("Total of 2 stages", 2), ("Defense ministers", 3), ("meeting", 4),
        ("held", 5), ("soon", 6), ("/happy news", 7),
    ]  # fmt: skip


def test_paragraphs_count_lines_that_are_not_blank() -> None:
    text = "One. Two.\n\n \u00a0\nThree."
    assert [n for *_, n in passages(text)] == [1, 1, 2]


def test_boilerplate_is_cut_off() -> None:
    text = "image credit : apnewsSouth Korea flew. Japan too."
    edge = text.index("South")
    assert [text[a:b] for a, b, _ in passages(text, [0, edge])] == [
        "image credit : apnews", "South Korea flew.", "Japan too.",
    ]  # fmt: skip


def test_the_longest() -> None:
    text = "word " * 1_000 + "\n" + "x" * 10_000 + "\n" + "a clause, " * 200
    found = list(passages(text))
    assert max(b - a for a, b, _ in found) <= LONGEST
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b, _ in found)
    assert sum(text[b - 1] == "," for _, b, n in found if n == 3) >= 3


@given(st.text(st.sampled_from('aB .!?…。"”’)\n\r\t1UJDGen,;▲한') | st.characters(codec="utf-8")))
def test_nothing_is_lost_and_nothing_said_twice(text: str) -> None:
    at = 0
    for start, end, paragraph in passages(text):
        assert at <= start < end <= len(text)
        assert not any(c.isalnum() for c in text[at:start])
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert paragraph >= 1
        at = end
    assert not any(c.isalnum() for c in text[at:])
