"""What is made of one source: its metadata, its text cut into passages, and who is named in it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.archive import packing
from tui.archive.briefs import proven
from tui.archive.compiled import dumps
from tui.archive.disagreements import detect
from tui.archive.facts import Gathering
from tui.archive.fault import Fault
from tui.archive.ledger import Ledger
from tui.archive.mentions import SHORT_NAME, Namer
from tui.archive.passages import passages
from tui.archive.promises import first_day
from tui.archive.reading import collides, read_source
from tui.archive.shelf import KEY
from tui.archive.store import blake2b

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui.archive.briefs import Proven
    from tui.archive.build import Quote
    from tui.archive.texts import Texts
    from tui.records.source import Disagreement, Source, Span

_TICK = 100_000


@dataclass(slots=True)
class Product:
    """One source as it is compiled, or a pair of files that gives none and why.

    `leans` says that it depends on more than its own two files and the archive's names: on which
    records there are, or on other sources. `asked` are the ids it named.
    """

    unit: str
    id: str = ""
    source: Source | None = None
    text: bytes = b""
    places: array[int] = field(default_factory=lambda: array("I"))
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    passages: int = 0
    sentences: int = 0
    faults: tuple[Fault, ...] = ()
    skipped: int = 0
    quotes: set[Quote] = field(default_factory=set)
    proofs: list[Proven] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    leans: bool = False
    unsettled: bool = False
    asked: tuple[str, ...] = ()

    @property
    def key(self) -> bytes:
        """Name what the passages depend on."""
        if self.source is None:
            return bytes(KEY)
        plain = f"{self.source.sha256} {self.source.boilerplate}"
        return blake2b(plain.encode(), digest_size=KEY).digest()

    @property
    def published(self) -> int:
        """Give the first day on which it says it was published; 0 where it says none."""
        return 0 if self.source is None else first_day(self.source)[0]

    def pack(self) -> bytes:
        """Write all but the text and the places in it."""
        return dumps(
            (
                self.unit, self.id, self.key, self.skipped, [tuple(fault) for fault in self.faults],
                sorted(self.quotes), self.proofs,
                [packing.pack_disagreement(found) for found in self.disagreements],
                self.leans, self.unsettled, self.asked, self.passages, self.sentences,
                None if self.source is None else packing.pack_source(self.source),
            )
        )  # fmt: skip


def unpack_product(plain: tuple[Any, ...]) -> Product:
    """Read a product back, without its text and its places."""
    (unit, name, _, skipped, faults, quotes, proofs, disagreements, leans, unsettled, asked,
     count, sentences, source) = plain  # fmt: skip
    return Product(
        unit, name, None if source is None else packing.unpack_source(source),
        passages=count, sentences=sentences,
        faults=tuple(Fault(*fault) for fault in faults), skipped=skipped,
        quotes=set(quotes), proofs=proofs,
        disagreements=[packing.unpack_disagreement(found) for found in disagreements],
        leans=leans, unsettled=unsettled, asked=asked,
    )  # fmt: skip


class Making:
    """Makes products, one after the other.

    `made` counts them; `namer` holds the names of all records.
    """

    def __init__(
        self,
        kinds: Mapping[str, str],
        left_out: set[str],
        texts: Texts,
        namer: Namer,
        tick: Callable[[int], None],
    ) -> None:
        self._kinds, self._left_out, self._texts, self._namer = kinds, left_out, texts, namer
        self._tick = tick
        self.made = 0

    def make(
        self,
        unit: str,
        known: bytes | str | None,
        text: bytes | str | None,
        taken: tuple[str, int] | None = None,
    ) -> Product:
        """Make the product of the two files of a source, given as `read_source` takes them.

        `taken` is the place of another record or source that has its id already.
        """
        self.made += 1
        ledger = Ledger(self._left_out)
        product = Product(unit)
        draft = read_source(unit, known, text, ledger)
        if draft is not None and taken is not None:
            collides(draft, taken, ledger)
            product.leans = True
        elif draft is not None:
            product.id = draft.id
            self._texts.hold(draft.id, draft.text)
            gathering = Gathering(self._kinds, self._texts, ledger)
            source = product.source = gathering.source(draft)
            product.quotes = {packing.pack_evidence(found) for found in gathering.quotes}
            product.proofs = proven(source)
            product.disagreements = detect("source", source)
            strays = gathering.asked - {draft.id}
            product.asked = tuple(sorted({*strays, *(name for _, name in source.short_names)}))
            product.unsettled = gathering.unsettled
            product.leans = bool(product.asked) or gathering.unsettled
            assert isinstance(text, bytes)
            product.text = text
            self._read(product, draft.text)
        product.faults, product.skipped = ledger.faults(), ledger.skipped
        return product

    def _halve(self, read: int) -> None:
        """Count what was read for the second time, after it was cut into passages."""
        self._tick(read // 2)

    def _read(self, product: Product, text: str) -> None:
        """Cut the text into passages and find who is named in it."""
        source = product.source
        assert source is not None
        own: Namer | None = None
        if source.short_names:
            own = Namer()
            for words, target in source.short_names:
                own.add(target, "", words, SHORT_NAME)
        edges = sorted({edge for span in source.boilerplate for edge in (span.start, span.end)})
        places = product.places
        read = 0
        for passage in passages(text, edges):
            places.extend(passage)
            if passage[1] > read + _TICK:
                self._tick((passage[1] - read) // 2)
                read = passage[1]
        self._tick((len(text) - read) // 2)
        product.mentions = list(self._namer.mentions(text, own, edges, self._halve))
        product.passages = len(places) // 3
        product.sentences = outside(places, source.boilerplate)


def outside(places: Sequence[int], boilerplate: Iterable[Span]) -> int:
    """Count the passages that no boilerplate touches."""
    cover = Cover(boilerplate)
    if not cover:
        return len(places) // 3
    return sum(not cover.touches(*places[at : at + 2]) for at in range(0, len(places), 3))


def touched(places: Sequence[int], boilerplate: Iterable[Span], proofs: Iterable[Span]) -> int:
    """Count the passages that a proof touches and no boilerplate does."""
    dimmed, lit = Cover(boilerplate), Cover(proofs)
    spans = (places[at : at + 2] for at in range(0, len(places), 3))
    return sum(lit.touches(a, b) and not dimmed.touches(a, b) for a, b in spans)


class Cover:
    """Spans laid over a text, to ask whether any of them touches a stretch."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans, key=lambda span: span.start):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a span shares a character with the stretch."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end
