"""The library: an archive as everybody else sees it, immutable and decoded when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tui.archive import packing
from tui.archive.chronology import Chronology
from tui.archive.columns import Rows, Timeline, numbers
from tui.archive.compiled import DamagedError
from tui.archive.fault import Fault
from tui.archive.sequences import Mentions, Passages, Sources
from tui.archive.shelf import OWN_PROOFS
from tui.records.evidence import Evidence
from tui.records.record import KINDS
from tui.records.source import Disagreement, Mention, Note, Passage, Source

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tui.archive.promises import Promises
    from tui.archive.shelf import Shelf
    from tui.archive.times import Times
    from tui.records.record import Kind, Record

_T = TypeVar("_T")
_RECORDS_KEPT = 1_024
_TEXT_KEPT = 4_000_000


class Proof(NamedTuple):
    """A quote, and the field of the record (or source) that stands on it."""

    evidence: Evidence
    record: str
    field: str


class Library:
    """Everything an archive says; records, texts and lists are decoded when they are asked for.

    Made by `open_archive`. `fingerprint` names the content: two libraries with the same one answer
    alike. `faults` are what the check prints, `skipped` is what was left out because of them.
    """

    def __init__(
        self, root: Path, shelf: Shelf, rebuild: Callable[[], Shelf] | None = None
    ) -> None:
        self.root = root
        self._shelf = shelf
        self._rebuild = rebuild
        meta = shelf.meta
        self.title: str = meta["title"]
        self.description: str = meta["description"]
        self.fingerprint: str = meta["fingerprint"]
        self.skipped: int = meta["skipped"]
        self._counts: dict[str, int] = meta["counts"]
        self._spans: dict[str, tuple[int, int]] = meta["spans"]
        self._kept: dict[str, Any] = {}
        self._records: dict[str, Record] = {}
        self._last = "", -1
        self._texts: dict[str, str] = {}
        self._texts_size = 0

    @property
    def is_kept(self) -> bool:
        """Tell whether the compiled form stands in the cache, rather than in memory alone."""
        return self._shelf.is_kept

    @property
    def faults(self) -> Sequence[Fault]:
        """Give what is wrong, sorted by file and line; warnings are among them."""
        return self._once(
            "faults",
            lambda: tuple(sorted({Fault(*p) for p in self._read(lambda s: list(s.faults()))})),
        )

    @property
    def sources(self) -> Mapping[str, Source]:
        """Give the sources by id, sorted by id."""
        return self._once("sources", lambda: Sources(self._read))

    @property
    def notes(self) -> Sequence[Note]:
        """Give the notes in the order of the sources they stand in."""
        return self._once(
            "notes", lambda: tuple(packing.unpack_note(plain) for plain in self._section("notes"))
        )

    @property
    def disagreements(self) -> Sequence[Disagreement]:
        """Give the disagreements, found and said alike, by what they are about."""
        unpack = packing.unpack_disagreement
        return self._once(
            "disagreements",
            lambda: tuple(unpack(plain) for plain in self._section("disagreements")),
        )

    @property
    def timeline(self) -> Timeline:
        """Give the events as columns, in order."""
        return self._once("timeline", lambda: Timeline.unpack(self._section("timeline")))

    @property
    def chronology(self) -> Chronology:
        """Give how the events are grouped and counted by date."""
        return self._once("chronology", lambda: Chronology(self._section("chronology")))

    @property
    def times(self) -> Times:
        """Give where in time the events lie."""

        def times() -> Times:
            from tui.archive.times import Times

            return Times(self._section, self._value, self._spans)

        return self._once("times", times)

    def rows(self, kind: Kind) -> Rows:
        """Give the records of one kind as columns."""

        def rows() -> Rows:
            columns = self._section(f"rows.{kind}")
            count = self._read(lambda shelf: shelf.mentioned).get
            return Rows(*columns[:-1], [count(name, 0) for name in columns[0]], columns[-1])

        return self._once(f"rows.{kind}", rows)

    def text(self, source_id: str) -> str:
        """Give a source's text, code point for code point as it is on disk.

        Raises:
            KeyError: there is no such source.
        """
        text = self._texts.get(source_id)
        if text is None:
            blob = self._read(lambda shelf: shelf.text(shelf.place(source_id)))
            text = str(blob, "utf-8")
            if self._texts_size + len(text) > _TEXT_KEPT:
                self._texts, self._texts_size = {}, 0
            self._texts[source_id] = text
            self._texts_size += len(text)
        return text

    def record(self, record_id: str) -> Record:
        """Give a record.

        Raises:
            KeyError: there is no such record.
        """
        record = self._records.get(record_id)
        if record is None:
            record = packing.unpack_record(self._value("record", self._number(record_id)))
            if len(self._records) >= _RECORDS_KEPT:
                self._records = {}
            self._records[record_id] = record
        return record

    def kind_of(self, any_id: str) -> Kind | str | None:
        """Tell what an id names: a kind of record, "source", or nothing."""
        try:
            number = self._number(any_id)
        except KeyError:
            return "source" if any_id in self.sources else None
        return next(kind for kind, (first, end) in self._spans.items() if first <= number < end)

    def records(self, kind: Kind) -> Iterator[Record]:
        """Walk through the records of one kind, in the order of their rows."""
        ids = self.timeline.id if kind == "event" else self.rows(kind).id
        return (self.record(name) for name in ids)

    def passages(self, source_id: str) -> Sequence[Passage]:
        """Give a source's passages in order."""
        return Passages(source_id, self._within(source_id)[0])

    def mentions_in(self, source_id: str) -> Sequence[Mention]:
        """Give who is named in a source, in order."""
        return [Mention(source_id, *found) for found in self._within(source_id)[1]]

    def mentions_of(self, record_id: str) -> Sequence[Mention]:
        """Give where a record is named, by source and place.

        Raises:
            KeyError: there is no such record.
        """
        self._number(record_id)
        ids = self._read(lambda shelf: shelf.sources)
        return Mentions(record_id, ids, self._read(lambda shelf: shelf.mentions(record_id)))

    def events_of(self, record_id: str) -> Sequence[str]:
        """Give the events of an actor, an initiative or a state, in the order of the timeline.

        A state's are those that name it and those an actor of that country takes part in.
        """
        ids = self.timeline.id
        return [ids[row] for row in self.positions_of(record_id)]

    def positions_of(self, record_id: str) -> array[int]:
        """Give the events of an actor, an initiative or a state as positions in the timeline."""
        return numbers("I", self._links(record_id)[0])

    def linked(self, record_id: str) -> frozenset[str]:
        """Give the actors and initiatives that share an event with a record, or are in an event."""
        actors = self._actors
        linked = numbers("I", self._links(record_id)[1])  # events do not share themselves
        return frozenset([actors[number] for number in linked])

    def referring(self, record_id: str) -> Sequence[str]:
        """Give the records that refer to a record otherwise than by taking part in an event.

        They are the parts of an event and what keeps it, the initiatives that somebody is a
        member of, the bodies under a body, the people of a country, the holders of an office.
        """
        return list(map(self._id, numbers("I", self._links(record_id)[2])))

    @property
    def promised(self) -> Sequence[str]:
        """Give the events that somebody only announces or promises, in timeline order."""
        ids = self.timeline.id
        return [ids[row] for row in self.deadlines[0]]

    @property
    def deadlines(self) -> tuple[array[int], bytes, array[int]]:
        """Give the promises as positions in the timeline, what became of each, its last day.

        The second is a number for each, as `promises.ENDS` says; the third is the last day on which
        one may be kept, `promises.NEVER` where no source says it.
        """
        positions, ends, days = self._once("promised", lambda: self._section("promised"))
        return numbers("I", positions), ends, numbers("i", days)

    @property
    def promises(self) -> Promises:
        """Give the promises by state, those that are open first."""
        from tui.archive.promises import promises

        return self._once("promises", lambda: promises(self))

    @property
    def reach(self) -> tuple[str, str, int]:
        """Give the source known to be the latest, its date in words and that date's first day."""
        from tui.archive.promises import reach

        def latest() -> tuple[str, str, int]:
            days = self._read(lambda shelf: shelf.published)
            day = max(days, default=0)
            if not day:
                return "", "", 0
            return reach(self.sources[self._read(lambda shelf: shelf.sources)[days.index(day)]])

        return self._once("reach", latest)

    def notes_in(self, source_id: str) -> Sequence[Note]:
        """Give the notes on a source, in order."""
        return self._grouped("notes_in", self.notes, lambda n: (n.evidence.source,), source_id)

    def notes_about(self, record_id: str) -> Sequence[Note]:
        """Give the notes that concern a record."""
        return self._grouped("notes_about", self.notes, lambda n: n.about, record_id)

    def disagreements_about(self, any_id: str) -> Sequence[Disagreement]:
        """Give the disagreements about a record or a source."""
        return self._grouped("about", self.disagreements, lambda d: (d.about or "",), any_id)

    def evidence_in(self, source_id: str) -> Sequence[Proof]:
        """Give what stands on a source, by place: for each quote the records and fields."""
        found = [
            Proof(evidence, bearer, field)
            for quote, bearer, fields in self._quoted(source_id)
            for evidence in (Evidence(*quote),)
            for field in fields
        ]
        found.sort(key=lambda p: (p.evidence.start, p.evidence.end, p.record, p.field))
        return found

    def proved_in(self, source_id: str) -> list[tuple[int, int, str, str]]:
        """Give what stands on a source, by place: start, end, record and field of each quote.

        That much of `evidence_in` is drawn beside a text, whenever another source is shown.
        """
        quoted = self._quoted(source_id)
        return sorted(
            (q[1], q[2], bearer, field) for q, bearer, fields in quoted for field in fields
        )

    def _quoted(self, source_id: str) -> list[tuple[Any, str, Sequence[str]]]:
        """Give the quotes from a source, each with who stands on it and the fields that do."""
        own = self._read(lambda shelf: shelf.source(shelf.place(source_id)))[OWN_PROOFS]
        numbers = self._once(
            "quoted", lambda: {name: n for n, name in enumerate(self._section("quoted"))}
        )
        number = numbers.get(source_id)
        others = [] if number is None else self._value("proofs", number)
        return [quoted for quoted in (*own, *others) if quoted[0][0] == source_id]

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Walk through everything that names a record: (record, field, name).

        The field is `headword`, `code`, or one of the record's name fields.
        """
        return iter(self._section("names"))

    def source_keys(self) -> bytes:
        """Give what the passages of each source depend on: keys of one length, one a source.

        They are in the order of the sources; where two are alike, so are the passages.
        """
        return self._read(lambda shelf: shelf.keys)

    @property
    def passage_count(self) -> int:
        """Count the passages of all sources."""
        count: int = self._shelf.meta["passages"]
        return count

    @property
    def records_key(self) -> str:
        """Name what all records say; mentions are no part of it."""
        key: str = self._shelf.meta["records_key"]
        return key

    def counts(self) -> dict[str, int]:
        """Count what the archive holds, in the order it is printed in."""
        return dict(self._counts)

    @property
    def _actors(self) -> list[str]:
        """Give the ids by number, kind after kind in the order of the rows, but for the events."""
        return self._once(
            "actors", lambda: [name for kind in KINDS[:-1] for name in self.rows(kind).id]
        )

    def _id(self, number: int) -> str:
        """Give the id of a record; the events, which are many, come last."""
        first = self._spans["event"][0]
        return self.timeline.id[number - first] if number >= first else self._actors[number]

    def _number(self, record_id: str) -> int:
        if record_id == self._last[0]:  # what is read of one record is read in a row
            return self._last[1]
        numbered = self._once("numbers", lambda: {n: i for i, n in enumerate(self._actors)})
        number = numbered.get(record_id)
        if number is None:
            position = self.timeline.position(record_id)
            if position < 0:
                raise KeyError(record_id)
            number = self._spans["event"][0] + position
        self._last = record_id, number
        return number

    def _links(self, record_id: str) -> tuple[bytes, bytes, bytes]:
        found: tuple[bytes, bytes, bytes] = self._value("links", self._number(record_id))
        return found

    def _within(self, source_id: str) -> tuple[Sequence[int], list[tuple[int, int, str]]]:
        return self._read(lambda shelf: shelf.within(shelf.place(source_id)))

    def _grouped(
        self,
        name: str,
        items: Sequence[_T],
        keys: Callable[[_T], tuple[str, ...]],
        wanted: str,
    ) -> Sequence[_T]:
        def group() -> dict[str, list[_T]]:
            groups: dict[str, list[_T]] = {}
            for item in items:
                for key in keys(item):
                    groups.setdefault(key, []).append(item)
            return groups

        return self._once(name, group).get(wanted, [])

    def _once(self, name: str, make: Callable[[], _T]) -> _T:
        if name not in self._kept:
            self._kept[name] = make()
        value: _T = self._kept[name]
        return value

    def _section(self, name: str) -> Any:
        return self._read(lambda shelf: shelf.section(name))

    def _value(self, family: str, number: int) -> Any:
        return self._read(lambda shelf: shelf.value(family, number))

    def _read(self, reading: Callable[[Shelf], _T]) -> _T:
        """Read from the compiled archive; one that turns out damaged is compiled anew, once."""
        try:
            return reading(self._shelf)
        except DamagedError:
            if self._rebuild is None:
                raise
            self._shelf, self._rebuild = self._rebuild(), None
            return reading(self._shelf)
