"""What is drawn above and in lanes is to scale: worked out anew from the dates as written."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING

import pytest

from tui.archive.tracks import Track, track_of
from tui.desk.render.axis import Window, axis
from tui.desk.render.extent import Lane
from tui.desk.render.lanes import LaneRows
from tui.records.edtf import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.archive import Library
    from tui.desk.render.text import Line

DAYS = Window(date(2023, 1, 24).toordinal() - 0.4, date(2023, 2, 7).toordinal())
MONTHS = Window(date(2022, 9, 20).toordinal(), date(2023, 3, 2).toordinal() + 0.7)
YEARS = Window(date(2021, 12, 1).toordinal(), date(2026, 2, 1).toordinal())
DECADES = Window(date(1941, 3, 5).toordinal(), date(2031, 8, 1).toordinal())
WINDOWS = pytest.mark.parametrize("window", [DAYS, MONTHS, YEARS, DECADES])
MARKS = "●○◐◌◆·░▒"
ROOMS = pytest.mark.parametrize("room", [44, 83, 160])


def text(row: Line) -> str:
    return "".join(words for words, _ in row)


def columns(window: Window, room: int, first: int, last: int) -> tuple[int, int]:
    """Give the first and the last column that hold any part of some days, edges left out."""
    cell = window.days / room
    return floor((first - window.low) / cell), ceil((last + 1 - window.low) / cell) - 1


def named(window: Window, room: int) -> Iterator[tuple[int, date]]:
    """Give the columns of all names above a window, each with the day that it stands for."""
    upper, lower = (text(row) for row in axis(window, room))
    whole = date.fromordinal(int(window.low))
    for found in re.finditer(r"│(\d{4})|│([A-Z][a-z]{2} \d{4})", upper):
        month, _, year = found[0][1:].rpartition(" ")
        number = "JanFebMarAprMayJunJulAugSepOctNovDec".find(month) // 3 + 1 if month else 1
        yield found.start(), date(int(year), number, 1)
    day = whole
    for found in re.finditer(r"│((?:[A-Z][a-z]{2} )?\d{1,2}|[A-Z][a-z]{2})(?= |│|$)", lower):
        while True:  # the next day of that name
            day = date.fromordinal(day.toordinal() + 1)
            if f"{day:%b}" == found[1] and day.day == 1:
                break
            if found[1] in (f"{day.day}", f"{day:%a} {day.day}"):
                break
        yield found.start(), day


@WINDOWS
@ROOMS
def test_names_stand_where_what_they_name_begins(window: Window, room: int) -> None:
    found = list(named(window, room))
    assert found
    for column, day in found:
        assert column == floor((day.toordinal() - window.low) * room / window.days), day


@WINDOWS
@ROOMS
def test_an_event_covers_the_days_it_may_be_of(library: Library, window: Window, room: int) -> None:
    t, extents, seen = library.timeline, library.times.extents, 0
    for at in range(extents.dated):
        edtf = t.edtf[at]
        assert edtf is not None
        low, high = parse(edtf).earliest, parse(edtf).latest
        if low is None or high is None or high + 1 <= window.low or low >= window.high:
            continue
        if extents.others(at):  # their marks and what joins them stand over the span
            continue
        track = Track(track_of(extents, [at]))
        lane = Lane(extents, "x", partial(lambda found: found, track))
        rows = LaneRows(t, extents, [lane], window)
        rows.chosen, rows.here = at, 0
        drawn = text(rows._dated(lane, room, at)).replace(t.title[at], "")[1 : room + 1]
        first, last = columns(window, room, low, high)
        filled = [n for n, character in enumerate(drawn) if character in MARKS]
        seen += 1
        if low == high:
            assert filled == [max(0, first)], (t.id[at], drawn)
        else:
            assert filled[0] == max(0, first), (t.id[at], drawn)
            assert filled[-1] == min(room - 1, last), (t.id[at], drawn)
    assert seen > 5


def test_a_month_at_the_edge_is_named_without_its_year() -> None:
    low = date(2023, 1, 22).toordinal()
    upper, lower = (text(row) for row in axis(Window(low, low + 11), 84))
    assert upper.startswith("Jan 2023 ")
    assert upper.rstrip().endswith("│Feb")
    assert "│Tue 31 │Wed 1" in lower
