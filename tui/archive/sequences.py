"""Sources, passages and mentions as sequences whose items are made when they are asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from tui.archive import packing
from tui.archive.columns import Lazy
from tui.archive.shelf import SOURCE
from tui.records.source import Mention, Passage, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.archive.shelf import Shelf

_T = TypeVar("_T")
_KEPT = 8_192


class _Rows(Lazy[_T]):
    """Things of three numbers, made one at a time: a text of a million lines has as many."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers

    @abstractmethod
    def _make(self, numbers: Sequence[int]) -> _T: ...

    def _at(self, index: int) -> _T:
        return self._make(self._numbers[3 * index : 3 * index + 3])

    def __len__(self) -> int:
        return len(self._numbers) // 3

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list has none


class Passages(_Rows[Passage]):
    """A source's passages."""

    def __init__(self, source: str, numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self._source = source

    def _make(self, numbers: Sequence[int]) -> Passage:
        return Passage(self._source, *numbers)


class Mentions(_Rows[Mention]):
    """The places where a record is named."""

    def __init__(self, record: str, sources: list[str], numbers: Sequence[int]) -> None:
        super().__init__(numbers)
        self._record = record
        self._sources = sources

    def _make(self, numbers: Sequence[int]) -> Mention:
        source, start, end = numbers
        return Mention(self._sources[source], start, end, self._record)


class Sources(Mapping[str, Source]):
    """The sources by id, decoded one at a time."""

    def __init__(self, read: Callable[[Callable[[Shelf], Any]], Any]) -> None:
        self._read = read
        self._ids: list[str] = read(lambda shelf: shelf.sources)
        self._kept: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Source:
        source = self._kept.get(name)
        if source is None:
            plain = self._read(lambda shelf: shelf.source(shelf.place(name)))[SOURCE]
            source = packing.unpack_source(plain)
            if len(self._kept) >= _KEPT:
                self._kept = {}
            self._kept[name] = source
        return source

    def __contains__(self, name: object) -> bool:
        return name in self._read(lambda shelf: shelf.numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
