"""The timeline pane: a list with density bars above, or lanes drawn to scale; undated ones last."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.desk.render.text import EMPTY, Line, line
from tui.desk.render.timeline import TimelineRows, density
from tui.desk.widgets.lines import LineList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.archive import Library
    from tui.archive.nearness import Nearness
    from tui.archive.overview import Overview
    from tui.desk.render.axis import Window
    from tui.desk.render.extent import Lane
    from tui.desk.render.grouping import Lanes
    from tui.desk.render.lanes import LaneRows
    from tui.desk.render.near import NearRows
    from tui.desk.render.palette import Palette
    from tui.desk.widgets.frame import Row

FOOT_FROM, LEGEND_FROM = 10, 16
"""Rows from which there is room for the chosen event below the lanes, and for a legend."""
FOOT = 2
"""Rows of the chosen event."""


class TimelinePane(LineList):
    """Events by date."""

    def __init__(self, palette: Palette, library: Library) -> None:
        super().__init__(palette, id="timeline")
        self._timeline = timeline = library.timeline
        self._library = library
        self._density: dict[tuple[int, int], tuple[Line, Line]] = {}
        self.grouping = ""
        self._groups: Callable[[], Lanes] | None = None
        self._lanes: LaneRows | None = None
        self._whole: Overview | None = None
        self._laid: dict[str, Lanes] = {}  # by grouping, what was sorted into lanes
        self._nearness: Nearness | None = None
        self._near: NearRows | None = None
        self._near_first = -1
        self._every = TimelineRows(timeline, library.chronology, range(len(timeline)))
        self._events = self._every
        self._head: tuple[Window, int, Sequence[Line]] | None = None
        self.rows = self._events
        if len(timeline):  # begin with what is best documented
            best = timeline.evidence.index(max(timeline.evidence))
            self.cursor = self._events.index_of(best)

    @property
    def event(self) -> str | None:
        """Give the id of the event under the cursor."""
        at = self._chosen
        return self._timeline.id[at] if at >= 0 else None

    @property
    def positions(self) -> Sequence[int]:
        """Give the events that are shown, in order."""
        return self._events.positions

    @property
    def _chosen(self) -> int:
        if self._near is not None:
            return self._near.position(self.cursor)
        if self._lanes is not None:
            return self._lanes.chosen
        return self._events.position(self.cursor) if self.cursor >= 0 else -1

    @property
    def _lane(self) -> Lane | None:
        if self._lanes is None or self._near is not None or not 0 <= self.cursor < len(self._lanes):
            return None
        return self._lanes.lanes[self.cursor]

    def show_events(self, positions: Sequence[int]) -> None:
        """Show these events; the cursor stays on its event where that is still shown."""
        position, count = self._chosen, len(self._timeline)
        self._near = None
        if len(positions) == count:
            self._events = self._every
        else:
            self._events = TimelineRows(self._timeline, self._library.chronology, positions)
        self._whole = self._head = self._nearness = None
        self._density = {key: bars for key, bars in self._density.items() if key[0] == count}
        self._laid = {}
        if self._lanes is not None:
            self._lay(position)
        else:
            self.set_rows(self._events, max(0, self._events.index_of(position)))

    def show_lanes(self, grouping: str, groups: Callable[[], Lanes]) -> None:
        """Draw the events in lanes, grouped so; the event that is chosen stays chosen.

        `groups` is asked again whenever other events are shown.
        """
        position = self._chosen
        self.grouping, self._groups, self._near = grouping, groups, None
        self._lay(position)

    def show_list(self) -> None:
        """List the events again; the event that is chosen stays chosen."""
        position = self._chosen
        self.grouping, self._groups, self._lanes, self._near = "", None, None, None
        self.set_rows(self._events, max(0, self._events.index_of(position)))

    @property
    def near(self) -> bool:
        """Tell whether the events near one are listed."""
        return self._near is not None

    @property
    def near_to(self) -> str | None:
        """Give the event that those listed are near to, where such a list stands."""
        return self._timeline.id[self._near.chosen] if self._near is not None else None

    def show_near(self) -> bool:
        """List the events near the chosen one; tell whether it has a date to be near to."""
        from tui.desk.render.near import NearRows

        times, position, shown = self._library.times, self._chosen, self._events.positions
        if not 0 <= position < times.extents.dated:
            return False
        if self._nearness is None:
            every = len(shown) == len(self._timeline)
            self._nearness = times.nearness if every else times.nearness.narrowed(shown)
        undated = shown[bisect_left(shown, times.extents.dated) :]
        self._near = NearRows(self._timeline, times.extents, self._nearness, undated, position)
        self.set_rows(self._near)
        self._near_first = self.cursor
        return True

    def show_all(self) -> None:
        """Show the list or the lanes again, on the event that was chosen among those near one.

        Where the cursor was not moved that is the one they are near to.
        """
        position = self._chosen
        if self._near is not None and self.cursor == self._near_first:
            position = self._near.chosen
        self._near = None
        if self._lanes is not None:
            self._lay(position)
        else:
            self.set_rows(self._events, max(0, self._events.index_of(position)))

    def _lay(self, position: int) -> None:
        """Sort the events into lanes, with the cursor on an event where it is shown."""
        from tui.desk.render import extent, lanes

        shown, times = self._events.positions, self._library.times
        if self._whole is None:
            self._whole = times.overview_of(shown, every=len(shown) == len(self._timeline))
        rows = self._laid.get(self.grouping)
        if rows is None:
            assert self._groups is not None
            rows = self._laid[self.grouping] = self._groups()
        window = self._lanes.window if self._lanes is not None else extent.fitting(self._whole)
        self._lanes = lanes.LaneRows(self._timeline, times.extents, rows, window)
        here = rows.row_of(position)
        if rows and here < 0:
            here, position = 0, rows[0].nearest(window.low)
        self.rows, self.cursor, self._first = self._lanes, here, 0
        self._follow()
        self._choose(position if rows else -1)

    def _choose(self, position: int, *, follow: bool = True) -> None:
        """Light an event in the lane under the cursor, and draw what that changes."""
        rows, lane = self._lanes, self._lane
        if rows is None:
            return
        for changed in (rows.here, self.cursor):
            self._drawn.pop(changed, None)
        rows.chosen, rows.here = position, self.cursor
        if follow and rows.asked is not None:
            rows.asked, self._head = None, None
        if follow and lane is not None and lane.dated and position >= 0:
            self._look(self._around(lane.day(position)))
        self.repaint()

    def _around(self, day: float) -> Window:
        """Give the window, moved so that a day is in it, and not beyond all events."""
        assert self._lanes is not None
        assert self._whole is not None
        window = self._lanes.window.holding(day)
        low, high = self._whole.reach
        moved = window is not self._lanes.window
        return window.within(low, high) if moved and window.days < high - low else window

    def _look(self, window: Window) -> None:
        """Draw another stretch of time, the next time anything is drawn."""
        if self._lanes is not None and window != self._lanes.window:
            self._lanes.window = window
            self._drawn.clear()

    def turn(self, by: int) -> bool:
        """Go to the lane's next or previous event; tell whether there is one."""
        lane = self._lane
        if lane is None:
            return False
        before, after = self._chosen, lane.step(self._chosen, by)
        self._choose(after)
        return after != before

    def zoom(self, times: float) -> None:
        """Draw so many times as much time in the same room, around the chosen event."""
        lane = self._lane
        if self._lanes is None or lane is None:
            return
        window = self._lanes.window
        day = lane.day(self._chosen) if lane.dated else (window.low + window.high) / 2
        wanted = window.zoomed(times, day)
        if times > 1 and self._whole is not None:  # what lies beyond all events is empty
            low, high = self._whole.reach
            wanted = wanted.within(min(low, window.low), max(high, window.high))
        self._look(wanted)
        self.repaint()

    def go(self, index: int, direction: int = 1) -> bool:
        """Put the cursor on a row; in another lane, on the event nearest in time."""
        if self._lanes is None or self._near is not None:
            return super().go(index, direction)
        chosen, lane = self._chosen, self._lane
        if not self._put(index, direction):
            return False
        there = self._lane
        if lane is not None and there is not None:
            window = self._lanes.window
            day = lane.day(chosen) if lane.dated else (window.low + window.high) / 2
            self._choose(chosen if there.holds(chosen) else there.nearest(day))
        return True

    def go_to_event(self, event: str) -> bool:
        """Put the cursor on an event; tell whether it is shown."""
        at = self._timeline.position(event)
        if self._near is not None:
            if (row := self._near.index_of(at)) >= 0:
                self.go(row)
                return True
            self.show_all()
        if self._lanes is not None:
            if (lane := self._lane) is not None and not lane.holds(at):
                row = self._laid[self.grouping].row_of(at)
                if row < 0:
                    return False
                self.go(row)
            self._choose(at)
            return True
        row = self._events.index_of(at) if at >= 0 else -1
        if row >= 0:
            self.go(row)
        return row >= 0

    def go_to_day(self, ordinal: int) -> None:
        """Put the cursor on the first event from a day on; in lanes, on the nearest to it."""
        if self._near is not None:
            self.show_all()
        if self._lanes is not None:
            self._look(self._lanes.window.holding(ordinal))
            self._lanes.asked, self._head = ordinal, None
            if (lane := self._lane) is not None and lane.dated:
                self._choose(lane.nearest(ordinal), follow=False)
            self.repaint()
            return
        row = self._events.first_at_or_after(ordinal)
        if row >= 0:
            self.go(row)

    def title_line(self) -> Line:
        """Name the pane and count its events."""
        count, whole = len(self._events.positions), len(self._timeline)
        shown = f"{count:,}" if count == whole else f"{count:,} of {whole:,}"
        if self._near is not None:
            return line(("1 ", "dim"), ("Timeline", "title"), ("  near one event", "dim"))
        how = f"lanes by {self.grouping}" if self._lanes is not None else "by date"
        return line(("1 ", "dim"), ("Timeline", "title"), (f"  {shown} · {how}", "dim"))

    def head(self, width: int) -> Sequence[Line]:
        """Draw the density bars; of lanes, to the scale of their axis."""
        if self._near is not None:
            from tui.desk.render.near import head as near_head

            return near_head(self._timeline, self._near.chosen, width)
        if self._lanes is not None and self._whole is not None:
            window = self._lanes.window
            if self._head is None or self._head[:2] != (window, width):
                from tui.desk.render.captions import head

                undated = self._events.positions[-1:] or [-1]
                lines = head(
                    self._lanes, self._whole, width,
                    undated=undated[0] >= self._library.times.extents.dated,
                    brief=self.inner_height < FOOT_FROM,
                )  # fmt: skip
                self._head = (window, width, lines)
            return self._head[2] if len(self._lanes) else ()
        key = (len(self._events.positions), width)
        if key not in self._density:
            shown = self._events.positions
            self._density[key] = density(self._library.chronology, shown, width)
        return self._density[key]

    def content_rows(self, width: int, height: int) -> list[Row]:
        """Draw the list; under lanes, the event that is chosen among them."""
        foot = self._foot(width, height)
        rows = super().content_rows(width, height - len(foot))
        if len(foot) > FOOT:
            from tui.desk.render.captions import elsewhere

            shown = len(rows) - self._shown_head
            foot = (elsewhere(self._first, shown, len(self.rows)), *foot[1:])
        rows += [(EMPTY, False)] * (height - len(foot) - len(rows))
        return rows + [(line, False) for line in foot]

    def _foot(self, width: int, height: int) -> Sequence[Line]:
        if self._lanes is None or self._near is not None or height < FOOT_FROM:
            return ()
        from tui.desk.render.captions import foot, legend

        lines = foot(self._timeline, self._lanes, self._lane, width)
        return (EMPTY, *lines, legend(width)) if height >= LEGEND_FROM else lines

    @property
    def page(self) -> int:
        """Give the number of rows that scroll."""
        height = self.inner_height
        if self._lanes is None or self._near is not None or height < FOOT_FROM:
            return super().page
        return max(1, super().page - (4 if height >= LEGEND_FROM else 2))

    def pointed(self, index: int, x: int) -> bool:
        """Choose the event whose mark was clicked in a lane."""
        if self._lanes is None or self._near is not None:
            return False
        at = self._lanes.event_at(index, x, self.inner_width)
        if at < 0 or (index == self.cursor and at == self._lanes.chosen):
            return at < 0 and index == self.cursor
        self._put(index, 1)
        self._choose(at, follow=False)
        self.post_message(self.Moved(self, index))
        return True

    def empty(self, width: int) -> Sequence[Line]:
        """Say why there is nothing."""
        del width
        if self._near is not None:
            whose = "this archive" if len(self._events) == len(self._every) else "the lens"
            return (line((f"{whose} holds no other event", "dim")),)
        if len(self._timeline):
            return (
                line(("no event has to do with all of the lens", "dim")),
                line(("F ", "key"), ("clears it", "dim")),
            )
        return (line(("this archive records no events yet", "dim")),)
