"""A person's settings: a theme and other keys, checked before they are used.

`config.toml` in the user's configuration folder:

    theme = "readout-light"

    [keys]
    "desk.find" = "slash,f3"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from textual.binding import Binding

FILE = "config.toml"
MAX_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds, and what could not be used, each in words that name the file and the entry."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_settings(folder: Path, bindings: Iterable[Binding], themes: Iterable[str]) -> Settings:
    """Read the settings in a folder; what is wrong is left out and named, never fatal."""
    path = folder / FILE
    try:
        if not path.is_file():
            return Settings()
        if path.stat().st_size > MAX_BYTES:
            return Settings(problems=(f"{path}: larger than {MAX_BYTES} bytes, not read",))
        content = path.read_bytes()
    except OSError as error:
        return Settings(problems=(f"{path}: {error.strerror or error}",))
    import tomllib  # most people have no settings file; they need not wait for this

    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Settings(problems=(f"{path}: {error}",))
    problems = [
        f"{path}: {key}: no such setting{_nearest(key, ('theme', 'keys'))}"
        for key in data
        if key not in ("theme", "keys")
    ]
    theme = data.get("theme", "")
    known = list(themes)
    if theme and theme not in known:
        problems.append(f"{path}: theme: no theme {theme!r}{_nearest(str(theme), known)}")
        theme = ""
    keys, wrong = _keys(data.get("keys", {}), list(bindings))
    return Settings(theme, keys, (*problems, *(f"{path}: keys: {words}" for words in wrong)))


def _keys(table: object, bindings: list[Binding]) -> tuple[dict[str, str], list[str]]:
    if not isinstance(table, dict):
        return {}, ["must be a table of binding ids and keys"]
    by_id = {binding.id: binding for binding in bindings if binding.id}
    wrong: list[str] = []
    chosen: dict[str, str] = {}
    for name, value in table.items():
        if name not in by_id:
            wrong.append(f"{name}: no such binding{_nearest(name, by_id)}")
        elif not isinstance(value, str) or not value.strip():
            wrong.append(f"{name}: must be key names separated by commas")
        elif unknown := [key for key in value.split(",") if not _is_key(key.strip())]:
            wrong.append(f"{name}: no such key {unknown[0].strip()!r}")
        else:
            chosen[name] = ",".join(key.strip() for key in value.split(","))
    owner: dict[str, str] = {}
    for name, binding in by_id.items():
        for key in chosen.get(name, binding.key).split(","):
            long = _long(key)
            if long in owner and (name in chosen or owner[long] in chosen):
                loser = name if name in chosen else owner[long]
                wrong.append(f"{loser}: {key} already means {owner[long]}, {name}; not remapped")
                chosen.pop(loser, None)
            else:
                owner[long] = name
    return chosen, wrong


def _long(key: str) -> str:
    from textual.keys import _character_to_key  # the only place where Textual says it

    return _character_to_key(key) if len(key) == 1 else key


def _is_key(key: str) -> bool:
    import unicodedata

    from textual.keys import Keys

    if len(key) == 1:
        return key.isprintable()
    *modifiers, name = key.split("+")
    if any(modifier not in ("ctrl", "alt", "shift", "super", "meta") for modifier in modifiers):
        return False
    if len(name) == 1 or name in {str(item.value).rpartition("+")[2] for item in Keys}:
        return True
    try:  # Textual names other keys as Unicode does: less_than_sign, slash is SOLIDUS
        unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return name in {"slash", "minus", "plus", "backslash", "underscore", "at"}
    return True


def _nearest(word: str, choices: Iterable[str]) -> str:
    import difflib

    found = difflib.get_close_matches(word, list(choices), 1, 0.5)
    return f"; did you mean {found[0]!r}?" if found else ""
