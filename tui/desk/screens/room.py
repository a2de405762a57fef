"""Where the boxes of the desk stand.

Style sheets could say it, and did: but a class that changes has Textual match every rule with
every box anew, which took ten times as long as the key that changed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region
from textual.layout import Layout, WidgetPlacement
from textual.layouts.vertical import VerticalLayout
from textual.screen import Screen

from tui.desk.widgets.frame import Frame
from tui.desk.widgets.painting import lay_out

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.layout import ArrangeResult
    from textual.widget import Widget

NARROW, VAST = 100, 150
"""Columns below which one box is shown at a time, and from which lists get more room."""

LISTS, LISTS_VAST = (50, 31), (62, 40)
"""Columns of the events and of the actors and initiatives; the reader has the rest."""

TYPING = 3
"""Rows of the box in which something is typed."""


class Room(NamedTuple):
    """What is to be shown at once; `asks` is what is being typed, "find" or "date"."""

    pane: str = "timeline"
    asks: str = ""
    opened: bool = False
    comparing: bool = False
    lanes: bool = False
    promises: bool = False

    def places(self, width: int, height: int) -> dict[str, Region]:
        """Give the boxes that are seen, by id, and where each stands; none of them overlap."""
        found = {
            "header": Region(0, 0, width, 1),
            "footer": Region(0, height - 1, width, 1 if height > 1 else 0),
        }
        top = 1
        if self.asks:
            found["input"] = Region(0, top, width, max(0, min(TYPING, height - 1 - top)))
            top += TYPING
        found |= self._boxes(Region(0, top, width, max(0, height - 1 - top)))
        return {name: region for name, region in found.items() if region.area}

    def _boxes(self, free: Region) -> dict[str, Region]:
        events = "promises" if self.promises else "timeline"
        narrow = free.width < NARROW
        if self.asks == "find":
            if narrow:
                finder, reader = free.split_horizontal(free.height * 11 // 20)
            else:
                finder, reader = free.split_vertical(free.width * 11 // 20)
            return {"finder": finder, "reader": reader}
        if narrow:
            return {events if self.pane == "timeline" else self.pane: free}
        if self.comparing:
            return {"reader": free}
        if self.lanes:
            above, below = free.split_horizontal(free.height * 2 // 3)
            return {events: above, "reader": below}
        left, right = LISTS_VAST if free.width >= VAST else LISTS
        first, rest = free.split_vertical(left)
        if self.opened:
            return {events: first, "reader": rest}
        reader, beside = rest.split_vertical(rest.width - right)
        actors, initiatives = beside.split_horizontal(beside.height // 2)
        return {events: first, "reader": reader, "actors": actors, "initiatives": initiatives}


class Standing(Layout):
    """Puts each box where it stands, and lays out beneath what is no box of the desk."""

    name = "desk"

    def __init__(self) -> None:
        self.room = Room()

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        """Place the children that are seen, and tell each whether it is."""
        places = self.room.places(*size)
        for child in children:
            if isinstance(child, Frame):
                child.seen = child.id in places
        others = [child for child in children if child.has_class("-textual-system")]
        return [
            *(
                WidgetPlacement(places[child.id], NULL_OFFSET, NULL_SPACING, child)
                for child in children
                if child.id in places
            ),
            *(VerticalLayout().arrange(parent, others, size, greedy) if others else ()),
        ]


class Roomy(Screen[None]):
    """A screen whose boxes stand where a `Room` says."""

    def __init__(self) -> None:
        super().__init__()
        self._standing = Standing()

    @property
    def layout(self) -> Standing:
        """Give what places the boxes."""
        return self._standing

    def give_room(self, room: Room) -> None:
        """Show what there is to be room for, each box where it then stands."""
        before, self._standing.room = self._standing.room, room
        if room.places(*self.size) != before.places(*self.size):
            lay_out(self)
