"""What a card is put together from: headings, facts with what they stand on, dated rows."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.archive.disputes import differing, disputed
from tui.desk.render.marks import DIFFERS, STATUS_MARKS, grounds, host
from tui.desk.render.part import LABEL_WIDTH, ROOM, Part, Stop, bound
from tui.desk.render.text import EMPTY, cells, line, safe
from tui.records import dates
from tui.records import fields as tables
from tui.records.record import date_fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.archive import Library
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Record

WIDEST_DATE = 16
SECTION = 150
"""Rows of a section that are shown; a state of a large archive takes part in all its events."""
SHORT = frozenset(["place", "office", "", "rank", "name", "abbreviation", "native"])
"""Fields whose values are read at a glance, and so drawn strong; sentences are not."""
ADDRESS = re.compile(r"https?://[^\s;,)]+")

ALWAYS_ASKED: dict[str, tuple[str, ...]] = {
    "event": ("date", "place", "status", "actor"),
    "person": ("native", "country", "office"),
    "organization": ("country",),
    "state": (),
    "initiative": ("member", "established", "purpose"),
}
"""Fields whose absence is itself an answer: shown as not stated."""

Words = str | tuple[str, str]


class Sheet:
    """A card being written."""

    def __init__(self, library: Library, record: Record) -> None:
        self.library = library
        self.record = record
        self.parts: list[Part] = []
        self._place = ""
        """The label or heading that was written last."""
        self._reasons: set[str] = set()
        self._given: dict[str, str] = {}
        self._differing = {d.field: len(d.values) for d in library.disagreements_about(record.id)}

    def add(
        self,
        *words: Words,
        stop: Stop | None = None,
        hang: Sequence[Words] = (),
        beside: Sequence[Words] = (),
        below: Sequence[Words] = (),
        tail: Sequence[Words] = (),
        inset: int = 0,
    ) -> None:
        """Write a chunk."""
        parts = (line(*hang), line(*beside), line(*below), line(*tail))
        self.parts.append(Part(line(*words), stop, *parts, inset))

    def heading(self, title: str, count: int | None = None, remark: str = "") -> None:
        """Begin a section, set off by an empty row."""
        self.parts.append(Part(EMPTY))
        self._place = title
        self._reasons.clear()
        number = f" {count:,}" if count is not None else ""
        self.add((title, "strong"), (number, "dim"), (f"  {remark}" if remark else "", "faint"))

    def row(
        self,
        name: str,
        words: Iterable[Words],
        stop: Stop | None = None,
        role: str = "dim",
        beside: Sequence[Words] = (),
        tail: Sequence[Words] = (),
    ) -> None:
        """Write a labelled value; rows without a label belong to the one above.

        The rows after the first are inset, or nobody sees where the next value begins.
        """
        self._place = name or self._place
        hang = ((name, role), " " * max(1, LABEL_WIDTH - cells(safe(name))))
        self.add(*words, stop=stop, hang=hang, beside=beside, tail=tail, inset=2)

    def reason(self, why: str, indent: int = LABEL_WIDTH) -> None:
        """Say once what values stand on; addresses by their host, or they hide it.

        In another section a reason that was given already is only pointed to.
        """
        if not why or why in self._reasons:
            return
        self._reasons.add(why)
        given = self._given.setdefault(why, self._place)
        words = ADDRESS.sub(lambda found: host(found[0]), why)
        if given != self._place and cells(safe(words)) > ROOM:
            words = f"as for “{given}”, above"
        self.add((words, "faint"), hang=(" " * indent, ("╰ ", "faint")))

    def stop(self, fact: Fact, opens: str = "", more: Iterable[Evidence] = ()) -> Stop:
        """Make what the cursor rests on: a fact, its evidence, and more evidence behind it."""
        found = dict.fromkeys(e for e in (*fact.evidence, *more) if e.proves)
        return Stop(self.record.id, fact.field, fact, opens, tuple(found))

    def ground(self, fact: Fact, owner: str = "") -> tuple[Words, ...]:
        """Write what a fact stands on, and whether a note disputes it; `owner` is whose it is."""
        doubt = bool(disputed(self.library, owner or self.record.id, fact))
        return grounds(fact, disputed=doubt)

    def facts(self, names: Iterable[str]) -> None:
        """Write the facts of some fields, and which of them no source states."""
        for name in names:
            field = tables.field_of(self.record.kind, name)
            facts = self._shown(name)
            if name == "office" and any(fact.qualifier("term") for fact in facts):
                self._offices(field, facts)
            elif facts:
                self.field(field, facts)
            elif name in ALWAYS_ASKED[self.record.kind]:
                self.silence(field)

    def _offices(self, field: tables.Field, facts: Sequence[Fact]) -> None:
        """Write offices in the order of their terms, then the titles that sources print."""
        held = sorted((f for f in facts if f.qualifier("term")), key=_begins)
        self.field(field, held)
        printed = [fact for fact in facts if not fact.qualifier("term")]
        if printed:
            self.field(replace(field, name="", label="title printed"), printed)

    def silence(self, field: tables.Field, hang: Sequence[Words] = ()) -> None:
        """Say that no source states a field; `hang` stands before it instead of its label."""
        count = len(self.library.sources)
        words = ((f"– not stated in {count} source{'s' * (count != 1)}", "dim"),)
        stop = Stop(self.record.id, field.name)
        if hang:
            self.add(*words, stop=stop, hang=hang)
        else:
            self.row(field.label, words, stop)

    def field(self, field: tables.Field, facts: Sequence[Fact]) -> None:
        """Write the facts of a field below each other, each with what it stands on."""
        name, before = field.label, ""
        named = "planned" if field.name == "misnomer" else "dim"
        for fact, following in pairwise((*facts, None)):
            assert fact is not None
            opens = fact.value or "" if field.shape == "link" else ""
            words, beside = self.value(field, fact)
            printed = "".join(word if isinstance(word, str) else word[0] for word in words)
            if printed == before:  # the same once more, on another ground
                words = ((printed, "dim"),)
            tail = (*self.against(fact), *self.ground(fact))
            self.row(name, words, self.stop(fact, opens), named, beside, tail)
            if following is None or following.why != fact.why:
                self.reason(fact.why)
            name, before = "", printed

    def against(self, fact: Fact) -> tuple[Words, ...]:
        """Mark a fact that others contradict, with how many values there are."""
        count = self._differing.get(fact.field)
        if not count:
            return ()
        shown = self._shown(fact.field)
        sides = [f for f in shown if differing(self.library, self.record.id, f)]
        if len(sides) < 2:  # the sides were put into words of their own
            sides = [f for f in shown if self._shares_ground(f)] or shown[:1]
        mine = fact in sides
        return ((f" {DIFFERS}{count}", "differs"),) if mine else ()

    def _shares_ground(self, fact: Fact) -> bool:
        """Tell whether a side of a disagreement about the fact's field stands where it stands."""
        items = self.library.disagreements_about(self.record.id)
        values = [value for item in items if item.field == fact.field for value in item.values]
        return any(
            (value.url and value.url == fact.url)
            or any(
                mine.source == other.source and mine.start < other.end and other.start < mine.end
                for mine in fact.evidence
                for other in value.evidence
            )
            for value in values
        )

    def differences(self) -> None:
        """Name what the sources say differently of matters that no row of the card holds."""
        labels = {field.name: field.label for field in tables.FIELDS[self.record.kind]}
        for name, count in self._differing.items():
            if not self._shown(name):
                words = ((f"{DIFFERS}{count} sources differ", "differs"),)
                self.row(
                    labels.get(name, name.replace("_", " ")), words, Stop(self.record.id, name)
                )

    def _shown(self, name: str) -> list[Fact]:
        """Give a field's facts without names that only repeat the headline on no ground."""
        facts = self.record.all(name)
        if name != "name":
            return list(facts)
        return [fact for fact in facts if fact.evidence or fact.value != self.record.name]

    def value(self, field: tables.Field, fact: Fact) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
        """Write a fact's value as its field is read, and what stands beside it."""
        if field.shape == "date":
            words = f"“{fact.text}”" if fact.text and fact.value else ""
            return ((bound(dates.label(fact.value, fact.text)), "strong"),), ((words, "dim"),)
        if field.shape == "link":
            name = self.name(fact.value) if fact.value else fact.shown
            return ((name, "link"),), ((_bond(fact), "dim"),)
        if field.name == "status" and self.record.kind == "event":
            mark, role = STATUS_MARKS.get(fact.value or "", STATUS_MARKS[""])
            return ((f"{mark} ", role), (fact.shown, "strong")), ()
        if field.name == "said":
            speaker = fact.qualifier("speaker")
            who = f"— {self.name(speaker)}" if speaker else ""
            return (f"“{fact.shown.strip('“”')}”",), ((who, "dim"),)
        role = "strong" if field.name in SHORT else ""
        return ((fact.shown, role),), ((self.narrower(fact), "dim"),)

    def narrower(self, fact: Fact) -> str:
        """Say what narrows an office: the body and the term."""
        body, term = fact.qualifier("organization"), fact.qualifier("term")
        parts = (self.name(body) if body else "", bound(dates.label(term)) if term else "")
        return " · ".join(part for part in parts if part)

    def name(self, record: str) -> str:
        """Give the headword of a record; what is no record is its own name."""
        kind = self.library.kind_of(record)
        return self.library.record(record).name if kind not in (None, "source") else record

    def more(self, shown: int, whole: int, what: str) -> None:
        """Say how much of a long section is left out, and how to see it."""
        if whole > shown:
            self.add((f"and {whole - shown:,} more {what}: f narrows the lists to them", "dim"))


