"""What the reader shows, what is lit in it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tui.desk.render.card import CardDocument
from tui.desk.render.compare import CompareDocument
from tui.desk.render.source import SourceDocument
from tui.desk.render.standing import standing, walked
from tui.desk.render.text import EMPTY, Line, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tui.archive import Library
    from tui.desk.panes.reader import ReaderPane
    from tui.desk.render.standing import Standing
    from tui.desk.widgets.document import Document
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Kind
    from tui.records.source import Disagreement

KEPT_DOCUMENTS = 16
"""Documents kept laid out; going back to one of them costs nothing."""


@dataclass(frozen=True, slots=True)
class Lit:
    """Spans lit together in a source: code points, end exclusive; the first is looked at."""

    source: str
    spans: tuple[tuple[int, int], ...]


Walked = Literal["evidence", "match", "remark"]


@dataclass(frozen=True, slots=True)
class Trail:
    """Places to walk through, and what they are: evidence, matches, remarks, or a link's.

    `about` is the record that evidence is for, `fact` the one value of it, where it is for one.
    `said` is what somebody else says of the places, such as the check of a draft.
    """

    kind: Literal[Walked, "link"] = "evidence"
    places: tuple[Lit, ...] = ()
    about: str = ""
    fact: Fact | None = None
    said: tuple[Standing, ...] = ()

    @staticmethod
    def of(evidence: Iterable[Evidence], about: str = "", fact: Fact | None = None) -> Trail:
        """Make a trail of the quotes that stand in their sources."""
        places = tuple(Lit(e.source, ((e.start, e.end),)) for e in evidence if e.proves)
        return Trail("evidence", places, about, fact)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a person stands: enough to come back to exactly there."""

    document: Document | None
    lit: tuple[tuple[int, int], ...]
    trail: Trail
    step: int
    cursor: int
    top: tuple[int, int]
    pane: str
    wide: bool
    row: tuple[Kind, str | None]
    """The kind of actor that is listed, and the record that is chosen."""


