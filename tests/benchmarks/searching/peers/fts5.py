"""SQLite's full-text search by trigrams, its best rows ranked again by rapidfuzz."""

from __future__ import annotations

import sqlite3

from searching.corpus import Lines
from searching.peer import Peer

CANDIDATES = 150


class Fts5(Peer):
    """FTS5 with the trigram tokenizer, then the mean `partial_ratio` of the typed words.

    A row has to hold some trigram of every word, which is quicker and finds more than any trigram
    of any word; only where that gives too little is any taken. Rows are ordered by BM25. The index
    keeps places (without them the order is worth nothing) but not the text, which lies beside it.
    """

    name = "fts5"
    reads_everything = True  # as good as: it scores every row with a frequent trigram

    @classmethod
    def absent(cls) -> str:
        try:
            sqlite3.connect(":memory:").execute(
                "create virtual table t using fts5(body, tokenize='trigram')"
            )
        except sqlite3.OperationalError as error:
            return f"SQLite {sqlite3.sqlite_version}: {error}"
        return ""

    def load(self) -> None:
        import rapidfuzz.fuzz  # noqa: F401

    def build(self) -> None:
        base = sqlite3.connect(self.folder / "fts5.sqlite")
        base.execute("pragma journal_mode = off")
        base.execute("pragma synchronous = off")
        base.execute("create virtual table t using fts5(body, tokenize='trigram', content='')")
        rows = ((number, line.lower()) for number, line in enumerate(Lines(self.corpus), 1))
        base.executemany("insert into t(rowid, body) values (?, ?)", rows)
        base.execute("insert into t(t) values ('optimize')")
        base.commit()
        base.close()

    def open(self) -> None:
        self._base = sqlite3.connect(self.folder / "fts5.sqlite")
        self._lines = Lines(self.corpus)

    def find(self, typed: str, most: int) -> list[int]:
        from rapidfuzz import fuzz

        words = typed.replace("-", " ").split()
        groups = [" OR ".join(f'"{w[at : at + 3]}"' for at in range(len(w) - 2)) for w in words]
        groups = [group for group in groups if group]
        rows = self._rows(" AND ".join(f"({group})" for group in groups))
        if len(rows) < most:
            rows += [row for row in self._rows(" OR ".join(groups)) if row not in rows]

        def likeness(number: int) -> float:
            text = self._lines[number].lower()
            return sum(fuzz.partial_ratio(word, text) for word in words)

        return sorted(rows, key=likeness, reverse=True)[:most]

    def _rows(self, query: str) -> list[int]:
        if not query:
            return []
        asked = "select rowid from t where t match ? order by rank limit ?"
        return [row[0] - 1 for row in self._base.execute(asked, (query, CANDIDATES))]
