"""Corrections of an editor: other words or another thing in the place of a value, a known thing for a new one."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import BomayError
from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import PREFIXES, iri
from kg.review import Fact
from server.review.deciding import Draft

Both = tuple[frozenset[Quad], frozenset[Quad]]
_ABOUT, _PROPERTY, _VALUE, _SUPPORTS = (iri(f"bm:{name}") for name in ("about", "property", "value", "supports"))
_KEY: Final = iri("bm:key")
_OWN: Final = frozenset(map(iri, ("rdf:type", "rdfs:label", "foaf:name", "bm:key", "bm:derivedByRule")))
"""What tells a thing apart: another thing has its own."""


class NoIri(BomayError):
    """Something that was put in the place of a thing and names none."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """(to add, to remove) on top of the change, and which node took the place of which."""

    quads: Both | None
    instead: Mapping[NamedNode, NamedNode]


def key_of(quad: Quad) -> str:
    """What names a quad in the form."""
    return hashlib.sha256(str(quad).encode()).hexdigest()[:16]


def corrected(reader: Reader, change: ChangeSet, facts: Iterable[Fact], draft: Draft) -> Corrected:
    """What the form corrects in the facts whose verdict says so. Raises NoIri with the words that name nothing."""
    wanted: set[Quad] = set()
    unwanted: set[Quad] = set()
    instead: dict[NamedNode, NamedNode] = {}
    for fact in facts:
        if draft.verdict(fact.node) != "correct":
            continue
        given = draft.same.get(fact.node.value, "").strip()
        if given and (other := _node(given)) != fact.node:
            instead[fact.node] = other
            continue
        for old, new in _turned(fact, draft.fixes):
            unwanted.add(old)
            if new is not None:
                wanted.add(new)
    for node, other in instead.items():
        for old, new in _replaced(reader, change, node, other):
            unwanted.add(old)
            wanted.discard(old)
            if new is not None:
                wanted.add(new)
    return Corrected((frozenset(wanted), frozenset(unwanted)) if unwanted else None, instead)


def _turned(fact: Fact, fixes: Mapping[str, str]) -> Iterator[tuple[Quad, Quad | None]]:
    """Each quad that is corrected, with what takes its place, None where nothing does."""
    own = [quad for quad in fact.add if quad.subject == fact.node]
    turned: dict[Quad, object] = {}
    for quad in own:
        words = fixes.get(key_of(quad))
        if words is not None and (new := _value(quad, words)) != quad.object:
            turned[quad] = new
    for quad in own:  # a name that is written several times is corrected everywhere
        if quad not in turned and isinstance(quad.object, Literal):
            for old, new in list(turned.items()):
                if isinstance(old.object, Literal) and isinstance(new, Literal):
                    if quad.object.value == old.object.value:
                        turned[quad] = _like(quad.object, new.value)
                    elif quad.predicate == _KEY and quad.object.value == fold.key(old.object.value):
                        turned[quad] = Literal(fold.key(new.value))
    for quad, new in turned.items():
        yield quad, None if new is None else Quad(quad.subject, quad.predicate, new, quad.graph_name)  # type: ignore[arg-type]  # a term
        for claim in _claims(fact.add, fact.node, quad):
            yield claim, None if new is None else Quad(claim.subject, _VALUE, new, claim.graph_name)  # type: ignore[arg-type]  # a term


def _claims(quads: frozenset[Quad], node: NamedNode, stated: Quad) -> Iterator[Quad]:
    """The values of claims that say what a quad states."""
    about = {quad.subject for quad in quads if (quad.predicate, quad.object) == (_ABOUT, node)}
    of_it = {quad.subject for quad in quads if (quad.predicate, quad.object) == (_PROPERTY, stated.predicate)}
    for quad in quads:
        if quad.subject in about & of_it and (quad.predicate, quad.object) == (_VALUE, stated.object):
            yield quad


def _value(quad: Quad, words: str) -> object:
    """The term that the words stand for in the place of a value; None for no words."""
    text = words.replace("\r\n", "\n").strip()
    if not text:
        return None
    if isinstance(quad.object, Literal):
        return quad.object if text == quad.object.value.strip() else _like(quad.object, text)
    return _node(text)


def _like(literal: Literal, words: str) -> Literal:
    if literal.language:
        return Literal(words, language=literal.language)
    return Literal(words, datatype=literal.datatype)


def _node(words: str) -> NamedNode:
    """The thing of an IRI, or of a name with one of our prefixes."""
    prefix, _, local = words.partition(":")
    try:
        return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else words)
    except ValueError as error:
        raise NoIri(words[:80]) from error


def _replaced(
    reader: Reader, change: ChangeSet, node: NamedNode, other: NamedNode
) -> Iterator[tuple[Quad, Quad | None]]:
    """The quads of a change that name a node, each with what it says of another thing instead."""
    kept = {
        quad
        for quad in change.add
        if quad.subject == node
        and quad.predicate not in _OWN
        and next(reader.quads(other, quad.predicate), None) is None
    }
    stated = {(quad.predicate, quad.object) for quad in kept}
    lost = {claim for claim, said in _claimed(change, node) if said not in stated}
    for quad in change.add:
        if quad.subject in lost or (quad.predicate == _SUPPORTS and quad.object in lost):
            yield quad, None
        elif quad.subject == node:
            yield quad, Quad(other, quad.predicate, quad.object, quad.graph_name) if quad in kept else None
        elif quad.object == node:
            yield quad, Quad(quad.subject, quad.predicate, other, quad.graph_name)


def _claimed(change: ChangeSet, node: NamedNode) -> Iterator[tuple[object, tuple[object, object]]]:
    """Each claim about a node, with the property and the value that it claims."""
    said: dict[object, dict[NamedNode, object]] = {}
    for quad in change.add:
        if quad.predicate in (_ABOUT, _PROPERTY, _VALUE):
            said.setdefault(quad.subject, {})[quad.predicate] = quad.object
    for claim, told in said.items():
        if told.get(_ABOUT) == node:
            yield claim, (told.get(_PROPERTY), told.get(_VALUE))
