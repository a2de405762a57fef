"""Trace a quotation to where it stands: verbatim, altered, or nowhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.archive.normal import NormalText, normal
from tui.drafts.collation import collate
from tui.drafts.pattern import literal, pattern
from tui.drafts.wording import words
from tui.records.evidence import Evidence
from tui.search.fold import fold, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.archive import Library
    from tui.drafts.collation import Collation
    from tui.drafts.manuscript import Manuscript
    from tui.drafts.pattern import Part, Pattern
    from tui.drafts.quotations import Quotation
    from tui.drafts.wording import Word
    from tui.search import Engine
    from tui.search.standing import Place

MOST_PLACES = 8
"""Places named for one quotation; a phrase that stands everywhere needs no more."""

_CANDIDATES = 10
_SKIPPED = 20_000
"""Code points that an ellipsis may leave out."""
_MOST_PARTS = 60
_MOST_LOOSE = 2_000
"""How often, for one draft, to look around for what stands beyond an ellipsis."""
_AROUND = 400
_MOST_PIECES = 12
_MOST_TRIED = 1_000
"""Places to try where the words that the index finds are not all that was meant."""
_LONGEST_WORD = 60

# Letters that may fold to others than they look: a text without them holds a plain word only where
# it holds its letters.
_UNPLAIN = re.compile(
    "[\u00ad\u0300-\u036f\u1100-\u11ff\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2100-\u218f"
    "\u2460-\u24ff\u3130-\u318f\u3200-\u33ff\ua960-\ua97f\ud7b0-\ud7ff\uf900-\ufaff\ufb00-\ufb06"
    "\ufe00-\ufe0f\ufeff\uff00-\uffef\U0001d400-\U0001d7ff]"
)


def torn(library: Library, engine: Engine) -> list[str]:
    """Give the sources in which a passage ends within a word."""
    found: dict[str, None] = {}
    for source, offset in engine.joints():
        if source not in found:
            text = library.text(source)
            if text[offset - 1].isalnum() and text[offset].isalnum():
                found[source] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a quotation stands, part by part; `places` are all of them, each as its parts.

    For an altered one there is one place, and `collations` say how each part differs.
    """

    pattern: Pattern
    places: tuple[tuple[Evidence, ...], ...] = ()
    collations: tuple[Collation, ...] = ()
    apart: bool = False
    """The parts stand in the sources, but not one after the other in one of them."""

    @property
    def verbatim(self) -> bool:
        """Tell whether it stands in a source but for what an editor may change."""
        return bool(self.places) and not self.collations and not self.apart


class _Stretch(NamedTuple):
    source: str
    start: int
    end: int


