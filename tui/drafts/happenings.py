"""Hold the date that a draft gives a numbered meeting against the dates that are recorded of it.

Only what is surely meant: an event that is called by its number (56th Security Consultative
Meeting, 56th SCM), with a date right beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.drafts.findings import Finding
from tui.drafts.initiatives import keys
from tui.drafts.quoting import place
from tui.drafts.spoken import spoken
from tui.drafts.wording import words
from tui.records.dates import DateError, bounds, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.archive import Library
    from tui.drafts.initiatives import Names, Words
    from tui.drafts.manuscript import Manuscript
    from tui.drafts.naming import Quoted
    from tui.drafts.spoken import Spoken
    from tui.records.evidence import Fact

_NUMBER = re.compile(r"\d{1,3}(?:st|nd|rd|th)\b")
_LONGEST = 9
_BEHIND = re.compile(
    r"\s*(?:\([^()\n]{1,60}\))?,?\s*(?:was\s+|were\s+)?(?:held|convened|took\s+place|met)?\s*"
    r"(?:in\s+[A-Z][\w. -]{1,24}?(?:,\s*D\.C\.)?)?,?\s*(?:on|of|in)?\s*"
)
_BEFORE = re.compile(
    r",?\s*(?:at|during|came|saw)?\s*(?:the)?\s*(?:[A-Z.]{2,5}[-–][A-Z.]{2,5}\s+)?"
)


class _Event(NamedTuple):
    record: str
    name: str
    dates: tuple[Fact, ...]


class Happenings:
    """The numbered events of an archive, by every name that the number may stand before."""

    def __init__(self, library: Library, names: Names) -> None:
        self.library = library
        self._events: dict[Words, _Event | None] = {}
        for record, field, name in library.names():
            number = _NUMBER.match(name) if field == "headword" else None
            if number is None or library.kind_of(record) != "event":
                continue
            event = library.record(record)
            dates = tuple(fact for fact in event.all("date") if fact.value)
            found = _Event(record, name, dates)
            forms = {keys(words(name))[1:]}
            for fact in event.all("initiative"):
                forms |= names.forms.get(fact.value or "", set())
                short = names.letters.get(fact.value or "", ())
                forms |= {keys(words(one)) for one in short}
            for form in forms:
                known = (number[0].casefold(), *form)
                # Two meetings of one number, of two series, are not to be told apart by it.
                same = self._events.get(known, found)
                self._events[known] = found if same == found else None

    def find(self, form: Words) -> _Event | None:
        """Give the event so called, if there is one only."""
        return self._events.get(form)


def check_dates(happenings: Happenings, draft: Manuscript, quoted: Quoted) -> Iterator[Finding]:
    """Give the dates that no source and no outside page gives to the event they stand beside."""
    text = draft.plain
    for number in _NUMBER.finditer(text):
        if quoted.holds(*number.span()):
            continue
        found = words(text, number.start(), min(len(text), number.start() + 160))
        form = keys(found)
        for size in range(min(_LONGEST, len(found)), 1, -1):
            event = happenings.find(form[:size])
            if event is not None:
                yield from _held(happenings, draft, event, number.start(), found[size - 1].end)
                break


def _held(
    happenings: Happenings, draft: Manuscript, event: _Event, start: int, end: int
) -> Iterator[Finding]:
    days = [
        day
        for day in spoken(draft.plain, *draft.sentence(start))
        if (day.start >= end and _BEHIND.fullmatch(draft.plain, end, day.start))
        or (day.end <= start and _BEFORE.fullmatch(draft.plain, day.end, start))
    ]
    if len(days) != 1 or not event.dates or any(_allows(fact, days[0]) for fact in event.dates):
        return
    day = days[0]
    first, last = min(start, day.start), max(end, day.end)
    dates = dict.fromkeys(_said(happenings.library, fact) for fact in event.dates)
    grounds = [fact for fact in event.dates if fact.evidence] or list(event.dates)
    yield Finding(
        "date", "wrong date", first, last, " ".join(draft.text[first:last].split()),
        f"the {event.name} is dated {', '.join(dates)}; the draft says {label(day.edtf)}",
        " or ".join(dict.fromkeys(label(fact.value) for fact in event.dates)),
        tuple(e for fact in grounds for e in fact.evidence[:1]),
        url=next((fact.url for fact in event.dates if fact.url), ""), record=event.record,
    )  # fmt: skip


def _allows(fact: Fact, day: Spoken) -> bool:
    try:
        return day.overlaps(*bounds(fact.value or ""))
    except DateError:
        return True


def _said(library: Library, fact: Fact) -> str:
    """Say a date with its ground."""
    if fact.basis == "stated" and fact.evidence:
        return f"{label(fact.value)} in {place(library, fact.evidence[0])}"
    return f"{label(fact.value)} ({fact.basis})"
