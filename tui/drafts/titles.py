"""Read titles as an English draft prints them: rank, office, country, and whether it is over.

An office is compared as the set of words that make it: "Minister of Foreign Affairs" and "foreign
minister" are one, and so are "JCS chairman" and "Chairman of the Joint Chiefs of Staff".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.drafts.demonyms import CODES

if TYPE_CHECKING:
    from collections.abc import Sequence


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_RANKS = {
    "general": "general", "gen": "general", "admiral": "admiral", "adm": "admiral",
    "lieutenant general": "lieutenant general", "lt gen": "lieutenant general",
    "lt general": "lieutenant general", "major general": "major general",
    "maj gen": "major general", "brigadier general": "brigadier general",
    "brig gen": "brigadier general", "vice admiral": "vice admiral", "vice adm": "vice admiral",
    "rear admiral": "rear admiral", "rear adm": "rear admiral", "fleet admiral": "fleet admiral",
    "colonel": "colonel", "col": "colonel", "lieutenant colonel": "lieutenant colonel",
    "lt col": "lieutenant colonel", "captain": "captain", "capt": "captain", "major": "major",
    "marshal": "marshal", "field marshal": "field marshal", "brigadier": "brigadier",
}  # fmt: skip
_HEADS = _words("""
minister secretary president chairman chief leader premier chancellor ambassador director adviser
commander envoy spokesman governor senator congressman speaker representative head counterpart
diplomat czar king emperor
""")
_AREAS = _words("""
defense foreign state unification national security joint chief staff armed forces interior
finance treasury trade affairs intelligence military supreme prime vice deputy first second
assistant under acting executive homeland cabinet special parliamentary general nuclear energy
commerce justice industry policy academy self-defense ground maritime combined vice-minister
economic party council republic
""")
_ANYBODY = _words("counterpart diplomat head")
_DISTINCT = _words("vice deputy assistant under acting prime special parliamentary second")
_DROPPED = _words("of the for to national affairs s a an first republic")
_GENERALS = _words("secretary director consul attorney governor inspector surgeon solicitor")
_LINKS = _words("of the for to")
_FORMER = _words("former ex erstwhile onetime")
_PASSED = _words("then current sitting outgoing late new newly longtime long-time now top veteran")
_NOT_YET = _words("incoming designate nominee elect acting interim")
_SERVICES = _words("army navy naval air force marine marines corps four-star three-star retired")
_SHORTENED = _words("""
jr sr mr mrs ms dr st prof rep sen gov amb hon rev sec min pres def dep asst gen adm lt maj brig
col capt
""")
_SAME = {
    "defence": "defense", "chair": "chairman", "chairwoman": "chairman", "chairperson": "chairman",
    "chiefs": "chief", "advisor": "adviser", "spokeswoman": "spokesman",
    "spokesperson": "spokesman", "congresswoman": "congressman",
    "force": "forces", "sec": "secretary", "min": "minister", "pres": "president",
    }  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)+\.?|[^\W\d_]+(?:['’-][^\W\d_]+)*\.?|[^\s\u200b]")
_NAMED = re.compile(r"[A-Z\u00c0-\u00de]")
_OWNER = re.compile(r"['’]s$|['’]$")


class Token(NamedTuple):
    """A word with its place; `key` is folded, without the mark of a genitive."""

    key: str
    start: int
    end: int
    text: str


class Title(NamedTuple):
    """A title: its place, and what it says; whatever it does not say is empty."""

    start: int
    end: int
    rank: str = ""
    office: frozenset[str] = frozenset()
    head: str = ""
    countries: frozenset[str] = frozenset()
    country: str = ""
    former: bool = False
    unsettled: bool = False
    """It is said of somebody who is about to hold the office, or holds it for another."""


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Give the words and signs of a stretch."""
    return [
        Token(_key(match[0]), match.start(), match.end(), match[0])
        for match in _TOKEN.finditer(text, start, end)
    ]


def _key(word: str) -> str:
    word = _OWNER.sub("", word.replace("\u200b", "")).casefold()
    bare = word.replace(".", "") if len(word) > 1 else word
    return _SAME.get(bare, bare)


