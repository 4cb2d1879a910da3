"""Which focus nodes a change can affect.

A shape's verdict on a node is a function of the lookups it makes around that node. If it differs between two graphs,
then some lookup, from a node reached in one of them, meets a changed quad. So from each changed quad that a lookup
could meet, the lookup's prefix is followed backwards, in the graph before and in the graph after.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES
from kg.validate.paths import Path, Term, backward, rdf_1_1
from kg.validate.targets import SUBCLASS

if TYPE_CHECKING:
    from kg.validate.dependencies import Declared, Read
    from kg.validate.shapes import TargetedShape


class Change:
    """The quads of the default graph that differ between two stores, looked at from several sides."""

    def __init__(self, before: Store, after: Store, quads: Collection[Quad]) -> None:
        self.stores = (before, after)
        self.quads = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
        self.moves_classes = any(quad.predicate == SUBCLASS for quad in self.quads)
        self._by_predicate: dict[NamedNode, list[Quad]] = {}
        for quad in self.quads:
            self._by_predicate.setdefault(quad.predicate, []).append(quad)
        self._reached: dict[tuple[tuple[Path, ...], Term], frozenset[Term]] = {}

    def of_predicate(self, predicate: NamedNode | None) -> list[Quad]:
        """Changed quads with the predicate; all for None."""
        return self.quads if predicate is None else self._by_predicate.get(predicate, [])

    def sources(self, prefix: tuple[Path, ...], node: Term) -> frozenset[Term]:
        """The nodes from which the prefix leads to `node`, before or after."""
        key = (prefix, node)
        if key not in self._reached:
            found: set[Term] = set()
            for store in self.stores:
                nodes: set[Term] = {node}
                for path in reversed(prefix):
                    nodes = backward(store, path, nodes)
                found |= nodes
            self._reached[key] = frozenset(found)
        return self._reached[key]


def affected(change: Change, shape: "TargetedShape") -> set[Term] | None:
    """Nodes whose verdict may differ (not all need be focus nodes), or None where that cannot be derived."""
    classes_matter = bool(shape.targets.classes) or shape.needs.uses_classes
    if shape.needs.unbounded or (change.moves_classes and classes_matter):
        return None
    found: set[Term] = set()
    for quad in change.quads:
        found |= shape.targets.touched(quad)
    for read in shape.needs.reads:
        found |= _met(change, read)
    for declared in shape.needs.declared:
        found |= _declared(change, declared)
    return found


def _met(change: Change, read: "Read") -> set[Term]:
    found: set[Term] = set()
    for quad in change.of_predicate(read.link.predicate if read.link else None):
        node = rdf_1_1(quad.object if read.link and read.link.inverse else quad.subject)
        found |= change.sources(read.prefix, node)
    return found


def _declared(change: Change, declared: "Declared") -> set[Term]:
    known = declared.predicates
    quads = change.quads if known is None else [quad for name in known for quad in change.of_predicate(name)]
    nodes = {term for q in quads for term in (q.subject, q.object) if isinstance(term, NamedNode)}
    found: set[Term] = set()
    if declared.is_identity:
        return found.union(*(change.sources(declared.prefix, node) for node in nodes))
    for store in change.stores:
        for node in nodes:
            answer = store.query(bind_terms(declared.query, {"changed": node}), prefixes=PREFIXES)
            assert isinstance(answer, QuerySolutions)
            for row in answer:
                focus = row["focus"]
                if focus is not None:
                    found |= change.sources(declared.prefix, rdf_1_1(focus))
    return found
