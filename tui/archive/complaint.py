"""What a schema finds wrong, in words: a path into the file, a reason and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import ValidationError

from tui.records.fields import FIELDS
from tui.records.schema import FORMAT, suggestion

if TYPE_CHECKING:
    from tui.archive.positions import Path
    from tui.records.schema import Shape


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value: the path to it, in words, and what would be right.

    `at_key` says that the key itself is at fault, rather than its value.
    """

    path: Path
    message: str
    remedy: str = ""
    at_key: bool = False


def problems(shape: Shape, data: Any) -> list[Problem]:
    """Validate one table and say everything that is wrong with it; nothing for a sound one."""
    try:
        shape.validator.validate_python(data)
    except ValidationError as error:
        return [_explain(shape, data, dict(one)) for one in error.errors(include_url=False)]
    except RecursionError:
        return [Problem((), "nested too deeply")]
    return []


def _explain(shape: Shape, data: Any, error: dict[str, Any]) -> Problem:
    path = _walk(data, error["loc"])
    what = str(error["type"])
    value = error.get("input")
    if what == "archive":
        context = error["ctx"]
        return Problem(path, context["message"], context["remedy"])
    if what == "missing":
        return Problem(path, f"‘{path[-1]}’ is missing", _MISSING.get(str(path[-1]), ""), True)
    if what == "extra_forbidden":
        known = list(shape.keys) if len(path) == 1 else _INNER.get(str(path[0]), [])
        if not known:
            known = _qualifiers(shape.kind, str(path[0]))
        return Problem(path, f"unknown field ‘{path[-1]}’", suggestion(str(path[-1]), known), True)
    if what in ("too_short", "string_too_short"):
        return Problem(path, "is empty", "say it, or leave the line out")
    if what == "string_pattern_mismatch":
        return Problem(path, "is no SHA-256 in lower-case hexadecimal")
    if what == "greater_than_equal":
        return Problem(path, f"{value} is too small", "it counts from 1")
    wanted, remedy = _WANTED.get(what, ("something else", ""))
    if what == "string_type" and not isinstance(value, str | int | float | list | dict):
        remedy = "a date is written in quotation marks"
    return Problem(path, f"must be {wanted}, not {_called(value)}", remedy)


_WANTED = {
    "string_type": ("a string", "put it in quotation marks"),
    "int_type": ("a whole number", ""),
    "list_type": ("a list", "put it in brackets"),
    "dict_type": ("a table", ""),
    "union_tag_invalid": ("a string or a list of strings", "this field has no qualifiers"),
}
_MISSING = {
    "quote": "the words of the source that state this, verbatim",
    "source": "the id of the source that prints the quote",
    "why": "say how it follows",
    "from": 'from = [{ source = "…", quote = "…" }]',
    "url": "the http(s) address it is known from",
    "sha256": "the SHA-256 of the .txt beside it",
    "code": "the ISO 3166-1 alpha-3 code, like KOR",
    "format": f"format = {FORMAT}",
}
_INNER = {"from": ["source", "quote", "occurrence", "prefix", "suffix"]}


def _qualifiers(kind: str, name: str) -> list[str]:
    for field in FIELDS.get(kind, ()):
        if field.name == name:
            return ["id" if field.shape == "link" else "value", *field.qualifiers]
    return []


def _walk(data: Any, loc: tuple[str | int, ...]) -> Path:
    """Leave out of a location what pydantic adds to it; what is left is the path in the file."""
    path: list[str | int] = []
    within = data
    for index, part in enumerate(loc):
        inside = isinstance(within, dict) and part in within
        if inside or (isinstance(within, list) and isinstance(part, int) and part < len(within)):
            within = within[part]
        elif index < len(loc) - 1 or str(part).startswith(("<", "[")):
            continue
        path.append(part)
    return tuple(path)


def _called(value: Any) -> str:
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        (int, "a number"),
        (float, "a number"),
        (str, "a string"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "a date or time")
