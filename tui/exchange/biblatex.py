"""Copies as BibLaTeX entries; dates in the extended format (EDTF, level 1) that Biber reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.exchange.works import Work, works
from tui.plain import clean_line
from tui.records.edtf import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.exchange.citing import Claim
    from tui.records.edtf import Point

LANGUAGES = {"en": "english", "ko": "korean", "ja": "japanese", "fr": "french", "de": "german"}
"""The names that babel and polyglossia give to languages."""

# Braces are written as commands: a parser of BibTeX counts the escaped ones as well.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "%&_#$"},
}
_KEY = re.compile(r"[^a-z0-9_-]+")


def biblatex(claims: Sequence[Claim]) -> str:
    """Write one entry for each source that is quoted, the quotes in its note."""
    return "\n".join(_entry(work) for work in works(claims))


def _entry(work: Work) -> str:
    fields: list[tuple[str, str]] = [("title", f"{{{escaped(work.title)}}}")]
    if work.author:
        fields.append(("author", f"{{{escaped(work.author)}}}"))
    if work.publisher:
        fields.append(("organization", f"{{{escaped(work.publisher)}}}"))
    if date := level_1(work.edtf):
        fields.append(("date", date))
    if work.url:
        fields.append(("url", work.url))
    if work.language in LANGUAGES:
        fields.append(("langid", LANGUAGES[work.language]))
    elif work.language:
        fields.append(("language", escaped(work.language)))
    remarks = [*work.remarks]
    if work.edtf and not date:
        remarks.insert(0, f"date: {work.when}")
    fields.append(("note", escaped("; ".join(remarks))))
    wide = max(len(name) for name, _ in fields)
    kind = "online" if work.url else "misc"
    key = _KEY.sub("-", work.id.casefold()).strip("-") or "source"
    rows = "".join(f"  {name:<{wide}} = {{{value}}},\n" for name, value in fields)
    return f"@{kind}{{{key},\n{rows}}}\n"


def escaped(text: str) -> str:
    """Write a text so that TeX prints it as it is; braces always balance."""
    return "".join(_SPECIAL.get(character, character) for character in clean_line(text))


def level_1(edtf: str) -> str:
    """Write a date with what level 1 of EDTF knows, never more exactly than it is known.

    Doubt about a part becomes doubt about the whole date, a digit left open leaves its part open.
    Empty for one of several dates, which level 1 cannot write.
    """
    if not edtf:
        return ""
    parsed = parse(edtf)
    if parsed.form == "set":
        return ""
    if parsed.form == "date":
        return _point(parsed.points[0])
    points = [_point(point) for point in parsed.points]
    if not all(points):
        return ""
    ends = {"open": "..", "unknown": ""}
    first = points[0] if parsed.start == "date" else ends[parsed.start]
    last = points[-1] if parsed.end == "date" else ends[parsed.end]
    return f"{first}/{last}"


def _point(point: Point) -> str:
    year, month, day = point.year, point.month, point.day
    known = year.rstrip("X")
    if "X" in known or not known or (known != year and month):
        return ""
    if "X" in month:
        month, day = "XX", "XX" if day else ""
    if "X" in day:
        day = "XX"
    doubt = "".join(dict.fromkeys("".join(point.qualifiers)))
    mark = "" if not doubt else doubt if len(doubt) == 1 else "%"
    return "-".join(part for part in (year, month, day) if part) + mark
