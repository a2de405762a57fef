"""The shape of an archive's files: strict models made from the table of fields.

Import it only where files are read: pydantic costs more to import than a warm archive to open.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    create_model,
)
from pydantic_core import PydanticCustomError

from tui.records.countries import ALPHA2
from tui.records.dates import DateError, parse
from tui.records.fields import CATEGORIES, EVENT_TYPES, FIELDS, STATUSES
from tui.records.fields import Field as FieldOfRecord
from tui.records.source import NOTE_KINDS

FORMAT = 1
GROUNDS = ("stated", "inferred", "outside")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
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
    if not ID.fullmatch(value) or len(value) > _ID_LENGTH:
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


def _one_of(table: dict[str, str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in table:
            raise _fail(f"‘{value[:60]}’ is not in the list", suggestion(value, list(table)))
        return value

    return AfterValidator(check)


Words = Annotated[str, AfterValidator(_words)]
Id = Annotated[str, AfterValidator(_id)]
Url = Annotated[str, AfterValidator(_url)]
Date = Annotated[str, AfterValidator(_date)]


def _tag(value: Any) -> str:
    return "<list>" if isinstance(value, list) else "<table>" if isinstance(value, dict) else "<>"


def _many(one: Any, table: Any = None) -> Any:
    """Allow one value, a table of it with its qualifiers, or a list of either."""
    either: Any = Annotated[one, Tag("<>")]
    if table is not None:
        either = either | Annotated[table, Tag("<table>")]
    item: Any = Annotated[either, Discriminator(_tag)] if table is not None else one
    listed = Annotated[list[item], Field(min_length=1), Tag("<list>")]
    return Annotated[either | listed, Discriminator(_tag)]


if TYPE_CHECKING:
    Ids = str | list[str]
else:
    Ids = _many(Id)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Quote(_Table):
    """A quote and what picks one of its places; without `source`, in the source at hand."""

    quote: Words
    occurrence: Annotated[int, Field(ge=1)] | None = None
    prefix: Words | None = None
    suffix: Words | None = None


class QuoteIn(Quote):
    """A quote that may name its source."""

    source: Id | None = None


class QuoteFrom(Quote):
    """A quote that must name its source."""

    source: Id


class Archive(_Table):
    """What `archive.toml` says."""

    format: int
    title: Words
    description: Words | None = None


class SourceHead(_Table):
    """A source's labels."""

    name: Words
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    short_names: dict[Words, Id] = {}


class EventHead(_Table):
    """An event's labels."""

    id: Id
    title: Words
    type: Annotated[str, _one_of(EVENT_TYPES)]


class PersonHead(_Table):
    """A person's labels."""

    id: Id
    name: Words
    family: Words | None = None


class OrganizationHead(_Table):
    """An organization's labels."""

    id: Id
    name: Words


class StateHead(_Table):
    """A state's labels."""

    id: Id
    name: Words
    code: Annotated[str, AfterValidator(_code)]


class InitiativeHead(_Table):
    """An initiative's labels."""

    id: Id
    name: Words
    type: Annotated[str, _one_of(CATEGORIES)]


class NoteTable(QuoteFrom):
    """An editor's remark."""

    kind: Annotated[str, _one_of({str(k): v for k, v in NOTE_KINDS.items()})]
    text: Words
    meant: Words | None = None
    about: Ids = []
    url: Url | None = None


class DisagreementTable(_Table):
    """A disagreement's labels; its values are validated one by one."""

    about: Id | None = None
    field: Words
    verdict: Words | None = None
    url: Url | None = None


class QuotedValue(QuoteFrom):
    """One value of a disagreement, as a source prints it."""

    value: Words


class OutsideValue(_Table):
    """One value of a disagreement, known from elsewhere."""

    value: Words
    url: Url
    why: Words | None = None


HEADS: dict[str, type[BaseModel]] = {
    "event": EventHead,
    "person": PersonHead,
    "organization": OrganizationHead,
    "state": StateHead,
    "initiative": InitiativeHead,
    "source": SourceHead,
}


def _values(kind: str, field: FieldOfRecord) -> Any:
    if field.shape == "date":
        return _many(Date)
    key = "id" if field.shape == "link" else "value"
    one: Any = Id if field.shape == "link" else Words
    if kind == "event" and field.name == "status":
        one = Annotated[str, _one_of(STATUSES)]
    elif kind == "source" and field.name == "url":
        one = Url
    if not field.qualifiers:
        return _many(one)
    narrowing: dict[str, Any] = {
        name: (Date | None if name == "term" else Words | None, None) for name in field.qualifiers
    }
    narrowing[key] = (one, ...)
    return _many(one, create_model(f"{kind}_{field.name}", __base__=_Table, **narrowing))


@cache
def ground(kind: str, basis: str) -> type[BaseModel]:
    """Make the model of a block: its ground, and every field that may stand on it."""
    fields: dict[str, Any] = {}
    base: type[BaseModel] = _Table
    if basis == "stated":
        base = QuoteIn if kind == "source" else QuoteFrom
    elif basis == "inferred":
        fields["why"] = (Words, ...)
        listed: Any = list[QuoteIn] if kind == "source" else list[QuoteFrom]
        needed: Any = [] if kind == "source" else ...
        fields["from_"] = (listed, Field(needed, alias="from", min_length=kind != "source"))
    else:
        fields["url_of_ground"] = (Url, Field(alias="url"))
        fields["why"] = (Words | None, None)
    for field in FIELDS[kind]:
        if basis == "outside" and field.name == "url":
            continue
        fields[field.name] = (_values(kind, field) | None, None)
        if field.shape == "date":
            fields[f"{field.name}_text"] = (Words | None, None)
    return create_model(f"{kind}_{basis}", __base__=base, **fields)