def day(event: Record) -> str:
    """Write an event's date for a column."""
    fact = date_fact(event)
    if fact is None:
        return "undated"
    return fitting(dates.short(fact.value, fact.text, fact.basis))


def fitting(words: str) -> str:
    """Cut a date to the width of its column, at the end of a word; its own card has it whole."""
    if cells(safe(words)) <= WIDEST_DATE:
        return words
    kept = words[: WIDEST_DATE - 1].rpartition(" ")[0].rstrip(" –") or words[: WIDEST_DATE - 1]
    return f"{kept}…"


def status_mark(event: Record) -> tuple[str, str]:
    """Give the mark of an event's status with its role."""
    status = event.first("status")
    return STATUS_MARKS.get((status.value or "") if status else "", STATUS_MARKS[""])


def column(days: Iterable[str]) -> int:
    """Give the width of a column of dates."""
    return max((cells(safe(words)) for words in days), default=0)


def padded(words: str, width: int) -> str:
    """Fill words up to a column's width, with a gap behind."""
    return words + " " * (max(0, width - cells(safe(words))) + 2)


def _bond(fact: Fact) -> str:
    """Say how a link holds: the verb of the source tells more than that somebody took part."""
    role, verb = fact.qualifier("role"), fact.qualifier("verb")
    if role == "participant" and verb:
        role = ""
    return " · ".join(part for part in (role, f"“{verb}”" if verb else "") if part)


def _begins(fact: Fact) -> int:
    return dates.bounds(fact.qualifier("term"))[0] or 0
