"""One piece of an index: passages written once, then only read.

A passage is kept as a string in which each character stands for one of its words: comparing words
is comparing characters, and Python's own string search finds phrases. The same characters are
the terms that tantivy retrieves by. The text itself is not kept; the archive has it.

In a folder a segment is these files, in memory the same bytes:

    words       the vocabulary, sorted, a word a line
    codes       a character for each word, or NUL
    counts      passages a word stands in, uint32 each
    compounds   place of the compound, letters of its first part, its two characters: a line each
    letters     the bit sets of `LetterSets`
    stems       how words begin, sorted, a stem a line
    forward     the passages' strings, one after the other, UTF-8
    offsets     where each string begins, uint32 each, and where the last one ends
    places      source, start, end of each passage, uint32 each
    terms/      the tantivy index
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING

from tui.search.fold import compounds_in, fold, words_in
from tui.search.vocabulary import LetterSets, Vocabulary, letter_sets, stems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import tantivy

FILES = (
    *("words", "codes", "counts", "compounds", "letters", "stems"),
    *("forward", "offsets", "places"),
)
TERMS = "terms"
_UNCODED = frozenset(
    (*range(0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F)
) | {0x3000, 0xFEFF}
"""What tantivy's tokenizer takes for white space, and control characters."""
_LAST_CODE = 0x10FFFD
OTHER = "\U0010ffff"
"""The code of every term past the million or so that single characters can name."""
_HEAP = 15_000_000
_HEAP_LARGE = 60_000_000


def _codes() -> Iterable[str]:
    for code in range(0x21, _LAST_CODE):
        if code not in _UNCODED and not 0xD800 <= code <= 0xDFFF and not 0x7F <= code < 0xA0:
            yield chr(code)
    while True:
        yield OTHER


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("t", stored=False, tokenizer_name="codes", index_option="freq")
    builder.add_integer_field("n", stored=False, indexed=False, fast=True)
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    import tantivy

    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("codes", whitespace)
    return index


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

    def __init__(self, folder: Path | None, *, large: bool = False) -> None:
        import tantivy

        self._folder = folder
        self._document = tantivy.Document
        path = None
        if folder is not None:
            (folder / TERMS).mkdir(parents=True)
            path = str(folder / TERMS)
        self._index = _register(tantivy.Index(_schema(), path=path))
        self._writer = self._index.writer(_HEAP_LARGE if large else _HEAP, 1)
        self._code_of = _CodeOf()
        self._pairs: dict[str, str] = {}  # compound → letters of its first part, codes
        self._forward = _Sink(folder, "forward")
        self._offsets = array("I", [0])
        self._places = array("I")

    def __len__(self) -> int:
        return len(self._places) // 3

    def add(self, source: int, start: int, end: int, text: str) -> None:
        """Take one passage of a source: its place, and the text of that place."""
        folded = fold(text)
        words = words_in(folded)
        code_of = self._code_of
        spaced = " ".join(map(code_of.__getitem__, words))
        number = len(self)
        document = self._document()
        document.add_text("t", spaced)
        document.add_integer("n", number)
        self._writer.add_document(document)
        if "-" in folded:
            for one, other in compounds_in(folded):
                if one in code_of and other in code_of:
                    self._pairs[one + other] = f"{len(one)} {code_of[one]}{code_of[other]}"
        self._offsets.append(self._forward.write(spaced.replace(" ", "").encode("utf8")))
        self._places.extend((source, start, end))

    def finish(self) -> Segment:
        """Write what is left and open the segment."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        words = sorted(self._code_of.keys() | self._pairs.keys())
        held = self._index.searcher().doc_freq
        codes = "".join(self._code_of.get(word, "\0") for word in words)
        counts = array("I", (1 if code == "\0" else held("t", code) for code in codes))
        pairs = ((at, self._pairs.get(word)) for at, word in enumerate(words))
        parts = {
            "words": "\n".join(words).encode("utf8"),
            "codes": codes.encode("utf8"),
            "counts": counts.tobytes(),
            "compounds": "\n".join(f"{at} {pair}" for at, pair in pairs if pair).encode("utf8"),
            "letters": _pack(letter_sets(words)),
            "stems": "\n".join(sorted(stems(words))).encode("utf8"),
            "offsets": self._offsets.tobytes(),
            "places": self._places.tobytes(),
        }
        forward = self._forward.close()
        if self._folder is None:
            return Segment({**parts, "forward": forward}, self._index)
        for name, data in parts.items():
            (self._folder / name).write_bytes(data)
        return Segment.open(self._folder)


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
    """Passages to search, their words, and the index that retrieves them."""

    def __init__(self, parts: dict[str, bytes], index: tantivy.Index) -> None:
        self.words = Vocabulary(
            bytes(parts["words"]).decode("utf8").split("\n") if parts["words"] else [],
            bytes(parts["codes"]).decode("utf8"),
            _numbers(parts["counts"]),
            _compounds(bytes(parts["compounds"]).decode("utf8")),
            _unpack(memoryview(parts["letters"])),
            lambda: bytes(parts["stems"]).decode("utf8"),
        )
        self._forward = parts["forward"]
        self._offsets = memoryview(parts["offsets"]).cast("I")
        self._places = memoryview(parts["places"]).cast("I")
        self._index = index
        self.searcher = index.searcher()
        self.schema = index.schema
        if self.searcher.num_docs != len(self):
            raise ValueError(f"{self.searcher.num_docs} passages indexed, {len(self)} expected")

    @classmethod
    def open(cls, folder: Path) -> Segment:
        """Open a segment's folder; its large files are mapped, not read.

        Raises:
            OSError, ValueError: a file is missing or is not what it should be.
        """
        import tantivy

        parts = {name: _map(folder / name) for name in FILES}
        return cls(parts, _register(tantivy.Index.open(str(folder / TERMS))))

    def __len__(self) -> int:
        return len(self._places) // 3

    def passage(self, number: int) -> tuple[int, int, int]:
        """Give a passage's source, start and end."""
        source, start, end = self._places[3 * number : 3 * number + 3]
        return source, start, end

    def passage_at(self, source: int, offset: int) -> tuple[int, int] | None:
        """Give the start and end of the passage that covers a place, or None."""
        after = bisect_right(range(len(self)), (source, offset), key=lambda n: self.passage(n)[:2])
        if after == 0:
            return None
        found, start, end = self.passage(after - 1)
        return (start, end) if found == source and start <= offset < end else None

    def codes(self, number: int) -> str:
        """Give a passage's words, one character each."""
        start, end = self._offsets[number], self._offsets[number + 1]
        return str(self._forward[start:end], "utf8")

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

    def retrieve(self, query: tantivy.Query, most: int) -> list[int]:
        """Give the numbers of the passages that answer a query best."""
        hits = self.searcher.search(query, most, count=False).hits
        addresses = [address for _, address in hits]
        if not addresses:
            return []
        return [int(n) for n in self.searcher.fast_field_values("n", addresses) if n is not None]


def _map(path: Path) -> bytes:
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)  # type: ignore[return-value]


def _numbers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    return numbers


def _compounds(text: str) -> dict[int, tuple[str, int]]:
    lines = (line.split(" ") for line in text.split("\n") if line)
    return {int(at): (pair, int(cut)) for at, cut, pair in lines}
