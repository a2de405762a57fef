"""A terminal to test in: a real pty with a program in it, its raw bytes, and what they draw."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0
UNSET = ("NO_COLOR", "READOUT_ARCHIVE", "COLUMNS", "LINES")  # the pty says how large it is
KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "escape": "\x1b[27u",  # as terminals send it that tell it from the beginning of a sequence
    "tab": "\t",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
}
# A program takes its pty as controlling terminal before it becomes the program under test.
_LAUNCH = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


class Terminal:
    """A program in a pty of its own.

    `raw` is every byte it wrote; `screen` what a terminal makes of them.
    """

    def __init__(
        self, command: Sequence[str], env: dict[str, str], size: tuple[int, int] = (120, 36)
    ) -> None:
        columns, rows = size
        self.raw = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        self.resize(columns, rows)
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.program = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            start_new_session=True,
        )

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, as a person drags the window."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)
        self.screen.resize(rows, columns)

    def read(self, seconds: float) -> bytes:
        """Read what comes within a time, at once where something is there."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the program has gone, and its end of the pty with it
            return b""
        self.raw += data
        self._stream.feed(data)
        return data

    @property
    def text(self) -> str:
        """Give the screen as lines of text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, pattern: str, patience: float = PATIENCE) -> str:
        """Read until a pattern is on the screen; give the screen."""
        end = time.monotonic() + patience
        while not re.search(pattern, self.text):
            if time.monotonic() > end or (self.program.poll() is not None and not self.read(0)):
                raise AssertionError(f"{pattern!r} never came:\n{self.text}")
            self.read(0.05)
        return self.text

    def quiet(self, gap: float = 0.4, patience: float = PATIENCE) -> str:
        """Read until nothing has come for a while; give the screen."""
        end = time.monotonic() + patience
        last = time.monotonic()
        while time.monotonic() - last < gap:
            if self.read(min(0.05, gap / 4)):
                last = time.monotonic()
            assert time.monotonic() < end, "it never rests"
        return self.text

    def press(self, *keys: str, gap: float = 0.15) -> str:
        """Press keys one by one, waiting for each to be drawn; give the screen."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            # Escape and a key right behind it would be one: alt and that key.
            self.quiet(max(gap, 0.4) if key == "esc" else gap)
        return self.text

    def turn(self, key: str) -> str:
        """Press a key that must change the screen; give the screen it leads to."""
        before = self.text
        os.write(self._master, KEYS.get(key, key).encode())
        end = time.monotonic() + PATIENCE
        while self.text == before:
            assert time.monotonic() < end, f"{key} changes nothing:\n{before}"
            self.read(0.05)
        return self.quiet()

    def write(self, data: bytes) -> None:
        """Send bytes that no keyboard sends."""
        os.write(self._master, data)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.program.send_signal(number)

    def wait(self, patience: float = PATIENCE) -> int:
        """Wait for the program to end; give its exit code, 128 + n where a signal ended it."""
        end = time.monotonic() + patience
        while self.program.poll() is None:
            self.read(0.05)
            assert time.monotonic() < end, "it does not end"
        while self.read(0.1):
            pass
        code = self.program.returncode
        return code if code >= 0 else 128 - code

    def leave(self) -> int:
        """Press the key that leaves, again where a busy machine lost it; give the exit code."""
        for _ in range(5):
            os.write(self._master, b"q")
            end = time.monotonic() + PATIENCE / 5
            while time.monotonic() < end and self.program.poll() is None:
                self.read(0.05)
            if self.program.poll() is not None:
                break
        return self.wait()

    @property
    def modes(self) -> dict[int, bool]:
        """Give the private modes that were ever set or reset, as they stand now."""
        modes: dict[int, bool] = {}
        for numbers, end in _MODE.findall(self.raw):
            for number in numbers.split(b";"):
                if number:
                    modes[int(number)] = end == b"h"
        return modes

    def left_as_found(self) -> bool:
        """Tell whether the terminal is a person's again: screen, cursor, mouse, paste, echo."""
        modes = self.modes
        off = (1049, 1000, 1002, 1003, 1006, 1015, 2004)
        now = termios.tcgetattr(self._slave)
        return (
            modes.get(25, True)
            and not any(modes.get(mode, False) for mode in off)
            and now[3] == self.before[3]
        )

    def close(self) -> None:
        """End the program, whatever it does."""
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self._slave)
        os.close(self._master)


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Terminal]]:
    """Give a way to start the desk, or another program, in a terminal."""
    opened: list[Terminal] = []
    cache = tmp_path_factory.getbasetemp() / "home"
    cache.mkdir(exist_ok=True)

    def start(
        *words: str,
        command: Sequence[str] | None = None,
        size: tuple[int, int] = (120, 36),
        archive: Path | None = None,
        **more: str,
    ) -> Terminal:
        env = {k: v for k, v in os.environ.items() if k not in UNSET}
        env |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "HOME": str(cache)}
        env |= {"XDG_CACHE_HOME": str(cache / "cache"), "XDG_STATE_HOME": str(cache / "state")}
        env |= {"XDG_CONFIG_HOME": str(cache / "config"), "TEXTUAL_ANIMATIONS": "none", **more}
        if archive is not None:
            env["READOUT_ARCHIVE"] = str(archive)
        full = list(command or [sys.executable, "-m", "tui", *words])
        opened.append(Terminal(full, env, size))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
