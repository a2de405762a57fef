"""The one door: text from outside becomes safe to show here, and the command line writes here.

`clean` makes a copy for the screen; what is stored, compared and exported is never altered. A
terminal obeys control characters wherever they come from, so nothing else may write text from a
source, a record, a file name or an argument to a stream.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Final, Literal, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

MARKS_A_LETTER: Final = 8

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Invisible and without a meaning of its own: soft hyphen, zero-width space, word joiner, BOM …
_DROPPED = "\u00ad\u180e\u200b\u2060\ufeff"
# Invisible, and able to carry a hidden message: mathematical and deprecated format characters,
# annotation marks, shorthand and musical controls, tags, the rest of the default-ignorable plane.
_HIDDEN = (
    "\u2061-\u2065\u206a-\u206f\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_BROKEN = "\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_JAMO = "[\u1160-\u11ff\ud7b0-\ud7ff]"  # vowels and finals: drawn into the letter before them
_SUSPECT = re.compile(
    rf"\r\n?|[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029{_BROKEN}{_BIDI}{_DROPPED}{_HIDDEN}]"
    # A run of this many characters that are neither words nor space may be marks on one letter;
    # not arrows, rules, blocks and shapes, which begin anew and of which we draw long runs.
    rf"|[^\w\s\x00-\u02ff\u2190-\u27bf]{{{MARKS_A_LETTER + 1},}}"
    rf"|{_JAMO}{{{MARKS_A_LETTER + 1},}}"
)
_SUSPECT_IN_ASCII = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""All that the other finds in ASCII, thirty times as fast."""
_STACKING = re.compile("[\u0300-\u218f\u27c0-\u30ff\ua4d0-\uabff\ud7b0-\U0010ffff]")
"""Among what is printable, all that may be, or come between, marks on one letter."""
_STYLES = re.compile(r"(\x1b\[[0-9;]*m)")
_NEWLINE = frozenset("\r\x85\u2028\u2029")
_JOINERS = frozenset("\u200c\u200d")


def counted(number: int, one: str, many: str = "") -> str:
    """Count things by their word: "1 passage", "1,200 passages"; `many` where it is not one + s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def clean(text: str) -> str:
    """Make a copy of a text that acts on no terminal.

    Controls become their pictures (U+2400 …), a tab a space, every kind of line end a newline; C1,
    surrogates and noncharacters become U+FFFD; bidi and hidden characters are named (`<U+202E>`),
    typesetting hints without width dropped, marks beyond eight a letter dropped. The joiners ZWJ
    and ZWNJ stay: scripts and emoji need them. Clean text is returned as it is.
    """
    if _is_clean(text):
        return text
    return _SUSPECT.sub(_show_match, text)


def _is_clean(text: str) -> bool:
    """Tell whether there is nothing to show otherwise; most text is judged by a glance."""
    if text.isascii():
        return _SUSPECT_IN_ASCII.search(text) is None
    # A character that is suspect by itself is never printable.
    if text.isprintable() and (len(text) <= MARKS_A_LETTER or not _STACKING.search(text)):
        return True
    return _SUSPECT.search(text) is None


def clean_line(text: str) -> str:
    """Make a safe copy on one line: every run of white space is one space."""
    return " ".join(clean(text).split())


def clean_spans(
    text: str, spans: Iterable[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Clean a text and say where spans of it stand in the copy.

    Offsets are code points, end exclusive, in the order given; a span inside a character that was
    written out covers what it was written out as.
    """
    pieces: list[str] = []
    # Each change: (start and end in the text, start and end in the copy).
    changes: list[tuple[int, int, int, int]] = []
    done = length = 0
    for match in () if _is_clean(text) else _SUSPECT.finditer(text):
        shown = _show_match(match)
        if shown == match[0]:
            continue
        start, end = match.span()
        length += start - done
        pieces += (text[done:start], shown)
        changes.append((start, end, length, length + len(shown)))
        length += len(shown)
        done = end
    if not changes:
        return text, tuple(spans)
    pieces.append(text[done:])
    moved = tuple((_move(a, changes, last=False), _move(b, changes, last=True)) for a, b in spans)
    return "".join(pieces), moved


def _move(offset: int, changes: list[tuple[int, int, int, int]], *, last: bool) -> int:
    shift = 0
    for start, end, new_start, new_end in changes:
        if offset < start or (offset == start and not last):
            break
        if offset == start:
            return new_start
        if offset < end:
            return new_end if last else new_start
        shift = new_end - end
    return offset + shift


