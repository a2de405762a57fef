"""The events near one of them: nearest first, each with how far away it is, as far as is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tui.archive.extents import LASTS, OPEN_END, OPEN_START
from tui.archive.nearness import FAR
from tui.desk.render.marks import BASIS_MARKS, DIFFERS, STATUS_MARKS
from tui.desk.render.text import EMPTY, Line, cells, clip, columns, line, safe
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline
    from tui.archive.extents import Extents
    from tui.archive.nearness import Nearness

NEAREST = 300
"""Events listed by nearness; how many more there are is said below them."""
LABELLED_FROM, WHOLE_FROM = 70, 100
"""Cells from which there is room for an event's date, and for all that is known of it."""


class NearRows:
    """The rows of a list of the events near one: those that may be at its time, then the others.

    Events without a date stand at the end, apart: nothing says how near they are.

    Args:
        timeline: the events.
        extents: where in time they lie.
        nearness: the orders of those that are shown.
        undated: the positions of those without a date that are shown.
        chosen: the event that the others are near to.
    """

    def __init__(
        self,
        timeline: Timeline,
        extents: Extents,
        nearness: Nearness,
        undated: Sequence[int],
        chosen: int,
    ) -> None:
        self._timeline = timeline
        self._extents = extents
        self._reach = nearness.reach
        self.chosen = chosen
        same, near = nearness.nearest(chosen, NEAREST)
        middles, rank = extents.middle, extents.rank
        middle = middles[rank[chosen]]
        low, high = self._reach(chosen)

        def order(at: int) -> tuple[int, int, int]:
            begins, ends = self._reach(at)
            gap = max(0, low - ends, begins - high)
            return gap, ends - begins, abs(middles[rank[at]] - middle)

        near.sort(key=order)
        self._rows: list[int | str] = []
        self._heading("at the same time, or may be", same, near[:same])
        self._heading("before or after", nearness.others - same, near[same:])
        self._heading("undated: how near is not stated", len(undated), undated[:NEAREST])

    def _heading(self, words: str, count: int, events: Sequence[int]) -> None:
        if count:
            self._rows += [f"{words} · {count:,}", *events]
        if count > len(events):
            self._rows.append(f"… and {count - len(events):,} more")

    def __len__(self) -> int:
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        """Tell events from headings."""
        return self.position(index) >= 0

    def position(self, index: int) -> int:
        """Give the timeline position of the event in a row; -1 for a heading."""
        row = self._rows[index] if 0 <= index < len(self._rows) else ""
        return row if isinstance(row, int) else -1

    def index_of(self, at: int) -> int:
        """Give the row of the event at a timeline position; -1 where it is not listed."""
        return self._rows.index(at) if at in self._rows else -1

    def line(self, index: int, width: int) -> Line:
        """Draw a heading, or an event and how far away it is."""
        at = self._rows[index]
        if isinstance(at, str):
            return line((at, "dim" if at.startswith("…") else "strong"))
        t = self._timeline
        mark, role = STATUS_MARKS.get(t.status[at], STATUS_MARKS[""])
        differs = f" {DIFFERS}{t.disagreements[at]}" if t.disagreements[at] else ""
        words = self.apart(at)
        same = words.endswith("same day")
        if width < LABELLED_FROM:
            words = words.partition(",")[0].replace("any time up to", "up to")
        right = line((words, "key" if same else "dim"))
        label = ""
        if width >= LABELLED_FROM:
            write = dates.label if width >= WHOLE_FROM else dates.short
            label = write(t.edtf[at], t.date_text[at], t.date_basis[at])
            label = f"  {clip(safe(label), 26)}"
        room = width - sum(cells(text) for text, _ in right) - cells(label) - len(differs) - 5
        title = clip(t.title[at], max(8, room))
        left = line("  ", (mark, role), " ", title, (differs, "differs"), (label, "faint"))
        return columns(left, right, width)

    def apart(self, at: int) -> str:
        """Say how far an event is from the chosen one: no more than the two dates allow."""
        ext, bases = self._extents, self._timeline.date_basis
        if at >= ext.dated:
            return ""
        low, high = self._reach(self.chosen)
        begins, ends = self._reach(at)
        sure = bases[at] == bases[self.chosen] == "stated"
        mark = "" if sure else f"{BASIS_MARKS['inferred'][0]} "
        if ends < low:
            return f"{mark}{between(low - ends, high - begins)} before"
        if begins > high:
            return f"{mark}{between(begins - high, ends - low)} after"
        return mark + self._together(at)

    def _together(self, at: int) -> str:
        ext = self._extents
        sizes = (ext.size(at), ext.size(self.chosen))
        low, high = self._reach(self.chosen)
        begins, ends = self._reach(at)
        if sizes == (0, 0):
            return "same day"
        if sizes[0] == OPEN_START:
            until = max(0, ends - low)
            return f"any time up to {_length(until)} after" if until else "then or before"
        if sizes[1] == OPEN_START:
            return "then or after" if begins == high else "may be after"
        if OPEN_END in sizes:
            return "went on since" if sizes[0] == OPEN_END else "while it went on"
        if sizes[0] & LASTS and begins <= low and high <= ends:
            return "lasted over it"
        if sizes[1] & LASTS and low <= begins and ends <= high:
            return "while it lasted"
        first, last = (date.fromordinal(day) for day in (min(low, begins), max(high, ends)))
        if first.year == last.year:
            if first.month == last.month:
                return "same month, day not stated"
            return "same year, month not stated"
        return "may be the same time"


def between(least: int, most: int) -> str:
    """Say how long at least and at most; `most` may be without end."""
    if most >= FAR // 2:
        return f"at least {_length(least)}"
    if least == most or _length(least) == _length(most):
        return _length(least)
    (a, one), (b, other) = (_length(days).split() for days in (least, most))
    if one.rstrip("s") == other.rstrip("s"):
        return f"{a}–{b} {other}"
    return f"{a} {one} to {b} {other}"


def _length(days: int) -> str:
    for size, name in ((365, "year"), (30, "month"), (1, "day")):
        if days >= 2 * size:
            return f"{days // size} {name}s"
    return f"{days} day" + "s" * (days != 1)


def head(timeline: Timeline, chosen: int, width: int) -> tuple[Line, Line]:
    """Name the event that the others are near to."""
    t = timeline
    label = dates.label(t.edtf[chosen], t.date_text[chosen], t.date_basis[chosen])
    title = safe(t.title[chosen])
    if cells(title) + cells(label) + 7 > width:
        return (
            line(("near ", "dim"), (clip(title, width - 5), "strong")),
            line(("     ", ""), (clip(label, width - 5), "dim")),
        )
    return line(("near ", "dim"), (title, "strong"), (f"  {label}", "dim")), EMPTY
