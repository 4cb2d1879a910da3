"""A text index of names that does not mind diacritics, case, Unicode form, place of tones, or short forms."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tantivy import Index as TextIndex
from tantivy import Occur, Query, Searcher

from kg.errors import QueryRefused
from kg.model.fold import key
from kg.model.graph import Reader
from kg.namespaces import PREFIXES
from kg.search.days import pieces_with
from kg.search.documents import (
    SCHEMA,
    STANDS_OUT,
    accented_words,
    document_of,
    entity_of,
    in_place,
    state_document,
    text_index,
)
from kg.search.entities import Entity, read_entities
from kg.search.facts import KINDS

_WRITER_BYTES: Final = 15_000_000  # the least that the engine takes
_BUILDER_BYTES: Final = 100_000_000
_MOST_WORDS: Final = 24
_ALIKE: Final = 10  # hits beyond the limit that may have the same score as the last one within
# What a match is worth, so that each kind of closeness counts for more than those after it:
_WHOLE_NAME, _SAME_NAME, _BEGINNING, _WORDS_IN_ORDER, _SAME_MARKS, _STANDING, _WHOLE_WORD, _WORD = (
    40, 30, 10, 8, 6, 4, 2, 1,
)  # fmt: skip
_ANY_STATE: Final = Query.regex_query(SCHEMA, "state", ".+")
_QUOTED: Final = re.compile(r'["“„]([^"“”„]*)["”]')


@dataclass(frozen=True, slots=True)
class Hit:
    """One entity found. `kind` is one of `KINDS`; `note` may be empty."""

    iri: str
    label: str
    kind: str
    note: str
    score: float


class Index:
    """The names of one state of a graph; safe to ask from several threads."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> "Index":
        """These entities, in memory."""
        made = text_index()
        fill(made, entities, "in memory")
        return cls(made.searcher())

    @classmethod
    def build(cls, reader: Reader) -> "Index":
        """All that the graph names, in memory."""
        return cls.of(read_entities(reader))

    @property
    def state(self) -> str | None:
        """The state of the graph that was written with the index; None for an index of nothing."""
        found = self._searcher.search(_ANY_STATE, 1, count=False).hits
        return str(self._searcher.doc(found[0][1])["state"][0]) if found else None

    def named(self, iri: str) -> Entity | None:
        """The entity with this IRI, when it is one that has a name and was not merged into another."""
        found = self._searcher.search(_word("iri", iri), 1, count=False).hits
        return entity_of(self._searcher.doc(found[0][1])) if found else None

    def place(self, text: str) -> Entity:
        """The place that an IRI, a `prefix:local` name or words name; of namesakes the one that is found first.

        Raises QueryRefused where there is none.
        """
        prefix, _, local = text.partition(":")
        words = key(text).split()[:_MOST_WORDS]
        if prefix in PREFIXES or not words or "//" in text:
            entity = self.named(PREFIXES.get(prefix, f"{prefix}:") + local)
        else:
            found = self._search(_Asked(text, words, _filters("place", None, None)).query(Occur.Must), 1)
            entity = self.named(found[0].iri) if found else None
        if entity is None or entity.kind != "place":
            raise QueryRefused(f"'place' cannot be '{text[:80]}'; give a place by its name or its IRI.")
        return entity

    def find(
        self,
        text: str,
        kind: str | None = None,
        limit: int = 10,
        *,
        place: str | None = None,
        on: dt.date | None = None,
        offset: int = 0,
    ) -> list[Hit]:
        """Entities that have all these words in their names, best first; the last word may be unfinished.

        Words in quotation marks must follow each other as they stand. Where nothing has all the words, those that have
        most of them. `place` (an IRI) holds it to what belongs to a place, `on` to what there was or may have been on a
        day (`kg.search.scope`). Raises QueryRefused for a kind that does not exist.
        """
        if kind is not None and kind not in KINDS:
            raise QueryRefused(f"There is no kind '{kind}'; use one of {', '.join(KINDS)}.")
        words = key(text).split()[:_MOST_WORDS]
        if not words or limit < 1:
            return []
        asked = _Asked(text, words, _filters(kind, place, on))
        reach = offset + limit
        found = self._search(asked.query(Occur.Must), reach) or self._search(asked.query(Occur.Should), reach)
        return found[offset:reach]

    def _search(self, query: Query, reach: int) -> list[Hit]:
        found = self._searcher.search(query, reach + _ALIKE, count=False, weight_by_field="rank").hits
        hits = [self._hit(entity_of(self._searcher.doc(address)), float(score)) for score, address in found]
        return sorted(hits, key=lambda hit: (-hit.score, len(hit.label), hit.label, hit.note, hit.iri))[:reach]

    def _hit(self, entity: Entity, score: float) -> Hit:
        return Hit(entity.iri, entity.label, entity.kind, entity.note, score)


