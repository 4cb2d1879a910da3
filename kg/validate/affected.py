"""Which focus nodes a change can affect.

A shape's verdict on a node is a function of the lookups it makes around that node. If it differs between two graphs,
then some lookup, from a node reached in one of them, meets a changed quad. So from each changed quad that a lookup
could meet, the lookup's prefix is followed backwards, in the graph before and in the graph after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, Store

from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES
from kg.validate.lookups import SUBCLASS, TYPE, Lookups
from kg.validate.overlay import Overlay
from kg.validate.paths import Path, Term, rdf_1_1

if TYPE_CHECKING:
    from kg.validate.branches import Asked
    from kg.validate.dependencies import Declared, Read
    from kg.validate.shapes import TargetedShape


class Change:
    """The quads of the default graph in which two stores differ, looked at from several sides."""

    def __init__(self, before: Store, after: Store, add: frozenset[Quad], remove: frozenset[Quad]) -> None:
        self.before = Lookups(before)
        self.after = Overlay(after, self.before, add, remove)
        self._reached: dict[tuple[Path, ...], dict[Term, set[Term]]] = {}
        self._declared: dict[tuple[str, frozenset[NamedNode] | None, bool], frozenset[Term]] = {}
        self._subjects: dict[NamedNode, set[Term]] = {}
        self._objects: dict[NamedNode, set[Term]] = {}
        self._named: dict[bool, dict[NamedNode, set[Term]]] = {True: {}, False: {}}  # subjects, both; with an IRI
        self._instances: dict[Term, set[Term]] = {}
        for subject, predicate, values in self.after.changed():
            self._subjects.setdefault(predicate, set()).add(subject)
            self._objects.setdefault(predicate, set()).update(values)
            if predicate == TYPE:
                for value in values:
                    self._instances.setdefault(value, set()).add(subject)
        for predicate, subjects in self._subjects.items():
            for alone, ends in ((True, subjects), (False, subjects | self._objects[predicate])):
                self._named[alone][predicate] = {term for term in ends if isinstance(term, NamedNode)}
        self.moves_classes = SUBCLASS in self._subjects
        ends = self.ends(None) | self.ends(None, inverse=True)
        self.has_blank_nodes = any(isinstance(term, BlankNode) for term in ends)

    def ends(self, predicate: NamedNode | None, *, inverse: bool = False) -> set[Term]:
        """The subjects of changed triples with the predicate (None: with any), or their objects."""
        by_predicate = self._objects if inverse else self._subjects
        return by_predicate.get(predicate, set()) if predicate else set().union(*by_predicate.values())

    def retyped(self, classes: frozenset[Term]) -> set[Term]:
        """The nodes that become or cease to be instances of one of the classes."""
        fewer, more = sorted((classes, self._instances.keys()), key=len)
        return set().union(*(self._instances[cls] for cls in fewer if cls in more))

    def sources(self, prefix: tuple[Path, ...], nodes: set[Term]) -> set[Term]:
        """The nodes from which the prefix leads to any of `nodes`, before or after."""
        if not prefix:
            return nodes
        reached = self._reached.setdefault(prefix, {})
        for node in nodes - reached.keys():
            reached[node] = self._source(prefix, node)
        return set().union(*map(reached.__getitem__, nodes))

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
        key = (declared.query, declared.predicates, declared.by_subject)
        if key not in self._declared:
            self._declared[key] = frozenset(self._ask(declared))
        return self._declared[key]

    def pairs(self, asked: "Asked", declared: "Declared") -> set[tuple[Term, Term | None]]:
        """The nodes that the declared query names for the changed nodes, each with its ?value, before or after."""
        nodes = self._changed(declared)
        return {pair for look in (self.before, self.after) for pair in asked.pairs(look, nodes)} if nodes else set()

    def _changed(self, declared: "Declared") -> set[Term]:
        """The nodes that a declared query is asked of."""
        known, named = declared.predicates, self._named[declared.by_subject]
        return set().union(*(named[p] for p in (named.keys() if known is None else known & named.keys())))

    def _ask(self, declared: "Declared") -> set[Term]:
        nodes = self._changed(declared)
        if declared.is_identity or not nodes:
            return nodes
        branches = declared.branches
        found = set(nodes) if branches is not None and branches.names_itself else set()
        for look in (self.before, self.after):
            if branches is None:
                found.update(_answers(declared, look.store, nodes))
                continue
            for walk in branches.walks:
                found |= walk.answers(look, nodes)
            for asked in branches.asked:
                found.update(asked.answers(look, nodes))
        return found


def _answers(declared: "Declared", store: Store, nodes: set[Term]) -> Iterator[Term]:
    """The query as it stands asked of the nodes, which have IRIs."""
    named = [node for node in nodes if isinstance(node, NamedNode)]
    if batch := declared.batch:
        yield from map(rdf_1_1, batch.answers(store, named))
        return
    for node in named:
        answer = store.query(bind_terms(declared.query, {"changed": node}), prefixes=PREFIXES)
        assert isinstance(answer, QuerySolutions)
        yield from (rdf_1_1(focus) for row in answer if (focus := row["focus"]) is not None)


@dataclass(frozen=True, slots=True)
class Footprint:
    """What of one shape's verdict a change can affect; not all the nodes need be focus nodes.

    Of `nodes` all results may differ, of the first node of each of `pairs` those with the second as sh:value.
    """

    nodes: set[Term]
    pairs: set[tuple[NamedNode, NamedNode]]


def footprint(change: Change, shape: "TargetedShape") -> Footprint | None:
    """What of the shape's verdict may differ, or None where that cannot be derived."""
    classes_matter = bool(shape.targets.classes) or shape.needs.uses_classes
    if shape.needs.unbounded or (change.moves_classes and classes_matter):
        return None
    if shape.needs.declared and change.has_blank_nodes:  # of which a declared query cannot be asked
        return None
    found: set[Term] = set()
    found |= change.retyped(shape.targets.all_classes(change.after))
    for predicate in shape.targets.subjects_of:
        found |= change.ends(predicate)
    for predicate in shape.targets.objects_of:
        found |= change.ends(predicate, inverse=True)
    for read in shape.needs.reads:
        found |= _met(change, read)
    pairs: set[tuple[NamedNode, NamedNode]] = set()
    for declared in shape.needs.declared:
        asked = declared.pairs if shape.rule is not None and shape.rule.takes_values else None
        if asked is None:
            found |= change.sources(declared.prefix, set(change.named(declared)))
            continue
        for focus, value in change.pairs(asked, declared):
            if isinstance(focus, NamedNode) and isinstance(value, NamedNode):
                pairs.add((focus, value))
            else:
                found.add(focus)
    return Footprint(found, {pair for pair in pairs if pair[0] not in found})


def _met(change: Change, read: "Read") -> set[Term]:
    if read.cls is not None:
        return change.sources(read.prefix, change.retyped(change.after.with_subclasses(read.cls)))
    link = read.link
    return change.sources(read.prefix, change.ends(link.predicate, inverse=link.inverse) if link else change.ends(None))
