"""What the graph says of the nodes of a change, asked for at once and not node by node."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kg.model.changes import ChangeSet
from kg.model.graph import DEFAULT_GRAPH, Reader, Row, Term
from kg.model.sparql_bind import restrict
from kg.namespaces import iri

_SAID: Final = "SELECT ?node ?property ?value WHERE { ?node ?property ?value }"
_LEADING_ON: Final = tuple(map(iri, ("bm:supports", "bm:about", "bm:claim", "bm:value")))


class Gathered:
    """A reader that knows all that its graph says of the nodes that a change names, by two questions at most.

    For anything else it asks the reader that it stands before.
    """

    def __init__(self, reader: Reader, change: ChangeSet) -> None:
        self._reader = reader
        self._said: dict[NamedNode, dict[NamedNode, list[Quad]]] = {}
        self._ask(named(change.add | change.remove))
        self._ask({value for prop in _LEADING_ON for value in self._values(prop)})

    def triples(self) -> Iterator[Triple]:
        """All that was gathered."""
        return (quad.triple for said in self._said.values() for quads in said.values() for quad in quads)

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | DefaultGraph | None = DEFAULT_GRAPH,
    ) -> Iterator[Quad]:
        """See `Reader.quads`."""
        said = self._said.get(subject) if isinstance(subject, NamedNode) and graph == DEFAULT_GRAPH else None
        if said is None:
            return self._reader.quads(subject, predicate, object, graph)
        of_it = said.get(predicate, ()) if predicate is not None else (q for quads in said.values() for q in quads)
        return (quad for quad in of_it if object is None or quad.object == object)

    def select(self, query: str, bindings: dict[str, Term] | None = None) -> list[Row]:
        """See `Reader.select`."""
        return self._reader.select(query, bindings)

    def ask(self, query: str, bindings: dict[str, Term] | None = None) -> bool:
        """See `Reader.ask`."""
        return self._reader.ask(query, bindings)

    def _ask(self, nodes: Iterable[NamedNode]) -> None:
        wanted = sorted(set(nodes) - self._said.keys(), key=str)
        if not wanted:
            return
        self._said |= {node: defaultdict(list) for node in wanted}
        for row in self._reader.select(restrict(_SAID, "node", wanted)):
            node, prop = row["node"], row["property"]
            assert isinstance(node, NamedNode) and isinstance(prop, NamedNode)  # as they were asked for
            self._said[node][prop].append(Quad(node, prop, row["value"]))

    def _values(self, prop: NamedNode) -> Iterator[NamedNode]:
        values = (quad.object for said in self._said.values() for quad in said.get(prop, ()))
        return (value for value in values if isinstance(value, NamedNode))


def named(quads: Iterable[Quad]) -> set[NamedNode]:
    """The nodes that quads are about, and those that they have as values."""
    return {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}
