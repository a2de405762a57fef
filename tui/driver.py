"""Textual's driver, for a terminal on which the first screen stands already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.driver import Driver

OTHER_SCREEN = "\x1b[?1049h"


def taking_over(modes: list[Any]) -> type[Driver]:
    """Make a driver that leaves the screen as it stands until the first frame is drawn over it.

    Entering the other screen a second time would blank it. `modes` are the terminal's as they
    were before the screen was drawn: those to go back to in the end and for an editor.
    """

    class TakingOver(LinuxDriver):
        def write(self, data: str) -> None:
            if data != OTHER_SCREEN or self._entered:
                super().write(data)
            self._entered = True

        _entered = False

        def start_application_mode(self) -> None:
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual left it bare
            self.attrs_before = modes

    return TakingOver
