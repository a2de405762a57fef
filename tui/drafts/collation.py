"""Set a quotation beside the words of a source that come nearest, word by word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.drafts.findings import Change
from tui.search.query import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.drafts.pattern import Element
    from tui.drafts.wording import Word

LONGEST = 240
"""Words set side by side at once; a longer run is taken in pieces."""

SHARED, TELLING = 0.6, 0.5
"""Shares of all words and of the telling ones that a source has to print for it to be meant."""


class Collation(NamedTuple):
    """How far a run of words stands in a source: the stretch there, and the words that differ.

    `same` and `telling` count the words that agree, of `total` and `total_telling` in the draft.
    """

    start: int
    end: int
    same: int
    telling: int
    total: int
    total_telling: int
    printed: int
    changes: tuple[Change, ...]

    @property
    def near(self) -> bool:
        """Tell whether the source's words are surely those that were meant."""
        longer = max(self.total, self.printed)
        enough = self.same >= SHARED * longer and self.same > 0
        return enough and self.telling >= max(1, TELLING * self.total_telling)


def collate(
    draft: str, elements: Sequence[Element], source: str, words: Sequence[Word]
) -> Collation | None:
    """Set words of a draft beside a stretch of a source, of which they may be any part."""
    wanted = [element for element in elements if not element.insertion][:LONGEST]
    if not wanted or not words:
        return None
    pairs = _aligned(wanted, _window(wanted, words))
    matched = [i for i, w, equal in pairs if equal and i is not None and w is not None]
    if not matched:
        return None
    matched += _written_otherwise(wanted, pairs)
    pairs = _trimmed(pairs)
    printed = [word for _, word, _ in pairs if word is not None]
    telling = sum(wanted[i].head not in STOP_WORDS for i in matched)
    return Collation(
        printed[0].start,
        printed[-1].end,
        len(matched),
        telling,
        len(wanted),
        sum(element.head not in STOP_WORDS for element in wanted),
        len(printed),
        tuple(_changes(draft, wanted, source, pairs)),
    )


def _window(wanted: Sequence[Element], words: Sequence[Word]) -> Sequence[Word]:
    """Narrow a long stretch of a source to where the words are most alike."""
    size = len(wanted)
    slack = max(6, size // 4)
    if len(words) <= size + 2 * slack:
        return words
    from rapidfuzz import fuzz

    codes: dict[str, str] = {}

    def code(key: str) -> str:
        return codes.setdefault(key, chr(0x100 + len(codes)))

    there = "".join(code(word.key) for word in words)
    here = "".join(code(element.head or element.tail) for element in wanted)
    found = fuzz.partial_ratio_alignment(here, there)
    at = found.dest_start if found else 0
    return words[max(0, at - slack) : at + size + slack]


_Pair = tuple[int | None, "Word | None", bool]


def _aligned(wanted: Sequence[Element], words: Sequence[Word]) -> list[_Pair]:
    """Align all of the draft's words with some stretch of the source's, at the least cost.

    Where it costs the same, a word stands for another: nobody leaves out the last one.
    """
    rows, width = len(wanted), len(words) + 1
    joined = _joined(wanted, words)
    cost = [[0] * width]  # words of the source before the stretch cost nothing
    for number, element in enumerate(wanted):
        above = cost[-1]
        row = [above[0] + 2]
        for at, word in enumerate(words):
            best = above[at] + (0 if element.fits(word.key) else 2)
            best = min(best, above[at + 1] + 2, row[at] + 2)
            if (ours_theirs := joined.get((number, at))) is not None:
                ours, theirs = ours_theirs
                best = min(best, cost[number + 1 - ours][at + 1 - theirs] + 1)
            row.append(best)
        cost.append(row)
    at = min(range(width), key=lambda n: (cost[rows][n], -n))
    pairs: list[_Pair] = []
    row_at = rows
    while row_at > 0:
        here = cost[row_at][at]
        ours, theirs = joined.get((row_at - 1, at - 1), (0, 0))
        if ours and here == cost[row_at - ours][at - theirs] + 1:
            row_at, at = row_at - ours, at - theirs
            rest: _Pair = (row_at + 1, None, False) if ours > 1 else (None, words[at + 1], False)
            pairs += [rest, (row_at, words[at], False)]
        elif at and here == cost[row_at - 1][at - 1] + (
            0 if (equal := wanted[row_at - 1].fits(words[at - 1].key)) else 2
        ):
            pairs.append((row_at - 1, words[at - 1], equal))
            row_at, at = row_at - 1, at - 1
        elif at and here == cost[row_at][at - 1] + 2:
            pairs.append((None, words[at - 1], False))
            at -= 1
        else:
            pairs.append((row_at - 1, None, False))
            row_at -= 1
    return pairs[::-1]


def _joined(
    wanted: Sequence[Element], words: Sequence[Word]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Find words that one side writes as one and the other as two: iron-clad, ironclad.

    Returns:
        By the last word of the draft's and of the source's, how many each side takes.
    """
    at: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        at.setdefault(word.key, []).append(n)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for n, (one, other) in enumerate(pairwise(wanted), 1):
        if one.whole and other.whole:
            found.update({((n, m), (2, 1)) for m in at.get(one.head + other.head, ())})
    at = {}
    for n, element in enumerate(wanted):
        if element.whole:
            at.setdefault(element.head, []).append(n)
    for m, (this, that) in enumerate(pairwise(words), 1):
        found.update({((n, m), (1, 2)) for n in at.get(this.key + that.key, ())})
    return found


def _written_otherwise(wanted: Sequence[Element], pairs: list[_Pair]) -> list[int]:
    """Give the words of the draft that the source has as well, as one word or as two."""
    found: list[int] = []
    for (i, word, _), (j, next_word, equal) in pairwise(pairs):
        if i is None or word is None or equal:
            continue
        if j is not None and next_word is None and wanted[i].head + wanted[j].head == word.key:
            found += [i, j]
        elif j is None and next_word and wanted[i].head == word.key + next_word.key:
            found.append(i)
    return found


def _trimmed(pairs: list[_Pair]) -> list[_Pair]:
    """Leave out the source's words before the first and after the last of the draft's."""
    first = next(n for n, (i, _, _) in enumerate(pairs) if i is not None)
    last = next(n for n in range(len(pairs) - 1, -1, -1) if pairs[n][0] is not None)
    return pairs[first : last + 1]


def _changes(
    draft: str, wanted: Sequence[Element], source: str, pairs: list[_Pair]
) -> list[Change]:
    """Gather neighbouring differences, each with its place on both sides."""
    found: list[Change] = []
    run: list[_Pair] = []
    done, done_there = wanted[0].start, 0
    for pair in [*pairs, (None, None, True)]:
        if not pair[2]:
            run.append(pair)
            continue
        if run:
            ours = [wanted[i] for i, _, _ in run if i is not None]
            theirs = [word for _, word, _ in run if word is not None]
            a, b = (ours[0].start, ours[-1].end) if ours else (done, done)
            c, d = (theirs[0].start, theirs[-1].end) if theirs else (done_there, done_there)
            found.append(Change(draft[a:b], source[c:d], a, b, c, d))
            run = []
        if pair[0] is not None and pair[1] is not None:
            done, done_there = wanted[pair[0]].end, pair[1].end
    return found
