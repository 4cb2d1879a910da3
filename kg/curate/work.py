"""A merge while it is being worked out, and look-ups in the graph as it is before it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.curate.foresight import Effect, Obstacle
from kg.curate.rules import Rules
from kg.model.graph import DEFAULT_GRAPH, Reader, Term
from kg.namespaces import iri

LABEL = iri("rdfs:label")


@dataclass(slots=True)
class Work:
    """Two nodes of one kind on the way to become one.

    `into` says which nodes give way to which: the duplicate to the node kept, and statements about the one to the same
    statements about the other. `told` are quads of theirs that need not be said again, `disputed` the properties on
    which the claims about the two differ.
    """

    reader: Reader
    kept: NamedNode
    gone: NamedNode
    kind: NamedNode
    rules: Rules
    into: dict[NamedNode, NamedNode] = field(default_factory=dict)
    told: set[Quad] = field(default_factory=set)
    add: set[Quad] = field(default_factory=set)
    remove: set[Quad] = field(default_factory=set)
    disputed: set[NamedNode] = field(default_factory=set)
    obstacles: list[Obstacle] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def both(self, predicate: NamedNode) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The values of a property of the node kept and of the duplicate, each in order."""
        kept, gone = (tuple(sorted(values(self.reader, node, predicate), key=str)) for node in (self.kept, self.gone))
        return kept, gone

    def settle(self, predicate: NamedNode) -> None:
        """Takes away all that the duplicate says by this property: what the node kept says stands."""
        self.told |= set(self.reader.quads(self.gone, predicate))
        self.remove |= set(self.reader.quads(self.gone, predicate))

    def hinder(self, code: str, predicate: NamedNode | None, kept: tuple[Term, ...], gone: tuple[Term, ...]) -> None:
        """Notes why the two cannot become one."""
        self.obstacles.append(Obstacle(code, predicate, kept, gone))

    def note(self, code: str, predicate: NamedNode | None, kept: tuple[Term, ...], gone: tuple[Term, ...]) -> None:
        """Notes what comes of it beyond facts that move."""
        self.effects.append(Effect(code, predicate, kept, gone))

    def after(self, term: Term) -> Term:
        """The node that stands for a term after the merge."""
        return self.into.get(term, term) if isinstance(term, NamedNode) else term


def quad(subject: NamedNode, predicate: NamedNode, value: Term) -> Quad:
    """A fact."""
    return Quad(subject, predicate, value, DEFAULT_GRAPH)


def has(reader: Reader, fact: Quad) -> bool:
    """Whether the default graph has it."""
    return any(True for _ in reader.quads(fact.subject, fact.predicate, fact.object))  # type: ignore[arg-type]  # no triple terms here


def values(reader: Reader, node: NamedNode, predicate: NamedNode) -> Iterator[Term]:
    """The values of a property."""
    for found in reader.quads(node, predicate):
        yield found.object  # type: ignore[misc]  # triple terms do not occur in our data


def nodes(reader: Reader, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    """Those of the values that are nodes."""
    return [value for value in values(reader, node, predicate) if isinstance(value, NamedNode)]


def subjects(reader: Reader, predicate: NamedNode, value: Term) -> list[NamedNode]:
    """The nodes that have the value."""
    return [found.subject for found in reader.quads(None, predicate, value) if isinstance(found.subject, NamedNode)]


def words(reader: Reader, node: NamedNode) -> str:
    """The label of a node, in Vietnamese where it has one, or nothing."""
    found = [value for value in values(reader, node, LABEL) if isinstance(value, Literal)]
    return min(found, key=lambda label: (label.language != "vi", label.value)).value if found else ""
