"""Read what a person typed: words, "exact phrases" and -words to leave out; all else is literal."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.search.fold import Folded, fold, words_in

MOST_CHARACTERS = 256
MOST_WORDS = 32
CUT = f"Only the first {MOST_CHARACTERS} characters of the query are searched."

_STOP = """
a an the and or of to in on at for by with from into as is are was were be been being am that this
these those it its he she they them his her their we our you your i my me who whom whose what when
where which how why do does did done has have had having will would shall should can could may
might must there here about than then so if but
"""
STOP_WORDS = frozenset(_STOP.split())
"""Words that need not stand in a passage for it to answer."""

_QUOTED = re.compile(r"""(?:(?<=\s)|^)(-?)["“”„«»]([^"“”„«»]+)["“”„«»](?=\s|$)""")
_LEFT_OUT = re.compile(r"(?:(?<=\s)|^)-(?=[^\W\d_])(\S+)")


class Query(NamedTuple):
    """A query taken apart.

    `words` holds the words of phrases too; `open` says that the last word may go on.
    """

    text: str
    words: tuple[str, ...] = ()
    open: bool = False
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Tell whether nothing but words was typed."""
        return not self.phrases and not self.without


def read(typed: str, *, narrowed: bool = False) -> Query:
    """Take a query apart; any text at all is a query.

    `narrowed` says that fields stood beside it: it may do without words.
    """
    notices = []
    text = typed
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        notices.append(CUT)
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []

    def take_quoted(match: re.Match[str]) -> str:
        if quoted := tuple(words_in(fold(match[2]))):
            (without if match[1] else phrases).append(quoted)
        return " " if match[1] else f" {match[2]} "

    def take_left_out(match: re.Match[str]) -> str:
        if left_out := tuple(words_in(fold(match[1]))):
            without.append(left_out)
        return " "

    rest = _LEFT_OUT.sub(take_left_out, _QUOTED.sub(take_quoted, text))
    words = _distinct(words_in(fold(rest)))
    if without and not words and not narrowed:  # nothing is left to look for: take it as it stands
        words, without, phrases = _distinct(words_in(fold(text))), [], []
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS]
        notices.append(f"Only the first {MOST_WORDS} words of the query are searched.")
    return Query(
        text.strip(),
        tuple(words),
        _goes_on(text, without) and len(text) == len(typed),
        tuple(phrases),
        tuple(without),
        tuple(notices),
    )


def _distinct(words: list[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _goes_on(text: str, without: list[tuple[str, ...]]) -> bool:
    """Tell whether the text ends within a word that is searched for."""
    folded = Folded(text)
    places = folded.places()
    if not places or folded.span(*places[-1])[1] != len(text):
        return False
    return not without or folded.word(places[-1]) != without[-1][-1]
