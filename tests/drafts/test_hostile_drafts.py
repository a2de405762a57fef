"""A draft may be anything: the check ends, in bounded work, and every place lies in the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.archive.normal import normal
from tui.drafts import Manuscript, UnreadableError
from tui.drafts.quotations import quotations
from tui.drafts.quoting import MOST
from tui.drafts.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library
    from tui.drafts import Checker, Report

PIECES = st.sampled_from(
    [
        *'"“”‘’«»「」\'„‟…[]()>*_`#\n\r\t\0.,- ',
        "\n\n", "> ", "[…]", "...", "``", "''", "[sic]", "firm and ironclad", "General ",
        "Kim Myung-soo", "Secretary of Defense", "Lloyd J. Austin III", "(NCG)", "(",
        "Nuclear Consultation Group", "2024-10-30", "October 30, 2024", "\u202e", "\u200b",
        "\ud55c\uad6d\uad6d\ubc29\ubd80", "\u0301" * 9, "\U0001f469\u200d\U0001f680", "ﬁrm", "é",
        "South Korea’s ", "the ", "of ", "former ", "Chairman of the Joint Chiefs of Staff",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_checked_and_every_place_lies_in_it(
    shipped: Library, checker: Checker, text: str
) -> None:
    draft = Manuscript("any.md", text)
    assert len(draft.plain) == len(text)
    report = checker.check(draft)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for finding in report.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        line, column = draft.place(finding.start)
        assert 1 <= line <= lines
        assert column >= 1
        for change in finding.changes:
            assert finding.start <= change.start <= change.end <= finding.end
        for evidence in finding.evidence:
            assert 0 <= evidence.start <= evidence.end <= len(shipped.text(evidence.source))


@given(st.data())
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_a_source_prints_is_verbatim(
    shipped: Library, checker: Checker, data: st.DataObject
) -> None:
    source = data.draw(st.sampled_from(sorted(shipped.sources)))
    text = shipped.text(source)
    passages = shipped.passages(source)
    passage = passages[data.draw(st.integers(0, len(passages) - 1))]
    following = data.draw(st.sampled_from(passages[-3:])) if data.draw(st.booleans()) else passage
    found = words(text, passage.start, max(passage.end, following.end))
    first = data.draw(st.integers(0, max(0, len(found) - 4)))
    last = data.draw(st.integers(min(first + 3, len(found) - 1), len(found) - 1))
    begin, end = found[first].start, found[last].end
    quote = text[begin:end]
    report = checker.check(Manuscript("d.txt", f"「{quote}」"))
    quoted = [f for f in report.findings if f.kind == "quotation"]
    if set("「」[]*_`<>") & set(quote) or "\n\n" in quote:
        return  # means something else in a draft
    assert [f.verdict for f in quoted] == ["verbatim"]
    first_place = quoted[0].evidence[0]
    printed = shipped.text(first_place.source)[first_place.start : first_place.end]
    assert normal(printed) == normal(quote)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "“" * 10_000,
        "“‘" * 5_000 + "a b c" + "’”" * 5_000,
        "‘a" * 10_000,
        "> " * 10_000 + "a b c",
        "[" * 10_000,
        "(" * 5_000 + "NCG" + ")" * 5_000,
        "General " * 5_000,
        "Kim " * 5_000,
        "… " * 10_000,
        "“" + "the alliance … " * 2_000 + "”",
        "“" + "[x] " * 5_000 + "”",
        "“" + "firm and ironclad " * 5_000 + "”",
        "<" * 20_000 + "a" + ">" * 20_000,
        "_*" * 20_000,
        "`" * 20_001,
        "---\n" + "a: b\n" * 10_000,
        "\u202e“firm and unwavering and ironclad”\u202c" * 200,
        "x" * 300_000,
        "Ab" * 100_000,
    ],
    ids=lambda text: f"{text[:6]!r}-{len(text)}",
)
def test_a_hostile_draft_ends(checked: Callable[[str], Report], text: str) -> None:
    report = checked(text)
    assert len(report.findings) <= len(text)


def test_more_quotations_than_anybody_writes_are_cut_and_said(
    checked: Callable[[str], Report],
) -> None:
    report = checked("“firm and ironclad” " * (MOST + 5))
    assert len(report.findings) == MOST
    assert "only the first 1,000 of 1,005 quotations" in report.notices[0]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a\0b", "no text"),
        (b"\xff\xfea\0", "UTF-16"),
        (b"caf\xe9", "not UTF-8"),
        (b"x" * 4_000_001, "too many"),
    ],
)
def test_what_is_no_draft_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        Manuscript.read("x.md", raw)


def test_lines_and_columns_count_from_one_whatever_ends_a_line() -> None:
    draft = Manuscript.read(
        "x.md", b"\xef\xbb\xbfone\r\n\xe2\x80\x9ctwo words here\xe2\x80\x9d\rthree"
    )
    (quotation,) = quotations(draft)
    assert draft.place(quotation.outer_start) == (2, 1)
    assert draft.place(draft.text.index("three")) == (3, 1)
