"""EDTF dates: Level 1, and from Level 2 qualified components, one-of sets, unspecified digits.

The Library of Congress specification of 4 February 2019 (ISO 8601-2), with these limits of ours:
years run from 0001 to 9999 (no minus sign, no `Y`), seasons are 21 to 24, and a time of day keeps
its day as written, whatever the offset. Bounds are the written span: a mark of doubt widens
nothing. `2024-24` is the winter that begins in December 2024.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Precision = Literal[
    "time", "day", "month", "season", "year", "decade", "century", "unknown", "interval", "set"
]
Form = Literal["date", "interval", "set"]
End = Literal["date", "open", "unknown"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
LONGEST = 200

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_POINT = re.compile(
    r"([?~%]?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)"
    r"(?:T([0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}(?::[0-9]{2})?)?))?"
    r")?)?"
)
_TIME = re.compile(
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
)


def _masks(last: int) -> frozenset[str]:
    """Give every way to write one of 01 to `last`, digits left open included."""
    written = [f"{number:02d}" for number in range(1, last + 1)]
    return frozenset(mask for day in written for mask in (day, "X" + day[1], day[0] + "X", "XX"))


_MONTH_MASKS = _masks(12)
_DAY_MASKS = _masks(31)


class DateError(ValueError):
    """A date that EDTF does not know.

    `message` says what is wrong, `position` where in the string (from 0), `remedy` what to write.
    """

    def __init__(self, message: str, position: int = 0, remedy: str = "") -> None:
        super().__init__(f"{message}; {remedy}" if remedy else message)
        self.message = message
        self.position = position
        self.remedy = remedy


class Point(NamedTuple):
    """One date as written.

    `year`, `month` and `day` are the written digits, `X` for an unspecified one and empty where
    absent; a season stands in `month`. `qualifiers` belong to year, month and day: `?` uncertain,
    `~` approximate, `%` both. `earliest` and `latest` are proleptic ordinals, None for a year that
    nothing is known of.
    """

    year: str
    month: str
    day: str
    time: str
    qualifiers: tuple[str, str, str]
    earliest: int | None
    latest: int | None

    @property
    def precision(self) -> Precision:
        """Name the smallest part that is written out."""
        if self.time:
            return "time"
        if self.day and "X" not in self.day:
            return "day"
        if self.month in SEASONS:
            return "season"
        if self.month and "X" not in self.month:
            return "month"
        known = len(self.year.rstrip("X"))
        return ("unknown", "century", "century", "decade", "year")[known]

    @property
    def written(self) -> tuple[bool, bool, bool]:
        """Tell which of year, month and day are written."""
        return (True, bool(self.month), bool(self.day))


class Edtf(NamedTuple):
    """A parsed EDTF string.

    `points` are the date itself, the known ends of an interval, or the members of a set in the
    order written. `start` and `end` say whether an interval's end is a date, open (`..`) or
    unknown (empty); a bound that is open or unknown is None.
    """

    text: str
    form: Form
    points: tuple[Point, ...]
    earliest: int | None
    latest: int | None
    start: End = "date"
    end: End = "date"

    @property
    def precision(self) -> Precision:
        """Name the smallest part written, or the form where it is more than one date."""
        return self.points[0].precision if self.form == "date" else self.form

    @property
    def qualified(self) -> bool:
        """Tell whether any part carries a mark of doubt."""
        return any(any(point.qualifiers) for point in self.points)


@lru_cache(maxsize=8192)
def parse(edtf: str) -> Edtf:
    """Parse an EDTF string.

    Raises:
        DateError: it is none, or names a day that no calendar has.
    """
    if len(edtf) > LONGEST:
        raise DateError(f"a date of {len(edtf)} characters", LONGEST, f"use at most {LONGEST}")
    if edtf[:1] == "[":
        return _parse_set(edtf)
    if "/" in edtf:
        return _parse_interval(edtf)
    point = _parse_point(edtf, 0, edtf)
    return Edtf(edtf, "date", (point,), point.earliest, point.latest)


def bounds(edtf: str) -> tuple[int | None, int | None]:
    """Give the first and last day a date may mean, as proleptic ordinals.

    None where an end is open or unknown, and for both where the year is.

    Raises:
        DateError: `edtf` is no EDTF date.
    """
    parsed = parse(edtf)
    return parsed.earliest, parsed.latest


def _parse_interval(edtf: str) -> Edtf:
    first, _, last = edtf.partition("/")
    if "/" in last:
        at = len(first) + 1 + last.index("/")
        raise DateError("more than one slash", at, "write a day as 2024-10-30, a span as FROM/TO")
    points: list[Point] = []
    ends: list[End] = []
    for piece, offset in ((first, 0), (last, len(first) + 1)):
        if piece in ("", ".."):
            ends.append("open" if piece else "unknown")
            continue
        point = _parse_point(piece, offset, edtf)
        if point.time:
            raise DateError("a time of day in a span", offset + 10, "give the days only")
        ends.append("date")
        points.append(point)
    if not points:
        raise DateError("a span without a date", 0, "leave the date out, or give one end")
    start, end = ends
    earliest = points[0].earliest if start == "date" else None
    latest = points[-1].latest if end == "date" else None
    if earliest is not None and latest is not None and earliest > latest:
        remedy = f"write {last}/{first}"
        raise DateError("the span ends before it begins", len(first) + 1, remedy)
    return Edtf(edtf, "interval", tuple(points), earliest, latest, start, end)


def _parse_set(edtf: str) -> Edtf:
    if edtf[-1] != "]" or len(edtf) < 3:
        raise DateError("a set is not closed", len(edtf), "write [DATE,DATE] for one of several")
    points: list[Point] = []
    open_start = open_end = False
    offset = 1
    for member in edtf[1:-1].split(","):
        left, dots, right = member.partition("..")
        if dots and not left and not right:
            raise DateError("a set member without a date", offset, "give a date beside the dots")
        pair = [
            _parse_point(piece, at, edtf)
            for piece, at in ((left, offset), (right, offset + len(left) + len(dots)))
            if piece or (not dots and at == offset)
        ]
        ordered = [bound for point in pair for bound in (point.earliest, point.latest)]
        if None not in ordered and ordered != sorted(filter(None, ordered)):
            raise DateError("the range ends before it begins", offset, f"write {right}..{left}")
        open_start |= bool(dots) and not left
        open_end |= bool(dots) and not right
        points += pair
        offset += len(member) + 1
    if len(points) == 1 and not (open_start or open_end):
        raise DateError("a set of one date", 0, f"write {edtf[1:-1]} without brackets")
    earliest = None if open_start else _least(point.earliest for point in points)
    latest = None if open_end else _most(point.latest for point in points)
    start: End = "open" if open_start else "date"
    end: End = "open" if open_end else "date"
    return Edtf(edtf, "set", tuple(points), earliest, latest, start, end)


def _least(days: Iterable[int | None]) -> int | None:
    known = list(days)
    return None if None in known else min(day for day in known if day is not None)


def _most(days: Iterable[int | None]) -> int | None:
    known = list(days)
    return None if None in known else max(day for day in known if day is not None)


def _parse_point(text: str, offset: int, whole: str) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise _explain(text, offset, whole)
    before_y, year, after_y, before_m, month, after_m, before_d, day, after_d, time = match.groups(
        ""
    )
    if time:
        if before_y or after_y or before_m or after_m or before_d or after_d or "X" in text:
            raise DateError("a time of day on a doubtful day", offset, "leave the time out")
        if not _TIME.fullmatch(time):
            at = offset + text.index("T") + 1
            raise DateError(f"no such time of day: {time}", at, "write it as 09:30:00Z")
    if before_y or after_y or before_m or after_m or before_d or after_d:
        # A mark after a part covers that part and all before it; a mark before it, that part only.
        marks = (
            _merge(before_y, after_y, after_m, after_d),
            _merge(before_m, after_m, after_d),
            _merge(before_d, after_d),
        )
    else:
        marks = ("", "", "")
    earliest, latest = _span(year, month, day, offset, match)
    return Point(year, month, day, time, marks, earliest, latest)


def _merge(*marks: str) -> str:
    merged = ""
    for mark in marks:
        if mark and mark != merged:
            merged = "%" if merged else mark
    return merged


def _span(
    year: str, month: str, day: str, offset: int, match: re.Match[str]
) -> tuple[int | None, int | None]:
    if year == "0000":
        raise DateError("there is no year 0000", offset + match.start(2), "use 0001 to 9999")
    season = month in SEASONS
    if month and not season and month not in _MONTH_MASKS:
        at = offset + match.start(5)
        raise DateError(f"no month {month}", at, "months are 01 to 12, seasons 21 to 24")
    if day and season:
        raise DateError("a season has no days", offset + match.start(8), f"write {year}-{month}")
    if day and day not in _DAY_MASKS:
        raise DateError(f"no day {day}", offset + match.start(8), "days are 01 to 31")
    if year == "XXXX":
        if day and "X" not in day and not any(_days_of(4, month, day)):
            raise _no_such_day(year, month, day, offset + match.start(8))
        return None, None
    if "X" not in year:
        number = int(year)
        if season:
            return _season(number, month)
        if "X" not in month and "X" not in day:
            return _plain(number, month, day, offset, match)
    years = _years(year)
    if season:
        return _season(years[0], month)[0], _season(years[-1], month)[1]
    first = next((d for y in years for d in _days_of(y, month, day)), None)
    last = next((d for y in reversed(years) for d in _days_of(y, month, day, last=True)), None)
    if first is None or last is None:
        raise _no_such_day(year, month, day, offset + match.start(8))
    return first, last


def _plain(year: int, month: str, day: str, offset: int, match: re.Match[str]) -> tuple[int, int]:
    if not month:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    first = date(year, int(month), 1).toordinal()
    length = _length(year, int(month))
    if not day:
        return first, first + length - 1
    if int(day) > length:
        raise _no_such_day(str(year), month, day, offset + match.start(8))
    exact = first + int(day) - 1
    return exact, exact


def _season(year: int, code: str) -> tuple[int, int]:
    month = (int(code) - 20) * 3
    first = date(year, month, 1).toordinal()
    if code != "24":
        return first, date(year, month + 2, _DAYS[month + 1]).toordinal()
    if year == 9999:
        return first, date.max.toordinal()
    return first, date(year + 1, 3, 1).toordinal() - 1


def _length(year: int, month: int) -> int:
    if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS[month - 1]


def _fits(mask: str, number: int) -> bool:
    return all(m in ("X", d) for m, d in zip(mask, f"{number:02d}", strict=True))


def _years(mask: str) -> list[int]:
    digits = ("0123456789" if digit == "X" else digit for digit in mask)
    return [number for number in (int("".join(ds)) for ds in product(*digits)) if number]


def _days_of(year: int, month: str, day: str, *, last: bool = False) -> Iterator[int]:
    """Walk through the days of one year that the masks fit, first or last one first."""
    step = -1 if last else 1
    for m in range(1, 13)[::step]:
        if month and not _fits(month, m):
            continue
        for d in range(1, _length(year, m) + 1)[::step]:
            if not day or _fits(day, d):
                yield date(year, m, d).toordinal()


def _no_such_day(year: str, month: str, day: str, position: int) -> DateError:
    if "X" in year + month + day:
        return DateError(f"no day fits {year}-{month}-{day}", position, "use XX for the day")
    length = _length(int(year), int(month))
    name = MONTHS[int(month) - 1]
    return DateError(f"{name} {int(year)} has no day {int(day)}", position, f"it has {length} days")


_HINTS: tuple[tuple[str, str, str], ...] = (
    (r"\s*", "an empty date", "leave the field out, or write what is known, such as 2024"),
    (r".*\s.*", "a space", "write 2024-10-30, without spaces"),
    (r".*[xuU].*", "a small x or u", "write an unspecified digit as a capital X: 2024-XX"),
    (r"(?:open|unknown|now|present)", "a word", "write .. for an open end, nothing if unknown"),
    (r"[0-9]{4}-?W[0-9]{1,2}.*", "a week", "EDTF has none: write the span, 2024-10-28/2024-11-03"),
    (r"-[0-9]+.*|Y-?[0-9]+.*", "a year out of range", "years run from 0001 to 9999"),
    (r"\{.*", "a set of several dates", "give each its own record, or [ ] for one of several"),
    (r"[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4}", "the year stands last", "write 2024-10-30"),
    (r"[0-9]{8}|[0-9]{6}|[0-9.]+", "no hyphens", "write year-month-day, as 2024-10-30"),
    (r"[0-9X]{4}-[0-9X]{1,2}(?:-[0-9X]{1,2})?", "a digit is missing", "write 2024-01-05"),
    (r"[0-9X]{4}-[0-9X]{2}-[0-9X]{2}T.*", "no such time of day", "write 2024-10-30T09:30:00Z"),
    (r".*[?~%]{2}.*", "two marks side by side", "% means both uncertain and approximate"),
)


def _explain(text: str, offset: int, whole: str) -> DateError:
    """Say what is wrong with a string that is no date, and where it stops being one."""
    good = next((n for n in range(len(text), 0, -1) if _POINT.fullmatch(text[:n])), 0)
    for pattern, message, remedy in _HINTS:
        if re.fullmatch(pattern, text, re.DOTALL):
            return DateError(f"not an EDTF date: {message}", offset + good, remedy)
    shown = ascii(text if len(text) <= 40 else text[:40] + "…")
    near = " in a span" if "/" in whole else ""
    return DateError(f"not an EDTF date{near}: {shown}", offset + good, "write it as 2024-10-30")
