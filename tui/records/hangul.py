"""Hangul syllables and the letters they are built of.

Unicode composes the 11,172 modern syllables by a formula (The Unicode Standard, section 3.12), so
that taking one apart needs no table.
"""

from __future__ import annotations

import unicodedata

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_FIRST, _LAST = 0xAC00, 0xD7A3
_PALATAL = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
# What one keystroke each adds to a composed vowel or final, in typing order.
_STROKES = {
    **{
        "ㅘ": "ㅗㅏ",
        "ㅙ": "ㅗㅐ",
        "ㅚ": "ㅗㅣ",
        "ㅝ": "ㅜㅓ",
        "ㅞ": "ㅜㅔ",
        "ㅟ": "ㅜㅣ",
        "ㅢ": "ㅡㅣ",
    },
    **{"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"},
    **{"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"},
}
_LONE = {
    **{chr(0x1100 + at): letter for at, letter in enumerate(INITIALS)},
    **{chr(0x1161 + at): letter for at, letter in enumerate(VOWELS)},
    **{chr(0x11A8 + at): letter for at, letter in enumerate(FINALS[1:])},
    **{unicodedata.normalize("NFKC", letter): letter for letter in FINALS[1:]},  # ㅄ, U+1121
}
"""Conjoining letter → the letter on its own."""


def is_syllable(character: str) -> bool:
    """Tell whether a character is a composed modern syllable."""
    return _FIRST <= ord(character) <= _LAST


def is_hangul(character: str) -> bool:
    """Tell whether a character is a syllable, a letter on its own, or a conjoining letter."""
    code = ord(character)
    return (
        _FIRST <= code <= _LAST
        or 0x1100 <= code <= 0x11FF
        or 0x3131 <= code <= 0x318E
        or 0xA960 <= code <= 0xA97F
        or 0xD7B0 <= code <= 0xD7FB
    )


def is_han(character: str) -> bool:
    """Tell whether a character is an ideograph."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x323AF
    )


def compose(initial: str, vowel: str, final: str = "") -> str:
    """Build one syllable of its letters."""
    place = (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
    return chr(_FIRST + place)


def decompose(syllable: str) -> tuple[str, str, str]:
    """Take one composed syllable apart into initial, vowel and final (which may be empty)."""
    place = ord(syllable) - _FIRST
    return INITIALS[place // 588], VOWELS[place // 28 % 21], FINALS[place % 28]


def letters_of(text: str) -> str:
    """Write text so that a letter on its own is the one that keyboards type, not a conjoining one.

    What an input method has not composed yet, or a file system has taken apart, is composed.
    """
    return "".join(_LONE.get(c, c) for c in unicodedata.normalize("NFKC", text))


def strokes(text: str) -> str:
    """Give the letters in the order they are typed, so that half a syllable is a prefix.

    윤석 becomes ㅇㅠㄴㅅㅓㄱ, of which 윤ㅅ (ㅇㅠㄴㅅ) and 윤서 (ㅇㅠㄴㅅㅓ) are prefixes. Other
    characters stay as they are.
    """
    typed: list[str] = []
    for character in letters_of(text):
        letters = decompose(character) if is_syllable(character) else (character,)
        typed += (_STROKES.get(letter, letter) for letter in letters)
    return "".join(typed)


def initials(text: str) -> str:
    """Give the letter that each syllable begins with: 김용현 is ㄱㅇㅎ, and so is ㄱㅇㅎ itself."""
    found: list[str] = []
    for character in letters_of(text):
        if is_syllable(character):
            found.append(decompose(character)[0])
        else:  # ㄱ and ㅅ typed in a row may have come out as ㄳ
            found.append(_STROKES.get(character, character))
    return "".join(found)


def skips(text: str) -> bool:
    """Tell whether a syllable is only begun and the next one follows: ㄱㅇ, 윤ㅅㅇ, not 윤ㅅ."""
    letters = "".join(_STROKES.get(c, c) for c in letters_of(text))
    return any(letter in INITIALS for letter in letters[:-1])


def begins(typed: str, name: str) -> bool:
    """Tell whether a name in Hangul goes as far as it was typed, syllables half typed or skipped.

    A letter alone is any syllable that begins with it; the last syllable may be half typed.
    """
    letters = "".join(_STROKES.get(c, c) for c in letters_of(typed))
    for at, letter in enumerate(letters):
        rest = name[at:]
        if letter in INITIALS:
            if initials(rest[:1]) != letter:
                return False
        elif at == len(letters) - 1:
            return strokes(rest).startswith(strokes(letter))
        elif not rest.startswith(letter):
            return False
    return bool(letters)


def soften(syllable: str) -> str:
    """Write a syllable as the South does at the head of a word: 리 as 이, 로 as 노, 녀 as 여."""
    initial, vowel, final = decompose(syllable)
    if initial in "ㄹㄴ" and vowel in _PALATAL:
        return compose("ㅇ", vowel, final)
    return compose("ㄴ", vowel, final) if initial == "ㄹ" else syllable


def becoming(letter: str) -> tuple[tuple[str, str], ...]:
    """Give what the last letter or syllable typed may go on to, as ranges of Hangul.

    Each is a first and a last beginning of a word, both included: ㅈ may become 자 to 징, 저 to
    젛, 고 any of 고 to 굏; 핟 may be the beginning of 하다 to 하딯, and 갑 of 값.
    """
    letter = letters_of(letter)
    if letter in INITIALS:
        return (_all_of(letter),)
    if not is_syllable(letter):
        return ()
    initial, vowel, final = decompose(letter)
    if not final:
        last = [v for v in VOWELS if v == vowel or _STROKES.get(v, v).startswith(vowel)][-1]
        return ((letter, compose(initial, last, FINALS[-1])),)
    typed = _STROKES.get(final, final)
    fuller = [f for f in FINALS if f != final and _STROKES.get(f, f).startswith(final)]
    ranges = [(compose(initial, vowel, f),) * 2 for f in fuller]
    before = compose(initial, vowel, typed[:-1])
    low, high = _all_of(typed[-1])
    return (*ranges, (before + low, before + high))


def _all_of(initial: str) -> tuple[str, str]:
    """Give the first and the last of the syllables that begin with a letter."""
    return compose(initial, VOWELS[0]), compose(initial, VOWELS[-1], FINALS[-1])
