"""What became of a promise: only a source of the archive decides, and never the clock."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tui.archive import Library, open_archive
from tui.archive.promises import promises

if TYPE_CHECKING:
    from pathlib import Path

    from tui.archive.promises import Promise
    from tui.records.record import Record

EARLY = "They will meet in May 2024. It is signed.\n"
LATE = "They met at last. It was put off. It was given up. More was said of it.\n"


def archive(root: Path, event: str, later: str = "", published: str = "2025-07-11") -> Path:
    for folder in ("sources", "events", "actors", "initiatives", "notes"):
        (root / folder).mkdir()
    (root / "archive.toml").write_text('title = "Promises"\nformat = 1\n')
    for name, text, date in (("early", EARLY, "2024-01-31"), ("late", LATE, published)):
        (root / "sources" / f"{name}.txt").write_text(text)
        digest = sha256(text.encode()).hexdigest()
        quote = text[: text.index(".")]
        known = f'name = "{name}"\nsha256 = "{digest}"\n'
        known += f'[[stated]]\nquote = "{quote}"\npublished = "{date}"\n' if date else ""
        (root / "sources" / f"{name}.toml").write_text(known)
    (root / "actors" / "states.toml").write_text(
        '[[state]]\nid = "us"\nname = "US"\ncode = "USA"\n'
        '[[state.outside]]\nurl = "https://example.org/"\nname = "US"\n'
    )
    (root / "events" / "events.toml").write_text(
        '[[event]]\nid = "promise"\ntitle = "A meeting to come"\ntype = "meeting"\n'
        '[[event.stated]]\nsource = "early"\nquote = "They will meet in May 2024"\n'
        f'status = "planned"\npromised_by = "us"\n{event}\n'
        '[[event]]\nid = "later"\ntitle = "What came"\ntype = "meeting"\n'
        '[[event.stated]]\nsource = "late"\nquote = "They met at last"\nstatus = "held"\n' + later
    )
    return root


def only(root: Path) -> Promise:
    library = open_archive(root, cache=None)
    assert list(library.faults) == []
    assert list(library.promised) == ["promise"]
    found = promises(library)
    [promise] = found
    assert found.counts == [(promise.state, 1)]  # as it was compiled
    assert found.open == promise.is_open
    return promise


OUTSIDE = '[[event.outside]]\nurl = "https://example.org/"\ndue = "2024-05"'
PAST = "due May 2024, and the archive reaches to 11 Jul 2025 (late)"
NOT_YET = "due May 2024, and no source here is known to be later"


@pytest.mark.parametrize(
    ("event", "published", "state", "against"),
    [
        ('due = "2024-05"', "2025-07-11", "overdue here", PAST),
        ('date = "2024-05"', "2025-07-11", "overdue here", PAST),
        ('due = "2024-05"', "2024-05-31", "unconfirmed here", NOT_YET),
        ('due = "2024-05"', "2024", "unconfirmed here", NOT_YET),
        ('due = "2024-05/.."', "2025", "unconfirmed here", "due since May 2024, which has no end"),
        ('due_text = "soon"', "2025", "unconfirmed here", "“soon” names no day to hold it to"),
        ("", "2025", "unconfirmed here", "no time was given"),
        (
            OUTSIDE,
            "2025",
            "unconfirmed here",
            "due May 2024 (outside), which no source here says",
        ),
    ],
)
def test_what_is_open_says_against_what(
    tmp_path: Path, event: str, published: str, state: str, against: str
) -> None:
    promise = only(archive(tmp_path, event, published=published))
    assert promise.is_open
    assert (promise.state, promise.basis) == (state, "not stated")
    assert promise.against == against


@pytest.mark.parametrize(
    ("field", "quote", "state"),
    [
        ("fulfils", "They met at last", "kept"),
        ("moves", "It was put off", "moved"),
        ("drops", "It was given up", "dropped"),
    ],
)
def test_a_later_source_decides(tmp_path: Path, field: str, quote: str, state: str) -> None:
    block = f'[[event.stated]]\nsource = "late"\nquote = "{quote}"\n{field} = "promise"\n'
    promise = only(archive(tmp_path, 'due = "2024-05"', block))
    assert (promise.state, promise.basis, promise.against) == (state, "stated", "")
    [told] = promise.later
    assert (told.event, [e.quote for e in told.fact.evidence]) == ("later", [quote])


def test_what_is_only_followed_up_stays_open(tmp_path: Path) -> None:
    block = '[[event.stated]]\nsource = "late"\nquote = "More was said of it"\n'
    promise = only(archive(tmp_path, "", block + 'follows = "promise"\n'))
    assert promise.state == "unconfirmed here"
    assert [item.relation for item in promise.later] == ["followed up"]


def test_what_is_known_from_outside_stands_beside_and_decides_nothing(tmp_path: Path) -> None:
    outside = '[[event.outside]]\nurl = "https://example.org/held"\nstatus = "held"'
    promise = only(archive(tmp_path, f'due = "2024-05"\n{outside}'))
    assert promise.state == "overdue here"
    assert promise.elsewhere is not None
    assert promise.elsewhere.fact.url == "https://example.org/held"


def test_a_source_that_tells_it_was_held_keeps_it(tmp_path: Path) -> None:
    held = '[[event.stated]]\nsource = "late"\nquote = "They met at last"\nstatus = "held"'
    promise = only(archive(tmp_path, held))
    assert (promise.state, promise.basis) == ("kept", "stated")


def test_an_archive_without_dates_finds_nothing_overdue(tmp_path: Path) -> None:
    root = archive(tmp_path, 'due = "1999"', published="")
    early = root / "sources" / "early.toml"
    early.write_text("".join(early.read_text().partition("[[stated]]")[:1]))
    promise = only(root)
    assert promise.state == "unconfirmed here"
    assert open_archive(root, cache=None).reach == ("", "", 0)


def test_what_is_held_by_a_source_and_planned_elsewhere_is_no_promise(tmp_path: Path) -> None:
    root = archive(tmp_path, "")
    events = root / "events" / "events.toml"
    text = events.read_text().replace('"planned"\npromised_by = "us"', '"held"')
    text += '[[event.outside]]\nurl = "https://example.org/"\nstatus = "planned"\n'
    events.write_text(text)
    assert list(open_archive(root, cache=None).promised) == []


def test_a_stage_that_is_none_is_a_fault_with_what_was_meant(tmp_path: Path) -> None:
    root = archive(tmp_path, 'initiative = { id = "group", stage = "lauched" }')
    (root / "initiatives" / "all.toml").write_text(
        '[[initiative]]\nid = "group"\nname = "Group"\ntype = "body"\n'
        '[[initiative.outside]]\nurl = "https://example.org/"\nname = "Group"\n'
    )
    [fault] = open_archive(root, cache=None).faults
    assert "‘lauched’ is not in the list" in fault.message
    assert "‘launched’" in fault.remedy


def many(root: Path, count: int) -> Library:
    """Make an archive of so many promises, a third of them kept, a third due and past."""
    archive(root, "")
    blocks = []
    for number in range(count):
        due = ('due = "2024-05"', 'due = "2026-05"', 'due_text = "soon"')[number % 3]
        blocks.append(
            f'[[event]]\nid = "one-{number:03}"\ntitle = "One {number}"\ntype = "meeting"\n'
            '[[event.stated]]\nsource = "early"\nquote = "They will meet in May 2024"\n'
            f'status = "planned"\n{due}\n'
        )
        if number % 4 == 0:
            blocks.append(
                f'[[event]]\nid = "held-{number:03}"\ntitle = "Held"\ntype = "meeting"\n'
                '[[event.stated]]\nsource = "late"\nquote = "They met at last"\nstatus = "held"\n'
                f'fulfils = "one-{number:03}"\n'
            )
    (root / "events" / "many.toml").write_text("\n".join(blocks))
    return open_archive(root, cache=None)


def test_states_are_known_without_reading_a_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = many(tmp_path, 120)
    read: list[str] = []
    record = Library.record

    def counting(self: Library, name: str) -> Record:
        read.append(name)
        return record(self, name)

    monkeypatch.setattr(Library, "record", counting)
    found = promises(library)
    assert dict(found.counts) == {"overdue here": 30, "unconfirmed here": 61, "kept": 30}
    assert (len(found), found.open, read) == (121, 91, [])
    shown = found[:20]
    assert set(read) == {promise.event.id for promise in shown}
    assert [p.state for p in found] == [state for state, n in found.counts for _ in range(n)]


def test_promises_are_found_and_narrowed_by_position(tmp_path: Path) -> None:
    library = many(tmp_path, 40)
    found = promises(library)
    places = [library.timeline.position(found.event(at)) for at in range(len(found))]
    assert sorted(places) == list(library.deadlines[0])
    assert [found.index_of(place) for place in places] == list(range(len(found)))
    assert found.index_of(library.timeline.position("later")) == -1
    few = found.among(frozenset(places[::5]))
    assert [few.event(at) for at in range(len(few))] == [
        found.event(at) for at in range(0, len(found), 5)
    ]
    assert [p.state for p in few] == [state for state, n in few.counts for _ in range(n)]
    assert not found.among(frozenset())
