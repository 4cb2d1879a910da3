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
from kg.validate.lookups import SUBCLASS, Lookups
from kg.validate.paths import Path, Term, rdf_1_1

if TYPE_CHECKING:
    from kg.validate.dependencies import Declared, Read
    from kg.validate.shapes import TargetedShape


class Change:
    """The quads of the default graph that differ between two stores, looked at from several sides."""

    def __init__(self, before: Store, after: Store, quads: Collection[Quad]) -> None:
        self.before, self.after = Lookups(before), Lookups(after)
        self.quads = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
        self.moves_classes = any(quad.predicate == SUBCLASS for quad in self.quads)
        self._by_predicate: dict[NamedNode, list[Quad]] = {}
        for quad in self.quads:
            self._by_predicate.setdefault(quad.predicate, []).append(quad)
        self._reached: dict[tuple[tuple[Path, ...], Term], frozenset[Term]] = {}
        self._declared: dict[tuple[str, frozenset[NamedNode] | None], frozenset[Term]] = {}

    def of_predicate(self, predicate: NamedNode | None) -> list[Quad]:
        """Changed quads with the predicate; all for None."""
        return self.quads if predicate is None else self._by_predicate.get(predicate, [])

    def sources(self, prefix: tuple[Path, ...], nodes: set[Term]) -> set[Term]:
        """The nodes from which the prefix leads to any of `nodes`, before or after."""
        if not prefix:
            return nodes
        found: set[Term] = set()
        for node in nodes:
            key = (prefix, node)
            if key not in self._reached:
                self._reached[key] = frozenset(self._source(prefix, node))
            found |= self._reached[key]
        return found

    def _source(self, prefix: tuple[Path, ...], node: Term) -> set[Term]:
        found: set[Term] = set()
        for look in (self.before, self.after):
            nodes: set[Term] = {node}
            for path in reversed(prefix):
                nodes = look.backward(path, nodes)
            found |= nodes
        return found

    def named(self, declared: "Declared") -> frozenset[Term]:
        """The nodes that the declared query names for the changed nodes, before or after."""
        key = (declared.query, declared.predicates)
        if key not in self._declared:
            self._declared[key] = frozenset(self._ask(declared))
        return self._declared[key]

    def _ask(self, declared: "Declared") -> set[Term]:
        known = declared.predicates
        quads = self.quads if known is None else [quad for name in known for quad in self.of_predicate(name)]
        nodes = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
        if declared.is_identity or not nodes:
            return set(nodes)
        if batch := declared.batch:
            return {rdf_1_1(t) for look in (self.before, self.after) for t in batch.answers(look.store, nodes)}
        found: set[Term] = set()
        for look in (self.before, self.after):
            for node in nodes:
                answer = look.store.query(bind_terms(declared.query, {"changed": node}), prefixes=PREFIXES)
                assert isinstance(answer, QuerySolutions)
                found |= {rdf_1_1(focus) for row in answer if (focus := row["focus"]) is not None}
        return found


def affected(change: Change, shape: "TargetedShape") -> set[Term] | None:
    """Nodes whose verdict may differ (not all need be focus nodes), or None where that cannot be derived."""
    classes_matter = bool(shape.targets.classes) or shape.needs.uses_classes
    if shape.needs.unbounded or (change.moves_classes and classes_matter):
        return None
    found: set[Term] = set()
    for predicate in shape.targets.predicates:
        for quad in change.of_predicate(predicate):
            found |= shape.targets.touched(quad, change.after)
    for read in shape.needs.reads:
        found |= _met(change, read)
    for declared in shape.needs.declared:
        found |= change.sources(declared.prefix, set(change.named(declared)))
    return found


def _met(change: Change, read: "Read") -> set[Term]:
    quads = change.of_predicate(read.link.predicate if read.link else None)
    if read.cls is not None:
        classes = change.after.with_subclasses(read.cls)
        quads = [quad for quad in quads if quad.object in classes]
    is_inverse = read.link is not None and read.link.inverse
    return change.sources(read.prefix, {rdf_1_1(quad.object if is_inverse else quad.subject) for quad in quads})
