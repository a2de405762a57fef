"""Find whom a draft names, however it spells them: by keys and known names, never by likeness."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.drafts.titles import after, before, is_shortened, is_title_word
from tui.records.names import keys, surname_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.drafts.titles import Title
    from tui.search import Engine

MOST = 3_000
"""Names looked up in one draft."""

_PART = re.compile(r"[A-Z\u00c0-\u00de][^\W\d_]*(?:['’-][^\W\d_]+)*\.?")
_BETWEEN = re.compile(r"[ \t\u200b\xa0]+(?:\r?\n[ \t]*)?|\r?\n[ \t]*")
_OWNED = re.compile(r"['’]s?$")
_SUFFIX = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NAME_KEY = 0.92
_LONGEST = 5
_COMMON = """
meeting meetings talks summit office group committee council framework statement conference
dialogue exercise exercises command house department ministry visit agreement declaration
strategy alliance forum school building university day press general
"""
_NO_NAMES = frozenset(_COMMON.split())

Span = tuple[int, int]


class Person(NamedTuple):
    """A place where somebody is named: who that may be, and the titles that stand there.

    A bare family name has every bearer the archive knows; a name it does not know has nobody.
    `why` is how the archive knows the name.
    """

    start: int
    end: int
    records: tuple[str, ...]
    why: str
    titles: tuple[Title, ...]


class PeopleFinder:
    """Finds the people named in one text; `looked` counts the names looked up."""

    def __init__(self, engine: Engine, text: str) -> None:
        self._engine = engine
        self._text = text
        self._known: dict[tuple[str, bool], tuple[tuple[str, ...], str]] = {}
        self.looked = 0

    def people(self) -> Iterator[Person]:
        """Walk through the people, in order."""
        for run in self._runs():
            index = 0
            while index < len(run):
                width, person = self._named(run, index)
                if person is not None:
                    yield person
                index += width

    def _runs(self) -> Iterator[list[Span]]:
        """Walk through capitalised words that follow each other."""
        run: list[Span] = []
        for match in _PART.finditer(self._text):
            part = match.span()
            if run and (
                not _BETWEEN.fullmatch(self._text[run[-1][1] : part[0]]) or self._stops(run[-1])
            ):
                yield run
                run = []
            run.append(part)
        if run:
            yield run

    def _stops(self, part: Span) -> bool:
        """Tell whether a full stop behind a word may end a sentence: not an initial's."""
        word = self._text[slice(*part)]
        return word.endswith(".") and len(word) > 2 and not is_shortened(word)

    def _named(self, run: Sequence[Span], index: int) -> tuple[int, Person | None]:
        """Read the name that begins with a word; give how many words it takes."""
        start = run[index][0]
        first = self._text[slice(*run[index])]
        if is_title_word(first):
            return 1, None
        title = before(self._text, start, 0)
        for width in range(min(_LONGEST, len(run) - index), 1, -1):
            end = self._end(start, run[index + width - 1][1])
            records, why = self._look_up(self._text[start:end], whole=True)
            if records:
                return width, self._person(start, end, records, why, title)
        if title is None or not (title.rank or title.head):
            return 1, None
        width = min(len(run) - index, 3)
        while width > 1 and not self._is_name(run[index : index + width]):
            width -= 1
        if width == 1:
            if self._goes_on(run, index):
                return 1, None  # Yoshida Yoshitaka is no Yoshida of ours, as far as one can tell
            end = self._end(*run[index])
            records, why = self._look_up(self._text[start:end], whole=False)
            if not records:
                return 1, None
            return 1, self._person(start, end, records, why, title)
        end = self._end(start, run[index + width - 1][1])
        return width, self._person(start, end, (), "", title)

    def _goes_on(self, run: Sequence[Span], index: int) -> bool:
        """Tell whether a family name may be the first word of a longer name."""
        if index + 1 == len(run) or _OWNED.search(self._text[slice(*run[index])]):
            return False
        word = self._text[slice(*run[index + 1])].rstrip(".")
        return not (is_title_word(word) or word.casefold() in _NO_NAMES)

    def _is_name(self, run: Sequence[Span]) -> bool:
        """Tell a full name nobody here bears from a family name and what happens to follow it."""
        words = [_OWNED.sub("", self._text[slice(*span)]).rstrip(".") for span in run]
        if any(is_title_word(word) or word.casefold() in _NO_NAMES for word in words):
            return False
        if surname_keys(words[0]):
            return bool(keys(" ".join(words)))
        return not self._look_up(words[0], whole=False)[0]

    def _end(self, start: int, end: int) -> int:
        """Leave out the mark of a genitive, and a full stop that ends a sentence."""
        word = self._text[start:end]
        if owned := _OWNED.search(word):
            return start + owned.start()
        if word.endswith(".") and word[:-1].split()[-1].casefold() not in _SUFFIX:
            return end - 1
        return end

    def _person(
        self, start: int, end: int, records: tuple[str, ...], why: str, title: Title | None
    ) -> Person:
        behind = after(self._text, end, len(self._text))
        titles = tuple(one for one in (title, behind) if one is not None)
        return Person(start, end, records, why, titles)

    def _look_up(self, name: str, *, whole: bool) -> tuple[tuple[str, ...], str]:
        """Give the people so named: in full, or by the family name alone."""
        name = " ".join(name.replace("\u200b", "").split())
        known = self._known.get((name, whole))
        if known is None:
            if self.looked >= MOST:
                return (), ""
            self.looked += 1
            hits = self._engine.find(name, only="person", limit=20).records
            if whole:
                sure = [hit for hit in hits if hit.score >= _NAME_KEY]
            else:
                sure = [hit for hit in hits if hit.why == "family name"]
            known = tuple(dict.fromkeys(hit.id for hit in sure)), sure[0].why if sure else ""
            self._known[name, whole] = known
        return known
