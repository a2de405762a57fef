"""Find a quote in its source: exact, normalised, drifted or lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.archive.normal import NormalText, normal

if TYPE_CHECKING:
    from tui.records.evidence import AnchorState

DRIFT_CUTOFF = 75.0
_DRIFT_QUOTE = 2_000
_DRIFT_SLICE = 400_000


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands, and how surely.

    `places` are all the spans where it stands word for word when nothing says which is meant; the
    quote is then only proposed at the first of them (`drifted`). `problem` says in words what
    keeps it from being proof, and is empty for a proof. `score` is 0 to 100.
    """

    start: int
    end: int
    state: AnchorState
    problem: str = ""
    places: tuple[tuple[int, int], ...] = ()
    score: float = 100.0


class Anchoring:
    """Finds quotes in one text; the normal form is made once, when first needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._normal: NormalText | None = None

    def place(
        self, quote: str, *, occurrence: int | None = None, prefix: str = "", suffix: str = ""
    ) -> Anchor:
        """Find a quote; `occurrence` counts from 1, `prefix` and `suffix` stand next to it.

        A quote found once is an anchor whatever the hints would add, as long as they hold. Several
        places and no hint that picks one is a problem, never a guess.
        """
        if not quote.strip():
            return Anchor(0, 0, "lost", "the quote is empty", score=0.0)
        spans = _occurrences(self.text, quote)
        state: AnchorState = "exact"
        if not spans:
            state = "normalised"
            folded, form = normal(quote), self.normal
            spans = [form.span(*span) for span in _occurrences(form.text, folded)] if folded else []
        if not spans:
            return self._drifted(quote)
        fitting = [span for span in spans if self._fits(span, prefix, suffix)]
        if not fitting:
            return Anchor(
                *spans[0], "drifted", "prefix or suffix does not stand next to the quote",
                tuple(spans),
            )  # fmt: skip
        if occurrence is not None:
            if not 1 <= occurrence <= len(fitting):
                times = "once" if len(fitting) == 1 else f"{len(fitting)} times"
                problem = f"the quote occurs {times}, so there is no occurrence {occurrence}"
                return Anchor(*fitting[0], "drifted", problem, tuple(fitting))
            return Anchor(*fitting[occurrence - 1], state)
        if len(fitting) > 1:
            problem = f"the quote occurs {len(fitting)} times and nothing says which is meant"
            return Anchor(*fitting[0], "drifted", problem, tuple(fitting))
        return Anchor(*fitting[0], state)

    @property
    def normal(self) -> NormalText:
        """Give the text in normal form."""
        if self._normal is None:
            self._normal = NormalText(self.text)
        return self._normal

    def _fits(self, span: tuple[int, int], prefix: str, suffix: str) -> bool:
        start, end = span
        if prefix:
            wanted = normal(prefix)
            near = normal(self.text[max(0, start - 4 * len(prefix) - 16) : start])
            if not near.endswith(wanted):
                return False
        if suffix:
            near = normal(self.text[end : end + 4 * len(suffix) + 16])
            if not near.startswith(normal(suffix)):
                return False
        return True

    def _drifted(self, quote: str) -> Anchor:
        """Propose the most similar place; a slice of text at a time, for this is slow by nature."""
        from rapidfuzz import fuzz

        needle = normal(quote)[:_DRIFT_QUOTE]
        text = self.normal.text
        best, cutoff = None, DRIFT_CUTOFF
        step = _DRIFT_SLICE
        if len(needle) <= len(text):
            for base in range(0, len(text), step):
                part = text[base : base + step + len(needle)]
                if len(part) < len(needle) and base:
                    break
                found = fuzz.partial_ratio_alignment(needle, part, score_cutoff=cutoff)
                if found and (best is None or found.score > best[0]):
                    best = (found.score, base + found.dest_start, base + found.dest_end)
                    cutoff = found.score
        elif (score := fuzz.ratio(needle, text, score_cutoff=cutoff)) and text:
            best = (score, 0, len(text))
        if best is None or best[1] >= best[2]:
            return Anchor(0, 0, "lost", "the source does not print this", score=0.0)
        score, first, last = best
        while first > 0 and text[first - 1].isalnum() and text[first].isalnum():
            first -= 1
        while last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
            last += 1
        start, end = self.normal.span(first, last)
        problem = "the source does not print this; it prints " + difference(quote, text[first:last])
        return Anchor(start, end, "drifted", problem, score=score)


def difference(quote: str, printed: str) -> str:
    """Say in words where the printed text departs from the quote, word by word."""
    from difflib import SequenceMatcher

    ours, theirs = normal(quote).split(), normal(printed).split()
    parts: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        was, now = " ".join(ours[a:b]), " ".join(theirs[c:d])
        if was and now:
            parts.append(f"‘{cut(now)}’ for ‘{cut(was)}’")
        elif now:
            parts.append(f"also ‘{cut(now)}’")
        else:
            parts.append(f"no ‘{cut(was)}’")
    if len(parts) > 4:
        parts = [*parts[:3], f"and {len(parts) - 3} more differences"]
    return ", ".join(parts) or f"‘{cut(printed)}’"


def cut(words: str) -> str:
    """Shorten words for a message."""
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def _occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = text.find(quote)
    while at >= 0:
        spans.append((at, at + len(quote)))
        at = text.find(quote, at + len(quote))
    return spans
