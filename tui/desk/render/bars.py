"""The words of the header and the footer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.render.text import Line, line
from tui.plain import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.archive import Library

KEPT = ("?", "esc")
"""Keys offered however narrow the desk is: all the others are behind them."""

COUNTED = {"sources": "source", "events": "event", "people": "person", "initiatives": "initiative"}


def header(
    library: Library, tabs: Sequence[tuple[str, bool]], lens: Sequence[str]
) -> tuple[Line, Line]:
    """Name the archive, or the panes where one is shown at a time, and say what narrows them.

    Args:
        library: the archive.
        tabs: the panes and whether the keys go to each, where they do not stand side by side.
        lens: names of what is looked through. What was left out of the archive is always said.
    """
    left: list[tuple[str, str]] = [("Readout", "title"), ("  ", "")]
    for number, (name, here) in enumerate(tabs, 1):
        left.append((f" {number} {name.capitalize()} ", "focus-strong" if here else "dim"))
    if not tabs:
        left.append((f" {library.title}", "dim"))
    right: list[tuple[str, str]] = []
    if library.skipped:
        right.append((f"{library.skipped} left out · readout check  ", "differs"))
    if lens:
        right += [("lens: ", "dim"), (" · ".join(lens), "strong"), ("  F clears", "key")]
    elif not tabs:
        counts = library.counts()
        right.append(
            ("  ".join(counted(counts[many], one, many) for many, one in COUNTED.items()), "dim")
        )
    return line(*left), line(*right)


def footer(hints: Iterable[tuple[str, str]], width: int) -> Line:
    """Offer keys, each with what it does here: as many as fit whole, how to see all among them."""
    offers = list(hints)
    while _room(offers) > width and len(offers) > 1:
        spare = [offer for offer in offers if offer[0] not in KEPT]
        offers.remove(spare[-1] if spare else offers[-1])
    parts: list[tuple[str, str]] = []
    for key, words in offers:
        parts += [("   " if parts else "", ""), (key, "key"), (f" {words}", "dim")]
    return line(*parts)


def _room(offers: Sequence[tuple[str, str]]) -> int:
    return sum(len(key) + len(words) + 4 for key, words in offers) - 3
