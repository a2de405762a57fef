"""Promises on the desk: what became of one, on its card, and all of them by state in a list."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.archive.promises import STATES, is_promise, promise_of
from tui.desk.render.marks import STATUS_MARKS, grounds, host
from tui.desk.render.sheet import SECTION, Words, column, day, fitting, padded
from tui.desk.render.text import cells, clip, clip_line, columns, line, safe
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.archive.promises import Later, Promise, Promises
    from tui.desk.render.sheet import Sheet
    from tui.desk.render.text import Line
    from tui.records.evidence import Evidence
    from tui.records.record import Record

DUE_WIDTH = 15
WIDE = 90
BRIEF = 14
"""Cells of a row from which there is room for whole names, and of the column of names else."""
STATE_ROLES = {
    "overdue here": "planned",
    "unconfirmed here": "dim",
    "moved": "planned",
    "dropped": "dim",
    "kept": "held",
}


def state_mark(promise: Promise) -> tuple[str, str]:
    """Give the mark of a promise: hollow while it is open, full where it is kept."""
    if promise.state == "kept":
        return STATUS_MARKS["held"]
    return STATUS_MARKS["denied" if promise.state == "dropped" else "planned"]


def became(sheet: Sheet) -> None:
    """Write on a promise's own card what became of it."""
    if not is_promise(sheet.record):
        return
    promise = promise_of(sheet.library, sheet.record)
    mark, role = state_mark(promise)
    ground = promise.due or sheet.record.first("promised_by") or sheet.record.first("status")
    if ground is None:
        return
    known: tuple[Evidence, ...] = ()
    if promise.state == "overdue here":
        source = sheet.library.sources[sheet.library.reach[0]]
        known = tuple(e for f in source.all("published") for e in f.evidence)
    decided = next((x.fact for x in promise.later if x.relation == promise.state), None)
    against = promise.against or STATES[promise.state]
    sheet.row(
        "promise",
        ((f"{mark} ", role), (promise.state, "strong"), (f"  {against}", "dim")),
        sheet.stop(decided or ground, more=known),
        tail=sheet.ground(decided or ground),
    )
    name = "since"
    for item in promise.later:
        stop = sheet.stop(item.fact, item.event if item.event != sheet.record.id else "")
        sheet.row(name, _told(sheet, item), stop, tail=sheet.ground(item.fact, item.event))
        sheet.reason(item.fact.why)
        name = ""
    sheet.add()


def _told(sheet: Sheet, item: Later) -> tuple[Words, ...]:
    if item.event == sheet.record.id:
        return ((item.relation, "strong"), *_when(sheet, item))
    event = sheet.library.record(item.event)
    return ((f"{item.relation} ", "strong"), (event.name, "link"), (f"  {day(event)}", "dim"))


def _when(sheet: Sheet, item: Later) -> tuple[Words, ...]:
    """Say when a promise was kept where the ground that tells it says so as well."""
    for fact in sheet.record.all("date"):
        if fact.value and fact.url == item.fact.url and fact.basis == item.fact.basis == "outside":
            return ((f"  {dates.label(fact.value)}", "dim"),)
    return ()


def promised(sheet: Sheet, events: Sequence[Record]) -> None:
    """Write the promises among a record's events, those that are open first."""
    order = list(STATES)
    found = [promise_of(sheet.library, event) for event in events if is_promise(event)]
    found.sort(key=lambda promise: order.index(promise.state))
    if not found:
        return
    still = sum(promise.is_open for promise in found)
    sheet.heading("promises", len(found), f"{still} open" if still else "none open")
    dues = [due_words(promise) for promise in found[:SECTION]]
    width = column(dues)
    for promise, due in zip(found, dues, strict=False):
        mark, role = state_mark(promise)
        fact = promise.event.first("promised_by") or promise.event.first("status")
        if fact is None:
            continue
        sheet.add(
            promise.event.name,
            tail=sheet.ground(fact, promise.event.id),
            below=((promise.state, STATE_ROLES[promise.state]), (_elsewhere(promise), "outside")),
            stop=sheet.stop(fact, promise.event.id, promise.event.evidence),
            hang=[(padded(due, width), "dim"), (f"{mark} ", role)],
        )
    sheet.more(SECTION, len(found), "promises")


def _elsewhere(promise: Promise) -> str:
    return f"  ↗ {promise.elsewhere.relation}" if promise.elsewhere and promise.is_open else ""


def due_words(promise: Promise) -> str:
    """Write by when something was promised, for a column."""
    due = promise.due
    if due is None:
        return "no time given"
    return fitting(dates.short(due.value, due.text, due.basis))


