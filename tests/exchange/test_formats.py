"""Citations in four formats: what is known, no more; and nothing in a text breaks a format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.archive import open_archive
from tui.exchange.biblatex import biblatex, escaped, level_1
from tui.exchange.citing import Cited, Claim, Known, cite, claim
from tui.exchange.csl import csl_json, date
from tui.exchange.formats import FORMATS
from tui.exchange.links import follow
from tui.exchange.prose import escaped as marked
from tui.exchange.prose import markdown, plain
from tui.exchange.tables import comparison
from tui.paths import data

if TYPE_CHECKING:
    from tui.archive import Library
    from tui.records.record import Kind

# The keys that the schema of CSL-JSON (csl-data.json, 1.0.2) knows, of those that are used here.
ITEM = {
    "id", "type", "title", "author", "container-title", "issued", "URL", "language", "note",
    "custom",
}  # fmt: skip
DATE = {"date-parts", "season", "circa", "literal"}
TYPES = {"article-newspaper", "webpage", "document"}
LINK = re.compile(r"readout:[a-z0-9-]+#\d+-\d+;words=[0-9a-f]{12}")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_archive(data("content"), cache=tmp_path_factory.mktemp("cache"))


def quoted(text: str, **more: Any) -> Cited:
    known = Known(text, "stated")
    parts: dict[str, Any] = {
        "source": "brief", "quote": text, "link": "readout:brief#1-2;words=0123456789ab",
        "name": text, "title": known, "author": known, "publisher": known, "edtf": "2024-10-30",
        "when": Known("30 Oct 2024", "stated"), "url": Known(), "language": Known("en", "inferred"),
        "paragraph": 3, "remarks": (text,),
    }  # fmt: skip
    return Cited(**(parts | more))


def braces(text: str) -> int:
    """Count how deep the braces are in the end, as a parser of BibTeX does: escapes are no help."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    return depth


def entry(text: str) -> dict[str, str]:
    """Read an entry as Biber would: fields in braces, each on a line of its own."""
    assert braces(text) == 0
    head, *rows, last = text.strip().split("\n")
    assert re.fullmatch(r"@(online|misc)\{[a-z0-9_-]+,", head)
    assert last == "}"
    found = [re.fullmatch(r"  ([a-z]+) *= \{(.*)\},", row) for row in rows]
    assert all(found)
    return {row[1]: row[2] for row in found if row}


def unescaped(text: str) -> str:
    commands = {
        r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
        r"\textasciitilde{}": "~", r"\textasciicircum{}": "^",
    }  # fmt: skip
    pattern = "|".join(map(re.escape, commands)) + r"|\\[%&_#$]"
    return re.sub(pattern, lambda found: commands.get(found[0], found[0][1:]), text)


@pytest.mark.parametrize("name", FORMATS)
def test_every_source_is_cited_with_a_link_that_leads_back(library: Library, name: str) -> None:
    for source in library.sources:
        passage = library.passages(source)[1]
        claims = [Claim((cite(library, source, passage.start, passage.end),))]
        written = FORMATS[name](claims)
        if name == "BibLaTeX":
            written = unescaped(written)
        links = LINK.findall(written)
        assert links
        for link in links:
            assert follow(library, link)[:3] == (source, passage.start, passage.end)


def test_what_is_not_known_is_said_or_left_out(library: Library) -> None:
    claims = [Claim((cite(library, "art-004", 259, 326),))]
    text = plain(claims)
    assert "untitled (Trilateral video conference)" in text
    assert "no date" in text
    assert "bnnbreaking.com (outside)" in text
    assert "accessed" not in text  # nobody was there
    (item,) = json.loads(csl_json(claims))
    assert "issued" not in item
    assert "author" not in item
    fields = entry(biblatex(claims))
    assert "date" not in fields
    assert "author" not in fields
    assert fields["title"] == "{[Trilateral video conference]}"
    assert "no date" in fields["note"]
    assert "Note: outdated." in text  # a disputed sentence does not leave without its note


