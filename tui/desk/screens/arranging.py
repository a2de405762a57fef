"""Which box takes how much room, list or lanes, and which keys the footer offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.desk.lens import narrowed, near_to
from tui.desk.render.card import CardDocument
from tui.desk.render.compare import CompareDocument
from tui.desk.screens.room import Room

if TYPE_CHECKING:
    from tui.desk.panes.promises import PromisesPane
    from tui.desk.render.grouping import Lanes
    from tui.desk.screens.desk import DeskScreen
    from tui.records.record import Kind

GROUPINGS: dict[str, tuple[Kind, ...]] = {
    "initiative": ("initiative",),
    "actor": ("person", "organization"),
    "state": ("state",),
}


Arranged = Literal["switch", "group", "in", "out", "promises", "near"]
"""What can be done about how the events are shown."""


class Arranging:
    """Arranges the desk."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self._promises: PromisesPane | None = None  # made once, then hidden: it is gone too slowly

    def situation(self) -> str:
        """Name what the keys work on, as the hints do."""
        screen = self._screen
        if screen.asking.kind:
            return screen.asking.kind
        if screen.pane == "timeline" and screen.promises is not None:
            return "promises"
        if screen.pane == "timeline" and screen.timeline.near:
            return "near"
        if screen.pane == "timeline" and screen.timeline.grouping:
            return "lanes"
        document = screen.reading.document
        if screen.pane != "reader":
            return "list"
        if isinstance(document, CardDocument):
            return "card"
        if isinstance(document, CompareDocument):
            return "compare"
        return "match" if screen.reading.trail.kind == "match" else "source"

    def make_room(self) -> None:
        """Give each box its room: what is opened, lanes and promises take that of the lists."""
        screen = self._screen
        wide = screen.reading.wide
        lanes = bool(screen.timeline.grouping or screen.promises is not None)
        lanes = lanes and not wide and screen.pane in ("timeline", "reader")
        # the values of a comparison stand in columns: it takes the whole width
        comparing = wide and isinstance(screen.reading.document, CompareDocument)
        asks, promises = screen.asking.kind, screen.promises is not None
        screen.give_room(Room(screen.pane, asks, wide, comparing, lanes, promises))

    def promises(self, chosen: str = "", top: int = 0) -> None:
        """Show the promises where the events are; where they have the keys, the events again."""
        from tui.desk.panes.promises import PromisesPane

        screen = self._screen
        if screen.promises is not None and screen.pane == "timeline":
            self.events()
        elif screen.promises is None:
            pane = self._promises
            if pane is None:
                pane = self._promises = PromisesPane(screen.palette, screen.library)
                screen.mount(pane, before=screen.timeline)
            pane.set_palette(screen.palette)
            pane.show_events(narrowed(screen.library, screen.lens)[0])
            pane.go(0)
            pane.go_to_event(chosen or screen.timeline.event or "")
            pane.top = top  # drawn from there, or from where what is chosen is in view
            screen.promises = screen.boxes["timeline"] = pane
        screen.go_to_pane("timeline")
        screen.preview()

    def near(self) -> None:
        """List the events near the chosen one; where that list has the keys, all events again."""
        screen = self._screen
        again = screen.timeline.near and screen.pane == "timeline"
        self.events()
        if not again and not screen.timeline.show_near():
            screen.say("its date is not stated: nothing can be told to be near it")
            return
        screen.go_to_pane("timeline")
        screen.preview()

    def events(self) -> None:
        """Show all events again where promises or the events near one stand, on the one chosen."""
        screen = self._screen
        if screen.timeline.near:
            screen.timeline.show_all()
            screen.describe()
        if (pane := screen.promises) is None:
            return
        screen.promises = None
        screen.boxes["timeline"] = screen.timeline
        screen.timeline.active = pane.active
        screen.timeline.go_to_event(pane.event or "")
        pane.active = False
        self.make_room()
        screen.describe()
        screen.preview()

    def lanes(self, do: Arranged) -> None:
        """Switch between list, lanes and promises, group the lanes otherwise, or zoom."""
        if do == "promises":
            self.promises()
            return
        if do == "near":
            self.near()
            return
        self.events()
        screen = self._screen
        timeline = screen.timeline
        grouping = timeline.grouping
        if do == "switch" and grouping and screen.pane == "timeline":
            timeline.show_list()
        elif do == "switch" or (do == "group" and not grouping):
            self.show_lanes(grouping or next(iter(GROUPINGS)))
        elif not grouping:
            screen.say("zoom works on lanes: v draws them")
            return
        elif do == "group":
            names = list(GROUPINGS)
            self.show_lanes(names[(names.index(grouping) + 1) % len(names)])
        else:
            timeline.zoom(0.5 if do == "in" else 2.0)
            return
        if screen.pane == "timeline":  # the keys are here: no border has to be drawn anew
            self.make_room()
            screen.describe()
        else:
            screen.go_to_pane("timeline")
        screen.preview()

    def show_lanes(self, grouping: str) -> None:
        """Draw the events in lanes, grouped so."""
        self._screen.timeline.show_lanes(grouping, lambda: self._groups(grouping))

    def _groups(self, grouping: str) -> Lanes:
        """Give the lanes for what the lens leaves: its records in order, then what is in none."""
        from tui.desk.render.grouping import Lanes

        screen = self._screen
        shown = screen.timeline.positions
        near = near_to(screen.library, screen.lens, shown) if screen.lens else None
        return Lanes(screen.library, GROUPINGS[grouping], grouping, shown, near)
