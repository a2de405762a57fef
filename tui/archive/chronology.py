"""How the dates group and count the events, as numbers: compiled once, so that no list asks again.

Everything a list of a hundred thousand events needs to group and count them is worked out when the
archive is compiled; at run time arrays are sliced and searched by halving.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import TYPE_CHECKING, Any

from tui.archive.columns import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence


class Chronology:
    """How the events are grouped and counted; all but `headings` have one number an event.

    `heading` indexes `headings`. `quarter` is year * 5 + the quarter (0 to 3) that an event's date
    lies in, or + 4 where only the year is certain; -1 where not even that. The first `dated`
    events have a date, the others have none. Of all events `begins` are the places at which another
    heading is due, `counts` how many have each quarter.
    """

    def __init__(
        self, plain: tuple[list[tuple[str, str]], bytes, bytes, int, bytes, dict[int, int]]
    ) -> None:
        headings, heading_of, quarter, self.dated, begins, self.counts = plain
        self.headings: list[tuple[str, str]] = headings
        self.begins = numbers("I", begins)
        self.heading = numbers("I", heading_of)
        self.quarter = numbers("i", quarter)


def compile_chronology(columns: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    """Group and count events, given as the timeline's columns."""
    from tui.records.dates import heading

    _, _, _, _, edtf, texts, _, earliest, latest, *_ = columns
    seen: dict[tuple[str, str], int] = {}
    groups: dict[tuple[str | None, str], int] = {}
    heading_of, quarter = array("I"), array("i")
    for value, words, low, high in zip(edtf, texts, earliest, latest, strict=True):
        key = (value, "" if value else words)
        if key not in groups:
            groups[key] = seen.setdefault(heading(*key), len(seen))
        heading_of.append(groups[key])
        quarter.append(_quarter(low, high))
    dated = sum(low is not None or high is not None for low, high in zip(earliest, latest))  # noqa: B905
    begins = array("I", (at for at, code in enumerate(heading_of) if code != heading_of[at - 1]))
    if heading_of and (not begins or begins[0]):
        begins.insert(0, 0)
    return (
        list(seen), heading_of.tobytes(), quarter.tobytes(), dated, begins.tobytes(),
        dict(Counter(quarter)),
    )  # fmt: skip


def _quarter(low: int | None, high: int | None) -> int:
    from datetime import date

    if low is None or high is None:
        return -1
    begins, ends = date.fromordinal(low), date.fromordinal(high)
    if begins.year != ends.year:
        return -1
    at = (begins.month - 1) // 3
    return begins.year * 5 + (at if at == (ends.month - 1) // 3 else 4)
