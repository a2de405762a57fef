"""`readout` alone: the desk. This module imports nothing that the desk does not need."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tui.plain import complain

NO_TERMINAL = """the desk needs a terminal. These commands print:
  readout find QUERY    records and passages
  readout show NAME     one record or source, with its evidence
  readout list KIND     events, people, initiatives …
  readout check         what is wrong with the archive
readout --help says more."""


def archive_root(given: str | None) -> Path:
    """Choose the archive: the one given, the environment's, or the one that ships."""
    named = given or os.environ.get("READOUT_ARCHIVE")
    if named:
        return Path(named)
    from tui.paths import data

    return data("content")


def run(given: str | None) -> int:
    """Open the desk on an archive; without a terminal refuse at once with 2.

    Raises:
        ArchiveError: the folder is no archive.
    """
    if not has_terminal():
        complain(NO_TERMINAL)
        return 2
    from tui.app import run as open_desk

    return open_desk(archive_root(given))


def has_terminal() -> bool:
    """Tell whether all three streams are a terminal that can be drawn on."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None or not stream.isatty():
            return False
    return os.name == "nt" or os.environ.get("TERM", "") not in ("", "dumb")
