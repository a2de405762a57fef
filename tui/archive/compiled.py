"""The compiled form of an archive: a file of blobs, written in one go, read piece by piece.

It opens with a mark and closes with a header, the header's length and its checksum: so it can be
written as it comes, whatever it will hold. The header holds what is always needed; everything else
lies before it in sections (one value each) and families (many blobs with an index), each with a
checksum of its own, and is decoded when somebody asks for it. Values are written by `marshal`: the
fastest there is, and never fed anything but what a checksum has passed.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable
    from mmap import mmap

VERSION = 2
_MARSHAL = 4
_MARK = b"readout %d %s\n" % (VERSION, sys.byteorder.encode())
_TAIL = 12


class DamagedError(Exception):
    """The bytes are not what was written: cut short, changed, or from another version."""


class Sink(Protocol):
    """Where the bytes go."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


class _Family:
    def __init__(self) -> None:
        self.starts, self.lengths, self.checks = array("Q"), array("I"), array("I")


class Writer:
    """Puts a compiled form together, in memory or into a sink."""

    def __init__(self, sink: Sink | None = None) -> None:
        self._held: list[bytes] = []
        self._write = self._held.append if sink is None else sink.write
        self.size = 0
        self._check = 0
        self._sections: dict[str, tuple[int, int, int]] = {}
        self._families: dict[str, _Family] = {}
        self._put(_MARK)

    def section(self, name: str, value: Any) -> None:
        """Add one value under a name."""
        self.raw(name, marshal.dumps(value, _MARSHAL))

    def raw(self, name: str, blob: bytes) -> None:
        """Add bytes under a name."""
        self._sections[name] = (self.size, len(blob), crc32(blob))
        self._put(blob)

    def add(self, family: str, blob: bytes) -> int:
        """Add the next blob of a family; give its number."""
        index = self._families.get(family)
        if index is None:
            index = self._families[family] = _Family()
        index.starts.append(self.size)
        index.lengths.append(len(blob))
        index.checks.append(crc32(blob))
        self._put(blob)
        return len(index.starts) - 1

    def family(self, name: str, blobs: Iterable[bytes]) -> None:
        """Add many blobs under a name; each is read by its number."""
        self._families.setdefault(name, _Family())
        for blob in blobs:
            self.add(name, blob)

    def finish(self, meta: dict[str, Any]) -> bytes:
        """Close with the header; give the whole where there is no sink."""
        for name, index in self._families.items():
            self.raw(f"{name}.starts", index.starts.tobytes())
            self.raw(f"{name}.lengths", index.lengths.tobytes())
            self.raw(f"{name}.checks", index.checks.tobytes())
        header = marshal.dumps((meta, self._sections, self.size, self._check), _MARSHAL)
        tail = len(header).to_bytes(8, "little") + crc32(header).to_bytes(4, "little")
        self._write(header)
        self._write(tail)
        return b"".join(self._held)

    def _put(self, blob: bytes) -> None:
        self._check = crc32(blob, self._check)
        self.size += len(blob)
        self._write(blob)


class Compiled:
    """Reads a compiled form; `meta` is what its header holds.

    Raises:
        DamagedError: on opening or on any reading, when the bytes are not what was written.
    """

    def __init__(self, data: bytes | memoryview | mmap) -> None:
        self._data = data
        if data[: len(_MARK)] != _MARK or len(data) < len(_MARK) + _TAIL:
            raise DamagedError("another version")
        end = len(data) - _TAIL
        length = int.from_bytes(data[end : end + 8], "little")
        header = data[max(0, end - length) : end]
        if len(header) != length or crc32(header) != int.from_bytes(data[end + 8 :], "little"):
            raise DamagedError("the header is damaged")
        self.meta: dict[str, Any]
        self._sections: dict[str, tuple[int, int, int]]
        self.meta, self._sections, self._size, self._check = marshal.loads(header)
        if self._size != end - length:
            raise DamagedError("cut short")
        self._families: dict[str, tuple[array[int], array[int], array[int]]] = {}

    def __contains__(self, section: str) -> bool:
        return section in self._sections

    @property
    def size(self) -> int:
        """Give the number of bytes."""
        return len(self._data)

    def section(self, name: str) -> Any:
        """Decode one value."""
        return marshal.loads(self.raw(name))

    def raw(self, name: str) -> bytes | memoryview:
        """Give the bytes under a name."""
        offset, length, check = self._sections[name]
        blob = self._data[offset : offset + length]
        if len(blob) != length or crc32(blob) != check:
            raise DamagedError(f"{name} is damaged")
        return blob

    def count(self, family: str) -> int:
        """Count the blobs of a family."""
        return len(self._index(family)[0]) if f"{family}.starts" in self._sections else 0

    def item(self, family: str, number: int) -> bytes | memoryview:
        """Give one blob of a family."""
        starts, lengths, checks = self._index(family)
        start = starts[number]
        blob = self._data[start : start + lengths[number]]
        if crc32(blob) != checks[number]:
            raise DamagedError(f"{family} {number} is damaged")
        return blob

    def value(self, family: str, number: int) -> Any:
        """Decode one blob of a family."""
        return marshal.loads(self.item(family, number))

    def verify(self) -> None:
        """Hold everything against one checksum; worth it where the whole is small."""
        if crc32(memoryview(self._data)[: self._size]) != self._check:
            raise DamagedError("the body is damaged")

    def _index(self, family: str) -> tuple[array[int], array[int], array[int]]:
        found = self._families.get(family)
        if found is None:
            found = array("Q"), array("I"), array("I")
            for numbers, what in zip(found, ("starts", "lengths", "checks"), strict=True):
                numbers.frombytes(self.raw(f"{family}.{what}"))
            self._families[family] = found
        return found


def dumps(value: Any) -> bytes:
    """Encode a value as a blob."""
    return marshal.dumps(value, _MARSHAL)


def loads(blob: bytes | memoryview) -> Any:
    """Decode a blob."""
    return marshal.loads(blob)
