"""A finding of a draft, opened on the desk: the passage lit, and what differs said above it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.archive import open_archive
from tui.desk.render.difference import alike, difference
from tui.desk.render.standing import laid
from tui.desk.screens.reading import Lit, Trail
from tui.drafts import Checker, Manuscript
from tui.search import Engine

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.drafts import Finding

CONTENT = Path(__file__).parents[2] / "content"


def found(library: Library, text: str) -> tuple[Manuscript, Finding]:
    draft = Manuscript("notes/brief.md", text)
    return draft, Checker(library, Engine.open(library, cache=None)).check(draft).findings[0]


def test_the_words_that_differ_stand_beside_those_printed() -> None:
    library = open_archive(CONTENT, cache=None)
    draft, finding = found(library, "So: “it is firm and unwavering,” he said.")
    rows = ["".join(text for text, _ in row) for row in laid(difference(draft, finding), 60, 36)]
    assert rows[0].startswith("≠ altered: “unwavering” is “ironclad” in art-003 ¶16")
    assert any("firm and unwavering → ironclad" in row for row in rows)
    assert any("brief.md:1:5" in row for row in rows)
    (evidence,) = finding.evidence
    lit = [library.text("art-003")[a:b] for a, b in alike(evidence, finding)]
    assert lit == ["it is firm and "]


def test_words_left_out_and_put_in_are_said() -> None:
    library = open_archive(CONTENT, cache=None)
    for text, shown in (
        (
            "“the unwavering commitment to the defense of its allies”",
            "unwavering + U.S. commitment",
        ),
        ("“the very unwavering U.S. commitment to the defense”", "very → left out unwavering"),
    ):
        draft, finding = found(library, text)
        rows = [
            "".join(part for part, _ in row) for row in laid(difference(draft, finding), 200, 36)
        ]
        assert any(shown in row for row in rows), rows


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Admiral Kim Myung-soo", "≠ disputed: “General” in"),
        ("Secretary of State Lloyd Austin", "≠ wrong office: "),
        ("“it is firm and ironclad”", "✓ verbatim: art-003"),
        ("General Kim Yong-hyun", "– not stated: "),
    ],
)
def test_a_verdict_stands_behind_its_own_mark(text: str, begins: str) -> None:
    library = open_archive(CONTENT, cache=None)
    (first, *_) = laid(difference(*found(library, text)), 200, 36)
    assert "".join(words for words, _ in first).startswith(begins)


async def test_a_finding_opens_at_its_passage() -> None:
    from tui.app import ReadoutApp
    from tui.desk.screens.desk import DeskScreen

    library = open_archive(CONTENT, cache=None)
    draft, finding = found(library, "So: “it is firm and unwavering,” he said.")
    places = tuple(Lit(e.source, alike(e, finding)) for e in finding.evidence)
    app = ReadoutApp(library, at=Trail("evidence", places, said=difference(draft, finding)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, DeskScreen)
        assert screen.pane == "reader"
        assert screen.reading.lit == places[0]
