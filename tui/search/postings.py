"""Which passages hold a word: one compressed set of passage numbers a word, laid end to end.

The sets are Roaring bitmaps (Lemire et al. 2018) in their portable format: uniting forty of them,
or keeping what two have in common, costs less than scoring the passages of one. Each is summed,
and what does not sum up is never unpacked.
"""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyroaring import BitMap, FrozenBitMap

FIRST_CODE = 0x21
_KEPT = 192
"""Sets kept unpacked from keystroke to keystroke; the largest take a bit a passage."""
_LONG = 4096


class DamagedError(ValueError):
    """An index does not hold what was written."""


class Postings:
    """The sets of an index, unpacked as they are asked for.

    `table` has two numbers for each code in order, and two at the end: where its set begins in
    `data`, and the set's CRC-32.
    """

    def __init__(self, data: bytes, table: Sequence[int]) -> None:
        from pyroaring import FrozenBitMap

        self._data = data
        self._table = table
        self._unpacked = FrozenBitMap.deserialize
        self.none = FrozenBitMap()
        self.of = lru_cache(maxsize=_KEPT)(self._of)

    def _of(self, code: str) -> FrozenBitMap:
        """Give the numbers of the passages that hold the word of a code."""
        at = 2 * (ord(code) - FIRST_CODE)
        start, check, end = self._table[at : at + 3]
        if start == end:
            return self.none
        packed = bytes(self._data[start:end])
        if zlib.crc32(packed) != check:
            raise DamagedError(f"the postings of U+{ord(code):04X} are damaged")
        return self._unpacked(packed)


class PostingsWriter:
    """Collect, passage by passage, which words each holds."""

    def __init__(self) -> None:
        self._held: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def add(self, number: int, codes: Iterable[str]) -> None:
        """Take the distinct codes of a passage; numbers have to rise."""
        held = self._held
        for code in codes:
            held[code].append(number)

    def counts(self) -> dict[str, int]:
        """Give for each code the number of passages that hold it."""
        return {code: len(numbers) for code, numbers in self._held.items()}

    def finish(self) -> tuple[bytearray, array[int]]:
        """Give the data and the table of `Postings`, and forget."""
        from pyroaring import BitMap

        data, table = bytearray(), array("I")
        last = ord(max(self._held, default=chr(FIRST_CODE - 1)))
        for number in range(FIRST_CODE, last + 1):
            held = self._held.pop(chr(number), None)
            packed = b"" if held is None else _packed(BitMap(held), len(held))
            table.extend((len(data), zlib.crc32(packed)))
            data += packed
        table.extend((len(data), 0))
        return data, table


def _packed(numbers: BitMap, count: int) -> bytes:
    if count > _LONG:
        numbers.run_optimize()
    return numbers.serialize()
