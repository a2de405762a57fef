"""How much memory the desk holds after each stage of a tour through all that it can show."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from playing import Played

if TYPE_CHECKING:
    from collections.abc import Sequence

MB = 1e6
TOUR: dict[str, Sequence[str]] = {
    "start": (),
    "moved": ("j" * 20, "\x04" * 8, "Gg", "\t" * 8),
    "find": ("/", "talks Soeul", "\x15", "extnded drill", "\x15", "review", "\r", "<", "\x1b"),
    "lens": ("3", "fF", "2", "fF", "2", "fF", "1", "fF"),
    "promises": ("1", "p", "j" * 5, "\x04" * 4, "Gg", "p"),
    "lanes": ("1", "v", "l" * 5, "j" * 5, "V", "+" * 4, "V", "-" * 6, "G", "V", "g", "v"),
    "cards": ("3", "\r", "\x04" * 4, "G", "\x1b", "2", "\r", "\x04" * 4, "G", "\x1b"),
    "near": ("1", "a", "j" * 4, "a"),
    "again": ("1", "GvVVVvg", "p", "G", "p", "3", "fF", "1", "/", "launch", "\x1b"),
}
"""The keys of each stage; those in one string are pressed one after the other."""
LAST = list(TOUR)[-1]


def tour(command: Sequence[str], environment: dict[str, str]) -> dict[str, dict[str, float]]:
    """Give, for each stage, the megabytes held: all, private, of files, and the most so far."""
    found: dict[str, dict[str, float]] = {}
    with Played(command, environment) as desk:
        desk.settle(1.0)
        for stage, pressed in TOUR.items():
            for keys in pressed:
                for key in keys:
                    os.write(desk.descriptor, key.encode())
                    rest(desk, 0.06)
                rest(desk, 0.4)
            rest(desk, 1.5)
            found[stage] = held(desk.pid)
    return found


def rest(desk: Played, quiet: float) -> None:
    """Read until nothing has come for some seconds: a key need not change anything."""
    while desk.read(quiet):
        pass


def held(pid: int) -> dict[str, float]:
    """Read what a process holds from Linux's account of it."""
    found: dict[str, float] = {}
    names = {"VmRSS": "all", "RssAnon": "private", "RssFile": "of files", "VmHWM": "most"}
    with contextlib.suppress(OSError):
        for row in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _, rest = row.partition(":")
            if name in names:
                found[names[name]] = int(rest.split()[0]) * 1024 / MB
    return found
