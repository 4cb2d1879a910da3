"""The facts of a change: a node with what is said of it, its claims and the evidence for both, so that each can be

decided on by itself without leaving a half behind.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.changes import ChangeSet
from kg.model.graph import Reader, Term
from kg.namespaces import curie, iri
from kg.review.proposal import ReviewRefused

LEVELS: Final = ("low", "medium", "high")

_TYPE, _LABEL = iri("rdf:type"), iri("rdfs:label")
_SUPPORTS, _ABOUT, _SOURCE = iri("bm:supports"), iri("bm:about"), iri("bm:source")
_CONFIDENCE, _QUOTE, _RULE = iri("bm:confidence"), iri("bm:quote"), iri("bm:rule")
_START, _END = iri("bm:start"), iri("bm:end")
_SHOWN: Final = 4
"""Nodes that a sentence names."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source: code points [start, end) of its unaltered text; a confidence of `LEVELS`."""

    source: NamedNode
    start: int
    end: int
    quote: str
    confidence: str
    rule: str

    def to_json(self) -> dict[str, Any]:
        """The fields by their names."""
        said = {"quote": self.quote, "confidence": self.confidence, "rule": self.rule}
        return {"source": self.source.value, "start": self.start, "end": self.end, **said}


@dataclass(frozen=True, slots=True)
class Fact:
    """A node and all of a change that stands or falls with it.

    `needs` are nodes that the change makes and that this fact names. `confidence` is that of the least sure of its
    statements, None where no sentence supports it.
    """

    node: NamedNode
    kinds: tuple[NamedNode, ...]
    label: str
    add: frozenset[Quad]
    remove: frozenset[Quad]
    needs: frozenset[NamedNode]
    confidence: str | None
    quoted: tuple[Quoted, ...]

    def to_json(self) -> dict[str, Any]:
        """The fields by their names, IRIs in full, quads as lines of N-Quads."""
        return {
            "node": self.node.value,
            "kinds": [kind.value for kind in self.kinds],
            "label": self.label,
            "confidence": self.confidence,
            "needs": sorted(node.value for node in self.needs),
            "evidence": [one.to_json() for one in self.quoted],
            "added": lines(self.add),
            "removed": lines(self.remove),
        }


def facts_of(reader: Reader, change: ChangeSet) -> tuple[Fact, ...]:
    """The facts of a change that is to be made to what `reader` reads, the least sure first, then by their nodes."""
    facts = _Grouping(reader, change).facts()
    rank = {name: at for at, name in enumerate((*LEVELS, None))}
    return tuple(sorted(facts, key=lambda fact: (rank[fact.confidence], fact.node.value)))


def part_of(facts: Iterable[Fact], chosen: Iterable[NamedNode]) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """(to add, to remove) of the chosen facts.

    Raises ReviewRefused for a node that is no fact of the change, and for a fact that names a node left out.
    """
    by_node = {fact.node: fact for fact in facts}
    wanted = frozenset(chosen)
    if strange := wanted - by_node.keys():
        raise ReviewRefused(f"{_named(strange)} is no fact of this proposal; look at it again.")
    lacking = {node: by_node[node].needs - wanted for node in wanted if by_node[node].needs - wanted}
    if lacking:
        first = min(lacking, key=str)
        more = f" (and so do {len(lacking) - 1} others)" if len(lacking) > 1 else ""
        raise ReviewRefused(
            f"The chosen part does not hang together: {curie(first)} needs {_named(lacking[first])}{more}; choose that "
            "as well, or leave both out."
        )
    taken = [by_node[node] for node in wanted]
    return frozenset().union(*(fact.add for fact in taken)), frozenset().union(*(fact.remove for fact in taken))


def sure_enough(facts: Iterable[Fact], least: str) -> frozenset[NamedNode]:
    """The facts of at least this confidence whose needs are as sure, so that they hang together.

    A fact without sentences, such as a post that a rule makes at its first mention, is among them where one of them
    needs it.
    """
    by_node = {fact.node: fact for fact in facts}
    levels = LEVELS[LEVELS.index(least) :]
    chosen = {node for node, fact in by_node.items() if fact.confidence is None or fact.confidence in levels}
    while dropped := {node for node in chosen if not by_node[node].needs <= chosen}:
        chosen -= dropped
    wanted, found = {node for node in chosen if by_node[node].confidence is not None}, set()
    while wanted:
        found |= wanted
        wanted = {need for node in wanted for need in by_node[node].needs} - found
    return frozenset(found)


def lines(quads: Iterable[Quad]) -> list[str]:
    """The quads as lines of N-Quads, in their order."""
    return sorted(f"{quad} ." for quad in quads)


