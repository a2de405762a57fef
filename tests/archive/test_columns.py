"""Columns give back what was written, value by value, and ids are found by halving."""

from __future__ import annotations

import marshal
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.archive.columns import Dates, Days, Strings, Timeline, Words

if TYPE_CHECKING:
    from tui.archive import Library

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
DAYS = st.none() | st.integers(1, 3_652_059)


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXT), st.lists(st.none() | TEXT.filter(bool)), st.lists(DAYS))
def test_columns_hold_what_was_written(
    strings: list[str], dates: list[str | None], days: list[int | None]
) -> None:
    columns: list[tuple[Any, list[Any]]] = [
        (Strings(Strings.pack(strings)), strings),
        (Words(Words.pack(strings)), strings),
        (Dates(Dates.pack(dates)), dates),
        (Days(Days.pack(days)), days),
    ]
    for column, values in columns:
        assert list(column) == values
        assert column[:] == values
        assert column[1:-1:2] == values[1:-1:2]
        assert [column[at - len(values)] for at in range(len(values))] == values
        with pytest.raises(IndexError):
            column[len(values)]
        with pytest.raises(IndexError):
            column[-1 - len(values)]


@settings(max_examples=30, deadline=None)
@given(st.lists(TEXT, unique=True), TEXT)
def test_an_id_is_found_where_it_stands(ids: list[str], other: str) -> None:
    nothing = [[""] * len(ids)] * 6
    columns: list[list[Any]] = [
        ids,
        *nothing,
        [None] * len(ids),
        [1] * len(ids),
        [0] * len(ids),
        [0] * len(ids),
    ]
    timeline = Timeline.unpack(Timeline.pack(columns))
    assert [timeline.position(name) for name in ids] == list(range(len(ids)))
    assert timeline.position(other) == (ids.index(other) if other in ids else -1)
    assert timeline == Timeline.unpack(Timeline.pack(columns))
    assert timeline.latest[:1] == [1][: len(ids)]


def test_an_unknown_id_is_refused(shipped: Library) -> None:
    with pytest.raises(KeyError):
        shipped.record("nobody-of-this-name")
    assert shipped.kind_of("nobody-of-this-name") is None


def test_events_hold_little_more_than_they_say() -> None:
    count = 5_000
    ids = [f"event-{number}" for number in range(count)]
    titles = [f"Meeting number {number} of a body" for number in range(count)]
    dates = [f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(count)]
    same, days, ones = ["stated"] * count, list(range(738_000, 738_000 + count)), [1] * count
    columns: list[list[Any]] = [
        ids,
        titles,
        same,
        same,
        dates,
        titles,
        same,
        days,
        days,
        ones,
        ones,
    ]
    written = marshal.dumps(Timeline.pack(columns))
    tracemalloc.start()
    try:
        timeline = Timeline.unpack(marshal.loads(written))
        for event in ids[::7]:
            timeline.position(event)
        for name, column in zip(Timeline.__annotations__, columns, strict=True):
            assert list(getattr(timeline, name)) == column
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 1.3 * len(written)
    assert len(written) < 200 * count
