"""The timeline: density bars, headings, and one row an event."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.desk.render.text import EMPTY, Line, cells, columns, line
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline

heading = lru_cache(maxsize=4096)(dates.heading)
cell = lru_cache(maxsize=4096)(dates.cell)

BLOCKS = "▁▂▃▄▅▆▇█"
CELL_WIDTH = 6


class TimelineRows:
    """The rows of the timeline for some events, in the order of the timeline.

    A heading stands before the first event of each group; it cannot be chosen.
    """

    def __init__(self, timeline: Timeline, positions: Sequence[int]) -> None:
        self._timeline = timeline
        self.positions = positions
        self._index: list[int] = []
        self._headings: list[tuple[str, str]] = []
        previous: tuple[str, str] | None = None
        edtf, texts = timeline.edtf, timeline.date_text
        for position in positions:
            group = heading(edtf[position], texts[position] if not edtf[position] else "")
            if group != previous:
                self._headings.append(group)
                self._index.append(-len(self._headings))
                previous = group
            self._index.append(position)

    def __len__(self) -> int:
        return len(self._index)

    def selectable(self, index: int) -> bool:
        """Tell events from headings."""
        return self._index[index] >= 0

    def position(self, index: int) -> int:
        """Give the timeline position of the event in a row; -1 for a heading."""
        return max(-1, self._index[index])

    def index_of(self, position: int) -> int:
        """Give the row of an event; -1 where the event is not shown."""
        try:
            return self._index.index(position)
        except ValueError:
            return -1

    def first_at_or_after(self, ordinal: int) -> int:
        """Give the row of the first dated event that is not over before a day."""
        latest = self._timeline.latest
        last = -1
        for row, position in enumerate(self._index):
            if position < 0:
                continue
            end = latest[position]
            if end is None and self._timeline.earliest[position] is None:
                break
            last = row
            if end is None or end >= ordinal:
                return row
        return last

    def line(self, index: int, width: int) -> Line:
        """Draw a heading or an event."""
        at = self._index[index]
        if at < 0:
            year, rest = self._headings[-at - 1]
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


def density(timeline: Timeline, positions: Sequence[int], width: int) -> Line:
    """Draw how many events each quarter of each year has, as bars of eight heights.

    An event counts in a quarter only where its date says as much; one known by its year alone is
    drawn as a shaded block after the year. Years without any event are a gap.
    """
    quarters: Counter[tuple[int, int]] = Counter()
    vague: Counter[int] = Counter()
    earliest, latest = timeline.earliest, timeline.latest
    for position in positions:
        low, high = earliest[position], latest[position]
        if low is None or high is None:
            continue
        start, end = date.fromordinal(low), date.fromordinal(high)
        quarter = (start.month - 1) // 3
        if start.year == end.year and quarter == (end.month - 1) // 3:
            quarters[start.year, quarter] += 1
        elif start.year == end.year:
            vague[start.year] += 1
    years = sorted({year for year, _ in quarters} | set(vague))
    if not years:
        return EMPTY
    shown: list[int] = []
    size = 0
    for year in reversed(years):  # the latest years where not all fit
        size += 10 + bool(vague[year])
        if size > width and shown:
            break
        shown.insert(0, year)
    most = max(quarters.values(), default=1)
    parts: list[tuple[str, str]] = []
    before: int | None = None
    if len(shown) < len(years):
        parts.append(("‹ ", "faint"))
    for year in shown:
        if before is not None:
            parts.append((" ┄ " if year - before > 1 else "  ", "faint"))
        parts.append((f"’{year % 100:02d} ", "dim"))
        for quarter in range(4):
            count = quarters[year, quarter]
            height = max(0, round(8 * count / most) - 1)
            parts.append((BLOCKS[height], "bar") if count else ("·", "faint"))
        parts.append(("░" * bool(vague[year]), "bar"))
        before = year
    return line(*parts)
