"""A text index of names that does not mind diacritics, case, Unicode form, place of tones, or short forms."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tantivy import Document, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer
from tantivy import Index as TextIndex

from kg.errors import QueryRefused
from kg.model.fold import accented_key, key, plain
from kg.model.graph import Reader
from kg.search.abbreviations import other_forms
from kg.search.entities import KINDS, Entity, read_entities

_WRITER_BYTES: Final = 30_000_000
_MOST_WORDS: Final = 24
_MORE: Final = 50
# What a match adds, so that each kind of closeness counts for more than how rare a word is:
_WHOLE_NAME, _SAME_NAME, _BEGINNING, _WORDS_IN_ORDER, _SAME_MARKS, _STANDING, _WHOLE_WORD = 40, 30, 10, 8, 6, 4, 2
_STANDS_OUT: Final = "stands-out"
_NOT_WORD = re.compile(r"[^\w\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity found. `kind` is one of `KINDS`; `note` may be empty."""

    iri: str
    label: str
    kind: str
    note: str
    score: float


class Index:
    """The names of one state of a graph, in memory; safe to ask from several threads."""

    def __init__(self, entities: list[Entity]) -> None:
        builder = SchemaBuilder()
        for name in ("folded", "accented"):
            builder.add_text_field(name, tokenizer_name="words", index_option="position")
        for name in ("whole", "whole_accented", "kind", "standing"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("entity", stored=True)
        self._schema = builder.build()
        self._entities = entities
        self._by_iri = {entity.iri: entity for entity in entities}
        self._index = TextIndex(self._schema)
        self._index.register_tokenizer("words", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        writer = self._index.writer(_WRITER_BYTES, 1)
        for number, entity in enumerate(entities):
            writer.add_document(_document(number, entity))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    @classmethod
    def build(cls, reader: Reader) -> "Index":
        """Indexes all that the graph names."""
        return cls(read_entities(reader))

    def named(self, iri: str) -> Entity | None:
        """The entity with this IRI, when it is one that has a name and was not merged into another."""
        return self._by_iri.get(iri)

    def find(self, text: str, kind: str | None = None, limit: int = 10) -> list[Hit]:
        """Entities that have all these words in their names, best first; the last word may be unfinished.

        Where none has all the words, those that have most of them. Raises QueryRefused for a kind that does not exist.
        """
        if kind is not None and kind not in KINDS:
            raise QueryRefused(f"There is no kind '{kind}'; use one of {', '.join(KINDS)}.")
        words = key(text).split()[:_MOST_WORDS]
        if not words or limit < 1:
            return []
        return self._search(text, words, Occur.Must, kind, limit) or self._search(
            text, words, Occur.Should, kind, limit
        )

    def _search(self, text: str, words: list[str], occur: Occur, kind: str | None, limit: int) -> list[Hit]:
        needed: list[tuple[Occur, Query]] = [(occur, self._word("folded", word)) for word in words[:-1]]
        needed.append((occur, self._unfinished(words[-1])))
        enough = len(words) if occur == Occur.Must else (len(words) + 1) // 2
        least = None if occur == Occur.Must else enough
        clauses = [(Occur.Must, Query.boolean_query(needed, minimum_number_should_match=least))]
        if kind is not None:
            clauses.append((Occur.Must, self._worth("kind", kind, 0.0)))
        clauses += [(Occur.Should, query) for query in self._closeness(text, words)]
        searcher = self._index.searcher()
        found = searcher.search(Query.boolean_query(clauses), limit + _MORE).hits
        hits = [self._hit(searcher.doc(address)["entity"][0], float(score)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit.score, len(hit.label), hit.label, hit.note, hit.iri))[:limit]

    def _closeness(self, text: str, words: list[str]) -> list[Query]:
        marks = accented_words(text)
        closeness = [
            self._worth("standing", _STANDS_OUT, _STANDING),
            Query.const_score_query(self._beginning("whole", " ".join(words)), _BEGINNING),
            self._worth("whole", " ".join(words), _WHOLE_NAME),
            self._worth("whole_accented", " ".join(marks), _SAME_NAME),
            *(self._worth("accented", word, _SAME_MARKS) for word in marks[:_MOST_WORDS]),
        ]
        if len(words) > 1:
            in_order = Query.phrase_prefix_query(self._schema, "folded", list(words))
            closeness.append(Query.const_score_query(in_order, _WORDS_IN_ORDER))
        return closeness

    def _unfinished(self, word: str) -> Query:
        beginning = self._beginning("folded", word)
        whole = Query.boost_query(self._word("folded", word), _WHOLE_WORD)
        return Query.boolean_query([(Occur.Should, beginning), (Occur.Should, whole)])

    def _beginning(self, name: str, words: str) -> Query:
        return Query.fuzzy_term_query(self._schema, name, words, distance=0, prefix=True)

    def _word(self, name: str, word: str) -> Query:
        return Query.term_query(self._schema, name, word)

    def _worth(self, name: str, word: str, score: float) -> Query:
        return Query.const_score_query(self._word(name, word), score)

    def _hit(self, number: int, score: float) -> Hit:
        entity = self._entities[number]
        return Hit(entity.iri, entity.label, entity.kind, entity.note, score)


def accented_words(text: str) -> list[str]:
    """The words of a text with their marks, equal for old and new tone placement."""
    return [_accented_word(word) for word in _NOT_WORD.sub(" ", plain(text)).split()]


@lru_cache(maxsize=100_000)
def _accented_word(word: str) -> str:
    return accented_key(word)


@lru_cache(maxsize=100_000)
def _folded_word(word: str) -> str:
    return key(word)


def _document(number: int, entity: Entity) -> Document:
    document = Document()
    document.add_unsigned("entity", number)
    document.add_text("kind", entity.kind)
    if entity.stands_out:
        document.add_text("standing", _STANDS_OUT)
    for name in dict.fromkeys((entity.label, *entity.names)):
        folded = " ".join(filter(None, map(_folded_word, name.split())))
        accented = " ".join(accented_words(name))
        document.add_text("folded", folded)
        document.add_text("accented", accented)
        document.add_text("whole", folded)
        document.add_text("whole_accented", accented)
        for form in other_forms(folded):
            document.add_text("folded", form)
            document.add_text("whole", form)
    return document
