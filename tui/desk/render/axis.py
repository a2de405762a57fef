"""A stretch of time, and the years, quarters, months or days written above it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tui.desk.render.text import Line, line
from tui.records.edtf import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

YEAR = 365.25
SHORTEST, LONGEST = 10.0, 150_000.0
LAST_DAY = date.max.toordinal()
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


class Window(NamedTuple):
    """The stretch of time that is drawn, in days since the year 1; it knows no width."""

    low: float
    high: float

    @property
    def days(self) -> float:
        """Give its length."""
        return self.high - self.low

    def column(self, day: float, width: int) -> int:
        """Give the column of a day; outside of 0 to `width` where it is not in the window."""
        return int((day - self.low) * width // self.days)

    def behind(self, day: float, width: int) -> int:
        """Give the column behind a day: behind the last one that holds any part of it."""
        return -int((self.low - day - 1) * width // self.days)

    def zoomed(self, times: float, around: float) -> Window:
        """Give a window so many times as long, in which a day keeps its column."""
        days = max(SHORTEST, min(self.days * times, LONGEST))
        share = (around - self.low) / self.days
        return Window(around - days * share, around + days * (1 - share))

    def within(self, low: float, high: float) -> Window:
        """Give the window, moved into a stretch of time; all of the stretch where it is longer."""
        if self.days >= high - low:
            return Window(low, high)
        if self.low < low:
            return Window(low, low + self.days)
        return Window(high - self.days, high) if self.high > high else self

    def holding(self, day: float) -> Window:
        """Give the window, moved so that a day is well inside if it is not."""
        edge = self.days / 50
        if self.low + edge <= day <= self.high - edge:
            return self
        return Window(day - self.days / 2, day + self.days / 2)


def axis(window: Window, width: int) -> tuple[Line, Line]:
    """Draw two rows above a window: the larger parts of time by name, the smaller below them."""
    cell = window.days / width
    if cell * 5 <= 30 and cell > 1:
        return _row(_years(window, 1), window, width), _row(_months(window, "%b"), window, width)
    if cell <= 1:
        step = 1 if cell * 3 <= 1 else 7 if cell * 5 <= 7 else 10
        days = _days(window, step, weekdays=cell * 7.5 <= 1)
        return _row(_months(window, "%b %Y"), window, width), _row(days, window, width)
    step = next((n for n in STEPS if n * YEAR / cell >= 7), STEPS[-1])
    ticks: Iterable[tuple[date, str]] = ()
    if YEAR / cell >= 12:
        ticks = ((day, "") for day, _ in _months(window, "") if day.month % 3 == 1)
    elif YEAR / cell >= 3:
        ticks = _years(window, 1)
    elif step >= 10:
        ticks = _years(window, step // 2)
    marks = [(day, "") for day, _ in ticks]
    return _row(_years(window, step), window, width), _row(marks, window, width)


def _row(marks: Iterable[tuple[date, str]], window: Window, width: int) -> Line:
    """Write names at their days; the part that the window begins in is named at its edge."""
    cells = [" "] * width
    begun = ""
    taken = -1
    for day, name in marks:
        column = window.column(day.toordinal(), width)
        if column < 0:
            begun = name
            continue
        if column >= width:
            break
        for words in (begun, begun.partition(" ")[0]):
            if words and column > len(words):
                cells[: len(words)] = words
                break
        begun = ""
        if column <= taken:
            continue
        text = f"│{name}" if name else "┊"
        if column + len(text) > width:
            month = text.partition(" ")[0] if len(text) == len("│Jan 2023") else ""
            text = month if month and column + len(month) <= width else text[:1]
        cells[column : column + len(text)] = text
        taken = column + len(text) - 1
    if begun and len(begun) <= width:
        cells[: len(begun)] = begun
    return line(("".join(cells), "dim"))


def _first(window: Window) -> date:
    return date.fromordinal(max(1, min(int(window.low), LAST_DAY)))


def _last(window: Window) -> int:
    return max(1, min(int(window.high) + 1, LAST_DAY))


def _years(window: Window, step: int) -> Iterator[tuple[date, str]]:
    end = date.fromordinal(_last(window)).year
    for year in range(_first(window).year // step * step, end + 1, step):
        if year >= 1:
            yield date(year, 1, 1), str(year)


def _months(window: Window, form: str) -> Iterator[tuple[date, str]]:
    day, last = _first(window).replace(day=1), _last(window)
    while day.toordinal() <= last:
        month = MONTHS[day.month - 1][:3]
        yield day, f"{month} {day.year}" if "%Y" in form else month
        if (day.year, day.month) == (9999, 12):
            return
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _days(window: Window, step: int, *, weekdays: bool) -> Iterator[tuple[date, str]]:
    for number in range(_first(window).toordinal(), _last(window) + 1):
        day = date.fromordinal(number)
        if (day.day - 1) % step == 0 and (step == 1 or day.day < 29):
            yield day, f"{WEEKDAYS[day.weekday()]} {day.day}" if weekdays else str(day.day)
