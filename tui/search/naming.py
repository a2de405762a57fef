"""Gather everything that names an archive's records into tables that can be kept and looked up."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tui.records.hangul import initials, is_han, is_hangul, strokes
from tui.records.names import keys, surname_keys
from tui.search.bearers import Bearers, Lists, Sorted
from tui.search.deletions import deletions_of
from tui.search.fold import Folded, fold, words_in
from tui.search.vocabulary import letter_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui.archive import Library

_NOT_LETTERS = re.compile(r"[^\w+&]|_")
_CAPITAL = re.compile(r"(?:^|[\s\-/])([A-Z])")

Tables = dict[str, Any]
"""Bytes, plain dicts and lists, so that `marshal` can keep them:

names       `Bearers`: the records, and their names by number
whole       `Sorted`: letters of a name, number
keys        name key → numbers; likewise `given` and `surnames`, of persons
sorted      all words of names, and of who, what and where an event names
words       `Lists`: of each of these the names that hold it
linked      `Lists`: of each of these the events that name it
letters     their letter sets
deletions   what is left of them without one letter
native      record → the keys of its names in Hangul or Han: what it is really called
strokes     (Hangul letters of a name, or of a key of a person's, number), sorted
givens      likewise of given names
initials    (first letters of the syllables, NUL, the name itself; number), sorted
syllables   (Hangul letters of a word of `sorted`, word), sorted
"""


def bare(text: str) -> str:
    """Fold a name to its letters, so that hyphens, spaces and points make no difference."""
    return _NOT_LETTERS.sub("", fold(text))


def is_native(name: str) -> bool:
    """Tell whether a name is in Hangul or Han, which say what Latin letters leave open."""
    return bool(name) and (is_hangul(name[0]) or is_han(name[0]))


def beginning(text: str, letters: int) -> int:
    """Give where the first so many letters of a name end, or its end for 0."""
    if not letters:
        return len(text)
    folded = Folded(text)
    for at, character in enumerate(folded.text):
        letters -= not _NOT_LETTERS.match(character)
        if letters == 0:
            return folded.span(at, at + 1)[1]
    return len(text)


def gather(library: Library) -> Tables:
    """Make the tables of a library."""
    maker = _Maker(library)
    for record, field, name in library.names():
        maker.add(record, field, name)
    return maker.finish()


class _Maker:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._names: list[tuple[str, str, str, tuple[str, ...]]] = []
        self._numbers: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        self._families: dict[str, frozenset[str]] = {}
        self._family_names: dict[str, frozenset[str]] = {}
        self._whole: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._given: dict[str, list[int]] = {}
        self._surnames: dict[str, list[int]] = {}
        self._native: dict[int, set[str]] = {}
        self._words: dict[str, set[int]] = {}
        self._hangul: list[tuple[str, int]] = []
        self._linked: dict[str, set[str]] = {}

    def add(self, record: str, field: str, text: str) -> None:
        """Take one name of a record."""
        if record not in self._kinds:
            kind = self._kinds[record] = str(self._library.kind_of(record))
            self._numbers[record] = len(self._numbers)
            if kind == "person":
                family = self._library.record(record).family
                self._families[record] = surname_keys(family)
                self._family_names[record] = frozenset(filter(None, (bare(family),)))
            self._put(record, "id", record)
        number = self._put(record, field, text)
        words = self._names[number][3]
        kind = self._kinds[record]
        if kind == "person":
            self._person(record, text, words, number)
        elif kind in ("initiative", "organization") and field in ("headword", "name"):
            initials = "".join(_CAPITAL.findall(text)).lower()
            if len(initials) > 2:
                self._put(record, "initials", text, initials)

    def _put(self, record: str, field: str, text: str, letters: str = "") -> int:
        words = tuple(words_in(fold(text)))
        number = len(self._names)
        self._names.append((record, field, text, words))
        whole = letters or bare(text)
        self._whole.setdefault(whole, []).append(number)
        if whole and is_hangul(whole[0]):
            self._hangul.append((whole, number))
        for word in words:
            self._words.setdefault(word, set()).add(number)
        return number

    def _person(self, record: str, text: str, words: tuple[str, ...], number: int) -> None:
        for one, other in pairwise(words):
            self._words.setdefault(one + other, set()).add(number)
        families = self._families[record]
        if is_native(text):
            self._native.setdefault(self._numbers[record], set()).update(keys(text))
        for key in keys(text):
            if not is_hangul(key[0]) or not families:
                self._keys.setdefault(key, []).append(number)
                continue
            for family in families:
                if key.startswith(family):
                    self._keys.setdefault(key, []).append(number)
                    self._given.setdefault(key[len(family) :], []).append(number)
        for family in families | self._family_names[record]:
            self._surnames.setdefault(family, []).append(number)

    def finish(self) -> Tables:
        """Link the events to who, what and where they name, and lay everything out."""
        words_of: dict[str, set[str]] = {}
        for record, _, _, held in self._names:
            words_of.setdefault(record, set()).update(held)
        for record, kind in self._kinds.items():
            if kind == "event":
                for word in self._around(record, words_of):
                    self._linked.setdefault(word, set()).add(record)
        words = sorted(self._words.keys() | self._linked.keys())
        hangul = [*self._hangul, *self._sounded(self._keys)]
        return {
            "names": Bearers.pack(self._names, self._kinds),
            "whole": Sorted.pack((name, n) for name, found in self._whole.items() for n in found),
            "keys": self._keys,
            "given": self._given,
            "surnames": self._surnames,
            "sorted": words,
            "words": Lists.pack(sorted(self._words.get(word, ())) for word in words),
            "linked": Lists.pack(
                [self._numbers[record] for record in sorted(self._linked.get(word, ()))]
                for word in words
            ),
            "letters": letter_sets(words),
            "deletions": deletions_of(words).tobytes(),
            "native": {record: sorted(known) for record, known in self._native.items()},
            "strokes": sorted({(strokes(name), n) for name, n in hangul}),
            "givens": sorted((strokes(name), n) for name, n in self._sounded(self._given)),
            "initials": sorted({(f"{initials(name)}\0{name}", n) for name, n in hangul}),
            "syllables": sorted((strokes(w), w) for w in words if is_hangul(w[0])),
        }

    def _sounded(self, table: dict[str, list[int]]) -> Iterator[tuple[str, int]]:
        """Walk through the Hangul of a table, without what the native names prove to be misread."""
        for name, numbers in table.items():
            for number in numbers if is_hangul(name[0]) else ():
                native = self._native.get(self._numbers[self._names[number][0]])
                if native is None or any(key.endswith(name) for key in native):
                    yield name, number

    def _around(self, event: str, words_of: dict[str, set[str]]) -> Iterable[str]:
        for fact in self._library.record(event).facts:
            if fact.field == "place":
                yield from words_in(fold(fact.shown))
            elif fact.field in ("actor", "initiative") and fact.value in words_of:
                yield from words_of[fact.value]
