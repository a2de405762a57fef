"""What leaves the desk: the clipboard, the editor, a browser."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING, Literal

from textual.app import SuspendNotSupported

from tui.desk.render.card import CardDocument
from tui.desk.render.compare import CompareDocument
from tui.desk.render.source import SourceDocument
from tui.plain import is_http_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.desk.screens.desk import DeskScreen
    from tui.exchange.citing import Claim


Carried = Literal["copy", "copy_as", "edit", "open_address"]


class Outward:
    """Carries things out of the desk; never through a shell."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen

    def carry(self, do: Carried) -> None:
        """Carry one thing out: a quote, a file to the editor, an address to the browser."""
        {
            "copy": self.copy,
            "copy_as": self.copy_as,
            "edit": self.edit,
            "open_address": self.open_address,
        }[do]()

    def _claims(self) -> list[Claim]:
        """Give what is meant: a card's value, else what is lit, else what the row stands on."""
        from tui.exchange.citing import Claim, cite, cite_all, claim

        screen = self._screen
        library = screen.library
        document = screen.reading.document
        if screen.pane == "reader" and isinstance(document, CardDocument):
            stop = document.stop(screen.reader.cursor)
            if stop is None:
                return []
            if stop.field and stop.field not in ("note", "mention"):
                return [claim(library, stop.record, stop.field, stop.fact)]
            quotes = cite_all(library, stop.evidence)[:1]
            return [Claim(quotes)] if quotes else []
        lit = screen.reading.lit
        if lit:
            return [Claim((cite(library, lit.source, lit.spans[0][0], lit.spans[-1][1]),))]
        if screen.chosen:
            quotes = cite_all(library, library.record(screen.chosen).evidence)[:1]
            return [Claim(quotes)] if quotes else []
        return []

    def _choices(self) -> dict[str, Callable[[], str]]:
        """Give the formats in which what is meant can be copied; the first is what `y` sends."""
        from tui.exchange.citing import claim
        from tui.exchange.formats import FORMATS
        from tui.exchange.tables import comparison

        screen = self._screen
        document = screen.reading.document
        choices: dict[str, Callable[[], str]] = {}
        if screen.pane == "reader" and isinstance(document, CompareDocument):
            shown = document
            claims = [
                claim(screen.library, item.about or document.subject, item.field, value)
                for item in document.disagreements
                for value in item.values
            ]
            choices["a Markdown table"] = lambda: comparison(
                screen.library, shown.disagreements, shown.subject
            )
        else:
            claims = self._claims()
        if not claims:
            screen.say("nothing quoted here: light a sentence or choose a value with evidence")
            return {}
        for name, write in FORMATS.items():
            choices[name] = lambda write=write: write(claims)  # type: ignore[misc]  # mypy 1.18
        return choices

    def copy(self) -> None:
        """Send the quote with its citation to the terminal's clipboard, and keep it in a file."""
        for name, write in self._choices().items():
            self._send(write(), name)
            return

    def copy_as(self) -> None:
        """Ask in which format to send it, showing what each would send."""
        choices = self._choices()
        if choices:
            from tui.desk.screens.copying import CopyScreen

            screen = self._screen
            screen.untouched = False
            screen.app.push_screen(CopyScreen(screen.palette, choices, self._send))

    def _send(self, words: str, name: str) -> None:
        words = words.rstrip("\n")
        self._screen.app.copy_to_clipboard(words)
        kept = self._keep(words)
        where = f" · kept in {kept}" if kept else ""
        self._screen.say(f"Sent to the clipboard as {name}{where}")

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
        elif isinstance(document, CompareDocument):
            item = document.disagreement(screen.reader.cursor)
            url = item.url if item else ""
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
