"""Dates as people read them: what is stated, what is inferred, what is not said at all."""

from __future__ import annotations

import re
from datetime import date

from tui.records.edtf import MONTHS, SEASONS, DateError, Edtf, Point, Precision, bounds, parse

__all__ = [
    "DateError",
    "Edtf",
    "Point",
    "Precision",
    "bounds",
    "cell",
    "heading",
    "label",
    "parse",
]

_SHORT = tuple(month[:3] for month in MONTHS)
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_SEASON = re.compile(r"(?:(?:in|during|this|the)\s+)*(spring|summer|autumn|winter|fall)", re.I)
_MONTH = re.compile(r"\b(" + "|".join(MONTHS) + r")\b")
_PARTS = ("year", "month", "day")


def label(edtf: str | None, text: str = "", basis: str = "stated") -> str:
    """Write a date out in full: `30 Oct 2024`, `Jan 2023? · day 31 stated`.

    `text` are the source's words; they speak where the EDTF cannot (`summer, year not stated`). A
    basis other than stated is said in brackets, unless the date's own marks say it part by part.

    Raises:
        DateError: `edtf` is no EDTF date.
    """
    if edtf is None:
        return _undated(text)
    parsed = parse(edtf)
    if parsed.form == "set":
        shown = _set(parsed)
    elif parsed.form == "interval":
        shown = _interval(parsed)
    else:
        shown = _point(parsed.points[0], text)
    if basis == "outside" or (basis == "inferred" and not parsed.qualified):
        return f"{shown} ({basis})"
    return shown


def short(edtf: str | None, text: str = "", basis: str = "stated") -> str:
    """Write a date for a column: `30 Oct 2024`, `31 Jan 2023?`, `≈ 11 Jul 2025`, `“currently”`.

    One mark stands for all that is doubtful in it: `?` where some part is inferred, `≈` where only
    the year is stated, `↗` where the date is known from outside only.

    Raises:
        DateError: `edtf` is no EDTF date.
    """
    if edtf is None:
        return f"“{text}”" if text else "undated"
    parsed = parse(edtf)
    if parsed.form == "set":
        shown = _set(parsed)
    elif parsed.form == "interval":
        shown = _interval(parsed)
    else:
        point = parsed.points[0]
        only_year = _only_year_stated(point)
        shown = f"≈ {_words(point)}" if only_year else _marked(point)
    shown = shown.replace("about ", "c. ")
    if basis == "outside":
        return f"↗ {shown}"
    return f"{shown}?" if basis == "inferred" and not parsed.qualified else shown


def heading(edtf: str | None, text: str = "") -> tuple[str, str]:
    """Name the group a date stands under in a timeline: a year and what is known within it.

    Raises:
        DateError: `edtf` is no EDTF date.
    """
    if edtf is None:
        return "undated", "year not stated"
    parsed = parse(edtf)
    first, last = parsed.earliest, parsed.latest
    open_ended = first is None or last is None
    if open_ended:
        known = parsed.points[0] if last is None else parsed.points[-1]
        first, last = known.earliest, known.latest
    if first is None or last is None:
        return "undated", "year not stated"
    year = str(date.fromordinal(first).year)
    if parsed.form == "date" or open_ended:
        point = parsed.points[-1 if parsed.earliest is None else 0]
        if "X" in point.year:
            return _years(point.year), "year not stated"
        if point.month in SEASONS:
            return year, SEASONS[point.month]
        if not point.month or "X" in point.month or _only_year_stated(point):
            weekday = _weekday(text)
            return year, f"{weekday}, month not stated" if weekday else "month not stated"
    begins, ends = date.fromordinal(first), date.fromordinal(last)
    if begins.year != ends.year:
        return year, f"to {ends.year}"
    if all(_only_year_stated(point) for point in parsed.points):
        return year, "month not stated"
    told = [bool(point.month) and "X" not in point.month for point in parsed.points]
    if not all(told) and parsed.form == "interval":  # its bounds are no months that a source gives
        if told[0]:
            return year, f"from {MONTHS[begins.month - 1]}"
        return year, f"to {MONTHS[ends.month - 1]}" if told[-1] else "month not stated"
    if begins.month == ends.month:
        return year, MONTHS[begins.month - 1]
    return year, f"{MONTHS[begins.month - 1]}–{MONTHS[ends.month - 1]}"


CELLS = 6


def cell(edtf: str | None, text: str = "", basis: str = "stated") -> str:
    """Write what a date adds to its heading, in at most six cells: `31`, `~31`, `≈Jul`, `≤ 30`.

    A year that is itself inferred is said again, in doubt: `~2023`.

    What is known from outside only carries the mark of that, `↗28`, where there is room.
    """
    words = _cell(edtf, text, basis)
    if basis == "outside" and edtf is not None and len(words) < CELLS:
        return f"↗{words}"
    return words


