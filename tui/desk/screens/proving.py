"""From a value to its sentence, and from a disagreement to its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.desk.render.card import CardDocument
from tui.desk.render.compare import CompareDocument
from tui.desk.render.source import SourceDocument
from tui.desk.screens.reading import Lit, Trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.desk.render.card import Stop
    from tui.desk.screens.desk import DeskScreen
    from tui.desk.screens.reading import Walked
    from tui.exchange.links import Place
    from tui.records.evidence import Fact
    from tui.records.source import Disagreement, Note


Shown = Literal["open", "prove", "compare"]


class Proving:
    """Opens, proves and compares what is chosen on the desk."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen

    def show(self, do: Shown) -> None:
        """Show the card of what is chosen, its sentence, or what the sources say differently."""
        {"open": self.open, "prove": self.prove, "compare": self.compare}[do]()

    def _stop(self) -> Stop | None:
        """Give the card's line under the cursor, where a card has the keys."""
        screen = self._screen
        document = screen.reading.document
        if screen.pane == "reader" and isinstance(document, CardDocument):
            return document.stop(screen.reader.cursor)
        return None

    def led_to(self) -> str | None:
        """Give the record that the card's line under the cursor leads to."""
        stop = self._stop()
        if stop and stop.opens and self._screen.library.kind_of(stop.opens) not in (None, "source"):
            return stop.opens
        return None

    def open(self) -> None:
        """Open the card of what is chosen, or follow a card's line."""
        screen = self._screen
        if screen.pane != "reader":
            if (chosen := screen.chosen) is not None:
                screen.open_card(chosen)
            return
        stop = self._stop()
        if stop and stop.field == "mention":
            spans = (
                (m.start, m.end)
                for m in screen.library.mentions_of(stop.record)
                if m.source == stop.opens
            )
            screen.open_trail(Trail("match", tuple(Lit(stop.opens, (s,)) for s in spans)))
        elif stop and stop.opens:
            screen.open_card(stop.opens)
        elif not isinstance(screen.reading.document, SourceDocument):
            self.prove()

    def prove(self) -> None:
        """Light the sentence that states what is chosen, or say what it stands on instead."""
        screen = self._screen
        document = screen.reading.document
        if screen.pane != "reader":
            if (chosen := screen.chosen) is not None:
                record = screen.library.record(chosen)
                outside = next((f for f in record.facts if f.basis == "outside"), None)
                words = "no source of this archive states this"
                if outside is not None:
                    words += f": {_grounds(outside)}"
                self._light(Trail.of(record.evidence, chosen), words)
        elif isinstance(document, CompareDocument):
            item = document.disagreement(screen.reader.cursor)
            about = item.about or "" if item else ""
            trail = Trail.of(document.evidence(screen.reader.cursor), about)
            self._light(trail, "no sentence to light")
        elif (stop := self._stop()) is not None:
            if stop.field == "mention":
                self.open()
                return
            count = len(screen.library.sources)
            words = f"not stated in {count} source{'s' * (count != 1)}"
            if (fact := stop.fact) is not None:
                words = _grounds(fact)
            about = stop.record
            if stop.opens and screen.library.kind_of(stop.opens) not in (None, "source"):
                # a row about another record, such as an event on a person's card
                theirs = fact is None or fact in screen.library.record(stop.opens).facts
                about = stop.opens if theirs else about
            self._light(Trail.of(stop.evidence, about, fact), words)
        elif not screen.reading.walk(1):
            screen.say("choose a value in a card or a row in a list to prove it")

    def follow(self, place: Place | Trail) -> None:
        """Light the passage that a link leads to, or show the source that it names."""
        if isinstance(place, Trail):
            self._screen.open_trail(place)
        elif place.whole:
            self._screen.open_source(place.source)
        else:
            span = (place.start, place.end)
            self._screen.open_trail(Trail("link", (Lit(place.source, (span,)),)))

    def _light(self, trail: Trail, otherwise: str) -> None:
        if trail.places:
            self._screen.open_trail(trail)
        else:
            self._screen.say(otherwise)

    def walk(self, kind: Walked, by: int) -> None:
        """Go along the evidence of what is chosen, the matches of a search or the remarks."""
        screen = self._screen
        if screen.reading.trail.kind == kind and screen.reading.lit and screen.reading.walk(by):
            return
        if kind == "match":
            self._begin(screen.asking.matches, 0, "no matches to walk through: / finds")
        elif kind == "remark":
            self._begin(*self._remarks(by), "no editor’s remarks here")
        elif screen.reading.trail.kind != "evidence" or not screen.reading.walk(by):
            screen.say("no evidence to walk through here")

    def _begin(self, trail: Trail, step: int, otherwise: str) -> None:
        if trail.places:
            self._screen.open_trail(trail, step)
        else:
            self._screen.say(otherwise)

    def _remarks(self, by: int) -> tuple[Trail, int]:
        """Give the remarks on what the reader shows, and the one next to where it stands."""
        screen = self._screen
        document = screen.reading.document
        if isinstance(document, SourceDocument):
            notes: Sequence[Note] = document.notes
            here = screen.reader.place_in_text()
            lit = screen.reading.lit
            if lit is not None:
                here = lit.spans[0][0]
            step = len({_span(n) for n in notes if n.evidence.start < here}) - (by < 0)
        elif isinstance(document, CardDocument):
            notes = screen.library.notes_about(document.record.id)
            step = 0
        else:
            return Trail("remark"), 0
        places = dict.fromkeys(_span(n) for n in notes if n.evidence.proves)
        trail = Trail("remark", tuple(Lit(source, (span,)) for source, span in places))
        return trail, step % max(1, len(places))

    def compare(self) -> None:
        """Set side by side what the sources say differently about what is chosen."""
        screen = self._screen
        found, subject = self._disagreements()
        if isinstance(screen.reading.document, CompareDocument) and screen.pane == "reader":
            return
        if not found:
            screen.say(f"nothing that the sources say differently: {subject}")
            return
        screen.leave()
        screen.reading.show_comparison(found, subject)
        screen.reading.wide = True
        screen.go_to_pane("reader")

    def _disagreements(self) -> tuple[list[Disagreement], str]:
        screen = self._screen
        library = screen.library
        document = screen.reading.document
        if screen.pane == "reader" and isinstance(document, SourceDocument):
            return self._in_source(document), document.source.name
        if (chosen := screen.chosen) is None:
            return [], "nothing chosen"
        found = list(library.disagreements_about(chosen))
        if (stop := self._stop()) is not None:
            found = [d for d in found if d.field == stop.field] or found
        return found, library.record(chosen).name

    def _in_source(self, document: SourceDocument) -> list[Disagreement]:
        """Give the disagreements in what is lit, or else in the whole source."""
        source = document.source.id
        lit = self._screen.reading.lit
        first, last = (lit.spans[0][0], lit.spans[-1][1]) if lit else (0, 0)
        here: list[Disagreement] = []
        close: list[Disagreement] = []
        for disagreement in self._screen.library.disagreements:
            places = [
                e for fact in disagreement.values for e in fact.evidence if e.source == source
            ]
            if places:
                here.append(disagreement)
            if any(e.start < last and e.end > first for e in places):
                close.append(disagreement)
        return close or here


def _span(note: Note) -> tuple[str, tuple[int, int]]:
    return note.evidence.source, (note.evidence.start, note.evidence.end)


def _grounds(fact: Fact) -> str:
    """Say what a value stands on that no sentence here states."""
    return " · ".join(part for part in (fact.basis, fact.why, fact.url) if part)
