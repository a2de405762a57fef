"""Hold a title in a draft against the offices, ranks and country that the archive records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.archive.passages import passages
from tui.drafts import titles
from tui.drafts.quoting import place
from tui.records.dates import DateError, bounds, label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.archive import Library
    from tui.drafts.findings import Verdict
    from tui.drafts.spoken import Spoken
    from tui.drafts.titles import Title
    from tui.records.evidence import Evidence, Fact
    from tui.records.record import Record


class Judgement(NamedTuple):
    """What is to be said of one part of a title; `part` is its words."""

    verdict: Verdict
    part: str
    says: str
    expected: str = ""
    evidence: tuple[Evidence, ...] = ()
    url: str = ""


class _Office(NamedTuple):
    fact: Fact
    bag: frozenset[str]
    head: str


class Offices:
    """The offices and ranks of an archive's people, read once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._held: dict[str, list[_Office]] = {}
        self._all: set[frozenset[str]] | None = None

    def judge(self, record_id: str, title: Title, days: Sequence[Spoken]) -> list[Judgement]:
        """Hold a title against what is recorded of a person; nothing to say where it holds."""
        person = self.library.record(record_id)
        found: list[Judgement] = []
        if title.rank:
            found += self._rank(person, title)
        if title.office:
            found += self._office(person, title, days)
        if title.countries:
            found += self._country(person, title)
        return found

    def holder(self, title: Title, days: Sequence[Spoken]) -> Record | None:
        """Give who is recorded in an office of a country on all of some days, if one person is."""
        if not (title.countries and title.office and len(days) == 1):
            return None
        found = []
        for person in self.library.records("person"):
            codes = {self._code(fact.value) for fact in person.all("country")}
            for one in self._offices(person):
                first, last = _term(one.fact)
                if (
                    one.bag == title.office
                    and codes & title.countries
                    and first is not None
                    and first <= days[0].earliest
                    and (last is None or days[0].latest <= last)
                ):
                    found.append(person)
                    break
        return found[0] if len(found) == 1 else None

    def _rank(self, person: Record, title: Title) -> Iterator[Judgement]:
        facts = person.all("rank")
        recorded = {_rank_of(fact.value): fact for fact in reversed(facts) if fact.value}
        printed = {fact.value: fact for fact in reversed(facts) if fact.value}
        if not recorded:
            yield self._unknown(title.rank, person, "no rank is recorded of")
        elif title.rank not in recorded:
            words = ", ".join(dict.fromkeys(self._stands(f) for f in printed.values()))
            yield Judgement(
                "wrong rank", title.rank, f"{person.name} is {words}",
                " or ".join(printed), *_grounds(printed.values()),
            )  # fmt: skip
        else:
            yield from self._disputed(person, "rank", lambda words: _rank_of(words) == title.rank)

    def _office(self, person: Record, title: Title, days: Sequence[Spoken]) -> Iterator[Judgement]:
        offices = self._offices(person)
        if not offices or title.unsettled:
            yield self._unknown(_words(title), person, "this office is not recorded of")
            return
        same = [o for o in offices if titles.short_for(title.office, title.head, o.bag, o.head)]
        if not same:
            yield self._other_office(person, title, offices)
            return
        terms = [office for office in same if office.fact.qualifier("term")]
        if days and terms and not title.former and not _within(terms, days):
            spans = dict.fromkeys(label(office.fact.qualifier("term")) for office in terms)
            shown = terms[0].fact
            said = ", ".join(dict.fromkeys(label(day.edtf) for day in days))
            yield Judgement(
                "wrong date", _words(title),
                f"{person.name} was {shown.shown} {', '.join(spans)} ({shown.basis});"
                f" the sentence speaks of {said}",
                ", ".join(spans), *_grounds(office.fact for office in terms),
            )  # fmt: skip
            return
        yield from self._disputed(person, "office", lambda words: self._means(words, title))

    def _other_office(self, person: Record, title: Title, offices: Sequence[_Office]) -> Judgement:
        """Tell a wrong office from one that the archive knows nothing of."""
        known = self._known()
        if title.office not in known and title.head not in {office.head for office in offices}:
            return self._unknown(_words(title), person, "this office is not recorded of")
        facts = {office.fact.shown: office.fact for office in reversed(offices)}
        full = {
            words: fact
            for words, fact in facts.items()
            if len(titles.office(words)[0]) > 1 or len(facts) == 1
        } or facts
        stated = {w: f for w, f in full.items() if f.basis == "stated"} or full
        words = ", ".join(dict.fromkeys(self._stands(fact) for fact in stated.values()))
        return Judgement(
            "wrong office", _words(title), f"{person.name} is {words}",
            " or ".join(stated), *_grounds(stated.values()),
        )  # fmt: skip

    def _country(self, person: Record, title: Title) -> Iterator[Judgement]:
        facts = person.all("country")
        codes = {self._code(fact.value) for fact in facts}
        if codes and "" not in codes and not codes & title.countries:
            named = [self.library.record(f.value).name for f in facts if f.value]
            name = " or ".join(dict.fromkeys(named))
            says = f"{person.name} is recorded for {name}"
            yield Judgement("wrong country", title.country, says, name, *_grounds(facts))

    def _disputed(
        self, person: Record, field: str, meant: Callable[[str], bool]
    ) -> Iterator[Judgement]:
        """Name both sides where the sources disagree on the title that the draft gives."""
        for item in self.library.disagreements_about(person.id):
            sides = [fact for fact in item.values if fact.value]
            ours = [fact for fact in sides if meant(fact.shown)]
            if item.field != field or not ours or len(ours) == len(sides):
                continue
            words = ", ".join(self._stands(fact) for fact in sides)
            verdict = f"; verdict: {_first_sentence(item.verdict)}" if item.verdict else ""
            evidence = tuple(e for fact in sides for e in fact.evidence)
            says = f"{words}{verdict}"
            yield Judgement("disputed", ours[0].shown, says, "", evidence, item.url)

    def _means(self, words: str, title: Title) -> bool:
        bag, head = titles.office(words)
        return titles.short_for(title.office, title.head, bag, head)

    def _unknown(self, part: str, person: Record, why: str) -> Judgement:
        count = len(self.library.sources)
        where = "the one source" if count == 1 else f"{count:,} sources"
        known = dict.fromkeys(f.shown for f in (*person.all("rank"), *person.all("office")))
        held = f"; recorded: {', '.join(list(known)[:4])}" if known else ""
        return Judgement("not stated", part, f"not stated in {where}: {why} {person.name}{held}")

    def _stands(self, fact: Fact) -> str:
        """Say a value with its ground."""
        if fact.evidence:
            return f"“{fact.shown}” in {place(self.library, fact.evidence[0])}"
        return f"“{fact.shown}” ({fact.basis})"

    def _offices(self, person: Record) -> list[_Office]:
        found = self._held.get(person.id)
        if found is None:
            facts = (fact for fact in person.all("office") if fact.value)
            found = [_Office(fact, *titles.office(fact.value or "")) for fact in facts]
            self._held[person.id] = found
        return found

    def _known(self) -> set[frozenset[str]]:
        if self._all is None:
            everybody = self.library.records("person")
            self._all = {office.bag for person in everybody for office in self._offices(person)}
        return self._all

    def _code(self, state: str | None) -> str:
        known = state is not None and self.library.kind_of(state) == "state"
        return self.library.record(state).code if known and state is not None else ""


def _grounds(facts: Iterable[Fact]) -> tuple[tuple[Evidence, ...], str]:
    facts = list(facts)
    evidence = tuple(dict.fromkeys(e for fact in facts for e in fact.evidence[:1]))
    return evidence, next((fact.url for fact in facts if fact.url and not evidence), "")


def _first_sentence(words: str) -> str:
    return next((words[a:b] for a, b, _ in passages(words)), words)


def _words(title: Title) -> str:
    return " ".join(sorted(title.office))


def _rank_of(words: str | None) -> str:
    found = titles.before(f"{words} ", len(words or "") + 1, 0) if words else None
    return found.rank if found and found.rank else (words or "").casefold()


def _term(fact: Fact) -> tuple[int | None, int | None]:
    try:
        return bounds(fact.qualifier("term"))
    except DateError:
        return None, None


def _within(offices: Iterable[_Office], days: Sequence[Spoken]) -> bool:
    return any(day.overlaps(*_term(office.fact)) for office in offices for day in days)
