"""The template of an INSERT or a DELETE, filled from the solutions of its WHERE (SPARQL 1.1 Update §3.1.3)."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, QuerySolution, Store, Triple

from kg.model.graph import Term
from kg.model.sparql_text import scan
from kg.namespaces import PREFIXES

Nodes = dict[str, BlankNode]
Slot = Callable[[QuerySolution, Nodes], Term | Triple | DefaultGraph | None]


@dataclass(frozen=True, slots=True)
class Template:
    """Quads with variables and blank nodes in them. Blank nodes are new ones for each solution."""

    quads: tuple[tuple[Slot, Slot, Slot, Slot], ...]
    variables: frozenset[str]

    @classmethod
    def read(cls, prologue: str, group: str | None, base: str | None, graph: NamedNode | DefaultGraph) -> "Template":
        """The template written as `group` (None: an empty one), triples outside GRAPH being in `graph`.

        The engine reads it as data, with an IRI that nobody can have written in the place of each variable. Raises
        SyntaxError.
        """
        if group is None:
            return cls((), frozenset())
        marker = f"urn:bomay:variable:{secrets.token_hex(16)}:"
        variables: set[str] = set()
        parts: list[str] = []
        for token in scan(group):
            if token.kind == "variable":
                variables.add(token.text[1:])
                parts.append(f"<{marker}{token.text[1:]}>")
            else:
                parts.append(token.text)
        store = Store()
        store.update(f"{prologue}INSERT DATA {''.join(parts)}", prefixes=PREFIXES, base_iri=base)
        quads = tuple(
            (
                _slot(quad.subject, marker),
                _slot(quad.predicate, marker),
                _slot(quad.object, marker),
                _slot(graph if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name, marker),
            )
            for quad in store
        )
        return cls(quads, frozenset(variables))

    def filled(self, row: QuerySolution) -> Iterator[Quad]:
        """The quads of one solution; without those that have an unbound variable or would be no RDF."""
        nodes: Nodes = {}
        for subject, predicate, value, graph in self.quads:
            name = graph(row, nodes)
            if name is None:
                continue
            with suppress(TypeError):
                yield Quad(subject(row, nodes), predicate(row, nodes), value(row, nodes), name)  # type: ignore[arg-type]  # the engine's own check is the one wanted


def _slot(term: Term | Triple | DefaultGraph, marker: str) -> Slot:
    match term:
        case NamedNode() if term.value.startswith(marker):
            name = term.value.removeprefix(marker)
            return lambda row, _nodes: row[name]
        case BlankNode():
            label = term.value
            return lambda _row, nodes: nodes.setdefault(label, BlankNode())
        case Triple():
            parts = tuple(_slot(part, marker) for part in (term.subject, term.predicate, term.object))
            return lambda row, nodes: Triple(*(part(row, nodes) for part in parts))  # type: ignore[arg-type]  # as above
        case _:
            return lambda _row, _nodes: term
