"""The app: themes, keymap, palette, signals. No domain logic."""

from __future__ import annotations

import gc
import os
import signal
import unicodedata
from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar, TextIO, cast

from rich.console import Console
from rich.segment import Segment
from textual import on
from textual.app import App, SystemCommand
from textual.events import Key, Paste
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor

from tui.archive import ArchiveError, open_archive
from tui.desk.keys import DESK_KEYS
from tui.desk.render.palette import THEMES, Palette
from tui.desk.screens.desk import DeskScreen
from tui.desk.widgets.painting import turn
from tui.paths import data, settings_folder
from tui.plain import CleanStream, is_http_url
from tui.settings import read_settings

ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
JOINERS = "\u200c\u200d"

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import PurePath

    from textual.color import Color
    from textual.command import Provider
    from textual.driver import Driver
    from textual.events import Event
    from textual.screen import Screen

    from tui.archive import Library
    from tui.desk.screens.reading import Trail
    from tui.exchange.links import Place


def _draws(character: str) -> bool:
    return unicodedata.category(character) not in ACTING or character in JOINERS


def _collect_from_now_on() -> None:
    """Let Python collect garbage, but not look again at all that was made until now."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class NoControls(LineFilter):
    """Take out of every drawn segment what could act on the terminal.

    The second guard behind `render.text.safe`: it also covers what Textual itself draws, such
    as the palette and toasts. Everything removed has a width of no cells, so nothing moves.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Filter one line."""
        del background
        harmless = "".join([text for text, _, _ in segments]).isprintable()
        # lists, because generators would cost twice as much, for every row of every key
        if harmless and not any([style and style.link for _, style, _ in segments]):  # noqa: C419
            return segments
        out: list[Segment] = []
        for segment in segments:
            text, style, control = segment
            if not text.isprintable():
                text = "".join(filter(_draws, text))
            if style is not None and style.link and not is_http_url(style.link):
                style = style.update_link(None)
            out.append(Segment(text, style, control))
        return out


def _sources() -> type[Provider]:
    """Bring the palette's list of sources along only when the palette is opened."""
    from tui.desk.screens.sources import Sources

    return Sources


