"""From drafts to records: quotes anchored, values gathered into facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tui.records.evidence import Evidence, Fact
from tui.records.fields import FIELDS, Field
from tui.records.record import Kind, Record
from tui.records.schema import nearest
from tui.records.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.archive.anchor import Anchor
    from tui.archive.drafts import Draft, Ground, SourceDraft
    from tui.archive.ledger import Ledger
    from tui.archive.positions import Path
    from tui.archive.texts import Texts
    from tui.records.evidence import Basis


class _Value(NamedTuple):
    value: str | None
    text: str
    qualifiers: tuple[tuple[str, str], ...]
    path: Path


class Gathering:
    """Turns drafts into records, sources and their evidence.

    `quotes` are all that were anchored, each place once; the counts are made from them. `asked` are
    the ids that the drafts named, of sources and records alike, whether they are there or not;
    `unsettled` says that one was not, so that another id could change what is said of it.
    """

    def __init__(self, kinds: Mapping[str, str], texts: Texts, ledger: Ledger) -> None:
        self._kinds = kinds
        self._texts = texts
        self._ledger = ledger
        self.quotes: dict[Evidence, None] = {}
        self.asked: set[str] = set()
        self.unsettled = False

    def record(self, draft: Draft) -> Record:
        """Make a record; facts whose link leads nowhere are left out and complained about."""
        facts = self._facts(draft, "")
        head = draft.head
        name = str(head.get("name") or head.get("title"))
        kind: Kind = draft.kind  # type: ignore[assignment]  # a draft of a note never comes here
        self._check(draft, facts, name)
        return Record(
            draft.id, kind, name, facts, head.get("type", ""), head.get("code", ""),
            head.get("family", ""), draft.file, draft.line,
        )  # fmt: skip

    def source(self, draft: SourceDraft) -> Source:
        """Make a source."""
        spans: list[Span] = []
        for block in draft.boilerplate:
            evidence = self.evidence(draft.file, block.path, block.data, draft.id)
            if evidence is not None and evidence.proves:
                spans.append(Span(evidence.start, evidence.end))
        short_names: list[tuple[str, str]] = []
        for words, record in draft.head.get("short_names", {}).items():
            path: Path = ("short_names", words)
            if not self.known(draft.file, path, record):
                continue
            if words not in draft.text:
                message = f"the text never says ‘{words}’"
                self._ledger.complain(draft.file, path, message, "short names are verbatim")
            short_names.append((words, record))
        return Source(
            draft.id, draft.head.get("name", draft.id), self._facts(draft, draft.id), draft.sha256,
            draft.size, len(draft.text), tuple(sorted(spans, key=lambda s: (s.start, s.end))),
            tuple(short_names), draft.file,
        )  # fmt: skip

    def evidence(
        self, file: str, path: Path, data: dict[str, Any], source: str = ""
    ) -> Evidence | None:
        """Anchor a quote; None when its source does not exist."""
        source = data.get("source", source)
        self.asked.add(source)
        anchoring = self._texts.anchoring(source)
        if anchoring is None:
            self.unsettled = True
            near = nearest(source, self._texts.ids)
            remedy = f"did you mean ‘{near}’?" if near else "sources/<id>.txt and .toml"
            message = f"there is no source ‘{source}’"
            self._ledger.complain(file, (*path, "source"), message, remedy, skips=1)
            return None
        quote = data["quote"]
        anchor = anchoring.place(
            quote,
            occurrence=data.get("occurrence"),
            prefix=data.get("prefix", ""),
            suffix=data.get("suffix", ""),
        )
        if anchor.problem:
            remedy = _remedy(anchor, anchoring.text)
            message = f"{source}: {anchor.problem}"
            self._ledger.complain(file, (*path, "quote"), message, remedy)
        evidence = Evidence(source, anchor.start, anchor.end, quote, anchor.state)
        self.quotes[evidence] = None
        return evidence

    def _facts(self, draft: Draft, source: str) -> tuple[Fact, ...]:
        facts: dict[tuple[object, ...], Fact] = {}
        for block in draft.grounds:
            evidence = self._ground(draft, block, source)
            if evidence is None:
                continue
            why, url = block.data.get("why", ""), ""
            if block.basis == "outside":
                url = block.data["url"]
            for field in FIELDS[draft.kind]:
                if field.name not in block.data and f"{field.name}_text" not in block.data:
                    continue
                if block.basis == "outside" and field.name == "url":
                    continue
                for value in _values(field, block):
                    if field.shape == "link" and not self._link(draft, field, value):
                        continue
                    basis: Basis = block.basis  # type: ignore[assignment]  # of schema.GROUNDS
                    fact = Fact(
                        field.name, value.value, basis, value.text, why, url, evidence,
                        value.qualifiers,
                    )  # fmt: skip
                    _merge(facts, fact)
        return tuple(facts.values())

    def _ground(self, draft: Draft, block: Ground, source: str) -> tuple[Evidence, ...] | None:
        if block.basis == "outside":
            return ()
        if block.basis == "stated":
            found = self.evidence(draft.file, block.path, block.data, source)
            return None if found is None else (found,)
        quotes = block.data.get("from", [])
        places = [
            self.evidence(draft.file, (*block.path, "from", index), quote, source)
            for index, quote in enumerate(quotes)
        ]
        sound = tuple(place for place in places if place is not None)
        return None if quotes and not sound else sound

    def _link(self, draft: Draft, field: Field, value: _Value) -> bool:
        target = value.value or ""
        if not self.known(draft.file, value.path, target):
            return False
        kind = self._kinds[target]
        if kind not in field.links:
            wanted = " or ".join(field.links)
            message = f"‘{target}’ is of kind {kind}; {field.name} links to {wanted}"
            self._ledger.complain(draft.file, value.path, message, skips=1)
            return False
        return True

    def known(self, file: str, path: Path, target: str) -> bool:
        """Tell whether a record exists; complain at the path if not."""
        if target in self._kinds:
            return True
        self.unsettled = True
        if target in self._ledger.left_out:
            message = f"the record ‘{target}’ is left out for a fault of its own"
            self._ledger.complain(file, path, message, warning=True, skips=1)
            return False
        near = nearest(target, sorted(self._kinds))
        remedy = f"did you mean ‘{near}’?" if near else "write the record, or take the link out"
        message = f"there is no record ‘{target}’"
        self._ledger.complain(file, path, message, remedy, skips=1)
        return False

    def _check(self, draft: Draft, facts: tuple[Fact, ...], name: str) -> None:
        if not draft.grounds:
            message = "the record stands on no ground"
            remedy = f"add [[{draft.kind}.stated]] with a source, a quote and what it proves"
            self._ledger.complain(draft.file, draft.path, message, remedy, at_key=True)
        elif draft.kind != "event":
            fields = ("name", "alias", "native", "abbreviation")
            names = [fact.value for fact in facts if fact.field in fields and fact.value]
            # a headword may begin with a capital where the sources print a small letter
            if name.casefold() not in map(str.casefold, names):
                near = nearest(name, names)
                message = f"‘{name}’ is not among the record's names"
                remedy = f"add the block that says so{f', or is it ‘{near}’?' if near else ''}"
                self._ledger.complain(draft.file, (*draft.path, "name"), message, remedy)


def _values(field: Field, block: Ground) -> Iterator[_Value]:
    data = block.data
    name = field.name
    if name in data and name not in ("source", "quote"):
        found = data[name]
        key = "id" if field.shape == "link" else "value"
        text = data.get(f"{name}_text", "") if field.shape == "date" else ""
        listed = enumerate(found) if isinstance(found, list) else [(None, found)]
        for index, item in listed:
            path = (*block.path, name) if index is None else (*block.path, name, index)
            if isinstance(item, dict):
                narrowing = tuple(sorted((k, v) for k, v in item.items() if k != key))
                yield _Value(item[key], "", narrowing, (*path, key))
            else:
                yield _Value(item, text, (), path)
    elif field.shape == "date" and f"{name}_text" in data:
        yield _Value(None, data[f"{name}_text"], (), (*block.path, f"{name}_text"))


def _merge(facts: dict[tuple[object, ...], Fact], fact: Fact) -> None:
    """Add a fact, or its evidence to the fact that says the same.

    The same value on the same basis is one fact; where one of the two carries qualifiers and the
    other none, they are one as well, but different qualifiers keep them apart.
    """
    words = fact.text if fact.value is None else ""
    key = (fact.field, fact.value, words, fact.basis, fact.why, fact.url)
    for narrowing in (fact.qualifiers, ()) if fact.qualifiers else ((),):
        known = facts.get((*key, narrowing))
        if known is not None:
            break
    else:
        known = None
        if not fact.qualifiers:
            known = next((f for k, f in facts.items() if k[:-1] == key), None)
    if known is None:
        facts[(*key, fact.qualifiers)] = fact
        return
    merged = Fact(
        fact.field, fact.value, fact.basis, known.text or fact.text, fact.why, fact.url,
        tuple(dict.fromkeys((*known.evidence, *fact.evidence))),
        known.qualifiers or fact.qualifiers,
    )  # fmt: skip
    if known.qualifiers == merged.qualifiers:
        facts[(*key, known.qualifiers)] = merged
    else:  # the bare fact takes the qualifiers on, in its old place
        items = [((*key, merged.qualifiers), merged) if f is known else (k, f)
                 for k, f in facts.items()]  # fmt: skip
        facts.clear()
        facts.update(items)


def _remedy(anchor: Anchor, text: str) -> str:
    if len(anchor.places) > 1:
        first = ", ".join(f"{start}–{end}" for start, end in anchor.places[:6])
        return f"add occurrence = 1 … {len(anchor.places)}, or a longer quote (found at {first})"
    if anchor.places:
        start, end = anchor.places[0]
        before, after = text[max(0, start - 32) : start], text[end : end + 32]
        return f"before it stands ‘{before}’, after it ‘{after}’"
    return "quote the text as it is printed" if anchor.state == "drifted" else "check the source"
