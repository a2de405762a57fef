"""A small sound archive, and the means to spoil it one thing at a time."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tui.archive import Library, open_archive

if TYPE_CHECKING:
    from pathlib import Path

    from tui.archive import Fault

TEXT = """\
Ministers meet in Seoul
Defense Minister Lee Jong-seop and US Defense Secretary Lloyd Austin held talks on the 31st.
They spoke of Ulchi Freedom Shield and “extended deterrence.” Freedom Shield comes first.
Minister Lee and Secretary Austin agreed. Austin left.
Post a Comment
"""

ACTORS = """\
[[person]]
id = "lloyd-austin"
name = "Lloyd Austin"
family = "Austin"
  [[person.stated]]
  source = "one"
  quote = "US Defense Secretary Lloyd Austin"
  name = "Lloyd Austin"
  office = { value = "Defense Secretary", organization = "US" }
  [[person.inferred]]
  why = "US Defense Secretary"
  from = [{ source = "one", quote = "US Defense Secretary" }]
  country = "united-states"

[[person]]
id = "lee-jong-sup"
name = "Lee Jong-seop"
  [[person.stated]]
  source = "one"
  quote = "Defense Minister Lee Jong-seop"
  name = "Lee Jong-seop"

[[state]]
id = "united-states"
name = "United States"
code = "USA"
  [[state.outside]]
  url = "https://example.org/us"
  name = "United States"
  abbreviation = "US"
"""

EVENTS = """\
[[event]]
id = "talks"
title = "Talks in Seoul"
type = "meeting"
  [[event.stated]]
  source = "one"
  quote = "held talks on the 31st"
  date_text = "the 31st"
  status = "held"
  actor = [{ id = "lloyd-austin", role = "participant" }, "lee-jong-sup"]
  initiative = "freedom-shield"
  [[event.inferred]]
  why = "The year is not printed"
  from = [{ source = "one", quote = "the 31st" }]
  date = "2023-01?-31"
"""

INITIATIVES = """\
[[initiative]]
id = "freedom-shield"
name = "Freedom Shield"
type = "exercise"
  [[initiative.stated]]
  source = "one"
  quote = "Freedom Shield comes first"
  name = "Freedom Shield"

[[initiative]]
id = "ulchi-freedom-shield"
name = "Ulchi Freedom Shield"
type = "exercise"
  [[initiative.stated]]
  source = "one"
  quote = "Ulchi Freedom Shield"
  name = "Ulchi Freedom Shield"
"""

NOTES = """\
[[note]]
source = "one"
quote = "the 31st"
kind = "omission"
text = "No month, no year."
about = ["talks"]
"""


class Folder:
    """An archive folder under a test's own hand."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.text = TEXT
        self.write("archive.toml", 'format = 1\ntitle = "A test"\n')
        self.source("one", TEXT)
        self.write("actors/all.toml", ACTORS)
        self.write("events/all.toml", EVENTS)
        self.write("initiatives/all.toml", INITIATIVES)
        self.write("notes/all.toml", NOTES)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write one file, as it is given."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def source(self, name: str, text: str, more: str = "") -> None:
        """Write a source with its sum; `more` is the rest of its metadata."""
        self.write(f"sources/{name}.txt", text)
        sums = f'name = "{name}"\nsha256 = "{sha256(text.encode()).hexdigest()}"\n'
        default = '[short_names]\n"Minister Lee" = "lee-jong-sup"\n' if name == "one" else ""
        self.write(f"sources/{name}.toml", sums + (more or default))

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace what occurs once in a file."""
        file = self.root / path
        text = file.read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {path}"
        file.write_bytes(text.replace(old, new).encode())

    def append(self, path: str, more: str) -> None:
        """Add to the end of a file."""
        file = self.root / path
        file.write_bytes(file.read_bytes() + more.encode())

    def open(self) -> Library:
        """Open it without a cache."""
        return open_archive(self.root, cache=None)

    def faults(self) -> list[Fault]:
        """Give what is wrong, warnings included."""
        return list(self.open().faults)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Make a sound archive of one source, two people, one event and two exercises."""
    return Folder(tmp_path / "archive")
