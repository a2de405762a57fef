"""ugrep: a fuzzy pattern a word, one edit each."""

from __future__ import annotations

import shutil

from searching.peer import Peer, Reply, run


class Ugrep(Peer):
    """`ugrep -Z1 -i`, one process a word, the longest word first, in the order of the file.

    -Z1 forgives one insertion, deletion or substitution, but none in the first letter. Asking for
    all words in one process (`--bool`) takes it two to five times as long as handing the lines of
    the first word on to the next, so it is spared that. Best-match order (`-Zbest`) is not for
    several words or a pipe; the first lines of the file are what it shows.
    """

    name = "ugrep"
    reads_everything = True
    program = "ugrep"
    options = ("-Z1",)

    @classmethod
    def absent(cls) -> str:
        return "" if shutil.which(cls.program) else f"no {cls.program} on the path"

    def ask(self, typed: str, most: int) -> Reply:
        first, *others = sorted(typed.split(), key=len, reverse=True)
        commands = [
            [self.program, "-n", "-i", *self.options, "-e", first, "--", str(self.corpus)],
            *([self.program, "-i", *self.options, "-e", word] for word in others),
        ]
        ran = run(commands, None, most)
        return Reply([int(line.split(b":")[0]) - 1 for line in ran.lines], *ran[1:])
