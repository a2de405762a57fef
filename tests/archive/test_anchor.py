"""Quotes stand exactly, in normal form, only nearly, or not at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.archive.anchor import Anchoring, difference
from tui.archive.normal import NormalText, normal

TEXT = (
    "The measures aim to bolster the trilateral security framework, ensuring a proactive stance.\n"
    "“We’re charting a shared path forward—one built on  regular engagement,” he said.\n"
    "The North. The South. The North again.\n"
)
# Letters that fold, vanish, widen or combine, beside plain ones.
HOSTILE = st.text(
    st.sampled_from(
        "ab .,-'\"\n\t’“”–—…é\u0301\u0308\u200b\ufeff\u00a0\u00ad"
        "ﬁ한\u1112\u1161\u11abｱﾞ①𝐀ß\U0001f1f0"
    )
    | st.characters(exclude_categories=["Cs"])
)


@pytest.mark.parametrize(
    ("quote", "state", "printed"),
    [
        ("trilateral security framework", "exact", "trilateral security framework"),
        ('"We\'re charting', "normalised", "“We’re charting"),
        ("forward-one built on regular", "normalised", "forward—one built on  regular"),
        ("for\u00adward—one", "normalised", "forward—one"),
        ("stance. “We’re", "normalised", "stance.\n“We’re"),
        ("the trilateral economic framework, ensuring a proactive stance", "drifted",
         "the trilateral security framework, ensuring a proactive stance"),
        ("nobody ever wrote these words anywhere", "lost", ""),
        ("  ", "lost", ""),
    ],
)  # fmt: skip
def test_states(quote: str, state: str, printed: str) -> None:
    anchor = Anchoring(TEXT).place(quote)
    assert (anchor.state, TEXT[anchor.start : anchor.end]) == (state, printed)
    assert bool(anchor.problem) == (state in ("drifted", "lost"))


def test_one_changed_word_is_named() -> None:
    anchor = Anchoring(TEXT).place("bolster the trilateral economic framework, ensuring a")
    assert "‘security’ for ‘economic’" in anchor.problem
    assert anchor.score < 100


def test_several_places_are_never_guessed_between() -> None:
    anchor = Anchoring(TEXT).place("The North")
    assert anchor.state == "drifted"
    assert [TEXT[a:b] for a, b in anchor.places] == ["The North", "The North"]
    assert "2 times" in anchor.problem


@pytest.mark.parametrize(
    ("hints", "which"),
    [
        ({"occurrence": 1}, 0),
        ({"occurrence": 2}, 1),
        ({"prefix": "The South. "}, 1),
        ({"prefix": "South."}, 1),
        ({"suffix": " again"}, 1),
        ({"suffix": ". The"}, 0),
    ],
)
def test_hints_pick_the_place(hints: dict[str, int | str], which: int) -> None:
    first = TEXT.index("The North")
    starts = [first, TEXT.index("The North", first + 1)]
    occurrence = hints.get("occurrence")
    anchor = Anchoring(TEXT).place(
        "The North",
        occurrence=occurrence if isinstance(occurrence, int) else None,
        prefix=str(hints.get("prefix", "")),
        suffix=str(hints.get("suffix", "")),
    )
    assert (anchor.state, anchor.start) == ("exact", starts[which])


def test_hints_that_do_not_hold() -> None:
    anchoring = Anchoring(TEXT)
    assert "no occurrence 3" in anchoring.place("The North", occurrence=3).problem
    assert "no occurrence 2" in anchoring.place("regular engagement", occurrence=2).problem
    assert "next to" in anchoring.place("The North", prefix="West ").problem


def test_decomposed_letters_are_the_same_letters() -> None:
    text = unicodedata.normalize("NFD", "Né à Séoul, 김용현 국방부 장관")
    anchor = Anchoring(text).place("Séoul, 김용현")
    assert anchor.state == "normalised"
    assert unicodedata.normalize("NFC", text[anchor.start : anchor.end]) == "Séoul, 김용현"


def test_a_quote_larger_than_its_source() -> None:
    assert Anchoring("Short.").place("Short. " * 400).state == "lost"
    assert Anchoring("").place("x").state == "lost"


def test_difference_is_short() -> None:
    words = " ".join(f"w{n}" for n in range(40))
    other = " ".join(f"w{n}" if n % 4 else f"v{n}" for n in range(40))
    assert "and 7 more differences" in difference(words, other)


@given(HOSTILE)
def test_every_stretch_of_the_normal_form_leads_back(text: str) -> None:
    form = NormalText(text)
    for start in range(len(form.text)):
        begin, end = form.span(start, start + 1)
        assert 0 <= begin < end <= len(text)
        # What a single letter leads back to folds to a form that holds this letter.
        assert form.text[start] == " " or form.text[start] in normal(text[begin:end])


@given(HOSTILE)
def test_the_normal_form_is_stable_and_single_spaced(text: str) -> None:
    folded = normal(text)
    assert "  " not in folded
    assert not folded.startswith(" ")
    assert not folded.endswith(" ")
    assert all(not c.isspace() or c == " " for c in folded)


@given(HOSTILE, st.data())
def test_what_was_cut_out_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if not quote.strip():
        return
    anchor = Anchoring(text).place(quote)
    if anchor.places:
        assert (start, end) in anchor.places or text.count(quote) > 1
    else:
        assert (anchor.start, anchor.end, anchor.state) == (start, end, "exact")


@given(st.text(st.sampled_from("abc ’“—\n"), max_size=40), st.text(st.sampled_from("abc ’“—\n")))
def test_straightened_and_respaced_quotes_are_normalised(before: str, quote: str) -> None:
    if not normal(quote):
        return
    text = f"{before}|{quote}|"
    straight = quote.translate({0x2019: "'", 0x201C: '"', 0x2014: "-", 10: "  "})
    anchor = Anchoring(text).place(f"|{straight}|")
    assert anchor.state in ("exact", "normalised")
    assert text[anchor.start : anchor.end] == f"|{quote}|"


@given(HOSTILE, HOSTILE)
def test_nothing_that_is_not_there_is_ever_proof(text: str, quote: str) -> None:
    anchor = Anchoring(text).place(quote)
    if anchor.state == "exact":
        assert text[anchor.start : anchor.end] == quote
    elif anchor.state == "normalised":
        assert normal(quote) in normal(text)
    else:
        assert anchor.problem
