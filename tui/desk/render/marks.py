"""The marks with the roles they are drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.records.marks import BASIS_MARK, DIFFERS, NOTE, STATUS_MARK

if TYPE_CHECKING:
    from tui.records.evidence import Basis, Fact

__all__ = ["BASIS_MARKS", "DIFFERS", "NOTE", "STATUS_MARKS", "grounds", "host"]

STATUS_MARKS: dict[str, tuple[str, str]] = {
    status: (mark, status or "dim") for status, mark in STATUS_MARK.items()
}
NAMED = 2
"""Sources that a mark names; more of them are counted, and `]` goes through them."""
BASIS_MARKS: dict[Basis, tuple[str, str]] = {
    basis: (mark, "dim" if basis == "not stated" else basis) for basis, mark in BASIS_MARK.items()
}


def grounds(fact: Fact, *, disputed: bool = False) -> tuple[tuple[str, str], ...]:
    """Give the basis mark of a fact and what it stands on, as parts of a line.

    A sentence that an editor's note disputes proves nothing silently: its mark is followed by one.

    For a fact from outside that is the host of its address; the whole address is copied, opened
    and exported, but in a card it would hide the value.
    """
    mark, role = BASIS_MARKS[fact.basis]
    sources = dict.fromkeys(e.source for e in fact.evidence if e.proves)
    on = " ".join(sources) if len(sources) <= NAMED else f"{len(sources)} sources"
    if not on:
        on = host(fact.url) if fact.url else "" if fact.basis == "stated" else fact.basis
    doubt = NOTE if disputed else ""
    return ((f" {mark}", role), (doubt, "planned"), (f" {on}" if on else "", "faint"))


def host(url: str) -> str:
    """Give the host of an address, without "www."."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")
