"""Lanes, bars, silences and nearness against what anybody would work out, event by event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from math import ceil
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.archive.columns import Timeline
from tui.archive.extents import STANDINGS, Extents, compile_extents, core_of
from tui.archive.nearness import FAR, Nearness, compile_nearness
from tui.archive.overview import Overview, make_overview
from tui.archive.tracks import FULL, Track, track_of
from tui.desk.render.axis import Window
from tui.desk.render.captions import density
from tui.desk.render.extent import Lane
from tui.desk.render.grouping import Kept
from tui.desk.render.lanes import JOINED, OPEN, TITLED_FROM, LaneRows, label_width, room_of
from tui.desk.render.marks import DIFFERS, STATUS_MARKS
from tui.records.dates import bounds
from tui.records.evidence import Fact
from tui.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.desk.render.text import Line

Cells = list[tuple[str, str]]
BEGIN = date(2019, 12, 20)


@dataclass
class Happening:
    """An event as the sources date it."""

    edtf: str
    standing: str = "held"
    disputed: bool = False
    others: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ends = low, high = bounds(self.edtf)
        self.first: int = (high if low is None else low) or 0
        self.last: int = (low if high is None else high) or 0
        self.middle = (self.first + self.last) / 2
        self.bits = (self.last - self.first).bit_length()
        self.is_span = None not in self.ends and self.bits > 0
        self.lasted = self.is_span and "/" in self.edtf
        self.reach = (-FAR if low is None else low), (FAR if high is None else high)


def dated(chance: Random) -> str:
    """Draw a date; few days, so that much falls together."""
    day = BEGIN + timedelta(
        days=chance.choice((0, 1, 2, 9, 30, 31, 70)) + chance.randrange(12) * 31
    )
    later = day + timedelta(days=chance.choice((1, 2, 3, 9, 40, 200)))
    year, month = f"{day.year}", f"{day.year}-{day.month:02}"
    kinds = (f"{day}", f"{day}", f"{day}?", month, year, f"{year}-21", f"{year[:3]}X",
             f"{day}/{later}", f"{month}/{later}", f"{day}~/{later}", f"[{day},{later}]",
             f"../{day}", f"{day}/..")  # fmt: skip
    return chance.choice(kinds)


def happened(chance: Random, many: int, sure: bool) -> list[Happening]:
    """Draw events; where all is sure, none are open, or disputed, or dated twice."""
    found = [
        Happening(
            dated(chance),
            chance.choice(STANDINGS),
            not sure and chance.random() < 0.3,
            [dated(chance) for _ in range(0 if sure else chance.choice((0, 0, 1, 2)))],
        )
        for _ in range(many)
    ]
    return [e for e in found if not sure or None not in e.ends] or [Happening("2020-02")]


happenings = st.builds(
    lambda seed, many, sure: happened(Random(seed), many, sure),
    st.integers(0, 1 << 30), st.sampled_from((1, 4, 20, 45, 60)), st.booleans(),
)  # fmt: skip
"""By seed: drawn one by one, most of them would be the same few."""
windows = st.builds(
    lambda end, days: Window(end - days, end),
    st.floats(BEGIN.toordinal() + 20, BEGIN.toordinal() + 600),
    st.sampled_from((10.0, 28.0, 31.0, 60.0, 92.0, 200.0, 333.3, 1000.0, 4000.0, 20_000.0)),
)
WIDTHS = st.sampled_from((13, 33, 60, 116, 116))


class Compiled:
    """Events as they come out of a compiled archive; those without a date stand behind."""

    def __init__(self, events: Sequence[Happening], undated: int = 0) -> None:
        order = sorted(events, key=lambda e: (e.first, e.reach[1]))
        self.events = [e for _, same in groupby(order, lambda e: e.first) for e in same]
        many = len(events) + undated
        ids = [f"e{n:03}" for n in range(many)]
        ends = [e.ends for e in self.events] + [(None, None)] * undated
        statuses = [e.standing for e in self.events] + ["planned"] * undated
        bases = ["outside" if s == "outside" else "stated" for s in statuses]
        edtf = [e.edtf for e in self.events] + [None] * undated
        columns: tuple[Sequence[Any], ...] = (
            ids, ids, ["meeting"] * many, statuses, edtf, [""] * many, bases,
            [low for low, _ in ends], [high for _, high in ends], [1] * many, [0] * many,
        )  # fmt: skip
        self.timeline = Timeline(*columns)
        records = [
            Record(name, "event", name, tuple(Fact("date", o, "outside") for o in e.others))
            for name, e in zip(ids, self.events, strict=False)
        ]
        disputed = frozenset(n for n, e in zip(ids, self.events, strict=False) if e.disputed)
        self.extents: Extents = compile_extents(columns, records, disputed)[0]

    def others(self, at: int) -> list[float]:
        """Give the days of an event's further dates."""
        mine = self.events[at]
        return [Happening(o).middle for o in dict.fromkeys(mine.others) if o != mine.edtf]


