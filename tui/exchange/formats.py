"""The formats in which a quote is copied, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.biblatex import biblatex
from tui.exchange.csl import csl_json
from tui.exchange.prose import markdown, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.exchange.citing import Claim

FORMATS: dict[str, Callable[[Sequence[Claim]], str]] = {
    "plain text": plain,
    "Markdown": markdown,
    "BibLaTeX": biblatex,
    "CSL-JSON": csl_json,
}
"""The first is what `y` copies."""
