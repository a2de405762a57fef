"""What an import really brings along; a static graph cannot see deferred imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

NO_SCREEN = ("textual", "rich")
ONLY_WHEN_NEEDED = (
    "pydantic",
    "pydantic_core",
    "tomllib",
    "tomlkit",
    "rapidfuzz",
    "numpy",
    "pyroaring",
    "argparse",
)


def loaded_after(statement: str) -> set[str]:
    """Give the top-level modules that a fresh interpreter holds after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "module", ["tui.records.dates", "tui.records.names", "tui.archive", "tui.search", "tui.drafts"]
)
def test_core_runs_without_a_screen(module: str) -> None:
    assert not loaded_after(f"import {module}") & set(NO_SCREEN)


def test_opening_the_desk_brings_only_what_it_shows() -> None:
    # The first run compiles the archive and may need anything; the second is what people wait for.
    opening = (
        "from tui.archive import open_archive\n"
        "from tui.paths import data\n"
        "import tui.app\n"
        "open_archive(data('content')).timeline"
    )
    loaded_after(opening)
    assert not loaded_after(opening) & set(ONLY_WHEN_NEEDED)