def cells_of(row: Line) -> Cells:
    """Give a row cell by cell; a blank has no colour of its own, unless it is lit."""
    return [(c, role if c != " " or role == "lit" else "") for text, role in row for c in text]


def runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Give days as stretches."""
    found: list[tuple[int, int]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def behind(window: Window, day: float, room: int) -> int:
    """Give the column behind a whole day."""
    return ceil((day + 1 - window.low) * room / window.days)


def plain_row(a: Compiled, shown: Sequence[int], window: Window, room: int, chosen: int) -> Cells:
    """Draw a lane over and over: what comes later covers what was there."""
    cells: Cells = [(" ", "")] * room

    def fill(low: float, high: float, character: str, role: str) -> None:
        for column in range(window.column(low, room), behind(window, high, room)):
            if 0 <= column < room:
                cells[column] = (character, role)

    def put(day: float, character: str, role: str) -> None:
        if 0 <= window.column(day, room) < room:
            cells[window.column(day, room)] = (character, role)

    def join(low: float, high: float) -> None:
        first = max(0, window.column(min(low, high), room))
        last = min(room - 1, window.column(max(low, high), room))
        for column in range(first, last + 1):
            cells[column] = ("╌", "differs")
        if last - first >= 4:
            cells[(first + last) // 2] = (DIFFERS, "differs")

    mine = {at: a.events[at] for at in shown}
    until = max((e.last for e in mine.values() if e.ends[0] is None), default=0)
    since = min((e.first for e in mine.values() if e.ends[1] is None), default=1 << 30)
    if until > window.low:
        fill(window.low, until, OPEN, "faint")
        cells[0] = ("◂", "dim")
    if since < window.high:
        fill(since, window.high, OPEN, "faint")
        cells[-1] = ("▸", "dim")
    for lasted in (False, True):
        for bits in range(31, max(1, int(window.days / room).bit_length()) - 1, -1):
            some = [
                e for e in mine.values() if (e.is_span, e.lasted, e.bits) == (True, lasted, bits)
            ]
            for sure in (False, True):
                for standing in reversed(STANDINGS):
                    days: set[int] = set()
                    for e in (e for e in some if e.standing == standing):
                        core = core_of(e.edtf) if lasted else (1, 0)
                        low, high = core if sure else (e.first, e.last)
                        if sure or core != (e.first, e.last):
                            days.update(range(low, high + 1))
                    role = STATUS_MARKS[standing][1]
                    for low, high in runs(days):
                        fill(low, high, "▒" if sure else "░", role)
    if chosen >= 0 and a.events[chosen].ends[0] != a.events[chosen].ends[1]:
        low, high = a.events[chosen].reach
        shade = "▒" if a.events[chosen].lasted else "░"
        shade = OPEN if None in a.events[chosen].ends else shade
        fill(max(low, window.low), min(high, window.high), shade, "key")
        first, last = a.events[chosen].ends
        if first is None and behind(window, high, room) > 0:
            cells[0] = ("◂", "key")
        if last is None and window.column(low, room) < room:
            cells[-1] = ("▸", "key")
    by_middle = sorted(shown, key=lambda at: (a.events[at].middle, at))
    if chosen >= 0 and a.events[chosen].disputed:
        for day in a.others(chosen):
            join(day, a.events[chosen].middle)
    pairs = [(day, a.events[at].middle) for at in by_middle if a.events[at].disputed
             for day in a.others(at)]  # fmt: skip
    met = [p for p in pairs if min(p) <= window.high and max(p) >= window.low]
    for pair in met if len(met) <= JOINED else ():
        join(*pair)
    assert len(a.events) < FULL
    for at in shown:
        for day in a.others(at):
            if window.low <= day:
                put(day, *STATUS_MARKS["outside"])
    for day in a.others(chosen) if chosen >= 0 else ():
        put(day, "◆", "key")
    marks = plain_marks(a, by_middle, window, room, chosen)
    for column, words, here, _ in marks:
        role = next(role for mark, role in STATUS_MARKS.values() if mark == words[0])
        for n, character in enumerate(words[: room - column]):
            shade = "differs" if character == DIFFERS else "lit" if here else role
            cells[column + n] = (character, shade)
    for column, words, _, alone in marks:
        if len(alone) > 1:
            continue
        free = "".join(character for character, _ in cells[column + len(words) :])
        space = len(free) - len(free.lstrip(" ")) - 2
        title = a.timeline.title[alone[0]]
        for n, character in enumerate(title if space >= TITLED_FROM else ""):
            cells[column + len(words) + 1 + n] = (character, "faint")
    days_of = [a.events[at].middle for at in shown]
    before, after = min(days_of) < window.low, max(days_of) >= window.high
    return [("‹", "dim") if before else (" ", ""), *cells, ("›", "dim") if after else (" ", "")]


def plain_marks(
    a: Compiled, by_middle: Sequence[int], window: Window, room: int, chosen: int
) -> list[tuple[int, str, bool, Sequence[int]]]:
    """Mark events from the left; those that would stand in a mark's cells are counted in it."""
    step = window.days / room

    def column_of(at: int) -> int:
        day = a.events[at].middle
        return max(n for n in range(room) if 2 * (window.low + step * n) <= 2 * day)

    def words(some: Sequence[int]) -> str:
        order = [STATUS_MARKS[standing][0] for standing in STANDINGS]
        mark = min((STATUS_MARKS[a.events[at].standing][0] for at in some), key=order.index)
        differs = DIFFERS if any(a.events[at].disputed for at in some) else ""
        return f"{mark}{len(some) if len(some) > 1 else ''}{differs}"

    rest = [at for at in by_middle if window.low <= a.events[at].middle < window.high]
    found: list[tuple[int, list[int]]] = []
    while rest:
        column = column_of(rest[0])
        stop = column + 1
        while True:
            some = [at for at in rest if column_of(at) < stop]
            if column + len(words(some)) <= stop or stop >= room:
                break
            stop = min(room, column + len(words(some)))
        rest = rest[len(some) :]
        if column + len(words(some)) > room:
            column = room - len(words(some))
            while found and found[-1][0] + len(words(found[-1][1])) > column:
                before, joined = found.pop()
                some = joined + some
                column = min(before, room - len(words(some)))
            column = max(0, column)
        found.append((column, some))
    drawn: list[tuple[int, str, bool, Sequence[int]]] = []
    for column, some in found:
        mark = STATUS_MARKS[a.events[chosen].standing][0] if chosen in some else words(some)[0]
        drawn.append((column, mark + words(some)[1:], chosen in some, some))
    return drawn


