"""What a library answers, from a small archive whose answers can be counted by hand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.archive.conftest import Folder
    from tui.archive import Library


@pytest.fixture
def library(folder: Folder) -> Library:
    return folder.open()


def test_what_it_is(library: Library, folder: Folder) -> None:
    assert (library.root, library.title, library.description) == (folder.root, "A test", "")
    assert library.text("one") == folder.text
    assert library.sources["one"].length == len(folder.text)
    assert list(library.sources) == ["one"]
    assert "two" not in library.sources


def test_ids(library: Library) -> None:
    kinds = {name: library.kind_of(name) for name in ("talks", "one", "lloyd-austin", "nobody")}
    assert kinds == {"talks": "event", "one": "source", "lloyd-austin": "person", "nobody": None}
    for ask in (library.record, library.text, library.passages, library.events_of, library.linked):
        with pytest.raises(KeyError):
            ask("nobody")


def test_a_record_is_what_its_file_says(library: Library) -> None:
    record = library.record("lloyd-austin")
    assert (record.kind, record.name, record.family) == ("person", "Lloyd Austin", "Austin")
    assert (record.file, record.line) == ("actors/all.toml", 1)
    office = record.first("office")
    assert office is not None
    assert (office.value, office.basis) == ("Defense Secretary", "stated")
    assert office.qualifier("organization") == "US"
    (evidence,) = office.evidence
    assert evidence.state == "exact"
    assert library.text("one")[evidence.start : evidence.end] == evidence.quote
    country = record.first("country")
    assert country is not None
    assert (country.basis, country.why) == ("inferred", "US Defense Secretary")
    name = library.record("united-states").first("name")
    assert name is not None
    assert (name.basis, name.url) == ("outside", "https://example.org/us")


def test_the_same_value_in_several_blocks_is_one_fact(folder: Folder) -> None:
    block = '  [[person.stated]]\n  source = "one"\n  quote = "Minister Lee"\n'
    block += '  name = "Lee Jong-seop"\n'
    folder.replace("actors/all.toml", "\n[[state]]", f"{block}\n[[state]]")
    folder.append(
        "events/all.toml",
        '  [[event.stated]]\n  source = "one"\n  quote = "Austin left"\n'
        '  actor = ["lloyd-austin", { id = "lee-jong-sup", role = "host" }]\n',
    )
    library = folder.open()
    (name,) = library.record("lee-jong-sup").all("name")
    assert [evidence.quote for evidence in name.evidence] == [
        "Defense Minister Lee Jong-seop", "Minister Lee",
    ]  # fmt: skip
    actors = library.record("talks").all("actor")
    assert [(a.value, a.qualifiers, len(a.evidence)) for a in actors] == [
        ("lloyd-austin", (("role", "participant"),), 2),
        ("lee-jong-sup", (("role", "host"),), 2),
    ]


def test_the_timeline(folder: Folder) -> None:
    for name, date in (("b", "2023"), ("a", "2023-01-31"), ("open", "../2022"), ("on", "2022/.."),
                       ("words", None)):  # fmt: skip
        line = f'date = "{date}"' if date else 'date_text = "one day"'
        folder.append(
            "events/all.toml",
            f'[[event]]\nid = "{name}"\ntitle = "{name}"\ntype = "visit"\n'
            f'[[event.outside]]\nurl = "https://example.org"\n{line}\n',
        )
    timeline = folder.open().timeline
    assert list(timeline.id) == ["on", "open", "b", "a", "talks", "words"]
    assert len(timeline) == 6
    row = list(timeline.id).index("talks")
    columns = ("title", "type", "status", "edtf", "date_text", "date_basis", "evidence")
    assert [getattr(timeline, column)[row] for column in columns] == [
        "Talks in Seoul", "meeting", "held", "2023-01?-31", "", "inferred", 2,
    ]  # fmt: skip
    assert timeline.earliest[row] == timeline.latest[row] == 738551
    assert (timeline.earliest[1], timeline.latest[0], timeline.earliest[5]) == (None, None, None)
    assert (timeline.date_text[5], timeline.date_basis[5]) == ("one day", "outside")


def test_rows(library: Library) -> None:
    rows = library.rows("person")
    assert list(rows.id) == ["lloyd-austin", "lee-jong-sup"]
    assert (list(rows.code), list(rows.events), list(rows.mentions)) == (["US", ""], [1, 1], [1, 2])
    state = library.rows("state")
    assert (state.short[0], state.code[0], state.mentions[0]) == ("US", "US", 1)
    assert [len(library.rows(kind)) for kind in ("organization", "initiative", "event")] == [
        0,
        2,
        1,
    ]
    assert [record.id for record in library.records("initiative")] == list(
        library.rows("initiative").id
    )


def test_links(library: Library) -> None:
    everybody = {"lloyd-austin", "lee-jong-sup", "united-states", "freedom-shield"}
    assert library.events_of("united-states") == ["talks"]
    assert library.events_of("ulchi-freedom-shield") == []
    assert library.linked("talks") == everybody
    assert library.linked("lloyd-austin") == everybody - {"lloyd-austin"}
    assert library.linked("ulchi-freedom-shield") == frozenset()


def test_mentions(library: Library) -> None:
    found = [(library.text("one")[m.start : m.end], m.record) for m in library.mentions_in("one")]
    assert found == [
        ("Lee Jong-seop", "lee-jong-sup"),
        ("US", "united-states"),
        ("Lloyd Austin", "lloyd-austin"),
        ("Ulchi Freedom Shield", "ulchi-freedom-shield"),
        ("Freedom Shield", "freedom-shield"),
        ("Minister Lee", "lee-jong-sup"),
    ]
    of = library.mentions_of("lee-jong-sup")
    assert [library.text("one")[m.start : m.end] for m in of] == ["Lee Jong-seop", "Minister Lee"]
    assert of == [m for m in library.mentions_in("one") if m.record == "lee-jong-sup"]


def test_notes_and_evidence(library: Library) -> None:
    (note,) = library.notes
    assert library.notes_in("one") == library.notes_about("talks") == [note]
    assert (note.file, note.line, note.evidence.quote) == ("notes/all.toml", 1, "the 31st")
    assert library.notes_in("nothing") == []
    proofs = library.evidence_in("one")
    assert [proof.evidence.start for proof in proofs] == sorted(p.evidence.start for p in proofs)
    assert ("talks", "date") in {(proof.record, proof.field) for proof in proofs}


def test_names(library: Library) -> None:
    names = set(library.names())
    assert {
        ("talks", "headword", "Talks in Seoul"),
        ("united-states", "code", "USA"),
        ("united-states", "abbreviation", "US"),
        ("lee-jong-sup", "name", "Lee Jong-seop"),
    } <= names


def test_counts(folder: Folder) -> None:
    more = (folder.root / "sources/one.toml").read_text()
    folder.write("sources/one.toml", f'{more}[[boilerplate]]\nquote = "Post a Comment"\n')
    library = folder.open()
    assert library.counts() == {
        "sources": 1, "people": 2, "organizations": 0, "states": 1, "initiatives": 2, "events": 1,
        "notes": 1, "disagreements": 0, "quotes": 8, "exact": 8, "normalised": 0, "drifted": 0,
        "lost": 0, "sentences": 6, "sentences_with_record": 3,
    }  # fmt: skip
    (span,) = library.sources["one"].boilerplate
    assert library.text("one")[span.start : span.end] == "Post a Comment"


def test_the_order_of_files_and_records_does_not_matter(folder: Folder) -> None:
    before = folder.open()
    text = (folder.root / "events/all.toml").read_text()
    (folder.root / "events/all.toml").unlink()
    folder.write("events/deep/er/z.toml", text)
    after = folder.open()
    assert after.fingerprint != before.fingerprint
    assert after.counts() == before.counts()
    assert after.timeline == before.timeline


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "한국" * 500_000, "尹" * 300_000, "z" + "\u0301" * 300_000,
     "\n" * 999_999 + "x", " " * 999_999 + "x", "a b. " * 60_000,
     "Minister Lee " * 60_000, "”" * 300_000],
    ids=range(9),
)  # fmt: skip
def test_no_text_makes_reading_run_long(folder: Folder, text: str) -> None:
    folder.source("odd", text, '[[boilerplate]]\nquote = "nobody ever wrote this"\n')
    before = time.process_time()
    library = folder.open()
    assert time.process_time() - before < 10
    assert (
        "".join(text[p.start : p.end] for p in library.passages("odd")).split() or not text.strip()
    )


def test_passages_are_a_sequence(library: Library) -> None:
    passages = library.passages("one")
    assert passages[-1] == list(passages)[len(passages) - 1]
    assert passages[1:3] == [passages[1], passages[2]]
    assert passages == library.passages("one")
    with pytest.raises(IndexError):
        passages[len(passages)]
