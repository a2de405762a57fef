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
        "readout-dim": "#8b949c",
        "readout-faint": "#59626a",
        "readout-border": "#333b43",
        "readout-cursor": "#222c33",
        "readout-on-lit": "#1a1508",
    },
)

LIGHT = Theme(
    name="readout-light",
    primary="#2a7a6c",
    secondary="#2b5ea8",
    accent="#f6cf6a",
    warning="#a66a00",
    error="#bd3a22",
    success="#3c7a2f",
    foreground="#2c3035",
    background="#faf7f0",
    surface="#f5f1e8",
    panel="#eee8db",
    dark=False,
    variables={
        "readout-strong": "#0b0d0f",
        "readout-dim": "#686e74",
        "readout-faint": "#8f9294",
        "readout-border": "#d3ccbc",
        "readout-cursor": "#ebe4d3",
        "readout-on-lit": "#1d1600",
        "readout-key": "#a66a00",
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


class Palette:
    """The styles of one theme, by role.

    A theme of somebody else's needs only Textual's own variables; the finer greys are then mixed
    from its foreground and background. In an ansi theme nothing is mixed: the user's terminal
    has the say, and light and cursor are reverse and underline.
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

        accent = Color.parse(variables["accent"])
        warning = Color.parse(variables["warning"])
        secondary = Color.parse(variables["secondary"])
        success = Color.parse(variables["success"])
        error = Color.parse(variables["error"])
        focus = Color.parse(variables["primary"])
        strong = own("strong", foreground)
        dim = own("dim", mixed(0.6))
        faint = own("faint", mixed(0.38))
        border = own("border", mixed(0.2))
        cursor = own("cursor", background if self._ansi else background.blend(foreground, 0.1))
        key = own("key", accent)
        base = Style(color=foreground.rich_color, bgcolor=background.rich_color)

        def style(colour: Color, *, bold: bool = False, grey: bool = False) -> Style:
            return base + Style(
                color=colour.rich_color, bold=bold or None, dim=(grey and self._ansi) or None
            )

        if self._ansi:
            lit = base + Style(reverse=True, bold=True)
            cursor_style = Style(underline=True)
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
        self.under_cursor = Styles(
            {
                role: found if role == "lit" else found + cursor_style
                for role, found in styles.items()
            }
        )

    def style(self, role: str, *, cursor: bool = False) -> Style:
        """Give the terminal style of a role, on the cursor row if asked for."""
        return (self.under_cursor if cursor else self.plain)[role]


class Styles(dict[str, Style]):
    """Styles by role; an unknown role is plain text, so that a missing colour hides no words."""

    def __missing__(self, role: str) -> Style:
        return self[""]
