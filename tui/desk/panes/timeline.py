"""The timeline pane: density bars above, events below, undated ones last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.text import EMPTY, Line, line
from tui.desk.render.timeline import TimelineRows, density
from tui.desk.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Timeline
    from tui.desk.render.palette import Palette


class TimelinePane(LineList):
    """Events by date."""

    def __init__(self, palette: Palette, timeline: Timeline) -> None:
        super().__init__(palette, id="timeline")
        self._timeline = timeline
        self._density: tuple[int, Line] | None = None
        self._events = TimelineRows(timeline, range(len(timeline)))
        self.rows = self._events
        if len(timeline):  # begin with what is best documented
            best = max(range(len(timeline)), key=timeline.evidence.__getitem__)
            self.cursor = self._events.index_of(best)

    @property
    def event(self) -> str | None:
        """Give the id of the event under the cursor."""
        if self.cursor < 0:
            return None
        return self._timeline.id[self._events.position(self.cursor)]

    def show_events(self, positions: Sequence[int]) -> None:
        """Show these events; the cursor stays on its event where that is still shown."""
        position = self._events.position(self.cursor) if self.cursor >= 0 else -1
        self._events = TimelineRows(self._timeline, positions)
        self._density = None
        self.set_rows(self._events, max(0, self._events.index_of(position)))

    def go_to_event(self, event: str) -> bool:
        """Put the cursor on an event; tell whether it is shown."""
        at = next((n for n, id_ in enumerate(self._timeline.id) if id_ == event), -1)
        row = self._events.index_of(at) if at >= 0 else -1
        if row >= 0:
            self.go(row)
        return row >= 0

    def go_to_day(self, ordinal: int) -> None:
        """Put the cursor on the first event that is not over before a day."""
        row = self._events.first_at_or_after(ordinal)
        if row >= 0:
            self.go(row)

    def title_line(self) -> Line:
        """Name the pane and count its events."""
        count, whole = len(self._events.positions), len(self._timeline)
        shown = f"{count}" if count == whole else f"{count} of {whole}"
        return line(("1 ", "dim"), ("Timeline", "title"), (f"  {shown} · by date", "dim"))

    def head(self, width: int) -> Sequence[Line]:
        """Draw the density bars."""
        if self._density is None or self._density[0] != width:
            self._density = (width, density(self._timeline, self._events.positions, width))
        return (self._density[1], EMPTY)

    def empty(self, width: int) -> Sequence[Line]:
        """Say why there is nothing."""
        del width
        if len(self._timeline):
            return (
                line(("no event has to do with all of the lens", "dim")),
                line(("F ", "key"), ("clears it", "dim")),
            )
        return (line(("this archive records no events yet", "dim")),)
