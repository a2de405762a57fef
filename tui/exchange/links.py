"""Links back to a passage: `readout:<source>#<start>-<end>`, code points, end exclusive.

A link may also carry a check of the words it means, `;words=<hex>`: where the text was edited
since, the link then says so, and where the words stand now, instead of leading to others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.plain import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.archive import Library

SCHEME = "readout:"
FORM = "readout:SOURCE#START-END"
LONGEST = 400
AROUND = " \t\r\n[](){}<>“”‘’„«»\"'`.,;"
"""What may stick to a link that was copied out of a sentence."""

_LINK = re.compile(
    r"readout:(?P<source>[^\s#;]+)"
    r"(?:#(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})(?:;words=(?P<words>[0-9a-f]{8,64}))?)?",
    re.IGNORECASE,
)
_CHECK = 12
_MOST_HASHED = 64_000_000


class Place(NamedTuple):
    """A stretch of a source: code points, end exclusive. A whole source is 0 to its length."""

    source: str
    start: int
    end: int
    whole: bool = False


class LinkError(Exception):
    """A link that leads nowhere.

    `found` tells a link that is well formed, but leads to nothing here, from one that is no link.
    `now` is the place where the meant words stand, where the text was edited since.
    """

    def __init__(
        self, message: str, remedy: str = "", *, found: bool = True, now: Place | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.found = found
        self.now = now


def is_link(text: str) -> bool:
    """Tell whether a text means to be a link, well formed or not."""
    return text.strip(AROUND)[: len(SCHEME)].casefold() == SCHEME


def link(source: str, start: int, end: int) -> str:
    """Write the link to a passage."""
    return f"{SCHEME}{source}#{start}-{end}"


def checked_link(library: Library, source: str, start: int, end: int) -> str:
    """Write the link to a passage with a check of its words, to be kept outside the archive."""
    return f"{link(source, start, end)};words={_check(library.text(source)[start:end])}"


def follow(library: Library, text: str) -> Place:
    """Give the place that a link leads to, or say why there is none; never another place.

    Raises:
        LinkError: what the link names is not, or not any more, in this archive.
    """
    asked = text.strip(AROUND).replace("\\#", "#")  # as BibLaTeX has to write it
    said = asked if len(asked) <= 80 else asked[:79] + "…"
    parsed = _LINK.fullmatch(asked) if len(asked) <= LONGEST else None
    if parsed is None:
        raise LinkError(f"“{said}” is no link", f"a link is {FORM}", found=False)
    source = parsed["source"]
    if source not in library.sources:
        raise LinkError(f"no source is called “{source}”", _remedy(library, source))
    content = library.text(source)
    if parsed["start"] is None:
        return Place(source, 0, len(content), whole=True)
    start, end = int(parsed["start"]), int(parsed["end"])
    if start >= end:
        ends = "ends before it begins" if end < start else "is of no length"
        remedy = f"did you mean {link(source, end, start)}?" if end < start else f"a link is {FORM}"
        raise LinkError(f"“{said}” {ends}", remedy, found=False)
    words = (parsed["words"] or "").lower()
    if end <= len(content) and _check(content[start:end]).startswith(words[:_CHECK]):
        return Place(source, start, end)
    if words:
        raise _changed(source, content, start, end, words)
    raise LinkError(
        f"{source} has {counted(len(content), 'character')}: nothing stands at {start}-{end}",
        f"its text was edited since, or the link was cut; readout show {source} shows all of it",
    )


def _changed(source: str, content: str, start: int, end: int, words: str) -> LinkError:
    message = f"{source} was edited since this link was made"
    found = list(_standing(content, end - start, words))
    if len(found) == 1:
        now = Place(source, found[0], found[0] + end - start)
        where = link(*now[:3])
        return LinkError(f"{message}: its words stand elsewhere now", f"that is {where}", now=now)
    if found:
        message = f"{message}: its words stand in {len(found)} places now"
        return LinkError(message, f"readout show {source}")
    there = " ".join(content[start:end].split())
    there = f"“{there[:60]}…”" if len(there) > 60 else f"“{there}”" if there else "nothing"
    return LinkError(
        f"{message}: its words are not there any more; at {start}-{end} stands {there}",
        f"readout show {source} shows the text as it is",
    )


def _standing(content: str, length: int, words: str) -> Iterator[int]:
    """Find where words of a length stand that a check was made of, within what can be afforded."""
    if length > len(content):
        return
    left = _MOST_HASHED
    for word in re.finditer(r"^|\b|(?<=\s)(?=\S)", content):
        at = word.start()
        left -= length
        if at + length > len(content) or left < 0:
            return
        if _check(content[at : at + length]).startswith(words[:_CHECK]):
            yield at


def _check(words: str) -> str:
    from hashlib import sha256

    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK]


def _remedy(library: Library, source: str) -> str:
    if library.kind_of(source) is not None:
        return f"{source} is a record: readout show {source}"
    import difflib

    near = difflib.get_close_matches(source.casefold(), library.sources, 1, 0.6)
    return f"did you mean {near[0]}?" if near else "readout list sources names them"
