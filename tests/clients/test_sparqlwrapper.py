"""SPARQLWrapper (https://sparqlwrapper.readthedocs.io/)."""

import json
from xml.dom.minidom import Document

import pytest
from rdflib import RDFS, Graph, Literal, URIRef
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

from kg.namespaces import iri
from tests.clients.conftest import Site

PERSON = iri("person:dinh-thi-hoa-1").value
NAME = Literal("Đinh Thị Hòa", lang="vi")
ASK_NAME = f"SELECT ?name WHERE {{ <{PERSON}> rdfs:label ?name }}"
ABOUT = f"CONSTRUCT WHERE {{ <{PERSON}> rdfs:label ?name }}"
# SPARQLWrapper 2.0 puts RDF/XML and JSON-LD into a class that rdflib is about to drop.
OLD_RDFLIB = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def wrapped(site: Site, query: str, form: str, method: str = GET, how: str = URLENCODED) -> SPARQLWrapper:
    client = SPARQLWrapper(site.sparql)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    client.setRequestMethod(how)
    return client


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_select_by_each_method(site: Site, method: str, how: str) -> None:
    told = wrapped(site, ASK_NAME, JSON, method, how).queryAndConvert()
    assert told["head"]["vars"] == ["name"]
    assert told["results"]["bindings"] == [{"name": {"type": "literal", "value": NAME.value, "xml:lang": "vi"}}]


def test_select_in_each_form(site: Site) -> None:
    found = wrapped(site, ASK_NAME, XML).queryAndConvert()
    assert isinstance(found, Document)
    assert found.getElementsByTagName("literal")[0].firstChild.data == NAME.value
    assert wrapped(site, ASK_NAME, CSV).queryAndConvert().decode() == f"name\r\n{NAME.value}\r\n"
    assert wrapped(site, ASK_NAME, TSV).queryAndConvert().decode() == f"?name\n{NAME.n3()}\n"


@pytest.mark.parametrize("form", [JSON, XML])
@pytest.mark.parametrize("truth", [True, False])
def test_ask(site: Site, form: str, truth: bool) -> None:
    told = wrapped(site, f"ASK {{ <{PERSON if truth else 'urn:nobody'}> a bm:Person }}", form).queryAndConvert()
    assert (
        told["boolean"] if form == JSON else told.getElementsByTagName("boolean")[0].firstChild.data == "true"
    ) is truth


@OLD_RDFLIB
@pytest.mark.parametrize(("form", "parsed"), [(TURTLE, "turtle"), (N3, "turtle"), (RDFXML, None), (JSONLD, None)])
def test_construct_in_each_form(site: Site, form: str, parsed: str | None) -> None:
    told = wrapped(site, ABOUT, form).queryAndConvert()
    graph = told if isinstance(told, Graph) else Graph().parse(data=told, format=parsed)
    assert list(graph) == [(URIRef(PERSON), RDFS.label, NAME)]


@OLD_RDFLIB
def test_describe(site: Site) -> None:
    graph = wrapped(site, f"DESCRIBE <{PERSON}>", RDFXML).queryAndConvert()
    assert (URIRef(PERSON), RDFS.label, NAME) in graph


def test_a_dataset_of_the_protocol(site: Site) -> None:
    client = wrapped(site, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", JSON)
    client.addParameter("default-graph-uri", "urn:nothing")
    assert client.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "0"


def test_a_broken_query_says_where(site: Site) -> None:
    with pytest.raises(QueryBadFormed) as caught:
        wrapped(site, "SELECT ?x\nWHERE { ?x ?y }", JSON).query()
    told = json.loads(str(caught.value).partition("Response:\nb'")[2].rstrip("'\n").encode().decode("unicode_escape"))
    assert (told["status"], told["line"]) == (400, 2)


def test_an_update_with_a_token_and_without(site: Site) -> None:
    client = SPARQLWrapper(site.update)
    client.setMethod(POST)
    client.setQuery(f"INSERT DATA {{ <{PERSON}> skos:altLabel 'Hòa của SPARQLWrapper'@vi }}")
    with pytest.raises(Unauthorized):
        client.query()
    client.addCustomHttpHeader("Authorization", site.authorization)
    assert client.query().response.status == 204
    asked = wrapped(site, f"ASK {{ <{PERSON}> skos:altLabel 'Hòa của SPARQLWrapper'@vi }}", JSON)
    assert asked.queryAndConvert()["boolean"]
