"""The shape of an archive's files: strict schemas made from the table of fields.

They are pydantic's, but put together from `pydantic_core` itself: classes for the eighteen kinds of
block take longer to import and to make than the shipped archive takes to compile.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError, SchemaValidator, core_schema

from tui.records.countries import ALPHA2
from tui.records.dates import DateError, parse
from tui.records.fields import CATEGORIES, EVENT_TYPES, FIELDS, STAGES, STATUSES, Field
from tui.records.source import NOTE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT = 1
GROUNDS = ("stated", "inferred", "outside")
ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_LENGTH = 100
_WORDS_LENGTH = 20_000


def _fail(message: str, remedy: str = "") -> PydanticCustomError:
    # The message goes in as context: pydantic would read braces in it as a template.
    return PydanticCustomError("archive", "{message}", {"message": message, "remedy": remedy})


def nearest(word: str, known: list[str]) -> str:
    """Give the known word most like this one, or the empty string when none is near."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word[:_ID_LENGTH], known, scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else ""


def suggestion(word: str, known: list[str]) -> str:
    """Suggest the nearest known word, or list the words there are when they are few."""
    if near := nearest(word, known):
        return f"did you mean ‘{near}’?"
    return "one of: " + ", ".join(sorted(known)) if 0 < len(known) <= 30 else ""


def _words(value: str) -> str:
    if not value.strip():
        raise _fail("is empty", "say it, or leave the line out")
    if len(value) > _WORDS_LENGTH:
        raise _fail(f"longer than {_WORDS_LENGTH:,} characters")
    return value


def _id(value: str) -> str:
    if not ID_PATTERN.fullmatch(value) or len(value) > _ID_LENGTH:
        likely = "-".join(re.findall(r"[a-z0-9]+", value.casefold()))[:_ID_LENGTH]
        example = f", like ‘{likely}’" if likely and likely != value else ""
        raise _fail(
            f"‘{value[:_ID_LENGTH]}’ is no id",
            f"lower-case words with hyphens, at most {_ID_LENGTH} characters{example}",
        )
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts[1]
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s\x00-\x20<>\"\\^`{|}\x7f-\x9f]", value):
        raise _fail(
            f"‘{value[:200]}’ is no web address",
            "http:// or https://, a host, and no spaces",
        )
    return value


def _date(value: str) -> str:
    try:
        parse(value)
    except DateError as error:
        remedy = error.remedy or "an EDTF date, like 2024-10-30 or 2024-10"
        raise _fail(f"‘{value[:60]}’ is no date: {error.message}", remedy) from None
    return value


def _code(value: str) -> str:
    if value not in ALPHA2:
        raise _fail(
            f"‘{value[:20]}’ is no ISO 3166-1 alpha-3 code", "three capitals, like KOR, USA, JPN"
        )
    return value


def _one_of(table: Mapping[str, str]) -> core_schema.CoreSchema:
    def check(value: str) -> str:
        if value not in table:
            raise _fail(f"‘{value[:60]}’ is not in the list", suggestion(value, list(table)))
        return value

    return _checked(check)


def _checked(check: Callable[[str], str]) -> core_schema.CoreSchema:
    return core_schema.no_info_after_validator_function(check, core_schema.str_schema(strict=True))


WORDS, ID, URL, DATE = _checked(_words), _checked(_id), _checked(_url), _checked(_date)


class Shape(NamedTuple):
    """The schema of one kind of table; `kind` is the kind of record or source it belongs to."""

    kind: str
    keys: tuple[str, ...]
    schema: core_schema.CoreSchema
    validator: SchemaValidator


def _shape(
    kind: str = "",
    required: Mapping[str, core_schema.CoreSchema] | None = None,
    optional: Mapping[str, core_schema.CoreSchema] | None = None,
) -> Shape:
    fields = {
        name: core_schema.typed_dict_field(schema, required=needed)
        for group, needed in ((required or {}, True), (optional or {}, False))
        for name, schema in group.items()
    }
    schema = core_schema.typed_dict_schema(fields, strict=True, extra_behavior="forbid")
    return Shape(kind, tuple(fields), schema, SchemaValidator(schema))


def _tag(value: Any) -> str:
    return "<list>" if isinstance(value, list) else "<table>" if isinstance(value, dict) else "<>"


