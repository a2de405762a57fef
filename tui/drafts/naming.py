"""Check the people of a draft: who is meant, by which title, on which day."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tui.drafts.findings import FAULTS, Finding
from tui.drafts.offices import Judgement
from tui.drafts.people import MOST, PeopleFinder
from tui.drafts.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.drafts.manuscript import Manuscript
    from tui.drafts.offices import Offices
    from tui.drafts.people import Person
    from tui.drafts.titles import Title
    from tui.search import Engine


class Quoted:
    """The stretches of a draft that are somebody else's words."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a stretch lies within one of them."""
        at = bisect_right(self._spans, (start, 1 << 62))
        return at > 0 and self._spans[at - 1][1] >= end


def find_people(
    engine: Engine, draft: Manuscript, quoted: Quoted
) -> tuple[list[Person], list[str]]:
    """Give the people whom a draft names in its own words, and what was not looked at."""
    finder = PeopleFinder(engine, draft.plain)
    found = [person for person in finder.people() if not quoted.holds(person.start, person.end)]
    notices = []
    if finder.looked >= MOST:
        notices.append(f"only the first {MOST:,} names are looked up")
    return found, notices


def check_people(offices: Offices, draft: Manuscript, people: Sequence[Person]) -> list[Finding]:
    """Hold every title, and every name that is known to be wrong, against the archive."""
    checker = _Checker(offices, draft, people)
    return [finding for person in people for finding in checker.findings(person)]


class _Checker:
    def __init__(self, offices: Offices, draft: Manuscript, people: Sequence[Person]) -> None:
        self._library = offices.library
        self._draft = draft
        self._offices = offices
        self._full = {
            p.records[0] for p in people if len(p.records) == 1 and p.why != "family name"
        }
        self._said: set[tuple[str, str, str]] = set()

    def findings(self, person: Person) -> Iterator[Finding]:
        """Give what is to be said of one place where somebody is named."""
        if person.why == "wrong name":
            yield from self._wrong_name(person)
        for title in person.titles:
            start, end = min(person.start, title.start), max(person.end, title.end)
            for record, one in self._judged(person, title):
                key = (record or self._draft.text[person.start : person.end], one.verdict, one.part)
                if one.verdict in ("disputed", "not stated"):
                    if key in self._said:
                        continue
                    self._said.add(key)
                text = " ".join(self._draft.text[start:end].split())
                yield Finding(
                    "title", one.verdict, start, end, text, one.says, one.expected,
                    one.evidence, url=one.url, record=record,
                )  # fmt: skip

    def _judged(self, person: Person, title: Title) -> list[tuple[str, Judgement]]:
        """Judge a title; of several who may be meant, whoever it fits is."""
        sentence = self._draft.sentence(person.start)
        days = spoken(self._draft.plain, *sentence)
        if not person.records:
            return self._nobody(person, title)
        judged = {r: self._offices.judge(r, title, days) for r in person.records}
        if len(judged) > 1:
            fitting = [r for r, found in judged.items() if not any(_is_fault(j) for j in found)]
            named = [r for r in judged if r in self._full]
            meant = fitting if len(fitting) == 1 else [] if fitting else named
            if len(meant) != 1:
                return []
            judged = {meant[0]: judged[meant[0]]}
        return [(record, one) for record, found in judged.items() for one in found]

    def _nobody(self, person: Person, title: Title) -> list[tuple[str, Judgement]]:
        """Say that no source knows a name, and who is recorded in that office."""
        count = len(self._library.sources)
        name = " ".join(self._draft.text[person.start : person.end].split())
        where = "the one source" if count == 1 else f"{count:,} sources"
        says = f"not stated in {where}: nobody of this name is recorded"
        days = spoken(self._draft.plain, *self._draft.sentence(person.start))
        if holder := self._offices.holder(title, days):
            says += f"; the archive has {holder.name} in this office then"
        return [("", Judgement("not stated", name, says))]

    def _wrong_name(self, person: Person) -> Iterator[Finding]:
        name = " ".join(self._draft.text[person.start : person.end].split())
        for record in person.records[:1]:
            of = self._library.record(record)
            known = next((f for f in of.all("misnomer") if f.value), None)
            yield Finding(
                "name", "wrong name", person.start, person.end, name,
                f"a name known to be wrong; it is {of.name}", of.name,
                known.evidence if known else (), url=known.url if known else "", record=record,
            )  # fmt: skip


def _is_fault(judgement: Judgement) -> bool:
    return judgement.verdict in FAULTS
