"""What a key changes is on the terminal before the key's turn ends.

Textual gathers what is to be drawn until the program is idle and then until its frame timer
fires; on the way there each box is asked, cut where others might lie over it and put together
again, which costs more than the key itself. Boxes that stand side by side need none of it.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from sys import platform
from typing import TYPE_CHECKING, Any

from textual._ansi_sequences import SYNC_END, SYNC_START

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

    from tui.desk.widgets.frame import Drawn

TURN: ContextVar[Turn | None] = ContextVar("TURN", default=None)
"""The turn that is being taken; each task has its own, so that others draw as ever meanwhile."""


class Turn:
    """Gathers the rows that change while a key is carried out."""

    def __init__(self) -> None:
        self._rows: dict[Drawn, set[int] | None] = {}
        self.moves = False
        """Boxes stand elsewhere, or others are seen."""

    def touch(self, box: Drawn, rows: Iterable[int] | None) -> None:
        """Note that some rows of a box are to be drawn anew, or all of them."""
        before = self._rows.get(box, ())
        self._rows[box] = None if rows is None or before is None else {*before, *rows}

    def end(self, screen: Screen[None], *, at_once: bool) -> None:
        """Write the rows to the terminal, or have Textual draw them with all else that changed.

        `at_once` is False where more is to come that belongs in the same frame.
        """
        if at_once and _only_rows(screen):
            if self.moves:
                self._move(screen)
            elif text := self._text(screen):
                _write(screen.app, text)
        else:
            if self.moves:
                screen.refresh(layout=True)
            for box, rows in self._rows.items():
                box.refresh_rows(rows)

    def _move(self, screen: Screen[None]) -> None:
        """Draw what has changed and what stands elsewhere as one frame."""
        compositor = screen._compositor
        for box in self._rows:
            if box in compositor.visible_widgets:
                compositor._dirty_regions.add(compositor.visible_widgets[box][0])
        screen._refresh_layout()

    def _text(self, screen: Screen[None]) -> str:
        """Give what writes each row at its place."""
        places = screen._compositor.visible_widgets
        out: list[str] = []
        for box, rows in self._rows.items():
            if box in places:
                left, top, _, height = places[box][0]
                ordered = range(height) if rows is None else sorted(rows)
                for y, strip in zip(ordered, box.strips(ordered), strict=True):
                    row = strip.render(screen.app.console)
                    out.append(f"\x1b[{top + y + 1};{left + 1}H{row}")
        return "".join(out)


def lay_out(screen: Screen[None]) -> None:
    """Have the boxes of a screen stand where its layout now says."""
    screen._arrangement_cache.clear()
    if (taken := TURN.get()) is None:
        screen.refresh(layout=True)
    else:
        taken.moves = True


@contextmanager
def turn() -> Iterator[Turn]:
    """Gather what is drawn until the end of the block, for `Turn.end` to show."""
    taken = Turn()
    token = TURN.set(taken)
    try:
        yield taken
    finally:
        TURN.reset(token)


def _write(app: App[Any], text: str) -> None:
    """Write a frame in one piece: three would wake the writing thread three times."""
    assert app._driver is not None
    x, y = app.cursor_position
    begin, end = (SYNC_START, SYNC_END) if app._sync_available else ("", "")
    app._driver.write(f"{begin}{text}\x1b[{y + 1};{x + 1}H{end}")
    app._driver.flush()


def _only_rows(screen: Screen[None]) -> bool:
    """Tell whether nothing else is to be drawn, and nothing lies over the boxes."""
    from tui.desk.widgets.frame import Drawn

    app, compositor = screen.app, screen._compositor
    return (
        app._running
        and not app._closed
        and not app.is_headless
        and platform
        != "win32"  # where a driver takes no more than some thousand characters at a time
        and screen.is_current
        and not app._batch_count
        and not screen._dirty_widgets
        and not compositor._dirty_regions
        and not any(_waits(widget) for widget in (screen, *screen._nodes))
        and all(isinstance(w, Drawn) or w is screen for w in compositor.visible_widgets)
    )


def _waits(widget: Widget) -> bool:
    return (
        widget._layout_required
        or widget._repaint_required
        or widget._scroll_required
        or widget._recompose_required
    )
