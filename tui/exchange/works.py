"""The works behind what is copied: each source once, as bibliographies want it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.plain import http_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.exchange.citing import Cited, Claim


@dataclass(frozen=True, slots=True)
class Work:
    """A source, or a page outside the archive, with what is quoted from it as remarks.

    A title in brackets is the archive's own, as bibliographies write a title that is supplied.
    """

    id: str
    title: str
    author: str = ""
    publisher: str = ""
    edtf: str = ""
    when: str = ""
    url: str = ""
    language: str = ""
    remarks: tuple[str, ...] = ()


def works(claims: Sequence[Claim]) -> list[Work]:
    """Give the works that claims stand on, each once, in the order in which they come."""
    order: dict[str, tuple[Cited | Claim, list[str]]] = {}
    pages: dict[str, str] = {}  # by address: two pages of one host are two works
    for claim in claims:
        for cited in claim.quotes:
            _, remarks = order.setdefault(cited.source, (cited, _known_how(cited)))
            if claim.says and claim.says not in remarks:
                remarks.append(claim.says)
            remarks.append(_quoted(cited))
            remarks += [f"note: {remark}" for remark in cited.remarks]
        if address := http_url(claim.url):
            said = " — ".join(part for part in (claim.says, claim.why) if part)
            name = f"outside-{_host(address)}"
            of_host = sum(_host(page) == _host(address) for page in pages)
            id_ = pages.setdefault(address, f"{name}-{of_host + 1}" if of_host else name)
            order.setdefault(id_, (claim, []))[1].append(said)
    return [_work(id_, of, remarks) for id_, (of, remarks) in order.items()]


def _work(id_: str, of: Cited | Claim, remarks: list[str]) -> Work:
    from tui.exchange.citing import Claim

    told = tuple(dict.fromkeys(remarks))
    if isinstance(of, Claim):
        return Work(id_, f"[{_host(of.url)}]", url=http_url(of.url) or "", remarks=told)
    return Work(
        id_,
        of.title.value or f"[{of.name}]",
        of.author.value,
        of.publisher.value,
        of.edtf,
        str(of.when),
        of.url.value,
        of.language.value,
        told,
    )


def _quoted(cited: Cited) -> str:
    place = f"¶{cited.paragraph}: " if cited.paragraph else ""
    return f"{place}“{' '.join(cited.quote.split())}” [{cited.link}]"


def _known_how(cited: Cited) -> list[str]:
    """Say which of the parts are not printed by the source itself."""
    told = [] if cited.title else ["title not stated"]
    parts = (
        ("title", cited.title), ("author", cited.author), ("publisher", cited.publisher),
        ("date", cited.when), ("address", cited.url),
    )  # fmt: skip
    told += [f"{name} {part.basis}" for name, part in parts if part and part.basis != "stated"]
    if not cited.when:
        told.append("no date")
    elif not cited.edtf:
        told.append(f"date: {cited.when.value}")
    return told


def _host(url: str) -> str:
    return (urlsplit(http_url(url) or "").hostname or "page").removeprefix("www.")
