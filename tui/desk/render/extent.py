"""The events of a lane: looked up by halving, never gone through."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from tui.archive.extents import DISPUTED
from tui.desk.render.axis import Window

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive.extents import Extents
    from tui.archive.overview import Overview
    from tui.archive.tracks import Track

UNDATED = "undated"


class Lane:
    """The events of one row; they are read when the row is first seen.

    Args:
        extents: where in time the events of the archive lie.
        name: what the lane is called.
        read: gives its events.

    Where some of the events have a date these are drawn, and the others counted; where none has,
    all are drawn and the lane is not `dated`.
    """

    def __init__(self, extents: Extents, name: str, read: Callable[[], Track]) -> None:
        self.extents = extents
        self.name = name
        self._read = read

    @cached_property
    def track(self) -> Track:
        """Give where in time the events lie."""
        return self._read()

    @cached_property
    def dated(self) -> bool:
        """Tell whether any of the events has a date."""
        return len(self.track.ranks) > 0

    def __len__(self) -> int:
        """Count the events that are drawn."""
        return len(self.track.ranks) or len(self.track.undated)

    def day(self, position: int) -> float:
        """Give the day at which an event is marked: the middle of what is possible."""
        return self.extents.middle[self.extents.rank[position]] / 2

    def event(self, place: int) -> int:
        """Give the event that so many of the lane come before."""
        track = self.track
        return self.extents.order[track.ranks[place]] if self.dated else track.undated[place]

    def place(self, position: int) -> int:
        """Tell how many events of the lane come before one of them."""
        if not self.dated:
            return bisect_left(self.track.undated, position)
        return bisect_left(self.track.ranks, self.extents.rank[position])

    def holds(self, position: int) -> bool:
        """Tell whether an event is drawn in the lane."""
        if position < 0 or self.dated is not (position < self.extents.dated):
            return False
        place = self.place(position)
        return place < len(self) and self.event(place) == position

    def step(self, position: int, by: int) -> int:
        """Give the event so many before or after one, stopping at the ends."""
        return self.event(max(0, min(self.place(position) + by, len(self) - 1)))

    def nearest(self, day: float) -> int:
        """Give the event marked nearest to a day."""
        track, middles = self.track, self.extents.middle
        if not self.dated:
            return track.undated[0]
        at = bisect_left(track.ranks, bisect_left(middles, day * 2))
        near = track.ranks[max(0, at - 1) : at + 1]
        return self.extents.order[min(near, key=lambda rank: abs(middles[rank] - day * 2))]

    def disputed(self, position: int) -> bool:
        """Tell whether dates of an event that is drawn cannot all hold."""
        extents = self.extents
        return self.dated and bool(extents.flags[extents.rank[position]] & DISPUTED)


def fitting(overview: Overview) -> Window:
    """Give the shortest window that holds nine events of ten."""
    if overview.fit is not None:
        return Window(*overview.fit)
    from datetime import date

    today = date.today().toordinal()
    return Window(today - 365, today + 365)
