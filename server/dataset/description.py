"""The dataset in VoID (https://www.w3.org/TR/void/): what it is, where it is to be had, how much there is of what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import BASE, PREFIXES, iri
from server import urls
from server.dataset.counting import Figures
from server.negotiate import ANY_GRAPHS
from server.wording import say

_XSD: Final = PREFIXES["xsd"]
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_RECONCILIATION: Final = NamedNode("https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/")
_FORMAT_NAMES: Final = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF_XML", "nq": "N-Quads"}


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is said of the dataset at `host`: its figures where they are known, its last change (ISO 8601)."""

    host: str
    figures: Figures | None
    modified: str | None

    @property
    def node(self) -> NamedNode:
        """The dataset, which is the default graph of the endpoint."""
        return self.at(urls.void("facts"))

    def at(self, path: str) -> NamedNode:
        """An address of this service."""
        return NamedNode(f"{self.host}{path}")


def described(dataset: Dataset) -> Iterator[Triple]:
    """The whole description."""
    node, document = dataset.node, dataset.at(urls.void())
    yield Triple(document, iri("rdf:type"), iri("void:DatasetDescription"))
    yield Triple(document, iri("foaf:primaryTopic"), node)
    yield Triple(node, iri("rdf:type"), iri("void:Dataset"))
    yield Triple(node, iri("rdf:type"), NamedNode(f"{_SD}Graph"))
    for spoken in ("vi", "en"):
        yield Triple(node, iri("dcterms:title"), Literal(say(spoken, "site.name"), language=spoken))
        yield Triple(node, iri("dcterms:description"), Literal(say(spoken, "home.who"), language=spoken))
    yield Triple(node, iri("dcterms:license"), _LICENCE)
    yield Triple(node, iri("foaf:homepage"), dataset.at(urls.home()))
    yield Triple(node, iri("void:sparqlEndpoint"), dataset.at(urls.sparql()))
    yield Triple(node, iri("void:uriLookupEndpoint"), dataset.at(f"{urls.api_search()}?q="))
    yield Triple(node, iri("void:uriSpace"), Literal(f"{BASE}id/"))
    for offer in ANY_GRAPHS:
        yield Triple(node, iri("void:dataDump"), dataset.at(urls.graph_dump(offer.key)))
        if offer.key in _FORMAT_NAMES:
            yield Triple(node, iri("void:feature"), NamedNode(f"{_FORMATS}{_FORMAT_NAMES[offer.key]}"))
    if dataset.modified is not None:
        yield Triple(node, iri("dcterms:modified"), Literal(dataset.modified, datatype=NamedNode(f"{_XSD}dateTime")))
    yield from _services(dataset)
    if dataset.figures is not None:
        yield from counted(dataset, dataset.figures)


def counted(dataset: Dataset, figures: Figures) -> Iterator[Triple]:
    """The statistics, and the generation that they are of."""
    node = dataset.node
    yield Triple(node, iri("owl:versionInfo"), Literal(str(figures.generation)))
    yield from _numbers(
        node,
        triples=figures.triples,
        entities=figures.entities,
        distinctSubjects=figures.subjects,
        distinctObjects=figures.objects,
        classes=len(figures.classes),
        properties=len(figures.properties),
    )
    yield from _partitions(node, "class", "entities", figures.classes)
    yield from _partitions(node, "property", "triples", figures.properties)
    for space in figures.vocabularies:
        yield Triple(node, iri("void:vocabulary"), NamedNode(space))
    for example in figures.examples:
        yield Triple(node, iri("void:exampleResource"), NamedNode(example))
    for position, (target, number) in enumerate(figures.links):
        yield from _linkset(node, position, target, number)


def _services(dataset: Dataset) -> Iterator[Triple]:
    """Search and reconciliation, as services over the dataset."""
    for path, conforms in ((urls.reconcile(), _RECONCILIATION), (urls.api_search(), dataset.at(urls.openapi()))):
        service = dataset.at(f"{urls.void(path.rpartition('/')[2])}")
        yield Triple(service, iri("rdf:type"), NamedNode(f"{_DCAT}DataService"))
        yield Triple(service, NamedNode(f"{_DCAT}endpointURL"), dataset.at(path))
        yield Triple(service, NamedNode(f"{_DCAT}servesDataset"), dataset.node)
        yield Triple(service, iri("dcterms:conformsTo"), conforms)


def _numbers(node: NamedNode | BlankNode, **numbers: int) -> Iterator[Triple]:
    for name, number in numbers.items():
        yield Triple(node, iri(f"void:{name}"), Literal(number))


def _partitions(node: NamedNode, by: str, what: str, pairs: Sequence[tuple[str, int]]) -> Iterator[Triple]:
    for position, (name, number) in enumerate(pairs):
        part = BlankNode(f"{by}{position}")
        yield Triple(node, iri(f"void:{by}Partition"), part)
        yield Triple(part, iri(f"void:{by}"), NamedNode(name))
        yield from _numbers(part, **{what: number})


def _linkset(node: NamedNode, position: int, target: str, number: int) -> Iterator[Triple]:
    links, other = BlankNode(f"links{position}"), BlankNode(f"other{position}")
    yield Triple(links, iri("rdf:type"), iri("void:Linkset"))
    yield Triple(node, iri("void:subset"), links)
    yield Triple(links, iri("void:subjectsTarget"), node)
    yield Triple(links, iri("void:objectsTarget"), other)
    yield Triple(other, iri("rdf:type"), iri("void:Dataset"))
    yield Triple(other, iri("void:uriSpace"), Literal(target))
    yield from _numbers(links, triples=number)
