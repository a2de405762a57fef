"""The desk in a real terminal: what it draws, what it leaves behind, what it never lets through."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\)|[ -/]*[0-~])", re.DOTALL
)
COLOUR = re.compile(r"\x1b\[((?:[0-9:]+;?)*)m")
LIVE = re.compile(
    "[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\U000e0000-\U000e007f]|[\u0300-\u036f]{9}"
)


def test_the_desk_opens_with_all_panes(terminal: Callable[..., Any]) -> None:
    desk = terminal()
    text = desk.until("prove")
    for words in ("Readout", "Timeline", "Reader", "Actors", "Initiatives", "find", "prove"):
        assert words in text
    assert desk.quiet()
    assert re.search(r"2024 +October", text) or "2023" in text
    assert desk.leave() == 0
    assert desk.left_as_found()


def test_the_desk_is_usable_at_80_by_24(terminal: Callable[..., Any]) -> None:
    desk = terminal(size=(80, 24))
    desk.until("Timeline")
    desk.quiet()
    seen = [desk.turn(key) for key in ("2", "3", "4", "1")]
    assert all(text.strip() for text in seen)
    assert len(set(seen)) == 4
    assert desk.leave() == 0


def test_find_forgives_a_typo_and_escape_leads_back(terminal: Callable[..., Any]) -> None:
    desk = terminal()
    desk.until("Initiatives")
    desk.quiet()
    desk.press("/")
    desk.write(b"extnded deterence")
    desk.until("(?i)extended deterrence")
    found = desk.turn("enter")
    assert desk.turn("esc") != found
    assert desk.leave() == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["TERM", "HUP"]
)
def test_a_signal_leaves_the_terminal_as_it_was(
    terminal: Callable[..., Any], number: signal.Signals, code: int
) -> None:
    desk = terminal()
    desk.until("Timeline")
    desk.quiet()
    assert desk.modes[1049]
    desk.signal(number)
    assert desk.wait() == code
    assert desk.left_as_found()
    assert desk.modes[25]


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.15])
def test_a_signal_while_starting_leaves_the_terminal_as_it_was(
    terminal: Callable[..., Any], after: float
) -> None:
    desk = terminal()
    while b"\x1b[?1049h" not in desk.raw:
        assert desk.read(20)
    time.sleep(after)
    desk.signal(signal.SIGTERM)
    assert desk.wait() == 143
    assert desk.left_as_found()


CRASH = """
import sys
from pathlib import Path
import tui.app
from tui.archive import open_archive

class Breaking(tui.app.ReadoutApp):
    def on_mount(self):
        super().on_mount()
        self.set_timer(0.2, self.break_off)

    def break_off(self):
        held = "secret"
        evil = "".join(map(chr, (27, 93, 48, 59, 7, 32, 27, 99, 27, 80, 113, 27, 92, 127, 0x9b)))
        raise RuntimeError(evil + chr(0x202e))

