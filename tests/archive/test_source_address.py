"""A source's own address is a field; in an outside block it is the ground the block stands on."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tui.archive import open_archive

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Talks were held.\n"
PAGE = "https://example.org/talks"


def test_an_address_may_be_all_that_an_inferred_block_proves(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "archive.toml").write_text('title = "T"\nformat = 1\n')
    (tmp_path / "sources" / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "sources" / "a.toml").write_text(
        f'name = "A"\nsha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"\n'
        '[[inferred]]\nwhy = "The same words stand there."\n'
        f'from = [{{ quote = "Talks were held." }}]\nurl = "{PAGE}"\n'
        '[[outside]]\nurl = "https://example.org/else"\npublisher = "example.org"\n'
    )
    library = open_archive(tmp_path, cache=None)
    assert list(library.faults) == []
    assert [fact.value for fact in library.sources["a"].all("url")] == [PAGE]
