"""The marks: each says the same thing everywhere, with or without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.records.evidence import Basis, Fact

STATUS_MARKS: dict[str, tuple[str, str]] = {
    "held": ("●", "held"),
    "planned": ("○", "planned"),
    "reported": ("◐", "reported"),
    "denied": ("◌", "denied"),
    "outside": ("◆", "outside"),
    "": ("·", "dim"),
}
"""Mark and role of an event's status; `outside` is an event that no source of the archive has."""

BASIS_MARKS: dict[Basis, tuple[str, str]] = {
    "stated": ("✓", "stated"),
    "inferred": ("≈", "inferred"),
    "outside": ("↗", "outside"),
    "not stated": ("–", "dim"),
}
DIFFERS = "≠"
NOTE = "✎"


def grounds(fact: Fact) -> tuple[tuple[str, str], ...]:
    """Give the basis mark of a fact and what it stands on, as parts of a line.

    For a fact from outside that is the host of its address; the whole address is copied, opened
    and exported, but in a card it would hide the value.
    """
    mark, role = BASIS_MARKS[fact.basis]
    on = " ".join(dict.fromkeys(e.source for e in fact.evidence if e.proves))
    if not on:
        on = host(fact.url) if fact.url else "" if fact.basis == "stated" else fact.basis
    return ((f" {mark}", role), (f" {on}" if on else "", "faint"))


def host(url: str) -> str:
    """Give the host of an address, without "www."."""
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")
