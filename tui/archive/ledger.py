"""The ledger of faults that a reading of the archive fills."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.archive.fault import Fault
from tui.archive.positions import Path, Positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class _Entry(NamedTuple):
    file: str
    path: Path
    message: str
    remedy: str
    at_key: bool
    warning: bool


class Ledger:
    """Collects complaints by the path of what they are about, and gives them places at the end.

    Only a file with a complaint is ever searched for places. `skipped` counts what was left out:
    files, records, blocks and single values; `left_out` are the ids of the records among it, as far
    as they can be made out: a link to one of them is no fault of the link.
    """

    def __init__(self, left_out: set[str] | None = None) -> None:
        self.skipped = 0
        self.left_out: set[str] = set() if left_out is None else left_out
        self.texts: dict[str, str] = {}
        self._faults: list[Fault] = []
        self._entries: list[_Entry] = []

    def add(self, fault: Fault) -> None:
        """Take in a fault whose place is known already."""
        self._faults.append(fault)

    def complain(
        self,
        file: str,
        path: Path,
        message: str,
        remedy: str = "",
        *,
        at_key: bool = False,
        warning: bool = False,
        skips: int = 0,
    ) -> None:
        """Note what is wrong with the value (or key) at a path of a TOML file."""
        self._entries.append(_Entry(file, path, message, remedy, at_key, warning))
        self.skipped += skips

    def faults(self, load: Callable[[str], str] | None = None) -> tuple[Fault, ...]:
        """Give every fault with its place, sorted.

        `load` gives the text of a file that is not among `texts` any more.
        """
        faults = list(self._faults)
        index: dict[str, Positions] = {}
        for entry in self._entries:
            if entry.file not in index:
                text = self.texts.get(entry.file)
                if text is None:
                    text = load(entry.file) if load else ""
                index[entry.file] = Positions(text)
            positions = index[entry.file]
            place = (positions.key if entry.at_key else positions.value)(entry.path)
            faults.append(
                Fault(
                    entry.file,
                    *place,
                    dotted(entry.path),
                    entry.message,
                    entry.remedy,
                    entry.warning,
                )
            )
        return in_order(faults)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Give faults by their places, each once; in the same order wherever they come from."""
    return tuple(sorted(set(faults)))


def dotted(path: Path) -> str:
    """Write a path inside a record: without the record itself, and without list positions."""
    inner = path[2:] if len(path) > 1 and isinstance(path[1], int) and path[0] in _TABLES else path
    return ".".join(str(part) for part in inner if isinstance(part, str))


_TABLES = frozenset(
    ["event", "person", "organization", "state", "initiative", "note", "disagreement"]
)
