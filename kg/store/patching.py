"""A SPARQL Update of one graph alone, as a change of that graph."""

from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import QueryRefused
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.model.sparql_text import keywords_of
from kg.namespaces import PREFIXES
from kg.store.reader import sparql_fault

_ELSEWHERE: Final = frozenset(
    ("GRAPH", "WITH", "USING", "SERVICE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
)


def require_one_graph(sparql: str) -> None:
    """Raises QueryRefused for an update that names another graph than the one that it is sent to."""
    if words := keywords_of(sparql) & _ELSEWHERE:
        raise QueryRefused(
            f"An update that is sent to one graph works on that graph alone; take {min(words)} out of it, or send it "
            "to /update."
        )


def change_of_graph(
    reader: Reader, graph: NamedNode, sparql: str, agent: NamedNode, reason: str, base: str | None = None
) -> ChangeSet:
    """What the update makes of a named graph when that is its default graph. Raises SyntaxFault and QueryRefused."""
    require_one_graph(sparql)
    before = frozenset(reader.quads(graph=graph))
    scratch = Store()
    scratch.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in before)
    try:
        scratch.update(sparql, prefixes=PREFIXES, base_iri=base)
    except SyntaxError as error:
        raise sparql_fault("SPARQL update", error) from error
    except RuntimeError as error:
        raise QueryRefused(f"The update cannot be carried out: {error}.") from error
    after = frozenset(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in scratch)
    return ChangeSet(after - before, before - after, agent, reason)
