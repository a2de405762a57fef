"""Finding in the archive that ships: what a person types, and what has to come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.search import CancelledError

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.search import Engine

MINISTER = "kim-yong-hyun"


def lit(library: Library, engine: Engine, query: str) -> list[tuple[str, str]]:
    """Give (source, lit text) for every span of every passage."""
    return [
        (hit.source, library.text(hit.source)[start:end])
        for hit in engine.find(query).passages
        for start, end in hit.spans
    ]


@pytest.mark.parametrize(
    "query",
    [
        "kim yonghyun",
        "김용현",
        "gim yong-hyeon",
        "Yong Hyun Kim",
        "kimyonghyun",
        "kim yong hyun",
        "yonghyun",
        "Defense Minister Kim Yong-hyun",
        "김용",
    ],
)
def test_one_man_however_he_is_spelt_and_never_another(engine: Engine, query: str) -> None:
    records = engine.find(query, limit=100).records
    assert records[0].id == MINISTER
    assert "kim-jong-un" not in [hit.id for hit in records]


@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ("ncg", "initiative", "Nuclear Consultative Group"),
        ("tscf", "initiative", "Trilateral Security Cooperation Framework"),
        ("2+2", "initiative", "Foreign and Defense Ministers’ Meeting"),
        ("尹", "person", "Yoon Suk Yeol"),
        ("yoon", "person", "Yoon Suk Yeol"),
        ("윤ㅅ", "person", "Yoon Suk Yeol"),
        ("윤서", "person", "Yoon Suk Yeol"),
        ("56 scm", "event", "56th Security Consultative Meeting"),
        ("scm-56", "event", "56th Security Consultative Meeting"),
        ("kim myong su", "person", "Kim Myung-soo"),
        ("austin", "person", "Lloyd J. Austin III"),
        ("caine", "person", "Dan Caine"),
        ("ulchi", "initiative", "Ulchi Freedom Shield"),
        ("freedom shield", "initiative", "Freedom Shield"),
        ("fredom sheild", "initiative", "Freedom Shield"),
        (
            "who chaired the ROK side at the 56th SCM?",
            "event",
            "56th Security Consultative Meeting",
        ),
    ],
)
def test_the_record_comes_first(engine: Engine, query: str, kind: str, words: str) -> None:
    first = engine.find(query).records[0]
    assert (first.kind, first.name) == (kind, words)


def test_a_title_and_a_family_name_list_everybody_who_bears_it(engine: Engine) -> None:
    records = engine.find("Minister Kim").records
    assert MINISTER in {hit.id for hit in records if hit.why == "family name"}
    assert not any(hit.why.startswith("names") for hit in engine.find("minister kim").passages)


def test_a_type_of_aircraft_finds_its_event(engine: Engine) -> None:
    assert "b52h-first-deployment-2025" in {hit.id for hit in engine.find("b-52").records}


def test_the_letters_typed_are_lit_in_a_name(engine: Engine) -> None:
    first = engine.find("yoons").records[0]
    assert [first.matched[start:end] for start, end in first.spans] == ["Yoon S"]


@pytest.mark.parametrize("query", ["lasagna recipe", "xyzzy", "zzzz qqqq", "", "   ", "!!!", "("])
def test_nonsense_finds_nothing(engine: Engine, query: str) -> None:
    answer = engine.find(query)
    assert not answer.records
    assert not answer.passages
    assert answer.total == 0


def test_mistyped_words_light_what_was_meant_in_two_articles(
    shipped: Library, engine: Engine
) -> None:
    found = lit(shipped, engine, "extnded deterence")
    assert {text.lower() for _, text in found} <= {"extended deterrence", "deterrence"}
    assert len({s for s, text in found if text.lower() == "extended deterrence"}) >= 2
    assert engine.find("extnded deterence").records[0].matched == "Extended deterrence"
    assert engine.find("extnded deterence").passages[0].why.startswith("typo: extnded → extended")


def test_hangul_lights_the_name_in_latin_text(shipped: Library, engine: Engine) -> None:
    assert any(
        source == "art-001" and text.endswith("Kim Yong Hyun")
        for source, text in lit(shipped, engine, "김용현")
    )


def test_han_lights_itself_and_what_else_the_man_is_called(
    shipped: Library, engine: Engine
) -> None:
    found = {text for _, text in lit(shipped, engine, "尹")}
    assert {"尹", "President Yoon"} <= found


def test_people_and_places_of_an_event(engine: Engine) -> None:
    assert engine.find("lee austin seoul").records[0].kind == "event"


def test_the_word_being_typed_lights_the_letters_typed(shipped: Library, engine: Engine) -> None:
    assert ("art-001", "Nuclear Consul") in lit(shipped, engine, "nuclear consul")


def test_phrases_and_words_left_out(shipped: Library, engine: Engine) -> None:
    texts = {
        query: [
            shipped.text(hit.source)[hit.start : hit.end].lower()
            for hit in engine.find(query, limit=100).passages
        ]
        for query in ('"extended deterrence"', "deterrence", "deterrence -extended")
    }
    assert texts['"extended deterrence"']
    assert all("extended deterrence" in text for text in texts['"extended deterrence"'])
    left = [text for text in texts["deterrence"] if "extended" not in text]
    assert sorted(texts["deterrence -extended"]) == sorted(left)


@pytest.mark.parametrize(
    "query",
    [
        *("AND", "NEAR(", "t:", "12:30", "O'Brien", "*", "^", "\0", ".*+?[](){}|^$\\"),
        *("(" * 50_000, '"', '""', "-", "- -", "-alliance", '-"', "\ud800", "👩‍👩‍👧 🇰🇷", "\u202e"),
    ],
)
def test_everything_typed_is_literal(engine: Engine, query: str) -> None:
    engine.find(query)


def test_a_long_query_is_cut_and_says_so(engine: Engine) -> None:
    assert "256 characters" in engine.find("alliance " * 100_000).notices[0]
    many = " ".join(f"a{n}" for n in range(40))
    assert "32 words" in engine.find(many).notices[0]


def test_spans_lie_in_their_passage_sorted_and_apart(shipped: Library, engine: Engine) -> None:
    for query in ("the alliance", "kim", "u.s. korea", "missle warning", "deterrence", "austin"):
        for hit in engine.find(query, limit=200).passages:
            edges = [edge for span in hit.spans for edge in span]
            assert edges == sorted(set(edges))
            assert hit.start <= edges[0] < edges[-1] <= hit.end <= len(shipped.text(hit.source))


def test_only_one_kind(engine: Engine) -> None:
    answer = engine.find("deterrence", only="event")
    assert {hit.kind for hit in answer.records} == {"event"}
    assert not answer.passages
    assert not engine.find("deterrence", only="passage").records


def test_only_events_of_a_time(engine: Engine) -> None:
    from datetime import date

    day = date(2024, 10, 30).toordinal()
    found = engine.find("security consultative", earliest=day, latest=day).records
    assert [hit.id for hit in found][:1] == ["scm-56"]
    assert all(hit.kind == "event" for hit in found)


def test_a_search_that_nobody_waits_for_stops(engine: Engine) -> None:
    with pytest.raises(CancelledError):
        engine.find("deterrence", cancelled=lambda: True)
