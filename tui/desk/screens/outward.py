"""What leaves the desk: the clipboard, the editor, a browser."""

from __future__ import annotations

import os
import shlex
import subprocess
from datetime import date
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.desk.render.card import CardDocument
from tui.desk.render.cite import citation
from tui.desk.render.source import SourceDocument
from tui.plain import is_http_url

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk.screens.desk import DeskScreen


class Outward:
    """Carries things out of the desk; never through a shell."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen

    def _quote(self) -> tuple[str, int, int] | None:
        """Give the passage that is meant: what is lit, else what the chosen value stands on."""
        screen = self._screen
        document = screen.reading.document
        if screen.pane == "reader" and isinstance(document, CardDocument):
            stop = document.stop(screen.reader.cursor)
            for evidence in stop.evidence if stop else ():
                if evidence.proves:
                    return evidence.source, evidence.start, evidence.end
            return None
        lit = screen.reading.lit
        if lit:
            return lit.source, lit.spans[0][0], lit.spans[-1][1]
        if screen.chosen:
            for evidence in screen.library.record(screen.chosen).evidence:
                if evidence.proves:
                    return evidence.source, evidence.start, evidence.end
        return None

    def copy(self) -> None:
        """Send the quote with its citation to the terminal's clipboard, and keep it in a file."""
        screen = self._screen
        place = self._quote()
        if place is None:
            screen.say("nothing quoted here: light a sentence or choose a value with evidence")
            return
        words = citation(screen.library, *place, date.today())
        screen.app.copy_to_clipboard(words)
        kept = self._keep(words)
        where = f" · kept in {kept}" if kept else ""
        screen.say(f"Sent to the clipboard{where}")

    def _keep(self, words: str) -> Path | None:
        from tui.archive.writing import write_whole
        from tui.paths import state_folder

        path = state_folder() / "last-copy.txt"
        try:
            write_whole(path, (words + "\n").encode())
        except OSError:
            return None
        return path

    def edit(self) -> None:
        """Open the file of the chosen record or source in the editor and reload on return."""
        screen = self._screen
        path = self._file()
        if path is None:
            screen.say("nothing here has a file of its own")
            return
        name = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
        try:
            command = shlex.split(name)
        except ValueError as error:
            screen.say(f"$EDITOR is not a command: {error}", warn=True)
            return
        if not command:
            screen.say(f"set EDITOR to open {path}", warn=True)
            return
        try:
            with screen.app.suspend():
                failed = _run([*command, str(path)])
        except SuspendNotSupported:
            screen.say("no editor can be opened from here", warn=True)
            return
        if failed:
            screen.say(f"{command[0]}: {failed}", warn=True)
        screen.app.call_later(screen.app.run_action, "app.reload")

    def _file(self) -> Path | None:
        screen = self._screen
        document = screen.reading.document
        if screen.pane == "reader" and isinstance(document, SourceDocument):
            return screen.library.root / document.source.file
        if screen.chosen is None:
            return None
        return screen.library.root / screen.library.record(screen.chosen).file

    def open_address(self) -> None:
        """Open the source's address in a browser; http and https only."""
        screen = self._screen
        document = screen.reading.document
        url = ""
        if isinstance(document, SourceDocument):
            fact = document.source.first("url")
            url = fact.shown if fact else ""
        elif isinstance(document, CardDocument):
            stop = document.stop(screen.reader.cursor)
            url = stop.fact.url if stop and stop.fact else ""
        if not url:
            screen.say("no address is stated for this")
        elif not is_http_url(url):
            screen.say("not opened: only http and https addresses are", warn=True)
        else:
            screen.app.open_url(url)
            screen.say(f"opening {url}")


def _run(command: list[str]) -> str:
    """Run an editor; give what went wrong, in words.

    Nothing may be raised here: Textual takes the terminal back only after a block that ends well.
    """
    try:
        done = subprocess.run(command, check=False)
    except (OSError, ValueError) as error:
        return str(getattr(error, "strerror", None) or error)
    return f"ended with {done.returncode}" if done.returncode else ""
