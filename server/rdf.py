"""Triples written in the syntax that was asked for."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple, serialize

from kg.namespaces import PREFIXES
from kg.query import GRAPH_FORMATS
from server.negotiate import Offer


def written(triples: Iterable[Triple], offer: Offer) -> bytes:
    """An RDF document with the prefixes that it uses, its triples in a fixed order."""
    ordered = sorted(triples, key=str)
    iris = [term.value for triple in ordered for term in _nodes(triple)]
    used = {name: base for name, base in PREFIXES.items() if any(value.startswith(base) for value in iris)}
    document = serialize(ordered, format=GRAPH_FORMATS[offer.key], prefixes=used)
    assert document is not None
    return document


def _nodes(triple: Triple) -> list[NamedNode]:
    terms = (triple.subject, triple.predicate, triple.object, getattr(triple.object, "datatype", None))
    return [term for term in terms if isinstance(term, NamedNode)]