def before(text: str, name: int, least: int) -> Title | None:
    """Read the title that stands directly before a name."""
    found = tokens(text, max(least, name - 160), name)
    if found and text[found[-1].end : name].count("\n") > 1:
        return None
    if found and (
        found[-1].key in _LINKS  # head of the Commission
        or (_OWNER.search(found[-1].text) and not _country_width(found, len(found)))
    ):
        return None  # the minister's Seoul visit
    first = len(found)
    while first > 0 and not (first < len(found) and _ends(found[first - 1])):
        width = _country_width(found, first)
        if width:
            first -= width
        elif _belongs(found[first - 1]):
            first -= 1
        elif found[first - 1].key == "," and 1 < first < len(found):
            # Chairman, Admiral Kim Myung-soo: a comma between an office and a rank
            if not _only_rank(found[first:]) or found[first - 2].key not in _HEADS | _AREAS:
                break
            first -= 1
        else:
            break
    return _read(found[first:])


def after(text: str, name: int, most: int) -> Title | None:
    """Read the title that follows a name: set off by a comma, in brackets, or as what one is."""
    lead = _APPOSED.match(text, name, min(most, name + 40))
    if lead is None:
        return None
    found = tokens(text, lead.end(), min(most, lead.end() + 140))
    last = 0
    while last < len(found) and not (last and _ends(found[last - 1])):
        width = _country_ahead(found, last)
        if width:
            last += width
        elif _belongs(found[last]):
            last += 1
        else:
            break
    while last and found[last - 1].key in _LINKS:
        last -= 1
    title = _read(found[:last])
    if title is None or not title.head:
        return None
    if lead["listed"] and not _LISTED_END.match(text, title.end):
        return None  # what somebody says, and no list of who is what
    following = found[last] if last < len(found) and not _ends(found[last - 1]) else None
    if following is not None and (_NAMED.match(following.text) or following.key == "and"):
        return None  # the title of who is named next
    return title


def is_shortened(word: str) -> bool:
    """Tell whether a full stop behind a word is its own: a rank's, a title's, a form of address."""
    bare = word.rstrip(".").casefold()
    return bare in _SHORTENED or "." in bare


def _ends(token: Token) -> bool:
    """Tell whether a full stop behind a word ends its sentence."""
    return token.text.endswith(".") and len(token.text) > 2 and not is_shortened(token.text)


_APPOSED = re.compile(
    r"[\s\u200b]*(?:,\s*|\(\s*|\s[–—-]\s|(?P<listed>:|\s\|)[\s\u200b]*(?![Tt]he\b))(?:who\s+(?:was|is|had\s+been)\s+)?"
    r"|[\s\u200b]+(?:was|is|as|became|serves\s+as|served\s+as|had\s+been|has\s+been)\s+(?=\w)"
)
_LISTED_END = re.compile(r"[ \t\u200b.]*(?:[|,;)\r\n]|\Z)")


def is_title_word(word: str) -> bool:
    """Tell whether a word may be part of a title, or names a country."""
    token = Token(_key(word), 0, len(word), word)
    return _belongs(token) or token.key in CODES or token.key in ("north", "south")


def _belongs(token: Token) -> bool:
    key = token.key
    if key in _LINKS or key in _FORMER or key in _PASSED or key in _NOT_YET or key in _SERVICES:
        return True
    parts = key.split("-")
    if len(parts) > 1 and (parts[0] in _FORMER or parts[0] in _PASSED):
        return all(p in _HEADS | _AREAS for p in parts[1:])
    return key in _HEADS or key in _AREAS or key in _RANK_WORDS or key == "jcs"


_RANK_WORDS = frozenset(word for rank in _RANKS for word in rank.split())


def _only_rank(found: Sequence[Token]) -> bool:
    return all(token.key in _RANK_WORDS or token.key in _SERVICES for token in found)


