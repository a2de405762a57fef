"""Words that stand one after the other are found wherever they do, across sentences as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.search.fold import fold, words_in

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.search import Engine


def test_any_stretch_of_any_text_stands_where_it_was_taken_from(
    shipped: Library, engine: Engine
) -> None:
    for source in shipped.sources:
        text = shipped.text(source)
        passages = list(shipped.passages(source))
        for first, last in zip(passages, passages[2:], strict=False):
            if "apnewsSouth" in text[first.start : last.end]:
                continue  # the one place where boilerplate and text are one word
            words = words_in(fold(text[first.start : last.end]))
            assert (source, first.start) in {place[:2] for place in engine.standing(words, 50)}


def test_what_stands_nowhere_is_not_found_and_most_of_it_is_alike(engine: Engine) -> None:
    words = words_in(fold("it is firm and unwavering, this core of the deterrence promise"))
    assert engine.standing(words, 5) == []
    assert engine.standing([], 5) == []
    assert engine.standing(["xyzzy"], 5) == []
    assert engine.alike(words, 3)[0][0] == "art-003"
    assert engine.alike(["xyzzy", "the"], 3) == []
