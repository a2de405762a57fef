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
    """Give the basis mark of a fact and the sources it stands on, as parts of a line."""
    mark, role = BASIS_MARKS[fact.basis]
    sources = " ".join(dict.fromkeys(e.source for e in fact.evidence if e.proves))
    if not sources and fact.basis in ("inferred", "outside"):
        sources = fact.basis
    return ((f" {mark}", role), (f" {sources}", "faint")) if sources else ((f" {mark}", role),)
