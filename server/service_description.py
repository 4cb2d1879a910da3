"""The SPARQL 1.1 Service Description of both endpoints: what holds always, and the named graphs of the moment."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from flask import Response, request
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.model.graph import Term
from kg.namespaces import HISTORY, ONTOLOGY, SHAPES, iri
from server import caching
from server.dataset import description as dataset
from server.negotiate import Offer
from server.rdf import written
from server.service import service

_FIXED: Final = Path(__file__).resolve().parent / "description.ttl"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_NAMED_GRAPHS: Final = "SELECT ?graph { GRAPH ?graph {} } ORDER BY ?graph"
_LABELS: Final[dict[Term, tuple[str, str]]] = {
    HISTORY: ("nhật ký", "journal"),
    ONTOLOGY: ("từ vựng", "ontology"),
    SHAPES: ("quy tắc", "shapes"),
}


def describe(offer: Offer) -> Response:
    """The description in the form that was asked for, or 304."""
    figures = service().counting.known()
    etag = caching.tag("service description", offer.key, request.base_url, figures and figures.generation)
    if (unchanged := caching.not_modified(etag)) is not None:
        return unchanged
    fixed = (quad.triple for quad in parse(_FIXED.read_bytes(), format=RdfFormat.TURTLE, base_iri=request.base_url))
    graphs = _named_graphs(NamedNode(f"{request.base_url}#dataset"), dict(figures.graphs) if figures else {})
    counted = dataset.counted(dataset.Dataset(request.host_url.rstrip("/"), figures, None), figures) if figures else ()
    body = written((*fixed, *graphs, *counted), offer)
    return caching.tagged(Response(body, content_type=offer.content_type), etag)


def _named_graphs(dataset: NamedNode, counted: Mapping[str, int]) -> Iterator[Triple]:
    with service().graph.reader() as reader:
        rows = reader.select(_NAMED_GRAPHS)
    for number, row in enumerate(rows):
        name, node = row["graph"], BlankNode(f"graph{number}")
        yield Triple(dataset, NamedNode(f"{_SD}namedGraph"), node)
        yield Triple(node, iri("rdf:type"), NamedNode(f"{_SD}NamedGraph"))
        yield Triple(node, NamedNode(f"{_SD}name"), name)
        if name.value in counted:
            content = BlankNode(f"content{number}")
            yield Triple(node, NamedNode(f"{_SD}graph"), content)
            yield Triple(content, iri("rdf:type"), NamedNode(f"{_SD}Graph"))
            yield Triple(content, iri("void:triples"), Literal(counted[name.value]))
        if name in _LABELS:
            for text, language in zip(_LABELS[name], ("vi", "en"), strict=True):
                yield Triple(node, iri("rdfs:label"), Literal(text, language=language))
