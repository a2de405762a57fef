"""Events of a lane that are marked together, where each alone would not fit in its column."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from tui.archive.extents import STANDINGS
from tui.archive.tracks import starts
from tui.desk.render.marks import DIFFERS, STATUS_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive.tracks import Track

Cluster = tuple[int, int, int, int, int, str]
"""Events marked together: the first cell and the number of cells they take, their places in the
lane (the first, the one behind the last), the standing of the surest, and what is written."""

SIGNS = tuple(STATUS_MARKS[standing][0] for standing in STANDINGS)


def clusters(track: Track, edges: Sequence[int]) -> list[Cluster]:
    """Mark events of a track in columns that begin at some ranks: alone, or counted together."""
    room = len(edges) - 1
    begins = starts(track.ranks, edges)
    standings, disputed = track.standings, track.disputed
    found: list[Cluster] = []
    at, last = begins[0], begins[room]
    doubt = disputed.find(1, at, last)  # the next of them that is disputed

    column = 0
    while at < last:
        begin = at
        if begins[column + 1] <= at:
            column = bisect_right(begins, at, column) - 1
        if 0 <= doubt < begin:
            doubt = disputed.find(1, begin, last)
        stop = column + 1
        while True:
            end = begins[stop]
            count = end - begin
            width = 1 if count == 1 else 2 if count < 10 else 1 + len(str(count))
            if begin <= doubt < end:
                width += 1
            if column + width <= stop or stop >= room:
                break
            stop = min(room, column + width)
        if column + width > room:  # move to the left, at need with those that stand there
            column = room - width
            while found and found[-1][0] + found[-1][1] > column:
                before, _, begin, *_ = found.pop()
                count = end - begin
                width = 1 + (count > 1) * len(str(count)) + (disputed.find(1, begin, end) >= 0)
                column = min(before, room - width)
            column, doubt = max(0, column), disputed.find(1, begin, end)
        best = standings[begin]
        if best and count > 1:
            best = 0
            while standings.find(best, begin, end) < 0:
                best += 1
        differs = DIFFERS if begin <= doubt < end else ""
        words = f"{SIGNS[best]}{count if count > 1 else ''}{differs}"
        found.append((column, width, begin, end, best, words))
        at, column = end, stop
    return found
