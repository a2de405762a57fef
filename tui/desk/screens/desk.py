"""The desk: four linked panes and the finder. The only place where panes meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.message import Message

from tui.desk.keys import DESK_KEYS, HINTS
from tui.desk.lens import Lens, narrowed, short_name
from tui.desk.panes.actors import ActorsPane
from tui.desk.panes.finder import FinderPane
from tui.desk.panes.initiatives import InitiativesPane
from tui.desk.panes.reader import ReaderPane
from tui.desk.panes.timeline import TimelinePane
from tui.desk.render.bars import footer, header
from tui.desk.render.card import CardDocument
from tui.desk.screens.arranging import Arranging
from tui.desk.screens.asking import Asking
from tui.desk.screens.outward import Outward
from tui.desk.screens.proving import Proving
from tui.desk.screens.reading import Reading, Stand, Trail
from tui.desk.screens.room import NARROW, Roomy
from tui.desk.widgets.bar import Bar, InputBox
from tui.desk.widgets.document import DocumentView
from tui.desk.widgets.lines import LineList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.archive import Library
    from tui.desk.panes.promises import PromisesPane
    from tui.desk.render.palette import Palette
    from tui.desk.screens.arranging import Arranged
    from tui.desk.screens.outward import Carried
    from tui.desk.screens.proving import Shown
    from tui.desk.screens.reading import Walked
    from tui.exchange.links import Place

PaneName = Literal["timeline", "actors", "initiatives", "reader"]
PANES: tuple[PaneName, ...] = ("timeline", "actors", "initiatives", "reader")


class DeskScreen(Roomy):
    """Shows an archive: what is chosen in one pane is previewed in the reader."""

    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = [*DESK_KEYS]
    untouched: bool | None = None  # None until it is shown first

    class Furnished(Message):
        """The desk stands, and takes keys from now on."""

    def __init__(self, library: Library, palette: Palette, at: Place | Trail | None = None) -> None:
        super().__init__()
        self._at = at
        self.palette = palette
        self._furnish(library)
        self.timeline.active = True

    def _furnish(self, library: Library) -> None:
        """Make the panes over a library, and what carries out the keys."""
        palette = self.palette
        self.library = library
        self.lens = Lens()
        self.pane: PaneName = "timeline"
        self._header = Bar(palette, id="header")
        self._footer = Bar(palette, id="footer")
        self.input = InputBox(palette, id="input")
        self.timeline = TimelinePane(palette, library)
        self.actors = ActorsPane(palette, library.rows)
        self.initiatives = InitiativesPane(palette, library.rows("initiative"))
        self.reader = ReaderPane(palette)
        self.finder = FinderPane(palette)
        self.boxes: dict[PaneName, LineList | ReaderPane] = {
            "timeline": self.timeline, "actors": self.actors,
            "initiatives": self.initiatives, "reader": self.reader,
        }  # fmt: skip
        self.promises: PromisesPane | None = None  # while it stands where the events do
        self.reading = Reading(library, self.reader, lambda: (self.actors.kind, self.chosen))
        self.asking = Asking(self)
        self.arranging = Arranging(self)
        self._proving = Proving(self)
        self._outward = Outward(self)

    def compose(self) -> ComposeResult:
        """Make the boxes; `room` says where they stand."""
        yield self._header
        yield from (self.input, self.timeline, self.finder, self.reader)
        yield from (self.actors, self.initiatives, self._footer)

    def on_mount(self) -> None:
        """Fill the bars and show what the first event stands on."""
        self.preview()
        if self.chosen is None and self.library.sources:
            self.reading.show_source(next(iter(self.library.sources)))
        if self._at is not None:
            self.follow(self._at)
        self.describe()
        self.untouched = True
        self.post_message(self.Furnished())

    async def refurnish(self, library: Library) -> None:
        """Show the archive as it is now, standing where one stood."""
        from tui.desk.screens.returning import Place

        if self.asking.kind:
            self.asking.cancel()  # what it showed was only being looked at
        place = Place.of(self)
        self.arranging.events()
        self._furnish(library)
        await self.recompose()
        place.take(self)

    def set_palette(self, palette: Palette) -> None:
        """Draw everything with other colours."""
        self.palette = palette
        for box in (*self.boxes.values(), self.input, self.finder):
            box.set_palette(palette)
        self._header.set_palette(palette)
        self._footer.set_palette(palette)

    @property
    def chosen(self) -> str | None:
        """Give the id of the record that the keys are about."""
        document = self.reading.document
        if self.pane == "timeline":
            return (self.promises or self.timeline).event
        if self.pane == "actors":
            return self.actors.record
        if self.pane == "initiatives":
            return self.initiatives.record
        if isinstance(document, CardDocument):
            return document.record.id
        return None

    def describe(self) -> None:
        """Say in the header what is shown and in the footer which keys help here."""
        narrow = self.size.width < NARROW
        tabs = [(name, name == self.pane) for name in PANES] if narrow else []
        names = [short_name(self.library, record) for record in self.lens.records]
        self._header.show(*header(self.library, tabs, names))
        self._footer.show(footer(HINTS[self.arranging.situation()], self.size.width - 2))

    def go_to_pane(self, name: str) -> None:
        """Send the keys to another pane, and show it where only one is seen."""
        before = self.boxes[self.pane]
        before.active = False
        self.pane = next((pane for pane in PANES if pane == name), "reader")
        self.boxes[self.pane].active = True
        self.reading.wide = self.reading.wide and self.pane == "reader"
        self.arranging.make_room()
        self.describe()

    def take_keys(self, taken: bool) -> None:
        """Draw the pane as the one that keys go to, or as one that waits."""
        self.boxes[self.pane].active = taken

    def preview(self) -> None:
        """Show in the reader what the chosen row stands on: an event's first sentence, a card."""
        self.untouched = False
        chosen = self.chosen
        if chosen is None or self.pane == "reader":
            return
        record = self.library.record(chosen)
        trail = Trail.of(record.evidence, chosen)
        if record.kind == "event" and trail.places:
            self.reading.light(trail)
        else:
            self.reading.show_card(chosen, trail)

    def leave(self) -> None:
        """Remember this place before going on."""
        self.reading.leave(self.pane)

    def open_card(self, record_id: str) -> None:
        """Go to the card of a record."""
        self.leave()
        trail = Trail.of(self.library.record(record_id).evidence, record_id)
        self.reading.show_card(record_id, trail)
        self.reading.wide = True
        self.go_to_pane("reader")

    def open_source(self, source_id: str) -> None:
        """Go to a source from its beginning."""
        self.leave()
        self.reading.show_source(source_id)
        self.reading.wide = False
        self.go_to_pane("reader")

    def open_trail(self, trail: Trail, step: int = 0) -> None:
        """Go to a lit passage; behind a card that is opened it keeps the card's room."""
        self.leave()
        self.reading.light(trail, step)
        self.go_to_pane("reader")

    def follow(self, place: Place | Trail) -> None:
        """Go where a link leads."""
        self._proving.follow(place)

    def restore(self, stand: Stand) -> None:
        """Be again where one stood."""
        from tui.desk.screens.returning import choose_again

        self.reading.restore(stand)
        self.go_to_pane(stand.pane)
        choose_again(self, *stand.row)

    def say(self, words: str, *, warn: bool = False) -> None:
        """Show a short message in place of the one before; its text is never markup."""
        for earlier in [n for n in self.app._notifications if not n.title]:
            self.app._unnotify(earlier)
        how: Literal["warning", "information"] = "warning" if warn else "information"
        self.notify(words, severity=how, markup=False, timeout=4 + len(words) // 40)

    @on(LineList.Moved)
    def _moved(self, message: LineList.Moved) -> None:
        message.stop()
        if message.lines is self.finder:
            self.asking.preview()
        else:
            self.preview()

    @on(LineList.Touched)
    def _touched(self, message: LineList.Touched) -> None:
        message.stop()
        name = (message.lines.id or "").replace("promises", "timeline")
        if name in PANES and name != self.pane and not self.asking.kind:
            self.action_pane(name)

    @on(LineList.Opened)
    def _row_opened(self, message: LineList.Opened) -> None:
        message.stop()
        if message.lines is self.finder:
            self.asking.accept()
        else:
            self._proving.open()

    @on(Bar.Touched)
    def _tab_touched(self, message: Bar.Touched) -> None:
        message.stop()
        if (name := message.words.strip()[2:].casefold()) in PANES and not self.asking.kind:
            self.action_pane(name)

    @on(DocumentView.Touched)
    def _read(self, message: DocumentView.Touched) -> None:
        message.stop()
        if self.asking.kind:
            return
        document = self.reading.document
        self.go_to_pane("reader")
        if document is not None and message.chunk >= 0 and document.stops(message.chunk):
            if message.chunk == self.reader.cursor:
                self._proving.open()
            else:
                self.reader.put(message.chunk)

    def take_key(self, event: events.Key) -> bool:
        """Give a key to the line being typed, before it means anything else; tell if it took it."""
        return bool(self.asking.kind) and self.asking.key(event)

    def take_text(self, text: str) -> None:
        """Take pasted text into the line being typed."""
        if self.asking.kind:
            self.asking.type(text)

    def on_resize(self) -> None:
        """Say things in the room there is."""
        self.arranging.make_room()
        self.describe()

    def action_pane(self, name: str) -> None:
        """Go to a pane; the actors pane again turns to the next kind."""
        if name == "actors" and self.pane == "actors":
            self.actors.turn_tab(1)
        self.go_to_pane(name)
        self.preview()

    def action_next_pane(self, by: int) -> None:
        """Go to the next or previous pane."""
        self.action_pane(PANES[(PANES.index(self.pane) + by) % len(PANES)])

    def action_move(self, by: int) -> None:
        """Move the cursor, or scroll."""
        box = self.boxes[self.pane]
        if box.move(by):
            self.preview()

    def action_page(self, pages: float) -> None:
        """Move by pages."""
        box = self.boxes[self.pane]
        if isinstance(box, DocumentView):
            box.turn(pages)
        elif box.move(round(pages * box.page) or (1 if pages > 0 else -1)):
            self.preview()

    def action_edge(self, end: int) -> None:
        """Go to the first or the last row."""
        box = self.boxes[self.pane]
        if isinstance(box, DocumentView):
            (box.go_first if end < 0 else box.go_last)()
        elif box.go(0) if end < 0 else box.go(len(box.rows) - 1, -1):
            self.preview()

    def action_turn(self, by: int) -> None:
        """Show another kind of actor; in lanes, go to the next event in time."""
        if self.pane == "actors":
            self.actors.turn_tab(by)
            self.preview()
        elif self.pane == "timeline" and self.timeline.turn(by):
            self.preview()

    def action_lanes(self, do: Arranged) -> None:
        """Show the events in lanes, or the promises, or the list again; group the lanes; zoom."""
        self.arranging.lanes(do)

    def action_show(self, do: Shown) -> None:
        """Open the card of what is chosen, light its sentence, or compare what is said of it."""
        self._proving.show(do)

    def action_walk(self, kind: Walked, by: int) -> None:
        """Go along the evidence of what is chosen, the matches of a search or the remarks."""
        self._proving.walk(kind, by)

    def action_lens(self) -> None:
        """Narrow every pane to what is chosen."""
        chosen = self._proving.led_to() or self.chosen
        if chosen is None:
            self.say("choose an actor, an initiative or an event to look through")
            return
        self.look_through(self.lens.toggled(chosen))

    def action_clear_lens(self) -> None:
        """Show everything again."""
        self.look_through(Lens())

    def look_through(self, lens: Lens) -> None:
        """Narrow every pane to what a lens leaves."""
        self.lens = lens
        positions, near = narrowed(self.library, lens)
        self.timeline.show_events(positions)
        if self.promises is not None:
            self.promises.show_events(positions)
        self.actors.show_only(near)
        self.initiatives.show_only(near)
        self.describe()
        self.preview()

    def action_back(self) -> None:
        """Go back one place."""
        self._go(self.reading.back(self.pane), "this is where you began")

    def action_forward(self) -> None:
        """Go forward again."""
        self._go(self.reading.forward(self.pane), "nothing further on")

    def _go(self, stand: Stand | None, otherwise: str) -> None:
        if stand is None:
            self.say(otherwise)
        else:
            self.restore(stand)

    def action_escape(self) -> None:
        """Go one step back: close what is open, else the way one came, else to the timeline."""
        if (stand := self.reading.back(self.pane)) is not None:
            self.restore(stand)
        elif self.pane != "timeline":
            self.action_pane("timeline")
        else:
            self.arranging.events()

    def action_find(self) -> None:
        """Open the finder."""
        self.asking.find()

    def action_go_to_date(self) -> None:
        """Ask for a date."""
        self.asking.date()

    def action_carry(self, do: Carried) -> None:
        """Carry something out of the desk: a quote, a file to the editor, an address."""
        self._outward.carry(do)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from tui.desk.screens.help import HelpScreen

        keys = [active.binding for active in self.active_bindings.values()]
        self.app.push_screen(HelpScreen(self.palette, self.arranging.situation(), keys))