def fill(index: TextIndex, entities: Iterable[Entity], state: str) -> None:
    """Makes the index hold these entities and nothing else, as the given state of a graph."""
    writer = index.writer(_BUILDER_BYTES, 1)
    writer.delete_all_documents()
    for entity in entities:
        writer.add_document(document_of(entity))
    writer.add_document(state_document(state))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def amend(index: TextIndex, entities: Iterable[tuple[str, Entity | None]], state: str) -> None:
    """Puts these entities, by IRI, in the place of what the index has of them; None for one that is gone."""
    writer = index.writer(_WRITER_BYTES, 1)
    for iri, entity in entities:
        writer.delete_documents_by_term("iri", iri)
        if entity is not None:
            writer.add_document(document_of(entity))
    writer.delete_documents_by_query(_ANY_STATE)
    writer.add_document(state_document(state))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to the index: the text, its folded words, and what must hold besides."""

    text: str
    words: list[str]
    filters: list[tuple[Occur, Query]]

    def query(self, occur: Occur) -> Query:
        """With all of the words (Must), or with most of them (Should)."""
        needed = [(occur, _worth("folded", word, _WORD)) for word in self.words[:-1]]
        needed.append((occur, self._last()))
        least = None if occur == Occur.Must else (len(self.words) + 1) // 2
        matching = Query.boolean_query(needed, minimum_number_should_match=least)
        quoted = [(Occur.Must, query) for query in self._quoted()]
        closer = [(Occur.Should, query) for query in self._closeness()]
        return Query.boolean_query([(Occur.Must, matching), *quoted, *self.filters, *closer])

    def _last(self) -> Query:
        """The last word is finished where it ends a quotation."""
        whole = _worth("folded", self.words[-1], _WHOLE_WORD)
        if self.text.rstrip().endswith(('"', "”")):
            return whole
        return Query.boolean_query([(Occur.Should, _beginning("folded", self.words[-1])), (Occur.Should, whole)])

    def _quoted(self) -> list[Query]:
        phrases = [key(match[1]).split()[:_MOST_WORDS] for match in _QUOTED.finditer(self.text)]
        queries = [
            Query.phrase_query(SCHEMA, "folded", list(words)) if len(words) > 1 else _word("folded", words[0])
            for words in phrases
            if words
        ]
        return [Query.const_score_query(query, 0.0) for query in queries]

    def _closeness(self) -> list[Query]:
        marks, whole = accented_words(self.text), " ".join(self.words)
        closeness = [
            _worth("standing", STANDS_OUT, _STANDING),
            Query.const_score_query(_beginning("first" if len(self.words) == 1 else "whole", whole), _BEGINNING),
            _worth("whole", whole, _WHOLE_NAME),
            _worth("whole_accented", " ".join(marks), _SAME_NAME),
            *(_worth("accented", word, _SAME_MARKS) for word in marks[:_MOST_WORDS]),
        ]
        if len(self.words) > 1:
            in_order = Query.phrase_prefix_query(SCHEMA, "folded", list(self.words))
            closeness.append(Query.const_score_query(in_order, _WORDS_IN_ORDER))
        return closeness


def _filters(kind: str | None, place: str | None, on: dt.date | None) -> list[tuple[Occur, Query]]:
    must: list[Query] = []
    if kind is not None:
        must.append(_word("kind", kind))
    if place is not None:
        must.append(_word("place", place))
    if on is not None:
        pieces = pieces_with(on)
        held = Query.term_set_query(SCHEMA, "during", pieces)
        if place is not None:  # of a person it must be one post that is of the place and was held on the day
            there = Query.term_set_query(SCHEMA, "during_in", [in_place(place, piece) for piece in pieces])
            others = Query.boolean_query([(Occur.Must, held), (Occur.MustNot, _word("kind", "person"))])
            held = Query.boolean_query([(Occur.Should, there), (Occur.Should, others)])
        must.append(held)
    return [(Occur.Must, Query.const_score_query(query, 0.0)) for query in must]


def _beginning(name: str, words: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, name, words, distance=0, prefix=True)


def _word(name: str, word: str) -> Query:
    return Query.term_query(SCHEMA, name, word)


def _worth(name: str, word: str, score: float) -> Query:
    return Query.const_score_query(_word(name, word), score)
