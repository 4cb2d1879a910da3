"""The forms in which an answer can be written, and the writing of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Final

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from kg.errors import QueryRefused
from kg.model.graph import Term
from kg.namespaces import PREFIXES

Results = QuerySolutions | QueryBoolean | QueryTriples | list[Triple]

BINDINGS_FORMATS: Final = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}

_LOOK_AHEAD: Final = 10_000
_NEVER_WRITTEN: Final = {
    f"{PREFIXES[prefix]}{name}"
    for prefix, name in (
        ("xsd", "string"),
        ("xsd", "integer"),
        ("xsd", "decimal"),
        ("xsd", "boolean"),
        ("rdf", "langString"),
    )
}


class WrongKind(QueryRefused):
    """The query is of a kind for which no form was allowed; `kind` is bindings, boolean or graph."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            "This query gives a graph: ask for Turtle, N-Triples, RDF/XML, JSON-LD, N-Quads or TriG."
            if kind == "graph"
            else "This query gives a table or a yes or no: ask for JSON, XML, CSV or TSV."
        )
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Formats:
    """The form for each kind of answer, by key; None where the asker takes none. SELECT and ASK use `bindings`."""

    bindings: str | None = "json"
    graph: str | None = "ttl"

    def __post_init__(self) -> None:
        for key, known in ((self.bindings, BINDINGS_FORMATS), (self.graph, GRAPH_FORMATS)):
            if key is not None and key not in known:
                raise QueryRefused(f"There is no form '{key}' for this; use one of {', '.join(known)}.")


def kind_of(results: Results) -> str:
    """Which kind of answer it is: bindings, boolean or graph."""
    if isinstance(results, QueryBoolean):
        return "boolean"
    return "bindings" if isinstance(results, QuerySolutions) else "graph"


def media_type(kind: str, formats: Formats) -> str:
    """The media type in which an answer of this kind goes out; raises WrongKind when no form was allowed for it."""
    key = formats.graph if kind == "graph" else formats.bindings
    if key is None:
        raise WrongKind(kind)
    return (GRAPH_FORMATS[key] if kind == "graph" else BINDINGS_FORMATS[key]).media_type


def cut(results: Results, rows: int) -> tuple[Results, bool]:
    """At most so many rows or triples of an answer, and whether there are more; they are held in memory."""
    if isinstance(results, QueryBoolean):
        return results, False
    if not isinstance(results, QuerySolutions):
        triples = list(islice(results, rows + 1))
        return triples[:rows], len(triples) > rows
    found = list(islice(results, rows + 1))
    table = [map(str, results.variables), *(map(_cell, solution) for solution in found[:rows])]
    lines = "".join("\t".join(cells) + "\n" for cells in table)
    kept = parse_query_results(lines, QueryResultsFormat.TSV)
    assert isinstance(kept, QuerySolutions)  # as written above
    return kept, len(found) > rows


def _cell(term: Term | Triple | None) -> str:
    """A term as SPARQL 1.1 TSV has it, which is that of N-Triples."""
    if isinstance(term, Triple):
        return f"<<( {_cell(term.subject)} {_cell(term.predicate)} {_cell(term.object)} )>>"
    return "" if term is None else str(term)


def write(results: Results, formats: Formats, output: IO[bytes]) -> None:
    """Writes the answer as it is found. Raises what `output` raises, and WrongKind."""
    if isinstance(results, QueryTriples | list):
        form = GRAPH_FORMATS[formats.graph or ""]
        triples = iter(results)
        first = list(islice(triples, _LOOK_AHEAD))
        serialize(chain(first, triples), output, form, prefixes=_prefixes_for(first))
    else:
        results.serialize(output, BINDINGS_FORMATS[formats.bindings or ""])


def _prefixes_for(triples: list[Triple]) -> dict[str, str]:
    """The prefixes that a graph uses; all of them when it is too long to know."""
    if len(triples) == _LOOK_AHEAD:
        return PREFIXES
    used = {iri.value for triple in triples for iri in _iris(triple)}
    return {name: base for name, base in PREFIXES.items() if any(iri.startswith(base) for iri in used)}


def _iris(triple: Triple) -> Iterable[NamedNode]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term
        elif isinstance(term, Literal) and term.datatype.value not in _NEVER_WRITTEN:
            yield term.datatype
