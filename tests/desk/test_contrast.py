"""Every word of the desk can be read, in every theme."""

from __future__ import annotations

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.desk.render.palette import READABLE, SEEN, THEMES, Palette, contrast

RED, BLUE, BRIGHT = 1, 4, 8
FAINT = {"faint": SEEN}
DRAWN = {"border", "lit", "caret"}
"""Lines around boxes are no words; what is lit or holds the caret stands on a ground of its own."""
OTHERS = [theme for theme in BUILTIN_THEMES.values() if "ansi" not in theme.name]


def _palette(theme: Theme) -> Palette:
    return Palette({**theme.to_color_system().generate(), **theme.variables})


def _ratio(palette: Palette, role: str, *, cursor: bool) -> float:
    style = palette.style(role, cursor=cursor)
    assert isinstance(style.color, RichColor)
    assert isinstance(style.bgcolor, RichColor)
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def test_the_ratio_is_that_of_the_standard() -> None:
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, Color.parse("#777777")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_our_themes_are_readable_as_they_are_written(theme: Theme) -> None:
    palette, variables = _palette(theme), theme.to_color_system().generate()
    for role in palette.plain.keys() - {"border", "caret"}:
        assert _ratio(palette, role, cursor=False) >= READABLE, role
        assert _ratio(palette, role, cursor=True) >= FAINT.get(role, READABLE), role
    # nothing had to be drawn towards the foreground: the colours are the theme's own
    for role, name in (("planned", "warning"), ("differs", "error"), ("outside", "secondary")):
        assert palette.style(role).color == Color.parse(variables[name]).rich_color


@pytest.mark.parametrize("theme", OTHERS, ids=lambda theme: theme.name)
def test_other_themes_are_made_as_readable_as_their_own_text(theme: Theme) -> None:
    palette = _palette(theme)
    for cursor in (False, True):
        most = _ratio(palette, "", cursor=cursor)
        for role in palette.plain.keys() - DRAWN:
            least = min(FAINT.get(role, READABLE), most)
            assert _ratio(palette, role, cursor=cursor) >= least, (role, cursor)


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_sixteen_colours_mean_what_ours_mean(name: str) -> None:
    palette = _palette(BUILTIN_THEMES[name])
    colour = {role: found.number for role in palette.plain if (found := palette.style(role).color)}
    assert colour["differs"] == RED
    assert {role for role, found in colour.items() if found in (RED, RED + BRIGHT)} == {"differs"}
    assert colour["focus"] == colour["held"]
    assert colour["key"] == colour["planned"]
    assert not {BLUE, BLUE + BRIGHT} & set(colour.values())
    assert palette.style("lit").reverse
    assert not palette.style("", cursor=True).underline
    assert palette.style("", cursor=True) != palette.style("")
    for role in ("quote", "cite", "lit"):  # a comparison that is chosen is no wall of bold
        assert palette.style(role, cursor=True) == palette.style(role)
