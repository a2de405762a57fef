"""Every style of quotation mark is read, and every quotation is traced word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.drafts import Manuscript
from tui.drafts.quotations import quotations

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.drafts import Finding, Report

Check = "Callable[[str], Report]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “one two three” today.", ["one two three"]),
        ('He said "one two three" and "four five six".', ["one two three", "four five six"]),
        ("He said ‘one two three’ today.", ["one two three"]),
        ("He said 'one two three' today.", ["one two three"]),
        ("He said «one two three», »four five six« and „seven eight nine“.",
         ["one two three", "four five six", "seven eight nine"]),
        ("「一二三四」 and 『五六七八』", ["一二三四", "五六七八"]),
        ("``one two three'' in TeX", ["one two three"]),
        ("The ministers' talks in the '90s weren't 'one two three'.", ["one two three"]),
        ("‘one of the ministers’ own words’ was said", ["one of the ministers’ own words"]),
        ("“outer ‘inner words’ outer” and ‘outer “inner words” outer’",
         ["outer ‘inner words’ outer", "outer “inner words” outer"]),
        ('a 5" gun and a 16" gun, “one two three”', ["one two three"]),
        ("“first paragraph\n\n“second paragraph” end", ["first paragraph\n\n“second paragraph"]),
        ("> one two three\n> four five six\n\nrest", ["one two three\n> four five six"]),
        ("> one two three\n>\n> — Lloyd Austin, art-003\n", ["one two three"]),
        ("> “one two three”\n", ["one two three"]),
        ("> **Note:** one two three\n", []),
        ("**“one two three”** and [“four five six”](http://x.y \"a title of three\")",
         ["one two three", "four five six"]),
        ("```\n\"code is not quoted\"\n```\n`\"nor is this\"`", []),
        ("<a title=\"nor is this one\">x</a>", []),
        ('---\ntitle: "not this one"\n---\n“one two three”', ["one two three"]),
        ("- “one two\n- three four” five", []),
    ],
)  # fmt: skip
def test_what_is_quoted(text: str, found: list[str]) -> None:
    draft = Manuscript("draft.md", text)
    assert len(draft.plain) == len(text)
    assert [text[q.start : q.end] for q in quotations(draft) if q.closed] == found


def quoted(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.kind == "quotation"]


@pytest.mark.parametrize(
    ("text", "place", "note"),
    [
        ("“firm and ironclad,” he said", "art-003 ¶16", ""),
        ("\"firm and ironclad.\" So it is.", "art-003 ¶16", "closing mark"),
        ("«the core of the extended deterrence promise»", "art-003 ¶16", ""),
        ("“Firm and ironclad”", "art-003 ¶16", "first letter"),
        ("“[F]irm and ironclad”", "art-003 ¶16", "brackets"),
        ("“[this] is firm and ironclad”", "art-003 ¶16", "brackets"),
        ("“The US defense commitment … is firm and ironclad”", "art-003 ¶16", "ellipsis"),
        ("“The US defense commitment [...] it is firm and ironclad”", "art-003 ¶16", "ellipsis"),
        ("“we will use more of the these [sic] in the future”", "art-003 ¶15", "brackets"),
        ("“not just a slogan it is firm and ironclad”", "art-003 ¶16", "punctuation"),
        ("“The US Defense Commitment to Korea”", "art-003 ¶16", "capitals"),
        ("“shared path forward - one built on regular engagement”", "art-002 ¶6", "punctuation"),
        ("“real-time missile warning information sharing”", "art-003 ¶27", ""),
        ("> “The US defense commitment to Korea is not just a slogan, it is firm and\n"
         "> ironclad,” he said.", "art-003 ¶16", ""),
        ("“Expansion of joint Korea-US exercises… F22/F35/carrier”", "art-003 ¶2", ""),
        ("“firm and ironclad”, he said. “This", "art-003 ¶16", ""),
        ("“Their intentions are clear and aggressive.\n\n“We must remain vigilant.”",
         "art-002 ¶6", ""),
        # Boilerplate runs into the text here, and the index knows other words than the page.
        ("“credit : apnewsSouth Korea, Japan, and the United States”", "art-002 ¶2", ""),
    ],
)  # fmt: skip
def test_a_true_quotation_is_verbatim(
    checked: Callable[[str], Report], text: str, place: str, note: str
) -> None:
    finding = quoted(checked(text))[0]
    assert finding.verdict == "verbatim", finding
    assert finding.says.startswith(place)
    assert note in finding.says
    assert ";" in finding.says if note else ";" not in finding.says


@pytest.mark.parametrize(
    ("text", "changes", "source"),
    [
        ("“it is firm and unwavering”", [("unwavering", "ironclad")], "art-003"),
        ("“the unwavering commitment to the defense of its allies”", [("", "U.S.")], "art-004"),
        ("“the very unwavering U.S. commitment to the defense”", [("very", "")], "art-004"),
        ("“Its intentions are clear and aggressive”", [("Its", "Their")], "art-002"),
        ("“leaders of the three nations gathered in Seoul for their annual meeting”",
         [("of", "from"), ("nations", "countries")], "art-002"),
        ("“defense leaders from the three countries gathered in Seoul”",
         [("defense", "defence")], "art-002"),
        ("“We have already used fifth generation fighters … we will use many of the these”",
         [("many", "more")], "art-003"),
        ("“over 1,000 North Korean soldiers are already engaged in combat”",
         [("1,000", "10,000")], "art-002"),
    ],
)  # fmt: skip
def test_one_word_makes_a_quotation_altered(
    checked: Callable[[str], Report],
    text: str,
    changes: list[tuple[str, str]],
    source: str,
) -> None:
    finding = quoted(checked(text))[0]
    assert finding.verdict == "altered"
    assert [(change.was, change.now) for change in finding.changes] == changes
    assert finding.evidence[0].source == source
    for change in finding.changes:
        assert text[change.start : change.end] == change.was


def test_parts_in_another_order_are_altered(checked: Callable[[str], Report]) -> None:
    finding = quoted(checked("“We must remain vigilant … Their intentions are clear”"))[0]
    assert finding.verdict == "altered"
    assert "follow each other" in finding.says


def test_what_was_never_printed_is_not_found(checked: Callable[[str], Report]) -> None:
    for text in ("“Our navies will meet in the spring”", "“the alliance is stronger than steel”"):
        assert [f.verdict for f in quoted(checked(text))] == ["not found"]


def test_irony_and_names_are_no_quotations(checked: Callable[[str], Report]) -> None:
    assert quoted(checked("a “rules-based” order, the ‘so-called’ “deal”")) == []
    assert [f.verdict for f in quoted(checked("“Freedom Shield”"))] == ["verbatim"]


def test_a_source_named_behind_a_quotation_has_to_print_it(
    checked: Callable[[str], Report],
) -> None:
    wrong = quoted(checked("“firm and ironclad” (art-001 ¶2)"))
    assert [f.verdict for f in wrong] == ["verbatim", "misattributed"]
    assert wrong[1].text == "art-001 ¶2"
    assert [f.verdict for f in quoted(checked("“firm and ironclad” [art-003]"))] == ["verbatim"]


@pytest.mark.parametrize(
    ("text", "person", "speaker"),
    [
        ("Minister Lee said, “We have already used fifth generation fighters.”", "Lee",
         "Lloyd J. Austin III"),
        ("“Their intentions are clear and aggressive,” said General Charles Q. Brown Jr.",
         "Charles Q. Brown Jr.", "Dan Caine"),
        ("“Their intentions are clear and aggressive,” Marco Rubio said.", "Marco Rubio",
         "Dan Caine"),
        ("Lloyd Austin told reporters at the ministry: “I and Minister Austin have decided”",
         "Lloyd Austin", "Lee Jong-sup"),
    ],
)  # fmt: skip
def test_words_given_to_somebody_else(
    checked: Callable[[str], Report], text: str, person: str, speaker: str
) -> None:
    wrong = [f for f in quoted(checked(text)) if f.fault]
    assert [(f.verdict, f.text, f.expected) for f in wrong] == [("misattributed", person, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Secretary Austin said, “We have already used fifth generation fighters.”",
        "“Their intentions are clear and aggressive,” said General Caine. Marco Rubio said more.",
        "Minister Lee told Secretary Austin that “trilateral cooperation” was right.",
        "Minister Lee recalled how Secretary Austin said “we will use more of the these”.",
        "Marco Rubio met Dan Caine, whose “Their intentions are clear and aggressive” is known.",
        "Minister Lee said the commitment “is firm and ironclad” now, and “a combined defense”.",
        "Dan Caine said in Seoul: “credible intelligence about North Korean troop deployments”",
        "Minister Lee said of “effective extended deterrence to dispel concerns” nothing.",
    ],
)
def test_words_given_to_whoever_said_them_or_not_surely_to_anybody(
    checked: Callable[[str], Report], text: str
) -> None:
    assert [f for f in quoted(checked(text)) if f.fault] == []


def test_an_open_mark_is_said(checked: Callable[[str], Report]) -> None:
    found = quoted(checked("He said “one two three and more.\n\nAnd on."))
    assert [f.verdict for f in found] == ["unclosed"]
