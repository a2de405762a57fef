"""Where in a TOML file each table, key and value stands; used only when there is a complaint."""

from __future__ import annotations

import re

from tui.archive.document import STRING

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|\#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^\s,\]}\#]+(?: \d[\d:.+Zz-]*)?")
_STRING = re.compile(STRING)


class Positions:
    """An index from the path of a value to the offsets of its key and of itself.

    The text must be TOML that `tomllib` accepted, with its mark and carriage returns taken out. A
    path is the way into what `tomllib` returned: `("event", 0, "stated", 1, "place")`.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._arrays: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.values: dict[Path, int] = {}
        self._document()

    def key(self, path: Path) -> tuple[int, int]:
        """Give line and column of the key at a path, or of the nearest table around it."""
        return self._place(path, self.keys)

    def value(self, path: Path) -> tuple[int, int]:
        """Give line and column of the value at a path, or of the nearest table around it."""
        return self._place(path, self.values)

    def _place(self, path: Path, index: dict[Path, int]) -> tuple[int, int]:
        offset = 0
        for length in range(len(path), 0, -1):
            part = path[:length]
            found = index.get(part, self.values.get(part))
            if found is not None:
                offset = found
                break
        before = self._text.rfind("\n", 0, offset)
        return self._text.count("\n", 0, offset) + 1, offset - before

    def _document(self) -> None:
        text = self._text
        table: Path = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(text):
                return
            start = self._at
            if text[start] == "[":
                many = text.startswith("[[", start)
                self._at += 2 if many else 1
                parts = self._key()
                self._at += 2 if many else 1
                table = self._header([name for name, _ in parts], start, many)
            else:
                self._pair(table)

    def _header(self, names: list[str], start: int, many: bool) -> Path:
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            self._note(path, start, start)
            if path in self._arrays:
                path = (*path, self._arrays[path] - 1)
        path = (*path, names[-1])
        self._note(path, start, start)
        if many:
            count = self._arrays.get(path, 0)
            self._arrays[path] = count + 1
            path = (*path, count)
            self._note(path, start, start)
        return path

    def _pair(self, table: Path) -> None:
        path = table
        for name, offset in self._key():
            path = (*path, name)
            self._note(path, offset, offset)
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        self.values[path] = self._at
        self._value(path)

    def _value(self, path: Path) -> None:
        text = self._text
        first = text[self._at]
        if first == "[":
            self._at += 1
            self._skip(_BLANK)
            count = 0
            while text[self._at] != "]":
                item = (*path, count)
                self._note(item, self._at, self._at)
                self._value(item)
                count += 1
                self._skip(_BLANK)
                if text[self._at] == ",":
                    self._at += 1
                    self._skip(_BLANK)
            self._at += 1
        elif first == "{":
            self._at += 1
            self._skip(_BLANK)
            while text[self._at] != "}":
                self._pair(path)
                self._skip(_BLANK)
                if text[self._at] == ",":
                    self._at += 1
                    self._skip(_BLANK)
            self._at += 1
        else:
            self._skip(_STRING if first in "\"'" else _SCALAR)

    def _key(self) -> list[tuple[str, int]]:
        text = self._text
        parts: list[tuple[str, int]] = []
        while True:
            self._skip(_SPACE)
            start = self._at
            quoted = text[start] in "\"'"
            self._skip(_STRING if quoted else _BARE)
            raw = text[start : self._at]
            parts.append((_unquote(raw) if quoted else raw, start))
            self._skip(_SPACE)
            if text[self._at] != ".":
                return parts
            self._at += 1

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self._text, self._at)
        if found is None:
            raise ValueError(f"unexpected text at {self._at}")
        self._at = found.end()

    def _note(self, path: Path, key: int, value: int) -> None:
        self.keys.setdefault(path, key)
        self.values.setdefault(path, value)


def _unquote(raw: str) -> str:
    import tomllib

    if raw[0] == "'":
        return raw[1:-1]
    value = tomllib.loads(f"x = {raw}")["x"]
    return str(value)
