"""What a key does in lanes goes with the cells that are drawn, not with the events: counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import log2
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tui.archive.columns import Timeline
from tui.archive.extents import STANDINGS, Extents, compile_extents
from tui.archive.nearness import Nearness, compile_nearness
from tui.archive.overview import Overview, make_overview
from tui.archive.tracks import Track, track_of
from tui.desk.render.axis import Window
from tui.desk.render.captions import head
from tui.desk.render.extent import Lane
from tui.desk.render.lanes import LaneRows, room_of
from tui.desk.render.near import NEAREST

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW, MANY = 1_000, 64_000
OPEN = 1 << 30
BEGIN, YEARS = date(1990, 1, 1).toordinal(), 30
WIDTH = 116
WINDOWS = [28.0, 92.0, 400.0, 2_000.0, 9_000.0, 40_000.0]


class Tally:
    """How many items have been looked at."""

    count = 0


class Counted(Sequence[Any]):
    """Items that count how often they are looked at; one search of bytes is one look."""

    def __init__(self, items: Any, tally: Tally) -> None:
        self._items, self._tally = items, tally

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: Any) -> Any:
        found = self._items[index]
        self._tally.count += len(found) if isinstance(index, slice) else 1
        return found

    def __iter__(self) -> Iterator[Any]:
        self._tally.count += len(self._items)
        return iter(self._items)

    def find(self, *wanted: int) -> int:
        self._tally.count += 1
        found: int = self._items.find(*wanted)
        return found


class Counting:
    """So many events, and all that is looked up of them when lanes are drawn, counted."""

    def __init__(self, many: int) -> None:
        chance = Random(3)
        dates = sorted(self._date(chance) for _ in range(many))
        ids = [f"e{n:06}" for n in range(many)]
        columns: tuple[Sequence[Any], ...] = (
            ids, ids, ["meeting"] * many, [chance.choice(STANDINGS) for _ in ids],
            [edtf for _, _, edtf in dates], [""] * many, ["stated"] * many,
            [low for low, _, _ in dates], [None if last == OPEN else last for _, last, _ in dates],
            [1] * many, [0] * many,
        )  # fmt: skip
        self.tally = tally = Tally()
        disputed = frozenset(chance.sample(ids, many // 10))
        self.extents: Extents = compile_extents(columns, (), disputed)[0]
        every = range(many)
        self.overview = Overview(make_overview(self.extents, every))
        self.track = Track(track_of(self.extents, every))
        self.nearness = Nearness(self.extents, compile_nearness(self.extents))
        self.overview.counts(range(3), 1)
        for column in (
            *self.overview._by_size.values(),
            *(one for pair in self.overview._covers.values() for one in pair),
            *(one for pair in self.overview._silences.values() for one in pair),
        ):
            self.overview._read[column] = Counted(self.overview._column(column), tally)  # type: ignore[assignment]  # read alike
        watched: list[tuple[Any, tuple[str, ...]]] = [
            (self.extents, ("first", "last", "order", "rank", "middle", "sizes", "flags")),
            (self.track, ("ranks", "standings", "disputed", "lows", "highs", "further")),
            (self.nearness, ("_ahead", "_behind", "_by_length")),
        ]
        for owner, names in watched:
            for name in names:
                owner.__dict__[name] = Counted(getattr(owner, name), tally)
        self.lane = Lane(self.extents, "everything", lambda: self.track)
        self.rows = LaneRows(Timeline(*columns), self.extents, [self.lane], Window(0, 1))
        tally.count = 0

    @staticmethod
    def _date(chance: Random) -> tuple[int, int, str]:
        day = BEGIN + chance.randrange(365 * YEARS)
        length = chance.choice((0, 0, 0, 0, 0, 1, 6, 30, 89, 365, 3_652))
        edtf = date.fromordinal(day).isoformat()
        if chance.random() < 0.02:
            return day, OPEN, f"{edtf}/.."
        lasted = length and chance.random() < 0.5
        later = date.fromordinal(day + length).isoformat()
        return day, day + length, f"{edtf}/{later}" if lasted else edtf

    def looks(self) -> int:
        """Give how many items were looked at since the last time."""
        found, self.tally.count = self.tally.count, 0
        return found


@pytest.fixture(scope="module")
def few() -> Counting:
    return Counting(FEW)


@pytest.fixture(scope="module")
def many() -> Counting:
    return Counting(MANY)


def bound(columns: int, times: float) -> float:
    """Give how many looks some halvings a column take at most."""
    return times * columns * log2(MANY)


@pytest.mark.parametrize("days", WINDOWS)
def test_a_zoom_halves_for_each_column(few: Counting, many: Counting, days: float) -> None:
    middle = BEGIN + 365 * YEARS / 2
    looks = []
    for one in (few, many):
        one.rows.window = Window(middle - days / 2, middle + days / 2)
        one.rows.line(0, WIDTH)
        looks.append(one.looks())
        one.rows.line(0, WIDTH)
        assert one.looks() <= looks[-1] / 2  # what is marked is kept
    assert looks[1] <= bound(room_of(WIDTH), 6)
    assert looks[1] <= 8 * looks[0]


@pytest.mark.parametrize("days", WINDOWS)
def test_bars_and_silences_halve_for_each_column(
    few: Counting, many: Counting, days: float
) -> None:
    middle = BEGIN + 365 * YEARS / 2
    looks = []
    for one in (few, many):
        one.rows.window = Window(middle - days / 2, middle + days / 2)
        head(one.rows, one.overview, WIDTH)
        looks.append(one.looks())
    assert looks[1] <= bound(room_of(WIDTH), len(many.overview._by_size))
    assert looks[1] <= 8 * looks[0]


def test_going_along_a_lane_halves(many: Counting) -> None:
    at = many.lane.nearest(BEGIN + 4_000.25)
    assert many.looks() <= 4 * log2(MANY)
    assert many.lane.holds(at)
    many.lane.step(at, 1)
    many.lane.day(at)
    assert many.looks() <= 6 * log2(MANY)


@pytest.mark.parametrize("place", [0, MANY // 3, MANY - 1])
def test_what_is_near_is_walked_to(few: Counting, many: Counting, place: int) -> None:
    same, found = many.nearness.nearest(place, NEAREST)
    looks = many.looks()
    assert same >= 0
    assert len(found) == NEAREST
    lengths = len(many.nearness._runs)
    assert looks <= 12 * NEAREST + (lengths + 4) * 4 * log2(MANY)
    few.nearness.nearest(min(place, FEW - 1), NEAREST)
    assert looks <= 4 * few.looks()
