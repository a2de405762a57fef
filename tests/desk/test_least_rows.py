"""What chunks take at least is never more than what they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.archive import open_archive
from tui.desk.render.source import SourceDocument

if TYPE_CHECKING:
    from pathlib import Path

    from tui.archive import Library

WIDTHS = (1, 8, 20, 35, 66, 91, 92, 120)
ODD = (
    "word " * 60 + "\n" + "two  spaces  " * 30 + "\n" + " " * 200 + "x\n\n" + "x" * 500 + "\n"
    + "국방부 장관 회담 " * 20 + "\n" + "e\u0301" * 90 + "\n" + "a-b " * 80 + "\n" + "\t\t" * 40
)  # fmt: skip


def check(library: Library) -> int:
    tighter = 0
    for source in library.sources.values():
        document = SourceDocument(library, source, [(0, 20)])
        for width in WIDTHS:
            taken = [len(document.chunk(index, width)) for index in range(len(document))]
            for first in range(0, len(document), 5):
                for last in range(first, min(first + 12, len(document) + 1)):
                    least = document.least_rows(first, last, width, 10_000)
                    assert least <= sum(taken[first:last]), (source.id, width, first, last)
                    tighter += least > last - first
    return tighter


def test_of_the_articles(library: Library) -> None:
    assert check(library) > 1_000  # often it tells more than that a chunk takes a row


@pytest.mark.parametrize("text", [ODD, ODD.replace("\n", "\r\n"), "", "\n\n"])
def test_of_odd_texts(tmp_path: Path, text: str) -> None:
    (tmp_path / "archive.toml").write_text('title = "odd"\nformat = 1\n')
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "odd.txt").write_bytes(text.encode())
    check(open_archive(tmp_path, cache=tmp_path / "cache"))
