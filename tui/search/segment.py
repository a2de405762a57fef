"""One piece of an index: passages written once, then only read.

A passage is kept as a string in which each character stands for one of its words: comparing words
is comparing characters, and Python's own string search finds phrases. The same characters are
the terms to retrieve by. The text itself is not kept; the archive has it.

In a folder a segment is these files, in memory the same bytes:

    words       the vocabulary, sorted, a word a line
    codes       a character for each word, or NUL
    counts      passages a word stands in, uint32 each
    compounds   places of compounds, uint32 each
    pairs       two codes of each, and a character for the letters of its first part
    letters     the bit sets of `LetterSets`
    deletions   the table of `Deletions`, uint64 each
    forward     the passages' strings, one after the other, UTF-8
    offsets     where each string begins, uint32 each, and where the last one ends
    places      source, start, end of each passage, uint32 each
    postings    which passages hold a word, by its character: `Postings`
    posted      the table of them, uint32 each
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.search.deletions import Deletions, deletions_of
from tui.search.fold import compounds_in, fold, words_in
from tui.search.postings import FIRST_CODE, Postings, PostingsWriter
from tui.search.vocabulary import Compounds, LetterSets, Vocabulary, letter_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyroaring import AbstractBitMap, BitMap

FILES = (
    *("words", "codes", "counts", "compounds", "pairs", "letters", "deletions"),
    *("forward", "offsets", "places", "postings", "posted"),
)
_SEARCHES = 32
"""After so many the pages of the large maps are given back: they would count as memory."""
_LAST_CODE = 0x10FFFD
_COUNTED = 300
OTHER = "\U0010ffff"
"""The code of every term past the million or so that single characters can name."""


def _codes() -> Iterable[str]:
    for code in range(FIRST_CODE, _LAST_CODE):
        if not 0xD800 <= code <= 0xDFFF:
            yield chr(code)
    while True:
        yield OTHER


class _CodeOf(dict[str, str]):
    """Word → its character, given out as words come up, the commonest first as a rule."""

    def __init__(self) -> None:
        super().__init__()
        self._next = iter(_codes()).__next__

    def __missing__(self, word: str) -> str:
        code = self[word] = self._next()
        return code


class SegmentWriter:
    """Take passages in, one at a time, and leave a segment in a folder or in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True)
        self._code_of = _CodeOf()
        self._pairs: dict[str, tuple[str, str]] = {}  # compound → its two terms
        self._postings = PostingsWriter()
        self._forward = _Sink(folder, "forward")
        self._offsets = array("I", [0])
        self._places = array("I")

    def __len__(self) -> int:
        return len(self._places) // 3

    def add(self, source: int, start: int, end: int, text: str) -> None:
        """Take one passage of a source: its place, and the text of that place.

        Sources come in order, and so do the passages of each.
        """
        folded = fold(text)
        codes = "".join(map(self._code_of.__getitem__, words_in(folded)))
        self._postings.add(len(self), set(codes))
        if "-" in folded:
            for one, other in compounds_in(folded):
                if one in self._code_of and other in self._code_of:
                    self._pairs[one + other] = one, other
        self._offsets.append(self._forward.write(codes.encode("utf8")))
        self._places.extend((source, start, end))

    def finish(self) -> Segment:
        """Write what is left and open the segment."""
        forward = self._forward.close()
        parts = {"forward": forward}
        for name, data in self._parts():
            if self._folder is None:
                parts[name] = bytes(data)
            else:
                (self._folder / name).write_bytes(data)
        return Segment(parts) if self._folder is None else Segment.open(self._folder)

    def _parts(self) -> Iterator[tuple[str, bytes | bytearray | memoryview]]:
        """Give the files one after the other: a large index is never in memory whole."""
        yield "offsets", memoryview(self._offsets)
        yield "places", memoryview(self._places)
        held = self._postings.counts()
        postings, posted = self._postings.finish()
        yield "postings", postings
        del postings
        yield "posted", memoryview(posted)
        code_of, pairs = self._code_of, self._pairs
        words = sorted(code_of.keys() | pairs.keys())
        codes = "".join(code_of.get(word, "\0") for word in words)
        yield "words", "\n".join(words).encode("utf8")
        yield "codes", codes.encode("utf8")
        yield "counts", memoryview(array("I", (held.get(code, 1) for code in codes)))
        compounds = [at for at, word in enumerate(words) if word in pairs]
        yield "compounds", memoryview(array("I", compounds))
        joined = (pairs[words[at]] for at in compounds)
        yield (
            "pairs",
            "".join(code_of[one] + code_of[other] + chr(len(one)) for one, other in joined).encode(
                "utf8"
            ),
        )
        yield "letters", _pack(letter_sets(words))
        yield "deletions", memoryview(deletions_of(words))


