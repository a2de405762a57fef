"""A compiled archive as it is kept: a head, and the pieces that it names.

The head says which sources there are and in which piece each stands; a piece is written once. A
change of a few sources is a small piece and a new head. What the records say stands in one piece,
as a whole. A small archive is one file: its head is its only piece.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui.archive.columns import numbers
from tui.archive.compiled import DamagedError, dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.archive.compiled import Compiled, Writer
    from tui.archive.products import Product

KEY = 12
"""The length of a source's key in bytes."""
OWN_PROOFS, SOURCE = 6, -1
"""Where these stand in what `Product.pack` writes."""
Place = tuple[int, int]
"""A piece, and the number of a source in it."""


class Shelf:
    """Reads a head and its pieces; `pieces` are in the order in which the head counts them.

    `is_kept` tells whether they stand in the cache, rather than in memory alone.

    Raises:
        DamagedError: on any reading, when the bytes are not what was written.
    """

    def __init__(self, head: Compiled, pieces: list[Compiled], *, is_kept: bool = True) -> None:
        self.head = head
        self.is_kept = is_kept
        self.pieces = pieces
        self.meta = head.meta
        self._records = pieces[self.meta["records"]]

    def section(self, name: str) -> Any:
        """Decode one value, of the head or of the records."""
        return (self.head if name in self.head else self._records).section(name)

    def value(self, family: str, number: int) -> Any:
        """Decode one of the blobs that there is for every record."""
        return self._records.value(family, number)

    @cached_property
    def sources(self) -> list[str]:
        """Give the ids of the sources, sorted."""
        found: list[str] = self.head.section("sources")
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Give the number of each source in that order."""
        return dict(zip(self.sources, range(len(self.sources)), strict=True))

    @cached_property
    def at(self) -> bytes:
        """Give each source's piece."""
        return bytes(self.head.raw("at"))

    @cached_property
    def slots(self) -> array[int]:
        """Give each source's number in its piece."""
        return numbers("I", self.head.raw("slots"))

    @cached_property
    def published(self) -> array[int]:
        """Give the first day on which each source says it was published; 0 where it does not."""
        return numbers("i", self.head.raw("published"))

    @cached_property
    def keys(self) -> bytes:
        """Give each source's key, one after the other."""
        return bytes(self.head.raw("keys"))

    @cached_property
    def sourceless(self) -> dict[str, Place]:
        """Give the pairs of files that give no source, with their places."""
        found: dict[str, Place] = self.head.section("sourceless")
        return found

    @cached_property
    def mentioned(self) -> dict[str, int]:
        """Count the mentions of each record that has any."""
        found: dict[str, int] = self.head.section("mentioned")
        return found

    def place(self, source: str) -> Place:
        """Say where a source stands.

        Raises:
            KeyError: there is no such source.
        """
        number = self.numbers[source]
        return self.at[number], self.slots[number]

    def source(self, place: Place) -> tuple[Any, ...]:
        """Give what `Product.pack` wrote."""
        found: tuple[Any, ...] = self.pieces[place[0]].value("source", place[1])
        return found

    def text(self, place: Place) -> bytes | memoryview:
        """Give a source's text in UTF-8."""
        return self.pieces[place[0]].item("text", place[1])

    def within(self, place: Place) -> tuple[memoryview, list[tuple[int, int, str]]]:
        """Give a source's passages, three numbers each, and its mentions."""
        passages, mentions = self.pieces[place[0]].value("places", place[1])
        found = memoryview(mentions).cast("I").tolist()
        names = self.named(place[0])
        listed = zip(found[::3], found[1::3], (names[n] for n in found[2::3]), strict=True)
        return memoryview(passages).cast("I"), list(listed)

    def named(self, piece: int) -> list[str]:
        """Give the records that a piece's texts mention, in the order of its numbers for them."""
        if piece not in self._named:
            self._named[piece] = self.pieces[piece].section("named")
        return self._named[piece]

    @cached_property
    def _named(self) -> dict[int, list[str]]:
        return {}

    def mentions(self, record: str) -> array[int]:
        """Give where a record is named: number of the source, start, end; in order."""
        parts: list[tuple[int, array[int]]] = []
        for number, piece in enumerate(self.pieces):
            names = self._places_of_names(number)
            if record not in names:
                continue
            found = array("I")
            found.frombytes(piece.item("naming", names[record]))
            living = self._living[number]
            for at in range(0, len(found), 3):
                found[at] = living[found[at]]
            parts.append((number, found))
        if len(parts) == 1 and len(self.pieces) == 1:
            return parts[0][1]
        gone = _GONE
        triples = sorted(
            (found[at], found[at + 1], found[at + 2])
            for _, found in parts
            for at in range(0, len(found), 3)
            if found[at] != gone
        )
        return array("I", [number for triple in triples for number in triple])

    def _places_of_names(self, piece: int) -> dict[str, int]:
        if piece not in self._name_places:
            self._name_places[piece] = {n: i for i, n in enumerate(self.named(piece))}
        return self._name_places[piece]

    @cached_property
    def _name_places(self) -> dict[int, dict[str, int]]:
        return {}

    @cached_property
    def _living(self) -> list[array[int]]:
        """Give for each piece the numbers of the sources in it; `_GONE` for what was replaced."""
        found = [array("I", [_GONE]) * piece.count("source") for piece in self.pieces]
        for number, (piece, slot) in enumerate(zip(self.at, self.slots, strict=True)):
            found[piece][slot] = number
        return found

    def faults(self) -> Iterator[tuple[Any, ...]]:
        """Walk through all faults, in no order."""
        yield from self.head.section("faults.paths")
        yield from self.section("faults.records")
        without = set(self.sourceless.values())
        for number, piece in enumerate(self.pieces):
            for slot in piece.section("faulty") if "faulty" in piece else ():
                if self._living[number][slot] != _GONE or (number, slot) in without:
                    yield from piece.value("source", slot)[4]

    def unit_place(self, unit: str) -> Place | None:
        """Say where a pair of files stands, by its path; None for one that is new."""
        if unit in self.sourceless:
            return self.sourceless[unit]
        name = unit.rpartition("/")[2]
        if name not in self.numbers:
            return None
        place = self.place(name)
        return place if self.source(place)[0] == unit else None

    def units(self) -> dict[str, Place]:
        """Give every pair of files with its place."""
        found = dict(self.sourceless)
        for number, (piece, slot) in enumerate(zip(self.at, self.slots, strict=True)):
            unit = self.source((piece, slot))[0]
            if unit.rpartition("/")[2] != self.sources[number]:
                raise DamagedError(f"{unit} is not where it should be")
            found[unit] = piece, slot
        return found


