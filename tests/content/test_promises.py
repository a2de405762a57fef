"""What the five articles announce: every promise, who gave it, for when, and what came of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.archive.promises import promises

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.archive.promises import Promise

CONTENT = Path(__file__).resolve().parents[2] / "content"

# id: (state here, promised by, what it is held against or stands on)
PROMISES = {
    "rok-unc-ministers-meeting-2023": ("overdue here", ""),
    "rok-us-exercises-2023": (
        "overdue here",
        "south-korea united-states lee-jong-sup lloyd-austin",
    ),
    "tds-review-2023": ("overdue here", "lloyd-austin lee-jong-sup"),
    "dsc-ttx-2023-02": ("overdue here", "south-korea united-states"),
    "two-plus-two-2024": ("overdue here", "us-department-of-defense"),
    "austin-answers-yoon-2023": ("unconfirmed here", "united-states lloyd-austin"),
    "indo-pacific-strategies-link-2023": ("unconfirmed here", "lee-jong-sup lloyd-austin"),
    "response-to-provocations-vowed-2023": ("unconfirmed here", "lee-jong-sup lloyd-austin"),
    "rok-us-cooperation-deepened-2023": ("unconfirmed here", "south-korea united-states"),
    "strategic-asset-pledge-2023": ("unconfirmed here", "south-korea united-states"),
    "scm-56-defence-commitment": ("unconfirmed here", "united-states"),
    "rubio-iwaya-park-2025-pledge": ("unconfirmed here", "united-states japan south-korea"),
    "brown-reaffirms-commitment": ("unconfirmed here", "united-states"),
    "chiefs-in-person-meeting": ("unconfirmed here", ""),
    "extended-deterrence-to-be-strengthened": (
        "unconfirmed here",
        "south-korea united-states lloyd-austin lee-jong-sup",
    ),
    "joint-firepower-demonstration-planned": ("unconfirmed here", "south-korea united-states"),
    "kursk-dispatch": ("unconfirmed here", "north-korea"),
    "rok-unc-meeting-departments-to-discuss": ("unconfirmed here", ""),
    "rok-us-outdoor-manoeuvres-expansion": ("unconfirmed here", "south-korea united-states"),
    "scm-56-closer-collaboration": ("unconfirmed here", "united-states south-korea"),
    "trilateral-security-meeting-planned": ("unconfirmed here", "south-korea united-states"),
    "undated-future-drills": ("unconfirmed here", ""),
    "undated-mobilization-commitment": ("unconfirmed here", "united-states south-korea"),
    "us-commitment-ironclad-2023": ("unconfirmed here", "united-states lloyd-austin"),
    "us-strategic-assets-to-be-sent": ("unconfirmed here", "lloyd-austin united-states"),
    "missile-warning-sharing-agreed-2022": ("kept", "south-korea united-states japan"),
    "missile-warning-measures-planned": ("kept", "lee-jong-sup lloyd-austin"),
    "scm-55": ("kept", ""),
}

ANNOUNCING = re.compile(
    r"\bwill \w+|\bwould (?:hold|respond|strive)\b|\bslated\b|\bScheduled\b"
    r"|\bpledged? to\b|\bcommitted to\b|\bagreed to\b|\bdecided to\b|\bto be held soon\b"
    r"|\bexpected to\b|‘as soon as possible’|\bcommitment to\b|\bfuture drills\b"
    r"|\bproposal for\b|\bunwavering U\.S\. commitment\b|\bfirm commitment\b",
)
"""Words by which the five texts announce something, as two readings found them."""

NO_PROMISE = {
    "expected to grow in both scope and frequency",  # the article expects it; nobody promises
    "will synchronise diplomatic and military goals",  # the purpose of the 2+2, which is planned
    "will align their values and strategies",
    "will be joined by",  # who comes to it
    "agreed to reaffirm joint measures",  # they reaffirmed, as a note says: an act, and done
    "will help keep their equipment",  # what the article expects of PIPIR
    "reflects a robust commitment to regional security",  # the article’s praise, nobody’s word
}


@pytest.fixture(scope="module")
def found(shipped: Library) -> dict[str, Promise]:
    return {promise.event.id: promise for promise in promises(shipped)}


def test_every_promise_is_listed_with_its_state_and_who_gave_it(found: dict[str, Promise]) -> None:
    listed = {
        name: (promise.state, " ".join(promise.event.values("promised_by")))
        for name, promise in found.items()
    }
    assert listed == PROMISES


def test_every_sentence_that_announces_carries_a_promise(
    shipped: Library, found: dict[str, Promise]
) -> None:
    carried = {
        source: [
            (proof.evidence.start, proof.evidence.end)
            for proof in shipped.evidence_in(source)
            if proof.record in found
        ]
        for source in shipped.sources
    }
    missing = []
    for source in shipped.sources:
        text = shipped.text(source)
        for passage in shipped.passages(source):
            sentence = text[passage.start : passage.end]
            if not ANNOUNCING.search(sentence) or any(words in sentence for words in NO_PROMISE):
                continue
            if not any(a < passage.end and b > passage.start for a, b in carried[source]):
                missing.append((source, sentence))
    assert missing == []


def test_what_is_only_expected_is_recorded_as_that(shipped: Library) -> None:
    facts = shipped.record("trilateral-security-cooperation").all("status")
    assert any("expected to grow" in (fact.value or "") for fact in facts)


def test_an_open_promise_says_against_what_and_names_no_clock(found: dict[str, Promise]) -> None:
    for name, promise in found.items():
        assert bool(promise.against) == promise.is_open, name
        if promise.state == "overdue here":
            assert promise.against.endswith("the archive reaches to 2025 (art-002)"), name


def test_later_evidence_is_proof_and_not_the_promise_itself(
    shipped: Library, found: dict[str, Promise]
) -> None:
    for name, promise in found.items():
        planned = (f for f in promise.event.all("status") if f.value == "planned")
        own = {e.source for f in planned for e in f.evidence if f.basis == "stated"}
        for item in promise.later:
            if item.fact.basis == "outside":
                assert item.fact.url, name
                continue
            assert all(e.proves for e in item.fact.evidence), name
            assert {e.source for e in item.fact.evidence} - own, name
            assert item.fact.why, name


def test_what_later_texts_tell_of_a_promise(found: dict[str, Promise]) -> None:
    told = {
        name: {(item.relation, item.event) for item in promise.later if item.event != name}
        for name, promise in found.items()
    }
    assert {name: later for name, later in told.items() if later} == {
        "missile-warning-sharing-agreed-2022": {
            ("kept", "trilateral-missile-data-sharing"),
            ("followed up", "missile-warning-exchange-under-way"),
        },
        "missile-warning-measures-planned": {
            ("kept", "trilateral-missile-data-sharing"),
            ("followed up", "missile-warning-exchange-under-way"),
        },
        "rok-us-exercises-2023": {
            ("followed up", "freedom-shield-running"),
            ("followed up", "ulchi-freedom-shield-running"),
        },
        "rok-us-outdoor-manoeuvres-expansion": {
            ("followed up", "freedom-shield-running"),
            ("followed up", "ulchi-freedom-shield-running"),
        },
        "extended-deterrence-to-be-strengthened": {("followed up", "scm-56-ncg-emphasised")},
        "indo-pacific-strategies-link-2023": {
            ("followed up", "regional-cooperation-framework-launched"),
        },
        "rok-us-cooperation-deepened-2023": {
            ("followed up", "regional-cooperation-framework-launched"),
        },
        "strategic-asset-pledge-2023": {("followed up", "b52h-first-deployment-2025")},
        "us-strategic-assets-to-be-sent": {("followed up", "b52h-first-deployment-2025")},
        "us-commitment-ironclad-2023": {("followed up", "scm-56-defence-commitment")},
    }


def test_what_was_kept_elsewhere_decides_nothing_here(found: dict[str, Promise]) -> None:
    elsewhere = {name for name, promise in found.items() if promise.elsewhere}
    assert elsewhere == {
        "rok-unc-ministers-meeting-2023",
        "tds-review-2023",
        "dsc-ttx-2023-02",
        "two-plus-two-2024",
        "chiefs-in-person-meeting",
        "trilateral-security-meeting-planned",
        "scm-55",
    }
    assert all(found[name].is_open for name in elsewhere - {"scm-55"})


def test_a_promise_points_to_where_it_was_announced(
    shipped: Library, found: dict[str, Promise]
) -> None:
    for promise in found.values():
        for name in promise.event.values("announced_at"):
            assert name != promise.event.id
            assert shipped.record(name).values("status") != ("planned",)


def test_a_verb_is_printed_where_it_is_said_to_stand(shipped: Library) -> None:
    for event in shipped.records("event"):
        for fact in event.all("actor"):
            if (verb := fact.qualifier("verb")) and fact.basis != "outside":
                # an inferred link may take its verb from a sentence that another link quotes
                quotes = [e.quote for f in event.facts for e in f.evidence]
                assert any(verb in quote for quote in quotes), (event.id, verb)
