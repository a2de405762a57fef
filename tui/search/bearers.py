"""Names by number and the records that bear them by number, each decoded when it is asked for.

An archive of very many events has as many titles. As tuples and dicts they held five times what
they say; as bytes they are read at once, and what is sorted is found by halving.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from tui.archive.columns import Strings, Words
from tui.search.fold import fold, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Plain = tuple[Any, ...]


class Bearers:
    """The names of all records. A record's names follow each other; the first one is its id."""

    def __init__(self, plain: Plain) -> None:
        ids, kinds, firsts, texts, fields, bearers, sizes, by_id = plain
        self.ids = Strings(ids)
        self._kinds = Words(kinds)
        self._texts, self._fields = Strings(texts), Words(fields)
        self._sizes = memoryview(sizes).cast("H")
        self._firsts, self._bearers, self._by_id = map(_numbers, (firsts, bearers, by_id))

    @staticmethod
    def pack(
        names: Sequence[tuple[str, str, str, tuple[str, ...]]], kinds: Mapping[str, str]
    ) -> Plain:
        """Write names, given as record, field, text and folded words; those of a record together.

        `kinds` are the kinds of the records, in the order in which these come.
        """
        ids, firsts, bearers = list(kinds), array("I"), array("I")
        for number, (record, *_) in enumerate(names):
            if not firsts or record != ids[len(firsts) - 1]:
                firsts.append(number)
            bearers.append(len(firsts) - 1)
        firsts.append(len(names))
        return (
            Strings.pack(ids), Words.pack(list(kinds.values())), firsts.tobytes(),
            Strings.pack(text for _, _, text, _ in names),
            Words.pack([field for _, field, _, _ in names]), bearers.tobytes(),
            array("H", (min(len(words), 0xFFFF) for *_, words in names)).tobytes(),
            array("I", sorted(range(len(ids)), key=ids.__getitem__)).tobytes(),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.ids)

    def kind(self, record: int) -> str:
        """Give the kind of a record."""
        return self._kinds[record]

    def names(self, record: int) -> range:
        """Give the numbers of a record's names."""
        return range(self._firsts[record], self._firsts[record + 1])

    def headword(self, record: int) -> int:
        """Give the number of the name that a record is known by."""
        return self._firsts[record] + 1

    def record(self, number: int) -> int:
        """Give who bears a name."""
        return self._bearers[number]

    def place(self, name: str) -> int:
        """Give the number of the record with an id; -1 where there is none."""
        at = bisect_left(self._by_id, name, key=self.ids.__getitem__)
        found = at < len(self._by_id) and self.ids[self._by_id[at]] == name
        return self._by_id[at] if found else -1

    def field(self, number: int) -> str:
        """Give the field that a name stands in."""
        return self._fields[number]

    def text(self, number: int) -> str:
        """Give a name as it is written."""
        return self._texts[number]

    def words(self, number: int) -> tuple[str, ...]:
        """Give the folded words of a name."""
        return tuple(words_in(fold(self._texts[number])))

    def size(self, number: int) -> int:
        """Count the words of a name."""
        return self._sizes[number]


class Sorted:
    """Letters with a number each, sorted by both."""

    def __init__(self, plain: Plain) -> None:
        self._letters, self._numbers = Strings(plain[0]), _numbers(plain[1])

    @staticmethod
    def pack(pairs: Iterable[tuple[str, int]]) -> Plain:
        """Write pairs of letters and a number."""
        found = sorted(pairs)
        return Strings.pack(letters for letters, _ in found), _bytes(n for _, n in found)

    def of(self, letters: str) -> Iterator[int]:
        """Walk through the numbers of some letters."""
        for found, number in self.beginning(letters):
            if found != letters:
                return
            yield number

    def beginning(self, letters: str) -> Iterator[tuple[str, int]]:
        """Walk through the pairs whose letters begin so."""
        for at in range(bisect_left(self._letters, letters), len(self._letters)):
            found = self._letters[at]
            if not found.startswith(letters):
                return
            yield found, self._numbers[at]


class Lists:
    """Lists of numbers, by number."""

    def __init__(self, plain: Plain) -> None:
        self._starts, self._numbers = map(_numbers, plain)

    @staticmethod
    def pack(lists: Iterable[Sequence[int]]) -> Plain:
        """Write lists of numbers."""
        starts, joined = array("I", [0]), array("I")
        for one in lists:
            joined.extend(one)
            starts.append(len(joined))
        return starts.tobytes(), joined.tobytes()

    def __getitem__(self, at: int) -> Sequence[int]:
        return self._numbers[self._starts[at] : self._starts[at + 1]]

    def sizes(self) -> array[int]:
        """Give the length of each list."""
        starts = self._starts
        return array("I", (starts[at + 1] - starts[at] for at in range(len(starts) - 1)))


def _numbers(data: bytes) -> memoryview[int]:
    """Give numbers where they lie: whoever keeps the tables keeps the bytes as well."""
    return memoryview(data).cast("I")


def _bytes(found: Iterable[int]) -> bytes:
    return array("I", found).tobytes()