def test_dates_are_as_exact_as_they_are_known(library: Library) -> None:
    claims = [
        Claim((cite(library, source, 0, 40),)) for source in ("art-001", "art-002", "art-003")
    ]
    items = {item["id"]: item for item in json.loads(csl_json(claims))}
    assert items["art-001"]["issued"] == {"date-parts": [[2024, 10, 30], [2024, 10, 31]]}
    assert items["art-002"]["issued"] == {"date-parts": [[2025]]}
    assert items["art-003"]["issued"] == {"date-parts": [[2023, 1, 31], [2023, 2]], "circa": True}
    assert items["art-003"]["custom"] == {"edtf": "2023-01?-31/2023?-02"}
    assert "date inferred" in items["art-001"]["note"]
    assert "30–31 Oct 2024 (inferred)" in plain(claims[:1])


@pytest.mark.parametrize(
    ("edtf", "for_biblatex", "for_csl"),
    [
        ("2024-10-30", "2024-10-30", {"date-parts": [[2024, 10, 30]]}),
        ("2024-10", "2024-10", {"date-parts": [[2024, 10]]}),
        ("2024-10~", "2024-10~", {"date-parts": [[2024, 10]], "circa": True}),
        ("2025-?07-?11", "2025-07-11?", {"date-parts": [[2025, 7, 11]], "circa": True}),
        ("2024?-10~", "2024-10%", {"date-parts": [[2024, 10]], "circa": True}),
        ("2024-22", "2024-22", {"date-parts": [[2024]], "season": 2}),
        ("2024-10-XX", "2024-10-XX", {"date-parts": [[2024, 10]]}),
        ("2024-XX-31", "2024-XX-XX", {"literal": "2024 · day 31, month not stated"}),
        ("202X", "202X", {"literal": "2020s"}),
        ("2025/..", "2025/..", {"literal": "since 2025"}),
        ("../2024-10-30", "../2024-10-30", {"literal": "≤ 30 Oct 2024"}),
        ("2024/2025", "2024/2025", {"date-parts": [[2024], [2025]]}),
        ("[2023,2024]", "", {"literal": "2023 or 2024"}),
        ("XXXX-10-30", "", {"literal": "30 Oct, year not stated"}),
        ("", "", {}),
    ],
)
def test_a_date_in_each_format(edtf: str, for_biblatex: str, for_csl: dict[str, Any]) -> None:
    assert level_1(edtf) == for_biblatex
    assert date(edtf) == for_csl
    assert set(for_csl) <= DATE


def test_words_for_a_date_without_a_year() -> None:
    words = Known("summer, year not stated", "stated")
    claims = [Claim((quoted("x", edtf="", when=words),))]
    (item,) = json.loads(csl_json(claims))
    assert item["issued"] == {"literal": "summer, year not stated"}
    assert "summer, year not stated" in plain(claims)
    assert "summer, year not stated" in entry(biblatex(claims))["note"]


def test_two_quotes_of_a_source_are_one_work(library: Library) -> None:
    claims = [Claim((cite(library, "art-001", 98, 138), cite(library, "art-001", 215, 258)))]
    assert len(json.loads(csl_json(claims))) == 1
    assert biblatex(claims).count("@online{art-001,") == 1


def test_two_pages_of_one_host_are_two_works(library: Library) -> None:
    pages = [f"https://example.org/{name}" for name in ("one", "two", "one")]
    claims = [Claim((), "A", "rank", str(n), "outside", "", url) for n, url in enumerate(pages)]
    items = json.loads(csl_json(claims))
    assert [(item["id"], item["URL"]) for item in items] == [
        ("outside-example.org", pages[0]),
        ("outside-example.org-2", pages[1]),
    ]
    assert biblatex(claims).count("@online{outside-example-org") == 2