class Reading:
    """Shows documents in the reader and remembers the way."""

    def __init__(
        self, library: Library, reader: ReaderPane, row: Callable[[], tuple[Kind, str | None]]
    ) -> None:
        self._library = library
        self._row = row
        self._reader = reader
        self._documents: dict[tuple[str, str], Document] = {}
        self._past: list[Stand] = []
        self._future: list[Stand] = []
        self.trail = Trail()
        self.step = 0
        self.wide = False
        """A card or comparison was opened, and has the room of the lists at the side."""

    @property
    def document(self) -> Document | None:
        """Give what is shown."""
        return self._reader.document

    @property
    def lit(self) -> Lit | None:
        """Give what is lit at this step of the trail."""
        if self.trail.places and isinstance(self.document, SourceDocument):
            return self.trail.places[self.step]
        return None

    def light(self, trail: Trail, step: int = 0) -> None:
        """Show a place of a trail in its source."""
        self.trail, self.step = trail, step
        place = trail.places[step]
        document = self.source(place.source)
        changed = document.light(place.spans, walked=trail.kind == "remark")
        count = len(trail.places)
        words = f"{trail.kind} {step + 1}/{count}" if count > 1 else trail.kind
        label = line((f"  {words}", "dim"), (f" {place.source}", "faint"))
        self._reader.show(
            document, label, min(place.spans, default=(0, 0)), changed, self._standing()
        )

    def _standing(self) -> Sequence[Standing]:
        """Say what is proved, and what disputes it, where a proof is lit; or the remark."""
        trail = self.trail
        if not trail.places:
            return ()
        place = trail.places[self.step]
        span = (place.spans[0][0], place.spans[-1][1])
        if trail.kind == "remark":
            notes = self._library.notes_in(place.source)
            return walked([n for n in notes if (n.evidence.start, n.evidence.end) == span])
        if trail.said:
            return trail.said
        if trail.kind != "link" and self._library.kind_of(trail.about) is None:
            return ()
        return standing(self._library, trail.about, trail.fact, (place.source, *span))

    def walk(self, by: int) -> bool:
        """Go along the trail, round and round; tell whether there is one."""
        if not self.trail.places:
            return False
        self.light(self.trail, (self.step + by) % len(self.trail.places))
        return True

    def show_source(self, source_id: str, spans: Sequence[tuple[int, int]] = ()) -> None:
        """Show a source from its beginning, or from the first of some lit spans."""
        if spans:
            self.light(Trail("match", tuple(Lit(source_id, (span,)) for span in spans)))
            return
        document = self.source(source_id)
        changed = document.light(())
        self.trail = Trail()
        self._reader.show(document, line((f"  {source_id}", "faint")), None, changed)

    def show_card(self, record_id: str, trail: Trail | None = None) -> None:
        """Show the card of a record; the trail is what `]` would walk through."""
        self.trail, self.step = trail or Trail(), 0
        self._reader.show(self._card(record_id), line(("  card", "dim")))

    def show_comparison(self, disagreements: Sequence[Disagreement], subject: str) -> None:
        """Show what differs, side by side."""
        document = CompareDocument(self._library, disagreements, subject)
        self.trail, self.step = Trail(), 0
        self._reader.show(document, line(("  compare", "dim")))

    def _card(self, record_id: str) -> CardDocument:
        key = ("card", record_id)
        found = self._documents.get(key)
        if not isinstance(found, CardDocument):
            found = CardDocument(self._library, self._library.record(record_id))
            self._keep(key, found)
        return found

    def source(self, source_id: str) -> SourceDocument:
        """Give the document of a source, laid out once."""
        key = ("source", source_id)
        found = self._documents.get(key)
        if not isinstance(found, SourceDocument):
            found = SourceDocument(self._library, self._library.sources[source_id])
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str], document: Document) -> None:
        if len(self._documents) >= KEPT_DOCUMENTS:
            self._documents.pop(next(iter(self._documents)))
        self._documents[key] = document

    def stand(self, pane: str) -> Stand:
        """Give the present place, with the pane that the keys go to."""
        document = self.document
        lit = tuple(document.lit) if isinstance(document, SourceDocument) else ()
        reader = self._reader
        return Stand(
            document, lit, self.trail, self.step, reader.cursor, reader.top, pane, self.wide,
            self._row(),
        )  # fmt: skip

    def leave(self, pane: str) -> None:
        """Remember the present place before going to another."""
        self._past.append(self.stand(pane))
        self._future.clear()

    def back(self, pane: str) -> Stand | None:
        """Give the place before, and take it off the way; None where there is none."""
        return self._go(self._past, self._future, pane)

    def forward(self, pane: str) -> Stand | None:
        """Give the place one came back from; None where there is none."""
        return self._go(self._future, self._past, pane)

    def _go(self, source: list[Stand], other: list[Stand], pane: str) -> Stand | None:
        if not source:
            return None
        other.append(self.stand(pane))
        return source.pop()

    def restore(self, stand: Stand) -> None:
        """Show a place exactly as it was."""
        self.trail, self.step, self.wide = stand.trail, stand.step, stand.wide
        if stand.document is None:
            return
        changed: set[int] = set()
        if isinstance(stand.document, SourceDocument):
            changed = stand.document.light(stand.lit, walked=stand.trail.kind == "remark")
        said = self._standing() if isinstance(stand.document, SourceDocument) else ()
        self._reader.show(stand.document, self._label(stand), None, changed, said)
        self._reader.cursor, self._reader.top = stand.cursor, stand.top
        self._reader.repaint()

    def inherit(self, old: Reading, pane: str) -> Stand | None:
        """Take over the way back and forward from before the archive was read again.

        Returns:
            The place where the old reading stood, in this archive; None where it is gone.
        """
        self._past = [stand for past in old._past if (stand := self._again(past))]
        self._future = [stand for later in old._future if (stand := self._again(later))]
        return self._again(old.stand(pane))

    def _again(self, stand: Stand) -> Stand | None:
        was = stand.document
        if isinstance(was, SourceDocument):
            if was.source.id not in self._library.sources:
                return None
            document = self.source(was.source.id)
            if document.text == was.text:
                return replace(stand, document=document)
            return replace(stand, document=document, lit=(), trail=Trail(), step=0, top=(0, 0))
        if isinstance(was, CardDocument):
            if self._library.kind_of(was.record.id) != was.record.kind:
                return None
            card = self._card(was.record.id)
            cursor = card.like(was.stop(stand.cursor), stand.cursor)
            top = (max(0, stand.top[0] + cursor - stand.cursor), stand.top[1])
            return replace(stand, document=card, cursor=cursor, top=top)
        if isinstance(was, CompareDocument):
            compared = {(d.about, d.field) for d in was.disagreements}
            found = [d for d in self._library.disagreements if (d.about, d.field) in compared]
            if found:
                again = CompareDocument(self._library, found, was.subject)
                return replace(stand, document=again, cursor=min(stand.cursor, 2 * len(found)))
        return None

    def _label(self, stand: Stand) -> Line:
        if isinstance(stand.document, SourceDocument):
            count = len(stand.trail.places)
            kind = stand.trail.kind if count else ""
            words = f"{kind} {stand.step + 1}/{count} " if count > 1 else f"{kind} ".lstrip()
            return line((f"  {words}{stand.document.source.id}", "dim"))
        if isinstance(stand.document, CompareDocument):
            return line(("  compare", "dim"))
        return line(("  card", "dim")) if stand.document else EMPTY
