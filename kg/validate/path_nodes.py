"""Property paths read from the nodes of a shapes graph."""

from pyoxigraph import NamedNode
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node as RdfNode

from kg.validate.paths import Alternative, Link, Path, Repeat, Sequence


def read_path(graph: Graph, node: RdfNode, inverse: bool = False) -> Path:
    """The path that a value of sh:path stands for, inverses pushed down to the predicates.

    Raises ValueError for a node that is no path.
    """
    if isinstance(node, URIRef):
        return Link(NamedNode(str(node)), inverse)
    if graph.value(node, RDF.first) is not None:
        parts = tuple(read_path(graph, item, inverse) for item in graph.items(node))
        return Sequence(parts[::-1] if inverse else parts)
    for predicate, obj in graph.predicate_objects(node):
        match predicate:
            case SH.inversePath:
                return read_path(graph, obj, not inverse)
            case SH.alternativePath:
                return Alternative(tuple(read_path(graph, item, inverse) for item in graph.items(obj)))
            case SH.zeroOrMorePath:
                return Repeat(read_path(graph, obj, inverse), zero=True, many=True)
            case SH.oneOrMorePath:
                return Repeat(read_path(graph, obj, inverse), zero=False, many=True)
            case SH.zeroOrOnePath:
                return Repeat(read_path(graph, obj, inverse), zero=True, many=False)
    raise ValueError(f"{node} is not a property path.")
