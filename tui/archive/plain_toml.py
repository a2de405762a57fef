"""Read TOML that is written line by line, as records are, several times as fast as `tomllib`.

Whatever is not the plainest form of it, or looks as if it were at fault, is left to `tomllib`: what
is read here is read alike there (a test holds the two against each other).
"""

from __future__ import annotations

import re
from typing import Any

_LINE = re.compile(
    r'[ \t]*+(?:([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+(?:"([^"\\\x00-\x1f\x7f]*+)"|([\[{0-9-][^\n]*+))'
    r"|\[\[([A-Za-z0-9_-]++)(?:\.([A-Za-z0-9_-]++))?\]\]|(\#[^\x00-\x08\x0a-\x1f\x7f]*+))?[ \t]*+"
)
_STRING = r'"[^"\\\x00-\x1f\x7f]*+"'
_STRINGS = re.compile(rf"\[[ \t]*+{_STRING}(?:[ \t]*+,[ \t]*+{_STRING})*+[ \t]*+,?[ \t]*+\]")
_WITHIN = re.compile(r'"([^"]*+)"')


def parse(text: str) -> dict[str, Any] | None:
    """Parse a text without carriage returns, or give None: somebody else has to."""
    root: dict[str, Any] = {}
    table = root
    made: set[int] = set()  # the lists that headers began: no others may be added to
    match = _LINE.fullmatch
    for line in text.split("\n"):
        found = match(line)
        if found is None:
            return None
        key, words, value, outer, inner, _ = found.groups()
        if key is not None:
            if key in table:
                return None
            if words is None:
                words = _value(value)
                if words is None:
                    return None
            table[key] = words
        elif outer is not None:
            above = root
            if inner is not None:
                rows = root.get(outer)
                if id(rows) not in made:
                    return None
                above = rows[-1]  # type: ignore[index]  # a list that a header began
            name = inner or outer
            listed = above.get(name)
            if listed is None:
                listed = above[name] = []
                made.add(id(listed))
            elif id(listed) not in made:
                return None
            table = {}
            listed.append(table)
    return root


def _value(text: str) -> Any:
    if _STRINGS.fullmatch(text) is not None:
        return _WITHIN.findall(text)
    import tomllib

    try:
        return tomllib.loads(f"x = {text}")["x"]
    except (ValueError, RecursionError):
        return None
