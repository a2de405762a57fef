"""Counts of four digits and more stay whole, in line, and apart from what stands beside them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import pytest

from tui.archive.columns import Rows
from tui.archive.tracks import Track, track_of
from tui.desk.render.actors import RecordRows
from tui.desk.render.axis import Window
from tui.desk.render.extent import Lane
from tui.desk.render.lanes import LaneRows
from tui.desk.render.text import width_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library


def test_counts_of_any_size_share_a_column(library: Library) -> None:
    table = library.rows("person")
    columns = {**vars(table), "events": [15_011, 4_216, 908, *[2] * (len(table) - 3)]}
    rows = RecordRows(Rows(*columns.values()), range(len(table)))
    drawn = ["".join(text for text, _ in rows.line(n, 28)) for n in range(4)]
    assert [len(row) for row in drawn] == [28] * 4
    codes = [table.code[n] for n in range(4)]
    assert [row[-9:-7] for row in drawn] == codes
    assert [row[-6:] for row in drawn] == ["15,011", " 4,216", "   908", "     2"]


async def test_the_tabs_of_actors_fit_their_box(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        pane = d.screen.boxes["actors"]
        for width in (26, 18, 40):
            (head,) = pane.head(width)
            words = "".join(text for text, _ in head)
            assert words.startswith("people 15 ")
            assert words.rstrip("0123456789 ").endswith("states")
            assert len(words) <= width or width == 18


@pytest.mark.parametrize(
    ("count", "width", "words"),
    [(7, 116, "+7"), (2_580, 116, "+2,580"), (99_999, 116, "+99,999"), (100_000, 116, "+100k"),
     (999, 56, "+999"), (2_580, 56, "+2k")],
)  # fmt: skip
def test_undated_events_are_counted_whole_at_the_end_of_a_lane(
    library: Library, count: int, width: int, words: str
) -> None:
    extents = library.times.extents
    track = Track(track_of(extents, [3]))
    track.undated = array("I", range(count))
    lane = Lane(extents, "some", lambda: track)
    row = LaneRows(library.timeline, extents, [lane], Window(738_000, 739_000)).line(0, width)
    assert "".join(text for text, _ in row).split()[-1] == words
    assert width_of(row) == width
