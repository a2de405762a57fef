from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.archive import Library, open_archive
from tui.drafts import Checker, Manuscript, Report
from tui.search import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def shipped() -> Library:
    """Open the archive that ships."""
    return open_archive(CONTENT, cache=None)


@pytest.fixture(scope="session")
def engine(shipped: Library) -> Engine:
    """Open an engine on the archive that ships, in memory."""
    return Engine.open(shipped, cache=None)


@pytest.fixture(scope="session")
def checker(shipped: Library, engine: Engine) -> Checker:
    """Hold drafts against the archive that ships."""
    return Checker(shipped, engine)


@pytest.fixture(scope="session")
def checked(checker: Checker) -> Callable[[str], Report]:
    """Check a text against the archive that ships."""
    return lambda text: checker.check(Manuscript("draft.md", text))
