"""A record as a document: every value with its basis, and what is not stated said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.desk.render.marks import DIFFERS, NOTE, STATUS_MARKS, grounds, host
from tui.desk.render.text import EMPTY, Line, cells, hanging, line, safe
from tui.records import fields as tables
from tui.records.dates import label
from tui.records.record import date_words

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Kind, Record

LABEL_WIDTH = 13
ADDRESS = re.compile(r"https?://[^\s;,)]+")

ALWAYS_ASKED: dict[str, tuple[str, ...]] = {
    "event": ("date", "place", "status", "actor"),
    "person": ("native", "country", "office"),
    "organization": ("country",),
    "state": (),
    "initiative": ("abbreviation", "member", "established", "purpose"),
}
"""Fields whose absence is itself an answer: shown as not stated."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What the cursor rests on in a card: a fact to prove, a record to open, or a passage."""

    record: str
    field: str = ""
    fact: Fact | None = None
    opens: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """A chunk: `hang` stands before the first row, the other rows are indented by its width."""

    pieces: Line
    stop: Stop | None = None
    hang: Line = EMPTY


class CardDocument:
    """The card of a record."""

    def __init__(self, library: Library, record: Record) -> None:
        self._library = library
        self.record = record
        self._parts: list[_Part] = []
        self._reasons: set[str] = set()
        self._head()
        self._facts()
        self._events()
        self._neighbours()
        self._notes()
        self._mentions()

    def __len__(self) -> int:
        return len(self._parts)

    def stops(self, index: int) -> bool:
        """Tell whether a chunk can be chosen."""
        return self._parts[index].stop is not None

    def stop(self, index: int) -> Stop | None:
        """Give what a chunk stands for."""
        return self._parts[index].stop if 0 <= index < len(self._parts) else None

    def chunk(self, index: int, width: int) -> list[Line]:
        """Lay out one fact or heading."""
        part = self._parts[index]
        return hanging(part.hang, part.pieces, width)

    def like(self, stop: Stop | None, index: int) -> int:
        """Give the chunk that says what a chunk of an earlier state of this card said.

        Where there is none, it is the nearest to `index` that can be chosen.
        """
        if stop is not None:
            mine = (i for i, part in enumerate(self._parts) if _same(part.stop, stop))
            found = min(mine, key=lambda i: abs(i - index), default=-1)
            if found >= 0:
                return found
        stops = (i for i, part in enumerate(self._parts) if part.stop)
        return min(stops, key=lambda i: abs(i - index), default=-1)

    def index_of(self, field: str, value: str | None = None) -> int:
        """Give the chunk of a field's fact; -1 where the card has none."""
        for index, part in enumerate(self._parts):
            stop = part.stop
            if stop and stop.field == field and (value is None or _value(stop) == value):
                return index
        return -1

    def _add(
        self,
        *parts: str | tuple[str, str],
        stop: Stop | None = None,
        hang: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._parts.append(_Part(line(*parts), stop, line(*hang)))

    def _gap(self, title: str = "", count: int | None = None) -> None:
        self._parts.append(_Part(EMPTY))
        if title:
            self._add((title, "strong"), (f" {count}" if count is not None else "", "dim"))

    def _head(self) -> None:
        record = self.record
        native = " ".join(record.values("native")[:1])
        self._add((record.name, "title"), (f"  {native}" if native else "", "dim"))
        kind = {
            "event": tables.EVENT_TYPES.get(record.type, record.type),
            "initiative": tables.CATEGORIES.get(record.type, record.type),
        }.get(record.kind, record.kind)
        code = f" · {record.code}" if record.code else ""
        self._add((f"{kind}{code}", "dim"), (f"  {record.id}", "faint"))
        self._gap()

    def _facts(self) -> None:
        record = self.record
        differing = {d.field: len(d.values) for d in self._library.disagreements_about(record.id)}
        for field in tables.FIELDS[record.kind]:
            facts = [f for f in record.all(field.name) if not self._says_nothing_new(f)]
            shown_label = field.label
            if not facts:
                if field.name in ALWAYS_ASKED[record.kind]:
                    count = len(self._library.sources)
                    words = f"not stated in {count} source{'s' * (count != 1)}"
                    self._row(shown_label, ((f"– {words}", "dim"),), Stop(record.id, field.name))
                continue
            mark = f"{DIFFERS}{differing[field.name]} " if field.name in differing else ""
            for fact, following in pairwise((*facts, None)):
                assert fact is not None
                parts = ((mark, "differs"), *self._value(field, fact), *grounds(fact))
                stop = Stop(
                    record.id,
                    field.name,
                    fact,
                    opens=fact.value or "" if field.shape == "link" else "",
                    evidence=tuple(e for e in fact.evidence if e.proves),
                )
                self._row(shown_label, parts, stop)
                if fact.why and (following is None or following.why != fact.why):
                    self._reason(fact.why)
                shown_label, mark = "", ""
        asked = {f.name for f in tables.FIELDS[record.kind]}
        for name, count in differing.items():
            if name not in asked:
                stop = Stop(record.id, name)
                self._row(
                    name.replace("_", " "), ((f"{DIFFERS}{count} sources differ", "differs"),), stop
                )

    def _reason(self, why: str) -> None:
        """Say once in a card what values stand on; addresses by their host, or they hide it."""
        if why not in self._reasons:
            self._reasons.add(why)
            words = ADDRESS.sub(lambda found: host(found[0]), why)
            self._add((words, "faint"), hang=((" " * LABEL_WIDTH, ""),))

    def _says_nothing_new(self, fact: Fact) -> bool:
        """Leave out a name fact that only repeats the headline and adds no ground to prove."""
        return fact.field == "name" and not fact.evidence and fact.value == self.record.name

    def _row(self, name: str, parts: tuple[tuple[str, str], ...], stop: Stop | None = None) -> None:
        pad = " " * max(1, LABEL_WIDTH - cells(safe(name)))
        self._add(*parts, stop=stop, hang=((name, "dim"), (pad, "")))

    def _value(self, field: tables.Field, fact: Fact) -> tuple[tuple[str, str], ...]:
        if field.shape == "date":
            words = f" “{fact.text}”" if fact.text and fact.value else ""
            return ((label(fact.value, fact.text), "strong"), (words, "dim"))  # a mark follows
        if field.shape == "link":
            name = self._library.record(fact.value).name if fact.value else fact.shown
            extra = " · ".join(value for key, value in fact.qualifiers if key in ("role", "verb"))
            return ((name, "link"), (f"  {extra}" if extra else "", "dim"))
        if field.name == "status":
            mark, role = STATUS_MARKS.get(fact.value or "", STATUS_MARKS[""])
            return ((f"{mark} ", role), (fact.shown, "strong"))
        if field.name == "said":
            speaker = fact.qualifier("speaker")
            who = f" — {self._name(speaker)}" if speaker else ""
            return ((f"“{fact.shown.strip('“”')}”", ""), (who, "dim"))
        narrower: list[str] = []
        if organization := fact.qualifier("organization"):
            narrower.append(self._name(organization))
        if term := fact.qualifier("term"):
            narrower.append(label(term))
        words = f"  {' · '.join(narrower)}" if narrower else ""
        return ((fact.shown, "strong"), (words, "dim"))

    def _name(self, record: str) -> str:
        kind = self._library.kind_of(record)
        return self._library.record(record).name if kind not in (None, "source") else record

    def _events(self) -> None:
        ids = self._library.events_of(self.record.id) if self.record.kind != "event" else ()
        if not ids:
            return
        self._gap("events", len(ids))
        for event_id in ids:
            event = self._library.record(event_id)
            status = event.first("status")
            mark, role = STATUS_MARKS.get(status.value or "" if status else "", STATUS_MARKS[""])
            verbs = ""
            if self.record.kind == "person":
                mine = next((f for f in event.all("actor") if f.value == self.record.id), None)
                verbs = mine.qualifier("verb") if mine else ""
            self._add(
                event.name,
                (f"  {date_words(event)}", "dim"),
                (f"  “{verbs}”" if verbs else "", "dim"),
                stop=Stop(self.record.id, opens=event_id, evidence=tuple(event.evidence)),
                hang=((f"{mark} ", role),),
            )

    def _neighbours(self) -> None:
        if self.record.kind == "event":
            return
        linked = self._library.linked(self.record.id)
        kinds: tuple[tuple[Kind, str], ...] = (("person", "people"), ("initiative", "initiatives"))
        for kind, title in kinds:
            table = self._library.rows(kind)
            near = [i for i in table.id if i in linked and i != self.record.id]
            if not near:
                continue
            self._gap(f"{title} in the same events", len(near))
            for other in near:
                self._add((self._name(other), "link"), stop=Stop(self.record.id, opens=other))

    def _notes(self) -> None:
        notes = self._library.notes_about(self.record.id)
        if not notes:
            return
        self._gap("notes", len(notes))
        for note in notes:
            self._add(
                (f"{note.kind} · {note.evidence.source}: ", "dim"),
                note.text,
                stop=Stop(self.record.id, "note", evidence=(note.evidence,)),
                hang=((f"{NOTE} ", "planned"),),
            )

    def _mentions(self) -> None:
        mentions = self._library.mentions_of(self.record.id)
        if not mentions:
            return
        counts: dict[str, int] = {}
        for mention in mentions:
            counts[mention.source] = counts.get(mention.source, 0) + 1
        self._gap("named in the text", len(mentions))
        for source, count in counts.items():
            times = "once" if count == 1 else f"{count} times"
            self._add(
                (source, "link"),
                (f"  {times}", "dim"),
                stop=Stop(self.record.id, "mention", opens=source),
            )


def _same(one: Stop | None, other: Stop) -> bool:
    return one is not None and (one.field, one.opens, _value(one)) == (
        other.field,
        other.opens,
        _value(other),
    )


def _value(stop: Stop) -> str | None:
    return stop.fact.value if stop.fact else None
