"""`readout` alone: the desk. This module imports nothing that the desk does not need."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.plain import complain

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.desk.screens.reading import Trail

NO_TERMINAL = """the desk needs a terminal. These commands print:
  readout find QUERY    records and passages
  readout show NAME     one record or source, with its evidence; a passage by its link
  readout list KIND     events, people, initiatives …
  readout check         what is wrong with the archive
readout --help says more."""

# Mouse, focus and paste reports off, keyboard protocol back, cursor on, the other screen left.
RESTORE = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l\x1b[?2004l"
    b"\x1b[<u\x1b[?25h\x1b[?1049l\x1b[0m"
)


def archive_root(given: str | None) -> Path:
    """Choose the archive: the one given, the environment's, or the one that ships."""
    named = given or os.environ.get("READOUT_ARCHIVE")
    if named:
        return Path(named)
    from tui.paths import data

    return data("content")


def run(given: str | None, link: str | None = None) -> int:
    """Open the desk on an archive, where a link leads; without a terminal refuse at once with 2.

    Raises:
        ArchiveError: the folder is no archive.
        RefusalError: the link leads nowhere.
    """
    if not has_terminal():
        complain(NO_TERMINAL)
        return 2
    _leave_in_order()
    import gc

    gc.disable()  # a seventh of the start; the app enables it again once the desk stands
    from tui.commands.first_frame import FirstFrame
    from tui.commands.waiting import open_library
    from tui.paths import cache_folder, settings_folder

    library = open_library(archive_root(given))
    if link is not None:
        from tui.commands.passage import followed

        place = followed(library, link)  # what leads nowhere says so before a screen is drawn
        from tui.app import run as open_desk

        return open_desk(library, at=place)
    frame = FirstFrame(library, cache_folder(), settings_folder())
    try:
        frame.paint()
        from tui.app import run as open_desk

        return open_desk(library, keep=frame.keep, modes=frame.modes)
    except BaseException:
        if frame.modes is not None:
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, RESTORE)
        raise
    finally:
        frame.give_back()


def run_at(library: Library, at: Trail) -> int:
    """Open the desk on an archive that is open, at passages of it; without a terminal refuse."""
    if not has_terminal():
        complain(NO_TERMINAL)
        return 2
    _leave_in_order()
    from tui.app import run as open_desk

    return open_desk(library, at=at)


def _leave_in_order() -> None:
    """Restore the terminal on a signal that comes before the app has taken the signals itself."""
    if os.name == "nt":
        return
    import signal
    import termios

    # The streams themselves are not asked again: Textual puts its own in their place.
    terminal, drawn_on = sys.stdin.fileno(), sys.stderr.fileno()
    screen, nowhere = os.dup(drawn_on), os.open(os.devnull, os.O_WRONLY)
    found = termios.tcgetattr(terminal)

    def leave(number: int, _: object) -> None:
        os.dup2(nowhere, drawn_on)  # first silence the thread that still draws
        os.write(screen, RESTORE)
        termios.tcsetattr(terminal, termios.TCSANOW, found)
        os._exit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


def has_terminal() -> bool:
    """Tell whether all three streams are a terminal that can be drawn on."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None or not stream.isatty():
            return False
    return os.name == "nt" or os.environ.get("TERM", "") not in ("", "dumb")
