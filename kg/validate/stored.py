"""Quads in the form in which the store gives them back."""

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.namespaces import iri

_STRING = iri("xsd:string")
_PLAIN_TAGS = ("vi", "en")


def as_stored(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads as the store would give them back: numbers, dates and language tags in one form."""
    kept: set[Quad] = set()
    other: list[Quad] = []
    for quad in quads:
        (kept.add if _is_kept(quad.object) else other.append)(quad)
    if other:
        store = Store()
        store.extend(other)
        kept.update(store)
    return frozenset(kept)


def _is_kept(term: object) -> bool:
    """Whether the store surely keeps the term as it is."""
    if isinstance(term, Literal):
        return term.datatype == _STRING or (term.language in _PLAIN_TAGS and term.direction is None)
    return isinstance(term, NamedNode | BlankNode)