def _show_match(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > 2:
        return "".join(_thin(found))
    return _show(found)


def _show(found: str) -> str:
    if found[0] in _NEWLINE:
        return "\n"
    if found == "\t":
        return " "
    code = ord(found)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if re.match(f"[{_BROKEN}]", found):
        return "\ufffd"
    if found in _DROPPED:
        return ""
    if re.match(f"[{_BIDI}{_HIDDEN}]", found):
        return f"<U+{code:04X}>"
    return found


def _thin(run: str) -> Iterator[str]:
    """Keep at most eight marks and joiners on each base character of a run."""
    marks = 0
    for char in run:
        category = unicodedata.category(char)
        if category in ("Mn", "Me") or char in _JOINERS or re.match(_JAMO, char):
            marks += 1
            if marks <= MARKS_A_LETTER:
                yield char
            continue
        marks = 0
        yield _show(char)


_HOST = (
    r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*\.?|\[[0-9A-Fa-f:.]+\]"
)


def http_url(text: str) -> str | None:
    """Give an address as something a browser may be handed, or None if it is no web address.

    Only absolute http and https addresses with an ASCII host and no user name pass; what is not
    ASCII in the rest is percent-encoded.
    """
    if len(text) > 2048 or not text.isprintable() or re.search(r"[\s\\<>\"`{}|^]", text):
        return None
    from urllib.parse import quote, urlsplit

    try:
        parts = urlsplit(text)
        port = parts.port
        host = parts.netloc
        encoded = quote(text[len(parts.scheme) :], safe=":/?#[]@!$&'()*+,;=%~-._")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in host:
        return None
    bare = host[: -len(f":{port}")] if port is not None else host
    if not re.fullmatch(_HOST, bare):
        return None
    return parts.scheme.lower() + encoded


def is_http_url(text: str) -> bool:
    """Tell whether an address may be offered as a link."""
    return http_url(text) is not None


Style = Literal["bold", "dim", "lit", "green", "amber", "red", "blue"]
Piece = str | tuple[str, Style | None]
_SGR: Final[dict[Style, str]] = {
    "bold": "1",
    "dim": "2",
    "lit": "1;7",
    "green": "32",
    "amber": "33",
    "red": "31",
    "blue": "34",
}


def coloured(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal that wants colour."""
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def emit(*pieces: Piece, end: str = "\n") -> None:
    """Write results to standard output, cleaned; styles only show on a terminal.

    Raises:
        SystemExit: with 141 when the reader went away, with 2 when nothing can be written.
    """
    stream = sys.stdout
    paint = coloured(stream)
    _write("".join(_painted(piece, paint) for piece in pieces) + end)


def emit_exact(text: str) -> None:
    """Write a machine's format, which is ASCII or has been cleaned cell by cell, and a newline.

    Raises:
        ValueError: the text holds a control that a terminal would obey.
        SystemExit: as `emit`.
    """
    if clean(text) != text:
        raise ValueError("a control character in machine-readable output")
    _write(text + "\n")


def complain(message: str) -> None:
    """Write one remark to standard error, cleaned; where that is gone, say nothing."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(_encodable(f"readout: {clean(message)}\n", stream))
        stream.flush()
    except (OSError, ValueError):
        _silence(stream)


class CleanStream:
    """Standard error for others to write on: colour passes, all else through the one door."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Write a text; styles in it stay, every other control is made visible."""
        stream = sys.__stderr__
        if stream is not None:
            parts = _STYLES.split(text)
            parts[::2] = map(clean, parts[::2])
            stream.write(_encodable("".join(parts), stream))
        return len(text)

    def flush(self) -> None:
        """Write out what is buffered."""
        if sys.__stderr__ is not None:
            sys.__stderr__.flush()

    def isatty(self) -> bool:
        """Tell whether a person sees it."""
        return sys.__stderr__ is not None and sys.__stderr__.isatty()


def finish() -> None:
    """Write out what is still buffered.

    Raises:
        SystemExit: as `emit`.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        _give_up(error)


def _painted(piece: Piece, paint: bool) -> str:
    text, style = (piece, None) if isinstance(piece, str) else piece
    shown = clean(text)
    if not paint or style is None or not shown:
        return shown
    return f"\x1b[{_SGR[style]}m{shown}\x1b[0m"


def _write(text: str) -> None:
    stream = sys.stdout
    if stream is None:
        complain("standard output is closed")
        raise SystemExit(2)
    try:
        stream.write(_encodable(text, stream))
    except (OSError, ValueError) as error:
        _give_up(error)


def _encodable(text: str, stream: TextIO) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    return text


def _give_up(error: OSError | ValueError) -> NoReturn:
    if sys.stdout is not None:
        _silence(sys.stdout)
    if isinstance(error, BrokenPipeError):
        raise SystemExit(141) from None
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    complain(f"cannot write the answer: {reason}")
    raise SystemExit(2) from None


def _silence(stream: TextIO) -> None:
    """Point a dead stream at nowhere, so that the interpreter's own flush at exit stays quiet."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass
