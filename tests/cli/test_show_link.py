"""`readout show LINK`: the passage, what stands on it, and how a wrong link is answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LINK = "readout:art-001#98-138"
KEYS = (
    "id kind source start end text link paragraph title publisher published records disagreements "
    "notes mentions"
)


def test_a_passage_is_shown_with_all_that_stands_on_it(cli: Callable[..., Any]) -> None:
    done = cli("show", LINK)
    assert done.code == 0
    assert "[56th Security Consultative Meeting (SCM)]" in " ".join(done.out.split())
    for words in ("Stronger Together", "Deftechtimes", "¶3", LINK, "stands on it", "scm-56"):
        assert words in done.out
    assert "outdated: No longer the latest" in done.out


def test_the_same_for_a_machine(cli: Callable[..., Any]) -> None:
    done = cli("show", LINK, "--json")
    assert done.code == 0
    assert done.raw.isascii()
    shape = done.json
    assert list(shape) == KEYS.split()
    text = (Path(__file__).resolve().parents[2] / "content/sources/art-001.txt").read_text("utf-8")
    assert shape["text"] == text[98:138] == "56th Security Consultative Meeting (SCM)"
    assert {"scm", "scm-56"} <= {r["record"] for r in shape["records"]}
    for stretch in (*shape["records"], *shape["notes"], *shape["mentions"]):
        assert stretch["start"] < 138
        assert stretch["end"] > 98


@pytest.mark.parametrize(
    ("link", "code", "says"),
    [
        ("readout:art-01#1-2", 1, "did you mean art-001?"),
        ("readout:art-001#0-99999", 1, "nothing stands at 0-99999"),
        ("readout:art-001#30-10", 2, "did you mean readout:art-001#10-30?"),
        ("readout:art-001#98-138;words=0123456789ab", 1, "edited since"),
    ],
)
def test_a_link_that_leads_nowhere_is_no_other_place(
    cli: Callable[..., Any], link: str, code: int, says: str
) -> None:
    done = cli("show", link)
    assert (done.code, done.out) == (code, "")
    assert says in done.err
    assert cli("show", link, "--json").error["exit"] == code


def test_a_source_alone_is_the_source(cli: Callable[..., Any]) -> None:
    assert cli("show", "readout:art-002").out == cli("show", "art-002").out


@pytest.mark.parametrize("words", [(LINK,), ("--archive", "x", LINK), (LINK, "--archive=x")])
def test_without_a_terminal_a_link_says_what_prints_it(
    cli: Callable[..., Any], words: tuple[str, ...]
) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (2, "")
    assert "readout show NAME" in done.err
