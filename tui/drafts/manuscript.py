"""A draft as it is read: its text, the same without markup and of the same length, its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from tui.archive.passages import passages

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 4_000_000
"""Bytes; a text longer than this is no draft."""

HIDDEN = "\u200b"
"""Stands where markup was: no width, no word, and dropped wherever texts are compared."""

_LINE_END = re.compile(r"\r\n?|\n")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(?:(?!---).*\r?\n){0,200}---[ \t]*(?=\r?\n|\Z)")
_FENCE = re.compile(r"^[ ]{0,3}(```+|~~~+)", re.MULTILINE)
_TEX = re.compile(r"``(?=[^\s`])([^`\n]{1,4000}?)''")
# Markup that says nothing: the address of a link, a tag, an address, emphasis, a footnote's mark.
_BLANKED = re.compile(
    r"<!--[\s\S]{0,20000}?-->|`[^`\n]{1,400}`|https?://[^\s<>()\"“”]{1,2000}"
    r"|\[\^[^\]\s]{1,40}\]:?"
)
_HIDDEN = re.compile(
    r"</?[A-Za-z][^<>\n]{0,400}>|\*+|~~|(?<![^\W_])_+|_+(?![^\W_])|\\(?=[\"'“”*_\[\]<>])"
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_BULLET = re.compile(r"^[ \t>]*(\*)(?=[ \t])", re.MULTILINE)
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,400})\](\([^()\s]{0,2000}(?:[ \t]+[^()\n]{0,200})?\)|\[[^\[\]\n]{1,60}\])"
)
_QUOTED_LINE = re.compile(r"^[ \t]{0,3}((?:>[ \t]?)+)(.*)$", re.MULTILINE)


class UnreadableError(Exception):
    """A draft that is no text, or too much of it; `remedy` says what would do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Manuscript:
    """A person's own text.

    `text` is as received, without a byte order mark; `plain` has the same length and the same
    words, with markup blanked out. `blocks` are the stretches of Markdown's block quotes.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.plain, self.blocks = _unmarked(text)
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self._sentences: list[tuple[int, int]] | None = None

    @classmethod
    def read(cls, name: str, raw: bytes) -> Manuscript:
        """Read the bytes of a draft.

        Raises:
            UnreadableError: it is not text in UTF-8, or too long.
        """
        if len(raw) > LARGEST:
            raise UnreadableError(
                f"{len(raw):,} bytes are too many for a draft",
                f"a draft has up to {LARGEST:,}; check it in parts",
            )
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableError("this is UTF-16", "save it as UTF-8")
        if b"\0" in raw:
            raise UnreadableError("this is no text", "save the draft as plain text or Markdown")
        try:
            return cls(name, raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise UnreadableError(
                f"byte {error.start + 1:,} is not UTF-8", "save it as UTF-8"
            ) from None

    def place(self, offset: int) -> tuple[int, int]:
        """Give line and column, both from 1, of a code point."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence that holds a code point."""
        if self._sentences is None:
            self._sentences = [(start, end) for start, end, _ in passages(self.plain)]
        at = bisect_right(self._sentences, (offset, len(self.plain) + 1))
        if at and self._sentences[at - 1][1] > offset:
            return self._sentences[at - 1]
        return offset, offset


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Blank markup out, letter for letter, and tell where block quotes stand."""
    kept = list(text)

    def blank(start: int, end: int, by: str = " ") -> None:
        for at in range(start, end):
            if kept[at] not in "\r\n":
                kept[at] = by

    front = _FRONT.match(text)
    if front:
        blank(*front.span())
    for start, end in _fenced(text):
        blank(start, end)
    text = "".join(kept)
    for tex in _TEX.finditer(text):
        kept[tex.start() : tex.start() + 2] = HIDDEN, "“"
        kept[tex.end() - 2 : tex.end()] = "”", HIDDEN
    for found in _BLANKED.finditer("".join(kept)):
        blank(*found.span())
    text = "".join(kept)
    for link in _LINK.finditer(text):
        blank(link.start(), link.start(1), HIDDEN)
        blank(link.end(1), link.end(), HIDDEN)
    for found in _HIDDEN.finditer("".join(kept)):
        blank(*found.span(), HIDDEN)
    for found in _ENTITY.finditer("".join(kept)) if "&" in text else ():
        from html import unescape

        if len(meant := unescape(found[0])) == 1:
            blank(*found.span(), HIDDEN)
            behind = found.start() and not text[found.start() - 1].isspace()
            kept[found.end() - 1 if behind else found.start()] = meant
    for item in _BULLET.finditer(text):
        kept[item.start(1)] = "*"  # what stands in one item of a list goes on in no other
    blocks: list[tuple[int, int]] = []
    for found in _QUOTED_LINE.finditer(text):
        blank(*found.span(1))
        start, end = found.span(2)
        if (
            blocks
            and not text[blocks[-1][1] : found.start()].strip("\r\n")
            and (len(_LINE_END.findall(text, blocks[-1][1], found.start())) == 1)
        ):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return "".join(kept), blocks


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    begun: re.Match[str] | None = None
    for found in _FENCE.finditer(text):
        if begun is None:
            begun = found
        elif found[1].startswith(begun[1]):
            end = text.find("\n", found.end())
            yield begun.start(), len(text) if end < 0 else end
            begun = None
