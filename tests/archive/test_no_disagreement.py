"""What looks like a disagreement and is none: spellings, and who held an office when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.archive import open_archive
from tui.paths import data

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive.conftest import Folder

SPELLINGS = """\
  [[person.stated]]
  source = "one"
  quote = "Minister Lee and"
  name = "Lee Jong-sup"
  alias = "Yi Chong-sŏp"
  native = "이종섭"
  [[person.outside]]
  url = "https://example.org/lee"
  name = "LEE Jong-seop"
  native = "李鐘燮"
"""

HOLDERS = """\
[[person]]
id = "shin-won-sik"
name = "Shin Won-sik"
  [[person.outside]]
  url = "https://example.org/ministers"
  name = "Shin Won-sik"
  office = [
    { value = "Defense Minister", organization = "ROK", term = "2023-10-07/2024-08" },
    { value = "National Security Adviser", organization = "ROK", term = "2024-08/2025" },
  ]
"""


def test_spellings_of_a_name_do_not_disagree(folder: Folder) -> None:
    folder.replace("actors/all.toml", "\n[[state]]", SPELLINGS + "\n[[state]]")
    library = folder.open()
    assert list(library.faults) == []
    assert len(library.record("lee-jong-sup").all("name")) == 3
    assert library.disagreements == ()
    rows = library.rows("person")
    assert rows.disagreements[list(rows.id).index("lee-jong-sup")] == 0


def test_those_who_held_an_office_one_after_another_do_not_disagree(folder: Folder) -> None:
    mine = """\
  [[person.outside]]
  url = "https://example.org/lee"
  office = { value = "Defense Minister", organization = "ROK", term = "2022-05/2023-10-07" }
"""
    folder.replace("actors/all.toml", "\n[[state]]", f"{mine}\n{HOLDERS}\n[[state]]")
    library = folder.open()
    assert list(library.faults) == []
    offices = library.record("shin-won-sik").all("office")
    assert [f.qualifier("term") for f in offices] == ["2023-10-07/2024-08", "2024-08/2025"]
    assert library.disagreements == ()


def test_in_the_shipped_archive_none_is_about_a_spelling_or_a_successor(tmp_path: Path) -> None:
    library = open_archive(data("content"), cache=tmp_path)
    found = [d for d in library.disagreements if d.about and library.kind_of(d.about) == "person"]
    assert {d.about for d in found} == {"kim-myung-soo", "lloyd-austin"}
    for item in library.disagreements:
        folded = {fact.shown.casefold().replace("-", " ") for fact in item.values}
        assert len(folded) > 1, (item.about, item.field)
