"""`readout check`: what is wrong with an archive, where, and what would be right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands import shapes
from tui.commands.page import put
from tui.commands.refusal import RefusalError
from tui.commands.waiting import open_library
from tui.plain import emit, emit_exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.archive import Fault, Library
    from tui.drafts import Manuscript


def run(
    root: Path, paths: Sequence[str], *, as_json: bool = False, opened: int | None = None
) -> int:
    """Check the archive in use, or the archives, record files and drafts that are named.

    Drafts are held against the archive in use, after everything else. Gives 1 where anything is at
    fault; a warning or a remark alone leaves 0. `opened` is the number of a draft's finding at
    whose passage the desk is to be opened, instead of writing anything.

    Raises:
        RefusalError: a path that is none of these, or a draft that is no text.
    """
    from tui.commands import drafts

    written = [path for path in paths if _is_draft(path)]
    read = [drafts.read(path) for path in written]
    if opened is not None:
        return _open(root, paths, read, opened)
    places = [_place(path) for path in paths if path not in written]
    failed = False
    for folder, only in places or ([] if read else [(root, None)]):
        library = open_library(folder)
        faults = [fault for fault in library.faults if only is None or fault.file == only]
        failed = failed or any(not fault.warning for fault in faults)
        if as_json:
            emit_exact(shapes.dumps(_shape(library, faults)))
        else:
            _write(library, faults, only)
    if read:
        reports = drafts.report(open_library(root), read, as_json=as_json)
        failed = failed or any(report.faults for report in reports)
    return 1 if failed else 0


def _open(root: Path, paths: Sequence[str], read: Sequence[Manuscript], number: int) -> int:
    """Open the desk at what a finding of a draft stands on."""
    from tui.commands import drafts

    if len(read) != 1 or len(paths) != 1:
        raise RefusalError("usage", "--open needs one draft", "readout check brief.md --open 3")
    return drafts.open_finding(open_library(root), read[0], number)


def _is_draft(path: str) -> bool:
    """Tell a person's own text from what belongs to an archive."""
    from tui.commands.drafts import SUFFIXES

    place = Path(path)
    if path != "-" and (place.suffix.lower() not in SUFFIXES or not place.is_file()):
        return False
    root = None if path == "-" else _root_above(place)
    return root is None or place.resolve().parent != root.resolve() / "sources"


def _place(path: str) -> tuple[Path, str | None]:
    """Give the archive's folder, and the file in it where one file is meant."""
    place = Path(path)
    if place.is_dir():
        inside = _root_above(place / "archive.toml")
        return (place if inside is None else inside), None
    if not place.exists():
        raise RefusalError("usage", f"{path}: there is no such file or folder")
    root = _root_above(place)
    if root is not None:
        return root, place.resolve().relative_to(root.resolve()).as_posix()
    raise RefusalError(
        "usage",
        f"{path}: neither part of an archive nor a draft",
        "name a folder with an archive.toml, or a text that ends in .md or .txt",
    )


def _root_above(place: Path) -> Path | None:
    for folder in place.resolve().parents:
        if (folder / "archive.toml").is_file():
            return folder
    return None


def _shape(library: Library, faults: Sequence[Fault]) -> shapes.Shape:
    return {
        "archive": str(library.root),
        "title": library.title,
        "faults": [shapes.fault(fault) for fault in faults],
        "skipped": library.skipped,
        "counts": library.counts(),
    }


def _write(library: Library, faults: Sequence[Fault], only: str | None) -> None:
    for fault in faults:
        where = ":".join(str(part) for part in (fault.file, fault.line, fault.column) if part)
        field = f" {fault.field}:" if fault.field else ""
        remedy = f" ({fault.remedy})" if fault.remedy else ""
        warning = " warning:" if fault.warning else ""
        emit((f"{where}:", "bold"), f"{warning}{field} {fault.message}{remedy}")
    if only is not None:
        wrong = sum(not fault.warning for fault in faults)
        emit(f"{only}: {_count(wrong, 'fault')}")
        return
    if faults:
        emit()
    for line in summary(library, faults):
        put([line], hang=2)


def summary(library: Library, faults: Sequence[Fault]) -> list[str]:
    """Say in a few lines what an archive holds and how it stands."""
    counts = library.counts()
    wrong = sum(not fault.warning for fault in faults)
    warned = len(faults) - wrong
    head = f"{library.title or library.root}: {_count(wrong, 'fault')}"
    if warned:
        head += f", {_count(warned, 'warning')}"
    if library.skipped:
        head += f", {library.skipped} left out"
    held = ("sources", "events", "people", "organizations", "states", "initiatives")
    remarks = ("notes", "disagreements")
    quotes = [f"{counts.get(state, 0)} {state}" for state in ("exact", "normalised")]
    quotes += [f"{counts[state]} {state}" for state in ("drifted", "lost") if counts.get(state)]
    sentences, covered = counts.get("sentences", 0), counts.get("sentences_with_record", 0)
    share = f" ({100 * covered / sentences:.0f} %)" if sentences else ""
    return [
        head,
        " · ".join(_counted(counts.get(name, 0), name) for name in held),
        " · ".join(_counted(counts.get(name, 0), name) for name in remarks),
        f"{_counted(counts.get('quotes', 0), 'quotes')}: {', '.join(quotes)}",
        f"{covered} of {_counted(sentences, 'sentences')} carry a record{share}",
    ]


def _counted(number: int, words: str) -> str:
    """Count by a word in the plural: "1 source", "1 person"."""
    one = {"people": "person"}.get(words, words.removesuffix("s"))
    return f"{number} {one if number == 1 else words}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