class ReadoutApp(App[None]):
    """Opens the desk on an archive."""

    TITLE = "Readout"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = [
        str(data("styles") / name) for name in ("base.tcss", "help.tcss")
    ]
    COMMANDS = App.COMMANDS | {_sources}
    NOTIFICATION_TIMEOUT = 4

    def __init__(
        self,
        library: Library,
        *,
        at: Place | Trail | None = None,
        keep: Callable[[Sequence[str]], None] | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class)
        self.no_color = bool(os.environ.get("NO_COLOR"))  # empty is unset, as no-color.org has it
        self._at = at
        self._keep = keep
        self._typed: deque[Key | Paste] = deque()
        # What is printed after the screen is gone passes no line filter: a crash, a last message.
        self.error_console = Console(
            file=cast("TextIO", CleanStream()), markup=False, highlight=False, soft_wrap=True
        )
        self._library = library
        self._guard = NoControls()
        for theme in THEMES:
            self.register_theme(theme)
        settings = read_settings(settings_folder(), DESK_KEYS, self.available_themes)
        self._problems = settings.problems
        if self.no_color:
            self.theme = "ansi-dark"  # only an ansi theme sends no colour at all
        else:
            # Sixteen colours are too few for ours: amber turns red, a chosen row hides its count.
            few = self.console.color_system == "standard"
            self.theme = settings.theme or ("ansi-dark" if few else "readout-dark")
        if settings.keys:
            self.set_keymap(dict(settings.keys))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Put the guard behind Textual's own filters.

        The one that turns the terminal's colours into fixed ones is left out: themes name no such
        colour but to mean it, and looking for them costs a fifth of a key.
        """
        filters = super().get_line_filters()
        kept = [f for f in filters if not isinstance(f, (ANSIToTruecolor, Monochrome, NoColor))]
        # Textual's grey filter makes the terminal's own colours black on black.
        return [*kept, *([NoColor()] if self.no_color else []), self._guard]

    def get_default_screen(self) -> Screen[None]:
        """Start on the desk itself, with no empty screen below it."""
        return DeskScreen(self._library, self._palette(), self._at)

    def _palette(self) -> Palette:
        return Palette(self.theme_variables)

    def on_mount(self) -> None:
        """Take the signals and watch for a change of theme."""
        self.set_timer(0.5, self._settled)
        self.theme_changed_signal.subscribe(self, lambda _: self._recolour())
        for words in self._problems:
            self.notify(words, title="settings", severity="warning", markup=False, timeout=8)
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
            if number is not None:
                self._on_signal(number)

    async def on_event(self, event: Event) -> None:
        """Carry out what is typed one after the other; the desk takes it without another queue.

        Textual passes a key on to the screen's queue, from where it comes back to this one to be an
        action: what was typed behind `/` would reach the screen before `/` has opened the finder.
        """
        if isinstance(event, (Key, Paste)) and not event.is_forwarded:
            self._typed.append(event)
            await self._take_typed()
        else:
            await super().on_event(event)

    @on(DeskScreen.Furnished)
    async def _take_typed(self) -> None:
        """Carry out what was typed; what comes before the desk stands waits for it."""
        while self._typed and not self._exit:  # what is typed behind the key that leaves is lost
            screen = self.screen
            if isinstance(screen, DeskScreen) and screen.untouched is None:
                return
            event = self._typed.popleft()
            if not isinstance(screen, DeskScreen):
                await super().on_event(event)
                continue
            with turn() as taken:
                if isinstance(event, Paste):
                    screen.take_text(event.text)
                elif not await self._check_bindings(event.key, priority=True):
                    _ = screen.take_key(event) or await self._check_bindings(event.key)
            # What waits is drawn with what it is waited for: a burst of keys, a letter's results.
            more = self._typed or self.message_queue_size or screen.asking.waits
            taken.end(screen, at_once=not more)

    def _settled(self) -> None:
        """Collect garbage from now on, and keep the first screen for the next start."""
        screen = self.screen_stack[-1] if self.screen_stack else None  # none once it is leaving
        if isinstance(screen, DeskScreen) and screen.untouched is None:
            self.set_timer(0.5, self._settled)  # a busy machine has not shown it yet
            return
        _collect_from_now_on()
        if self._keep is None or not isinstance(screen, DeskScreen) or not screen.untouched:
            return
        if not self._problems and not self._notifications:
            strips = screen._compositor.render_strips()
            self._keep([strip.render(self.console) for strip in strips])

    def _on_signal(self, number: signal.Signals) -> None:
        """Leave in good order on a signal: the terminal restored, 128 + n."""
        import asyncio

        try:
            asyncio.get_running_loop().add_signal_handler(
                number, lambda: self.exit(return_code=128 + number)
            )
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: self.exit(return_code=128 + number))

    def _fatal_error(self) -> None:
        """Say in one line where the traceback is; Textual would print all that the program held."""
        from tui.crash import line

        assert self._exception is not None
        self._exit_renderables.append(f"readout: {line(self._exception)}")
        self._close_messages_no_wait()

    def _recolour(self) -> None:
        palette = self._palette()
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.set_palette(palette)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every command of the desk beside Textual's own."""
        if isinstance(screen, DeskScreen):
            for key in screen.BINDINGS:
                from textual.binding import Binding

                if isinstance(key, Binding) and "." not in key.action and key.tooltip:
                    action = key.action
                    yield SystemCommand(
                        key.description.capitalize(),
                        key.tooltip,
                        lambda action=action: self.call_later(screen.run_action, action),
                    )
        yield from super().get_system_commands(screen)

    def action_command_palette(self) -> None:
        """Open the commands."""
        from tui.desk.screens.sources import Commands

        if not isinstance(self.screen, Commands):
            self.push_screen(Commands(id="--command-palette"))

    async def action_reload(self) -> None:
        """Read the archive again and stand where one stood."""
        try:
            library = open_archive(self._library.root)
        except ArchiveError as error:
            words = f"not read again: {error}"
            self.notify(words, severity="warning", markup=False, timeout=8)
            return
        before, self._library = self._library, library
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.refurnish(library)
        if library.skipped > before.skipped:
            fault = next(fault for fault in library.faults if not fault.warning)
            words = f"{fault.file}:{fault.line}: {fault.message}"
            self.notify(words, title="left out", severity="warning", markup=False, timeout=8)


def run(
    library: Library,
    *,
    at: Place | Trail | None = None,
    keep: Callable[[Sequence[str]], None] | None = None,
    modes: list[Any] | None = None,
) -> int:
    """Open the desk; give the exit code.

    Args:
        library: the archive to show.
        at: where to open it; None to begin at the first event.
        keep: takes the first screen, row by row, once it stands and nothing was pressed yet.
        modes: the terminal's modes, where the first screen was drawn on it before.
    """
    driver = None
    if modes is not None:
        from tui.driver import taking_over

        driver = taking_over(modes)
    app = ReadoutApp(library, at=at, keep=keep, driver_class=driver)
    app.run()
    return app.return_code or 0
