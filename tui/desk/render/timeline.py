"""The timeline: density bars, headings, and one row an event."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from itertools import compress, islice
from itertools import count as counting
from operator import add, ne
from typing import TYPE_CHECKING

from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import EMPTY, Line, cells, columns, line
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline
    from tui.archive.chronology import Chronology

cell = lru_cache(maxsize=4096)(dates.cell)

BLOCKS = "▁▂▃▄▅▆▇█"
CELL_WIDTH = 6


class TimelineRows:
    """The rows of the timeline for some events, in the order of the timeline.

    A heading stands before the first event of each group; it cannot be chosen.
    """

    def __init__(
        self, timeline: Timeline, chronology: Chronology, positions: Sequence[int]
    ) -> None:
        self._timeline = timeline
        self._chronology = chronology
        self.positions = positions
        self._begins: Sequence[int] = chronology.begins
        """Places among the events at which groups begin; a heading stands before each."""
        if len(positions) != len(timeline):
            self._begins = _changes(list(map(chronology.heading.__getitem__, positions)))
        self._headings = array("I", map(add, self._begins, counting()))

    def __len__(self) -> int:
        return len(self.positions) + len(self._begins)

    def selectable(self, index: int) -> bool:
        """Tell events from headings."""
        return self.position(index) >= 0

    def position(self, index: int) -> int:
        """Give the timeline position of the event in a row; -1 for a heading."""
        group = bisect_right(self._headings, index)
        if self._headings[group - 1] == index:
            return -1
        return self.positions[index - group]

    def index_of(self, position: int) -> int:
        """Give the row of an event; -1 where the event is not shown."""
        at = bisect_left(self.positions, position)
        if at == len(self.positions) or self.positions[at] != position:
            return -1
        return self._row(at)

    def _row(self, at: int) -> int:
        return at + bisect_right(self._begins, at)

    def first_at_or_after(self, ordinal: int) -> int:
        """Give the row of the first dated event that does not begin before a day, or the last."""
        t, positions = self._timeline, self.positions
        dated = bisect_left(positions, self._chronology.dated)
        if not dated:
            return -1

        def begins(at: int) -> int:
            low = t.earliest[at]
            return (t.latest[at] or 0) if low is None else low

        return self._row(min(bisect_left(positions, ordinal, hi=dated, key=begins), dated - 1))

    def line(self, index: int, width: int) -> Line:
        """Draw a heading or an event."""
        at = self.position(index)
        if at < 0:
            place = self.positions[self._begins[bisect_left(self._headings, index)]]
            year, rest = self._chronology.headings[self._chronology.heading[place]]
            return line((year, "strong"), (f"  {rest}" if rest else "", "dim"))
        t = self._timeline
        day = cell(t.edtf[at], t.date_text[at], t.date_basis[at])
        status = t.status[at] if t.evidence[at] else "outside"
        mark, role = STATUS_MARKS.get(status, STATUS_MARKS[""])
        pad = " " * max(0, CELL_WIDTH - cells(day))
        left = line((pad + day, "dim"), " ", (mark, role), " ", t.title[at])
        differs = f"{DIFFERS}{t.disagreements[at]}" if t.disagreements[at] else ""
        count = str(t.evidence[at])
        right = line((differs, "differs"), (" " * (3 - len(count)) + count, "faint"))
        return columns(left, right, width)


def density(chronology: Chronology, positions: Sequence[int], width: int) -> tuple[Line, Line]:
    """Draw how many events there are over the years, as bars of eight heights.

    Where they fit, each year that has events stands with its quarters, and years without any are
    a gap; else all years stand to scale, named below. An event counts in a quarter only where its
    date says as much; one known by its year alone is drawn as a shaded block after the year.
    """
    every = len(positions) == len(chronology.quarter)
    quarters = map(chronology.quarter.__getitem__, positions)
    counts = Counter(chronology.counts if every else quarters)
    counts.pop(-1, None)
    years = sorted({code // 5 for code in counts})
    if not years:
        return EMPTY, EMPTY
    sizes = [10 + ((year * 5 + 4) in counts) for year in years]
    if len(years) > 2 * width // 10:
        return _to_scale(counts, years, width)
    return _by_quarters(counts, years, sizes, width), EMPTY


def _by_quarters(counts: Counter[int], years: list[int], sizes: list[int], width: int) -> Line:
    first, taken = len(years), 0
    while first and (not taken or taken + sizes[first - 1] <= width):  # the latest that fit
        first -= 1
        taken += sizes[first]
    most = max((n for code, n in counts.items() if code % 5 < 4), default=1)
    parts: list[tuple[str, str]] = [("‹ ", "faint")] if first else []
    before: int | None = None
    for year in years[first:]:
        if before is not None:
            parts.append((" ┄ " if year - before > 1 else "  ", "faint"))
        parts.append((f"’{year % 100:02d} ", "dim"))
        for quarter in range(4):
            count = counts[year * 5 + quarter]
            height = max(0, round(8 * count / most) - 1)
            parts.append((BLOCKS[height], "bar") if count else ("·", "faint"))
        parts.append(("░" * bool(counts[year * 5 + 4]), "bar"))
        before = year
    return line(*parts)


def _to_scale(counts: Counter[int], years: list[int], width: int) -> tuple[Line, Line]:
    """Draw all years in the same room; a column is some years, or some of a year's quarters."""
    first, last = years[0], years[-1] + 1
    each = -(-(last - first) // width)  # years to a column
    wide = max(1, width // (last - first))  # columns to a year
    size = min(width, -(-(last - first) // each) * wide)
    bars, vague = [0] * size, set[int]()
    for code, count in counts.items():
        year, quarter = divmod(code, 5)
        at = (year - first) // each * wide
        if wide == 1 or quarter < 4:
            bars[at + quarter * wide // 4 if wide > 1 else at] += count
        else:
            vague.update(range(at, at + wide))
    most = max(bars)
    drawn = [BLOCKS[max(0, -(-8 * n // most) - 1)] if n else "░" if at in vague else " "
             for at, n in enumerate(bars)]  # fmt: skip
    names, step = [" "] * size, 10 if last - first > 30 else 5
    for year in range(-(-first // step) * step, last, step):
        at = (year - first) // each * wide
        if at + 4 <= size and (at == 0 or names[at - 1] == " "):
            names[at : at + 4] = str(year)
    return line(("".join(drawn), "bar")), line(("".join(names), "dim"))


def _changes(codes: Sequence[int]) -> list[int]:
    """Give the places at which a sequence begins or goes on with another number."""
    others = map(ne, codes, islice(codes, 1, None))
    return [0, *compress(range(1, len(codes)), others)] if codes else []
