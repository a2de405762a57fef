"""Fields in a query: what they keep, how they are said, and what is only text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.completing import complete
from tui.search.fields import NAMES

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.search import Engine

CHAIRMAN = "kim-myung-soo"


@pytest.mark.parametrize(
    "query",
    ["actor:kim-myung-soo", 'actor:"kim myung-soo"', "ACTOR:“Kim Myung-soo”", 'actor:"kim myung'],
)
def test_an_actor_keeps_what_has_to_do_with_him(
    shipped: Library, engine: Engine, query: str
) -> None:
    answer = engine.find(query, limit=100)
    assert answer.notices == ("actor: Kim Myung-soo",)
    assert answer.records[0].id == CHAIRMAN
    events = {hit.id for hit in answer.records if hit.kind == "event"}
    assert events == set(shipped.events_of(CHAIRMAN))
    mentioned = {(m.source, m.start) for m in shipped.mentions_of(CHAIRMAN)}
    lit = {(hit.source, start) for hit in answer.passages for start, _ in hit.spans}
    assert lit == mentioned
    assert {hit.why for hit in answer.passages} == {"actor: Kim Myung-soo"}


def test_words_narrow_further(shipped: Library, engine: Engine) -> None:
    every = engine.find("drill", limit=100).passages
    within = engine.find("source:art-002 drill", limit=100).passages
    assert within
    assert {hit.source for hit in within} == {"art-002"} < {hit.source for hit in every}
    assert within == tuple(hit for hit in every if hit.source == "art-002")
    of_actor = engine.find("chairman actor:kim-myung-soo", limit=100).passages
    assert of_actor
    spans = [(m.source, m.start) for m in shipped.mentions_of(CHAIRMAN)]
    for hit in of_actor:
        assert any(s == hit.source and hit.start <= at < hit.end for s, at in spans)


def test_phrases_and_words_left_out_stay_what_they_are(shipped: Library, engine: Engine) -> None:
    phrase = engine.find('source:art-003 "extended deterrence"', limit=100).passages
    assert phrase
    assert all(
        "extended deterrence" in shipped.text(h.source)[h.start : h.end].lower() for h in phrase
    )
    kept = engine.find("source:art-003 -deterrence", limit=100).passages
    assert kept
    assert not any("deterrence" in shipped.text(h.source)[h.start : h.end].lower() for h in kept)


def test_a_type_keeps_its_events(shipped: Library, engine: Engine) -> None:
    answer = engine.find("type:meeting", limit=100)
    timeline = shipped.timeline
    meetings = {
        event for event, kind in zip(timeline.id, timeline.type, strict=True) if kind == "meeting"
    }
    assert {hit.id for hit in answer.records} == meetings
    assert not answer.passages
    assert engine.find("type:joint-exercise").notices == ("type: joint exercise",)
    assert {h.id for h in engine.find("type:meeting austin", limit=100).records} <= meetings


@pytest.mark.parametrize(("value", "kind"), [("person", "person"), ("people", "person")])
def test_a_kind_keeps_its_records(engine: Engine, value: str, kind: str) -> None:
    answer = engine.find(f"kind:{value} kim")
    assert {hit.kind for hit in answer.records} == {kind}
    assert not answer.passages
    assert not engine.find("kind:passage deterrence").records
    assert engine.find("kind:passage deterrence").passages


def test_dates_keep_events_and_what_was_published_then(shipped: Library, engine: Engine) -> None:
    answer = engine.find("from:2024-10 to:2024 scm", limit=100)
    assert answer.notices == ("from: Oct 2024", "to: 2024")
    assert {hit.kind for hit in answer.records} == {"event"}
    assert {hit.source for hit in answer.passages} == {"art-001"}
    assert shipped.sources["art-001"].first("published") is not None
    assert not engine.find("from:2030 scm").passages
    assert not engine.find("from:2025 to:2024 scm").passages


def test_an_initiative_and_another_field_both_count(shipped: Library, engine: Engine) -> None:
    events = {h.id for h in engine.find("initiative:scm", limit=100).records if h.kind == "event"}
    assert events == set(shipped.events_of("scm"))
    both = engine.find("initiative:scm actor:austin kind:event", limit=100).records
    assert {h.id for h in both} == events & set(shipped.events_of("lloyd-austin"))
    assert both


@pytest.mark.parametrize(
    "query",
    ["foo:bar", "type:nonsense", "actor:qqqqzzzz", "from:2024-99", "kind:cat", "source:art-999",
     "type:", "actor:", '"drill type:meeting"', "-type:meeting drill", "retype:meeting"],
)  # fmt: skip
def test_anything_else_is_literal(engine: Engine, query: str) -> None:
    assert engine.find(query).notices == ()


def test_a_name_that_many_bear_means_all_of_them(engine: Engine) -> None:
    answer = engine.find("actor:kim", limit=100)
    assert answer.notices[0].count(" or ") == 2
    assert {CHAIRMAN, "kim-yong-hyun", "kim-jong-un"} <= {hit.id for hit in answer.records[:3]}


def test_a_long_query_with_a_field_is_cut_and_says_so(engine: Engine) -> None:
    answer = engine.find("kind:person " + "kim " * 100)
    assert answer.notices[0] == "kind: person"
    assert "256" in answer.notices[1]


TYPED = [*NAMES, ":", '"', "“", " ", "-", "kim", "2024", "me", "\0", "김"]


@given(st.lists(st.sampled_from(TYPED)))
def test_no_text_is_an_error(shipped: Library, engine: Engine, parts: list[str]) -> None:
    text = "".join(parts)
    answer = engine.find(text, limit=5)
    for hit in answer.passages:
        assert all(hit.start <= start < end <= hit.end for start, end in hit.spans)
    for _ in range(4):  # a name, what its values share, one of them
        text = complete(text, shipped).text
    assert complete(text, shipped).text == text


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("act", "actor:"),
        ("austin ty", "austin type:"),
        ("type:me", "type:meeting"),
        ("kind:per", "kind:person"),
        ("source:art-00", "source:art-00"),
        ("actor:kim-my", "actor:kim-myung-soo"),
        ('actor:"kim my', "actor:kim-myung-soo"),
        ("actor:austin", "actor:lloyd-austin"),
        ("actor:kim", "actor:kim-"),
        ("type:joint-e", "type:joint_exercise"),
        ("drill", "drill"),
        ("type:zzz", "type:zzz"),
        ("from:20", "from:20"),
    ],
)
def test_completing(shipped: Library, typed: str, completed: str) -> None:
    assert complete(typed, shipped).text == completed


def test_what_is_not_sure_is_offered(shipped: Library) -> None:
    assert complete("", shipped).choices == tuple(f"{name}:" for name in NAMES)
    assert complete("t", shipped).choices == ("type:", "to:")
    assert set(complete("actor:kim", shipped).choices) == {
        CHAIRMAN, "kim-yong-hyun", "kim-jong-un"
    }  # fmt: skip
