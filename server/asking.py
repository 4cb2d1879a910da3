"""Asking the graph for a page: the queries of `queries/`, run by the workers on the generation of the request."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flask import g, request
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.model.graph import Row, Term
from kg.namespaces import ONTOLOGY, iri
from kg.query import Answer, Asker, Formats
from server import watching
from server.negotiate import language
from server.neighbourhood import Tongue
from server.remembering import is_repeatable
from server.service import pinned, read_path, service

_QUERIES = Path(__file__).resolve().parent / "queries"


@cache
def page_query(name: str) -> str:
    """The text of one query of the pages."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def asker() -> Asker:
    """Who asks the queries of this request, and whether the client is still there, as far as the server tells."""
    told = {"is_gone": gone} if (gone := request.environ.get("waitress.client_disconnected")) else {}
    return Asker(watching.identifier(), request.blueprint or "", g.get("client", ""), **told)


def run(path: Path, text: str, **more: Any) -> Answer:  # noqa: ANN401  what `QueryPool.run` takes
    """The answer of a query of this request, one that is kept if there is one. Raises what the pool raises."""
    held, current = service(), pinned()
    if not held.answers.most or path != current.path or not is_repeatable(text):
        return held.pool.run(path, text, asker=asker(), **more)
    key = (text, *sorted((name, _plain(value)) for name, value in more.items() if name != "seconds"))
    kept = held.answers.get(current.number, key)
    return kept or held.answers.keeping(current.number, key, held.pool.run(path, text, asker=asker(), **more))


def _plain(value: object) -> object:
    """The value as one that can be part of a key."""
    return tuple(sorted((name, str(term)) for name, term in value.items())) if isinstance(value, Mapping) else value


def rows(text: str, bindings: Mapping[str, Term] | None = None) -> list[Row]:
    """All solutions of a SELECT. Raises what the pool raises."""
    answer = run(read_path(), text, formats=Formats("json", None), bindings=bindings)
    return read_rows(b"".join(answer.chunks))


def read_rows(results: bytes) -> list[Row]:
    """The solutions of a SPARQL results document in JSON, unbound variables absent."""
    solutions = parse_query_results(results, QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        return []
    names = [variable.value for variable in solutions.variables]
    return [
        {name: term for name in names if (term := solution[name]) is not None and not isinstance(term, Triple)}
        for solution in solutions
    ]


def triples(text: str, bindings: Mapping[str, Term]) -> list[Triple]:
    """The graph of a CONSTRUCT. Raises what the pool raises."""
    answer = run(read_path(), text, formats=Formats(None, "nt"), bindings=bindings)
    found = parse(b"".join(answer.chunks), format=RdfFormat.N_TRIPLES)
    return [quad.triple for quad in found]


def tongue() -> Tongue:
    """The language of this response with the ontology's words in it."""
    spoken = language()
    return service().memory.recall(pinned().number, f"tongue-{spoken}", lambda: Tongue(spoken, _term_labels(spoken)))


def _term_labels(spoken: str) -> dict[str, str]:
    with service().graph.reader() as reader:
        labels = list(reader.quads(predicate=iri("rdfs:label"), graph=ONTOLOGY))
    found: dict[str, str] = {}
    for quad in labels:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.object.language == spoken:
            found[quad.subject.value] = quad.object.value
    return found
