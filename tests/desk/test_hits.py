"""The finder's rows: titles before reasons, a forgiven slip said once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


async def test_what_was_read_for_a_slip_is_said_once(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("extnded deterence")
        text = d.text()
        assert text.count("extnded → extended") == 1
        assert text.count("deterence → deterrence") == 1
        assert "art-003 · 31 Jan 2023? – Feb 2023?" in text


async def test_an_id_is_not_shown_as_a_name(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        await d.type("scm")
        results = "\n".join(row[:66] for row in d.rows()[4:])
        assert "Security Consultative Meeting" in results
        assert "scm-56-" not in results


async def test_examples_stand_in_columns(desk: Callable[..., Any]) -> None:
    async with desk() as d:
        await d.press("slash")
        rows = d.rows()
        name = next(row.index("a name, however") for row in rows if "a name, however" in row)
        script = next(row.index("in its own script") for row in rows if "in its own" in row)
        assert script + len("김용현尹") == name  # each of these takes two cells