def _many(one: core_schema.CoreSchema, table: Shape | None = None) -> core_schema.CoreSchema:
    """Allow one value, a table of it with its qualifiers, or a list of either."""
    choices: dict[Any, core_schema.CoreSchema] = {"<>": one}
    item = one
    if table is not None:
        choices["<table>"] = table.schema
        item = core_schema.tagged_union_schema(dict(choices), discriminator=_tag)
    choices["<list>"] = core_schema.list_schema(item, min_length=1, strict=True)
    return core_schema.tagged_union_schema(choices, discriminator=_tag)


_PLACE = {
    "occurrence": core_schema.int_schema(ge=1, strict=True),
    "prefix": WORDS,
    "suffix": WORDS,
}
_QUOTE = {"quote": WORDS}
_QUOTE_FROM = {"source": ID, **_QUOTE}

QUOTE = _shape("", _QUOTE, _PLACE)
"""A quote and what picks one of its places, in the source at hand."""
_QUOTE_OF_SOURCE = _shape("source", _QUOTE, {**_PLACE, "source": ID})
_QUOTE_OF_RECORD = _shape("", _QUOTE_FROM, _PLACE)

ARCHIVE = _shape(
    "",
    {"format": core_schema.int_schema(strict=True), "title": WORDS},
    {"description": WORDS},
)
NOTE = _shape(
    "note",
    {**_QUOTE_FROM, "kind": _one_of({str(k): v for k, v in NOTE_KINDS.items()}), "text": WORDS},
    {**_PLACE, "meant": WORDS, "about": _many(ID), "url": URL},
)
DISAGREEMENT = _shape("disagreement", {"field": WORDS}, {"about": ID, "verdict": WORDS, "url": URL})
QUOTED_VALUE = _shape("", {"value": WORDS, **_QUOTE_FROM}, _PLACE)
OUTSIDE_VALUE = _shape("", {"value": WORDS, "url": URL}, {"why": WORDS})

_NAMED = {"id": ID, "name": WORDS}
HEADS: dict[str, Shape] = {
    "event": _shape("event", {"id": ID, "title": WORDS, "type": _one_of(EVENT_TYPES)}),
    "person": _shape("person", _NAMED, {"family": WORDS}),
    "organization": _shape("organization", _NAMED),
    "state": _shape("state", {**_NAMED, "code": _checked(_code)}),
    "initiative": _shape("initiative", {**_NAMED, "type": _one_of(CATEGORIES)}),
    "source": _shape(
        "source",
        {
            "name": WORDS,
            "sha256": core_schema.str_schema(pattern="^[0-9a-f]{64}$", strict=True),
        },
        {"short_names": core_schema.dict_schema(WORDS, ID, strict=True)},
    ),
}


@cache
def ground(kind: str, basis: str) -> Shape:
    """Make the shape of a block: its ground, and every field that may stand on it."""
    of_source = kind == "source"
    required: dict[str, core_schema.CoreSchema] = {}
    optional: dict[str, core_schema.CoreSchema] = {}
    if basis == "stated":
        required.update(_QUOTE if of_source else _QUOTE_FROM)
        optional.update(_PLACE)
        if of_source:
            optional["source"] = ID
    elif basis == "inferred":
        required["why"] = WORDS
        quote = (_QUOTE_OF_SOURCE if of_source else _QUOTE_OF_RECORD).schema
        listed = core_schema.list_schema(quote, min_length=int(not of_source), strict=True)
        (optional if of_source else required)["from"] = listed
    else:
        required["url"] = URL
        optional["why"] = WORDS
    for field in FIELDS[kind]:
        if basis == "outside" and field.name == "url":
            continue
        optional[field.name] = _values(kind, field)
        if field.shape == "date":
            optional[f"{field.name}_text"] = WORDS
    return _shape(kind, required, optional)


def _values(kind: str, field: Field) -> core_schema.CoreSchema:
    if field.shape == "date":
        return _many(DATE)
    key, one = ("id", ID) if field.shape == "link" else ("value", WORDS)
    if (kind, field.name) == ("event", "status"):
        one = _one_of(STATUSES)
    elif (kind, field.name) == ("source", "url"):
        one = URL
    if not field.qualifiers:
        return _many(one)
    shapes = {"term": DATE, "stage": _one_of(STAGES)}
    narrowing = {name: shapes.get(name, WORDS) for name in field.qualifiers}
    return _many(one, _shape(kind, {key: one}, narrowing))