def _cell(edtf: str | None, text: str, basis: str) -> str:
    """Write a date without the mark of its basis.

    Raises:
        DateError: `edtf` is no EDTF date.
    """
    if edtf is None:
        return _undated_cell(text)
    parsed = parse(edtf)
    doubt = "~" if basis == "inferred" and not parsed.qualified else ""
    if parsed.form == "set":
        return "1 of " + (str(len(parsed.points)) if len(parsed.points) < 10 else "…")
    first, last = parsed.points[0], parsed.points[-1]
    if parsed.form == "date":
        return _point_cell(first, doubt)
    if parsed.start != "date":
        return "≤ " + _bare(last)
    if parsed.end != "date":
        return "≥ " + _bare(first)
    if _only_year_stated(first) and first.day and last.day:
        return f"≈{_month(first.month)}" if "X" not in first.month else ""
    if first.year != last.year and first.month and "X" not in first.month:
        # Its heading names two years, so that a day alone would be a day of no month.
        name = "" if first.month in SEASONS else f"{_month(first.month)} –"
        return f"~{name}" if name and (doubt or first.qualifiers[1]) else name
    if not (first.day and last.day):
        return ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{doubt or _doubt(first)}{_number(first.day)}–{_number(last.day)}"
    return f"{doubt or _doubt(first)}{_number(first.day)} –"