_GONE = 0xFFFFFFFF


class PieceWriter:
    """Writes the sources of a piece."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._numbers: dict[str, int] = {}
        self._naming: list[array[int]] = []
        self._faulty: list[int] = []
        self.held = 0

    def add(self, product: Product) -> int:
        """Write a product; give its number."""
        packed = product.pack()
        text, places = product.text, product.places.tobytes()
        return self._put(packed, text, places, product.mentions, bool(product.faults))

    def copy(self, shelf: Shelf, place: Place) -> int:
        """Write what stands in another piece."""
        packed = bytes(shelf.pieces[place[0]].item("source", place[1]))
        passages, mentions = shelf.within(place)
        text = bytes(shelf.text(place))
        return self._put(packed, text, passages.tobytes(), mentions, bool(loads(packed)[4]))

    def _put(
        self,
        packed: bytes,
        text: bytes,
        passages: bytes,
        mentions: list[tuple[int, int, str]],
        faulty: bool,
    ) -> int:
        slot = self._writer.add("source", packed)
        numbers, naming = self._numbers, self._naming
        listed = array("I")
        for start, end, record in mentions:
            number = numbers.get(record)
            if number is None:
                number = numbers[record] = len(numbers)
                naming.append(array("I"))
            listed.extend((start, end, number))
            naming[number].extend((slot, start, end))
        self._writer.add("text", text)
        self._writer.add("places", dumps((passages, listed.tobytes())))
        if faulty:
            self._faulty.append(slot)
        self.held += 1
        return slot

    def finish(self) -> None:
        """Write what is known only at the end."""
        self._writer.section("named", list(self._numbers))
        self._writer.family("naming", (numbers.tobytes() for numbers in self._naming))
        self._writer.section("faulty", self._faulty)


class Catalogue:
    """Which sources there are and where each stands, while that changes."""

    def __init__(self, shelf: Shelf | None = None, pieces: Mapping[int, int] | None = None) -> None:
        """Begin with nothing, or with that of a shelf whose pieces get other numbers."""
        self.sources: list[str] = []
        self.at = bytearray()
        self.slots = array("I")
        self.keys = bytearray()
        self.published = array("i")
        self.sourceless: dict[str, Place] = {}
        self.mentioned: dict[str, int] = {}
        if shelf is not None and pieces is not None:
            self.sources, self.slots = list(shelf.sources), shelf.slots[:]
            self.at = bytearray(shelf.at.translate(bytes(pieces.get(n, n) for n in range(256))))
            self.keys = bytearray(shelf.keys)
            self.published = shelf.published[:]
            self.sourceless = {
                unit: (pieces.get(piece, piece), slot)
                for unit, (piece, slot) in shelf.sourceless.items()
            }
            self.mentioned = dict(shelf.mentioned)

    def enter(self, product: Product, place: Place) -> None:
        """Enter a source at the end, or a pair of files that gives none."""
        if product.source is None:
            self.sourceless[product.unit] = place
        else:
            self.sources.append(product.id)
            self.at.append(place[0])
            self.slots.append(place[1])
            self.keys += product.key
            self.published.append(product.published)

    def replace(self, source: str, product: Product | None, place: Place) -> None:
        """Put a source in the place of an older one, or among the others, or take one out."""
        number = bisect_left(self.sources, source)
        if number < len(self.sources) and self.sources[number] == source:
            del self.sources[number], self.at[number], self.slots[number]
            del self.keys[KEY * number : KEY * (number + 1)], self.published[number]
        if product is not None:
            self.sources.insert(number, source)
            self.at.insert(number, place[0])
            self.slots.insert(number, place[1])
            self.keys[KEY * number : KEY * number] = product.key
            self.published.insert(number, product.published)

    def count(self, mentions: list[tuple[int, int, str]], by: int = 1) -> None:
        """Count mentions of records, or no longer count them."""
        for _, _, record in mentions:
            number = self.mentioned.get(record, 0) + by
            if number:
                self.mentioned[record] = number
            else:
                del self.mentioned[record]

    def write(self, writer: Writer) -> None:
        """Write it into a head."""
        writer.section("sources", self.sources)
        writer.raw("at", bytes(self.at))
        writer.raw("slots", self.slots.tobytes())
        writer.raw("keys", bytes(self.keys))
        writer.raw("published", self.published.tobytes())
        writer.section("sourceless", self.sourceless)
        writer.section("mentioned", self.mentioned)
