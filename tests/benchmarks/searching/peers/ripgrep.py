"""ripgrep: no forgiveness, the letters as they are typed."""

from __future__ import annotations

from searching.peer import Reply, run
from searching.peers.ugrep import Ugrep


class Ripgrep(Ugrep):
    """`rg -P` with a look-ahead a word: one command that wants all words, in any order.

    It finds letters, not words, so that a word broken off is found; in the order of the file.
    """

    name = "ripgrep"
    program = "rg"

    def ask(self, typed: str, most: int) -> Reply:
        pattern = "^" + "".join(f"(?=.*{word})" for word in typed.split())
        ran = run([[self.program, "-n", "-i", "-P", pattern, str(self.corpus)]], None, most)
        return Reply([int(line.split(b":")[0]) - 1 for line in ran.lines], *ran[1:])


class RipgrepPiped(Ugrep):
    """`rg -F word | rg -F word | …`, the longest first: the fastest way to ask it by hand.

    Only the first process reads the file, for plain letters, which it is made for.
    """

    name = "ripgrep_piped"
    program = "rg"
    options = ("-F",)