def _undated(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return "date not stated"
    season = _SEASON.fullmatch(words)
    if season:
        return f"{season[1].lower()}, year not stated"
    if _WEEKDAY.search(words) and len(words.split()) <= 3:
        return f"{_weekday(words)}, year not stated"
    return f"“{words}”, year not stated"


def _undated_cell(text: str) -> str:
    season = _SEASON.fullmatch(" ".join(text.split()))
    if season:
        return season[1].lower()
    month = _MONTH.search(text)
    if month:
        return month[1][:3]
    weekday = _weekday(text)
    return weekday[2:5] if weekday else ""


def _weekday(text: str) -> str:
    found = _WEEKDAY.search(text)
    return f"a {found[0].capitalize()}" if found else ""


def _number(day: str) -> str:
    return day if "X" in day else str(int(day))


def _years(mask: str) -> str:
    known = mask.rstrip("X")
    if len(known) == 3 and "X" not in known:
        return f"{known}0s"
    low, high = mask.replace("X", "0"), mask.replace("X", "9")
    return f"{low}–{high}"


def _year(mask: str) -> str:
    return _years(mask) if "X" in mask else str(int(mask))


def _month(code: str) -> str:
    return SEASONS.get(code) or _SHORT[int(code) - 1]


def _bare(point: Point) -> str:
    """Name the smallest known part alone."""
    if point.day and "X" not in point.day:
        return _number(point.day)
    if point.month and "X" not in point.month:
        return _month(point.month)[:3] if point.month not in SEASONS else point.month
    return point.year


def _words(point: Point, drop: tuple[str, ...] = ()) -> str:
    """Write a point's day, month and year, without marks and without the parts to drop."""
    unknown_day = "X" in point.day
    unknown_month = "X" in point.month
    words: list[str] = []
    if point.day and not unknown_day and "day" not in drop:
        words.append(str(int(point.day)))
    if point.month and not unknown_month and "month" not in drop:
        words.append(_month(point.month))
    if point.precision != "unknown" and point.year != "XXXX" and "year" not in drop:
        year = _year(point.year)
        if point.month == "24" and "X" not in point.year:
            year += f"–{(int(point.year) + 1) % 100:02d}"
        words.append(year)
    shown = " ".join(words)
    if "year" in drop:
        return shown
    if unknown_month and point.day and not unknown_day:
        return f"{_year(point.year)} · day {int(point.day)}, month not stated"
    if point.year == "XXXX":
        return f"{shown}, year not stated" if shown else "year not stated"
    if len(set(point.month)) == 2 and unknown_month:
        return f"{shown} · month {point.month}"
    if len(set(point.day)) == 2 and unknown_day:
        return f"{shown} · day {point.day}"
    return shown + (f", {point.time}" if point.time else "")


def _marked(point: Point) -> str:
    """Write a point with one mark for all of it: doubt behind, approximation before."""
    marks = "".join(point.qualifiers)
    about = "about " if "~" in marks or "%" in marks else ""
    return f"{about}{_words(point)}{'?' if '?' in marks or '%' in marks else ''}"


def _only_year_stated(point: Point) -> bool:
    return bool(point.qualifiers[1]) and not point.qualifiers[0]


def _point(point: Point, text: str) -> str:
    written = [part for part, there in zip(_PARTS, point.written, strict=True) if there]
    doubted = [part for part, mark in zip(_PARTS, point.qualifiers, strict=True) if mark]
    stated = [part for part in written if part not in doubted]
    if not doubted:
        weekday = _weekday(text)
        if weekday and point.precision == "year":
            return f"{_words(point)} · {weekday}, month not stated"
        return _words(point)
    if not stated:
        return _marked(point)
    if "year" in doubted:
        if stated == ["day"]:
            return f"{_words(point, ('day',))}? · day {_number(point.day)} stated"
        return f"{_words(point)}? · {' and '.join(reversed(stated))} stated"
    guess = _words(point, tuple(stated))
    known = _words(point, tuple(doubted))
    weekday = _weekday(text)
    marks = "".join(point.qualifiers)
    missing = "approximate" if set(marks) == {"~"} else "not stated"
    if weekday:
        said = weekday if doubted == ["day"] else f"{weekday}, month {missing}"
    elif stated == ["year", "day"]:
        known = str(int(point.year)) if "X" not in point.year else _years(point.year)
        said = f"day {_number(point.day)} stated, month {missing}"
    else:
        said = f"{' and '.join(doubted)} {missing}"
    return f"{known} · {said} (≈ {guess})" if guess else f"{known} · {said}"


def _interval(parsed: Edtf) -> str:
    first, last = parsed.points[0], parsed.points[-1]
    if parsed.start == "open":
        return f"≤ {_marked(last)}"
    if parsed.start == "unknown":
        return f"until {_marked(last)}, start not known"
    if parsed.end == "open":
        return f"since {_marked(first)}"
    if parsed.end == "unknown":
        return f"from {_marked(first)}, end not known"
    return _pair(first, last)


def _pair(first: Point, last: Point) -> str:
    """Write a span, saying once what both ends share."""
    plain = not any(first.qualifiers + last.qualifiers) and "X" not in "".join(first[:3] + last[:3])
    alike = first.qualifiers == last.qualifiers
    if not plain and not alike:
        return f"{_marked(first)} – {_marked(last)}"
    if first[:3] == last[:3]:
        return _marked(first)
    about = "about " if "~" in (mark := "".join(first.qualifiers)) or "%" in mark else ""
    doubt = "?" if "?" in mark or "%" in mark else ""
    if first.year != last.year or "24" in (first.month, last.month):
        dash = "–" if not (first.month or last.month) else " – "
        return f"{about}{_words(first)}{dash}{_words(last)}{doubt}"
    if first.month != last.month or not (first.day and last.day):
        if not (first.month and last.month):
            return f"{about}{_words(first)} – {_words(last)}{doubt}"
        dash = "–" if not (first.day or last.day) else " – "
        return f"{about}{_words(first, ('year',))}{dash}{_words(last)}{doubt}"
    return f"{about}{_number(first.day)}–{_words(last)}{doubt}"


def _set(parsed: Edtf) -> str:
    members: list[str] = []
    for member in parsed.text[1:-1].split(","):
        left, dots, right = member.partition("..")
        if not dots:
            members.append(_marked(parse(left).points[0]))
        elif left and right:
            members.append(_pair(parse(left).points[0], parse(right).points[0]))
        elif left:
            members.append(f"{_marked(parse(left).points[0])} or later")
        else:
            members.append(f"{_marked(parse(right).points[0])} or earlier")
    if len(members) < 3:
        return " or ".join(members)
    return ", ".join(members[:-1]) + f" or {members[-1]}"


def _doubt(point: Point) -> str:
    return "~" if point.qualifiers[2] else ""


def _point_cell(point: Point, doubt: str) -> str:
    if point.year == "XXXX" and point.month and "X" not in point.month:
        day = f"{_number(point.day)} " if point.day and "X" not in point.day else ""
        return f"{day}{_month(point.month)}"
    if point.month in SEASONS:
        return SEASONS[point.month]
    if not point.month or "X" in point.month:
        if point.day and "X" not in point.day:
            return _number(point.day)
        doubted = (doubt or point.qualifiers[0]) and "X" not in point.year
        return f"~{_year(point.year)}" if doubted else ""
    if _only_year_stated(point):
        return f"≈{_month(point.month)}"
    if point.day and "X" not in point.day:
        return (doubt or _doubt(point)) + str(int(point.day))
    return f"~{_month(point.month)}" if doubt or point.qualifiers[1] else ""
