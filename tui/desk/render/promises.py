"""Promises on the desk: what became of one, on its card, and all of them by state in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.archive.promises import STATES, is_promise, promise_of
from tui.desk.render.marks import STATUS_MARKS, grounds
from tui.desk.render.sheet import SECTION, Words, column, day, fitting, padded
from tui.desk.render.text import cells, clip_line, columns, line, safe
from tui.records import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Library
    from tui.archive.promises import Later, Promise
    from tui.desk.render.sheet import Sheet
    from tui.desk.render.text import Line
    from tui.records.evidence import Evidence
    from tui.records.record import Record

DUE_WIDTH = 16
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
        tail=grounds(decided or ground),
    )
    name = "since"
    for item in promise.later:
        stop = sheet.stop(item.fact, item.event if item.event != sheet.record.id else "")
        sheet.row(name, _told(sheet, item), stop, tail=grounds(item.fact))
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
            (f"  {promise.state}", STATE_ROLES[promise.state]),
            (_elsewhere(promise), "outside"),
            tail=grounds(fact),
            stop=sheet.stop(fact, promise.event.id, promise.event.evidence),
            hang=[(padded(due, width), "dim"), (f"{mark} ", role)],
        )
    sheet.more(SECTION, len(found), "promises")


def _elsewhere(promise: Promise) -> str:
    return f" ↗ {promise.elsewhere.relation}" if promise.elsewhere and promise.is_open else ""


def due_words(promise: Promise) -> str:
    """Write by when something was promised, for a column."""
    due = promise.due
    if due is None:
        return "no time given"
    return fitting(dates.short(due.value, due.text, due.basis))


class PromiseRows:
    """The rows of the view of promises: by state, what is open first."""

    def __init__(self, library: Library, promises: Sequence[Promise], places: dict[str, int]):
        self._library = library
        self.promises = promises
        self._index: list[int] = []
        self._states: list[tuple[str, int]] = []
        self._places = places
        for number, promise in enumerate(promises):
            if not self._states or self._states[-1][0] != promise.state:
                self._states.append((promise.state, 0))
                self._index.append(-len(self._states))
            state, count = self._states[-1]
            self._states[-1] = (state, count + 1)
            self._index.append(number)

    def __len__(self) -> int:
        return len(self._index)

    def selectable(self, index: int) -> bool:
        """Tell promises from headings."""
        return self._index[index] >= 0

    def promise(self, index: int) -> Promise | None:
        """Give the promise in a row; None for a heading."""
        if not 0 <= index < len(self._index) or self._index[index] < 0:
            return None
        return self.promises[self._index[index]]

    def position(self, index: int) -> int:
        """Give the timeline position of the promise in a row; -1 for a heading."""
        promise = self.promise(index)
        return self._places[promise.event.id] if promise else -1

    def index_of(self, position: int) -> int:
        """Give the row of an event; -1 where it is no promise."""
        found = (n for n in range(len(self)) if self.position(n) == position)
        return next(found, -1) if position >= 0 else -1

    def line(self, index: int, width: int) -> Line:
        """Draw a state, or a promise: by when, what, what is known elsewhere, who."""
        promise = self.promise(index)
        if promise is None:
            state, count = self._states[-self._index[index] - 1]
            told = f"  {STATES[state]}"  # type: ignore[index]  # a state is what was put there
            words = line((state, "strong"), (f" {count}", "dim"), (told, "faint"))
            return clip_line(words, width)
        mark, role = state_mark(promise)
        due = due_words(promise)
        wide = DUE_WIDTH if width >= 70 else 13
        left = line(
            (" " * max(0, wide - cells(safe(due))), ""),
            (due, "dim"),
            " ",
            (mark, role),
            " ",
            promise.event.name,
        )
        right = line((_elsewhere(promise).strip(), "outside"), (f"  {self._who(promise)}", "dim"))
        return columns(left, right, width)

    def _who(self, promise: Promise) -> str:
        """Name who promised by country codes and family names: a row has no room for more."""
        names: list[str] = []
        for name in promise.event.values("promised_by"):
            record = self._library.record(name)
            code = record.values("abbreviation")[:1] if record.kind == "state" else ()
            names.append((record.family or next(iter(code), "")) or record.name)
        return ", ".join(names) if names else "–"
