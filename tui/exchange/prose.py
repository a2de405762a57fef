"""Copies as plain text and as Markdown: what a person pastes into a note or a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.exchange.citing import NO_DATE
from tui.plain import http_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.exchange.citing import Cited, Claim

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$]")
_AT_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=\s|$|[-=])|(?:\d{1,9})(?=[.)]))")


def plain(claims: Sequence[Claim]) -> str:
    """Write claims as plain text: the value and its basis, each quote with where it stands."""
    return "\n\n".join("\n".join(_plain(claim)) for claim in claims) + "\n"


def _plain(claim: Claim) -> Iterator[str]:
    if claim.says:
        yield claim.says
    if claim.basis and claim.basis != "stated":
        yield from (part for part in (claim.why, claim.url) if part)
    for cited in claim.quotes:
        yield f"“{' '.join(cited.quote.split())}” — {', '.join(where(cited))}. [{cited.link}]"
        yield from (f"Note: {remark}" for remark in cited.remarks)


def where(cited: Cited) -> list[str]:
    """Say where a passage stands, part by part; what is not known is said to be."""
    return [
        *([str(cited.author)] if cited.author else []),
        str(cited.title) if cited.title else f"untitled ({cited.name})",
        str(cited.publisher) if cited.publisher else "publisher not stated",
        str(cited.when) if cited.when else NO_DATE,
        *([f"¶{cited.paragraph}"] if cited.paragraph else []),
        *([str(cited.url)] if cited.url else []),
    ]


def markdown(claims: Sequence[Claim]) -> str:
    """Write claims in Markdown: each quote in a block, below it where it stands, as a link."""
    return "\n\n".join("\n\n".join(_markdown(claim)) for claim in claims) + "\n"


def _markdown(claim: Claim) -> Iterator[str]:
    if claim.says:
        yield f"**{escaped(claim.says)}**"
    if claim.basis and claim.basis != "stated":
        yield from (escaped(part) for part in (claim.why,) if part)
        yield from (f"<{part}>" for part in (http_url(claim.url),) if part)
    for cited in claim.quotes:
        lines = [" ".join(part.split()) for part in cited.quote.split("\n")]
        lead = "\n>\n".join(f"> {escaped(part)}" for part in lines if part)
        source = [escaped(part) for part in where(cited)]
        title = str(cited.title)
        if cited.title:
            source = [f"*{part}*" if part == escaped(title) else part for part in source]
        if cited.url:
            basis = "" if cited.url.basis == "stated" else f" ({cited.url.basis})"
            source[-1] = f"<{cited.url.value}>{basis}"
        shown = cited.link.partition(";")[0]
        yield f"{lead}\n>\n> — {', '.join(source)}. [{escaped(shown)}]({cited.link})"
        yield from (f"Note: {escaped(remark)}" for remark in cited.remarks)


def escaped(text: str) -> str:
    """Write a text so that Markdown takes all of it literally, on one line."""
    line = _MARKUP.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    return _AT_START.sub(_escape_start, line)


def _escape_start(found: re.Match[str]) -> str:
    if found[2][0].isdigit():
        return found[0] + "\\"
    return f"{found[1]}\\{found[2]}"
