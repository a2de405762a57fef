"""The archive that ships: complete, true to its texts, and nowhere more exact than they are."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tui.records.fields import FIELDS
from tui.records.names import keys
from tui.records.record import KINDS, NAME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.archive import Library
    from tui.records.evidence import Fact
    from tui.records.record import Record
    from tui.records.source import Source

CONTENT = Path(__file__).resolve().parents[2] / "content"

AS_RECEIVED = {
    "art-000": "f4dc8d17d5fb73954e923209c02c1b6e972aa16a7891c8ceb03d4664fa081b8e",
    "art-001": "a2279d1b5e65d5e5c6d596284cc380adf8651e9d2cf56651f79ff69b561bfcf3",
    "art-002": "dcaabde25d5e6226b49a768e585507a7f47eecc9f9d22f5b133ef9f229175905",
    "art-003": "8181d06d20c4ec1b39dbe3c2e44159b1ea9e670e5cfd7a3e29f371d0ddfa3e53",
    "art-004": "1eac7b6e6f13c5d579d85dfcd3d4f2a960a9ca47749d790ea49b2da7b07b6c82",
}

INITIATIVES = {
    "scm": ["SCM", "Security Consultative Meeting"],
    "ncg": ["NCG", "Nuclear Consultative Group"],
    "extended-deterrence": ["extended deterrence"],
    "freedom-shield": ["Freedom Shield"],
    "ulchi-freedom-shield": ["Ulchi Freedom Shield"],
    "dstec": ["DSTEC", "Defense Science and Technology Executive Committee"],
    "pipir": ["PIPIR", "Partnership for Indo-Pacific Industrial Resilience"],
    "regional-cooperation-framework": ["Regional Cooperation Framework"],
    "trilateral-security-cooperation-framework": [
        "TSCF",
        "Trilateral Security Cooperation Framework",
    ],
    "two-plus-two": ["2+2", "2+2 Meeting"],
    "missile-warning-sharing": ["real-time missile warning data sharing"],
    "multi-year-exercise-plan": ["multi-year exercise plan"],
    "trilateral-chiefs-meeting": ["trilateral chiefs' meeting", "Tri-CHOD"],
    "dsc-ttx": ["DSC TTX"],
    "tailored-deterrence-strategy": ["TDS", "Tailored Deterrence Strategy"],
    "rok-unc-ministers-meeting": ["ROK-UNC defense ministers' meeting"],
    "phnom-penh-summit": ["Phnom Penh summit"],
    "russia-dprk-pact": ["Russia-DPRK pact", "mutual defence pact"],
}

NO_OFFICE_PRINTED = "charles-brown"
"""Art-004 calls him only General, and the counterpart of South Korea's chairman."""


def records(shipped: Library) -> Iterator[Record]:
    for kind in KINDS:
        yield from shipped.records(kind)


def facts(shipped: Library) -> Iterator[tuple[str, str, Fact]]:
    """Walk through every fact there is: (kind, id, fact), those of disagreements with them."""
    for record in records(shipped):
        yield from ((record.kind, record.id, fact) for fact in record.facts)
    for source in shipped.sources.values():
        yield from (("source", source.id, fact) for fact in source.facts)
    for found in shipped.disagreements:
        yield from (("disagreement", found.about or found.field, fact) for fact in found.values)


def names(record: Record) -> set[str]:
    found = {record.name.casefold()}
    return found.union(v.casefold() for name in NAME_FIELDS for v in record.values(name))


def mentioned(shipped: Library, source: str, words: str) -> list[tuple[str, str]]:
    """Give every mention that shares a character with these words: (text, record)."""
    text = shipped.text(source)
    places = [m.span() for m in re.finditer(re.escape(words), text)]
    assert places, f"{source} does not print {words}"
    return [
        (text[m.start : m.end], m.record)
        for m in shipped.mentions_in(source)
        if any(m.start < end and start < m.end for start, end in places)
    ]


def test_nothing_is_at_fault(shipped: Library) -> None:
    assert list(shipped.faults) == []
    assert shipped.skipped == 0


