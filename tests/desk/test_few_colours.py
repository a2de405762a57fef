"""A terminal of sixteen colours is drawn in its own ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("term", "depth", "theme"),
    [
        ("xterm", "", "ansi-dark"),
        ("xterm-256color", "", "readout-dark"),
        ("xterm", "truecolor", "readout-dark"),
    ],
)
async def test_the_theme_suits_the_terminal(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, term: str, depth: str, theme: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", depth)
    async with desk() as d:
        assert d.pilot.app.theme == theme
