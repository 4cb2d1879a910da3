"""The ontology as pyLODE understands it: one ontology, terms in a fixed order, every statement in what it shows.

pyLODE shows titles, descriptions, scope notes, notes and examples without their language, and passes text through
Markdown. Each text is therefore handed over as a block of HTML that names its language, which Markdown leaves alone.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from rdflib import OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from kg.namespaces import BASE, PREFIXES, curie
from server import urls
from server.negotiate import LANGUAGES

BM: Final = Namespace(PREFIXES["bm"])
HEAD: Final = URIRef(f"{BASE}ontology")

_TYPES: Final = {
    OWL.Class: OWL.Class,
    RDFS.Class: OWL.Class,  # pyLODE has a section for OWL's classes only
    OWL.ObjectProperty: OWL.ObjectProperty,
    OWL.DatatypeProperty: OWL.DatatypeProperty,
    OWL.AnnotationProperty: OWL.AnnotationProperty,
    RDF.Property: RDF.Property,
}
_AS_THEY_ARE: Final = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.equivalentClass)
_TEXTS: Final = {
    SKOS.definition: DCTERMS.description,
    SKOS.scopeNote: SKOS.scopeNote,
    BM.domainReason: SKOS.note,
    BM.rangeReason: SKOS.note,
}
_ABOUT_HEAD: Final = (DCTERMS.license, OWL.versionIRI, OWL.versionInfo)
_SAID_ELSEWHERE: Final = (RDF.type, RDFS.label)


def anchors(ontology: Graph) -> dict[str, str]:
    """The anchor of each term by its IRI: the local name of ours, `prefix:local` of others'; ours first, by name."""
    terms = {term for kind in _TYPES for term in ontology.subjects(RDF.type, kind) if isinstance(term, URIRef)}
    ordered = sorted(terms, key=lambda term: (term not in BM, curie(term).casefold()))
    return {str(term): curie(term).removeprefix("bm:") for term in ordered}


def fed(ontology: Graph, names: dict[str, str], language: str) -> Graph:
    """The graph to be documented, with texts of `language` before those of the other."""
    graph = Graph(bind_namespaces="none")
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base)
    for predicate, value in _head(ontology, language):
        graph.add((HEAD, predicate, value))
    for iri, name in names.items():
        graph.add((URIRef(iri), DCTERMS.title, Literal(name)))
        for predicate, value in _statements(ontology, URIRef(iri), names, language):
            graph.add((URIRef(iri), predicate, value))
    return graph


def labels(ontology: Graph, node: URIRef, language: str) -> list[Literal]:
    """What a term is called in each language, `language` first."""
    found = [value for value in ontology.objects(node, RDFS.label) if isinstance(value, Literal)]
    return sorted(found, key=lambda value: (value.language != language, value.language or "", value))


def _head(ontology: Graph, language: str) -> Iterator[tuple[URIRef, Node]]:
    yield RDF.type, OWL.Ontology
    yield from ((DCTERMS.title, _block(label)) for label in labels(ontology, HEAD, language))
    yield VANN.preferredNamespacePrefix, Literal("bm")
    yield VANN.preferredNamespaceUri, Literal(str(BM))  # by it pyLODE knows which terms are on this page
    for predicate, value in _sorted(ontology, HEAD, language):
        if predicate in _ABOUT_HEAD:
            yield predicate, value
        elif predicate == SKOS.definition:
            yield DCTERMS.description, _block(value)


def _statements(ontology: Graph, term: URIRef, names: dict[str, str], language: str) -> Iterator[tuple[URIRef, Node]]:
    types = set(ontology.objects(term, RDF.type))
    yield from ((RDF.type, shown) for kind, shown in _TYPES.items() if kind in types)
    for predicate, value in _sorted(ontology, term, language):
        if predicate in _AS_THEY_ARE or predicate == SKOS.example:
            yield predicate, value
        elif predicate in _TEXTS:
            yield _TEXTS[predicate], _block(value)
        elif predicate == RDFS.isDefinedBy:
            if value != HEAD:  # said of each of ours, it would say nothing
                yield predicate, value
        elif predicate not in _SAID_ELSEWHERE:
            yield SKOS.note, Literal(f"<p>{_mark(predicate, names)} {_mark(value, names)}</p>")


def _sorted(ontology: Graph, term: URIRef, language: str) -> list[tuple[URIRef, Node]]:
    def key(pair: tuple[Node, Node]) -> tuple[str, bool, str, str]:
        predicate, value = pair
        spoken = value.language if isinstance(value, Literal) and value.language else ""
        return str(predicate), bool(spoken) and spoken != language, spoken, str(value)

    pairs = sorted(ontology.predicate_objects(term), key=key)
    return [(predicate, value) for predicate, value in pairs if isinstance(predicate, URIRef)]


def _block(value: Node) -> Literal:
    spoken = value.language if isinstance(value, Literal) else None
    attribute = f' lang="{spoken}"' if spoken in LANGUAGES else ""
    return Literal(f"<p{attribute}>{escape(str(value))}</p>")


def _mark(value: Node, names: dict[str, str]) -> str:
    if not isinstance(value, URIRef):
        return "" if isinstance(value, BNode) else escape(str(value))
    address = f"#{names[str(value)]}" if str(value) in names else urls.link(value)
    words = escape(curie(value))
    return f'<a href="{escape(address)}">{words}</a>' if address else words
