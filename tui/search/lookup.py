"""Find records by what they are called: id, name, name key, beginning, words, and typos."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tui.records.hangul import begins, initials, is_han, is_hangul, skips, strokes
from tui.records.names import beginnings, given_keys, keys, surname_keys
from tui.search.answer import RecordHit
from tui.search.bearers import Bearers, Lists, Sorted
from tui.search.deletions import Deletions
from tui.search.highlight import folded_words, merged
from tui.search.naming import bare, beginning, is_native
from tui.search.query import STOP_WORDS
from tui.search.vocabulary import Compounds, LetterSets, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.archive.columns import Strings
    from tui.search.naming import Tables
    from tui.search.query import Query

_T = TypeVar("_T")

NAMED = 0.84
"""Hits of at least this score name the record with the whole query."""

_WHY = {
    "headword": "name",
    "native": "native script",
    "misnomer": "wrong name",
}
_WHOLE = {"id": 1.0, "abbreviation": 0.99, "code": 0.98, "headword": 0.97, "misnomer": 0.93}
_OTHER_NAME = 0.96
_KEY, _GIVEN, _SURNAME, _BEGINNING, _LINKED, _PARTLY = 0.92, 0.86, 0.85, 0.83, 0.5, 0.4
_EVENT_BEGINNING = 0.64
"""An event's title begins with anybody's name; the bearer of the name comes first."""
_GIVEN_BEGINNING = 0.62
_MOST = 60


class _Match(NamedTuple):
    """How a typed word was found among the words of names: as which word, how surely, how far."""

    word: str
    weight: float
    letters: int = 0


class _Candidate(NamedTuple):
    """A record that may answer, by its number, and the name with this number.

    Lit are the words in `matches`, or else so many `letters` from its beginning, 0 for all of them.
    """

    record: int
    score: float
    why: str
    number: int
    matches: dict[str, _Match] | None = None
    letters: int = 0


class Lookup:
    """Everything that names the records of one archive, ready to be asked."""

    def __init__(self, tables: Tables, weights: Callable[[Strings], Sequence[int]]) -> None:
        """Take the tables, and what gives how often the archive speaks of the records with ids."""
        self._tables = tables
        self._names = Bearers(tables["names"])
        self._weights = weights(self._names.ids)
        self._whole = Sorted(tables["whole"])
        self._words, self._linked = Lists(tables["words"]), Lists(tables["linked"])
        self._matches = lru_cache(maxsize=512)(self._meanings)
        words = tables["sorted"]
        self._vocabulary = Vocabulary(
            words,
            "+" * len(words),
            self._words.sizes(),
            Compounds((), ""),
            LetterSets(tables["letters"]),
            Deletions(memoryview(tables["deletions"]).cast("Q")),
        )

    def find(
        self, query: Query, most: int = _MOST, only: frozenset[str] | None = None
    ) -> tuple[RecordHit, ...]:
        """Give the records that a query names or describes, the best first.

        `only` narrows them to a set of kinds.
        """
        if not self._names:
            return ()
        found: dict[int, _Candidate] = {}
        kind, weights = self._names.kind, self._weights
        for candidate in (*self._named(query), *self._described(query)):
            if only is not None and kind(candidate.record) not in only:
                continue
            known = found.get(candidate.record)
            if known is None or known.score < candidate.score:
                found[candidate.record] = candidate

        def order(candidate: _Candidate) -> tuple[float, bool, int]:
            record = candidate.record
            return -candidate.score, kind(record) == "event", -weights[record]

        best = sorted(found.values(), key=order)
        if best and best[0].score >= NAMED:
            # Beside what bears the name, what is merely spelt alike says nothing.
            best = [c for c in best if c.score > _PARTLY and not c.why.startswith("typo")]
        return tuple(map(self._hit, best[:most]))

    def _hit(self, candidate: _Candidate) -> RecordHit:
        record, score, why, number, matches, letters = candidate
        names = self._names
        text = names.text(number)
        if matches is None:
            spans: tuple[tuple[int, int], ...] = ((0, beginning(text, letters)),)
        else:
            spans = _lit(text, matches)
        headword = names.text(names.headword(record))
        if not spans:
            text = headword
        name, kind = names.ids[record], names.kind(record)
        return RecordHit(name, kind, headword, text, spans, why, round(score, 4))

    def forms(self, record: str) -> Iterator[tuple[str, ...]]:
        """Give the names of a record, as folded words."""
        names = self._names
        for number in names.names(names.place(record))[1:]:
            if names.field(number) != "initials":
                yield names.words(number)

    def _named(self, query: Query) -> Iterator[_Candidate]:
        """Find the records that the whole query is a name of."""
        typed = bare(query.text)
        if not typed or not query.plain:
            return
        tables, names = self._tables, self._names
        native: dict[int, list[str]] = tables["native"]
        sounded = is_native(query.text)
        for number in self._whole.of(typed):
            record, field = names.record(number), names.field(number)
            score, why = _WHOLE.get(field, _OTHER_NAME), _WHY.get(field, field)
            if field == "id" and query.text.strip() != names.ids[record]:
                continue  # an id is typed letter by letter; else a name says it better
            yield _Candidate(record, score, why, number)
        for table, written, score, why in (
            ("keys", keys(query.text), _KEY, "name key"),
            ("given", given_keys(query.text), _GIVEN, "given name"),
            ("surnames", surname_keys(query.text) | {typed}, _SURNAME, "family name"),
        ):
            for number in {n for key in written for n in tables[table].get(key, ())}:
                record = names.record(number)
                if sounded and table != "surnames" and not _sounds(written, native.get(record)):
                    continue
                shown = number if table == "keys" else names.headword(record)
                yield _Candidate(record, score, why, shown)
        if query.open and (len(typed) > 1 or is_han(typed[0])):
            yield from self._begun(typed)
        yield from self._half_typed(query.text)

    def _half_typed(self, text: str) -> Iterator[_Candidate]:
        """Find the names that begin so, in Hangul or Han half typed: 윤ㅅ, 기, ㄱㅇㅎ, 尹錫."""
        tables = self._tables
        why = "beginning of the name"
        for begun in beginnings(text):
            letters = strokes(begun)
            for key, number in _from(tables["strokes"], letters):
                if key != letters:
                    yield self._in_hangul(number, _BEGINNING, why, len(begun))
            if skips(begun):
                why = "first letters of the name"
                for key, number in _from(tables["initials"], initials(begun)):
                    if begins(begun, key.partition("\0")[2]):
                        yield self._in_hangul(number, _BEGINNING, why, len(begun))
            elif len(letters) > 3:
                for key, number in _from(tables["givens"], letters):
                    if key != letters:
                        yield self._in_hangul(number, _GIVEN_BEGINNING, "given name", 0)

    def _in_hangul(self, number: int, score: float, why: str, syllables: int) -> _Candidate:
        """Show a name as it is kept; one in Hangul is lit as far as typed, and comes first."""
        record = self._names.record(number)
        own = is_hangul(self._names.text(number)[0])
        return _Candidate(record, score + 0.005 * own, why, number, letters=syllables if own else 0)

    def _begun(self, typed: str) -> Iterator[_Candidate]:
        names = self._names
        for whole, number in islice(self._whole.beginning(typed), _MOST):
            record, field = names.record(number), names.field(number)
            if whole != typed and field not in ("initials", "id"):
                event = names.kind(record) == "event"
                score = _EVENT_BEGINNING if event else _BEGINNING
                why = "beginning of the name"
                yield _Candidate(record, score, why, number, letters=len(typed))

    def _described(self, query: Query) -> Iterator[_Candidate]:
        """Find the records whose names, people and places hold the words of the query."""
        content = [word for word in query.words if word not in STOP_WORDS]
        last = query.words[-1] if query.open else None
        names = self._names
        by_record: dict[int, dict[str, _Match]] = {}
        counts: dict[int, int] = {}  # name → how many of the words it holds
        for typed in content:
            for number, record, match in self._holders(typed, goes_on=typed == last):
                if number >= 0:
                    counts[number] = counts.get(number, 0) + 1
                of_record = by_record.setdefault(record, {})
                if typed not in of_record or of_record[typed].weight < match.weight:
                    of_record[typed] = match
        shown: dict[int, tuple[int, bool, int, int]] = {}
        covered: dict[int, tuple[int, float]] = {}
        for number, count in counts.items():
            record, size = names.record(number), names.size(number)
            # An id is shown only where it says more than any name; of equals the headword, first.
            order = (count, names.field(number) != "id", -size, -number)
            shown[record] = max(shown.get(record, order), order)
            share = (count, count / max(count, size))
            covered[record] = max(covered.get(record, share), share)
        least = len(content) if len(content) < 3 else max(2, (len(content) + 1) // 2)
        whole = sum(map(len, content))
        somebody_else = self._somebody_else(query)
        for record, matches in by_record.items():
            held = covered.get(record, (0, 0.0))
            if len(matches) >= least and not somebody_else(record, matches, held[1]):
                letters = sum(map(len, matches)) / whole
                if len(matches) == len(content) or letters >= 0.6 or len(matches) > 2:
                    number = -shown[record][3] if record in shown else names.headword(record)
                    yield _description(record, number, held, matches, content)

    def _somebody_else(self, query: Query) -> Callable[[int, dict[str, _Match], float], bool]:
        """Tell of a person described by a query whether the query rather names another.

        Kim Tae-hyo holds most of the words that Kim Tae-ho does, and is not he: what reads as a
        full name is its bearers', unless it is still being typed and may become another. In any
        script a name with one word changed is another name; words beside a whole name are not.
        """
        read = [key for key in keys(query.text) if is_hangul(key[0])] if query.plain else []
        numbers = (number for key in read for number in self._tables["keys"].get(key, ()))
        bearers = {self._names.record(number) for number in numbers}
        kind = self._names.kind
        words = [word for word in query.words if word not in STOP_WORDS]

        def tell(record: int, matches: dict[str, _Match], covered: float) -> bool:
            if kind(record) != "person" or record in bearers:
                return False
            if len(matches) < len(words):
                return bool(read) or covered < 1
            surely = all(match.weight > 0.9 for match in matches.values())
            return bool(read) and not (query.open and surely)

        return tell

    def _holders(self, typed: str, *, goes_on: bool) -> Iterator[tuple[int, int, _Match]]:
        """Walk through the names, and events, that hold what a word may mean, each once."""
        seen: set[int] = set()
        named: set[int] = set()
        bearer = self._names.record
        for match in self._matches(typed, goes_on):
            place = self._vocabulary.find(match.word)
            if place < 0:
                continue
            for number in self._words[place]:
                if number not in seen:
                    seen.add(number)
                    yield number, bearer(number), match
            for record in self._linked[place]:
                if record not in named:
                    named.add(record)
                    yield -1, record, match

    def _meanings(self, word: str, goes_on: bool) -> list[_Match]:
        """Give the words of names that a typed word may mean; typos only where nothing is sure."""
        vocabulary = self._vocabulary
        exact = vocabulary.find(word)
        found = [_Match(word, 1.0)] if exact >= 0 else []
        numeral = word.isdigit()
        if numeral:  # 56 is the 56th
            ordinals = (word + ending for ending in ("th", "st", "nd", "rd"))
            found += [_Match(o, 0.95) for o in ordinals if vocabulary.find(o) >= 0]
        if (goes_on and len(word) > 1) or is_hangul(word[0]):
            begun: Iterable[str]
            if is_hangul(word[0]):
                begun = (other for _, other in _from(self._tables["syllables"], strokes(word)))
            else:
                begun = (vocabulary.words[place] for place in vocabulary.commonest(word, _MOST))
            found += [
                _Match(other, 0.95, len(word))
                for other in begun
                # 52 begins 52H; that 20 begins 2023 says nothing yet.
                if other != word and not (numeral and len(word) < 3 and other.isdigit())
            ]
        if found or len(word) < 5 or not (word.isalpha() and word.isascii()):
            return found
        if whole := vocabulary.one_edit(word):
            return [_Match(vocabulary.words[place], 0.6) for place in whole]
        near = set(vocabulary.two_edits(word)) if len(word) > 6 else set()
        if not near and goes_on:
            near = vocabulary.one_edit_heads(word)
        return [_Match(vocabulary.words[place], 0.5) for place in near]


def _sounds(written: frozenset[str], native: list[str] | None) -> bool:
    """Tell whether a name in Hangul, or the end of one, is what a record is really called."""
    return native is None or any(key.endswith(name) for key in native for name in written)


def _description(
    record: int,
    number: int,
    held: tuple[int, float],
    matches: dict[str, _Match],
    content: list[str],
) -> _Candidate:
    """Weigh a record that holds words of the query.

    `held` is how many of them one name holds, and what share of that name they are.
    """
    weight = min(match.weight for match in matches.values())
    if len(matches) < len(content):
        why = f"{len(matches)} of {len(content)} words"
        score = _PARTLY * sum(map(len, matches)) / sum(map(len, content))
    elif held[0] < len(matches):
        why, score = "named in its facts", _LINKED + 0.1 * held[0] / len(matches)
    else:
        why, score = "words of the name", 0.6 + 0.2 * held[1]
    typos = [f"{typed} → {m.word}" for typed, m in matches.items() if m.weight < 0.9]
    if typos:
        why = "typo: " + ", ".join(typos)
    by_word = {match.word: match for match in matches.values()}
    return _Candidate(record, score * weight, why, number, by_word)


def _from(pairs: list[tuple[str, _T]], beginning: str) -> Iterator[tuple[str, _T]]:
    """Walk the sorted pairs whose text begins so, as far as anybody will read."""
    at = bisect_left(pairs, beginning, key=itemgetter(0))
    for pair in pairs[at : at + _MOST]:
        if not pair[0].startswith(beginning):
            return
        yield pair


def _lit(text: str, matches: dict[str, _Match]) -> tuple[tuple[int, int], ...]:
    """Give the spans of the words found in a name; neighbours are one span."""
    folded, places = folded_words(text)
    words = [folded.word(place) for place in places]
    lit = {at: matches[word].letters for at, word in enumerate(words) if word in matches}
    for at, pair in enumerate(pairwise(words)):
        if "".join(pair) in matches:
            lit[at] = lit[at + 1] = 0
    return merged(folded, places, lit)
