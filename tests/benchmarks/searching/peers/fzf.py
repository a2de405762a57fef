"""fzf: every line scored for every query, sorted by score."""

from __future__ import annotations

import os
import shutil

from searching.corpus import Lines
from searching.peer import Peer, Reply, run


class Fzf(Peer):
    """`fzf --filter`, as its users have it: fuzzy, the words in any order, all of them, any case.

    Its own default is what suits these queries: the extended syntax takes words between blanks for
    a fuzzy pattern each and wants them all; the second algorithm finds the best alignment; lines
    come by score, of equals the shorter first. It uses every core. Only the first lines are read,
    and then it is stopped, which spares it the printing.
    """

    name = "fzf"
    reads_everything = True

    @classmethod
    def absent(cls) -> str:
        return "" if shutil.which("fzf") else "no fzf on the path"

    def open(self) -> None:
        os.environ.pop("FZF_DEFAULT_OPTS", None)
        self._lines = Lines(self.corpus)

    def ask(self, typed: str, most: int) -> Reply:
        ran = run([["fzf", "--filter", typed]], self.corpus, most)
        return Reply([self._lines.number(line) for line in ran.lines], *ran[1:])
