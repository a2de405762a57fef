"""A comparison as a Markdown table: value, quote, source and its date, verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.citing import Known, cite, value_words
from tui.exchange.prose import escaped
from tui.plain import http_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.archive import Library
    from tui.records.evidence import Fact
    from tui.records.source import Disagreement

HEAD = ("value", "quote", "source", "verdict")
NO_VERDICT = "none: both stand"


def comparison(library: Library, disagreements: Sequence[Disagreement], subject: str) -> str:
    """Write disagreements, a table each; what stands in a cell never ends it.

    The verdict stands in every row, since it is about all of them.
    """
    parts = []
    for item in disagreements:
        about = subject
        if item.about and library.kind_of(item.about) not in (None, "source"):
            about = library.record(item.about).name
        rows = [HEAD, ("---",) * len(HEAD), *_rows(library, item)]
        table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        parts.append(f"**{escaped(about)} · {escaped(item.field.replace('_', ' '))}**\n\n{table}\n")
    return "\n".join(parts)


def _rows(library: Library, item: Disagreement) -> Iterator[tuple[str, ...]]:
    verdict = escaped(item.verdict) or NO_VERDICT
    if url := http_url(item.url):
        verdict += f" <{url}>"
    for fact in item.values:
        value = escaped(value_words(library, fact))
        if fact.basis != "stated":
            value += f" ({fact.basis})"
        for quote, source in _grounds(library, fact):
            yield value, quote, source, verdict


def _grounds(library: Library, fact: Fact) -> Iterator[tuple[str, str]]:
    proofs = [e for e in fact.evidence if e.proves]
    for evidence in proofs:
        cited = cite(library, evidence.source, evidence.start, evidence.end)
        when = str(cited.when or Known("no date"))
        shown = escaped(f"{cited.source} · {cited.title.value or cited.name} · {when}")
        yield f"“{escaped(cited.quote)}”", f"[{shown}]({cited.link})"
    if not proofs:
        url = http_url(fact.url)
        yield "–", f"<{url}>" if url else escaped(fact.url or fact.why or fact.basis)
