"""What lists are drawn from: parallel columns, one row a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Columns:
    """Parallel columns, given in the order in which a class names them.

    Written by hand, for a data class costs more to make than a warm archive costs to open.
    """

    id: Sequence[str]

    def __init__(self, *columns: Sequence[Any]) -> None:
        for name, column in zip(type(self).__annotations__, columns, strict=True):
            setattr(self, name, column)

    def __len__(self) -> int:
        return len(self.id)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]  # as long lists have none


class Timeline(_Columns):
    """The events in order: by earliest day, latest day, id; what has no date comes last.

    `earliest` and `latest` are proleptic ordinals (`date.toordinal`), None where open or unknown;
    an open beginning sorts by its end. `edtf` is None where only words are known. `evidence`
    counts the quotes that prove something of the event.
    """

    id: Sequence[str]
    title: Sequence[str]
    type: Sequence[str]
    status: Sequence[str]
    edtf: Sequence[str | None]
    date_text: Sequence[str]
    date_basis: Sequence[str]
    earliest: Sequence[int | None]
    latest: Sequence[int | None]
    evidence: Sequence[int]
    disagreements: Sequence[int]


class Rows(_Columns):
    """The records of one kind, those in most events first, then most evidence, then by name.

    `short` is the first abbreviation, `code` the ISO 3166-1 alpha-2 code of a state or of an
    actor's country; both are empty where there is none. `disagreements` is the number of values
    that stand side by side in the record's widest disagreement.
    """

    id: Sequence[str]
    name: Sequence[str]
    short: Sequence[str]
    code: Sequence[str]
    type: Sequence[str]
    events: Sequence[int]
    evidence: Sequence[int]
    mentions: Sequence[int]
    disagreements: Sequence[int]
