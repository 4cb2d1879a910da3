"""SPARQLWrapper reads and writes here."""

import pytest
from rdflib import Graph, URIRef
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, Unauthorized

from tests.clients.conftest import Site

# it makes its graphs of a class that rdflib means to give up
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SELECT = "PREFIX bm: <https://w3id.org/bomay/ontology#> SELECT ?p WHERE { ?p a bm:Person }"
CONSTRUCT = SELECT.replace("SELECT ?p", "CONSTRUCT { ?p a bm:Person }")
PERSON = "https://w3id.org/bomay/id/person/dinh-thi-hoa-1"


def wrapper(address: str, text: str, form: str | None = None) -> SPARQLWrapper:
    made = SPARQLWrapper(address)
    made.setQuery(text)
    if form is not None:
        made.setReturnFormat(form)
    return made


@pytest.mark.parametrize(("method", "kind"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_a_select_by_each_way_to_send_it(site: Site, method: str, kind: str) -> None:
    asked = wrapper(site.sparql, SELECT, JSON)
    asked.setMethod(method)
    asked.setRequestMethod(kind)
    rows = asked.queryAndConvert()["results"]["bindings"]
    assert [row["p"]["value"] for row in rows] == [PERSON]


def test_a_select_in_the_other_forms(site: Site) -> None:
    document = wrapper(site.sparql, SELECT, XML).queryAndConvert()
    assert document.getElementsByTagName("uri")[0].firstChild.data == PERSON
    assert wrapper(site.sparql, SELECT, CSV).queryAndConvert().decode().splitlines() == ["p", PERSON]


def test_an_ask(site: Site) -> None:
    assert wrapper(site.sparql, "ASK { ?s ?p ?o }", JSON).queryAndConvert()["boolean"] is True


@pytest.mark.parametrize("form", [RDFXML, JSONLD, TURTLE])
def test_a_construct_in_each_form(site: Site, form: str) -> None:
    found = wrapper(site.sparql, CONSTRUCT, form).queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert [str(subject) for subject in graph.subjects()] == [PERSON]


def test_a_describe(site: Site) -> None:
    graph = wrapper(site.sparql, f"DESCRIBE <{PERSON}>", RDFXML).queryAndConvert()
    assert (URIRef(PERSON), None, None) in graph


def test_a_syntax_error_and_a_wrong_address_are_its_own_exceptions(site: Site) -> None:
    with pytest.raises(QueryBadFormed, match="line 1"):
        wrapper(site.sparql, "SELECT ?p WHERE { ?p a ", JSON).query()
    with pytest.raises(EndPointNotFound):
        wrapper(f"{site.base}/nowhere", SELECT, JSON).query()


def test_an_update_with_a_token_is_read_back_and_without_one_is_unauthorised(site: Site) -> None:
    graph = "https://example.org/sparqlwrapper"
    text = f"INSERT DATA {{ GRAPH <{graph}> {{ <{graph}#a> <{graph}#b> 'chữ' }} }}"
    writing = wrapper(site.update, text)
    writing.setMethod(POST)
    with pytest.raises(Unauthorized):
        writing.query()
    writing.addCustomHttpHeader("Authorization", f"Bearer {site.token}")
    writing.query()
    rows = wrapper(site.sparql, f"SELECT ?o FROM <{graph}> {{ ?s ?p ?o }}", JSON).queryAndConvert()["results"][
        "bindings"
    ]
    assert [row["o"]["value"] for row in rows] == ["chữ"]


def test_a_large_result_comes_whole(site: Site) -> None:
    rows = wrapper(site.sparql, "SELECT * { GRAPH ?g { ?s ?p ?o } }", JSON).queryAndConvert()["results"]["bindings"]
    count = wrapper(site.sparql, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", JSON).queryAndConvert()
    assert len(rows) == int(count["results"]["bindings"][0]["n"]["value"]) > 5000
