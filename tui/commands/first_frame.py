"""The desk's first screen, drawn before Textual is imported.

Importing Textual takes four fifths of a start. What the desk will show first depends only on the
archive, the code, the size of the terminal and how it draws; so the screen is kept under a key of
all of these, and drawn at once where that key comes again. It is the very screen that Textual
then draws over it, never an older one. Keys typed in between wait in the terminal's queue.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.archive.compiled import Writer
from tui.archive.store import Store, blake2b
from tui.plain import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tui.archive import Library

Rows = list[list[tuple[str, str]]]
"""The screen row by row: texts, each with the parameters of its SGR sequence."""

_SGR = re.compile(r"[0-9;:]*")
_DRAWN = re.compile(r"\x1b\[([0-9;:]*)m([^\x1b]*)|([^\x1b]+)")
_ENVIRONMENT = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME")


class FirstFrame:
    """Draws the kept screen, and takes the one to keep."""

    def __init__(self, library: Library, cache: Path | None, settings: Path) -> None:
        self._store = Store(cache, os.fspath(library.root), "first-frame")
        self._size = _terminal_size()
        self._key = self._name(library.fingerprint, settings)
        self._modes: list[Any] | None = None

    @property
    def modes(self) -> list[Any] | None:
        """Give the terminal's modes as they were, where the screen was drawn; else None."""
        return self._modes

    def _name(self, fingerprint: str, settings: Path) -> str:
        whole = blake2b(digest_size=16)
        whole.update(f"{fingerprint} {self._size} {sys.version}\n".encode())
        for name in _ENVIRONMENT:
            whole.update(f"{name}={os.environ.get(name)}\n".encode("utf-8", "surrogateescape"))
        package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        beside = (os.path.join(os.path.dirname(package), "styles"), os.fspath(settings))
        for status in _statuses((package, *beside)):
            whole.update(status.encode("utf-8", "surrogateescape"))
        return whole.hexdigest()

    def paint(self) -> bool:
        """Draw the kept screen where it is the one to come; tell whether it was drawn."""
        if os.name == "nt":
            return False
        kept = self._store.load()
        if kept is None or kept.meta.get("key") != self._key:
            return False
        import termios
        import tty

        parts = ["\x1b[?2026h\x1b[?1049h\x1b[?25l"]
        for number, row in enumerate(kept.section("rows"), 1):
            parts.append(f"\x1b[{number};1H")
            for text, sgr in row:
                if not _SGR.fullmatch(sgr):
                    return False
                parts.append(f"\x1b[{sgr}m{clean(text)}\x1b[0m")
        parts.append("\x1b[?2026l")
        terminal = sys.stdin.fileno()
        self._modes = termios.tcgetattr(terminal)
        typing = termios.tcgetattr(terminal)
        typing[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON)  # not echoed over the screen
        typing[tty.IFLAG] &= ~termios.ICRNL  # nor is enter made a line feed
        termios.tcsetattr(terminal, termios.TCSANOW, typing)
        data = memoryview("".join(parts).encode())
        while data:
            data = data[os.write(sys.stderr.fileno(), data) :]
        return True

    def keep(self, strips: Sequence[str]) -> None:
        """Keep a screen, given as rows of text with SGR sequences, for the next start."""
        if len(strips) != self._size[1]:
            return
        rows: Rows = [
            [(found[2] or found[3] or "", found[1] or "") for found in _DRAWN.finditer(strip)]
            for strip in strips
        ]
        writer = Writer()
        writer.section("rows", [[part for part in row if part[0]] for row in rows])
        self._store.save(writer.finish({"key": self._key}))

    def give_back(self) -> None:
        """Put the terminal's modes back as they were."""
        if self._modes is not None:
            import termios

            with suppress(termios.error):  # the terminal has gone
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._modes)


def _terminal_size() -> tuple[int, int]:
    """Give columns and rows as Textual will have them: the environment's before the terminal's."""
    found = os.get_terminal_size(sys.stdout.fileno())
    size = []
    for name, measured in (("COLUMNS", found.columns), ("LINES", found.lines)):
        given = os.environ.get(name, "")
        size.append(int(given) if given.isdecimal() and int(given) else measured)
    return size[0], size[1]


def _statuses(folders: Sequence[str]) -> list[str]:
    """Name every file of some folders with its size and time, so that a change is noticed."""
    found: list[str] = []
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in ("__pycache__", "content"):
                            waiting.append(entry.path)
                    else:
                        status = entry.stat()
                        found.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}\n")
        except OSError:
            continue
    return sorted(found)
