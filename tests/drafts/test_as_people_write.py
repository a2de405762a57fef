"""Drafts as people write them: markup, lists, tables and shorthand hide nothing from the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.drafts import Report


def faults(report: Report) -> list[tuple[str, str]]:
    return [(f.verdict, f.text) for f in report.findings if f.fault]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Secretary of State **Lloyd Austin** met.", "Secretary of State **Lloyd Austin"),
        ("**Secretary of State** Lloyd Austin.", "Secretary of State** Lloyd Austin"),
        ("*Secretary of State Lloyd Austin*", "Secretary of State Lloyd Austin"),
        ("the talks\nSecretary of State Lloyd Austin\n", "Secretary of State Lloyd Austin"),
        ("[Secretary of State](https://x.y) Lloyd Austin",
         "Secretary of State](https://x.y) Lloyd Austin"),
        ("**Lloyd Austin**, *Secretary of State*, met.", "Lloyd Austin**, *Secretary of State"),
        ("Secretary of State[^2] Lloyd Austin", "Secretary of State[^2] Lloyd Austin"),
        ("Lloyd Austin was the secretary of state.", "Lloyd Austin was the secretary of state"),
        ("| Lloyd Austin | Secretary of State | US |", "Lloyd Austin | Secretary of State"),
        ("* **Lloyd Austin**: Secretary of State\n* **Dan Caine** – Chairman of the Joint Chiefs",
         "Lloyd Austin**: Secretary of State"),
        ("We met. Secretary Blinken. Chairman Dan Caine was Secretary of State.",
         "Dan Caine was Secretary of State"),
    ],
)  # fmt: skip
def test_a_wrong_office_is_found_through_markup(
    checked: Callable[[str], Report], text: str, shown: str
) -> None:
    assert faults(checked(text)) == [("wrong office", shown)]


@pytest.mark.parametrize(
    "text",
    [
        "Lloyd Austin: The Secretary of State has said so.",
        "Lloyd Austin: Secretary of State Blinken and I agreed.",
        "* Secretary of State\n* **Dan Caine**",
        "The Nuclear Planning Group of NATO",
        "the Defence Science & Technology Executive Committee (DSTEC)",
        "the NCG (Nuclear Consultative Group), the SCM (Seoul, Korea)",
        "the SCM (56th Security Consultative Meeting)",
        "met his US counterpart Secretary Austin and top diplomat Secretary of State Blinken",
        "> “Their intentions are clear and aggressive. We must remain vigilant.” — General Caine",
        "General Caine, Seoul",
        "General Caine, South Korea",
        "> Their intentions are clear and aggressive. — Gen. Caine, Seoul",
    ],
)
def test_what_only_looks_wrong_is_no_fault(checked: Callable[[str], Report], text: str) -> None:
    assert faults(checked(text)) == []


def test_a_full_stop_behind_a_short_name_ends_it(checked: Callable[[str], Report]) -> None:
    report = checked("Acting President Yoon. Chairman Kim Wu. Gen. Dan Caine, Jr. was there.")
    assert {f.text for f in report.findings if f.kind == "title"} == {
        "Acting President Yoon", "Chairman Kim Wu"
    }  # fmt: skip


def test_a_year_at_the_head_of_a_sentence_dates_it(checked: Callable[[str], Report]) -> None:
    assert faults(checked("In 2026, Defense Secretary Lloyd Austin spoke.")) == [
        ("wrong date", "Defense Secretary Lloyd Austin")
    ]


def test_an_abbreviation_spelt_out_behind_it_is_held_against_its_name(
    checked: Callable[[str], Report],
) -> None:
    assert faults(checked("The NCG (the Nuclear Control Group) met.")) == [
        ("wrong expansion", "NCG (the Nuclear Control Group)")
    ]


@pytest.mark.parametrize(
    ("text", "verdict", "says"),
    [
        ("“6000 military engineers and construction personnel”", "verbatim", "punctuation"),
        ("“it is firm and iron-clad”", "altered", "“iron-clad” is “ironclad” in"),
        ("“formulation of a multi-year plan”", "altered", "“multi-year” is “multiyear” in"),
        ("「He says “firm and ironclad” and “we must not do it」", "not found", "not printed"),
        ("“Their intentions are clear and [hostile]. We must remain vigilant.”", "verbatim",
         "brackets are the draft’s: “[hostile]” for “aggressive”"),
        ("“[T]heir intentions are [un]clear”", "verbatim", "draft’s: “[un]clear” for “clear”"),
        ("“clear [indeed] and aggressive [sic]”", "verbatim", "draft’s: “[indeed]” added"),
        ("&ldquo;Their intentions are clear and hostile.&rdquo;", "altered", "“hostile” is"),
        ("* “Their intentions are clear\n* and”", "unclosed", "never closed"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_quotation(
    checked: Callable[[str], Report], text: str, verdict: str, says: str
) -> None:
    (finding,) = checked(text).findings
    assert finding.verdict == verdict
    assert says in finding.says
    assert finding.verdict != "altered" or finding.changes


def test_words_according_to_somebody_else_are_misattributed(
    checked: Callable[[str], Report],
) -> None:
    words = "“trilateral cooperation between Korea, the United States and Japan strengthens everyone’s security.”"  # noqa: E501
    assert faults(checked(f"According to Lee Jong-sup, {words}")) == [
        ("misattributed", "Lee Jong-sup")
    ]
    assert faults(checked(f"According to Secretary Lloyd Austin, {words}")) == []
