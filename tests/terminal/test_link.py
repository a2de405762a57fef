"""The desk opened by a link, in a real terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["wide", "narrow"])
def test_a_link_opens_the_desk_where_it_leads(
    terminal: Callable[..., Any], size: tuple[int, int]
) -> None:
    desk = terminal("readout:art-001#98-138", size=size)
    desk.until("link art-001")
    screen = desk.quiet()
    assert "56th Security" in screen
    assert "Consultative Meeting (SCM)" in screen
    assert desk.leave() == 0
    assert desk.left_as_found()


@pytest.mark.parametrize(
    ("link", "code", "says"),
    [
        ("readout:art-01#1-2", 1, "did you mean art-001"),
        ("readout:art-001#30-10", 2, "did you mean readout:art-001#10-30"),
        ("readout:art-001#1-99999", 1, "nothing stands at"),
    ],
)
def test_a_link_that_leads_nowhere_draws_no_screen(
    terminal: Callable[..., Any], link: str, code: int, says: str
) -> None:
    desk = terminal(link)
    assert desk.wait() == code
    assert says in " ".join(desk.text.split())
    assert 1049 not in desk.modes
