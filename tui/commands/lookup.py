"""Find the one record or source that a person means by a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.commands.refusal import RefusalError

if TYPE_CHECKING:
    from tui.archive import Library

LONGEST = 256


class Found(NamedTuple):
    """A record or source, and a remark where the name was not its own."""

    id: str
    remark: str = ""


def resolve(library: Library, name: str) -> Found:
    """Find what an id, a name, an alias, a surname or a near miss stands for.

    Raises:
        RefusalError: nothing is near (`not-found`), or several are equally near (`ambiguous`).
    """
    asked = " ".join(name.split())
    if not asked:
        raise RefusalError("usage", "show needs a name", "readout show NAME")
    if len(asked) > LONGEST:
        raise _not_found(asked[:40] + "…")
    for candidate in (asked, asked.lower()):
        if library.kind_of(candidate) is not None:
            return Found(candidate)
    key = asked.casefold()
    named = _named(library, key)
    if len(named) > 1:
        actors = {id_: how for id_, how in named.items() if library.kind_of(id_) != "event"}
        named = actors or named
    if not named:
        named = _short_names(library, key) | _surnames(library, key)
    if len(named) == 1:
        ((id_, how),) = named.items()
        remark = f"“{asked}” is {_name(library, id_)} ({how})" if how else ""
        return Found(id_, remark)
    if named:
        raise _ambiguous(library, asked, named)
    return _nearest(library, asked)


def _named(library: Library, key: str) -> dict[str, str]:
    found = {id_: "" for id_, _, name in library.names() if name.casefold() == key}
    for source in library.sources.values():
        titles = [fact.value for fact in source.all("title")]
        if key in (title.casefold() for title in (source.name, *titles) if title):
            found[source.id] = ""
    return found


def _short_names(library: Library, key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in library.sources.values():
        for short, id_ in source.short_names:
            if short.casefold() == key:
                found[id_] = f"so called in {source.id}"
    return found


def _surnames(library: Library, key: str) -> dict[str, str]:
    people = library.records("person")
    return {p.id: "by family name" for p in people if p.family and p.family.casefold() == key}


def _nearest(library: Library, asked: str) -> Found:
    from tui.search import Engine

    hits = Engine.open(library).find(asked, limit=8).records
    if not hits:
        raise _not_found(asked)
    best = hits[0]
    level = {hit.id: hit.why for hit in hits if hit.score >= best.score - 1e-9}
    if len(level) > 1:
        raise _ambiguous(library, asked, level)
    return Found(best.id, f"nearest to “{asked}”: {best.name} ({best.why})")


def _name(library: Library, id_: str) -> str:
    if library.kind_of(id_) == "source":
        return library.sources[id_].name
    return library.record(id_).name


def _not_found(asked: str) -> RefusalError:
    remedy = "readout find searches the text of the sources as well"
    return RefusalError("not-found", f"nothing is named “{asked}”", remedy, status=1)


def _ambiguous(library: Library, asked: str, found: dict[str, str]) -> RefusalError:
    candidates = [
        {"id": id_, "kind": library.kind_of(id_), "name": _name(library, id_), "why": why}
        for id_, why in found.items()
    ]
    message = f"“{asked}” may be any of {len(candidates)}"
    remedy = "show one of them by its id"
    return RefusalError("ambiguous", message, remedy, status=1, candidates=candidates)
