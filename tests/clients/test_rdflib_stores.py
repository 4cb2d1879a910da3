"""The SPARQL stores of rdflib, and pandas, read and write here."""

from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.clients.conftest import Site

BM = "https://w3id.org/bomay/ontology#"
PERSON = URIRef("https://w3id.org/bomay/id/person/dinh-thi-hoa-1")
NAMES = f"SELECT ?p ?name {{ ?p a <{BM}Person> ; <{RDFS.label}> ?name }}"


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_store_asks_by_each_method_and_form(site: Site, method: str, form: str) -> None:
    graph = Graph(SPARQLStore(site.sparql, method=method, returnFormat=form))
    rows = [tuple(map(str, row)) for row in graph.query(NAMES)]
    assert rows == [(str(PERSON), "Đinh Thị Hòa")]


def test_a_store_is_walked_as_a_graph(site: Site) -> None:
    graph = Graph(SPARQLStore(site.sparql, returnFormat="json"))
    assert graph.value(PERSON, RDFS.label) == Literal("Đinh Thị Hòa", lang="vi")
    assert list(graph.subjects(RDF.type, URIRef(f"{BM}Person"))) == [PERSON]
    assert (PERSON, RDF.type, URIRef(f"{BM}Organ")) not in graph


def test_a_store_asks_constructs_and_describes(site: Site) -> None:
    graph = Graph(SPARQLStore(site.sparql, returnFormat="json"))
    assert graph.query(f"ASK {{ <{PERSON}> ?p ?o }}").askAnswer is True
    made = Graph(SPARQLStore(site.sparql, returnFormat="application/rdf+xml")).query(f"DESCRIBE <{PERSON}>").graph
    assert made is not None and (PERSON, RDF.type, URIRef(f"{BM}Person")) in made


def test_a_syntax_error_is_an_error_of_its_own(site: Site) -> None:
    with pytest.raises(ValueError, match="something wrong formulating"):
        SPARQLStore(site.sparql).query("SELECT ?s WHERE {")


def test_an_update_store_adds_reads_and_removes(site: Site) -> None:
    store = SPARQLUpdateStore(
        site.sparql,
        site.update,
        autocommit=False,
        headers={"Authorization": f"Bearer {site.token}"},
        returnFormat="json",
    )
    name = URIRef("https://example.org/rdflib")
    graph = Dataset(store, default_union=False).graph(name)
    graph.add((name, RDFS.label, Literal("chữ", lang="vi")))
    graph.add((name, RDFS.comment, Literal(7)))
    store.commit()
    assert {value for _, _, value in graph} == {Literal("chữ", lang="vi"), Literal(7)}
    graph.remove((name, RDFS.comment, None))
    store.commit()
    assert list(graph.predicates()) == [RDFS.label]


def test_an_update_without_a_token_fails_and_writes_nothing(site: Site) -> None:
    store = SPARQLUpdateStore(site.sparql, site.update)
    with pytest.raises(HTTPError, match="401"):
        store.update("INSERT DATA { GRAPH <https://example.org/none> { <urn:a> <urn:b> 1 } }")
    assert (
        Graph(SPARQLStore(site.sparql)).query("ASK { GRAPH <https://example.org/none> { ?s ?p ?o } }").askAnswer
        is False
    )


def test_pandas_reads_a_table_from_the_address_of_a_query(site: Site) -> None:
    query = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o"
    for form, separator in (("csv", ","), ("tsv", "\t")):
        address = f"{site.sparql}?{urlencode({'query': query, 'format': form})}"
        frame = pd.read_csv(address, sep=separator)
        assert len(frame) > 5000 and [name.strip("?") for name in frame.columns] == ["s", "p", "o"]
    address = f"{site.sparql}?{urlencode({'query': NAMES})}"
    frame = pd.read_csv(address, storage_options={"Accept": "text/csv"})
    assert list(frame["name"]) == ["Đinh Thị Hòa"]
    with pytest.raises(HTTPError, match="400"):
        pd.read_csv(f"{site.sparql}?query=SELECT")


def test_pandas_reads_a_question_of_the_library(site: Site) -> None:
    frame = pd.read_csv(f"{site.base}/api/queries/person-posts?format=csv&person=person:dinh-thi-hoa-1")
    assert list(frame["quote"]) == ["bà Đinh Thị Hòa, Trưởng Ban"]
