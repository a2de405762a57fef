"""From files to drafts: every table of the archive, validated one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.archive import document, files
from tui.archive.drafts import Draft, SourceDraft
from tui.archive.fault import Fault
from tui.archive.tables import (
    complain,
    disagreement_draft,
    note_draft,
    record_draft,
    source_draft,
    stem_of,
)
from tui.records import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui.archive.ledger import Ledger
    from tui.archive.positions import Path

TABLES: dict[str, tuple[str, ...]] = {
    "events": ("event",),
    "actors": ("person", "organization", "state"),
    "initiatives": ("initiative",),
    "notes": ("note", "disagreement"),
}
_ID_LINE = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([a-z0-9-]+)["']""", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*([a-z]+)[ \t]*\]\]", re.MULTILINE)


def read_records(
    names: Iterable[str], load: Callable[[str], bytes | str], ledger: Ledger
) -> Iterator[tuple[str, list[Draft], dict[str, Any]]]:
    """Read record files: give each with its drafts, and with its tables where it is the archive's.

    Args:
        names: the files, sorted.
        load: gives a file's bytes, or in words why it could not be read.
        ledger: takes the complaints.
    """
    for file in names:
        tables = tables_of(file, load(file), ledger)
        if tables is None:
            continue
        if file == "archive.toml":
            yield file, [], tables
        else:
            yield file, _file(file, file.partition("/")[0], tables, ledger), {}


def tables_of(file: str, data: bytes | str, ledger: Ledger) -> dict[str, Any] | None:
    """Parse a file; None when it has to be left out as a whole."""
    if isinstance(data, str):
        ledger.add(Fault(file, 0, 0, "", data))
        ledger.skipped += 1
        return None
    try:
        text = document.decode(file, data, files.RECORD_LIMIT)
        for fault in document.disguised(file, text):
            ledger.add(fault)
        tables = document.parse(file, text)
    except document.RefusedError as error:
        ledger.add(error.fault)
        ledger.skipped += 1
        if not file.startswith("sources/"):  # a source's id is its name
            ledger.left_out.update(_ID_LINE.findall(data.decode("utf-8", "replace")))
        return None
    ledger.texts[file] = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return tables


def head_of(tables: dict[str, Any], ledger: Ledger) -> tuple[str, str]:
    """Give the archive's title and description."""
    bad = {p.path[0] for p in complain("archive.toml", (), schema.ARCHIVE, tables, ledger)}
    if "format" not in bad and tables["format"] != schema.FORMAT:
        ledger.complain(
            "archive.toml",
            ("format",),
            f"format {tables['format']} is not known here",
            f"this Readout reads format {schema.FORMAT}",
        )
    title = "" if "title" in bad else tables.get("title", "")
    return title, "" if "description" in bad else tables.get("description", "")


def read_source(
    unit: str, known: bytes | str | None, text: bytes | str | None, ledger: Ledger
) -> SourceDraft | None:
    """Read one source: what is known about it, and its text; None when there is no text to show.

    Args:
        unit: the path of both files without their endings.
        known: the bytes of the `.toml`, or in words why it could not be read; None for no file.
        text: those of the `.txt`.
        ledger: takes the complaints.
    """
    toml, txt = f"{unit}.toml", f"{unit}.txt"
    tables = None if known is None else tables_of(toml, known, ledger)
    draft = None if tables is None else source_draft(toml, tables, ledger)
    words = None if text is None else text_of(txt, text, ledger)
    if words is None:
        if draft is not None and text is None:
            message = f"there is no text beside it: {txt} is missing"
            ledger.complain(toml, (), message, skips=1)
        return None
    assert isinstance(text, bytes)
    if draft is None:
        stem = stem_of(txt)
        if not schema.ID_PATTERN.fullmatch(stem):
            message, remedy = f"‘{stem}’ is no id", "name it in lower-case words with hyphens"
            ledger.add(Fault(txt, 0, 0, "", message, remedy))
            ledger.skipped += 1
        elif known is None:
            ledger.add(
                Fault(
                    txt, 0, 0, "", f"nothing is known about this text: {toml} is missing",
                    "write it; readout shows the text without a title until then", warning=True,
                )
            )  # fmt: skip
        if not schema.ID_PATTERN.fullmatch(stem):
            return None
        draft = SourceDraft("source", stem, {"name": stem}, [], txt, (), text_file=txt)
    _text(draft, text, words, ledger)
    if not schema.ID_PATTERN.fullmatch(draft.id):
        ledger.skipped += 1
        return None
    return draft


