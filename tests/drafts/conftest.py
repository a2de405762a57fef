from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.drafts import Checker, Manuscript, Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.archive import Library
    from tui.search import Engine


@pytest.fixture(scope="session")
def checker(shipped: Library, engine: Engine) -> Checker:
    """Hold drafts against the archive that ships."""
    return Checker(shipped, engine)


@pytest.fixture(scope="session")
def checked(checker: Checker) -> Callable[[str], Report]:
    """Check a text against the archive that ships."""
    return lambda text: checker.check(Manuscript("draft.md", text))
