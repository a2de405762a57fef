"""From files to drafts: every table of the archive, validated one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui.archive import document, files
from tui.archive.drafts import Draft, Reading, SourceDraft
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


def read(contents: dict[str, bytes | str], ledger: Ledger) -> Reading:
    """Read the archive's files.

    Args:
        contents: by path, a file's bytes, or in words why it could not be read.
        ledger: takes the complaints.
    """
    reading = Reading()
    drafts: list[Draft] = []
    texts: dict[str, tuple[str, bytes, str]] = {}
    for file, data in sorted(contents.items()):
        if isinstance(data, str):
            ledger.add(Fault(file, 0, 0, "", data))
            ledger.skipped += 1
            continue
        is_text = file.endswith(".txt")
        try:
            limit = files.SOURCE_LIMIT if is_text else files.RECORD_LIMIT
            text = document.decode(file, data, limit)
            if is_text:
                texts[file] = (stem_of(file), data, text)
                for fault in document.disguised(file, text, received=True):
                    ledger.add(fault)
                continue
            for fault in document.disguised(file, text):
                ledger.add(fault)
            tables = document.parse(file, text)
        except document.RefusedError as error:
            ledger.add(error.fault)
            ledger.skipped += 1
            ledger.left_out.update(_ID_LINE.findall(data.decode("utf-8", "replace")))
            continue
        ledger.texts[file] = text.removeprefix("\ufeff").replace("\r\n", "\n")
        folder = file.partition("/")[0]
        if file == "archive.toml":
            _archive(tables, reading, ledger)
        elif folder == "sources":
            drafts.append(source_draft(file, tables, ledger))
        else:
            drafts += _file(file, folder, tables, ledger)
    for draft in drafts:
        if isinstance(draft, SourceDraft) and draft.text_file not in texts:
            if draft.text_file not in contents:
                message = f"there is no text beside it: {draft.text_file} is missing"
                ledger.complain(draft.file, (), message, skips=1)
        elif isinstance(draft, SourceDraft):
            _, data, text = texts.pop(draft.text_file)
            _text(draft, data, text, ledger)
            _unique(draft, reading, ledger)
        elif draft.kind == "note":
            reading.notes.append(draft)
        elif draft.kind == "disagreement":
            reading.disagreements.append(draft)
        else:
            _unique(draft, reading, ledger)
    for file, (stem, data, text) in texts.items():
        beside = f"{file.removesuffix('.txt')}.toml"
        if not schema.ID_PATTERN.fullmatch(stem):
            message, remedy = f"‘{stem}’ is no id", "name it in lower-case words with hyphens"
            ledger.add(Fault(file, 0, 0, "", message, remedy))
            ledger.skipped += 1
        elif beside not in contents:
            ledger.add(
                Fault(
                    file, 0, 0, "", f"nothing is known about this text: {beside} is missing",
                    "write it; readout shows the text without a title until then", warning=True,
                )
            )  # fmt: skip
        if schema.ID_PATTERN.fullmatch(stem):
            bare = SourceDraft("source", stem, {"name": stem}, [], file, (), text_file=file)
            _text(bare, data, text, ledger)
            _unique(bare, reading, ledger)
    return reading


def _archive(tables: dict[str, Any], reading: Reading, ledger: Ledger) -> None:
    bad = {p.path[0] for p in complain("archive.toml", (), schema.ARCHIVE, tables, ledger)}
    if "title" not in bad:
        reading.title = tables.get("title", "")
    if "description" not in bad:
        reading.description = tables.get("description", "")
    if "format" not in bad and tables["format"] != schema.FORMAT:
        ledger.complain(
            "archive.toml",
            ("format",),
            f"format {tables['format']} is not known here",
            f"this Readout reads format {schema.FORMAT}",
        )


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


def _unique(draft: Draft, reading: Reading, ledger: Ledger) -> None:
    """Take a record or source in unless its id is taken; the one left out names the other."""
    taken = reading.records.get(draft.id) or reading.sources.get(draft.id)
    if taken is not None:
        place = f"{taken.file}:{taken.line}" if taken.line else taken.file
        path = (*draft.path, "id") if draft.kind != "source" else ()
        message = f"the id ‘{draft.id}’ is taken by {place}"
        ledger.complain(draft.file, path, message, "ids are unique over the archive", skips=1)
    elif isinstance(draft, SourceDraft):
        if schema.ID_PATTERN.fullmatch(draft.id):
            reading.sources[draft.id] = draft
        else:
            ledger.skipped += 1
    else:
        reading.records[draft.id] = draft
