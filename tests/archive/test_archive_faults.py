"""One thing wrong at a time: the fault names file, line, column and field, and the rest loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.archive.conftest import Folder

EVENTS, ACTORS, INITIATIVES = "events/all.toml", "actors/all.toml", "initiatives/all.toml"

# file, what stands there, what is put there instead → file, line, column, field, words of the
# message, words of the remedy
CASES: dict[str, tuple[str, str, str, str, int, int, str, str, str]] = {
    "unknown label": (
        EVENTS, 'type = "meeting"', 'type = "meeting"\ncolour = "red"',
        EVENTS, 5, 1, "colour", "unknown field ‘colour’", "one of",
    ),
    "misspelt label": (
        EVENTS, 'title = "Talks', 'titel = "Talks',
        EVENTS, 3, 1, "titel", "unknown field ‘titel’", "did you mean ‘title’?",
    ),
    "fact among the labels": (
        EVENTS, 'type = "meeting"', 'type = "meeting"\nplace = "Seoul"',
        EVENTS, 5, 1, "place", "unknown field ‘place’", "[[event.stated]]",
    ),
    "missing label": (
        EVENTS, 'type = "meeting"\n', "",
        EVENTS, 1, 1, "type", "‘type’ is missing", "",
    ),
    "unknown event type": (
        EVENTS, '"meeting"', '"meetin"',
        EVENTS, 4, 8, "type", "‘meetin’ is not in the list", "did you mean ‘meeting’?",
    ),
    "unknown status": (
        EVENTS, '"held"', '"hold"',
        EVENTS, 9, 12, "stated.status", "‘hold’ is not in the list", "‘held’",
    ),
    "unknown category": (
        INITIATIVES, 'name = "Freedom Shield"\ntype = "exercise"',
        'name = "Freedom Shield"\ntype = "drill"',
        INITIATIVES, 4, 8, "type", "‘drill’ is not in the list", "one of",
    ),
    "unknown note kind": (
        "notes/all.toml", '"omission"', '"ommision"',
        "notes/all.toml", 4, 8, "kind", "‘ommision’ is not in the list", "‘omission’",
    ),
    "misspelt fact": (
        EVENTS, "status =", "staus =",
        EVENTS, 9, 3, "stated.staus", "unknown field ‘staus’", "‘status’",
    ),
    "misspelt qualifier": (
        EVENTS, "role =", "rol =",
        EVENTS, 10, 35, "stated.actor.rol", "unknown field ‘rol’", "‘role’",
    ),
    "wrong type": (
        EVENTS, 'status = "held"', "status = 5",
        EVENTS, 9, 12, "stated.status", "must be a string, not a number", "quotation marks",
    ),
    "date without quotation marks": (
        EVENTS, '"2023-01?-31"', "2023-01-31",
        EVENTS, 15, 10, "inferred.date", "not a date or time", "quotation marks",
    ),
    "no such month": (
        EVENTS, "2023-01?-31", "2023-13",
        EVENTS, 15, 10, "inferred.date", "‘2023-13’ is no date", "01 to 12",
    ),
    "no such day": (
        EVENTS, "2023-01?-31", "2023-02-30",
        EVENTS, 15, 10, "inferred.date", "‘2023-02-30’ is no date", "",
    ),
    "ill-formed id": (
        EVENTS, 'id = "talks"', 'id = "Talks in Seoul"',
        EVENTS, 2, 6, "id", "is no id", "‘talks-in-seoul’",
    ),
    "id taken": (
        EVENTS, 'id = "talks"', 'id = "lloyd-austin"',
        EVENTS, 2, 6, "id", "is taken by actors/all.toml:1", "unique",
    ),
    "link to nowhere": (
        EVENTS, '"lee-jong-sup"]', '"lee-jong-sp"]',
        EVENTS, 10, 59, "stated.actor", "no record ‘lee-jong-sp’", "‘lee-jong-sup’",
    ),
    "link to the wrong kind": (
        EVENTS, 'initiative = "freedom-shield"', 'initiative = "lloyd-austin"',
        EVENTS, 11, 16, "stated.initiative", "of kind person", "",
    ),
    "no such source": (
        EVENTS, 'source = "one"\n  quote = "held', 'source = "won"\n  quote = "held',
        EVENTS, 6, 12, "stated.source", "no source ‘won’", "‘one’",
    ),
    "nothing on the ground": (
        INITIATIVES, 'first"\n  name = "Freedom Shield"\n', 'first"\n',
        INITIATIVES, 5, 3, "stated", "nothing stands on this ground", "",
    ),
    "headword no name": (
        ACTORS, 'name = "Lee Jong-seop"\n  [[', 'name = "Lee Jong-sup"\n  [[',
        ACTORS, 17, 8, "name", "not among the record's names", "‘Lee Jong-seop’",
    ),
    "no web address": (
        ACTORS, "https://example.org/us", "example.org/us",
        ACTORS, 28, 9, "outside.url", "is no web address", "https://",
    ),
    "dangerous address": (
        ACTORS, "https://example.org/us", "javascript:alert(1)",
        ACTORS, 28, 9, "outside.url", "is no web address", "https://",
    ),
    "no reason": (
        EVENTS, '  why = "The year is not printed"\n', "",
        EVENTS, 12, 3, "inferred.why", "‘why’ is missing", "how it follows",
    ),
    "inferred from nothing": (
        EVENTS, '[{ source = "one", quote = "the 31st" }]', "[]",
        EVENTS, 14, 10, "inferred.from", "is empty", "",
    ),
    "unknown country code": (
        ACTORS, '"USA"', '"USS"',
        ACTORS, 26, 8, "code", "alpha-3", "like KOR",
    ),
    "single brackets": (
        EVENTS, "[[event.inferred]]", "[event.inferred]",
        EVENTS, 12, 3, "inferred", "must be a list of tables", "[[event.inferred]]",
    ),
    "table in the wrong folder": (
        "notes/all.toml", "[[note]]", "[[event]]",
        "notes/all.toml", 1, 1, "event", "unknown table ‘event’ in notes/", "events/",
    ),
    "lost quote": (
        EVENTS, "held talks on the 31st", "signed a treaty of perpetual friendship",
        EVENTS, 7, 11, "stated.quote", "one: the source does not print this", "",
    ),
    "drifted quote": (
        EVENTS, "held talks on the 31st", "held brief talks on the 31st",
        EVENTS, 7, 11, "stated.quote", "it prints no ‘brief’", "as it is printed",
    ),
    "ambiguous quote": (
        INITIATIVES, '"Freedom Shield comes first"', '"Freedom Shield"',
        INITIATIVES, 7, 11, "stated.quote", "occurs 2 times", "occurrence = 1 … 2",
    ),
    "no such occurrence": (
        INITIATIVES, 'comes first"', 'comes first"\n  occurrence = 2',
        INITIATIVES, 7, 11, "stated.quote", "no occurrence 2", "",
    ),
    "sum of another text": (
        "sources/one.toml", 'sha256 = "', 'sha256 = "0',
        "sources/one.toml", 2, 10, "sha256", "no SHA-256", "",
    ),
    "short name never used": (
        "sources/one.toml", '"Minister Lee"', '"Minister Li"',
        "sources/one.toml", 4, 17, "short_names.Minister Li", "never says ‘Minister Li’", "",
    ),
    "syntax": (
        EVENTS, 'title = "Talks', "title = Talks",
        EVENTS, 3, 9, "", "not TOML", "",
    ),
    "format of tomorrow": (
        "archive.toml", "format = 1", "format = 2",
        "archive.toml", 1, 10, "format", "format 2 is not known", "format 1",
    ),
}  # fmt: skip


def test_the_archive_is_sound(folder: Folder) -> None:
    library = folder.open()
    assert list(library.faults) == []
    assert library.skipped == 0


@pytest.mark.parametrize("case", CASES)
def test_one_fault_with_its_place(folder: Folder, case: str) -> None:
    path, old, new, file, line, column, field, message, remedy = CASES[case]
    folder.replace(path, old, new)
    library = folder.open()
    fault = next(f for f in library.faults if message in f.message)
    assert (fault.file, fault.line, fault.column, fault.field) == (file, line, column, field)
    assert remedy in fault.remedy
    assert not fault.warning
    assert library.record("ulchi-freedom-shield").name == "Ulchi Freedom Shield"
    assert "one" in library.sources


@pytest.mark.parametrize(
    ("case", "left_out"),
    [("unknown label", 1), ("unknown event type", 2), ("misspelt fact", 1), ("link to nowhere", 1),
     ("drifted quote", 0), ("syntax", 2)],
)  # fmt: skip
def test_what_is_left_out_is_counted(folder: Folder, case: str, left_out: int) -> None:
    path, old, new, *_ = CASES[case]
    folder.replace(path, old, new)
    assert folder.open().skipped == left_out


def test_one_bad_item_leaves_the_rest_of_its_list(folder: Folder) -> None:
    folder.replace(EVENTS, '"lee-jong-sup"]', '"lee-jong-sup", 7]')
    library = folder.open()
    assert library.record("talks").values("actor") == ("lloyd-austin", "lee-jong-sup")
    assert library.skipped == 1


def test_one_bad_record_leaves_the_others_in_its_file(folder: Folder) -> None:
    folder.append(
        ACTORS, '[[person]]\nid = 5\n[[state]]\nid = "japan"\nname = "Japan"\ncode = "JPN"\n'
    )
    library = folder.open()
    assert library.kind_of("japan") == "state"
    assert [f.line for f in library.faults if f.field == "id"] == [32]


def test_an_event_without_ground(folder: Folder) -> None:
    folder.append(EVENTS, '[[event]]\nid = "bare"\ntitle = "Bare"\ntype = "visit"\n')
    (fault,) = folder.faults()
    assert (fault.file, fault.line) == (EVENTS, 16)
    assert "stands on no ground" in fault.message


def test_a_circle_is_printed_as_a_path_and_opened(folder: Folder) -> None:
    for name, parent in (("Freedom Shield", "ulchi-freedom-shield"),
                         ("Ulchi Freedom Shield", "freedom-shield")):  # fmt: skip
        folder.replace(
            INITIATIVES, f'  name = "{name}"\n', f'  name = "{name}"\n  parent = "{parent}"\n'
        )
    library = folder.open()
    (fault,) = library.faults
    assert "freedom-shield → ulchi-freedom-shield → freedom-shield" in fault.message
    assert (fault.line, fault.field) == (19, "stated.parent")
    parents = [
        library.record(i).values("parent") for i in ("freedom-shield", "ulchi-freedom-shield")
    ]
    assert sorted(map(len, parents)) == [0, 1]


@pytest.mark.parametrize("link", ["fulfils", "moves", "drops", "follows", "announced_at"])
def test_a_promise_is_not_its_own_sequel(folder: Folder, link: str) -> None:
    folder.replace(EVENTS, '  status = "held"\n', f'  status = "held"\n  {link} = "talks"\n')
    (fault,) = folder.faults()
    assert fault.field == f"stated.{link}"
    assert "talks → talks" in fault.message


def test_a_record_in_itself(folder: Folder) -> None:
    folder.replace(
        INITIATIVES, '  name = "Freedom Shield"\n',
        '  name = "Freedom Shield"\n  parent = "freedom-shield"\n',
    )  # fmt: skip
    (fault,) = folder.faults()
    assert "freedom-shield → freedom-shield" in fault.message


def test_changed_text(folder: Folder) -> None:
    file = folder.root / "sources/one.txt"
    file.write_bytes(file.read_bytes() + b"More.\n")
    (fault,) = folder.faults()
    assert (fault.file, fault.line, fault.field) == ("sources/one.toml", 2, "sha256")


def test_a_text_about_which_nothing_is_known(folder: Folder) -> None:
    folder.write("sources/two.txt", "Something happened.\n")
    library = folder.open()
    (fault,) = library.faults
    assert fault.file == "sources/two.txt"
    assert library.text("two") == "Something happened.\n"


def test_metadata_without_a_text(folder: Folder) -> None:
    folder.write("sources/two.toml", f'name = "Two"\nsha256 = "{"0" * 64}"\n')
    library = folder.open()
    assert [fault.file for fault in library.faults] == ["sources/two.toml"]
    assert list(library.sources) == ["one"]


def test_a_direction_mark_is_shown_where_it_stands(folder: Folder) -> None:
    folder.replace(EVENTS, '"Talks in Seoul"', '"Talks \u202ein Seoul"')
    (fault,) = folder.faults()
    assert (fault.line, fault.column) == (3, 16)
    assert "U+202E" in fault.message


def test_every_complaint_of_one_table_is_made(folder: Folder) -> None:
    folder.append("notes/all.toml", '[[note]]\nkind = "x"\n')
    fields = {fault.field for fault in folder.faults()}
    assert fields == {"kind", "quote", "source", "text"}


def test_a_text_as_received_may_turn_its_direction_but_it_is_said(folder: Folder) -> None:
    folder.source("two", "One.\nA \u202eline and \u2066another\u2069.\n")
    (fault,) = folder.faults()
    assert (fault.file, fault.line, fault.column) == ("sources/two.txt", 2, 3)
    assert fault.warning