class _Grouping:
    """Quads by the node that they stand or fall with."""

    def __init__(self, reader: Reader, change: ChangeSet) -> None:
        self._reader = reader
        self._change = change
        self._said: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in change.add | change.remove:
            self._said[quad.subject][quad.predicate].append(quad.object)  # type: ignore[index,arg-type]  # no triple terms here
        self._sources = {value for said in self._said.values() for value in said.get(_SOURCE, ())}
        self._owners: dict[Term, frozenset[NamedNode]] = {}

    def facts(self) -> list[Fact]:
        """One for each node."""
        sets: tuple[dict[NamedNode, set[Quad]], ...] = (defaultdict(set), defaultdict(set))
        shared: dict[Term, set[Quad]] = defaultdict(set)
        for quads, into in zip((self._change.add, self._change.remove), sets, strict=True):
            for quad in quads:
                if quad.subject in self._sources and quads is self._change.add:
                    shared[quad.subject].add(quad)  # type: ignore[index]  # no triple terms here
                    continue
                for node in self._owners_of(quad):
                    into[node].add(quad)
        adds, removes = sets
        used: set[Term] = set()
        for stated in adds.values():
            sources = {q.object for q in stated if q.predicate == _SOURCE and q.object in shared}
            for source in sources:
                stated |= shared[source]  # type: ignore[index]  # no triple terms here
            used |= sources  # type: ignore[arg-type]  # no triple terms here
        for source in shared.keys() - used:
            assert isinstance(source, NamedNode)
            adds[source] |= shared[source]
        new = {node for node in adds if any(q.subject == node and q.predicate == _TYPE for q in adds[node])}
        return [
            self._fact(node, frozenset(adds.get(node, ())), frozenset(removes.get(node, ())), new)
            for node in adds.keys() | removes.keys()
        ]

    def _fact(self, node: NamedNode, add: frozenset[Quad], remove: frozenset[Quad], new: set[NamedNode]) -> Fact:
        named = {quad.object for quad in add if isinstance(quad.object, NamedNode)}
        quoted = self._quoted(add)
        return Fact(
            node,
            tuple(sorted((kind for kind in self._values(node, _TYPE) if isinstance(kind, NamedNode)), key=str)),
            next((label.value for label in self._values(node, _LABEL)), node.value),
            add,
            remove,
            frozenset(named & new - {node}),
            self._confidence(add),
            quoted,
        )

    def _owners_of(self, quad: Quad) -> frozenset[NamedNode]:
        if quad.predicate == _SUPPORTS:
            return self._of(quad.object)  # type: ignore[arg-type]  # no triple terms here
        return self._of(quad.subject)  # type: ignore[arg-type]  # no triple terms here

    def _of(self, node: Term) -> frozenset[NamedNode]:
        """The nodes that what is said of a node belongs to: those that it supports or is about, else itself."""
        known = self._owners.get(node)
        if known is None:
            assert isinstance(node, NamedNode)  # the door lets no other subject in
            self._owners[node] = frozenset({node})  # ends a circle
            carried = {value for predicate in (_SUPPORTS, _ABOUT) for value in self._values(node, predicate)}
            owners = frozenset().union(*(self._of(one) for one in carried if isinstance(one, NamedNode)))
            known = self._owners[node] = owners or frozenset({node})
        return known

    def _values(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """What the change says, and only where it says nothing, what the graph does."""
        said = self._said[subject].get(predicate) if subject in self._said else None
        if said is not None:
            return said
        assert isinstance(subject, NamedNode)
        return [quad.object for quad in self._reader.quads(subject, predicate)]  # type: ignore[misc]  # no triple terms here

    def _confidence(self, add: frozenset[Quad]) -> str | None:
        """Of each statement the best of its sentences, of all statements the least."""
        best: dict[object, int] = {}
        for quad in add:
            if quad.predicate == _SUPPORTS:
                level = self._level(quad.subject)  # type: ignore[arg-type]  # no triple terms here
                best[quad.object] = max(level, best.get(quad.object, 0))
        return LEVELS[min(best.values())] if best else None

    def _level(self, evidence: Term) -> int:
        words = [value.value.rpartition("/")[2] for value in self._values(evidence, _CONFIDENCE)]
        return max((LEVELS.index(word) for word in words if word in LEVELS), default=0)

    def _quoted(self, add: frozenset[Quad]) -> tuple[Quoted, ...]:
        found = []
        for evidence in {quad.subject for quad in add if quad.predicate == _SUPPORTS}:
            assert isinstance(evidence, NamedNode)
            source = next((one for one in self._values(evidence, _SOURCE) if isinstance(one, NamedNode)), None)
            start, end = self._number(evidence, _START), self._number(evidence, _END)
            if source is None or start is None or end is None:
                continue
            quote, rule = (
                next((v.value for v in self._values(evidence, predicate)), "") for predicate in (_QUOTE, _RULE)
            )
            found.append(Quoted(source, start, end, quote, LEVELS[self._level(evidence)], rule))
        return tuple(sorted(found, key=lambda one: (one.source.value, one.start, one.end, one.rule)))

    def _number(self, node: NamedNode, predicate: NamedNode) -> int | None:
        for value in self._values(node, predicate):
            if isinstance(value, Literal) and value.value.isascii() and value.value.isdigit():
                return int(value.value)
        return None


def _named(nodes: Iterable[NamedNode]) -> str:
    ordered = sorted(map(curie, nodes))
    more = f" and {len(ordered) - _SHOWN} more" if len(ordered) > _SHOWN else ""
    return ", ".join(ordered[:_SHOWN]) + more
