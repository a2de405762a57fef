"""The days that a sentence speaks of, where it says them with their year."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.records.dates import DateError, bounds
from tui.records.edtf import MONTHS

_NAMES = "|".join(
    f"{month}|{month[:3]}" + ("|Sept" if month == "September" else "") for month in MONTHS
)
_MONTH = rf"(?P<month{{n}}>(?:{_NAMES})\b\.?)"
_DAY = r"(?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?:[-–—]|and|to)\s*)?(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year{n}>(?:19|20)\d\d)(?!\d)"


def _form(words: str, n: int) -> str:
    return words.format(n=n)


_DATE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        (
            r"(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)(?![\d-])",
            _form(rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", 1),
            _form(rf"{_MONTH}\s+{_DAY},?\s+(?:in\s+)?{_YEAR}", 2),
            _form(rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}", 3),
            r"(?i:in|of|during|since|by|until|through|early|mid|late|year|spring|summer|autumn"
            r"|fall|winter)[\s-]+" + _form(_YEAR, 4) + r"(?![\w-])",
        )
    )
    + ")"
)


class Spoken(NamedTuple):
    """A date as a draft has it: its place, its EDTF, its first and last day as ordinals."""

    start: int
    end: int
    edtf: str
    earliest: int
    latest: int

    def overlaps(self, earliest: int | None, latest: int | None) -> bool:
        """Tell whether it may lie within a span, of which either end may be open."""
        return (earliest is None or earliest <= self.latest) and (
            latest is None or self.earliest <= latest
        )


def spoken(text: str, start: int, end: int) -> list[Spoken]:
    """Give the dates in a stretch of a draft."""
    found = []
    for match in _DATE.finditer(text, start, end):
        edtf = match["iso"] or _edtf(match)
        try:
            first, last = bounds(edtf)
        except DateError:
            continue
        if first is not None and last is not None:
            found.append(Spoken(match.start(), match.end(), edtf, first, last))
    return found


def _edtf(match: re.Match[str]) -> str:
    for n in (1, 2, 3):
        if match[f"year{n}"]:
            short = match[f"month{n}"][:3]
            month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(short))
            day = f"-{int(match[f'day{n}']):02d}" if n < 3 else ""
            return f"{match[f'year{n}']}-{month:02d}{day}"
    return match["year4"]