@settings(max_examples=80)
@given(happenings, windows, WIDTHS, st.data())
def test_a_lane_is_drawn_as_event_by_event(
    events: list[Happening], window: Window, width: int, data: st.DataObject
) -> None:
    a = Compiled(events, undated=2)
    every = range(len(a.events) + 2)
    shown = data.draw(
        st.sets(st.sampled_from(range(len(a.events))), min_size=max(1, len(a.events) // 2)).map(
            sorted
        )
    )
    chosen = data.draw(st.sampled_from([-1, *shown]))
    track = Track(track_of(a.extents, every))
    if len(shown) < len(a.events):
        track = Kept(a.extents, shown).narrowed(track)
    rows = LaneRows(a.timeline, a.extents, [Lane(a.extents, "lane", lambda: track)], window)
    rows.chosen, rows.here = chosen, 0 if chosen >= 0 else -1
    room, label = room_of(width), label_width(width)
    drawn = cells_of(rows.line(0, width))
    assert drawn[label - 1 : label + room + 1] == plain_row(a, shown, window, room, chosen)
    tail = "+2" if len(shown) == len(a.events) else ""
    assert "".join(c for c, _ in drawn[label + room + 1 :]).strip() == tail


@settings(max_examples=50)
@given(happenings, windows, st.sampled_from((1, 7, 44, 92)), st.data())
def test_bars_and_silences_are_as_day_by_day(
    events: list[Happening], window: Window, room: int, data: st.DataObject
) -> None:
    a = Compiled(events, undated=1)
    shown = data.draw(
        st.sets(st.sampled_from(range(len(a.events))), min_size=max(1, len(a.events) // 2)).map(
            sorted
        )
    )
    every = len(shown) == len(a.events)
    overview = Overview(make_overview(a.extents, range(len(a.events) + every) if every else shown))
    rows = LaneRows(a.timeline, a.extents, [], window)
    least, step = max(1, int(window.days / room).bit_length()), window.days / room
    mine = [a.events[at] for at in shown]
    known = [e for e in mine if None not in e.ends and e.bits < least]
    edges = [2 * (window.low + step * n) for n in range(room + 1)]
    counts = [sum(a <= 2 * e.middle < b for e in known) for a, b in pairwise(edges)]
    most, bars = density(rows, overview, room)
    assert most == max(counts)
    drawn = "".join(text for text, _ in bars)
    assert [character in "▁▂▃▄▅▆▇█" for character in drawn] == [bool(n) for n in counts]
    shaded = {
        column
        for e in mine
        if e.is_span and e.bits >= least
        for column in range(window.column(e.first, room), behind(window, e.last, room))
    }
    if step >= 1:  # finer than a day, stretches that meet are joined as well
        for column, character in enumerate(drawn):
            assert (character == "░") == (column in shaded and not counts[column])

    taken = {day for e in mine for day in range(e.first, e.last + 1)}
    free = set(range(min(taken), max(taken) + 1)) - taken
    gaps = [gap for gap in runs(free) if gap[1] - gap[0] >= 6]
    others = [Happening(o) for e in mine for o in e.others if o != e.edtf]
    elsewhere = {day for o in others for day in range(o.first, o.last + 1)}
    left = runs({day for low, high in gaps for day in range(low, high + 1)} - elsewhere)
    gaps = sorted((g for g in left if g[1] - g[0] >= 6), key=lambda gap: gap[0] - gap[1])
    assert list(overview.silences(-1e7, 1e7, 0.1)) == gaps
    met = [gap for gap in gaps if gap[1] >= window.low and gap[0] <= window.high]
    found = list(overview.silences(window.low, window.high, step))
    assert found == met[: len(found)]
    assert all(high - low + 1 < 4 * step for low, high in met[len(found) :])


@settings(max_examples=50)
@given(happenings, st.integers(1, 45), st.data())
def test_the_nearest_are_those_that_sorting_all_gives(
    events: list[Happening], most: int, data: st.DataObject
) -> None:
    a = Compiled(events)
    shown = data.draw(
        st.sets(st.sampled_from(range(len(a.events))), min_size=max(1, len(a.events) // 2)).map(
            sorted
        )
    )
    chosen = data.draw(st.sampled_from(shown))
    nearness = Nearness(a.extents, compile_nearness(a.extents))
    if len(shown) < len(a.events):
        nearness = nearness.narrowed(shown)
    low, high = a.events[chosen].reach

    def key(at: int) -> tuple[int, int, int]:
        begins, ends = a.events[at].reach
        length = FAR if None in a.events[at].ends else ends - begins
        return max(0, low - ends, begins - high), length, at

    others = sorted((at for at in shown if at != chosen), key=key)
    same, found = nearness.nearest(chosen, most)
    assert found == others[:most]
    assert same == sum(key(at)[0] == 0 for at in others)
    assert nearness.others == len(others)


@example([Happening("2020-05-05")])
@settings(max_examples=50)
@given(happenings)
def test_the_first_window_is_the_shortest_of_all(events: list[Happening]) -> None:
    a = Compiled(events)
    overview = Overview(make_overview(a.extents, range(len(events))))
    days = sorted(e.middle for e in events)
    most = -(-len(days) * 9 // 10)
    stretches = [(days[n + most - 1] - days[n], days[n]) for n in range(len(days) - most + 1)]
    length, begin = min(stretches)
    spare = max(30.0, length / 12)
    assert overview.fit == (begin - spare, begin + length + spare)
    low, high = min(e.first for e in events), max(e.last for e in events)
    spare = max(30.0, (high - low) / 25)
    assert overview.reach == (low - spare, high + spare)
