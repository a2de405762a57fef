"""Read Korean syllables written in Latin letters.

Four ways of writing meet in one text: Revised Romanisation (Yong-hyeon), McCune-Reischauer
without its marks (Yong-hyon), the North's own (Thae, where the South has Tae) and what a person
prints on a visiting card (Yong-hyun, Young-hyun).
Each letter group lists every Hangul letter it is used for, so that one spelling has several
readings; two spellings may name one person where they share a reading.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tui.records.hangul import compose

if TYPE_CHECKING:
    from collections.abc import Iterator

# Doubled consonants and ㅋ are left out: no given name in use has them.
_INITIALS = {
    "": "ㅇ",
    "g": "ㄱ",
    "k": "ㄱ",
    "n": "ㄴ",
    "d": "ㄷ",
    "t": "ㄷㅌ",
    "th": "ㅌ",
    "r": "ㄹ",
    "l": "ㄹ",
    "m": "ㅁ",
    "b": "ㅂ",
    "p": "ㅂㅍ",
    "ph": "ㅍ",
    "s": "ㅅ",
    "sh": "ㅅ",
    "j": "ㅈ",
    "ch": "ㅈㅊ",
    "h": "ㅎ",
}
_VOWELS = {
    "a": "ㅏ",
    "ah": "ㅏ",
    "ae": "ㅐ",
    "ai": "ㅐ",
    "ay": "ㅐ",
    "e": "ㅔㅐ",
    "ya": "ㅑ",
    "yae": "ㅒ",
    "ye": "ㅖ",
    "eo": "ㅓ",
    "uh": "ㅓ",
    "o": "ㅗㅓ",
    "oh": "ㅗ",
    "u": "ㅜㅓㅡ",
    "oo": "ㅜ",
    "ou": "ㅜㅓ",
    "eou": "ㅓ",
    "eu": "ㅡ",
    "ea": "ㅐ",
    "ui": "ㅢ",
    "eui": "ㅢ",
    "yeo": "ㅕ",
    "yeou": "ㅕ",
    "yo": "ㅛㅕ",
    "you": "ㅕㅠ",
    "yu": "ㅠㅕ",
    "yoo": "ㅠ",
    "yeu": "ㅕ",
    "wa": "ㅘ",
    "oa": "ㅘ",
    "wae": "ㅙ",
    "oe": "ㅚ",
    "oi": "ㅚ",
    "we": "ㅞㅙㅚ",
    "wo": "ㅝ",
    "uo": "ㅝ",
    "weo": "ㅝ",
    "wi": "ㅟ",
    "i": "ㅣ",
    "ee": "ㅣ",
    "ie": "ㅣ",
}
# A w before u, a y before i are for ease of reading only (Woo, Wook, Yi), at a syllable's head.
_BARE_VOWELS = {"woo": "ㅜ", "wu": "ㅜ", "yi": "ㅣ"}
_FINALS = {
    "": ("",),
    "k": ("ㄱ",),
    "g": ("ㄱ",),
    "ck": ("ㄱ",),
    "c": ("ㄱ",),
    "n": ("ㄴ",),
    "t": ("ㄷ", "ㅅ"),
    "l": ("ㄹ",),
    "r": ("ㄹ",),
    "m": ("ㅁ",),
    "p": ("ㅂ",),
    "b": ("ㅂ",),
    "ng": ("ㅇ",),
}


@lru_cache(maxsize=4096)
def readings(letters: str, most: int = 2) -> frozenset[str]:
    """Give every Hangul spelling that lower-case Latin `letters` may stand for.

    `most` bounds the number of syllables. What does not read as Korean has no spelling.
    """
    if not letters:
        return frozenset({""})
    if most == 0 or len(letters) > 7 * most:
        return frozenset()
    found: set[str] = set()
    for length, syllables in _heads(letters):
        for rest in readings(letters[length:], most - 1):
            found.update(syllable + rest for syllable in syllables)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _heads(letters: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Give the ways to take one syllable from the head: letters used, syllables it may be."""
    return tuple(
        (place, tuple(compose(i, v, f) for i in initials for v in vowels for f in finals))
        for place, initials, vowels, finals in _split(letters)
    )


def _split(letters: str) -> Iterator[tuple[int, str, str, tuple[str, ...]]]:
    if letters.startswith("wh"):  # 환 is Hwan to every system, and Whan to many who bear it
        letters = "hw" + letters[2:]
    for initial in ("", letters[:1], letters[:2]):
        if initial not in _INITIALS or (initial and not letters.startswith(initial)):
            continue
        for width in (1, 2, 3, 4):
            after = len(initial) + width
            spelt = letters[len(initial) : after]
            vowels = _VOWELS.get(spelt, "") if len(spelt) == width else ""
            if not initial and spelt in _BARE_VOWELS:
                vowels = _BARE_VOWELS[spelt]
            if not vowels:
                continue
            if initial == "h" and vowels == "ㅣ":
                vowels = "ㅣㅢ"
            for final in dict.fromkeys(
                ("", letters[after : after + 1], letters[after : after + 2])
            ):
                if final in _FINALS:
                    yield after + len(final), _INITIALS[initial], vowels, _FINALS[final]
