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
    serialize,
)

from kg.errors import QueryRefused
from kg.namespaces import PREFIXES

Results = QuerySolutions | QueryBoolean | QueryTriples

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


def write(results: Results, formats: Formats, output: IO[bytes]) -> None:
    """Writes the answer as it is found. Raises what `output` raises, and WrongKind."""
    if isinstance(results, QueryTriples):
        form = GRAPH_FORMATS[formats.graph or ""]
        first = list(islice(results, _LOOK_AHEAD))
        serialize(chain(first, results), output, form, prefixes=_prefixes_for(first))
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
