"""Complete the field that is being typed: its name, or the record, source, type or kind it names.

It reads the archive's rows, not the index: it answers while the engine is still being opened.
"""

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING, NamedTuple

from tui.records.record import KINDS
from tui.search.fields import ACTORS, NAMES, PASSAGE
from tui.search.naming import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.archive import Library

_NAME = re.compile(r"(?:^|(?<=\s))([a-z]*)$", re.IGNORECASE)
_VALUE = re.compile(
    rf"(?:^|(?<=\s))({'|'.join(NAMES)}):(?:[\"“”„«»]([^\"“”„«»]*)|([^\s\"“”„«»]*))$", re.IGNORECASE
)


class Completion(NamedTuple):
    """The text with its last word completed as far as is sure, and what it may go on to."""

    text: str
    choices: tuple[str, ...] = ()


def complete(typed: str, library: Library) -> Completion:
    """Complete the last word of a text; what cannot be completed is given back as it is."""
    if value := _VALUE.search(typed):
        name = value[1].lower()
        written = value[2] if value[2] is not None else value[3]
        found = tuple(dict.fromkeys(_values(name, written, library)))
        head = f"{typed[: value.start()]}{name}:"
        kept = typed[len(head) :]
    elif word := _NAME.search(typed):
        written = kept = word[1]
        found = tuple(f"{name}:" for name in NAMES if name.startswith(written.lower()))
        head = typed[: word.start()]
    else:
        return Completion(typed)
    if len(found) == 1:
        return Completion(head + found[0])
    sure = os.path.commonprefix(found)
    if len(sure) > len(written) and sure.startswith(written.lower()):
        kept = sure
    return Completion(head + kept, found)


def _values(name: str, written: str, library: Library) -> Iterator[str]:
    """Give what a field may name, those first that the archive speaks of most."""
    begun = written.lower()
    if name == "actor":
        yield from _records(library, sorted(ACTORS), written)
    elif name == "initiative":
        yield from _records(library, ("initiative",), written)
    elif name == "source":
        yield from (source for source in library.sources if source.startswith(begun))
    elif name == "type":
        begun = re.sub(r"[\s-]", "_", begun)
        yield from sorted({one for one in library.timeline.type if one.startswith(begun)})
    elif name == "kind":
        yield from (kind for kind in (*KINDS, PASSAGE) if kind.startswith(begun))


def _records(library: Library, kinds: Iterable[str], written: str) -> list[str]:
    """Give the ids of the records whose id or name begins so, else where a word of it does."""
    begun, letters = written.lower(), bare(written)
    sure, within = [], []
    for kind in KINDS:
        if kind in kinds and kind != "event":
            rows = library.rows(kind)
            for record, name, short in zip(rows.id, rows.name, rows.short, strict=True):
                called = (bare(name), bare(short))
                if record.startswith(begun) or (letters and _begins(called, letters)):
                    sure.append(record)
                elif letters and f"-{begun}" in record:
                    within.append(record)
    return sure or within


def _begins(names: Iterable[str], letters: str) -> bool:
    return any(name.startswith(letters) for name in names)
