"""Drafts as people write them, with the faults that a careful reader finds in them by hand.

Every fault that is listed has to be found at its place, and nothing else may be called a fault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.drafts import Manuscript

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.drafts import Checker

WRITTEN = Path(__file__).parent / "written"

Fault = tuple[int, int, str, str, str]
"""Line, column, verdict, what is right, and where that stands."""

FAULTS: dict[str, list[Fault]] = {
    "must-show.md": [
        (4, 72, "altered", "is not just a slogan, it is firm and ironclad", "art-003"),
        (10, 31, "altered",
         "reaffirmed the importance of close cooperation in countering regional security threats",
         "art-002"),
        (12, 27, "not found", "", ""),
        (14, 1, "wrong rank", "General", "art-002"),
        (14, 69, "wrong office", "Defense Minister", "art-001"),
    ],
    "faulty-cable.md": [
        (3, 8, "wrong expansion", "Defense Science and Technology Executive Committee", "art-001"),
        (4, 8, "wrong name", "Nuclear Consultative Group", "art-001"),
        (5, 30, "wrong date", "10 May 2022 – 4 Apr 2025", ""),
        (6, 18, "misattributed", "Dan Caine", "art-002"),
        (6, 37, "altered", "Their intentions are clear and aggressive", "art-002"),
        (7, 4, "wrong office", "Vice Foreign Minister", "art-002"),
        (9, 4, "wrong country", "South Korea", "art-001"),
        (10, 14, "altered",
         "over 10,000 North Korean soldiers are already engaged in combat operations", "art-002"),
        (11, 8, "wrong abbreviation", "PIPIR", "art-001"),
    ],
    "faulty-oped.md": [
        (3, 1, "altered", "The US defense commitment to Korea is not just a slogan", "art-003"),
        (3, 60, "wrong office", "Secretary of Defense or Defense Secretary", "art-001"),
        (4, 11, "wrong rank", "General", "art-002"),
        (4, 54, "altered", "We’re charting a shared path forward", "art-002"),
        (5, 7, "altered",
         "the collaborative efforts of these three nations serve as a critical pillar in the "
         "pursuit of lasting peace", "art-004"),
        (6, 22, "not found", "", ""),
        (8, 1, "wrong office", "Defense Minister", "art-001"),
        (8, 72, "wrong name", "Dan Caine", ""),
        (8, 86, "wrong name", "Trilateral Security Cooperation Framework", "art-001"),
        (9, 34, "wrong abbreviation", "UFS", "art-001"),
        (9, 80, "not found", "", ""),
        (13, 22, "misattributed", "art-000", "art-000"),
    ],
    "faulty-wire.txt": [
        (1, 17, "altered",
         "South Korea, Japan, and the United States carried out a joint air drill on Friday",
         "art-002"),
        (2, 15, "wrong country", "South Korea", "art-002"),
        (4, 8, "wrong date", "30 Oct 2024", "art-001"),
        (4, 38, "wrong date", "May 2022 – Oct 2023", ""),
        (5, 9, "altered", "agreed on several important initiatives", "art-001"),
        (5, 72, "wrong name", "Defense Science and Technology Executive Committee", "art-001"),
        (8, 88, "misattributed", "Lloyd J. Austin III", "art-003"),
        (9, 1, "wrong rank", "General", "art-002"),
        (9, 28, "altered",
         "discussed credible intelligence about North Korean troop deployments to Russia",
         "art-002"),
    ],
}  # fmt: skip

VERBATIM = {
    "must-show.md": 3,
    "honest-2023.md": 12,
    "honest-call.md": 11,
    "honest-chiefs.txt": 12,
    "honest-scm.md": 15,
    "faulty-cable.md": 2,
    "faulty-oped.md": 1,
    "faulty-wire.txt": 1,
    "honest-british.md": 13,
    "honest-wire.txt": 10,
}


@pytest.mark.parametrize("path", sorted(WRITTEN.iterdir()), ids=lambda path: path.name)
def test_exactly_the_faults_are_named(path: Path, shipped: Library, checker: Checker) -> None:
    draft = Manuscript.read(path.name, path.read_bytes())
    report = checker.check(draft)
    found = [
        (
            *draft.place(f.start), str(f.verdict), f.expected,
            f.evidence[0].source if f.evidence else "",
        )
        for f in report.findings
        if f.fault
    ]  # fmt: skip
    assert found == FAULTS.get(path.name, [])
    assert sum(f.verdict == "verbatim" for f in report.findings) == VERBATIM[path.name]
    for finding in report.findings:
        for evidence in finding.evidence:
            text = shipped.text(evidence.source)
            if evidence.state != "lost" and finding.kind == "quotation":
                assert text[evidence.start : evidence.end] == evidence.quote
