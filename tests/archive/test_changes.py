"""A change costs what it holds, and what comes of it is what a compilation from nothing gives."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.archive.conftest import ACTORS, EVENTS, INITIATIVES, NOTES, Folder
from tui.archive import making, manifest, open_archive, opening, patching, products
from tui.records.record import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.archive import Library

PATHS = [
    "sources/s1.txt", "sources/s1.toml", "sources/s2.txt", "sources/s2.toml", "sources/s3.txt",
    "sources/deep/s3.txt", "sources/deep/s4.txt", "sources/deep/s4.toml", "sources/talks.txt",
    "sources/one.txt", "sources/one.toml", "sources/CON.txt", "actors/all.toml", "actors/more.toml",
    "events/all.toml", "events/more.toml", "initiatives/all.toml", "notes/all.toml",
    "notes/more.toml", "archive.toml",
]  # fmt: skip
TEXTS = [
    "Lloyd Austin met Lee Jong-seop. Freedom Shield went on.\n",
    "US Defense Secretary Lloyd Austin left. Another year.\n",
    "Minister Lee came. The US agreed. Ulchi Freedom Shield\nA title here. Minister Lee went.\n",
    "held talks on the 31st and the 31st. Lee Jong-seop.\n",
    "",
    "\udcff",
    "a\u202eb. South Korea.\n",
]
TABLES = [
    'name = "A name"\n',
    'name = "Short"\n[short_names]\n"Minister Lee" = "lee-jong-sup"\n',
    'name = "Short"\n[short_names]\n"Minister Lee" = "nobody"\n',
    'name = "T"\n[[stated]]\nquote = "A title here."\ntitle = "A title here."\n'
    '[[stated]]\nquote = "Minister Lee"\ntitle = "Another"\n',
    'name = "B"\n[[boilerplate]]\nquote = "The US agreed."\n',
    'name = "O"\n[[inferred]]\nwhy = "x"\nfrom = [{ source = "s2", quote = "Another year" }]\n'
    'language = "en"\n',
    'sha256 = "00"\n',
    "not toml",
    ACTORS,
    ACTORS.replace("Lee Jong-seop", "Lloyd Austin"),
    ACTORS.replace('source = "one"', 'source = "s1"'),
    EVENTS,
    EVENTS.replace("one", "s2"),
    EVENTS.replace("talks", "s1"),
    EVENTS + EVENTS.replace('id = "talks"', 'id = "more"').replace("Talks in", "More in"),
    INITIATIVES,
    INITIATIVES.replace('"\n\n', '"\n  parent = "ulchi-freedom-shield"\n\n', 1)
    + '  parent = "freedom-shield"\n',
    NOTES,
    NOTES.replace('"one"', '"s3"').replace('"talks"', '"s4"'),
    '[[disagreement]]\nabout = "s1"\nfield = "title"\nverdict = "So."\n',
    'format = 1\ntitle = "Another title"\n',
]
EDITS = st.tuples(
    st.sampled_from(PATHS),
    st.sampled_from(["write", "write", "remove", "move"]),
    st.integers(0, 99),
)


def answers(library: Library) -> object:
    """Ask a library for everything."""
    ids = [name for kind in KINDS for name in library.rows(kind).id]
    return (
        library.title, library.description, library.fingerprint, library.skipped,
        library.counts(), library.timeline, library.faults, library.notes, library.disagreements,
        [library.rows(kind) for kind in KINDS], list(library.names()), library.source_keys(),
        library.passage_count, library.records_key, library.promised,
        [(library.record(i), library.events_of(i), library.linked(i)) for i in ids],
        [(list(library.mentions_of(i)), library.referring(i)) for i in ids],
        [(s, library.text(i), library.passages(i)) for i, s in library.sources.items()],
        [(library.mentions_in(i), library.evidence_in(i)) for i in library.sources],
    )  # fmt: skip


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat every archive as a large one: read by its looks, compiled to a head and pieces."""
    monkeypatch.setattr(opening, "WHOLE", 0)
    monkeypatch.setattr(making, "INLINE", 0)
    monkeypatch.setattr(manifest, "_SETTLED_NS", -10_000_000_000)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which sources are compiled."""
    found: list[str] = []
    make = products.Making.make

    def noting(self: products.Making, unit: str, *rest: object) -> products.Product:
        found.append(unit)
        return make(self, unit, *rest)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(products.Making, "make", noting)
    return found


@pytest.fixture
def many(folder: Folder) -> Folder:
    """Add two hundred sources that no record knows."""
    for number in range(200):
        folder.source(
            f"s{number:03}", f"Report {number}. Lloyd Austin was there. It rained.\n", "\n"
        )
    return folder


def change(folder: Folder, edit: tuple[str, str, int]) -> None:
    """Change an archive in some way."""
    path, what, number = edit
    file = folder.root / path
    if what == "write":
        contents = TEXTS if path.endswith(".txt") else TABLES
        content = contents[number % len(contents)]
        if path == "archive.toml":
            content = TABLES[-1]
        folder.write(path, content.encode("utf-8", "surrogateescape"))
    elif what == "remove" and path != "archive.toml":
        file.unlink(missing_ok=True)
    elif what == "move" and file.exists() and path != "archive.toml":
        there = folder.root / PATHS[number % (len(PATHS) - 1)]
        if there.suffix == file.suffix and there.exists() is (number % 2 == 0):
            there.parent.mkdir(parents=True, exist_ok=True)
            file.replace(there)


@pytest.mark.parametrize("in_pieces", [True, False])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_however_it_changed_it_is_as_if_compiled_from_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    in_pieces: bool,
    edits: list[list[tuple[str, str, int]]],
) -> None:
    if in_pieces:
        monkeypatch.setattr(opening, "WHOLE", 0)
        monkeypatch.setattr(making, "INLINE", 0)
        monkeypatch.setattr(patching, "_SHARE", 0)  # however few sources there are
    shutil.rmtree(tmp_path / "x", ignore_errors=True)
    folder, cache = Folder(tmp_path / "x" / "archive"), tmp_path / "x" / "cache"
    for number in range(1, 5):
        folder.source(
            f"s{number}0", TEXTS[number % 4] * 2, 'title = "x"\n' if number == 4 else "\n"
        )
    open_archive(folder.root, cache=cache)
    for group in edits:
        for edit in group:
            change(folder, edit)
        taken_up = answers(open_archive(folder.root, cache=cache))
        assert taken_up == answers(folder.open())
        assert answers(open_archive(folder.root, cache=cache)) == taken_up


def _edited(folder: Folder) -> None:
    folder.source("s100", "Report 100. Lee Jong-seop was there.\n", "\n")


def _bare(folder: Folder) -> None:
    (folder.root / "sources/s100.toml").unlink()


def _added(folder: Folder) -> None:
    folder.source("s0999", "A new report. The US agreed.\n", "\n")


def _removed(folder: Folder) -> None:
    (folder.root / "sources/s100.toml").unlink()
    (folder.root / "sources/s100.txt").unlink()


def _broken(folder: Folder) -> None:
    folder.write("sources/s100.txt", b"\xff")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    ("change", "units"),
    [
        (_edited, ["sources/s100"]), (_bare, ["sources/s100"]), (_added, ["sources/s0999"]),
        (_removed, []), (_broken, ["sources/s100"]),
    ],
)  # fmt: skip
def test_one_changed_source_of_many_is_all_that_is_compiled(
    many: Folder,
    tmp_path: Path,
    made: list[str],
    change: Callable[[Folder], None],
    units: list[str],
) -> None:
    cache = tmp_path / "cache"
    open_archive(many.root, cache=cache)
    assert len(made) == 201
    base = max(cache.iterdir(), key=lambda file: file.stat().st_size)
    inode = base.stat().st_ino
    made.clear()
    change(many)
    found = answers(open_archive(many.root, cache=cache))
    assert made == units
    assert base.stat().st_ino == inode
    assert found == answers(many.open())


def test_pieces_of_an_archive_that_is_read_whole(
    many: Folder, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "INLINE", 0)
    open_archive(many.root, cache=tmp_path / "cache")
    made.clear()
    _edited(many)
    assert answers(open_archive(many.root, cache=tmp_path / "cache")) == answers(many.open())
    assert made[0] == "sources/s100"
    assert len(made) == 1 + 201  # the latter by what it is held against


@pytest.mark.usefixtures("large")
def test_a_changed_record_leaves_the_texts_alone(
    many: Folder, tmp_path: Path, made: list[str]
) -> None:
    cache = tmp_path / "cache"
    open_archive(many.root, cache=cache)
    made.clear()
    many.replace("events/all.toml", "Talks in Seoul", "Talks in Busan")
    library = open_archive(many.root, cache=cache)
    assert library.record("talks").name == "Talks in Busan"
    assert made == ["sources/one"]  # it has short names, which lead to records
    assert answers(library) == answers(many.open())


@pytest.mark.usefixtures("large")
def test_many_changes_leave_few_pieces(many: Folder, tmp_path: Path, made: list[str]) -> None:
    cache = tmp_path / "cache"
    open_archive(many.root, cache=cache)
    made.clear()
    for number in range(20):
        many.source(f"s{number:03}", f"Changed {number}. Lloyd Austin.\n", "\n")
        library = open_archive(many.root, cache=cache)
        assert library.text(f"s{number:03}").startswith("Changed")
    assert len(made) == 20
    assert len(list(cache.iterdir())) <= 10
    assert answers(library) == answers(many.open())


@pytest.mark.usefixtures("large")
def test_a_source_that_changes_while_it_is_read_is_read_as_one_or_the_other(
    many: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, turns = products.Making.make, iter(range(3))

    def meddling(self: products.Making, unit: str, *rest: object) -> products.Product:
        if unit == "sources/s000" and (turn := next(turns, None)) is not None:
            many.source("s150", f"Turn {turn}.\n", "\n")
        return make(self, unit, *rest)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(products.Making, "make", meddling)
    library = open_archive(many.root, cache=tmp_path / "cache")
    monkeypatch.undo()
    assert library.text("s150") == "Turn 1.\n" or library.text("s150") == "Turn 2.\n"
    assert answers(open_archive(many.root, cache=tmp_path / "cache")) == answers(many.open())


def test_progress_is_told_and_ends(many: Folder, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    open_archive(many.root, cache=tmp_path / "cache", progress=tell)
    assert told
    assert all(0 <= done <= total for done, total in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    told.clear()
    open_archive(many.root, cache=tmp_path / "cache", progress=tell)
    assert told == []