def text_of(file: str, data: bytes | str, ledger: Ledger | None = None) -> str | None:
    """Decode a source's text; None, and a complaint, when it has to be left out."""
    if isinstance(data, str):
        fault = Fault(file, 0, 0, "", data)
    else:
        try:
            text = document.decode(file, data, files.SOURCE_LIMIT)
        except document.RefusedError as error:
            fault = error.fault
        else:
            for warning in () if ledger is None else document.disguised(file, text, received=True):
                ledger.add(warning)  # type: ignore[union-attr]  # nothing to walk through else
            return text
    if ledger is not None:
        ledger.add(fault)
        ledger.skipped += 1
    return None


def collides(draft: Draft, taken: tuple[str, int], ledger: Ledger) -> None:
    """Complain of a record or source whose id is taken; the one left out names the other."""
    file, line = taken
    path = (*draft.path, "id") if draft.kind != "source" else ()
    message = f"the id ‘{draft.id}’ is taken by {f'{file}:{line}' if line else file}"
    ledger.complain(draft.file, path, message, "ids are unique over the archive", skips=1)


def _file(file: str, folder: str, tables: dict[str, Any], ledger: Ledger) -> list[Draft]:
    drafts: list[Draft] = []
    lines = _lines(file, tables, ledger)
    for kind, items in tables.items():
        if kind not in TABLES[folder]:
            home = next((name for name, kinds in TABLES.items() if kind in kinds), "")
            remedy = f"[[{kind}]] belongs in {home}/" if home else ""
            remedy = remedy or schema.suggestion(kind, list(TABLES[folder]))
            message = f"unknown table ‘{kind}’ in {folder}/"
            ledger.complain(file, (kind,), message, remedy, at_key=True, skips=1)
            continue
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            message = f"‘{kind}’ must be a list of tables"
            ledger.complain(file, (kind,), message, f"write [[{kind}]], two brackets", skips=1)
            continue
        for index, table in enumerate(items):
            path: Path = (kind, index)
            if kind == "note":
                draft = note_draft(file, path, table, ledger)
            elif kind == "disagreement":
                draft = disagreement_draft(file, path, table, ledger)
            else:
                draft = record_draft(file, kind, path, table, ledger)
            if draft is not None:
                draft.line = lines[kind][index]
                drafts.append(draft)
    return drafts


def _lines(file: str, tables: dict[str, Any], ledger: Ledger) -> dict[str, list[int]]:
    """Give the line of every top-level table; by its header alone wherever that is certain."""
    text = ledger.texts[file]
    lines: dict[str, list[int]] = {kind: [] for kind in tables}
    line, at = 1, 0
    for found in _HEADER.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        lines.setdefault(found[1], []).append(line)
    for kind, items in tables.items():
        if isinstance(items, list) and len(items) != len(lines[kind]):
            from tui.archive.positions import Positions

            positions = Positions(text)
            lines[kind] = [positions.key((kind, index))[0] for index in range(len(items))]
    return lines


def _text(draft: SourceDraft, data: bytes, text: str, ledger: Ledger) -> None:
    from hashlib import sha256

    draft.text, draft.size = text, len(data)
    draft.sha256 = sha256(data).hexdigest()
    stated = draft.head.get("sha256", draft.sha256)
    if stated != draft.sha256:
        message = f"{draft.text_file} is not the text it was: its sum is {draft.sha256}"
        ledger.complain(draft.file, ("sha256",), message, "restore the text, or say that it is new")
    if not text.strip("\ufeff \t\r\n"):
        ledger.add(Fault(draft.text_file, 1, 1, "", "holds no text"))
