"""Tell where a draft gives words to one person that a source prints as another's.

Only what is sure on both sides: in the draft a name right beside the quotation with a verb of
saying between, in the archive a recorded utterance whose speaker is one person on record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.drafts.findings import Finding
from tui.drafts.quoting import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.archive import Library
    from tui.drafts.manuscript import Manuscript
    from tui.drafts.people import Person
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Record

_VERB = (
    r"(?:said|says|told|tells|warned|warns|added|adds|wrote|writes|declared|stated|insisted"
    r"|argued|stressed|emphasi[sz]ed|remarked|replied|answered|promised|announced)"
)
# A comma, a colon or "that" brings in what somebody says; without, it may be anybody's phrase.
_THEN_QUOTED = re.compile(
    rf"\s+(?:also\s+|then\s+|has\s+|had\s+)?{_VERB}\b"
    r"(?:[^.;:()“”\"«»]{0,50}(?:[,:]|\sthat))?\s*"
)
_QUOTED_THEN = re.compile(rf"[,.]?\s*(?:as\s+)?{_VERB}\s+(?:the\s+)?")
_ACCORDING = re.compile(
    r"(?:\baccording\s+to|\bin\s+the\s+words\s+of)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_SAYS = re.compile(rf"\s+(?:also\s+|then\s+)?{_VERB}\b")


_LEAST = 3
"""Spaces in a quotation that is an utterance, and no phrase that anybody may take up."""


class _Utterance(NamedTuple):
    start: int
    end: int
    speaker: str


class Speakers:
    """Who says what in the sources, as far as an utterance is recorded and its speaker is known."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._known: dict[str, list[_Utterance]] | None = None

    def of(self, evidence: Evidence) -> frozenset[str]:
        """Give the people who are recorded as saying the words at a place."""
        if self._known is None:
            self._known = {}
            for event in self.library.records("event"):
                for fact in event.all("said"):
                    self._take(event, fact)
        return frozenset(
            one.speaker
            for one in self._known.get(evidence.source, ())
            if one.start <= evidence.start and evidence.end <= one.end
        )

    def _take(self, event: Record, fact: Fact) -> None:
        assert self._known is not None
        for evidence in fact.evidence:
            text = self.library.text(evidence.source)
            at = text.find(fact.value or "\0", evidence.start, evidence.end)
            speaker = self._speaker(event, fact.qualifier("speaker"), evidence.source)
            if at >= 0 and fact.value:
                said = _Utterance(at, at + len(fact.value), speaker)
                self._known.setdefault(evidence.source, []).append(said)

    def _speaker(self, event: Record, words: str, source: str) -> str:
        """Give the person that a source's words for a speaker mean, or the empty string."""
        short = dict(self.library.sources[source].short_names)
        if words in short and self.library.kind_of(short[words]) == "person":
            return short[words]
        actors = {f.value for f in event.all("actor") if f.value}
        people = [r for r in actors if self.library.kind_of(r) == "person"]
        named = [r for r in people if self.library.record(r).family in words.split()]
        return named[0] if len(named) == 1 else ""


def check_speakers(
    speakers: Speakers, draft: Manuscript, people: Sequence[Person], quoted: Iterable[Finding]
) -> Iterator[Finding]:
    """Give the quotations whose speaker in the draft is not the one on record."""
    sure = [person for person in people if len(person.records) == 1]
    for finding in quoted:
        if finding.verdict not in ("verbatim", "altered") or finding.text.count(" ") < _LEAST:
            continue
        person = _attributed(draft.plain, sure, finding)
        if person is None:
            continue
        said = [speakers.of(evidence) for evidence in finding.evidence]
        if not said or not all(said) or any("" in one or person.records[0] in one for one in said):
            continue
        library = speakers.library
        names = dict.fromkeys(library.record(r).name for one in said for r in sorted(one))
        where = place(library, finding.evidence[0])
        text = " ".join(draft.text[person.start : person.end].split())
        yield Finding(
            "quotation", "misattributed", person.start, person.end, text,
            f"the words are {' and '.join(names)}’s in {where}", " or ".join(names),
            finding.evidence, record=next(iter(said[0])),
        )  # fmt: skip


def _attributed(text: str, people: Sequence[Person], finding: Finding) -> Person | None:
    """Give the person to whom a draft gives a quotation, where it does so right beside it."""
    before = [person for person in people if person.end <= finding.start]
    if before and finding.start - before[-1].end < 120:
        between = text[before[-1].end : finding.start]
        if _THEN_QUOTED.fullmatch(between) and "\n\n" not in between:
            return before[-1]
        begins = min([before[-1].start, *(title.start for title in before[-1].titles)])
        if between.strip(" \n\u200b") == "," and _ACCORDING.search(
            text, max(0, begins - 40), begins
        ):
            return before[-1]
    after = next((person for person in people if person.start >= finding.end), None)
    if after is None:
        return None
    begins = min((title.start for title in after.titles), default=after.start)
    begins = min(begins, after.start)
    between = text[finding.end : begins]
    if _QUOTED_THEN.fullmatch(between):
        return after
    comma = text[finding.end - 2 : finding.end - 1] == "," or between.startswith(",")
    if comma and not between.strip(" ,\n") and _SAYS.match(text, after.end):
        return after
    return None
