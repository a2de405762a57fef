"""From files to drafts: every table of the archive, validated one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tui.archive import document, files
from tui.archive.complaint import known_keys, problems
from tui.archive.fault import Fault
from tui.records import schema
from tui.records.fields import FIELDS

if TYPE_CHECKING:
    from tui.archive.ledger import Ledger
    from tui.archive.positions import Path

TABLES: dict[str, tuple[str, ...]] = {
    "events": ("event",),
    "actors": ("person", "organization", "state"),
    "initiatives": ("initiative",),
    "notes": ("note", "disagreement"),
}
GROUND_KEYS = frozenset(["source", "quote", "occurrence", "prefix", "suffix", "why", "from", "url"])
_ID_LINE = re.compile(r"""^[ \t]*id[ \t]*=[ \t]*["']([a-z0-9-]+)["']""", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*([a-z]+)[ \t]*\]\]", re.MULTILINE)


@dataclass(slots=True)
class Ground:
    """A block of a record: one ground and what stands on it."""

    basis: str
    data: dict[str, Any]
    path: Path


@dataclass(slots=True)
class Draft:
    """A record's labels and blocks, sound in themselves, not yet held against the archive."""

    kind: str
    id: str
    head: dict[str, Any]
    grounds: list[Ground]
    file: str
    path: Path
    line: int = 0


@dataclass(slots=True)
class SourceDraft(Draft):
    """A source: its labels and blocks, and its text."""

    text: str = ""
    sha256: str = ""
    size: int = 0
    text_file: str = ""
    boilerplate: list[Ground] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """Everything that the files say, as far as it is sound."""

    title: str = ""
    description: str = ""
    sources: dict[str, SourceDraft] = field(default_factory=dict)
    records: dict[str, Draft] = field(default_factory=dict)
    notes: list[Draft] = field(default_factory=list)
    disagreements: list[Draft] = field(default_factory=list)


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
                texts[file] = (_stem(file), data, text)
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
            drafts.append(_source(file, tables, ledger))
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
        if not schema.ID.fullmatch(stem):
            message, remedy = f"‘{stem}’ is no id", "name it in lower-case words with hyphens"
            ledger.add(Fault(file, 0, 0, "", message, remedy))
            ledger.skipped += 1
        elif beside not in contents:
            ledger.add(
                Fault(
                    file, 0, 0, "", f"nothing is known about this text: {beside} is missing",
                    "write it; readout shows the text without a title until then",
                )
            )  # fmt: skip
        if schema.ID.fullmatch(stem):
            bare = SourceDraft("source", stem, {"name": stem}, [], beside, (), text_file=file)
            _text(bare, data, text, ledger)
            _unique(bare, reading, ledger)
    return reading


def _archive(tables: dict[str, Any], reading: Reading, ledger: Ledger) -> None:
    bad = {p.path[0] for p in _complain("archive.toml", (), schema.Archive, tables, ledger)}
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
                draft = _note(file, path, table, ledger)
            elif kind == "disagreement":
                draft = _disagreement(file, path, table, ledger)
            else:
                draft = _record(file, kind, path, table, ledger)
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


def _record(
    file: str, kind: str, path: Path, table: dict[str, Any], ledger: Ledger
) -> Draft | None:
    head = {key: value for key, value in table.items() if key not in schema.GROUNDS}
    if not _labels(file, kind, path, schema.HEADS[kind], head, ledger):
        ledger.left_out.add(str(head.get("id")))
        return None
    grounds = _grounds(file, kind, path, table, ledger)
    return Draft(kind, head["id"], head, grounds, file, path)


def _labels(
    file: str, kind: str, path: Path, model: Any, head: dict[str, Any], ledger: Ledger
) -> bool:
    """Complain about labels; drop those that are unknown, refuse the table for any other."""
    sound = True
    for problem in problems(model, head):
        key, remedy = problem.path[0], problem.remedy
        unknown = problem.at_key and key in head and len(problem.path) == 1
        if unknown:
            if any(str(key) in (f.name, f"{f.name}_text") for f in FIELDS.get(kind, ())):
                remedy = f"a fact stands in a block: [[{kind}.stated]]"
            else:
                fields = [f.name for f in FIELDS.get(kind, ())]
                known = [*known_keys(model), *(schema.GROUNDS if fields else ())]
                remedy = schema.suggestion(str(key), [*known, *fields])
                if (near := schema.nearest(str(key), fields)) and near in remedy:
                    remedy += f" it stands in a block: [[{kind}.stated]]"
            del head[str(key)]
        sound = sound and unknown
        where = (*path, *problem.path)
        ledger.complain(file, where, problem.message, remedy, at_key=problem.at_key)
        ledger.skipped += unknown
    ledger.skipped += not sound
    return sound


def _grounds(
    file: str, kind: str, path: Path, table: dict[str, Any], ledger: Ledger
) -> list[Ground]:
    grounds: list[Ground] = []
    for basis in (key for key in table if key in schema.GROUNDS):
        blocks = table[basis]
        name = f"{kind}.{basis}" if kind != "source" else basis
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            message = f"‘{basis}’ must be a list of tables"
            ledger.complain(
                file, (*path, basis), message, f"write [[{name}]], two brackets", skips=1
            )
            continue
        for index, block in enumerate(blocks):
            where: Path = (*path, basis, index)
            model = schema.ground(kind, basis)
            complaints = _complain(file, where, model, block, ledger)
            bad = {str(problem.path[0]) if problem.path else "quote" for problem in complaints}
            if bad & GROUND_KEYS:
                ledger.skipped += 1
                continue
            sound = _sound(block, [problem.path for problem in complaints], ledger)
            address = set() if basis == "outside" else {"url"}  # there a field of the source
            if not bad and not sound.keys() - (GROUND_KEYS - address):
                message = "nothing stands on this ground"
                ledger.complain(file, where, message, "add the field that it proves", skips=1)
                continue
            grounds.append(Ground(basis, sound, where))
    return grounds


def _sound(block: dict[str, Any], bad: list[Path], ledger: Ledger) -> dict[str, Any]:
    """Give a block without its bad fields, or without the bad items of a list."""
    sound = dict(block)
    items = {(path[0], path[1]) for path in bad if len(path) > 1 and isinstance(path[1], int)}
    for key in {str(path[0]) for path in bad}:
        wrong = {index for name, index in items if name == key}
        if wrong and isinstance(block[key], list):
            ledger.skipped += len(wrong)
            kept = [item for index, item in enumerate(block[key]) if index not in wrong]
            sound[key] = kept
        if not wrong or not sound[key]:
            ledger.skipped += not wrong
            sound.pop(key, None)
    return sound


def _source(file: str, tables: dict[str, Any], ledger: Ledger) -> SourceDraft:
    stem = _stem(file)
    if not schema.ID.fullmatch(stem):
        ledger.complain(
            file, (), f"‘{stem}’ is no id", "name the file in lower-case words with hyphens"
        )
    blocks = (*schema.GROUNDS, "boilerplate")
    head = {key: value for key, value in tables.items() if key not in blocks}
    for problem in problems(schema.SourceHead, head):
        key, remedy = str(problem.path[0]), problem.remedy
        if problem.at_key and key in head and len(problem.path) == 1:
            known = [*known_keys(schema.SourceHead), *blocks]
            is_fact = any(key in (f.name, f"{f.name}_text") for f in FIELDS["source"])
            remedy = "a fact stands in a block: [[stated]]" if is_fact else ""
            remedy = remedy or schema.suggestion(key, known)
        ledger.complain(file, problem.path, problem.message, remedy, at_key=problem.at_key)
        if key in head:
            ledger.skipped += 1
            if key == "short_names" and len(problem.path) > 1 and isinstance(head[key], dict):
                head[key] = {k: v for k, v in head[key].items() if k != problem.path[1]}
            else:
                del head[key]
    grounds = _grounds(file, "source", (), tables, ledger)
    boilerplate: list[Ground] = []
    listed = tables.get("boilerplate", [])
    if not isinstance(listed, list):
        message = "‘boilerplate’ must be a list of tables"
        ledger.complain(file, ("boilerplate",), message, "write [[boilerplate]]", skips=1)
        listed = []
    for index, block in enumerate(listed):
        where: Path = ("boilerplate", index)
        if _complain(file, where, schema.Quote, block, ledger):
            ledger.skipped += 1
        else:
            boilerplate.append(Ground("stated", block, where))
    text_file = f"{file.removesuffix('.toml')}.txt"
    return SourceDraft(
        "source", stem, head, grounds, file, (), text_file=text_file, boilerplate=boilerplate
    )


def _note(file: str, path: Path, table: dict[str, Any], ledger: Ledger) -> Draft | None:
    sound = _labels(file, "note", path, schema.NoteTable, table, ledger)
    return Draft("note", "", table, [], file, path) if sound else None


def _disagreement(file: str, path: Path, table: dict[str, Any], ledger: Ledger) -> Draft | None:
    values = table.get("value", [])
    head = {key: value for key, value in table.items() if key != "value"}
    if not _labels(file, "disagreement", path, schema.DisagreementTable, head, ledger):
        return None
    if not isinstance(values, list):
        remedy = "write [[disagreement.value]], two brackets"
        ledger.complain(file, (*path, "value"), "must be a list of tables", remedy, skips=1)
        return None
    grounds: list[Ground] = []
    for index, value in enumerate(values):
        where: Path = (*path, "value", index)
        outside = isinstance(value, dict) and "url" in value and "quote" not in value
        model = schema.OutsideValue if outside else schema.QuotedValue
        if _complain(file, where, model, value, ledger):
            ledger.skipped += 1
        else:
            grounds.append(Ground("outside" if outside else "stated", value, where))
    return Draft("disagreement", "", head, grounds, file, path)


def _complain(file: str, path: Path, model: Any, data: Any, ledger: Ledger) -> list[Any]:
    found = problems(model, data)
    for problem in found:
        where = (*path, *problem.path)
        ledger.complain(file, where, problem.message, problem.remedy, at_key=problem.at_key)
    return found


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
        if schema.ID.fullmatch(draft.id):
            reading.sources[draft.id] = draft
        else:
            ledger.skipped += 1
    else:
        reading.records[draft.id] = draft


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0]
