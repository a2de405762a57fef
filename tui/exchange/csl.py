"""Copies as CSL-JSON, the input of citation processors (schema csl-data.json, 1.0.2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tui.exchange.works import Work, works
from tui.records.dates import label
from tui.records.edtf import SEASONS, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.exchange.citing import Claim
    from tui.records.edtf import Point


def csl_json(claims: Sequence[Claim]) -> str:
    """Write one item for each source that is quoted, the quotes in its note; in ASCII."""
    text = json.dumps([_item(work) for work in works(claims)], ensure_ascii=True, indent=2)
    return text.replace("\x7f", "\\u007f") + "\n"


def _item(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": work.id,
        "type": "webpage" if work.url else "article-newspaper" if work.publisher else "document",
        "title": work.title,
    }
    if work.author:
        item["author"] = [{"literal": work.author}]
    if work.publisher:
        item["container-title"] = work.publisher
    if issued := date(work.edtf, work.when):
        item["issued"] = issued
    if work.url:
        item["URL"] = work.url
    if work.language:
        item["language"] = work.language
    item["note"] = "; ".join(work.remarks)
    if work.edtf:
        item["custom"] = {"edtf": work.edtf}
    return item


def date(edtf: str, words: str = "") -> dict[str, Any]:
    """Write a date as known: its parts, `circa` where they are in doubt, else the words for it.

    Nothing is filled in: a date of which a part in the middle is open, an open span and one of
    several dates are `literal`. Empty where nothing is known.
    """
    if not edtf:
        return {"literal": words} if words else {}
    parsed = parse(edtf)
    parts = [_parts(point) for point in parsed.points]
    closed = parsed.form == "date" or (
        parsed.form == "interval" and parsed.start == parsed.end == "date"
    )
    seasons = [point.month in SEASONS for point in parsed.points]
    if not closed or not all(parts) or (any(seasons) and parsed.form != "date"):
        return {"literal": label(edtf)}
    shaped: dict[str, Any] = {"date-parts": parts}
    if seasons[0]:
        shaped["season"] = int(parsed.points[0].month) - 20
    if parsed.qualified:
        shaped["circa"] = True
    return shaped


def _parts(point: Point) -> list[int]:
    """Give year, month and day as far as they are known; nothing where one between them is not."""
    known: list[int] = []
    digits = (point.year, "" if point.month in SEASONS else point.month, point.day)
    for at, written in enumerate(digits):
        if not written:
            break
        if "X" in written:
            rest = "".join(digits[at + 1 :])
            return known if written.strip("X") == "" and not rest.strip("X") else []
        known.append(int(written))
    return known
