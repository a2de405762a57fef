"""What `readout check` says of an archive: its faults, and what it holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.archive.fault import ArchiveError
from tui.archive.opening import open_archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tui.archive.fault import Fault


def fault_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """Write each fault on a line: file:line:column: field: message (remedy)."""
    for fault in faults:
        place = fault.file
        if fault.line:
            place += f":{fault.line}:{fault.column}"
        words = f"{fault.field}: {fault.message}" if fault.field else fault.message
        remedy = f" ({fault.remedy})" if fault.remedy else ""
        warning = "warning: " if fault.warning else ""
        yield f"{place}: {warning}{words}{remedy}"


def count_lines(counts: Mapping[str, int], skipped: int, faults: int) -> Iterator[str]:
    """Write what the archive holds, and how much of it could not be taken in."""
    for name, number in counts.items():
        yield f"{number:>7,} {name.replace('_', ' ')}"
    if sentences := counts.get("sentences", 0):
        share = 100 * counts["sentences_with_record"] / sentences
        yield f"{share:>6.1f}% of the sentences carry a record"
    yield f"{skipped:>7,} left out"
    yield f"{faults:>7,} faults"


def main(paths: list[str]) -> int:
    """Check archives and print the report; 0 for sound ones, 1 for faults, 2 for no archive."""
    code = 0
    for path in paths:
        try:
            library = open_archive(Path(path), cache=None)
        except ArchiveError as error:
            print(error, file=sys.stderr)
            return 2
        for line in fault_lines(library.faults):
            print(line.encode("utf-8", "backslashreplace").decode())
        number = sum(not fault.warning for fault in library.faults)
        print(*count_lines(library.counts(), library.skipped, number), sep="\n")
        code = max(code, int(number > 0))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