def test_every_quote_stands_in_its_source_at_its_place(shipped: Library) -> None:
    counts = shipped.counts()
    assert counts["quotes"] == counts["exact"] + counts["normalised"] > 500
    assert counts["drifted"] == counts["lost"] == 0
    for _, about, fact in facts(shipped):
        for evidence in fact.evidence:
            assert evidence.proves, (about, evidence)
            printed = shipped.text(evidence.source)[evidence.start : evidence.end]
            assert evidence.state == "normalised" or printed == evidence.quote, (about, evidence)
    for note in shipped.notes:
        assert note.evidence.proves, note


def test_every_sentence_carries_a_record(shipped: Library) -> None:
    counts = shipped.counts()
    assert counts["sentences"] == counts["sentences_with_record"] > 100


@pytest.mark.parametrize(("source", "digest"), AS_RECEIVED.items())
def test_a_text_is_byte_for_byte_as_received(source: str, digest: str) -> None:
    raw = (CONTENT / "sources" / f"{source}.txt").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == digest
    known = tomllib.loads((CONTENT / "sources" / f"{source}.toml").read_text(encoding="utf-8"))
    assert known["sha256"] == digest


def test_the_five_texts_are_all_the_sources(shipped: Library) -> None:
    assert list(shipped.sources) == list(AS_RECEIVED)
    assert {s.id: s.sha256 for s in shipped.sources.values()} == AS_RECEIVED


def test_fifteen_people_with_office_country_and_own_script(shipped: Library) -> None:
    people = list(shipped.records("person"))
    assert len(people) >= 15
    for person in people:
        offices = [fact for fact in person.all("office") if fact.basis == "stated"]
        for fact in (*offices, *(f for f in person.all("rank") if f.basis == "stated")):
            assert any(fact.shown in e.quote for e in fact.evidence), (person.id, fact)
        if person.id == NO_OFFICE_PRINTED:
            assert not offices
            assert [f.basis for f in person.all("office")][:1] == ["inferred"]
            assert person.first("rank")
        else:
            assert offices, person.id
        assert person.values("country"), person.id
        letters = {char for value in person.values("native") for char in value if char.isalpha()}
        assert any("LATIN" not in unicodedata.name(char) for char in letters), person.id


@pytest.mark.parametrize(("initiative", "known_as"), INITIATIVES.items())
def test_an_initiative_is_known_by_its_names(
    shipped: Library, initiative: str, known_as: list[str]
) -> None:
    known = names(shipped.record(initiative))
    assert {name.casefold() for name in known_as} <= known


def test_there_is_enough_to_read(shipped: Library) -> None:
    assert len(list(shipped.records("initiative"))) > 30
    assert len(shipped.timeline) > 40
    assert len(shipped.notes) > 30
    assert len(shipped.disagreements) > 5


def test_headwords_begin_with_a_capital(shipped: Library) -> None:
    for kind in ("person", "organization", "state", "initiative"):
        for record in shipped.records(kind):
            assert not record.name[0].islower(), (record.id, record.name)
            assert len(record.name) <= 50, (record.id, record.name)


def test_event_titles_fit_a_row_and_are_their_own(shipped: Library) -> None:
    titles = list(shipped.timeline.title)
    assert [title for title in titles if len(title) > 45] == []
    assert len(set(titles)) == len(titles)


def test_no_stated_date_has_a_year_that_its_source_does_not_print(shipped: Library) -> None:
    dated = {(kind, f.name) for kind, fields in FIELDS.items() for f in fields if f.shape == "date"}
    for kind, about, fact in facts(shipped):
        if fact.basis != "stated":
            continue
        value = fact.value if (kind, fact.field) in dated else fact.qualifier("term")
        for year in re.findall(r"\d{4}", value or ""):
            for evidence in fact.evidence:
                assert year in shipped.text(evidence.source), (about, fact)


@pytest.mark.parametrize("source", ["art-000", "art-004"])
def test_what_cannot_be_dated_is_not_dated(shipped: Library, source: str) -> None:
    undated: Source = shipped.sources[source]
    assert not re.search(r"\b(?:19|20)\d\d\b", shipped.text(source))
    assert [f for f in undated.all("published") if f.basis != "outside"] == []


