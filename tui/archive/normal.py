"""A text in normal form, with the way back to its original offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise

_FOLDED = {
    **dict.fromkeys("‘’‚‛′ʼ`´＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys(
        "\u00ad\u200b\u200c\u200d\u2060\ufeff\u180e"
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "",
    ),
}
# What may not be copied as it stands: anything but printable ASCII, Hangul syllables and unified
# ideographs, with the letter before it (a mark may belong to that letter); a space that is not one
# single space; and the backtick.
_STABLE = "!-~\uac00-\ud7a3\u4e00-\u9fff"
_SPECIAL = re.compile(f"[{_STABLE}]?[^ \\s{_STABLE}][^ {_STABLE}]*|\\s*[^\\S ]\\s*|  +|`")


class NormalText:
    """A text folded for comparing: NFKC, straight quotes, one kind of dash, single spaces.

    Zero-width characters, soft hyphens and marks of direction are dropped. `text` is the folded
    form; `span` leads from a stretch of it back to the original. One character may fold to
    several (an ellipsis) and several to one (a letter and its accent): a stretch that begins or
    ends inside such a cluster takes in the whole of it.
    """

    def __init__(self, original: str) -> None:
        self._length = len(original)
        # Runs of the folded text: where each begins there and in the original. A run either maps
        # one to one (its original length is -1), or is a cluster that stands for one stretch.
        self._begins: list[int] = []
        self._origins: list[int] = []
        self._lengths: list[int] = []
        out: list[str] = []
        self._size = 0
        self._space = True  # a space at the beginning is dropped
        at = 0
        for found in _SPECIAL.finditer(original):
            if at < found.start():
                self._plain(original, at, found.start(), out)
            self._fold(found[0], found.start(), out)
            at = found.end()
        if at < len(original):
            self._plain(original, at, len(original), out)
        self.text = "".join(out).rstrip(" ")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Lead a non-empty stretch of the folded text back to its original offsets."""
        first = bisect_right(self._begins, start) - 1
        last = bisect_right(self._begins, end - 1) - 1
        begin, finish = self._origins[first], self._origins[last]
        if self._lengths[first] < 0:
            begin += start - self._begins[first]
        if self._lengths[last] < 0:
            finish += end - self._begins[last]
        else:
            finish += self._lengths[last]
        return begin, finish

    def _plain(self, original: str, start: int, end: int, out: list[str]) -> None:
        if self._space and original[start] == " ":
            start += 1
            if start == end:
                return
        self._run(start, -1)
        out.append(original[start:end])
        self._size += end - start
        self._space = original[end - 1] == " "

    def _fold(self, special: str, origin: int, out: list[str]) -> None:
        if special.isspace():  # however long
            special = "\n"
        for start, cluster in _clusters(special):
            if cluster.isspace():
                folded = " "
            elif (known := _FOLDED.get(cluster)) is not None:
                folded = known
            else:
                composed = unicodedata.normalize("NFKC", cluster)
                folded = "".join([_FOLDED.get(c, c) for c in composed])
                folded = " ".join(folded.split()) if not folded.isspace() else " "
            if not folded or (folded == " " and self._space):
                continue
            self._run(origin + start, len(cluster))
            out.append(folded)
            self._size += len(folded)
            self._space = folded == " "

    def _run(self, origin: int, length: int) -> None:
        self._begins.append(self._size)
        self._origins.append(origin)
        self._lengths.append(length)


def normal(text: str) -> str:
    """Give the normal form of a text."""
    return NormalText(text).text


def _clusters(text: str) -> list[tuple[int, str]]:
    """Split into letters with the marks on them, Hangul syllables of single jamo, and the rest."""
    starts: list[int] = []
    before = ""
    for index, char in enumerate(text):
        joined = bool(before) and (
            (unicodedata.combining(char) and not before.isspace())
            or ("\u1160" <= char <= "\u11ff" and "\u1100" <= before <= "\u11ff")
            or ("\u11a8" <= char <= "\u11ff" and "\uac00" <= before <= "\ud7a3")
        )
        if not joined:
            starts.append(index)
        before = char
    starts.append(len(text))
    return [(a, text[a:b]) for a, b in pairwise(starts)]
