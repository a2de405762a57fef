"""Titles and names in a draft, against what the archive records, on the day that is spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.drafts.spoken import spoken
from tui.drafts.titles import before, office

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.drafts import Report


def said(report: Report, kind: str) -> list[tuple[str, str]]:
    return [(f.verdict, f.text) for f in report.findings if f.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. Secretary of Defense Lloyd J. Austin III met Foreign Minister Cho Tae-yul.",
        "Gim Yong-hyeon, the South Korean defence minister, and Minister Kim",
        "ROK JCS Chairman Kim Myongsu and Kim Myung-soo, chairman of the Joint Chiefs of Staff",
        "Japan’s Chief of Staff General Yoshida Yoshihide; Chief of the Joint Staff Yoshida",
        "Gen. Charles Q. Brown Jr. was the chairman of the Joint Chiefs of Staff in 2024.",
        "U.S. Chairman of the Joint Chiefs of Staff General Dan Caine. The Seoul talks went on.",
        "Former President Yoon Suk-yeol spoke of January 31, 2023, when President Yoon met Austin.",
        "then-Defense Minister Lee Jong-sup, in January 2023, met the minister's Seoul team",
        "On 30 October 2024 South Korean Minister of National Defense Kim Yonghyun spoke.",
        "Minister of Foreign Affairs Sergey Lavrov; North Korean leader Kim Jong-un",
        "First Vice Foreign Minister Park Yun-ju; his Japanese counterpart Takeshi Iwaya",
        "He wrote of “Foreign Minister Lloyd Austin” and of “Colonel Dan Caine” in a novel way.",
        "the South Korean defense chief, Kim Yong-hyun, and the JCS chief, Kim Myung-soo",
        "Secretary of State Antony Blinken in 2024 and Secretary of State Marco Rubio in July 2025",
        "The Minister. General Caine spoke. The President\n\nAdmiral visits.",
    ],
)
def test_a_true_title_is_no_fault(checked: Callable[[str], Report], text: str) -> None:
    assert [f for f in checked(text).findings if f.fault and f.kind != "quotation"] == []


@pytest.mark.parametrize(
    ("text", "verdict", "shown"),
    [
        ("Colonel Kim Myung-soo", "wrong rank", "Colonel Kim Myung-soo"),
        ("Vice Adm. Kim Myung-soo spoke.", "wrong rank", "Vice Adm. Kim Myung-soo"),
        ("So did Admiral Caine.", "wrong rank", "Admiral Caine"),
        ("Foreign Minister Gim Yonghyeon", "wrong office", "Foreign Minister Gim Yonghyeon"),
        ("Secretary of State Austin", "wrong office", "Secretary of State Austin"),
        ("Kim Yong Hyun, JCS chairman, said", "wrong office", "Kim Yong Hyun, JCS chairman"),
        ("Japanese Foreign Minister Cho Tae-yul", "wrong country",
         "Japanese Foreign Minister Cho Tae-yul"),
        ("U.S. Joint Chiefs Chairman Kim Myung-soo", "wrong country",
         "U.S. Joint Chiefs Chairman Kim Myung-soo"),
        ("In May 2025 Defense Minister Kim Yong-hyun said", "wrong date",
         "Defense Minister Kim Yong-hyun"),
        ("On 2023-01-31 Secretary of State Marco Rubio", "wrong date",
         "Secretary of State Marco Rubio"),
        ("Defence Minister Lee Jong-sup in October 2024", "wrong date",
         "Defence Minister Lee Jong-sup"),
    ],
)  # fmt: skip
def test_a_wrong_title_is_a_fault(
    checked: Callable[[str], Report], text: str, verdict: str, shown: str
) -> None:
    assert [f for f in said(checked(text), "title") if f[0] != "disputed"] == [(verdict, shown)]


def test_a_disputed_rank_names_both_sides_and_is_no_fault(
    checked: Callable[[str], Report],
) -> None:
    for text in (
        "General Kim Myung-soo",
        "Admiral Kim Myung-soo",
        "South Korean Joint Chiefs Chairman General Kim Myung-soo, and",
    ):
        report = checked(text)
        assert report.faults == 0
        (finding,) = report.findings
        assert finding.verdict == "disputed"
        assert {e.source for e in finding.evidence} == {"art-002", "art-004"}
        assert "“General” in art-002 ¶13" in finding.says
        assert "“Admiral” in art-004 ¶1" in finding.says


@pytest.mark.parametrize(
    "text", ["Ambassador Cho Tae-yul", "General Lloyd Austin", "Defense Minister Shin Won-sik"]
)
def test_what_no_source_says_is_a_remark(checked: Callable[[str], Report], text: str) -> None:
    report = checked(text)
    assert report.faults == 0
    assert [f.verdict for f in report.findings] == ["not stated"]
    assert "not stated in 5 sources" in report.findings[0].says


def test_who_is_recorded_in_the_office_then_is_said(checked: Callable[[str], Report]) -> None:
    (finding,) = checked(
        "On October 30, 2024, South Korean Defense Minister Shin Won-sik met the press."
    ).findings
    assert "the archive has Kim Yong-hyun in this office then" in finding.says


@pytest.mark.parametrize(
    "text",
    [
        "Secretary of State Kim Jong Yun", "General Kim Yong-un", "Colonel Yoshida Yoshitaka",
        "Admiral Daniel Craig", "Foreign Minister Lloyd Austen", "President Yoon Seok-min",
    ],
)  # fmt: skip
def test_a_look_alike_is_nobody_here(checked: Callable[[str], Report], text: str) -> None:
    findings = checked(text).findings
    assert {f.verdict for f in findings} <= {"not stated"}
    assert all(not f.record for f in findings)


def test_a_bare_family_name_is_never_guessed(checked: Callable[[str], Report]) -> None:
    assert checked("Chairman Kim and Minister Kim and leader Kim met.").faults == 0
    named = checked("Dan Caine spoke; so did Admiral Caine.")
    assert said(named, "title") == [("wrong rank", "Admiral Caine")]


@pytest.mark.parametrize(
    ("text", "verdict", "right"),
    [
        ("the Nuclear Consultation Group (NCG)", "wrong expansion", "Nuclear Consultative Group"),
        ("the nuclear planning group (NCG)", "wrong name", "Nuclear Consultative Group"),
        ("the Nuclear Consultative Group (NCP)", "wrong abbreviation", "NCG"),
        ("Freedom Shield (UFS)", "wrong expansion", "Ulchi Freedom Shield"),
        ("the Security Consultation Meeting", "wrong name", "Security Consultative Meeting"),
        ("the Nuclear Planning Group of the two", "wrong name", "Nuclear Consultative Group"),
        ("Tailored Deterrent Strategy (TDS)", "wrong expansion", "Tailored Deterrence Strategy"),
    ],
)
def test_a_wrong_name_of_an_initiative(
    checked: Callable[[str], Report], text: str, verdict: str, right: str
) -> None:
    found = [f for f in checked(text).findings if f.fault]
    assert (found[0].verdict, found[0].expected) == (verdict, right)
    assert len(found) == 1 or verdict == "wrong name"


@pytest.mark.parametrize(
    "text",
    [
        "NATO’s Nuclear Planning Group and the Nuclear Suppliers Group",
        "the Nuclear Consultative Group (NCG), the NCG, the 57th SCM, PIPIR, DSC TTX, 2+2",
        "the Defence Science and Technology Executive Committee (DSTEC)",
        "the Joint Chiefs of Staff (JCS), the Department of Defense (DoD), the ROK (KOR)",
        "At the ASEAN summit in November 2022 three leaders met (SCM) in Seoul (NCG).",
        "the U.S.-ROK Security Consultative Meeting (SCM), the Nuclear Consultative Groups",
        "the group (NCG), annual talks (SCM), Freedom Shield (March 2023)",
    ],
)
def test_a_right_name_of_an_initiative(checked: Callable[[str], Report], text: str) -> None:
    assert [f for f in checked(text).findings if f.fault] == []


def test_a_wrong_name_in_a_quotation_is_its_sources(checked: Callable[[str], Report]) -> None:
    report = checked("“Nuclear Planning Group Ensures Strong Defense”")
    assert [f.verdict for f in report.findings] == ["verbatim", "as printed"]
    assert report.faults == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The 56th SCM on October 31, 2024, praised it.", "56th SCM on October 31, 2024"),
        ("On 30 October 2023 the 56th Security Consultative Meeting met.",
         "30 October 2023 the 56th Security Consultative Meeting"),
        ("The 55th Security Consultative Meeting (SCM) was held in Seoul in March 2022.",
         "55th Security Consultative Meeting (SCM) was held in Seoul in March 2022"),
    ],
)  # fmt: skip
def test_a_date_that_nothing_allows(
    checked: Callable[[str], Report], text: str, shown: str
) -> None:
    (finding,) = checked(text).findings
    assert (finding.kind, finding.verdict, finding.text) == ("date", "wrong date", shown)


@pytest.mark.parametrize(
    "text",
    [
        "The 56th SCM on October 30, 2024, the 54th SCM in November 2022 and in May 2022.",
        "The 56th SCM in 2024; the 55th SCM in 2023; the 57th SCM on November 4, 2025.",
        "On October 31, 2024, a day after the 56th SCM, they met. Since the 56th SCM in Washington,"
        " D.C., much has changed, as was plain in March 2025.",
        "The 31st of January 2023, and “the 56th SCM on October 31, 2024”.",
    ],
)
def test_a_date_that_something_allows(checked: Callable[[str], Report], text: str) -> None:
    assert [f for f in checked(text).findings if f.kind == "date"] == []


def test_letters_one_slip_away_are_a_remark(checked: Callable[[str], Report]) -> None:
    (finding,) = checked("They set up DTSEC.").findings
    assert (finding.verdict, finding.expected) == ("not stated", "DSTEC")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on October 30, 2024", ["2024-10-30"]),
        ("30–31 Oct. 2024", ["2024-10-31"]),
        ("the 31st of January 2023, 2023-02 and in 2025", ["2023-01-31", "2023-02", "2025"]),
        ("Sept. 5 2025, early 2026", ["2025-09-05", "2026"]),
        ("February 30, 2024; 2024 soldiers; F-2024", []),
    ],
)
def test_dates_spoken_of(text: str, edtf: list[str]) -> None:
    assert [day.edtf for day in spoken(text, 0, len(text))] == edtf


def test_one_office_has_many_words() -> None:
    assert office("Minister of Foreign Affairs") == office("foreign minister")
    assert office("Chairman of the Joint Chiefs of Staff") == office("Joint Chiefs Chairman")
    assert office("Secretary of Defense") == office("Defence Secretary")
    assert office("Secretary of State") != office("Secretary of Defense")
    assert office("Vice Foreign Minister") != office("Foreign Minister")
    title = before("UN Secretary General Guterres", 21, 0)
    assert title is not None
    assert title.rank == ""