tui.app.ReadoutApp = Breaking
sys.exit(tui.app.run(open_archive(Path(sys.argv[1]))))
"""


def test_a_crash_is_one_line_that_names_a_file_and_leaves_the_terminal_as_it_was(
    terminal: Callable[..., Any], tmp_path: Path
) -> None:
    command = [sys.executable, "-c", CRASH, str(ROOT / "content")]
    desk = terminal(command=command, XDG_STATE_HOME=str(tmp_path))
    assert desk.wait() not in (0, 130, 143)
    assert desk.modes[1049] is False
    assert desk.left_as_found()
    said = SEQUENCE.sub("", desk.raw.decode().rpartition("\x1b[?1049l")[2])
    assert not LIVE.search(said)
    (line,) = [row for row in said.splitlines() if row.strip()]
    log = tmp_path / "readout" / "last-crash.txt"
    assert line.startswith("readout: fell over (RuntimeError)")
    assert str(log) in line
    kept = log.read_text(encoding="utf-8")
    assert "RuntimeError: ␛" in kept
    assert "break_off" in kept
    assert "secret" not in kept  # no value that the program held
    assert not LIVE.search(kept)


def test_a_crash_that_cannot_be_kept_is_one_line_as_well(
    terminal: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    command = [sys.executable, "-c", CRASH, str(ROOT / "content")]
    desk = terminal(command=command, XDG_STATE_HOME=str(tmp_path / "file"))
    assert desk.wait() == 1
    said = SEQUENCE.sub("", desk.raw.decode().rpartition("\x1b[?1049l")[2])
    assert [row.strip() for row in said.splitlines() if row.strip()] == [
        "readout: fell over (RuntimeError); no file could be written about it, please report it"
    ]
    assert all(
        s.endswith("m") for s in SEQUENCE.findall(said) if s.startswith("\x1b[") and "?" not in s
    )
    assert not [s for s in SEQUENCE.findall(said) if s[1] in "]P^_Xc"]


def test_an_archive_that_is_none_is_said_in_one_line(terminal: Callable[..., Any]) -> None:
    desk = terminal("--archive", "/nowhere")
    assert desk.wait() == 2
    assert "/nowhere" in desk.text
    assert b"\x1b" not in desk.raw


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_draw_is_refused(terminal: Callable[..., Any], term: str) -> None:
    desk = terminal(TERM=term)
    assert desk.wait() == 2
    assert "readout find QUERY" in desk.text
    assert b"\x1b" not in desk.raw


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_without_a_terminal_it_refuses_at_once(stream: str) -> None:
    master, slave = os.openpty()
    try:
        streams: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), slave)
        streams[stream] = subprocess.DEVNULL if stream == "stdin" else subprocess.PIPE
        began = time.process_time()
        program = subprocess.Popen([sys.executable, "-m", "tui"], cwd=ROOT, **streams)
        program.communicate(timeout=30)
        assert program.returncode == 2
        assert time.process_time() - began < 1
    finally:
        os.close(master)
        os.close(slave)


def colours(raw: bytes) -> set[str]:
    """Collect the colours that were asked for."""
    found = set()
    for codes in COLOUR.findall(raw.decode()):
        for code in codes.split(";"):
            if code and (30 <= int(code) <= 49 or 90 <= int(code) <= 107) and code not in "39 49":
                found.add(code)
    return found


def test_no_color_gives_none(terminal: Callable[..., Any]) -> None:
    desk = terminal(NO_COLOR="1")
    desk.until("Timeline")
    desk.quiet()
    desk.press("j", "space", "/", "a", "esc", "?", "esc")
    assert colours(desk.raw) == set()
    assert desk.leave() == 0
    desk = terminal(NO_COLOR="")  # which no-color.org has as unset
    desk.until("Timeline")
    desk.quiet()
    before = len(desk.raw)
    desk.press("j")
    assert colours(desk.raw[before:])


def test_a_command_lights_matches_on_a_terminal_only(terminal: Callable[..., Any]) -> None:
    lit = terminal("find", "extnded", "deterence", size=(80, 60))
    assert lit.wait() == 0
    assert b"\x1b[1;7mextended deterrence\x1b[0m" in lit.raw
    assert all(len(line) <= 80 for line in lit.text.splitlines())
    plain = terminal("find", "extnded", "deterence", NO_COLOR="1")
    assert plain.wait() == 0
    assert b"\x1b" not in plain.raw
    assert "extended deterrence" in plain.text


def test_at_rest_it_writes_nothing(terminal: Callable[..., Any]) -> None:
    desk = terminal()
    desk.until("Initiatives")
    desk.quiet(1.0)
    written = len(desk.raw)
    end = time.monotonic() + 3
    while time.monotonic() < end:
        desk.read(0.2)
    assert len(desk.raw) == written


WALK = [
    *("1", "j", "j", "space", "enter", "j", "escape", "c", "escape", "G", "g", "v", "v"),
    *("2", "j", "enter", "space", "]", "[", "c", "escape", "f", "F", "2", "j", "2", "j"),
    *("3", "j", "enter", "escape", "4", "j", "j", "G", "g", "<", ">"),
    *("m", "m", "M", "Y", "j", "j", "j", "escape"),
    *("?", "escape", "d", "escape", "ctrl+p", "e", "v", "i", "l", "down", "escape"),
]


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["wide", "narrow"])
def test_nothing_hostile_comes_through_in_any_pane(
    terminal: Callable[..., Any], hostile_archive: Path, size: tuple[int, int]
) -> None:
    desk = terminal(archive=hostile_archive, size=size)
    desk.until("Timeline")
    desk.quiet()
    desk.press(*WALK, gap=0.06)
    desk.press("/", *"evil", "down", "down", "enter", "n", "N", "escape", "escape", gap=0.06)
    desk.press("/", *"sentence", "down", "enter", "n", "escape", "escape", gap=0.06)
    assert desk.program.poll() is None, desk.text
    assert desk.leave() == 0
    assert desk.left_as_found()
    drawn = desk.raw.decode()
    own = SEQUENCE.findall(drawn)
    assert not [s for s in own if re.search(r"7777|owned|passwd|52;c|G\x1b", s)]
    assert not [s for s in own if s[1] in "Pc_^X" or s.startswith(("\x1b]8", "\x1b]0"))]
    rest = SEQUENCE.sub("", drawn)
    assert "␛" in rest
    assert "<U+202E>" in rest
    assert not LIVE.search(rest), ascii(LIVE.findall(rest)[:20])
