"""A file of real passages, one a line, as an archive without records and as numbered lines."""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.records.source import Passage, Source

LINES_A_SOURCE = 64


class Lines:
    """The lines of a file by number, mapped, not held."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._ends = array("Q")
        at = self._data.find(b"\n")
        while at >= 0:
            self._ends.append(at)
            at = self._data.find(b"\n", at + 1)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        return self._data[self.begin(number) : self._ends[number]].decode("utf8")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def begin(self, number: int) -> int:
        """Give the place in the file where a line begins."""
        return 0 if number == 0 else self._ends[number - 1] + 1

    def number(self, line: bytes) -> int:
        """Give the number of the first line that is exactly this, or -1."""
        if self._data[: len(line) + 1] == line + b"\n":
            return 0
        at = self._data.find(b"\n" + line + b"\n")
        return -1 if at < 0 else bisect_right(self._ends, at)


class Corpus:
    """The lines of a file, some of them a source, dressed as a library that has no records."""

    fingerprint = "corpus"

    def __init__(self, path: Path) -> None:
        from tui.records.source import Source

        self.root = path
        self.sources: dict[str, Source] = {}
        self._offsets: list[int] = []
        self._lines = 0
        self._last: tuple[str, str] = ("", "")
        at = 0
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            for number, line in enumerate(file):
                if number % LINES_A_SOURCE == 0:
                    self._offsets.append(at)
                at += len(line)
                self._lines += 1
        self._offsets.append(at)
        for number, begin in enumerate(self._offsets[:-1]):
            size = self._offsets[number + 1] - begin
            name = f"s{number:06}"
            self.sources[name] = Source(name, name, (), f"{number}", size, size)

    def text(self, source: str) -> str:
        if self._last[0] != source:
            number = int(source[1:])
            data = self._data[self._offsets[number] : self._offsets[number + 1]]
            self._last = source, data.decode("utf8")
        return self._last[1]

    def line(self, source: str, start: int) -> int:
        """Give the number of the line that begins at a place of a source."""
        return int(source[1:]) * LINES_A_SOURCE + self.text(source).count("\n", 0, start)

    def passages(self, source: str) -> list[Passage]:
        from tui.records.source import Passage

        found, at = [], 0
        for line in self.text(source).split("\n")[:-1]:
            found.append(Passage(source, at, at + len(line), 1))
            at += len(line) + 1
        return found

    def source_keys(self) -> bytes:
        return b"".join(b"%08d" % at for at in range(len(self.sources)))

    @property
    def passage_count(self) -> int:
        return self._lines

    records_key = "none"

    def names(self) -> Iterator[tuple[str, str, str]]:
        return iter(())

    def rows(self, kind: str) -> Any:
        del kind
        return self.timeline

    @property
    def timeline(self) -> Any:
        @dataclass
        class Nothing:
            id: tuple[str, ...] = ()
            evidence: tuple[int, ...] = ()
            mentions: tuple[int, ...] = ()

        return Nothing()
