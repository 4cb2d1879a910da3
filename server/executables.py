"""The library of questions as RDF: SHACL SPARQL executables, as SIB's collections of examples have them."""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import PREFIXES, iri
from kg.query import LibraryQuery
from server import questions, urls

_SCHEMA: Final = "https://schema.org/"
_ANY_URI: Final = NamedNode(f"{PREFIXES['xsd']}anyURI")


def executables(library: Iterable[LibraryQuery], host: str) -> Iterator[Triple]:
    """Each question with the example values in their places, to be run as it stands, and the prefixes of all of them.

    `host` is the beginning of the addresses of this service.
    """
    prefixes = NamedNode(f"{host}{urls.queries()}#prefixes")
    yield from _declared(prefixes)
    for query in library:
        node = NamedNode(f"{host}{urls.query(query.name)}")
        yield Triple(node, iri("rdf:type"), iri("sh:SPARQLExecutable"))
        yield Triple(node, iri("rdf:type"), iri("sh:SPARQLSelectExecutable"))
        yield Triple(node, iri("rdfs:label"), Literal(query.name))
        yield Triple(node, iri("rdfs:comment"), Literal(query.summary, language="en"))
        yield Triple(node, iri("rdfs:comment"), Literal(query.summary_vi, language="vi"))
        yield Triple(node, iri("sh:prefixes"), prefixes)
        yield Triple(node, iri("sh:select"), Literal(questions.example_text(query)))
        yield Triple(node, NamedNode(f"{_SCHEMA}keywords"), Literal(query.topic))
        yield Triple(node, NamedNode(f"{_SCHEMA}target"), NamedNode(f"{host}{urls.sparql()}"))


def _declared(prefixes: NamedNode) -> Iterator[Triple]:
    for name, base in sorted(PREFIXES.items()):
        declaration = NamedNode(f"{prefixes.value}-{name}")
        yield Triple(prefixes, iri("sh:declare"), declaration)
        yield Triple(declaration, iri("sh:prefix"), Literal(name))
        yield Triple(declaration, iri("sh:namespace"), Literal(base, datatype=_ANY_URI))
