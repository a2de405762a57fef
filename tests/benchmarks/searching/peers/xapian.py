"""Xapian with spelling correction. Runs under whichever Python has its bindings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from searching.corpus import Lines
from searching.peer import Peer

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

PYTHON = "XAPIAN_PYTHON"
"""The variable that names the Python to serve it with."""
_DOCUMENTS_A_FLUSH = "200000"


class Xapian(Peer):
    """All words as typed; else corrected by its own spelling dictionary; else any of them.

    `FLAG_SPELLING_CORRECTION` and `FLAG_PARTIAL` (the last word as a beginning), as its manual
    shows them for search as you type. Its corrections are asked only where nothing holds what was
    typed: it corrects words that are right as well, and asked first they would cost it an exact
    query in six. Words are not stemmed, since what is sought stands in the text as it was typed
    before it was spoilt. Hyphens are taken for blanks, which spares it phrases and their places.
    """

    name = "xapian"

    @classmethod
    def python(cls) -> str:
        """Give the Python to serve it: the one named, this one, or the system's."""
        named = (os.environ.get(PYTHON), sys.executable, shutil.which("python3", path=os.defpath))
        able = (one for one in named if one and _has_xapian(one))
        return next(able, "")

    @classmethod
    def absent(cls) -> str:
        return "" if cls.python() else "no Python here imports xapian (--xapian-python names one)"

    def load(self) -> None:
        self._xapian: ModuleType | Any = __import__("xapian")

    def build(self) -> None:
        xapian = self._xapian
        os.environ["XAPIAN_FLUSH_THRESHOLD"] = _DOCUMENTS_A_FLUSH
        base = xapian.WritableDatabase(str(self.folder / "growing"), xapian.DB_CREATE_OR_OVERWRITE)
        generator = xapian.TermGenerator()
        generator.set_database(base)
        generator.set_flags(xapian.TermGenerator.FLAG_SPELLING)
        for line in Lines(self.corpus):
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text_without_positions(line)
            base.add_document(document)
        base.commit()
        base.compact(str(self.folder / "terms"))
        base.close()
        shutil.rmtree(self.folder / "growing")

    def open(self) -> None:
        xapian = self._xapian
        self._base = xapian.Database(str(self.folder / "terms"))
        self._enquire = xapian.Enquire(self._base)

    def find(self, typed: str, most: int) -> list[int]:
        xapian = self._xapian
        typed = typed.replace("-", " ")
        partial = xapian.QueryParser.FLAG_PARTIAL
        parser = self._parser(xapian.Query.OP_AND)
        flags = partial | xapian.QueryParser.FLAG_SPELLING_CORRECTION
        if found := self._best(parser.parse_query(typed, flags), most):
            return found
        corrected = parser.get_corrected_query_string()
        if isinstance(corrected, bytes):
            corrected = corrected.decode("utf8")
        if corrected and (found := self._best(parser.parse_query(corrected, partial), most)):
            return found
        parser = self._parser(xapian.Query.OP_OR)
        return self._best(parser.parse_query(corrected or typed, partial), most)

    def _parser(self, together: int) -> Any:
        parser = self._xapian.QueryParser()
        parser.set_database(self._base)
        parser.set_default_op(together)
        return parser

    def _best(self, query: Any, most: int) -> list[int]:
        self._enquire.set_query(query)
        return [match.docid - 1 for match in self._enquire.get_mset(0, most)]


class XapianCorrected(Xapian):
    """The same, but what it proposes for the words typed is asked at once, and nothing else.

    This is its spelling flag taken at its word, as many programs take it.
    """

    name = "xapian_corrected"
    shares = "xapian"

    def find(self, typed: str, most: int) -> list[int]:
        xapian = self._xapian
        typed = typed.replace("-", " ")
        partial = xapian.QueryParser.FLAG_PARTIAL
        parser = self._parser(xapian.Query.OP_AND)
        flags = partial | xapian.QueryParser.FLAG_SPELLING_CORRECTION
        query = parser.parse_query(typed, flags)
        corrected = parser.get_corrected_query_string()
        if isinstance(corrected, bytes):
            corrected = corrected.decode("utf8")
        if corrected:
            query = parser.parse_query(corrected, partial)
        if found := self._best(query, most):
            return found
        parser = self._parser(xapian.Query.OP_OR)
        return self._best(parser.parse_query(corrected or typed, partial), most)


def _has_xapian(python: str) -> bool:
    tried = subprocess.run([python, "-c", "import xapian"], stderr=subprocess.DEVNULL, check=False)
    return tried.returncode == 0
