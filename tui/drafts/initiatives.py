"""Check names and abbreviations of initiatives and bodies against those that the archive knows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.archive.mentions import MISNOMER, NAME, Namer
from tui.drafts.findings import Finding
from tui.drafts.quoting import place
from tui.drafts.spoken import spoken
from tui.drafts.titles import is_title_word
from tui.drafts.wording import Word, words
from tui.records.dates import DateError, bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.archive import Library
    from tui.drafts.manuscript import Manuscript
    from tui.drafts.naming import Quoted
    from tui.records.evidence import Evidence
    from tui.records.record import Record

_KINDS = ("initiative", "organization")
_BRACKETED = re.compile(
    r"\(\s*(?:the\s+|or\s+|hereafter\s+)?[“\"‘']?"
    r"([A-Z0-9](?:[\w+&/-]|\.(?=\w)){1,11}(?: [A-Z][\w-]{1,7})?)[”\"’']?\s*\)"
)
_SPELT_OUT = re.compile(
    r"(?<![\w.+&/-])([A-Z][A-Za-z0-9+&/-]{1,11})[\s\u200b]*"
    r"\([\s\u200b]*(?:the\s+)?([A-Z][^()\n“”\"]{6,90})\)"
)
_CAPITALS = re.compile(r"(?<![\w.+&/-])[A-Z]{5,12}(?![\w+&/-])")
_LETTERS = re.compile(r"[^A-Za-z0-9]")
_LINKS = frozenset(("of", "and", "for", "the", "on", "to", "in", "s", "with"))
_SPELT = {
    "defence": "defense",
    "programme": "program",
    "programmes": "programs",
    "centre": "center",
}
_LONGEST = 9
_LEAST = 3

Words = tuple[str, ...]


class Names:
    """What the initiatives and bodies of an archive are called, and what they are not."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.namer = Namer()
        self.abbreviations: dict[str, list[str]] = {}
        self.letters: dict[str, list[str]] = {}
        self.forms: dict[str, set[Words]] = {}
        self.misnomers: dict[Words, str] = {}
        self.known: set[Words] = set()
        self.gaps: dict[tuple[int, Words], list[tuple[Words, str]]] = {}
        kinds: dict[str, str] = {}
        for record, field, name in library.names():
            kind = kinds.get(record)
            if kind is None:
                kind = kinds[record] = str(library.kind_of(record))
            if kind in _KINDS:
                self._take(record, kind, field, name)
            elif kind == "state" and field in ("abbreviation", "code"):
                self.abbreviations.setdefault(name, []).append(record)

    def _take(self, record: str, kind: str, field: str, name: str) -> None:
        form = keys(_words(name))
        if not form:
            return
        if field == "misnomer":
            self.misnomers.setdefault(form, record)
            self.namer.add(record, kind, name, MISNOMER)
            return
        self.known.add(form)
        self.namer.add(record, kind, name, NAME)
        short = name.isupper() and len(name) < 12
        if field == "abbreviation" or short:
            self.abbreviations.setdefault(name, []).append(record)
            self.letters.setdefault(record, []).append(name)
        else:
            self.forms.setdefault(record, set()).add(form)
            if len(form) >= _LEAST and len(form) <= _LONGEST and name[0].isupper():
                for at in range(len(form)):
                    gap = (at, (*form[:at], "", *form[at + 1 :]))
                    self.gaps.setdefault(gap, []).append((form, record))


