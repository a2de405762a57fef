"""The fast reader says what `tomllib` says, or nothing."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.archive.conftest import ACTORS, EVENTS, INITIATIVES, NOTES
from tui.archive import plain_toml
from tui.paths import data

LINES = [
    "[[event]]", "[[event.stated]]", "  [[ event ]]", "[[event.stated.more]]", "[event]",
    "[[person]]", "[[stated]]", "[[event.id]]", "[[event.x]]", 'id = "a"', 'id = "b"', 'x = "',
    'x = ""', 'x = """a"""', 'x = "a\\n"', 'x = "a" # why', "x = 'a'", 'x = ["a", "b"]',
    'x = [', '"a",', "]", "x = [{ y = 1 }]", "x = { y = 'a', z = [1] }", "x = 1", "x = 1_000",
    "x = 2024-01-01", "x = -1.5", "x = 1 # a", "x.y = 1", "event = []", "stated = []", "# a word",
    "#\t\x01", "\t", "", 'é = "a"', 'x = "김"', 'x = "a\tb"', "x = true", "x = []]",
    "x = [1] y = 2", 'x = ["a",]', 'x = ["a" "b"]', 'x = [,"a"]', 'x = ["a\\n", "b"]',
    'x = ["#", "]", ""] ', 'x = ["a", b]', 'x = ["a\tb"]', "x = [\"a\", 'b']", 'x = [["a"]]',
    "x = {}\u2028", 'x = "\u2028"', "x = 1\x0b", "x = inf", "  ]]", "x == 1", "x = [] # [",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join) | st.text())
@example('x = [\n"a",\n]')
@example("x = []\n[[x]]")
@example("[[a]]\n[[a.b]]\n[[a]]\nb = 1")
def test_it_says_what_tomllib_says_or_nothing(text: str) -> None:
    found = plain_toml.parse(text)
    if found is not None:
        assert found == tomllib.loads(text)


@pytest.mark.parametrize("text", [ACTORS, EVENTS, INITIATIVES, NOTES])
def test_records_are_plain(text: str) -> None:
    assert plain_toml.parse(text) == tomllib.loads(text)


def test_what_ships_is_read_alike() -> None:
    for file in data("content").rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        assert plain_toml.parse(text) in (None, tomllib.loads(text)), file
