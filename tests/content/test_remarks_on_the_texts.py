"""Where the five articles disagree, and what in them is damaged or misleads: nothing left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tui.archive import Library

WITHIN_THE_TEXTS = {
    ("asean-meetings", "name"),
    ("dsc-ttx", "name"),
    ("dstec", "status"),
    ("kim-jong-un-visit-to-russia", "status"),
    ("kim-myung-soo", "rank"),
    ("lloyd-austin", "office"),
    ("missile-warning-sharing", "status"),
    ("ncg", "name"),
    ("rok-us-defence-ministers-meeting", "name"),
    ("rok-us-joint-statement-2023", "name"),
    ("rubio-iwaya-park-2025", "count"),
    ("strategic-asset-pledge-2023", "outcome"),
    ("trilateral-air-drill-2025", "count"),
    ("trilateral-security-cooperation", "name"),
    ("trilateral-security-meeting", "name"),
    ("trilateral-security-meeting-planned", "due"),
    ("trilateral-security-meeting-planned", "status"),
    ("us-defense-commitment", "status"),
    ("yoon-austin-meeting-2023", "said"),
    ("yoon-calls-for-deterrence-consultations", "said"),
}
"""Two places in the articles that cannot both hold, or words that were not both said."""

WITH_WHAT_IS_KNOWN_ELSEWHERE = {
    ("austin-yonhap-contribution-2023", "said"),
    ("caine-shared-path", "said"),
    ("caine-warns-of-buildup", "said"),
    ("f22-f35-reagan-deployments", "said"),
    ("hypersonic-irbm-test", "subject"),
    ("kursk-dispatch-promised", "promised_by"),
    ("multi-year-exercise-plan", "status"),
    ("nuclear-armament-debate", "misnomer"),
    ("scm-54", "date"),
    ("trilateral-air-drill-2025", "asset"),
    ("trilateral-chiefs-meeting", "established"),
    ("trilateral-multi-domain-exercises", "asset"),
}

BROKEN = re.compile(
    r"(?<!U\.S)(?<!D\.C)(?<!Jr)\. [a-z]"  # a full stop within a sentence
    r"|\w \.|\. \."  # a space before one, or two of them
    r"|North\. Korea|– Japan\. "
    r"|[\u3400-\u9fff]"  # a character that was left untranslated
    r"|\b(\w{4,}) and \1\b"  # one word for two
    r"|\b(with) \S+ \S+ \S+ \2\b"
    r"|\bof the these\b|\bthe co ▲"
    r"|\bAdvertis|^Newsletter$|^Post a Comment$|^/happy|credit : apnews",
    re.MULTILINE,
)
"""What shows on the face of it that a text was damaged on its way here."""


def test_every_disagreement_is_listed(shipped: Library) -> None:
    within: set[tuple[str | None, str]] = set()
    beyond: set[tuple[str | None, str]] = set()
    for found in shipped.disagreements:
        printed = {fact.value for fact in found.values if fact.basis == "stated"}
        (within if len(printed) > 1 else beyond).add((found.about, found.field))
    assert within == WITHIN_THE_TEXTS
    assert beyond == WITH_WHAT_IS_KNOWN_ELSEWHERE


def test_what_is_printed_two_ways_is_quoted_from_two_places(shipped: Library) -> None:
    for found in shipped.disagreements:
        places = [
            (e.source, e.start, e.end)
            for fact in found.values
            if fact.basis == "stated"
            for e in fact.evidence[:1]
        ]
        assert len(set(places)) == len(places), (found.about, found.field)


@pytest.mark.parametrize("source", ["art-000", "art-001", "art-002", "art-003", "art-004"])
def test_every_damaged_place_has_a_note(shipped: Library, source: str) -> None:
    text = shipped.text(source)
    noted = [(n.evidence.start, n.evidence.end) for n in shipped.notes_in(source)]
    places = [m.span() for m in BROKEN.finditer(text)]
    places += [
        (line.start(), line.end())
        for line in re.finditer(r".+", text)
        if line.group().count("“") != line.group().count("”")
    ]
    bare = [text[a:b] for a, b in places if not any(s < b and a < e for s, e in noted)]
    assert bare == []


def test_the_patterns_of_damage_find_what_there_is(shipped: Library) -> None:
    found = {source: len(BROKEN.findall(shipped.text(source))) for source in shipped.sources}
    assert found == {"art-000": 0, "art-001": 1, "art-002": 2, "art-003": 14, "art-004": 2}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("art-000", "Washington signaled"),
        ("art-001", "Minister Kim continue"),
        ("art-001", "Ulchi Freedom Shield"),
        ("art-001", "This partnership not only"),
        ("art-002", "Kim Jong Un"),
        ("art-002", "General Kim Myung-soo"),
        ("art-002", "U.S. Chairman of the Joint Chiefs of Staff"),
        ("art-002", "Moscow is considering"),
        ("art-003", "Minister Austin emphasized"),
        ("art-003", "President Yoon Seok-yeol"),
        ("art-003", "Ronald Reagan Carrier Strike Group"),
        ("art-004", "Admiral Kim Myung-soo"),
        ("art-004", "Pyongyang's recent"),
    ],
)
def test_a_name_that_is_easily_taken_for_another_has_a_note(
    shipped: Library, source: str, words: str
) -> None:
    start = shipped.text(source).index(words)
    kinds = {
        note.kind
        for note in shipped.notes_in(source)
        if note.evidence.start < start + len(words) and start < note.evidence.end
    }
    assert kinds & {"name-trap", "slip"}
