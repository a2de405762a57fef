"""What is kept when Readout falls over: a file for whoever mends it, a line for everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

NAME = "last-crash.txt"


def keep(error: BaseException) -> Path | None:
    """Write the traceback of an error to the state folder; give the file, None where none can be.

    The values that the program held are left out: they may be somebody's documents.
    """
    import os
    import platform
    import sys
    import traceback
    from datetime import UTC, datetime
    from importlib.metadata import PackageNotFoundError, version

    from tui.paths import state_folder
    from tui.plain import clean

    def installed(name: str) -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return f"{name} from a folder"

    when = datetime.now(UTC).isoformat(timespec="seconds")
    on = f"Python {platform.python_version()} on {sys.platform}, TERM={os.environ.get('TERM', '')}"
    head = "\n".join((when, installed("readout-tui"), installed("textual"), on))
    told = "".join(traceback.format_exception(error))
    try:
        path = state_folder() / NAME
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(clean(f"{head}\n\n{told}"), encoding="utf-8", errors="backslashreplace")
    except (OSError, RuntimeError):
        return None
    return path


def line(error: BaseException) -> str:
    """Keep an error, and say in one line that it came, and where the rest is."""
    path = keep(error)
    where = f"what happened stands in {path}" if path else "no file could be written about it"
    return f"fell over ({type(error).__name__}); {where}, please report it"
