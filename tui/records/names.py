"""Compare people's names by keys: equal or not, never by how alike they look.

Letter similarity puts Kim Yong Hyun nearer to Kim Jong Un than to Gim Yong-hyeon. A key is a
Hangul spelling that a name may stand for (김용현), or, for other names, their words in a fixed
order. One written form has several keys where its spelling leaves the sound open; two names may be
one person's where they share a key. Sharing a key suggests, it never proves: namesakes exist.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.records.hangul import is_han, is_hangul, is_syllable, letters_of, soften
from tui.records.romanised import readings
from tui.records.surnames import GIVEN_HAN, HAN, HANGUL, LATIN

_TITLE_WORDS = """
mr mrs ms dr prof professor sir gen general adm admiral lt lieutenant vice rear brig brigadier
maj major col colonel capt captain cmdr commander sgt marshal minister ministers secretary
president premier prime chancellor ambassador envoy chairman chairwoman chair chief director
spokesman spokesperson spokeswoman sen senator rep representative congressman congresswoman gov
governor deputy assistant acting former first defense defence foreign unification state us rok
dprk south north korean japanese american leader
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_HANGUL_TITLES = (
    "대통령|국방장관|외교장관|장관|차관|총리|의원|의장|실장|위원장|대사|대장|중장|제독|장군|수상|씨"
)
_HANGUL_TITLE = re.compile(rf"\s*(?:{_HANGUL_TITLES})$")
_HYPHENS = re.compile(r"[-‐-―−˗﹣－]+")
_LETTERS = re.compile(r"[a-z]+")
_LONG_VOWELS = re.compile(r"(o)(?:o|u|h(?![aiueoy]))|(u)u")
_ROMAJI = re.compile(
    r"(?:(?:[kgsztdnhbpmr]y?|sh|ch|j|ts|f|w|y)?[aiueo]"
    r"|n(?![aiueoy])|m(?=[bpm])|([kstp])(?=\1)|t(?=ch))+"
)
_KUNREI = tuple(
    (re.compile(spelt), hepburn)
    for spelt, hepburn in (
        *(("sy", "sh"), ("ty", "ch"), ("[zj]y", "j"), ("si", "shi"), ("ti", "chi"), ("zi", "ji")),
        *(("tu", "tsu"), ("(?<![sc])hu", "fu"), ("m(?=[bpm])", "n")),
    )
)
_NO_MARKS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that do not come apart into a plain one and a mark."""


@lru_cache(maxsize=8192)
def keys(name: str) -> frozenset[str]:
    """Give every key of a full name.

    Korean names give Hangul spellings, whatever they are written in and whichever end the family
    name stands at. Any other name of two or more words in Latin letters gives its words sorted,
    without titles, initials and suffixes, and with Japanese long vowels written short. A single
    word is no full name and has a key only where it reads as a joined Korean name.
    """
    if hangul := _hangul(name):
        return hangul
    words = _words(name)
    found = set(_korean(words, comma="," in name))
    if not found and len(words) > 1:
        plain = [part for word in words for part in word]
        long = [word for word in plain if len(word) > 1 and word not in _SUFFIXES]
        if len(long) > 1:
            found.add(" ".join(sorted(map(_hepburn, long))))
            joined = ["".join(word) for word in words if "".join(word) not in _SUFFIXES]
            joined = [word for word in joined if len(word) > 1]
            if len(joined) > 1:  # Jun-ichiro is Junichiro
                found.add(" ".join(sorted(map(_hepburn, joined))))
    return frozenset(found)


@lru_cache(maxsize=8192)
def surname_keys(name: str) -> frozenset[str]:
    """Give the family names, in Hangul, that a lone word may be: 尹, 윤, Yoon and Yun are one."""
    bare = unicodedata.normalize("NFKC", _without_title(name))
    if bare in HAN:
        return frozenset({HAN[bare]})
    if bare and all(map(is_syllable, bare)):
        softened = soften(bare[0]) + bare[1:]
        return frozenset({softened} & HANGUL)
    words = _words(name)
    while len(words) > 1 and words[0][0] in _TITLES:
        words = words[1:]
    alone = len(words) == 1 and len(words[0]) == 1
    return frozenset(LATIN.get(words[0][0], ())) if alone else frozenset()


@lru_cache(maxsize=8192)
def given_keys(name: str) -> frozenset[str]:
    """Give the Hangul spellings that a given name on its own may stand for: yong-hyeon, 용현."""
    bare = unicodedata.normalize("NFKC", name).replace(" ", "")
    if bare and all(map(is_syllable, bare)):
        return frozenset({_settle(bare)}) if len(bare) == 2 else frozenset()
    return frozenset(key for key in _given(_words(name)) if len(key) == 2)


@lru_cache(maxsize=1024)
def beginnings(text: str) -> frozenset[str]:
    """Give the ways, in Hangul, in which a name begins that is being typed in Hangul or Han.

    The last syllable may be half typed (윤ㅅ, 기). Northern spellings begin as Southern ones, and
    Han characters as they are read. Anything else begins no name.
    """
    letters = "".join(letters_of(text).split())
    if letters and is_han(letters[0]):
        width = 2 if letters[:2] in HAN else 1
        surname = HAN.get(letters[:width], "")
        read = [GIVEN_HAN.get(c, "" if is_han(c) else c) for c in letters[width:]]
        letters = surname + "".join(read) if surname and all(read) else ""
    if not letters or not all(map(is_hangul, letters)):
        return frozenset()
    found = {letters}
    if is_syllable(letters[0]):
        softened = soften(letters[0])
        found |= {softened + letters[1:], softened + _settle(letters[1:])}
    return frozenset(found)


def same_name(one: str, other: str) -> bool:
    """Tell whether two full names share a key."""
    return not keys(one).isdisjoint(keys(other))


def _without_title(name: str) -> str:
    return _HANGUL_TITLE.sub("", name.strip())


def _hangul(name: str) -> frozenset[str]:
    """Read a name in Hangul or Han, family name first, as the one key that it is."""
    letters = "".join(_without_title(unicodedata.normalize("NFKC", name)).split())
    if not 2 <= len(letters) <= 5:
        return frozenset()
    if is_han(letters[0]):
        width = 2 if letters[:2] in HAN and len(letters) > 2 else 1
        surname = HAN.get(letters[:width])
        given = [c if is_syllable(c) else GIVEN_HAN.get(c) for c in letters[width:]]
        if surname is None or None in given:
            return frozenset()
        letters = surname + "".join(filter(None, given))
    if not all(map(is_syllable, letters)):
        return frozenset()
    width = 2 if letters[:2] in HANGUL and len(letters) > 3 else 1
    surname = soften(letters[0]) + letters[1:width]
    return frozenset({surname + _settle(letters[width:])}) if surname in HANGUL else frozenset()


def _settle(given: str) -> str:
    """Write a given name in the one way that North and South, and 렬 and 열, share."""
    head = soften(given[0]) if given and is_syllable(given[0]) else given[:1]
    return head + given[1:].replace("렬", "열").replace("률", "율")


def _words(name: str) -> list[list[str]]:
    """Fold a name in Latin letters to words, each the list of its hyphenated parts."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_NO_MARKS))
    text = text.replace("o\u0306", "eo").replace("u\u0306", "eu")
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’‘ʻʼ`")
    words = [_LETTERS.findall(word) for word in _HYPHENS.sub("-", text.replace(".", " ")).split()]
    words = [word for word in words if word]
    # Two parts have to be left: Gen Nakatani is a minister, not a general.
    while words and words[0][0] in _TITLES and len(words[0]) == 1 and sum(map(len, words)) > 2:
        words = words[1:]
    return words


def _korean(words: list[list[str]], *, comma: bool) -> frozenset[str]:
    """Read Latin words as a Korean name, with the family name at either end."""
    found: set[str] = set()
    if len(words) > 1:
        ends = (
            [(words[0], words[1:])] if comma else [(words[0], words[1:]), (words[-1], words[:-1])]
        )
        for surname, given in ends:
            if surnames := LATIN.get("".join(surname)):
                found.update(s + g for s in surnames for g in _given(given))
    if not found:
        found.update(_joined("".join("".join(word) for word in words)))
    return frozenset(found)


def _joined(letters: str) -> frozenset[str]:
    """Read letters without any boundary: a family name at either end, two syllables beside it."""
    found: set[str] = set()
    if 6 <= len(letters) <= 20:
        for width in range(2, 9):
            for surname, given in (
                (letters[:width], letters[width:]),
                (letters[-width:], letters[:-width]),
            ):
                two = [key for key in _settled(given) if len(key) == 2] if surname in LATIN else []
                found.update(s + key for s in LATIN.get(surname, ()) for key in two)
    return frozenset(found)


def _given(words: list[list[str]]) -> frozenset[str]:
    """Read a given name, keeping the boundaries it is written with where that reads at all."""
    parts = [part for word in words for part in word]
    if not parts or len(parts) > 3:
        return frozenset()
    found = frozenset({""})
    for part in parts:
        most = 2 if len(parts) == 1 else 1
        found = frozenset(head + tail for head in found for tail in readings(part, most))
    if not found and len(parts) > 1:
        found = readings("".join(parts), 2)
    return frozenset(map(_settle, found))


def _settled(letters: str) -> frozenset[str]:
    return frozenset(map(_settle, readings(letters, 2)))


def _hepburn(word: str) -> str:
    """Write a Japanese word in one way: long vowels short, Si as Shi, Homma as Honma.

    Yōko, Youko, Yohko and Yooko are Yoko; Kisida, in the state's own spelling, is Kishida.
    """
    if not _ROMAJI.fullmatch(word.replace("oh", "o") if "oh" in word else word):
        return word
    word = _LONG_VOWELS.sub(r"\1\2", word)
    for spelt, hepburn in _KUNREI:
        word = spelt.sub(hepburn, word)
    return word
