"""One TOML file: from bytes to tables, within limits, with a place for every complaint."""

from __future__ import annotations

import re
from typing import Any

from tui.archive import plain_toml
from tui.archive.fault import Fault

NESTING_LIMIT = 64
KEY_PARTS_LIMIT = 16
DIGITS_LIMIT = 64

# Possessive, and content with a missing end, so that no file can make the search run long.
STRING = (
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"{3,5})?+'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5})?+"
    r'|"(?:[^"\\\n]|\\.)*+"?+'
    r"|'[^'\n]*+'?+"
)
_SILENT = re.compile(STRING + r"|\#[^\n]*")
_BRACKET = re.compile(r"[\[\]{}]")
_PART = r'(?:(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++|")'
_LONG_KEY = re.compile(rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{KEY_PARTS_LIMIT},}}+")
_LONG_NUMBER = re.compile(rf"[0-9][0-9_]{{{DIGITS_LIMIT},}}")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class RefusedError(Exception):
    """A file that cannot be taken in; carries the fault to report."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def decode(file: str, data: bytes, limit: int) -> str:
    """Decode a file as UTF-8; a byte order mark and CRLF stay as they are.

    Raises:
        RefusedError: too large, another encoding, or a NUL in it.
    """
    if len(data) > limit:
        raise RefusedError(
            Fault(file, 0, 0, "", f"larger than the limit of {limit:,} bytes", "split the file")
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise RefusedError(
            Fault(file, 1, 1, "", "UTF-16, by its first two bytes (byte 0)", "save it as UTF-8")
        )
    at = data.find(b"\0")
    if at >= 0:
        guess = "; UTF-16 without a mark?" if data[:200].count(b"\0") > 40 else ""
        raise RefusedError(
            Fault(file, *_line_of(data, at), "", f"a NUL at byte {at}{guess}", "save it as UTF-8")
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        message = f"byte {at} (0x{data[at]:02x}) is not UTF-8; Latin-1 or Windows-1252?"
        fault = Fault(file, *_line_of(data, at), "", message, "save it as UTF-8")
        raise RefusedError(fault) from None


def parse(file: str, text: str) -> dict[str, Any]:
    """Parse TOML within the limits on nesting, dotted keys and numbers.

    Raises:
        RefusedError: over a limit, or not TOML.
    """
    import tomllib

    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    _within_limits(file, text)
    if (tables := plain_toml.parse(text)) is not None:
        return tables
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        message = message[: place.start()] if place else message
        if place and place[1]:
            line, column = int(place[1]), int(place[2])
        else:
            line, column = place_of(text, len(text))
        fault = Fault(file, line, column, "", f"not TOML: {message}")
    except RecursionError:
        fault = Fault(file, 1, 1, "", "nested too deeply", f"nest at most {NESTING_LIMIT} deep")
    except ValueError as error:  # an impossible date or time, a number no machine can hold
        fault = Fault(file, 1, 1, "", f"not TOML: {error}")
    raise RefusedError(fault)


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Give line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def disguised(file: str, text: str, *, received: bool = False) -> list[Fault]:
    """Find characters that turn the direction of writing and may hide what a line says.

    In a record they are a fault, each of them. A text as received is left as it is: the first one
    that overrides the direction is warned of.
    """
    faults: list[Fault] = []
    for found in (_OVERRIDE if received else _BIDI).finditer(text):
        message = f"U+{ord(found[0]):04X} turns the direction of writing and can disguise a line"
        remedy = "" if received else "write it as an escape, or take it out"
        place = place_of(text, found.start())
        faults.append(Fault(file, *place, "", message, remedy, warning=received))
        if received:
            break
    return faults


def _within_limits(file: str, text: str) -> None:
    """Refuse what would cost a parser dearly; strings and comments may hold what they like."""
    bare = _SILENT.sub('"', text)
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        if bracket[0] in "[{":
            depth += 1
            if depth > NESTING_LIMIT:
                _refuse(file, text, bracket.start(), f"nested more than {NESTING_LIMIT} deep")
        elif depth:
            depth -= 1
    if found := _LONG_KEY.search(bare):
        _refuse(file, text, found.start(), f"a key of more than {KEY_PARTS_LIMIT} parts")
    if found := _LONG_NUMBER.search(bare):
        _refuse(file, text, found.start(), f"a number of {len(found[0]):,} digits")


def _refuse(file: str, text: str, bare_offset: int, message: str) -> None:
    """Raise the fault, with the place in the text of an offset in what was left of it."""
    offset = bare_offset
    for found in _SILENT.finditer(text):
        if found.start() >= offset:
            break
        offset += found.end() - found.start() - 1
    raise RefusedError(Fault(file, *place_of(text, offset), "", message, "write it more simply"))


def _line_of(data: bytes, offset: int) -> tuple[int, int]:
    start = data.rfind(b"\n", 0, offset) + 1
    before = data[start:offset].decode("utf-8", "replace")
    return data.count(b"\n", 0, offset) + 1, len(before) + 1
