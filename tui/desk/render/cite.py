"""Citations: a quote with where it stands, as one line of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.records.dates import label

if TYPE_CHECKING:
    from datetime import date

    from tui.archive import Library


def link(source: str, start: int, end: int) -> str:
    """Give the link back to a passage: code points, end exclusive."""
    return f"readout:{source}#{start}-{end}"


def citation(library: Library, source_id: str, start: int, end: int, today: date) -> str:
    """Quote a passage and say where it stands: title, publisher, date as known, paragraph, link.

    What the source does not say is said to be unknown ("n.d."), never filled in.
    """
    source = library.sources[source_id]
    text = library.text(source_id)
    quote = " ".join(text[start:end].split())
    title = source.first("title")
    publisher = source.first("publisher")
    published = source.first("published")
    url = source.first("url")
    when = "n.d."
    if published:
        basis = "" if published.basis == "stated" else f" ({published.basis})"
        when = label(published.value, published.text, published.basis) + basis
    paragraph = next(
        (p.paragraph for p in library.passages(source_id) if p.start <= start < p.end), None
    )
    parts = [
        title.shown if title else f"untitled ({source.name})",
        publisher.shown if publisher else "publisher not stated",
        when,
        f"¶{paragraph}" if paragraph else "",
        f"{url.shown}, accessed {today.isoformat()}" if url else "",
    ]
    where = ", ".join(part for part in parts if part)
    return f"“{quote}” — {where}. [{link(source_id, start, end)} · sha256 {source.sha256[:8]}]"
