"""Standing where one stood, after the archive was read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.desk.lens import Lens

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.desk.screens.desk import DeskScreen, PaneName
    from tui.desk.screens.reading import Reading
    from tui.records.record import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """What is chosen in every pane, by id: positions mean nothing in an archive read again."""

    pane: PaneName
    lens: Lens
    event: str | None
    event_row: int
    near_to: str | None
    lanes_by: str
    promise: tuple[str, int] | None
    kind: Kind
    actor: str | None
    initiative: str | None
    tops: tuple[int, int, int]
    reading: Reading

    @staticmethod
    def of(screen: DeskScreen) -> Place:
        """Give the place where a person stands on the desk."""
        lists = (screen.timeline, screen.actors, screen.initiatives)
        return Place(
            screen.pane,
            screen.lens,
            screen.timeline.event,
            screen.timeline.cursor,
            screen.timeline.near_to,
            screen.timeline.grouping,
            (screen.promises.event or "", screen.promises.top) if screen.promises else None,
            screen.actors.kind,
            screen.actors.record,
            screen.initiatives.record,
            (lists[0].top, lists[1].top, lists[2].top),
            screen.reading,
        )

    def take(self, screen: DeskScreen) -> None:
        """Stand there on a desk whose library is another; what is gone is left out."""
        library = screen.library
        lens = Lens(tuple(record for record in self.lens.records if _is_record(library, record)))
        screen.look_through(lens)
        if self.lanes_by:
            screen.arranging.show_lanes(self.lanes_by)
        if self.near_to is not None and screen.timeline.go_to_event(self.near_to):
            screen.timeline.show_near()
        if self.event is None or not screen.timeline.go_to_event(self.event):
            screen.timeline.go(self.event_row)
        screen.actors.go_to(self.kind, self.actor or "")
        screen.initiatives.go_to(self.initiative or "")
        for box, top in zip(
            (screen.timeline, screen.actors, screen.initiatives), self.tops, strict=True
        ):
            box.top = top
        if self.promise is not None:
            screen.arranging.promises(*self.promise)
        stand = screen.reading.inherit(self.reading, self.pane)
        if stand is not None:
            screen.restore(stand)
            if self.pane != "reader" and screen.reading.trail.about != screen.chosen:
                screen.preview()  # its sentence is another, or what was shown is a hit left open
        else:
            screen.go_to_pane(self.pane if self.pane != "reader" else "timeline")
            screen.preview()


def choose_again(screen: DeskScreen, kind: Kind, record: str | None) -> None:
    """Choose a row of the list that has the keys again, so that row and reader agree.

    What was chosen may be hidden by now; then the reader shows what is chosen instead.
    """
    if record is None or screen.pane == "reader" or screen.chosen == record:
        return
    if screen.pane == "timeline":
        (screen.promises or screen.timeline).go_to_event(record)
    elif screen.pane == "actors":
        screen.actors.go_to(kind, record)
    else:
        screen.initiatives.go_to(record)
    if screen.chosen != record:
        screen.preview()


def _is_record(library: Library, id_: str) -> bool:
    return library.kind_of(id_) not in (None, "source")
