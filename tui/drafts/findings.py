"""What a check of a draft finds, and what each finding stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tui.records.evidence import Evidence

Kind = Literal["quotation", "title", "name", "date"]
Verdict = Literal[
    "verbatim", "altered", "not found", "misattributed", "unclosed",
    "wrong rank", "wrong office", "wrong country", "wrong date",
    "wrong name", "wrong expansion", "wrong abbreviation",
    "disputed", "not stated", "as printed",
]  # fmt: skip

FAULTS: frozenset[Verdict] = frozenset(
    ("altered", "not found", "misattributed", "wrong rank", "wrong office", "wrong country",
     "wrong date", "wrong name", "wrong expansion", "wrong abbreviation")
)  # fmt: skip
"""Verdicts that are faults of the draft; the others are remarks, or say that all is well."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a quotation that its source prints otherwise.

    `was` are the draft's words and `now` the source's; either may be empty. The offsets are code
    points, into the draft and into the source; an empty side is a point between two words.
    """

    was: str
    now: str
    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: where in the draft, how it stands, and on what ground.

    `start` and `end` are code points into the draft. `says` is the verdict in words, `expected`
    what would be right where that is known, `url` an address outside the archive.
    """

    kind: Kind
    verdict: Verdict
    start: int
    end: int
    text: str
    says: str
    expected: str = ""
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
    url: str = ""
    record: str = ""

    @property
    def fault(self) -> bool:
        """Tell whether the draft is at fault."""
        return self.verdict in FAULTS


@dataclass(frozen=True, slots=True)
class Report:
    """All findings in the order of the draft; `notices` say what was not looked at."""

    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()

    @property
    def faults(self) -> int:
        """Count the faults."""
        return sum(finding.fault for finding in self.findings)
