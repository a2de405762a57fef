"""The answers of the finder as rows: records by kind, then passages with what matched lit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.desk.render.text import (
    Line,
    cells,
    clip,
    clip_line,
    columns,
    crop,
    line,
    safe,
    spans_to_line,
    width_of,
    wrap,
)
from tui.records.dates import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.search import Answer, PassageHit, Progress, RecordHit

SECTIONS = {
    "person": "people",
    "organization": "organizations",
    "state": "states",
    "initiative": "initiatives",
    "event": "events",
}


METER = 8
"""Cells of the bar that fills while the index is being built."""
MOST_COUNTED = 100
SHORTEST = 12
"""Cells that a title keeps, whatever stands beside it."""
MATCHED = 8
"""Cells of another name that matched below which it is no use to show it."""
BRIEFLY = {
    "named in its facts": "in its facts",
    "words of the name": "in the name",
    "beginning of the name": "name begins",
    "first letters of the name": "first letters",
}
"""Why a record matched, in the words that a row has room for."""
SLIP = re.compile(r"(?:typo: )?([^ ;,]+) → ([^;,]+)")
SLIPS = re.compile(r"typo: [^ ;,]+ → [^;,]+(?:[;,] (?:typo: )?[^ ;,]+ → [^;,]+)*")


class HitRows:
    """The rows of an answer; a passage takes two, the first of which holds the cursor."""

    def __init__(self, library: Library, answer: Answer) -> None:
        self._library = library
        self.answer = answer
        self._rows: list[tuple[str, RecordHit | PassageHit | str]] = []
        self._slips = _slips(answer)
        self.notices, self.in_memory = _notices(answer)
        section = ""
        for hit in _by_kind(answer.records):
            if hit.kind != section:
                if self._rows:
                    self._rows.append(("gap", ""))
                section = hit.kind
                self._rows.append(("heading", SECTIONS.get(section, section)))
            self._rows.append(("record", hit))
        if answer.passages:
            if self._rows:
                self._rows.append(("gap", ""))
            self._rows.append(("heading", "passages"))
            for passage in answer.passages:
                self._rows += [("passage", passage), ("origin", passage)]

    def __len__(self) -> int:
        return len(self._rows)

    def selectable(self, index: int) -> bool:
        """Tell hits from headings."""
        return self._rows[index][0] in ("record", "passage")

    def hit(self, index: int) -> RecordHit | PassageHit | None:
        """Give the hit in a row; None in a heading."""
        if not 0 <= index < len(self._rows):
            return None
        hit = self._rows[index][1]
        return None if isinstance(hit, str) else hit

    def find(self, hit: RecordHit | PassageHit | None) -> int:
        """Give the row of what a hit of another answer shows, or -1."""
        wanted = _shown(hit)
        rows = ((at, kind, one) for at, (kind, one) in enumerate(self._rows))
        return next(
            (
                at
                for at, kind, one in rows
                if kind in ("record", "passage") and _shown(one) == wanted
            ),
            -1,
        )

    def line(self, index: int, width: int) -> Line:
        """Draw a heading, a record or half a passage."""
        from tui.search import RecordHit

        kind, hit = self._rows[index]
        if isinstance(hit, str):
            return line((hit, "dim"))
        if isinstance(hit, RecordHit):
            return self._record(hit, width)
        return self._passage(hit, width) if kind == "passage" else self._origin(hit, width)

    def _record(self, hit: RecordHit, width: int) -> Line:
        matched = spans_to_line(
            hit.matched, 0, len(hit.matched), [(a, b, "match") for a, b in hit.spans]
        )
        left = line((hit.name, "strong"))
        extra = self._extra(hit)
        beside = line((f"  {extra}" if extra else "", "dim"))
        right = line((clip(self._why(hit), width * 2 // 5), "faint"))
        room = max(SHORTEST, width - width_of(right) - 1)
        if hit.kind == "event":  # half a date would be another one: the title gives way
            room = max(SHORTEST, room - width_of(beside))
        if hit.matched == hit.name:
            left = matched
        elif hit.matched != hit.id and width_of(left) + 2 + MATCHED <= room:
            left = (*left, *line("  "), *matched)  # an id is for files; the reason says it matched
        left = _clipped(left, room)
        if hit.kind != "event" and width_of(left) + min(MATCHED, width_of(beside)) > room:
            beside = ()
        return columns((*left, *beside), right, width)

    def _why(self, hit: RecordHit | PassageHit) -> str:
        """Say why a hit matched; which slips were forgiven is said once, above the hits."""
        return "typo" if hit.why in self._slips else BRIEFLY.get(hit.why, hit.why)

    def corrections(self) -> str:
        """Give what was read for what was typed, where every slip is read one way."""
        read = {
            slip.removeprefix("typo: "): None
            for why in self._slips
            for slip in re.split(r"[;,] ", why)
        }
        return " · ".join(read)

    def _extra(self, hit: RecordHit) -> str:
        record = self._library.record(hit.id)
        if hit.kind == "person":
            native = " ".join(n for n in record.values("native")[:1] if n != hit.matched)
            office = record.first("office")
            return "  ".join(part for part in (native, office.shown if office else "") if part)
        if hit.kind == "event":
            from tui.desk.render.sheet import day

            return day(record)
        if hit.kind == "initiative":
            return " ".join(a for a in record.values("abbreviation")[:1] if a != hit.matched)
        return record.code

    def _passage(self, hit: PassageHit, width: int) -> Line:
        text = self._library.text(hit.source)
        start, end = window(text, hit, width)
        pieces = spans_to_line(text, start, end, [(a, b, "lit") for a, b in hit.spans])
        lead = "…" if start > hit.start else ""
        tail = "…" if end < hit.end else ""
        return (*line((lead, "dim")), *pieces, *line((tail, "dim")))

    def _origin(self, hit: PassageHit, width: int) -> Line:
        source = self._library.sources[hit.source]
        published = source.first("published")
        when = label(published.value, published.text, published.basis) if published else "undated"
        left = line((f"  {hit.source} · {when}", "faint"))
        return columns(left, line((clip(self._why(hit), width // 2), "faint")), width)


def indexing(progress: Progress, answer: Answer | None) -> Line:
    """Say how far the index is built, and how much of the text answers meanwhile."""
    done, total = progress
    parts = [("  indexing ", "dim")]
    if total:
        full = done * METER // total
        parts += [("▰" * full, "key"), ("▱" * (METER - full), "faint")]
        words = f" {done:,} of {total:,}" if done < total else " almost there"
        parts.append((words, "dim"))
    if answer is not None and answer.searched is not None:
        some = f"{answer.searched.done:,}" if answer.searched.done else "names"
        parts.append((f" · answers from {some} so far" if total else "", "dim"))
    return line(*parts)


def lens_line(names: Sequence[str], outside: int | None) -> Line:
    """Name the lens and the hits it hides, None where it is not looked through just now."""
    lens = (("lens: ", "dim"), (" · ".join(names), "strong"))
    if outside is None:
        return line(
            *lens, ("  set aside here", "planned"), ("  ctrl+l", "key"), (" looks through", "dim")
        )
    if not outside:
        return line(*lens, ("  hides nothing", "dim"))
    count = f"more than {MOST_COUNTED}" if outside > MOST_COUNTED else f"{outside} more"
    shows = ("  ctrl+l", "key"), (" shows them" if outside > 1 else " shows it", "dim")
    return line(*lens, (f"  {count} outside", "planned"), *shows)


def _notices(answer: Answer) -> tuple[tuple[str, ...], str]:
    """Give what is said of the query, and what is said of an index that cannot be kept.

    Left out is what stands beside the prompt: that the index is being built.
    """
    if not answer.notices:
        return (), ""
    from tui.search.building import IN_MEMORY
    from tui.search.engine import partly

    building = None if answer.searched is None else partly(answer.searched)
    index = [words for words in answer.notices if words.startswith(IN_MEMORY)]
    query = [words for words in answer.notices if words != building and words not in index]
    return tuple(query), " ".join(index)


def side_by_side(notices: Sequence[str], width: int) -> list[Line]:
    """Lay notices out, as many beside each other as fit: the fields of a query, mostly."""
    rows: list[str] = []
    for words in notices:
        joined = f"{rows[-1]} · {words}" if rows else ""
        if joined and cells(safe(joined)) <= width:
            rows[-1] = joined
        else:
            rows.append(words)
    return [line((part, "planned")) for row in rows for part in wrap(row, width)]


def _clipped(pieces: Line, width: int) -> Line:
    """Cut a line with an ellipsis, in the very last cell where a piece is cut."""
    cropped = crop(pieces, width)
    return cropped if cropped and cropped[-1][0].endswith("…") else clip_line(pieces, width)


def _shown(hit: RecordHit | PassageHit | str | None) -> object:
    """Give what tells two hits apart, whatever else an answer says of them."""
    from tui.search import RecordHit

    if hit is None or isinstance(hit, str):
        return None
    return hit.id if isinstance(hit, RecordHit) else (hit.source, hit.start)


def _slips(answer: Answer) -> frozenset[str]:
    """Give the reasons that only name forgiven slips, where no typed word is read two ways."""
    whys = {hit.why for hit in answer.records} | {hit.why for hit in answer.passages}
    slips = {why for why in whys if SLIPS.fullmatch(why)}
    read: dict[str, set[str]] = {}
    for why in slips:
        for typed, meant in SLIP.findall(why):
            read.setdefault(typed, set()).add(meant)
    return frozenset(slips if all(len(meant) == 1 for meant in read.values()) else ())


def _by_kind(hits: Sequence[RecordHit]) -> list[RecordHit]:
    """Keep the best hit first, and each kind together in the order of its own best hit."""
    order = list(dict.fromkeys(hit.kind for hit in hits))
    return [hit for kind in order for hit in hits if hit.kind == kind]


def window(text: str, hit: PassageHit, width: int) -> tuple[int, int]:
    """Choose the part of a passage that fits a row and shows the first match whole."""
    room = max(8, width - 2)
    start, end = hit.start, hit.end
    if cells(safe(text[start:end])) <= width:
        return start, end
    if hit.spans:
        first, last = hit.spans[0]
        inside = [b for _, b in hit.spans if b - first <= room]
        last = max([last, *inside])
        if last - start > room:
            lead = max(0, (room - (last - first)) // 3)
            start = max(hit.start, first - lead)
            while start > hit.start and start < first and text[start - 1] not in " \n":
                start += 1
    used, at = 0, start
    while at < hit.end:
        used += cells(safe(text[at])) or 1
        if used > room:
            break
        at += 1
    return start, at
