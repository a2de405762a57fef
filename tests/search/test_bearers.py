"""Names kept as bytes answer as they did as tuples and dicts, one at a time."""

from __future__ import annotations

import marshal
import tracemalloc
from array import array
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.archive.columns import Strings
from tui.search.bearers import Bearers, Lists, Sorted
from tui.search.fold import fold, words_in
from tui.search.naming import gather
from tui.search.store import _weights

if TYPE_CHECKING:
    from tui.archive import Library

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def test_every_name_of_the_archive_is_held(shipped: Library) -> None:
    bearers = Bearers(gather(shipped)["names"])
    of: dict[str, list[tuple[str, str]]] = {}
    for record, field, text in shipped.names():
        of.setdefault(record, [("id", record)]).append((field, text))
    assert list(bearers.ids) == list(of)
    for at, (record, names) in enumerate(of.items()):
        assert bearers.place(record) == at
        assert bearers.kind(at) == shipped.kind_of(record)
        numbers = bearers.names(at)
        held = [(bearers.field(n), bearers.text(n)) for n in numbers]
        assert [name for name in held if name[0] != "initials"] == names
        assert {bearers.record(n) for n in numbers} == {at}
        assert bearers.text(bearers.headword(at)) == names[1][1]
        for n in numbers:
            assert bearers.words(n) == tuple(words_in(fold(bearers.text(n))))
            assert bearers.size(n) == len(bearers.words(n))
    assert bearers.place("nobody-of-this-name") == -1
    assert not bearers.names(-1)


def test_weights_are_those_of_the_archive_whatever_the_order(shipped: Library) -> None:
    ids = list(Bearers(gather(shipped)["names"]).ids)
    events = dict(zip(shipped.timeline.id, shipped.timeline.evidence, strict=True))

    def weight(name: str) -> int:
        return events[name] if name in events else len(shipped.mentions_of(name))

    for some in (ids, ids[::-1], ids[:5], []):
        found = _weights(shipped, Strings(Strings.pack(some)))
        assert list(found) == [weight(name) for name in some]
    assert list(_weights(shipped, Strings(Strings.pack(["unknown"])))) == [0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, st.integers(0, 50))), TEXT)
def test_what_begins_so_is_found_by_halving(pairs: list[tuple[str, int]], typed: str) -> None:
    table = Sorted(Sorted.pack(pairs))
    for letters in (typed, *(one for one, _ in pairs), *(one[:2] for one, _ in pairs)):
        begun = sorted(pair for pair in pairs if pair[0].startswith(letters))
        assert list(table.beginning(letters)) == begun
        assert list(table.of(letters)) == [number for one, number in begun if one == letters]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 1 << 31))), st.lists(TEXT), st.lists(TEXT))
def test_lists_and_ends_are_kept(lists: list[list[int]], one: list[str], other: list[str]) -> None:
    held: Any = Lists(Lists.pack(lists))
    assert [list(held[at]) for at in range(len(lists))] == lists
    assert held.sizes() == array("I", map(len, lists))
    strings, end = Strings(Strings.pack([*one, *other])), Strings(Strings.pack(other))
    assert strings.ends_with(end)
    assert end.ends_with(strings) == (one == [])
    assert not Strings(Strings.pack([*one, "ab", "c"])).ends_with(
        Strings(Strings.pack(["a", "bc"]))
    )


def test_names_hold_little_more_than_they_say() -> None:
    names: list[tuple[str, str, str, tuple[str, ...]]] = []
    kinds: dict[str, str] = {}
    for number in range(5_000):
        record, title = f"event-{number}", f"Meeting number {number} of a body"
        kinds[record] = "event"
        names.append((record, "id", record, ("event", str(number))))
        names.append((record, "headword", title, tuple(title.lower().split())))
    pairs = [(text.replace(" ", ""), at) for at, (_, _, text, _) in enumerate(names)]
    written = marshal.dumps((Bearers.pack(names, kinds), Sorted.pack(pairs)))
    tracemalloc.start()
    try:
        bearers, table = Bearers((plain := marshal.loads(written))[0]), Sorted(plain[1])
        del plain
        assert [bearers.text(at) for at in range(len(names))] == [name[2] for name in names]
        assert sum(1 for _ in table.beginning("Meeting")) == 5_000
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 1.3 * len(written)
