"""Which graph a request means (Graph Store Protocol §4)."""

import uuid
from dataclasses import dataclass

from flask import request
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from werkzeug.exceptions import BadRequest
from werkzeug.urls import iri_to_uri

from kg.errors import Forbidden, NotFound
from kg.model.graph import DEFAULT_GRAPH, Reader
from kg.namespaces import PROTECTED_GRAPHS


@dataclass(frozen=True, slots=True)
class Target:
    """One graph; the default graph has no name."""

    name: NamedNode | None

    @property
    def graph(self) -> NamedNode | DefaultGraph:
        """As quads have it."""
        return DEFAULT_GRAPH if self.name is None else self.name

    @property
    def base(self) -> str:
        """What relative IRIs in a body are read against: the graph's own name (§4.2)."""
        return iri_to_uri(request.base_url) if self.name is None else self.name.value

    def __str__(self) -> str:
        return "the default graph" if self.name is None else self.name.value

    def is_there(self, reader: Reader) -> bool:
        """Whether the graph exists: the default graph does always, another when it has triples."""
        return self.name is None or next(reader.quads(graph=self.name), None) is not None

    def require_there(self, reader: Reader) -> None:
        """Raises NotFound."""
        if not self.is_there(reader):
            raise NotFound(f"There is no graph {self} here.")

    def require_open(self) -> None:
        """Raises Forbidden for a graph that the program alone writes."""
        if self.name in PROTECTED_GRAPHS:
            raise Forbidden(f"The graph {self} is written by the program alone.")

    def quad(self, triple: Triple) -> Quad:
        """The triple in this graph."""
        return Quad(triple.subject, triple.predicate, triple.object, self.graph)


def identified(name: str | None) -> Target:
    """The graph that the address names: by `graph` or `default`, or by itself where it has a `name`.

    Raises BadRequest for none, for two, and for a name that is no absolute IRI.
    """
    given = request.args.getlist("graph")
    named = len(given) + ("default" in request.args)
    if named != (0 if name is not None else 1):
        raise BadRequest("Name one graph: /graphs?graph=IRI, /graphs?default, or /graphs/NAME.")
    if name is None and not given:
        return Target(None)
    text = given[0] if name is None else iri_to_uri(request.base_url)
    try:
        return Target(NamedNode(text))
    except ValueError as error:
        raise BadRequest(f"'{text}' is no IRI; a graph is named by an absolute IRI.") from error


def is_unnamed() -> bool:
    """Whether the address is that of the graph store itself."""
    return "graph" not in request.args and "default" not in request.args


def fresh() -> Target:
    """A graph with a new name, which is also its address."""
    return Target(NamedNode(f"{iri_to_uri(request.base_url)}/{uuid.uuid4()}"))