class _Sink:
    """Bytes on their way into a file, or kept where there is none."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self._file = None if folder is None else (folder / name).open("wb")
        self._kept = bytearray()
        self._size = 0

    def write(self, data: bytes) -> int:
        """Take bytes; give how many there are by now."""
        if self._file is None:
            self._kept += data
        else:
            self._file.write(data)
        self._size += len(data)
        return self._size

    def close(self) -> bytes:
        if self._file is not None:
            self._file.close()
        return bytes(self._kept)


def _pack(sets: dict[str, bytes]) -> bytes:
    """Lay bit sets of one size out behind a line of their keys."""
    size = len(next(iter(sets.values()), b""))
    head = f"{size} {' '.join(sets)}\n".encode()
    return head + b"".join(sets.values())


def _unpack(data: memoryview) -> LetterSets:
    end = bytes(data[:100_000]).index(b"\n")
    size, *keys = bytes(data[:end]).decode().split()
    step, at = int(size), end + 1
    sets = {key: data[at + n * step : at + (n + 1) * step] for n, key in enumerate(keys)}
    return LetterSets(sets)


class Segment:
    """Passages to search, their words, and the sets that retrieve them."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.words = Vocabulary(
            bytes(parts["words"]).decode("utf8").split("\n") if parts["words"] else [],
            bytes(parts["codes"]).decode("utf8"),
            memoryview(parts["counts"]).cast("I"),
            Compounds(
                memoryview(parts["compounds"]).cast("I"), bytes(parts["pairs"]).decode("utf8")
            ),
            _unpack(memoryview(parts["letters"])),
            Deletions(memoryview(parts["deletions"]).cast("Q")),
        )
        self._forward = parts["forward"]
        self._offsets = memoryview(parts["offsets"]).cast("I")
        self._places = memoryview(parts["places"]).cast("I")
        self._large = (parts["forward"], parts["postings"])
        self._searches = 0
        postings = Postings(parts["postings"], memoryview(parts["posted"]).cast("I"))
        self.holding = postings.of
        self.none = postings.none
        self.of_sources = lru_cache(maxsize=4)(self._of_sources)
        if len(self._offsets) != len(self) + 1 or len(self.words.counts) != len(self.words):
            raise ValueError("the parts of a segment do not fit together")

    @classmethod
    def open(cls, folder: Path) -> Segment:
        """Open a segment's folder; its files are mapped, and read only where they are needed.

        Raises:
            OSError, ValueError: a file is missing or is not what it should be.
        """
        return cls({name: _map(folder / name) for name in FILES})

    def __len__(self) -> int:
        return len(self._places) // 3

    def rest(self) -> None:
        """Take note that a search is over; now and then, give back what it read of the files."""
        self._searches += 1
        if self._searches % _SEARCHES == 0 and hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
            for data in self._large:
                if isinstance(data, mmap.mmap):
                    data.madvise(mmap.MADV_DONTNEED)

    def passage(self, number: int) -> tuple[int, int, int]:
        """Give a passage's source, start and end."""
        source, start, end = self._places[3 * number : 3 * number + 3]
        return source, start, end

    def number_at(self, source: int, offset: int) -> int | None:
        """Give the number of the passage that covers a place, or None."""
        before = self._first((source, offset + 1)) - 1
        if before < 0:
            return None
        found, start, end = self.passage(before)
        return before if found == source and start <= offset < end else None

    def passage_at(self, source: int, offset: int) -> tuple[int, int] | None:
        """Give the start and end of the passage that covers a place, or None."""
        number = self.number_at(source, offset)
        return None if number is None else self.passage(number)[1:]

    def passages_of(self, source: int) -> range:
        """Give the numbers of a source's passages."""
        return range(self._first((source, 0)), self._first((source + 1, 0)))

    def _first(self, place: tuple[int, int]) -> int:
        return bisect_left(range(len(self)), place, key=lambda n: self.passage(n)[:2])

    def _of_sources(self, sources: frozenset[int]) -> AbstractBitMap:
        """Give the numbers of the passages of some sources."""
        from pyroaring import BitMap

        found: BitMap = BitMap()
        for source in sources:
            numbers = self.passages_of(source)
            found.add_range(numbers.start, numbers.stop)
        return found

    def codes(self, number: int) -> str:
        """Give a passage's words, one character each."""
        start, end = self._offsets[number : number + 2]
        return str(self._forward[start:end], "utf8")

    def side_by_side(self, codes: str) -> int:
        """Count the passages in which words stand side by side.

        Past some hundreds that hold them all, all these are counted.
        """
        found = self.holding(codes[0])
        for code in codes[1:]:
            found = found & self.holding(code)
        if len(found) > _COUNTED:
            return len(found)
        return sum(codes in self.codes(number) for number in found)

    def standing(self, codes: str) -> Iterable[int]:
        """Walk through the passages in which words begin that stand one after the other.

        The passages of a source are neighbours here as they are there: the words may run on.
        """
        needle, last = codes.encode("utf8"), -1
        at = self._forward.find(needle) if needle else -1
        while at >= 0:
            number = bisect_right(self._offsets, at) - 1
            if number != last:
                yield number
            last = number
            at = self._forward.find(needle, self._offsets[number + 1])

    def joints(self) -> Iterable[tuple[int, int]]:
        """Walk through where a passage begins that the one before it ends at."""
        before, end = -1, -1
        numbers = iter(self._places)
        for source, start, finish in zip(numbers, numbers, numbers, strict=True):
            if start == end and source == before:
                yield source, start
            before, end = source, finish

    def size(self, number: int) -> int:
        """Give how long a passage is, in bytes of its codes: about two a word."""
        start, end = self._offsets[number : number + 2]
        return end - start


def _map(path: Path) -> bytes:
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # type: ignore[return-value]
