"""Counts of four digits and more stay whole, in line, and apart from what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.archive.columns import Rows
from tui.desk.render.actors import RecordRows

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
