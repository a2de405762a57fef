"""The finder through a lens, and while the index is being built."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tui.desk.render.hits import HitRows, indexing, lens_line
from tui.desk.screens import searching
from tui.paths import cache_folder
from tui.search import Answer, Engine, PassageHit, Progress
from tui.search.locking import Lock
from tui.search.store import LOCK, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.archive import Library


@pytest.fixture
def lock(desk: Callable[..., Any], library: Library) -> Iterator[Lock]:
    """Hold the lock of the index, as another process that builds it does."""
    cache = cache_folder()
    assert cache is not None
    store = Store(cache, library.root)
    store.prepare()
    lock = Lock(store.folder / LOCK)
    assert lock.take()
    yield lock
    lock.release()


async def until(d: Any, words: str, *, gone: bool = False) -> str:
    end = time.monotonic() + 60
    while (words in d.text()) == gone:
        assert time.monotonic() < end, d.text()
        await d.pilot.pause(0.05)
    return str(d.text())


async def test_a_lens_narrows_what_is_found_and_says_what_it_hides(
    desk: Callable[..., Any],
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("deterrence")
        everything = d.screen.asking._answer
        await d.press("escape", "slash", "ctrl+u")
        await d.type("south korea")
        await d.press("enter", "f", "slash", "ctrl+u")
        await d.type("deterrence")
        answer = d.screen.asking._answer
        count = len(everything.records) + everything.total
        shown = len(answer.records) + answer.total
        assert 0 < shown < count
        assert answer.outside == count - shown
        assert f"lens: ROK  {answer.outside} more outside  ctrl+l shows them" in d.text()
        await d.press("ctrl+l")
        assert d.screen.asking._answer.records == everything.records
        assert d.screen.asking._answer.passages == everything.passages
        assert "lens: ROK  set aside here  ctrl+l looks through" in d.text()
        await d.press("ctrl+l")
        assert d.screen.asking._answer.passages == answer.passages


async def test_every_hit_has_to_do_with_the_lens(library: Library) -> None:
    engine = Engine.open(library, cache=None)
    for record in ("ncg", "south-korea", "lloyd-austin", library.timeline.id[0]):
        answer = engine.find("korea", limit=50, within=(record,))
        events = set(library.events_of(record))
        for hit in answer.records:
            assert hit.id in {record} | events | set(library.linked(record))
        named = [(m.source, m.start) for m in library.mentions_of(record)]
        named += [(e.source, e.start) for e in library.record(record).evidence if e.proves]
        assert all(
            any(p.source == s and p.start <= at < p.end for s, at in named)
            or library.kind_of(record) == "event"
            for p in answer.passages
        )
    assert engine.find("korea", within=()).outside == 0


async def test_answers_come_while_the_index_is_built(desk: Callable[..., Any], lock: Lock) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("austin")
        lock.say(Progress(50, 100))
        text = await until(d, "▰▰▰▰▱▱▱▱ 50 of 100 · answers from names so far")
        assert "Lloyd" in text  # the names are there at once
        assert "is being built" not in text
        await d.press("ctrl+u")
        await d.type("deterrence")
        assert "passages indexed by now" not in d.text()  # records answer
        chosen = [d.screen.asking._hit()]
        await d.press("down", "down")
        chosen.append(d.screen.asking._hit())
        assert chosen[0] != chosen[1]
        lock.release()
        text = await until(d, "indexing", gone=True)
        assert d.screen.asking._answer.total > 0
        assert d.screen.asking._answer.searched is None
        assert d.screen.asking._hit().id == chosen[1].id  # the choice stays where it is


async def test_nothing_found_says_where_it_was_looked(desk: Callable[..., Any], lock: Lock) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("lasagna")
        assert "in the 0 passages indexed by now" in d.text()
        lock.release()
        await until(d, "neither in the records nor in the text")


async def test_a_large_archive_is_searched_beside_the_screen(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "AT_ONCE", 0)
    async with desk() as d:
        await d.press("slash")
        await d.type("extnded deterence")
        assert d.screen.asking._answer.query == "extnded deterence"
        assert d.text().count("extnded → extended") == 1
        await d.press(*"xyzxyz")
        await d.press("escape")
        await d.pilot.app.workers.wait_for_complete()
        assert d.screen.asking.kind == ""


async def test_a_reloaded_archive_keeps_the_engine(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("deterrence")
        engine = d.screen.asking._searching._engine
        await d.press("escape")
        await d.pilot.app.action_reload()
        await d.pilot.pause()
        await d.press("slash")
        await d.type("deterrence")
        assert d.screen.asking._searching._engine is engine
        assert d.screen.asking._answer.passages


def test_a_hit_is_found_again_in_another_answer(library: Library) -> None:
    engine = Engine.open(library, cache=None)
    answer = engine.find("deterrence", limit=50)
    rows = HitRows(library, answer)
    hits = [(at, rows.hit(at)) for at in range(len(rows)) if rows.selectable(at)]
    fewer = HitRows(library, answer._replace(records=answer.records[1:]))
    for at, hit in hits:
        assert rows.find(hit) == at
        assert hit == answer.records[0] or fewer.hit(fewer.find(hit)) == hit
    assert rows.find(PassageHit("nowhere", 0, 1, (), "", 1.0)) == -1
    assert rows.find(None) == -1


def words(line: Any) -> str:
    return "".join(text for text, _ in line)


def test_what_is_said_of_a_build() -> None:
    partly = Answer("", 0.0, (), (), 0, (), Progress(64_000, 1_000_000))
    said = words(indexing(Progress(340_000, 1_000_000), partly))
    assert said == "  indexing ▰▰▱▱▱▱▱▱ 340,000 of 1,000,000 · answers from 64,000 so far"
    assert words(indexing(Progress(0, 0), None)) == "  indexing "
    assert "almost there" in words(indexing(Progress(9, 9), partly))


@pytest.mark.parametrize(
    ("outside", "said"),
    [(None, "set aside"), (0, "hides nothing"), (1, "1 more"), (150, "more than 100 outside")],
)
def test_what_is_said_of_a_lens(outside: int | None, said: str) -> None:
    assert said in words(lens_line(["NCG", "ROK"], outside))
    assert "lens: NCG · ROK" in words(lens_line(["NCG", "ROK"], outside))


async def test_enter_waits_for_the_answer_to_exactly_what_was_typed(
    desk: Callable[..., Any], lock: Lock
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("not a slogan")
        await d.press("enter")
        assert "opens the best hit as it comes" in d.text()
        await d.press("n")  # another query now
        assert "opens the best hit" not in d.text()
        await d.press("backspace", "enter")
        assert "opens the best hit" in d.text()
        lock.release()
        await until(d, "n N matches")
        assert d.screen.pane == "reader"
        assert "slogan" in d.lit()


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_enter_is_taken_back_by_an_edit_or_escape(
    desk: Callable[..., Any], lock: Lock, key: str
) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("not a sloga")
        await d.press("enter", key)
        lock.release()
        searching = d.screen.asking._searching
        while searching._engine is None or searching._engine.building:
            await d.pilot.pause(0.05)
        await d.pilot.pause(0.3)
        assert d.screen.pane == "timeline"
        assert d.screen.asking.kind == ("find" if key == "n" else "")
