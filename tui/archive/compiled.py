"""The compiled form of an archive: one block of bytes, read piece by piece.

It opens with a mark, the length and the checksum of a header. The header holds what is always
needed; everything else lies behind it in sections (one value each) and families (many blobs with
an index), each with a checksum of its own, and is decoded when somebody asks for it. Values are
written by `marshal`: the fastest there is, and never fed anything but what a checksum has passed.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable
    from mmap import mmap

VERSION = 1
_MARSHAL = 4
_MARK = b"readout %d %s\n" % (VERSION, sys.byteorder.encode())
_HEAD = len(_MARK) + 12


class DamagedError(Exception):
    """The bytes are not what was written: cut short, changed, or from another version."""


class Writer:
    """Puts a compiled archive together."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._sections: dict[str, tuple[int, int, int]] = {}

    def section(self, name: str, value: Any) -> None:
        """Add one value under a name."""
        self._raw(name, marshal.dumps(value, _MARSHAL))

    def family(self, name: str, blobs: Iterable[bytes]) -> None:
        """Add many blobs under a name; each is read by its number."""
        offsets, checks = array("Q", [self._size]), array("I")
        for blob in blobs:
            self._parts.append(blob)
            self._size += len(blob)
            offsets.append(self._size)
            checks.append(crc32(blob))
        self._raw(f"{name}.offsets", offsets.tobytes())
        self._raw(f"{name}.checks", checks.tobytes())

    def finish(self, meta: dict[str, Any]) -> bytes:
        """Give the whole, with the header in front."""
        body = 0
        for part in self._parts:
            body = crc32(part, body)
        header = marshal.dumps((meta, self._sections, body), _MARSHAL)
        head = len(header).to_bytes(8, "little") + crc32(header).to_bytes(4, "little")
        return b"".join((_MARK, head, header, *self._parts))

    def _raw(self, name: str, blob: bytes) -> None:
        self._sections[name] = (self._size, len(blob), crc32(blob))
        self._parts.append(blob)
        self._size += len(blob)


class Compiled:
    """Reads a compiled archive; `meta` is what its header holds.

    Raises:
        DamagedError: on opening or on any reading, when the bytes are not what was written.
    """

    def __init__(self, data: bytes | mmap) -> None:
        self._data = data
        if data[: len(_MARK)] != _MARK or len(data) < _HEAD:
            raise DamagedError("another version")
        length = int.from_bytes(data[len(_MARK) : len(_MARK) + 8], "little")
        header = data[_HEAD : _HEAD + length]
        if len(header) != length or crc32(header) != int.from_bytes(
            data[_HEAD - 4 : _HEAD], "little"
        ):
            raise DamagedError("the header is damaged")
        self.meta: dict[str, Any]
        self._sections: dict[str, tuple[int, int, int]]
        self.meta, self._sections, self._check = marshal.loads(header)
        self._body = _HEAD + length
        self._offsets: dict[str, array[int]] = {}
        self._checks: dict[str, array[int]] = {}

    def section(self, name: str) -> Any:
        """Decode one value."""
        return marshal.loads(self._bytes(name))

    def item(self, family: str, number: int) -> bytes:
        """Give one blob of a family."""
        if family not in self._offsets:
            offsets, checks = array("Q"), array("I")
            offsets.frombytes(self._bytes(f"{family}.offsets"))
            checks.frombytes(self._bytes(f"{family}.checks"))
            self._offsets[family], self._checks[family] = offsets, checks
        offsets = self._offsets[family]
        blob = self._data[self._body + offsets[number] : self._body + offsets[number + 1]]
        if crc32(blob) != self._checks[family][number]:
            raise DamagedError(f"{family} {number} is damaged")
        return blob

    def value(self, family: str, number: int) -> Any:
        """Decode one blob of a family."""
        return marshal.loads(self.item(family, number))

    def verify(self) -> None:
        """Hold everything against one checksum; worth it where the whole is small."""
        if crc32(memoryview(self._data)[self._body :]) != self._check:
            raise DamagedError("the body is damaged")

    def _bytes(self, name: str) -> bytes:
        offset, length, check = self._sections[name]
        blob = self._data[self._body + offset : self._body + offset + length]
        if len(blob) != length or crc32(blob) != check:
            raise DamagedError(f"{name} is damaged")
        return blob


def dumps(value: Any) -> bytes:
    """Encode a value as a blob."""
    return marshal.dumps(value, _MARSHAL)