def test_a_fact_is_copied_with_what_it_stands_on(library: Library) -> None:
    general, *_, outside = library.record("kim-myung-soo").all("rank")
    said = plain([claim(library, "kim-myung-soo", "rank", general)])
    assert said.startswith("Kim Myung-soo · rank: General (stated)\n“South Korean Joint Chiefs")
    assert "Note: slip." in said
    said = plain([claim(library, "kim-myung-soo", "rank", outside)])
    assert "(outside)" in said
    assert outside.url in said
    (item,) = json.loads(csl_json([claim(library, "kim-myung-soo", "rank", outside)]))
    assert item["URL"] == outside.url
    assert plain([claim(library, "kim-myung-soo", "native", None)]) == (
        "Kim Myung-soo · own script: not stated in 5 sources\n"
    )


def test_every_fact_can_be_copied_in_every_format(library: Library) -> None:
    count = 0
    kinds: tuple[Kind, ...] = ("person", "initiative")
    for kind in kinds:
        for record in library.records(kind):
            for fact in record.facts:
                claims = [claim(library, record.id, fact.field, fact)]
                assert plain(claims).strip()
                assert markdown(claims).strip()
                for item in json.loads(csl_json(claims)):
                    assert set(item) <= ITEM
                    assert item["type"] in TYPES
                for part in filter(None, biblatex(claims).split("\n\n")):
                    entry(part)
                count += 1
    assert count > 300


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_title_breaks_a_format(text: str) -> None:
    claims = [Claim((quoted(text),), text, "rank", text, "stated", text, text)]
    raw = csl_json(claims)
    assert raw.isascii()
    items = json.loads(raw)
    assert all(set(item) <= ITEM for item in items)
    if text:
        assert items[0]["title"] == text
    for part in filter(None, biblatex(claims).split("\n\n")):
        fields = entry(part)
        assert braces(fields["note"]) == 0
        assert "%" not in fields["note"].replace(r"\%", "")
    from tui.plain import clean_line

    assert unescaped(escaped(text)) == clean_line(text)
    assert plain(claims)
    assert "\n" not in marked(text)


@given(st.text(st.sampled_from("ab|\\*_`<>[]#\n-1.&~$ "), max_size=40))
def test_markdown_takes_a_text_literally(text: str) -> None:
    shown = marked(text)
    bare = re.sub(r"\\([\\`*_\[\]<>&|~$#+=.)\-])", r"\1", shown)
    assert bare == " ".join(text.split())
    unescaped_marks = re.sub(r"\\.", "", shown)
    assert not re.search(r"[`*_\[\]<>&|~$]", unescaped_marks)
    assert not re.match(r"#{1,6}(\s|$)|[-+](\s|$)|\d+[.)]", shown)


def cells(row: str) -> list[str]:
    """Split a row of a table as Markdown does: at bars that are not escaped."""
    return [cell.strip() for cell in re.split(r"(?<!\\)(?:\\\\)*\|", row)[1:-1]]


def test_every_comparison_is_a_table_of_four_columns(library: Library) -> None:
    for item in library.disagreements:
        text = comparison(library, [item], "subject")
        rows = [row for row in text.split("\n") if row.startswith("|")]
        assert cells(rows[0]) == ["value", "quote", "source", "verdict"]
        assert {len(cells(row)) for row in rows} == {4}
        proofs = sum(max(1, sum(e.proves for e in v.evidence)) for v in item.values)
        assert len(rows) == 2 + proofs
        for link in LINK.findall(text):
            follow(library, link)
        if not item.verdict:
            assert "none: both stand" in text


def test_a_comparison_names_values_quotes_sources_and_their_dates(library: Library) -> None:
    text = comparison(library, library.disagreements_about("kim-myung-soo"), "Kim Myung-soo")
    assert "| General | “South Korean Joint Chiefs Chairman General Kim Myung-soo” |" in text
    assert "2025 (inferred)](readout:art-002#" in text
    assert "no date](readout:art-004#" in text
    assert "Art-002 has the wrong rank" in text