class Tracer:
    """Traces the quotations of one draft.

    The index finds whatever stands word for word, and for certain; but in `torn` sources, where it
    takes one word for two, the texts themselves are read.
    """

    def __init__(
        self, library: Library, engine: Engine, torn: Sequence[str], draft: Manuscript
    ) -> None:
        self._library = library
        self._engine = engine
        self._torn = torn
        self._loose = 0
        self._draft = draft
        self._words: dict[_Stretch, list[Word]] = {}

    def trace(self, quotations: Sequence[Quotation]) -> list[Trace]:
        """Trace quotations together: what no index finds is looked for in all texts at once."""
        plain = self._draft.plain
        patterns, found = [], []
        for quotation in quotations:
            edited = pattern(plain, quotation.words, quotation.start, quotation.end)
            whole = literal(quotation.words)
            places = self._verbatim(whole)
            if not places and (edited.ellipsis or edited.brackets):
                places, whole = self._verbatim(edited), edited
            patterns.append(whole)
            found.append(places)
        missing = [n for n, places in enumerate(found) if not places and patterns[n].parts]
        for number, stretch in self._scanned([patterns[n] for n in missing]):
            places = self._at(patterns[missing[number]], [stretch], whole=True)
            found[missing[number]] += places
        return [
            Trace(one, tuple(places)) if places else self._altered(one)
            for one, places in zip(patterns, found, strict=True)
        ]

    def _verbatim(self, wanted: Pattern) -> list[tuple[Evidence, ...]]:
        """Look a quotation up by the words of its longest run."""
        if not wanted.parts:
            return []
        run = _anchor(wanted).plain
        if not run:
            return []
        folded = words_in(fold(self._draft.plain[run[0].start : run[-1].end]))
        for most in (MOST_PLACES, _MOST_TRIED):
            places = self._engine.standing(folded, most) if folded else []
            found = self._at(wanted, self._around(wanted, places))
            if found or len(places) < most:
                return found[:MOST_PLACES]
        return []

    def _around(self, wanted: Pattern, places: Sequence[Place]) -> list[_Stretch]:
        """Widen passages to what a quotation found in them may take in."""
        anchor = _anchor(wanted).elements
        reach = 2 * (anchor[-1].end - anchor[0].start) + _AROUND
        return [self._stretch(s, start - reach, end + reach) for s, start, end in places]

    def _stretch(self, source: str, start: int, end: int) -> _Stretch:
        """Cut a stretch of a source between words."""
        text = self._library.text(source)
        start, end = max(0, start), min(len(text), end)
        for _ in range(_LONGEST_WORD):
            inside = 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
            end += inside
            start -= start > 0 and text[start - 1].isalnum()
        return _Stretch(source, start, end)

    def _at(
        self, wanted: Pattern, stretches: Sequence[_Stretch], *, whole: bool = False
    ) -> list[tuple[Evidence, ...]]:
        """Hold a quotation against stretches of sources, word for word.

        `whole` takes words as the text has them, over the edges of boilerplate as well.
        """
        found: dict[tuple[str, int], tuple[Evidence, ...]] = {}
        anchor = wanted.parts.index(_anchor(wanted))
        for stretch in stretches:
            there = self._words_in(stretch)
            if whole:
                there = words(self._library.text(stretch.source), *stretch[1:])
            span = wanted.parts[anchor].match([word.key for word in there])
            if span is None or span[0] == span[1]:
                continue
            start, end = there[span[0]].start, there[span[1] - 1].end
            spans = self._others(wanted, anchor, stretch.source, start, end)
            if spans is not None and (stretch.source, start) not in found:
                found[stretch.source, start] = tuple(
                    self._evidence(stretch.source, part, *s)
                    for part, s in zip(wanted.parts, spans, strict=True)
                )
        # What is printed letter by letter is meant before what differs in capitals or points.
        return sorted(found.values(), key=lambda parts: sum(map(self._unlike, parts)))

    def _unlike(self, evidence: Evidence) -> int:
        return 0 if evidence.state == "exact" else 1

    def _others(
        self, wanted: Pattern, anchor: int, source: str, start: int, end: int
    ) -> list[tuple[int, int]] | None:
        """Find the parts before and after one part, each in its turn."""
        spans = [(start, end)]
        if len(wanted.parts) == 1:
            return spans
        self._loose += 1
        if self._loose > _MOST_LOOSE or len(wanted.parts) > _MOST_PARTS:
            return None
        after = self._words_in(self._stretch(source, end, end + _SKIPPED))
        after = [word for word in after if word.start >= end]
        keys, first = [word.key for word in after], 0
        for part in wanted.parts[anchor + 1 :]:
            span = part.match(keys, first)
            if span is None:
                return None
            spans.append((after[span[0]].start, after[span[1] - 1].end))
            first = span[1]
        before = self._words_in(self._stretch(source, start - _SKIPPED, start))
        before = [word for word in before if word.end <= start]
        for part in reversed(wanted.parts[:anchor]):
            keys = [word.key for word in before]
            span, last = None, part.match(keys)
            while last is not None:  # the nearest before
                span, last = last, part.match(keys, last[0] + 1)
            if span is None:
                return None
            spans.insert(0, (before[span[0]].start, before[span[1] - 1].end))
            before = before[: span[0]]
        return spans

    def _evidence(self, source: str, part: Part, start: int, end: int) -> Evidence:
        printed = self._library.text(source)[start:end]
        ours = self._draft.plain[part.elements[0].start : part.elements[-1].end]
        return Evidence(source, start, end, printed, "exact" if ours == printed else "normalised")

    def _words_in(self, stretch: _Stretch) -> list[Word]:
        """Give the words of a stretch; none runs over an edge of boilerplate."""
        found = self._words.get(stretch)
        if found is None:
            text = self._library.text(stretch.source)
            boilerplate = self._library.sources[stretch.source].boilerplate
            edges = sorted({edge for span in boilerplate for edge in (span.start, span.end)})
            first, last = bisect_right(edges, stretch.start), bisect_right(edges, stretch.end - 1)
            cuts = [stretch.start, *edges[first:last], stretch.end]
            found = [w for a, b in pairwise(cuts) for w in words(text, a, b)]
            if len(self._words) > 64:
                self._words.clear()
            self._words[stretch] = found
        return found

    def _scanned(self, wanted: Sequence[Pattern]) -> Iterator[tuple[int, _Stretch]]:
        """Read the torn sources for quotations that the index does not give.

        A text is put in normal form only where it holds the plain words of a quotation.
        """
        needles = [self._needle(one) for one in wanted]
        for source in self._torn if needles else ():
            text = self._library.text(source)
            plain = _UNPLAIN.search(text) is None
            form: NormalText | None = None
            for number, (needle, plain_words) in enumerate(needles):
                if not needle or (plain and not all(word in text for word in plain_words)):
                    continue
                form = form or NormalText(text)
                at = form.text.find(needle)
                if at >= 0:
                    start, end = form.span(at, at + len(needle))
                    yield number, self._stretch(source, start - _AROUND, end + _AROUND)

    def _needle(self, wanted: Pattern) -> tuple[str, list[str]]:
        """Give the longest run in normal form, and words of it that stand there by the letter."""
        run = _anchor(wanted).plain
        text = self._draft.plain[run[0].start : run[-1].end] if run else ""
        inner = (self._draft.plain[e.start : e.end] for e in run[1:-1])
        plain = sorted((w for w in inner if w.isascii() and w.isalpha()), key=len, reverse=True)
        return normal(text), plain[:3]

    def _altered(self, wanted: Pattern) -> Trace:
        """Find the place that comes nearest, and how it differs."""
        best: dict[str, tuple[float, list[Collation]]] = {}
        apart: list[tuple[Evidence, ...]] = []
        pieces = wanted.parts[:_MOST_PIECES]
        for part in pieces:
            alone = self._verbatim(wanted._replace(parts=(part,))) if len(pieces) > 1 else []
            apart += alone[:1]
            ours = self._draft.plain[part.elements[0].start : part.elements[-1].end]
            near = self._engine.alike(words_in(fold(ours)), _CANDIDATES)
            here: dict[str, Collation] = {}
            candidates = self._around(wanted._replace(parts=(part,)), near)
            for stretch in dict.fromkeys(candidates):
                text = self._library.text(stretch.source)
                one = collate(self._draft.plain, part.elements, text, self._words_in(stretch))
                known = here.get(stretch.source)
                if one and (known is None or _rank(one, text) > _rank(known, text)):
                    here[stretch.source] = one
            for source, one in here.items():
                score, held = best.get(source, (0.0, []))
                best[source] = score + _rank(one, self._library.text(source)), [*held, one]
        if len(pieces) > 1 and len(apart) == len(pieces):
            return Trace(wanted, (tuple(e for place in apart for e in place),), apart=True)
        if not best:
            return Trace(wanted)
        source, (_, held) = max(best.items(), key=lambda item: item[1][0])
        if len(held) < len(pieces) or not all(one.near for one in held):
            return Trace(wanted)
        text = self._library.text(source)
        if len(held) == 1 and len(wanted.parts) == 1 and not held[0].changes:  # 6000 for 6,000
            only = self._evidence(source, wanted.parts[0], held[0].start, held[0].end)
            return Trace(wanted, ((only,),))
        place = tuple(
            Evidence(source, c.start, c.end, text[c.start : c.end], "drifted") for c in held
        )
        return Trace(wanted, (place,), tuple(held))


def _rank(one: Collation, text: str) -> float:
    """Weigh how near a stretch comes; what a source itself quotes is more likely to be quoted."""
    line = text[max(text.rfind("\n", 0, one.start) + 1, one.start - 2_000) : one.start]
    quoted = line.rfind("“") > line.rfind("”") or line.count('"') % 2 == 1
    return one.same + one.telling - 0.5 * len(one.changes) + 0.25 * quoted


def _anchor(wanted: Pattern) -> Part:
    """Give the part to look for first: the one with the longest run of plain words."""
    return max(wanted.parts, key=lambda part: len(part.plain))
