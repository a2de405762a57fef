"""Links that are typed or pasted on the desk, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.links import LinkError, Place, follow
from tui.search import Answer, PassageHit

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.desk.screens.desk import DeskScreen


def answer_to(library: Library, link: str) -> Answer:
    """Answer a link in the finder: with its passage, or with why it leads nowhere."""
    try:
        source, start, end, whole = follow(library, link)
    except LinkError as error:
        notices = tuple(part for part in (error.message, error.remedy) if part)
        return Answer(link, 0.0, (), (), 0, notices)
    if whole:
        end = library.passages(source)[0].end if library.passages(source) else end
    hit = PassageHit(source, start, end, () if whole else ((start, end),), "link", 1.0)
    return Answer(link, 0.0, (), (hit,), 1)


class Following:
    """Goes where a link leads when it is called; `words` say where that is, or why nowhere."""

    def __init__(self, desk: DeskScreen, link: str) -> None:
        self._desk = desk
        self._place: Place | None = None
        try:
            self._place = follow(desk.library, link)
        except LinkError as error:
            self.words = "; ".join(part for part in (error.message, error.remedy) if part)
        else:
            source, start, end, _ = self._place
            words = " ".join(desk.library.text(source)[start : min(end, start + 200)].split())
            self.words = f"Go to {source} · “{words}”"

    def __call__(self) -> None:
        """Go there, or say why not."""
        if self._place is None:
            self._desk.say(self.words, warn=True)
        else:
            self._desk.follow(self._place)
