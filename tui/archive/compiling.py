"""From records in brief to what is looked up in them: columns, inverted lists, blobs."""

from __future__ import annotations

from array import array
from sys import intern
from typing import TYPE_CHECKING, Any

from tui.archive import packing
from tui.archive.chronology import compile_chronology
from tui.archive.columns import Timeline
from tui.archive.compiled import dumps, loads
from tui.archive.extents import compile_extents
from tui.archive.nearness import compile_nearness
from tui.archive.overview import make_overview
from tui.archive.promises import ending
from tui.archive.store import blake2b
from tui.archive.tracks import make_track, ranks_of, track_of
from tui.records.countries import ALPHA2
from tui.records.record import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui.archive.briefs import Brief, Proven
    from tui.archive.build import Records
    from tui.archive.compiled import Writer
    from tui.records.record import Kind
    from tui.records.source import Disagreement

GROUPS: tuple[tuple[Kind, ...], ...] = (("initiative",), ("person", "organization"), ("state",))
"""Kinds of record by which events are told apart; those that none takes part in stand apart."""


class RecordsWriter:
    """Writes what the records of an archive say; `spans` are their numbers by kind."""

    def __init__(self, records: Records, disagreements: Sequence[Disagreement]) -> None:
        self._records = records
        self._briefs = briefs = records.briefs
        self._all_disagreements = disagreements
        self._disagreements: dict[str, int] = {}
        for disagreement in disagreements:
            if disagreement.about is not None:
                sides = max(
                    len(disagreement.values), self._disagreements.get(disagreement.about, 0)
                )
                self._disagreements[disagreement.about] = sides
        events = sorted((b for b in briefs.values() if b.kind == "event"), key=lambda b: b.when)
        self._events = [event.id for event in events]
        self._part = {event.id: self._taking_part(event) for event in events}
        self._in_events: dict[str, array[int]] = {}
        self._linked: dict[str, set[str]] = {}
        for row, (_, part) in enumerate(self._part.items()):
            for name in part:
                if (rows := self._in_events.get(name)) is None:
                    rows = self._in_events[name] = array("I")
                    self._linked[name] = set()
                rows.append(row)
                self._linked[name].update(part)
        self.spans: dict[str, tuple[int, int]] = {}

    def write(self, writer: Writer) -> None:
        """Write it."""
        ids: list[str] = []
        records = self._records
        for kind in KINDS:
            order = self._events if kind == "event" else self._order(kind)
            self.spans[kind] = (len(ids), len(ids) + len(order))
            ids += order
            writer.section(f"rows.{kind}", self._rows(order))
        number = {name: index for index, name in enumerate(ids)}
        timeline = self._timeline()
        writer.section("timeline", Timeline.pack(timeline))
        writer.section("chronology", compile_chronology(timeline))
        self._place(writer, timeline, ids)
        writer.section("promised", self._promised())
        writer.section("names", list(self._names(ids)))
        writer.section("notes", [packing.pack_note(note) for note in records.notes])
        pack = packing.pack_disagreement
        writer.section("disagreements", [pack(found) for found in self._all_disagreements])
        writer.family("record", (records.blobs[name] for name in ids))
        referring: dict[str, array[int]] = {}
        for index, name in enumerate(ids):
            for target in records.briefs[name].refers:
                referring.setdefault(target, array("I")).append(index)
        writer.family("links", (self._links(name, number, referring) for name in ids))
        writer.section("kinds", records.kinds)
        writer.section("naming", records.naming())
        writer.section("quoted", list(records.proofs))
        writer.family("proofs", (dumps(by_place(found)) for found in records.proofs.values()))

    def key(self) -> str:
        """Name what all records say; mentions are no part of it."""
        whole = blake2b(digest_size=12)
        for blob in self._records.blobs.values():
            whole.update(blob)
        return whole.hexdigest()

    def _promised(self) -> tuple[bytes, bytes, bytes]:
        """Give the promises, how each ended as far as the records say, and its last day."""
        told: dict[str, list[str]] = {}
        for event in self._events:
            for relation, promise in self._briefs[event].tells:
                told.setdefault(promise, []).append(relation)
        rows, ends, days = array("I"), bytearray(), array("i")
        for row, name in enumerate(self._events):
            brief = self._briefs[name]
            if brief.promise is not None:
                rows.append(row)
                ends.append(ending([*told.get(name, ()), *("kept",) * brief.kept]))
                days.append(brief.promise)
        return rows.tobytes(), bytes(ends), days.tobytes()

    def _place(self, writer: Writer, timeline: tuple[list[Any], ...], ids: list[str]) -> None:
        """Write where in time the events lie: all of them, and those of each record."""
        blobs, briefs = self._records.blobs, self._briefs
        events = (packing.unpack_record(loads(blobs[name])) for name in self._events)
        disputed = frozenset(d.about or "" for d in self._all_disagreements if d.field == "date")
        extents, columns, others = compile_extents(timeline, events, disputed)
        for name, column in columns.items():
            writer.section(f"extents.{name}", column)
        writer.family("others", map(dumps, others))
        writer.section("extents", extents.dated)
        writer.section("nearness", compile_nearness(extents))
        writer.section("overview", make_overview(extents, range(len(self._events))))
        bearers = (self._in_events.get(name, ()) for name in ids[: -len(self._events) or None])
        writer.family("track", (dumps(track_of(extents, found)) for found in bearers))
        kinds = [{briefs[name].kind for name in part} for part in self._part.values()]
        names = []
        for group in GROUPS:
            apart = [at for at in range(extents.dated) if kinds[at].isdisjoint(group)]
            if apart:
                names.append(".".join(group))
                track = make_track(extents, ranks_of(extents, apart), ())
                writer.section(f"apart.{names[-1]}", track)
        writer.section("apart", names)

    def _taking_part(self, event: Brief) -> list[str]:
        """Give who takes part in an event and what it belongs to; states through their people."""
        briefs = self._briefs
        part = dict.fromkeys(event.part)
        for name in event.part:
            if name in briefs:
                part.update(dict.fromkeys(briefs[name].countries))
        return [name for name in part if name in briefs]

    def _order(self, kind: str) -> list[str]:
        found = [record for record in self._briefs.values() if record.kind == kind]
        found.sort(key=lambda r: (-len(self._in_events.get(r.id, ())), -r.evidence, r.name, r.id))
        return [record.id for record in found]

    def _rows(self, order: list[str]) -> tuple[list[Any], ...]:
        records = [self._briefs[name] for name in order]
        return (
            order,
            [record.name for record in records],
            [next((v for k, v in record.names if k == "abbreviation"), "") for record in records],
            [self._code(record) for record in records],
            [record.type for record in records],
            [len(self._in_events.get(name, ())) for name in order],
            [record.evidence for record in records],
            [self._disagreements.get(name, 0) for name in order],
        )

    def _code(self, record: Brief) -> str:
        if record.kind == "state":
            return ALPHA2.get(record.code, "")
        state = self._briefs.get(record.country)
        return ALPHA2.get(state.code, "") if state else ""

    def _timeline(self) -> tuple[list[Any], ...]:
        events = [self._briefs[name] for name in self._events]
        dates = [event.date or (None, "", "not stated") for event in events]
        return (
            self._events,
            [event.name for event in events],
            [event.type for event in events],
            [event.status for event in events],
            [date[0] for date in dates],
            [date[1] for date in dates],
            [intern(date[2]) for date in dates],
            [event.earliest for event in events],
            [event.latest for event in events],
            [event.evidence for event in events],
            [self._disagreements.get(name, 0) for name in self._events],
        )

    def _names(self, ids: list[str]) -> Iterator[tuple[str, str, str]]:
        for name in ids:
            record = self._briefs[name]
            yield name, "headword", record.name
            for field, value in record.names:
                yield name, field, value
            if record.code:
                yield name, "code", record.code

    def _links(self, name: str, number: dict[str, int], referring: dict[str, array[int]]) -> bytes:
        linked = self._part[name] if name in self._part else self._linked.get(name, set()) - {name}
        return dumps(
            (
                _bytes(self._in_events.get(name, ())),
                _bytes(sorted(number[other] for other in linked)),
                _bytes(referring.get(name, ())),
            )
        )


def by_place(found: Iterable[Proven]) -> list[Proven]:
    """Sort quotes by their place, then by who stands on them."""
    return sorted(found, key=lambda proven: (proven[0][1:3], proven[1], proven[0][3:]))


def _bytes(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()
