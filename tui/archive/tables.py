"""From tables to drafts: labels and blocks validated one by one, the bad ones left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.archive.complaint import problems
from tui.archive.drafts import Draft, Ground, SourceDraft
from tui.records import schema
from tui.records.fields import FIELDS

if TYPE_CHECKING:
    from tui.archive.complaint import Problem
    from tui.archive.ledger import Ledger
    from tui.archive.positions import Path

GROUND_KEYS = frozenset(["source", "quote", "occurrence", "prefix", "suffix", "why", "from", "url"])


def record_draft(
    file: str, kind: str, path: Path, table: dict[str, Any], ledger: Ledger
) -> Draft | None:
    """Draft an event, an actor or an initiative; None when its labels are at fault."""
    head = {key: value for key, value in table.items() if key not in schema.GROUNDS}
    if not _labels(file, kind, path, schema.HEADS[kind], head, ledger):
        ledger.left_out.add(str(head.get("id")))
        return None
    grounds = _grounds(file, kind, path, table, ledger)
    return Draft(kind, head["id"], head, grounds, file, path)


def _labels(
    file: str, kind: str, path: Path, model: schema.Shape, head: dict[str, Any], ledger: Ledger
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
                known = [*model.keys, *(schema.GROUNDS if fields else ())]
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
            complaints = complain(file, where, model, block, ledger)
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


def source_draft(file: str, tables: dict[str, Any], ledger: Ledger) -> SourceDraft:
    """Draft a source; its text is added by whoever reads it."""
    stem = stem_of(file)
    if not schema.ID_PATTERN.fullmatch(stem):
        ledger.complain(
            file, (), f"‘{stem}’ is no id", "name the file in lower-case words with hyphens"
        )
    blocks = (*schema.GROUNDS, "boilerplate")
    head = {key: value for key, value in tables.items() if key not in blocks}
    for problem in problems(schema.HEADS["source"], head):
        key, remedy = str(problem.path[0]), problem.remedy
        if problem.at_key and key in head and len(problem.path) == 1:
            known = [*schema.HEADS["source"].keys, *blocks]
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
        if complain(file, where, schema.QUOTE, block, ledger):
            ledger.skipped += 1
        else:
            boilerplate.append(Ground("stated", block, where))
    text_file = f"{file.removesuffix('.toml')}.txt"
    return SourceDraft(
        "source", stem, head, grounds, file, (), text_file=text_file, boilerplate=boilerplate
    )


def note_draft(file: str, path: Path, table: dict[str, Any], ledger: Ledger) -> Draft | None:
    """Draft a note."""
    sound = _labels(file, "note", path, schema.NOTE, table, ledger)
    return Draft("note", "", table, [], file, path) if sound else None


def disagreement_draft(
    file: str, path: Path, table: dict[str, Any], ledger: Ledger
) -> Draft | None:
    """Draft a disagreement; each of its values is a ground of its own."""
    values = table.get("value", [])
    head = {key: value for key, value in table.items() if key != "value"}
    if not _labels(file, "disagreement", path, schema.DISAGREEMENT, head, ledger):
        return None
    if not isinstance(values, list):
        remedy = "write [[disagreement.value]], two brackets"
        ledger.complain(file, (*path, "value"), "must be a list of tables", remedy, skips=1)
        return None
    grounds: list[Ground] = []
    for index, value in enumerate(values):
        where: Path = (*path, "value", index)
        outside = isinstance(value, dict) and "url" in value and "quote" not in value
        model = schema.OUTSIDE_VALUE if outside else schema.QUOTED_VALUE
        if complain(file, where, model, value, ledger):
            ledger.skipped += 1
        else:
            grounds.append(Ground("outside" if outside else "stated", value, where))
    return Draft("disagreement", "", head, grounds, file, path)


def complain(
    file: str, path: Path, model: schema.Shape, data: Any, ledger: Ledger
) -> list[Problem]:
    """Validate a table and put what is wrong with it into the ledger; give it back as well."""
    found = problems(model, data)
    for problem in found:
        where = (*path, *problem.path)
        ledger.complain(file, where, problem.message, problem.remedy, at_key=problem.at_key)
    return found


def stem_of(file: str) -> str:
    """Give a file's name without its folders and its ending."""
    return file.rpartition("/")[2].rpartition(".")[0]
