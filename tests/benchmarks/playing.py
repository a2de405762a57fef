"""A program in a pty with us as its terminal: what it draws, when, and at what cost."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS, ROWS = 120, 36
QUIET = 0.04
"""Seconds without output after which a key counts as answered in full."""
FRAME_END = b"\x1b[?2026l"
NOT_FOR_PYTE = re.compile(rb"\x1b\[(?:[<=>][\d;]*[a-z]|\?[\d;]*\$p)")
QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Chunk:
    """Bytes that arrived together: seconds since the start, CPU seconds and memory by then."""

    at: float
    data: bytes
    cpu: float
    rss: int


@dataclass
class Reaction:
    """What one key cost: seconds to the first and the last complete frame, CPU seconds, frames."""

    first: float
    last: float
    cpu: float
    frames: int


@dataclass
class Played:
    """A program in a pty, with us as its terminal.

    Bytes are only stamped and kept while something is timed; they are drawn afterwards, so that
    the cost of drawing is no part of any figure. CPU is read from the process's own clock, which
    counts nanoseconds and the threads that have ended.
    """

    command: Sequence[str]
    environment: dict[str, str]
    chunks: list[Chunk] = field(default_factory=list)
    pid: int = 0
    descriptor: int = -1
    started: float = 0.0
    _tail: bytes = b""

    def __enter__(self) -> Played:
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if not self.pid:  # pragma: no cover - the child
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execvpe(self.command[0], list(self.command), self.environment)
            finally:
                os._exit(127)
        os.set_blocking(self.descriptor, False)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)

    def read(self, seconds: float) -> bool:
        """Take what arrives within some seconds; tell whether anything did."""
        if not select.select([self.descriptor], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError as error:
            raise SystemExit(f"{self.command[-1]} ended early:\n{self.text()}") from error
        at = time.perf_counter() - self.started
        whole = self._tail + data
        for mode in QUERY.findall(whole):
            known = b"2" if mode == b"2026" else b"0"
            os.write(self.descriptor, b"\x1b[?%b;%b$y" % (mode, known))
        partial = re.search(rb"\x1b(\[(\?\d*\$?)?)?\Z", whole)
        self._tail = partial[0] if partial else b""
        self.chunks.append(Chunk(at, data, self.cpu(), self.rss()))
        return True

    def settle(self, quiet: float = 0.3, limit: float = 30.0) -> None:
        """Read until nothing has come for some seconds, after a frame has."""
        end = time.perf_counter() + limit
        drawn = False
        while time.perf_counter() < end:
            if self.read(quiet):
                drawn = drawn or FRAME_END in self.chunks[-1].data
            elif drawn:
                return

    def rss(self) -> int:
        """Give the bytes that the process holds in memory now; 0 where it has ended."""
        with contextlib.suppress(OSError):
            return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * PAGE
        return 0

    def cpu(self) -> float:
        """Give the CPU seconds of the process so far; 0 where it has ended."""
        with contextlib.suppress(OSError):
            return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e9
        return 0.0

    def key(self, text: str) -> Reaction:
        """Send a key and wait for the answer in full; fails where nothing is drawn."""
        sent, cpu = time.perf_counter() - self.started, self.cpu()
        os.write(self.descriptor, text.encode())
        ends: list[float] = []
        limit = time.perf_counter() + 5.0
        while time.perf_counter() < limit:
            if self.read(QUIET):
                latest = self.chunks[-1]
                joined = self.chunks[-2].data[-7:] + latest.data
                if FRAME_END in joined:
                    ends.append(latest.at)
            elif ends:
                return Reaction(ends[0] - sent, ends[-1] - sent, self.cpu() - cpu, len(ends))
        raise SystemExit(f"no answer to {text!r}:\n{self.text()}")

    def send(self, text: str) -> None:
        """Send keys that are not measured, and wait until all is quiet."""
        os.write(self.descriptor, text.encode())
        self.settle(0.5, 3.0)

    def frames(self) -> list[tuple[Chunk, str]]:
        """Draw what has arrived; give the screen after each complete frame, and its last chunk."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        found: list[tuple[Chunk, str]] = []
        rest = b""
        for chunk in self.chunks:
            *whole, rest = (rest + chunk.data).split(FRAME_END)
            for data in whole:
                stream.feed(NOT_FOR_PYTE.sub(b"", data))
                found.append((chunk, "\n".join(screen.display)))
        return found

    def text(self) -> str:
        """Give the screen as text after the last complete frame."""
        frames = self.frames()
        return frames[-1][1] if frames else repr(self.chunks[-1:])

    def first_whole(self) -> Chunk:
        """Give the chunk with which the screen first looked as it did once all was quiet."""
        frames = self.frames()
        return next(chunk for chunk, text in frames if text == frames[-1][1])


def environment(home: Path) -> dict[str, str]:
    """Give the children's environment: a plain terminal, folders of their own, byte code kept."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "READOUT", "TEXTUAL", "XDG"))
        and name not in ("NO_COLOR", "TERM_PROGRAM", "COLUMNS", "LINES", "LC_ALL")
    }
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "STATE")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **own}


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value at a share of the sorted values, by nearest rank."""
    return sorted(values)[round(share * (len(values) - 1))]


def middle(values: Sequence[float]) -> float:
    """Give the median."""
    return quantile(values, 0.5)
