"""How cases that are written as HTTP requests are run: protocol, graph store, service description."""

import json
from typing import Final

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from .compare import read_graph, same_graph
from .serving import Answer, Site
from .suites import MF, UT, Case, path_of

HT: Final = Namespace("http://www.w3.org/2011/http#")
CNT: Final = Namespace("http://www.w3.org/2011/content#")
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
RDFS_LABEL: Final = URIRef("http://www.w3.org/2000/01/rdf-schema#label")

_STATUSES: Final = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
_TABLES: Final = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
_TRIPLES: Final = {"application/rdf+xml", "text/turtle", "application/n-triples", "application/ld+json"}
_SYNTAX: Final = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml"}

_CLASSES: Final = {"Service", "Dataset", "Graph", "NamedGraph", "GraphCollection", "Language", "Feature", "Function"}
_DOMAINS: Final = {
    **dict.fromkeys(
        ("endpoint", "feature", "defaultEntailmentRegime", "supportedLanguage", "languageExtension", "resultFormat",
         "inputFormat", "extensionFunction", "extensionAggregate", "propertyFeature", "defaultDataset",
         "availableGraphs", "defaultSupportedEntailmentProfile"), "Service"),
    **dict.fromkeys(("defaultGraph", "namedGraph"), "Dataset"),
    **dict.fromkeys(("name", "graph", "entailmentRegime", "supportedEntailmentProfile"), "NamedGraph"),
}  # fmt: skip


def run_requests(case: Case, site: Site) -> None:
    """Sends the requests of a case one after the other and looks at each response."""
    manifest = case.manifest
    named = {
        str(manifest.value(node, RDFS_LABEL)): path_of(manifest.value(node, UT.graph))
        for node in manifest.objects(case.node, UT.graphData)
    }
    site.load([], named)
    site.loaded = None
    known: dict[str, str] = {}
    listed = case.value(MF.action, HT.requests)
    assert listed is not None
    for request in Collection(manifest, listed):
        answer = _send(case, site, request, known)
        response = manifest.value(request, HT.resp)
        assert response is not None
        if (name := manifest.value(response, MF.expectedLocation)) is not None:
            known[str(name)] = answer.headers["location"]
        _check(manifest, response, answer)


def _send(case: Case, site: Site, request: Node, known: dict[str, str]) -> Answer:
    manifest = case.manifest
    headers = _headers(manifest, request)
    body_node = manifest.value(request, HT.body)
    body = None
    if body_node is not None:
        encoding = str(manifest.value(body_node, CNT.characterEncoding))
        body = _filled(str(manifest.value(body_node, CNT.chars)), known).encode(encoding)
    path = _filled(str(manifest.value(request, HT.absolutePath)), known)
    path = path.replace("/gsp", "/graphs", 1) if path.startswith("/gsp") else _endpoint(case, path, headers)
    path = path if path.isascii() else URIRef(path).toPython()
    given = {name.replace("-", "_"): value for name, value in headers.items()}
    return site.ask(str(manifest.value(request, HT.methodName)), path.removeprefix(site.base), body, **given)


def _endpoint(case: Case, path: str, headers: dict[str, str]) -> str:
    """The suite has one address for queries and updates; here each has its own."""
    is_query = headers.get("content-type", "").startswith("application/sparql-query")
    updates = "update" in case.name.rpartition("/")[2] and not is_query
    return path.replace("/sparql/", "/update" if updates else "/sparql", 1)


def _filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def _headers(manifest: Graph, message: Node) -> dict[str, str]:
    listed = manifest.value(message, HT.headers)
    return {
        str(manifest.value(header, HT.fieldName)).lower(): str(manifest.value(header, HT.fieldValue))
        for header in (Collection(manifest, listed) if listed is not None else ())
    }


def _check(manifest: Graph, response: Node, answer: Answer) -> None:
    wanted = [str(node).rpartition("#")[2] for node in manifest.objects(response, MF.expectedStatus)]
    if wanted:
        assert any(_is(answer.status, status) for status in wanted), f"{answer.status} {answer.problem}, not {wanted}"
    match str(manifest.value(response, MF.expectedFormat) or ""):
        case "boolean":
            assert answer.media_type in _TABLES
        case "tabular":
            assert answer.media_type in _TABLES
        case "RDF":
            assert answer.media_type in _TRIPLES
    if (truth := manifest.value(response, MF.expectedBoolean)) is not None:
        assert json.loads(answer.body)["boolean"] is (str(truth) == "true")
    headers = _headers(manifest, response)
    if "content-type" in headers:
        assert answer.media_type == headers["content-type"].partition(";")[0]
    if (body := manifest.value(response, HT.body)) is not None:
        expected = read_graph(str(manifest.value(body, CNT.chars)).encode(), _SYNTAX[answer.media_type])
        assert same_graph(read_graph(answer.body, _SYNTAX[answer.media_type]), expected)


def _is(status: int, wanted: str) -> bool:
    if wanted.startswith("StatusCode"):
        return str(status)[0] == wanted.removeprefix("StatusCode")[0]
    return str(status) == _STATUSES[wanted]


def run_description(case: Case, site: Site) -> None:
    """The three claims of the suite: an answer in RDF, that names this endpoint, and keeps to the vocabulary."""
    answer = site.expect(site.ask("GET", "/sparql"))
    graph = read_graph(answer.body, _SYNTAX[answer.media_type], f"{site.base}/sparql")
    match case.name.rpartition("/")[2]:
        case "returns-rdf":
            assert len(graph)
        case "has-endpoint-triple":
            assert (None, SD.endpoint, URIRef(f"{site.base}/sparql")) in graph
        case "conforms-to-schema":
            _check_vocabulary(graph)
        case other:
            raise AssertionError(f"'{other}' is no case known here")


def _check_vocabulary(graph: Graph) -> None:
    services = set(graph.subjects(RDF.type, SD.Service))
    assert services
    assert all((service, SD.endpoint, None) in graph for service in services)
    used = {str(cls).removeprefix(str(SD)) for cls in graph.objects(None, RDF.type) if str(cls).startswith(str(SD))}
    assert used <= _CLASSES
    for subject, predicate, _ in graph:
        if str(predicate).startswith(str(SD)):
            domain = _DOMAINS[str(predicate).removeprefix(str(SD))]
            assert (subject, RDF.type, SD[domain]) in graph, f"{subject} {predicate}"
