"""Themes, and the palette that turns the roles of pieces into terminal styles.

This is the one file where colours live. One amber for what is lit, one green for focus, red for
disagreement only; all else is grey or says the same thing as a mark beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    name="readout-dark",
    primary="#7fb8a8",
    secondary="#7aa5dc",
    accent="#f2c35c",
    warning="#d8a145",
    error="#e27a68",
    success="#86b97a",
    foreground="#d6dadd",
    background="#12161a",
    surface="#161b20",
    panel="#1c2329",
    dark=True,
    variables={
        "readout-strong": "#f3f5f6",
        "readout-dim": "#99a2aa",
        "readout-faint": "#78828a",
        "readout-border": "#333b43",
        "readout-cursor": "#222c33",
        "readout-on-lit": "#1a1508",
    },
)

LIGHT = Theme(
    name="readout-light",
    primary="#226c60",
    secondary="#2b5ea8",
    accent="#f6cf6a",
    warning="#8a5800",
    error="#b3341d",
    success="#33701f",
    foreground="#2c3035",
    background="#faf7f0",
    surface="#f5f1e8",
    panel="#eee8db",
    dark=False,
    variables={
        "readout-strong": "#0b0d0f",
        "readout-dim": "#565c62",
        "readout-faint": "#6c7175",
        "readout-border": "#d3ccbc",
        "readout-cursor": "#ebe4d3",
        "readout-on-lit": "#1d1600",
        "readout-key": "#8a5800",
    },
)

CONTRAST = Theme(
    name="readout-contrast",
    primary="#5fffd7",
    secondary="#8fc7ff",
    accent="#ffd75f",
    warning="#ffc14d",
    error="#ff8a75",
    success="#87ff87",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#101010",
    dark=True,
    variables={
        "readout-strong": "#ffffff",
        "readout-dim": "#d0d0d0",
        "readout-faint": "#b0b0b0",
        "readout-border": "#8a8a8a",
        "readout-cursor": "#303030",
        "readout-on-lit": "#000000",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)

READABLE, SEEN = 4.5, 3.0
"""Contrast with what they stand on, of words and of what is faint, as WCAG 2 reckons it."""

QUOTED = ("quote", "cite")
"""What is quoted at length: bold, as sixteen colours draw a chosen row, it would be a wall."""


class Palette:
    """The styles of one theme, by role.

    A theme of somebody else's needs only Textual's own variables; the finer greys are then mixed
    from its foreground and background, and a colour that the background would swallow is drawn
    towards the foreground until it can be read. In an ansi theme nothing is mixed: the user's
    terminal has the say, light and cursor are reverse and bold, and of the sixteen colours those
    are taken that mean what ours mean: Textual's have blue for focus, which black swallows, and
    in the light one red for warnings, which is for disagreement only.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        foreground = Color.parse(variables["foreground"])
        background = Color.parse(variables["background"])
        self._ansi = background.ansi is not None

        def own(name: str, fallback: Color) -> Color:
            value = variables.get(f"readout-{name}")
            return Color.parse(value) if value else fallback

        def mixed(share: float) -> Color:
            return foreground if self._ansi else background.blend(foreground, share)

        cursor = own("cursor", background if self._ansi else background.blend(foreground, 0.1))

        def read(colour: Color, least: float = READABLE) -> Color:
            if self._ansi:
                return colour
            shares = (n / 10 for n in range(11))
            found = (colour.blend(foreground, share) for share in shares)
            return next((c for c in found if contrast(c, cursor) >= least), foreground)

        accent = Color.parse(variables["accent"])
        warning = read(Color.parse(variables["warning"]))
        secondary = read(Color.parse(variables["secondary"]))
        success = read(Color.parse(variables["success"]))
        error = read(Color.parse(variables["error"]))
        focus = read(Color.parse(variables["primary"]))
        strong = own("strong", foreground)
        dim = read(own("dim", mixed(0.6)))
        faint = read(own("faint", mixed(0.38)), SEEN)
        border = own("border", mixed(0.2))
        key = read(own("key", accent))
        if self._ansi:
            focus = success
            warning = key = accent if "red" in variables["warning"] else warning
        base = Style(color=foreground.rich_color, bgcolor=background.rich_color)

        def style(colour: Color, *, bold: bool = False, grey: bool = False) -> Style:
            return base + Style(
                color=colour.rich_color, bold=bold or None, dim=(grey and self._ansi) or None
            )

        if self._ansi:
            lit = base + Style(reverse=True, bold=True)
            cursor_style = Style(bold=True)  # underlined, a card of many rows is ruled paper
        else:
            on_lit = own("on-lit", accent.get_contrast_text(0.95))
            lit = Style(color=on_lit.rich_color, bgcolor=accent.rich_color, bold=True)
            cursor_style = Style(bgcolor=cursor.rich_color)
        styles: dict[str, Style] = {
            "": base,
            "strong": style(strong, bold=True),
            "dim": style(dim, grey=True),
            "faint": style(faint, grey=True),
            "lit": lit,
            "quote": base,
            "cite": style(dim, grey=True),
            "link": style(secondary),
            "key": style(key),
            "held": style(success),
            "stated": style(success),
            "planned": style(warning),
            "inferred": style(warning),
            "reported": style(secondary),
            "outside": style(secondary),
            "differs": style(error),
            "denied": style(dim, grey=True),
            "focus": style(focus),
            "focus-strong": style(focus, bold=True),
            "bar": style(focus),
            "border": style(border, grey=True),
            "title": style(strong, bold=True),
            "match": style(key, bold=True),
            "input": style(strong, bold=True),
            "caret": base + Style(reverse=True),
        }
        self.plain = Styles(styles)
        calm = {"lit", *(QUOTED if self._ansi else ())}
        self.under_cursor = Styles(
            {
                role: found if role in calm else found + cursor_style
                for role, found in styles.items()
            }
        )

    def style(self, role: str, *, cursor: bool = False) -> Style:
        """Give the terminal style of a role, on the cursor row if asked for."""
        return (self.under_cursor if cursor else self.plain)[role]


def contrast(one: Color, other: Color) -> float:
    """Give the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Styles(dict[str, Style]):
    """Styles by role; an unknown role is plain text, so that a missing colour hides no words."""

    def __missing__(self, role: str) -> Style:
        return self[""]