def _country_width(found: Sequence[Token], last: int) -> int:
    """Tell how many words before a place name a country or its people."""
    for width in (4, 3, 2, 1):
        if last >= width and " ".join(t.key for t in found[last - width : last]) in CODES:
            return width
    return 0


def _country_ahead(found: Sequence[Token], first: int) -> int:
    for width in (4, 3, 2, 1):
        ahead = found[first : first + width]
        if len(ahead) == width and " ".join(t.key for t in ahead) in CODES:
            return width
    return 0


def _read(found: Sequence[Token]) -> Title | None:
    """Read the words of a title; None where they are no title at all."""
    while found and found[0].key in _LINKS:
        found = found[1:]
    if not found:
        return None
    countries: frozenset[str] = frozenset()
    country, rank = "", ""
    former = unsettled = False
    office: list[str] = []
    at = 0
    while at < len(found):
        key = found[at].key
        width = _country_ahead(found, at)
        if width:
            if found[at - 1].key != "to" or at == 0:
                countries = CODES[" ".join(t.key for t in found[at : at + width])]
                country = " ".join(t.text for t in found[at : at + width])
            at += width
            continue
        lead, _, rest = key.partition("-")
        if rest and (lead in _FORMER or lead in _PASSED):
            former = former or lead in _FORMER
            key = rest
        former = former or key in _FORMER
        unsettled = unsettled or key in _NOT_YET
        two = " ".join(t.key for t in found[at : at + 2])
        if two in _RANKS and _ends_a_rank(found, at, at + 2):
            rank, at = _RANKS[two], at + 2
            continue
        if key in _RANKS and _ends_a_rank(found, at, at + 1):
            rank = _RANKS[key]
        elif key == "jcs":
            office += ["joint", "chief", "staff"]
        elif key in _HEADS | _AREAS and not (key == "forces" and found[at - 1].key == "air"):
            office.append(key)
        at += 1
    if "forces" in office:
        countries, country = frozenset(), ""  # whose forces, not whose officer
    bag, head = office_words(office)
    if not (rank or head or countries):
        return None
    start, end = found[0].start, found[-1].end - _ends(found[-1])
    return Title(start, end, rank, bag, head, countries, country, former, unsettled)


def _ends_a_rank(found: Sequence[Token], first: int, after: int) -> bool:
    """Tell a general from a secretary general, and from a general staff."""
    before = found[first - 1].key if first else ""
    following = found[after].key if after < len(found) else ""
    return before not in _GENERALS and following not in ("staff", "secretary", "assembly")


def office(words: str) -> tuple[frozenset[str], str]:
    """Give the words that make an office as an archive records it, and its head."""
    found = tokens(words, 0, len(words))
    return office_words([part for t in found for part in _spelt_out(t.key) if part.isalpha()])


def _spelt_out(key: str) -> list[str]:
    return ["joint", "chief", "staff"] if key == "jcs" else [key]


def office_words(words: Sequence[str]) -> tuple[frozenset[str], str]:
    """Reduce the words of an office to the set they are compared by, and give its head."""
    bag = {word for word in words if word not in _DROPPED}
    heads = [word for word in words if word in _HEADS]
    if {"joint", "chief"} <= bag and (
        "chairman" in bag or (words[-1] in ("chief", "head") and list(words).count("chief") > 1)
    ):
        return frozenset(("joint chiefs", "chairman")), "chairman"
    if "chief" in bag and "staff" in bag:
        bag -= {"joint"}
    order = ("chairman", "minister", "secretary", "president")
    head = next((word for word in order if word in heads), heads[-1] if heads else "")
    if head in _ANYBODY:
        return frozenset(), head
    return frozenset(bag - _ANYBODY), head  # his counterpart Secretary Austin


def short_for(said: frozenset[str], head: str, recorded: frozenset[str], its_head: str) -> bool:
    """Tell whether an office as said is the recorded one, in full or in short."""
    if said == recorded:
        return True
    if head == "chief" and "defense" in said and its_head in ("minister", "secretary"):
        return "defense" in recorded  # the defense chief
    return head == its_head and said < recorded and not (recorded - said) & _DISTINCT
