"""Drafts: what the files say, table by table, before it is held against the archive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.archive.positions import Path


@dataclass(slots=True)
class Ground:
    """A block of a record: one ground and what stands on it."""

    basis: str
    data: dict[str, Any]
    path: Path


@dataclass(slots=True)
class Draft:
    """A record's labels and blocks, sound in themselves, not yet held against the archive."""

    kind: str
    id: str
    head: dict[str, Any]
    grounds: list[Ground]
    file: str
    path: Path
    line: int = 0


@dataclass(slots=True)
class SourceDraft(Draft):
    """A source: its labels and blocks, and its text."""

    text: str = ""
    sha256: str = ""
    size: int = 0
    text_file: str = ""
    boilerplate: list[Ground] = field(default_factory=list)
