"""What lists are drawn from: parallel columns, one row a record.

The events are many: their columns are bytes, and a value is made when somebody asks for it. A list
of a hundred thousand strings or dates would hold many times as much, and take as long to read.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import eq
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")
_OPEN = -(1 << 31)
"""Stands for a day that is not known."""

Plain = tuple[Any, ...]


class Lazy(Sequence[_T]):
    """Values that are made when they are asked for."""

    @abstractmethod
    def _at(self, index: int) -> _T:
        """Make the value at an index from 0 on."""

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> list[_T]: ...
    def __getitem__(self, index: int | slice) -> _T | list[_T]:
        if isinstance(index, slice):
            return [self._at(at) for at in range(*index.indices(len(self)))]
        return self._at(range(len(self))[index])  # which refuses what lies beyond

    def __iter__(self) -> Iterator[_T]:
        return map(self._at, range(len(self)))


class Column(Lazy[_T]):
    """A lazy sequence over bytes; two columns of the same ones are equal."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]  # as a list has none


class Strings(Column[str]):
    """Strings, kept one after the other in UTF-8."""

    def __init__(self, plain: Plain) -> None:
        text, starts = plain
        self._text: bytes = text
        self._starts = memoryview(starts).cast("I")

    @staticmethod
    def pack(strings: Iterable[str]) -> Plain:
        """Write strings as bytes."""
        parts = [string.encode() for string in strings]
        starts = array("I", [0])
        for part in parts:
            starts.append(starts[-1] + len(part))
        return b"".join(parts), starts.tobytes()

    def ends_with(self, others: Sequence[str]) -> bool:
        """Tell whether the last strings are those of another such column, without making one."""
        first = len(self) - len(others)
        if first < 0 or not isinstance(others, Strings):
            return False
        before = self._starts[first]
        return self._text[before:] == others._text and all(
            map(eq, self._starts[first:], map(before.__add__, others._starts))
        )

    def __len__(self) -> int:
        return len(self._starts) - 1

    def _at(self, index: int) -> str:
        return self._text[self._starts[index] : self._starts[index + 1]].decode()


class Words(Column[str]):
    """Strings of which there are few different ones: a number each."""

    def __init__(self, plain: Plain) -> None:
        self._values: list[str] = plain[0]
        self._codes = numbers("H", plain[1])

    @staticmethod
    def pack(strings: Sequence[str]) -> Plain:
        """Write strings as numbers; as many different ones as there may be kinds of anything."""
        codes = {value: code for code, value in enumerate(dict.fromkeys(strings))}
        return list(codes), array("H", map(codes.__getitem__, strings)).tobytes()

    def __len__(self) -> int:
        return len(self._codes)

    def _at(self, index: int) -> str:
        return self._values[self._codes[index]]


class Dates(Column["str | None"]):
    """EDTF, None where there is none."""

    def __init__(self, plain: Plain) -> None:
        self._strings = Strings(plain)

    @staticmethod
    def pack(dates: Iterable[str | None]) -> Plain:
        """Write dates as bytes; an empty one is no EDTF."""
        return Strings.pack(date or "" for date in dates)

    def __len__(self) -> int:
        return len(self._strings)

    def _at(self, index: int) -> str | None:
        return self._strings[index] or None


class Days(Column["int | None"]):
    """Proleptic ordinals, None where open or unknown."""

    def __init__(self, plain: bytes) -> None:
        self._days = numbers("i", plain)

    @staticmethod
    def pack(days: Iterable[int | None]) -> bytes:
        """Write days as numbers."""
        return array("i", [_OPEN if day is None else day for day in days]).tobytes()

    def __len__(self) -> int:
        return len(self._days)

    def _at(self, index: int) -> int | None:
        day = self._days[index]
        return None if day == _OPEN else day


class _Columns:
    """Parallel columns, given in the order in which a class names them.

    Written by hand, for a data class costs more to make than a warm archive costs to open.
    """

    id: Sequence[str]

    def __init__(self, *columns: Sequence[Any]) -> None:
        for name, column in zip(type(self).__annotations__, columns, strict=True):
            setattr(self, name, column)

    def __len__(self) -> int:
        return len(self.id)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return False
        return all(getattr(self, n) == getattr(other, n) for n in type(self).__annotations__)

    __hash__ = None  # type: ignore[assignment]  # as long lists have none


class Timeline(_Columns):
    """The events in order: by earliest day, latest day, id; what has no date comes last.

    `earliest` and `latest` are proleptic ordinals (`date.toordinal`), None where open or unknown;
    an open beginning sorts by its end. `edtf` is None where only words are known. `evidence`
    counts the quotes that prove something of the event.
    """

    id: Sequence[str]
    title: Sequence[str]
    type: Sequence[str]
    status: Sequence[str]
    edtf: Sequence[str | None]
    date_text: Sequence[str]
    date_basis: Sequence[str]
    earliest: Sequence[int | None]
    latest: Sequence[int | None]
    evidence: Sequence[int]
    disagreements: Sequence[int]

    @classmethod
    def unpack(cls, plain: Plain) -> Timeline:
        """Read the columns that `pack` wrote."""
        (ids, titles, types, statuses, edtf, texts, bases, earliest, latest, evidence,
         disagreements, by_id) = plain  # fmt: skip
        timeline = cls(
            Strings(ids), Strings(titles), Words(types), Words(statuses), Dates(edtf),
            Strings(texts), Words(bases), Days(earliest), Days(latest),
            numbers("I", evidence), numbers("I", disagreements),
        )  # fmt: skip
        timeline._ranks = by_id
        return timeline

    _ranks = b""

    @staticmethod
    def pack(columns: Sequence[Sequence[Any]]) -> Plain:
        """Write the columns, given as lists, with the order in which an id is looked up."""
        (ids, titles, types, statuses, edtf, texts, bases, earliest, latest, evidence,
         disagreements) = columns  # fmt: skip
        by_id = array("I", sorted(range(len(ids)), key=ids.__getitem__))
        return (
            Strings.pack(ids), Strings.pack(titles), Words.pack(types), Words.pack(statuses),
            Dates.pack(edtf), Strings.pack(texts), Words.pack(bases), Days.pack(earliest),
            Days.pack(latest), array("I", evidence).tobytes(), array("I", disagreements).tobytes(),
            by_id.tobytes(),
        )  # fmt: skip

    @cached_property
    def _by_id(self) -> array[int]:
        return numbers("I", self._ranks)

    def position(self, event: str) -> int:
        """Give the position of an event, found by halving; -1 where there is no such event."""
        by_id, ids = self._by_id, self.id
        at = bisect_left(by_id, event, key=ids.__getitem__)
        return by_id[at] if at < len(by_id) and ids[by_id[at]] == event else -1


class Rows(_Columns):
    """The records of one kind, those in most events first, then most evidence, then by name.

    `short` is the first abbreviation, `code` the ISO 3166-1 alpha-2 code of a state or of an
    actor's country; both are empty where there is none. `disagreements` is the number of values
    that stand side by side in the record's widest disagreement.
    """

    id: Sequence[str]
    name: Sequence[str]
    short: Sequence[str]
    code: Sequence[str]
    type: Sequence[str]
    events: Sequence[int]
    evidence: Sequence[int]
    mentions: Sequence[int]
    disagreements: Sequence[int]


def numbers(code: str, data: bytes | memoryview) -> array[int]:
    """Give numbers from their bytes."""
    found: array[int] = array(code)
    found.frombytes(data)
    return found
