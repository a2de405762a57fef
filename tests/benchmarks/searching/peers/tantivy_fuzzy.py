"""tantivy's own fuzzy terms, without a vocabulary of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searching.peer import Peer

if TYPE_CHECKING:
    import tantivy

_WORD = re.compile(r"\w+")


class TantivyFuzzy(Peer):
    """All words as FuzzyTermQuery of one edit (swapped letters are one), the last as a beginning.

    A fuzzy term weighs the same however near, so the word as typed counts again, by BM25, where it
    stands in a passage. What finds nothing is asked again with two edits.
    """

    name = "tantivy_fuzzy"

    @classmethod
    def absent(cls) -> str:
        from importlib.util import find_spec

        return "" if find_spec("tantivy") else "no tantivy in this Python"

    def load(self) -> None:
        import tantivy  # noqa: F401

    def _schema(self) -> tantivy.Schema:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=False, index_option="freq")
        builder.add_integer_field("line", stored=False, indexed=False, fast=True)
        return builder.build()

    def build(self) -> None:
        import tantivy

        terms = self.folder / "terms"
        terms.mkdir()
        index = tantivy.Index(self._schema(), path=str(terms))
        writer = index.writer(100_000_000, 1)
        for number, line in enumerate(self.lines()):
            document = tantivy.Document()
            document.add_text("body", line)
            document.add_integer("line", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(self.folder / "terms"))
        self._searcher = self._index.searcher()

    def find(self, typed: str, most: int) -> list[int]:
        words = _WORD.findall(typed.lower())
        return self._within(words, most, 1) or self._within(words, most, 2)

    def _within(self, words: list[str], most: int, edits: int) -> list[int]:
        import tantivy

        schema, query = self._index.schema, tantivy.Query
        parts = []
        for place, word in enumerate(words):
            begun = place == len(words) - 1
            fuzzy = query.fuzzy_term_query(
                schema, "body", word, distance=edits, transposition_cost_one=True, prefix=begun
            )
            exact = query.term_query(schema, "body", word, index_option="freq")
            parts += [(tantivy.Occur.Must, fuzzy), (tantivy.Occur.Should, exact)]
        if not parts:
            return []
        hits = self._searcher.search(query.boolean_query(parts), most, count=False).hits
        if not hits:
            return []
        places = [place for _, place in hits]
        return [int(n) for n in self._searcher.fast_field_values("line", places) if n is not None]
