"""Evidence and facts: what is said, and what it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Basis = Literal["stated", "inferred", "outside", "not stated"]
AnchorState = Literal["exact", "normalised", "drifted", "lost"]

PROOF_STATES: frozenset[AnchorState] = frozenset({"exact", "normalised"})
"""Only these states prove anything; a drifted quote is a proposal, a lost one is nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote and its place.

    `start` and `end` are 0-based, end-exclusive Unicode code points into the source's text.
    `quote` is the text as the record's author wrote it; for an exact anchor it equals
    `text[start:end]`, for a lost one the offsets are both 0.
    """

    source: str
    start: int
    end: int
    quote: str
    state: AnchorState

    @property
    def proves(self) -> bool:
        """Tell whether the quote stands in its source."""
        return self.state in PROOF_STATES


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one field, with its basis.

    `value` is what a machine compares: an EDTF string for a date, an id for a link, the words for
    everything else; None when only words are known ("this summer", no year). `text` is what a
    person reads where that differs from `value`: the words used, the title as printed.
    `why` is the reason of an inferred fact or a remark on an outside one, `url` the address of an
    outside one. `qualifiers` are sorted (key, value) pairs that narrow the value: role, verb,
    organization, term, speaker.
    """

    field: str
    value: str | None
    basis: Basis
    text: str = ""
    why: str = ""
    url: str = ""
    evidence: tuple[Evidence, ...] = ()
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """Give the words for a person: `text`, or else `value`."""
        return self.text or self.value or ""

    def qualifier(self, key: str) -> str:
        """Give one qualifier's value, or the empty string."""
        return next((value for name, value in self.qualifiers if name == key), "")
