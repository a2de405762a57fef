"""A link leads to its very words, or says why not; never to others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.archive import open_archive
from tui.exchange.links import LinkError, Place, checked_link, follow, is_link, link
from tui.paths import data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.archive import Library

TEXT = "The ministers met in Seoul. “They agreed,” he said. 한국 국방부.\n\nThey met in Tokyo.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_archive(data("content"), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str], Library]:
    """Give an archive of one source, `brief`, with a text."""

    def write(text: str) -> Library:
        sources = tmp_path / "sources"
        sources.mkdir(exist_ok=True)
        (tmp_path / "archive.toml").write_text('title = "Mine"\ndescription = "d"\nformat = 1\n')
        (sources / "brief.txt").write_bytes(text.encode())
        digest = hashlib.sha256(text.encode()).hexdigest()
        (sources / "brief.toml").write_text(f'name = "Brief"\nsha256 = "{digest}"\n')
        return open_archive(tmp_path, cache=tmp_path / "cache")

    return write


def test_every_quote_of_the_archive_has_a_link_that_leads_back(library: Library) -> None:
    count = 0
    for source in library.sources:
        for proof in library.evidence_in(source):
            e = proof.evidence
            place = Place(source, e.start, e.end)
            assert follow(library, link(source, e.start, e.end)) == place
            count += 1
    assert count > 1_000


@pytest.mark.parametrize("around", ["{}", "[{}]", " {}.\n", "“{}”,", "<{}>"])
def test_what_sticks_to_a_copied_link_is_let_go(library: Library, around: str) -> None:
    written = checked_link(library, "art-001", 98, 138)
    assert is_link(around.format(written))
    assert follow(library, around.format(written)) == Place("art-001", 98, 138)
    assert follow(library, around.format("READOUT:art-001#98-138")) == Place("art-001", 98, 138)
    in_bibtex = written.replace("#", r"\#")
    assert follow(library, around.format(in_bibtex)) == Place("art-001", 98, 138)


def test_a_source_alone_is_all_of_it(library: Library) -> None:
    length = len(library.text("art-002"))
    assert follow(library, "readout:art-002") == Place("art-002", 0, length, whole=True)


@pytest.mark.parametrize(
    ("written", "found", "says"),
    [
        ("readout:art-01#1-2", True, "did you mean art-001?"),
        ("readout:nowhere-near#1-2", True, "readout list sources"),
        ("readout:kim-yong-hyun#1-2", True, "is a record: readout show kim-yong-hyun"),
        ("readout:ART-001#1-2", True, "did you mean art-001?"),
        ("readout:art-001#0-9999999", True, "nothing stands at 0-9999999"),
        ("readout:art-001#5452-5453", True, "has 5,452 characters"),
        ("readout:art-001#30-10", False, "did you mean readout:art-001#10-30?"),
        ("readout:art-001#10-10", False, "is of no length"),
        ("readout:art-001#-5-10", False, "no link"),
        ("readout:art-001#10", False, "no link"),
        ("readout:art-001#١٠-٢٠", False, "no link"),
        ("readout:art-001#1-2;words=xyz", False, "no link"),
        (f"readout:art-001#1-{'9' * 5000}", False, "no link"),
        ("readout:", False, "no link"),
    ],
)
def test_a_link_that_leads_nowhere_says_why(
    library: Library, written: str, found: bool, says: str
) -> None:
    assert is_link(written)
    with pytest.raises(LinkError) as caught:
        follow(library, written)
    assert caught.value.found is found
    assert says in f"{caught.value.message}; {caught.value.remedy}"


def test_words_that_moved_are_found_and_not_taken(edited: Callable[[str], Library]) -> None:
    before = edited(TEXT)
    start = TEXT.index("“They")
    end = TEXT.index(" he said")
    written = checked_link(before, "brief", start, end)
    assert follow(before, written) == Place("brief", start, end)
    after = edited("Corrected. " + TEXT)
    with pytest.raises(LinkError, match="edited since") as caught:
        follow(after, written)
    assert caught.value.now == Place("brief", start + 11, end + 11)
    assert f"brief#{start + 11}-{end + 11}" in caught.value.remedy
    follow(after, link("brief", start, end))  # without the check nobody can know


def test_words_that_are_gone_or_twice_there_are_said_to_be(
    edited: Callable[[str], Library],
) -> None:
    written = checked_link(edited(TEXT), "brief", 0, 27)
    with pytest.raises(LinkError, match="not there any more; at 0-27 stands “Two ministers"):
        follow(edited(TEXT.replace("The m", "Two m")), written)
    with pytest.raises(LinkError, match="stand in 2 places") as caught:
        follow(edited("So. " + TEXT + TEXT), written)
    assert caught.value.now is None
    with pytest.raises(LinkError, match="stands nothing"):
        follow(edited(""), written)


@given(st.text(), st.integers(0, 80), st.integers(0, 80))
def test_no_text_makes_it_fall_over(library: Library, text: str, start: int, end: int) -> None:
    for written in (f"readout:{text}", f"readout:art-001#{text}", f"readout:art-001#{start}-{end}"):
        try:
            place = follow(library, written)
        except LinkError:
            continue
        else:
            assert place.start < place.end <= len(library.text(place.source))
