"""The marks: each says the same thing on the desk, on the command line and in the README."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.records.evidence import Basis

STATUS_MARK: dict[str, str] = {
    "held": "●",
    "planned": "○",
    "reported": "◐",
    "denied": "◌",
    "outside": "◆",
    "": "·",
}
"""By the status of an event; `outside` is one that no source of the archive has, "" one unknown."""

BASIS_MARK: dict[Basis, str] = {
    "stated": "✓",
    "inferred": "≈",
    "outside": "↗",
    "not stated": "–",
}
DIFFERS = "≠"
NOTE = "✎"