class PromiseRows:
    """The rows of the view of promises: by state, what is open first."""

    def __init__(self, library: Library, promises: Promises) -> None:
        self._library = library
        self.promises = promises
        self._states = promises.counts
        counts = (count + 1 for _, count in self._states)
        self._headings = list(accumulate(counts, initial=0))
        few = promises[:SECTION]
        self._widest = [
            max((cells(safe(self._who(p, brief=brief))) for p in few), default=0)
            for brief in (False, True)
        ]

    def __len__(self) -> int:
        return self._headings[-1]

    def selectable(self, index: int) -> bool:
        """Tell promises from headings."""
        return index not in self._headings

    def promise(self, index: int) -> Promise | None:
        """Give the promise in a row; None for a heading."""
        number = self._number(index)
        return self.promises[number] if number >= 0 else None

    def event(self, index: int) -> str | None:
        """Give the id of the promise in a row; None for a heading."""
        number = self._number(index)
        return self.promises.event(number) if number >= 0 else None

    def _number(self, index: int) -> int:
        if not 0 <= index < len(self) or not self.selectable(index):
            return -1
        return index - bisect_right(self._headings, index)

    def index_of(self, event: str | None) -> int:
        """Give the row of a promise; -1 where it is not shown."""
        position = self._library.timeline.position(event) if event else -1
        number = self.promises.index_of(position) if position >= 0 else -1
        if number < 0:
            return -1
        row = number
        for heading in self._headings:
            row += heading <= row
        return row

    def line(self, index: int, width: int) -> Line:
        """Draw a state, or a promise: by when, what, what is known elsewhere, who."""
        promise = self.promise(index)
        if promise is None:
            state, count = self._states[self._headings.index(index)]
            words = line((state, "strong"), (f" {count:,}", "dim"), (f"  {STATES[state]}", "faint"))
            return clip_line(words, width)
        mark, role = state_mark(promise)
        due = due_words(promise)
        pad = " " * max(0, DUE_WIDTH - cells(safe(due)))
        left = line(pad, (due, "dim"), " ", (mark, role), " ", promise.event.name)
        brief = width < WIDE
        room = min(BRIEF if brief else width // 4, self._widest[brief])
        who = safe(self._who(promise, brief=brief))
        if cells(who) > room:
            who = clip(self._who(promise, brief=True, room=room), room)
        column = line(
            (f"{_elsewhere(promise).strip():<8}", "outside"),
            (who, "dim"),
            " " * (room - cells(who)),
        )
        return columns(left, column, width)

    def _who(self, promise: Promise, *, brief: bool, room: int | None = None) -> str:
        """Name who promised; briefly by abbreviations and family names, those that have room."""
        facts = {fact.value: fact.basis for fact in promise.event.all("promised_by")}
        records = [self._library.record(name) for name in facts if name]
        mark = "↗ " if set(facts.values()) == {"outside"} else ""
        if not records:
            return "–" if brief else "not stated"
        names = [_brief(r) if brief else r.name for r in records]
        words = mark + ", ".join(names)
        if room is not None and cells(safe(words)) > room:
            for kept in range(min(len(names) - 1, room), 0, -1):
                words = f"{mark}{', '.join(names[:kept])} +{len(names) - kept}"
                if cells(safe(words)) <= room:
                    break
        return words


def _brief(record: Record) -> str:
    return record.family or next(iter(record.values("abbreviation")), record.name)


def counted(library: Library, promises: Promises, width: int) -> Line:
    """Say against what promises are held, and how many of them are open."""
    source, reached, _ = library.reach
    held = f"the archive reaches to {reached} ({source})" if source else "no source here is dated"
    return clip_line(line((f"{promises.open:,} open", "strong"), (f" · {held}", "dim")), width)


def foot(library: Library, promise: Promise, width: int) -> list[Line]:
    """Say of a promise who gave it where, by when, and what is known of it since."""
    event = promise.event
    names = ", ".join(library.record(name).name for name in event.values("promised_by"))
    by = event.first("promised_by")
    mark = grounds(by)[0] if by is not None else ("", "")
    said: list[Words] = [("promised by ", "dim"), names or "– not stated", mark]
    for name in event.values("announced_at")[:1]:
        at = library.record(name)
        said += [(f"  {day(at)} at ", "dim"), at.name]  # a name may be cut, a date may not
    decided = promise.against or STATES[promise.state]
    rows = [line(*said), line((promise.state, "strong"), (f"  {decided}", "dim"))]
    for item in promise.later[:2]:
        told: list[Words] = [
            (f"{grounds(item.fact)[0][0].strip()} ", grounds(item.fact)[0][1]),
            item.relation,
        ]
        if item.event != event.id:
            other = library.record(item.event)
            told += [(f" {day(other)} by ", "dim"), other.name]
        if item.fact.url:
            told.append((f"  {host(item.fact.url)}", "faint"))
        rows.append(line(*told))
    return [clip_line(row, width) for row in rows]


def nothing(lens: bool) -> list[Line]:
    """Say why there is no promise to show."""
    if lens:
        return [line(("nothing was promised in what the lens leaves", "dim")),
                line(("F ", "key"), ("clears it", "dim"))]  # fmt: skip
    return [line(("no source of this archive announces or promises anything", "dim"))]
