from __future__ import annotations

from pathlib import Path

import pytest

from tui.archive import Library, open_archive
from tui.search import Engine

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def shipped() -> Library:
    """Open the archive that ships."""
    return open_archive(CONTENT, cache=None)


@pytest.fixture(scope="session")
def engine(shipped: Library) -> Engine:
    """Open an engine on the archive that ships, in memory."""
    return Engine.open(shipped, cache=None)
