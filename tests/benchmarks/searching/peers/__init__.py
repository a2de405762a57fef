"""The contestants by name, Readout first; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from searching.peer import Peer

READOUT = "readout"
_PEERS = {
    "fzf": ("fzf", "Fzf"),
    "ugrep": ("ugrep", "Ugrep"),
    "ripgrep": ("ripgrep", "Ripgrep"),
    "ripgrep_piped": ("ripgrep", "RipgrepPiped"),
    "xapian": ("xapian", "Xapian"),
    "xapian_corrected": ("xapian", "XapianCorrected"),
    "fts5": ("fts5", "Fts5"),
    "rapidfuzz": ("rapidfuzz", "Rapidfuzz"),
    "tantivy_fuzzy": ("tantivy_fuzzy", "TantivyFuzzy"),
}
NAMES = tuple(_PEERS)


def known(name: str) -> type[Peer]:
    """Give a contestant's class.

    Raises:
        KeyError: there is none of this name.
    """
    if name == READOUT:
        from searching.readout import Readout

        return Readout
    module, kind = _PEERS[name]
    return cast("type[Peer]", getattr(import_module(f"searching.peers.{module}"), kind))