def _words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Give the words of a stretch; in a name, & is one: it stands for "and"."""
    stop = len(text) if end is None else end
    found = words(text, start, stop)
    at = text.find("&", start, stop)
    while at >= 0:
        if not text[at + 1 : at + 2].isalnum():
            found.append(Word("and", at, at + 1))
        at = text.find("&", at + 1, stop)
    return sorted(found, key=lambda word: word.start)


def keys(found: Sequence[Word]) -> Words:
    """Give what the words of a name are compared by, British or American."""
    return tuple(_SPELT.get(word.key, word.key.removesuffix("'s")) for word in found)


def check_names(names: Names, draft: Manuscript, quoted: Quoted) -> list[Finding]:
    """Give what is wrong with the names and abbreviations of a draft."""
    checker = _Checker(names, draft, quoted)
    found = [*checker.bracketed(), *checker.wrong_names()]
    taken = [(finding.start, finding.end) for finding in found]
    found += [
        finding
        for finding in (*checker.near_names(), *checker.near_letters())
        if not any(a < finding.end and finding.start < b for a, b in taken)
    ]
    return found


class _Checker:
    def __init__(self, names: Names, draft: Manuscript, quoted: Quoted) -> None:
        self._names = names
        self._library = names.library
        self._draft = draft
        self._text = draft.plain
        self._quoted = quoted
        self._mentions = list(names.namer.mentions(draft.plain))
        self._ends = {end: (start, record) for start, end, record in self._mentions}

    def bracketed(self) -> Iterator[Finding]:
        """Hold each abbreviation in brackets against the name before it, or the other way about."""
        for match in _BRACKETED.finditer(self._text):
            if self._quoted.holds(*match.span()):
                continue
            letters = match[1]
            found = _words(self._text, max(0, match.start() - 200), match.start())
            bearers = self._names.abbreviations.get(letters, [])
            if bearers:
                yield from self._expansion(letters, bearers, found, match.end())
            elif found:
                yield from self._abbreviation(letters, match, found)
        for match in _SPELT_OUT.finditer(self._text):
            bearers = self._names.abbreviations.get(match[1], [])
            if bearers and not self._quoted.holds(*match.span()):
                found = _words(self._text, *match.span(2))
                for wrong in self._expansion(match[1], bearers, found, match.end(2)):
                    text = " ".join(self._draft.text[slice(*match.span())].split())
                    yield replace(wrong, start=match.start(), end=match.end(), text=text)

    def _expansion(
        self, letters: str, bearers: Sequence[str], found: Sequence[Word], end: int
    ) -> Iterator[Finding]:
        """Tell whether the words before an abbreviation are what it stands for."""
        before = keys(found)
        ours = [r for r in bearers if self._library.kind_of(r) in _KINDS]
        for bearer in ours:
            forms = self._names.forms.get(bearer, set())
            if any(before[-len(form) :] == form for form in forms):
                return
        run = self._run(found, letters, end)
        if not ours or run is None:
            return
        form, initials = keys(run), "".join(w.key[0] for w in run if w.key not in _LINKS)
        held = [one for bearer in ours for one in self._names.forms.get(bearer, ())]
        if initials == letters.casefold() and any(one[-len(form) :] == form for one in held):
            return  # the name without the country before it
        record = self._library.record(ours[0])
        start = run[0].start
        text = " ".join(self._draft.text[start:end].split())
        evidence = _proof(record)
        where = f" ({place(self._library, evidence[0])})" if evidence else ""
        says = f"{letters} stands for {record.name}{where}"
        yield Finding(
            "name", "wrong expansion", start, end, text, says, record.name, evidence,
            record=record.id,
        )  # fmt: skip

    def _run(self, found: Sequence[Word], letters: str, end: int) -> Sequence[Word] | None:
        """Give the words that an abbreviation is made of, or seems to be."""
        initials = _LETTERS.sub("", letters).casefold()
        joined = [n for n, w in enumerate(found) if w.key not in _LINKS]
        tail = joined[-len(initials) :]
        if "".join(found[n].key[0] for n in tail) == initials and self._unbroken(
            found[tail[0]].start, end
        ):
            return found[tail[0] :]
        first = len(found)
        while first > 0:
            word = found[first - 1]
            begins = self._text[word.start]
            if not (begins.isupper() or word.key in _LINKS) or not self._unbroken(word.start, end):
                break
            first -= 1
        while first < len(found) and found[first].key in _LINKS:
            first += 1
        run = found[first:]
        shared = _shared("".join(w.key[0] for w in run if w.key not in _LINKS), initials)
        capitals = sum(self._text[w.start].isupper() for w in run)
        return run if capitals >= 2 and shared >= 2 and 2 * shared >= len(initials) else None

    def _unbroken(self, start: int, end: int) -> bool:
        between = self._text[start:end].rpartition("(")[0]
        return not re.search(r"[,;:!?]|\.\s|\n\s*\n|[()]", between)

    def _abbreviation(
        self, letters: str, match: re.Match[str], found: Sequence[Word]
    ) -> Iterator[Finding]:
        """Tell whether a known name is given letters that are not its own."""
        named = self._ends.get(found[-1].end)
        if named is None or not letters.isupper():
            return
        start, record_id = named
        known = self._names.letters.get(record_id, [])
        name = keys(_words(self._text, start, found[-1].end))
        initials = "".join(word[0] for word in name if word not in _LINKS)
        shared = _shared(initials, letters.casefold())
        if (
            not known
            or letters in known
            or name in self._names.misnomers
            or 2 * shared < len(letters)
        ):
            return
        record = self._library.record(record_id)
        text = " ".join(self._draft.text[start : match.end()].split())
        evidence = _proof(record, "abbreviation") or _proof(record)
        where = f" ({place(self._library, evidence[0])})" if evidence else ""
        says = f"the abbreviation of {record.name} is {known[0]}{where}"
        yield Finding(
            "name", "wrong abbreviation", start, match.end(), text, says, known[0], evidence,
            record=record_id,
        )  # fmt: skip

    def wrong_names(self) -> Iterator[Finding]:
        """Find names known to be wrong; within a quotation they are its source's."""
        for start, end, record_id in self._mentions:
            form = keys(_words(self._text, start, end))
            if self._names.misnomers.get(form) != record_id or form in self._names.known:
                continue
            if self._somebody_elses(start, end) or not self._then(record_id, start):
                continue
            record = self._library.record(record_id)
            quoted = self._quoted.holds(start, end)
            text = " ".join(self._draft.text[start:end].split())
            facts = [f for f in record.all("misnomer") if f.value and keys(_words(f.value)) == form]
            evidence = tuple(e for fact in facts for e in fact.evidence[:1])
            where = f"; {place(self._library, evidence[0])} prints it so" if evidence else ""
            says = f"known to be wrong: it is {record.name}{where}"
            if quoted:
                says = f"as the source has it; it is {record.name}"
            yield Finding(
                "name", "as printed" if quoted else "wrong name", start, end, text, says,
                record.name, evidence, url=facts[0].url if facts else "", record=record_id,
            )  # fmt: skip

    def _somebody_elses(self, start: int, end: int) -> bool:
        """Tell NATO's Nuclear Planning Group, which is called so, from one that is not."""
        owner = re.search(
            r"([A-Z]{3,})(?:['’]s?)?\s+(?:own\s+)?$", self._text[max(0, start - 30) : start]
        )
        of = re.match(
            r"\s+(?:of|at|in|within)\s+(?:the\s+)?([A-Z]{3,})", self._text[end : end + 30]
        )
        named = [found[1] for found in (owner, of) if found]
        return any(name not in self._names.abbreviations for name in named)

    def _then(self, record_id: str, at: int) -> bool:
        """Tell whether the sentence may speak of it: nothing in it dates it to another time."""
        days = spoken(self._text, *self._draft.sentence(at))
        facts = (
            fact
            for event in self._library.events_of(record_id)
            for fact in self._library.record(event).all("date")
        )
        spans = []
        for fact in facts:
            try:
                spans.append(bounds(fact.value or ""))
            except DateError:
                continue
        return not days or not spans or any(day.overlaps(*s) for day in days for s in spans)

    def near_names(self) -> Iterator[Finding]:
        """Find names with one word that is not quite the one of a name that is known."""
        for run in self._capitalised():
            form = keys(run)
            done = 0
            for first in range(len(run)):
                for size in range(min(_LONGEST, len(run) - first), _LEAST - 1, -1):
                    if first < done or form[first : first + size] in self._names.known:
                        done = max(done, first + size) if first >= done else done
                        break
                    found = self._near(form[first : first + size])
                    if found is not None:
                        yield self._near_finding(run[first], run[first + size - 1], found)
                        done = first + size
                        break

    def _near(self, form: Words) -> str | None:
        if form in self._names.misnomers:
            return None
        for at, word in enumerate(form):
            gap = (at, (*form[:at], "", *form[at + 1 :]))
            for known, record in self._names.gaps.get(gap, ()):
                if _one_stem(word, known[at]) and not is_title_word(word):
                    return record
        return None

    def _near_finding(self, first: Word, last: Word, record: str) -> Finding:
        of = self._library.record(record)
        text = " ".join(self._draft.text[first.start : last.end].split())
        evidence = _proof(of)
        where = f" ({place(self._library, evidence[0])})" if evidence else ""
        says = f"not its name; it is {of.name}{where}"
        return Finding(
            "name",
            "wrong name",
            first.start,
            last.end,
            text,
            says,
            of.name,
            evidence,
            record=record,
        )

    def _capitalised(self) -> Iterator[list[Word]]:
        """Walk through runs of capitalised words outside quotations, small links among them."""
        run: list[Word] = []
        found = _words(self._text)
        for word in found:
            gap = self._text[run[-1].end : word.start] if run else ""
            capital = self._text[word.start].isupper() or self._text[word.start].isdigit()
            joined = capital or (run and word.key in _LINKS)
            if run and (not joined or not re.fullmatch(r"[\s\u200b]{1,4}|[-–/&’']s?\s?", gap)):
                yield run
                run = []
            if (capital or run) and joined and not self._quoted.holds(word.start, word.end):
                run.append(word)
        if run:
            yield run

    def near_letters(self) -> Iterator[Finding]:
        """Remark on letters that are one slip away from an abbreviation."""
        from rapidfuzz.distance import OSA

        known = [name for name in self._names.abbreviations if len(name) >= 5 and name.isalpha()]
        for match in _CAPITALS.finditer(self._text):
            letters = match[0]
            if letters in self._names.abbreviations or self._quoted.holds(*match.span()):
                continue
            near = [name for name in known if OSA.distance(letters, name, score_cutoff=1) == 1]
            if len(near) == 1:
                record = self._names.abbreviations[near[0]][0]
                says = f"no source abbreviates anything so; {near[0]} is close"
                yield Finding(
                    "name", "not stated", *match.span(), letters, says, near[0], record=record
                )


def _proof(record: Record, field: str = "name") -> tuple[Evidence, ...]:
    """Give a sentence that prints the record's name."""
    facts = sorted(record.all(field), key=lambda fact: fact.value != record.name)
    return next((fact.evidence[:1] for fact in facts if fact.evidence), ())


def _shared(one: str, other: str) -> int:
    """Count the letters that two abbreviations share in order."""
    from rapidfuzz.distance import LCSseq

    return int(LCSseq.similarity(one, other))


def _one_stem(one: str, other: str) -> bool:
    """Tell whether two words are forms of one, and not merely its plural."""
    if one == other or one in (f"{other}s", f"{other}'s") or other in (f"{one}s", f"{one}'s"):
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same >= 5 or (same >= 4 and 2 * same >= max(len(one), len(other)))
