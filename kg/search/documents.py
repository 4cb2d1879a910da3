"""An entity as a document of the text index, and back."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from tantivy import Document, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer
from tantivy import Index as TextIndex

from kg.model.fold import accented_key, key, plain
from kg.search.abbreviations import other_forms
from kg.search.days import pieces_of
from kg.search.entities import Entity

LAYOUT: Final = 1
"""Raised with every change to what a document holds: an index of another layout is made anew."""

STANDS_OUT: Final = "stands-out"
_WORDS: Final = "words"
_KEPT: Final = 100_000
_NOT_WORD: Final = re.compile(r"[^\w\u0300-\u036f]+")
_SHORT: Final = 0.01  # the most by which a short name raises a score, less than what any closeness is worth
_APART: Final = 1e-5  # the most by which chance, the same at all times, keeps two scores apart


def _schema() -> Schema:
    builder = SchemaBuilder()
    for name in ("folded", "accented"):
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="position")
    for name in ("whole", "whole_accented", "first", "standing", "place", "during", "during_in"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("iri", "kind", "state"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("label", "note", "name"):
        builder.add_bytes_field(name, stored=True)
    builder.add_float_field("rank", fast=True)
    return builder.build()


SCHEMA: Final = _schema()


def text_index(place: Path | None = None) -> TextIndex:
    """The index in a folder, made where there is none; in memory without a folder. Raises ValueError and OSError."""
    index = TextIndex(SCHEMA, path=None if place is None else str(place))
    index.config_reader("manual")
    index.register_tokenizer(_WORDS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def document_of(entity: Entity) -> Document:
    """All by which an entity is found, and what is shown of it."""
    document = Document()
    document.add_text("iri", entity.iri)
    document.add_text("kind", entity.kind)
    document.add_bytes("label", entity.label.encode())
    document.add_bytes("note", entity.note.encode())
    document.add_float("rank", _rank(entity))
    if entity.stands_out:
        document.add_text("standing", STANDS_OUT)
    for name in entity.names:
        document.add_bytes("name", name.encode())
    for name in (entity.label, *entity.names):
        _add_name(document, name)
    _add_scope(document, entity)
    return document


def entity_of(document: Document) -> Entity:
    """What is shown of an entity; where and when it belongs can be asked for, not read back."""
    label, note = (bytes(document[name][0]).decode() for name in ("label", "note"))
    names = tuple(bytes(name).decode() for name in document["name"])
    return Entity(document["iri"][0], label, document["kind"][0], names, note)


def state_document(state: str) -> Document:
    """The state of the graph that an index is of, kept in the index itself so that both change at once."""
    document = Document()
    document.add_text("state", state)
    return document


def accented_words(text: str) -> list[str]:
    """The words of a text with their marks, equal for old and new tone placement."""
    return [_accented_word(word) for word in _NOT_WORD.sub(" ", plain(text)).split()]


@lru_cache(_KEPT)
def _accented_word(word: str) -> str:
    return accented_key(word)


@lru_cache(_KEPT)
def _folded_word(word: str) -> str:
    return key(word)


def _add_name(document: Document, name: str) -> None:
    folded = " ".join(filter(None, map(_folded_word, name.split())))
    accented = " ".join(accented_words(name))
    document.add_text("folded", folded)
    document.add_text("accented", accented)
    document.add_text("whole", folded)
    document.add_text("whole_accented", accented)
    document.add_text("first", folded.partition(" ")[0])
    for form in other_forms(folded):
        document.add_text("folded", form)
        document.add_text("whole", form)
        document.add_text("first", form.partition(" ")[0])


def _add_scope(document: Document, entity: Entity) -> None:
    scope = entity.scope
    for place in scope.places:
        document.add_text("place", place)
    days = (*scope.days, *(spell.days for spell in scope.spells))
    for piece in {piece for stretch in days for piece in pieces_of(stretch)}:
        document.add_text("during", piece)
    for word in {
        in_place(place, piece) for spell in scope.spells for place in spell.places for piece in pieces_of(spell.days)
    }:
        document.add_text("during_in", word)


def in_place(place: str, piece: str) -> str:
    """The word for having held a post of a place in a piece of time."""
    return f"{piece} {place}"


def _rank(entity: Entity) -> float:
    """Shorter names first; then an order that does not hang on when an entity came in."""
    chance = hashlib.blake2s(entity.iri.encode(), digest_size=4).digest()
    return _SHORT / (1 + len(entity.label) / 16) + _APART * int.from_bytes(chance, "big") / (1 << 32)