def test_what_comes_from_outside_names_its_address(shipped: Library) -> None:
    outside = [(about, fact) for _, about, fact in facts(shipped) if fact.basis == "outside"]
    assert len(outside) > 50
    addresses = [(about, fact.url) for about, fact in outside]
    addresses += [(note.evidence.quote, note.url) for note in shipped.notes if note.url]
    addresses += [(d.field, d.url) for d in shipped.disagreements if d.url]
    for about, address in addresses:
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https"), (about, address)
        assert "." in (parts.hostname or ""), (about, address)


def test_what_is_inferred_says_why_and_what_is_stated_has_its_quote(shipped: Library) -> None:
    for _, about, fact in facts(shipped):
        if fact.basis == "inferred":
            assert fact.why, (about, fact)
        if fact.basis == "stated":
            assert fact.evidence, (about, fact)


def test_the_longer_name_wins(shipped: Library) -> None:
    assert mentioned(shipped, "art-001", "Ulchi Freedom Shield") == [
        ("Ulchi Freedom Shield", "ulchi-freedom-shield")
    ]
    assert mentioned(shipped, "art-001", "“Freedom Shield”") == [
        ("Freedom Shield", "freedom-shield")
    ]
    assert mentioned(shipped, "art-001", "Trilateral Security Cooperation Framework") == [
        (
            "Trilateral Security Cooperation Framework",
            "trilateral-security-cooperation-framework",
        )
    ]


def test_a_ships_group_is_no_person(shipped: Library) -> None:
    found = mentioned(shipped, "art-003", "Ronald Reagan Carrier Strike Group")
    assert found == [("Ronald Reagan Carrier Strike Group", "ronald-reagan-csg")]
    assert shipped.kind_of("ronald-reagan-csg") == "organization"


def test_a_short_name_is_one_man_in_its_source(shipped: Library) -> None:
    # the other place is inside “Defense Minister Kim Yong Hyun”
    assert mentioned(shipped, "art-001", "Minister Kim") == [
        ("Kim Yong Hyun", "kim-yong-hyun"),
        ("Minister Kim", "kim-yong-hyun"),
    ]
    assert mentioned(shipped, "art-003", "Minister Lee")[0][1] == "lee-jong-sup"
    assert {r for _, r in mentioned(shipped, "art-003", "Minister Austin")} == {"lloyd-austin"}


def test_a_printed_name_is_lit_whole(shipped: Library) -> None:
    for source in shipped.sources:
        lit = {(m.start, m.end) for m in shipped.mentions_in(source)}
        text = shipped.text(source)
        for person in shipped.records("person"):
            for fact in person.all("name"):
                if fact.basis != "stated" or fact.value is None:
                    continue
                for place in re.finditer(re.escape(fact.value), text):
                    around = [(a, b) for a, b in lit if a <= place.start() and place.end() <= b]
                    assert around, (source, fact.value)


def test_the_two_kims_are_never_mixed(shipped: Library) -> None:
    leader, admiral = shipped.record("kim-jong-un"), shipped.record("kim-myung-soo")
    assert not names(leader) & names(admiral)
    for one in names(leader):
        assert not any(keys(one) & keys(other) for other in names(admiral)), one
    assert not set(shipped.events_of(leader.id)) & set(shipped.events_of(admiral.id))
    assert admiral.id not in shipped.linked(leader.id)
    assert leader.values("country") == ("north-korea",)
    assert admiral.values("country") == ("south-korea",)
    for record in (leader, admiral):
        own = names(record)
        for mention in shipped.mentions_of(record.id):
            text = shipped.text(mention.source)[mention.start : mention.end]
            assert text.casefold() in own
    assert mentioned(shipped, "art-002", "Kim Jong Un") == [("Kim Jong Un", leader.id)]
    for source in ("art-002", "art-004"):
        found = mentioned(shipped, source, "Kim Myung-soo")
        assert found == [("Kim Myung-soo", admiral.id)]


def test_the_admiral_has_both_ranks(shipped: Library) -> None:
    ranks = {
        fact.value: {e.source for e in fact.evidence}
        for fact in shipped.record("kim-myung-soo").all("rank")
        if fact.basis == "stated"
    }
    assert ranks == {"General": {"art-002"}, "Admiral": {"art-004"}}
    assert any(d.field == "rank" for d in shipped.disagreements_about("kim-myung-soo"))
