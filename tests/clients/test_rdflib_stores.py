"""rdflib's SPARQLStore and SPARQLUpdateStore as the store behind a Graph."""

from collections.abc import Iterator
from urllib.error import HTTPError

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from kg.namespaces import PREFIXES, iri
from tests.clients.conftest import Site

PERSON = URIRef(iri("person:dinh-thi-hoa-1").value)
KIND = URIRef(iri("bm:Person").value)
NAME = Literal("Đinh Thị Hòa", lang="vi")
OTHER = Literal("Hòa của rdflib", lang="vi")
WORKSPACE = URIRef("https://example.org/workspace/rdflib")


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def graph(site: Site, request: pytest.FixtureRequest) -> Graph:
    return Graph(SPARQLStore(site.sparql, method=request.param))


def test_triples_and_lengths(graph: Graph) -> None:
    assert graph.value(PERSON, RDFS.label) == NAME
    assert (PERSON, RDF.type, KIND) in graph
    assert list(graph.subjects(RDF.type, KIND)) == [PERSON]
    assert len(graph) > 1000


def test_queries_of_each_kind(graph: Graph) -> None:
    (row,) = graph.query("SELECT ?name { ?who rdfs:label ?name }", initBindings={"who": PERSON})
    assert row.name == NAME
    assert graph.query(f"ASK {{ <{PERSON}> a <{KIND}> }}").askAnswer is True
    made = graph.query(f"CONSTRUCT {{ ?s rdfs:label ?o }} WHERE {{ ?s a <{KIND}> ; rdfs:label ?o }}").graph
    assert made is not None and list(made) == [(PERSON, RDFS.label, NAME)]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_results_in_each_form(site: Site, form: str) -> None:
    graph = Graph(SPARQLStore(site.sparql, returnFormat=form))
    (row,) = graph.query(f"SELECT ?name {{ <{PERSON}> rdfs:label ?name }}")
    assert str(row.name) == NAME.value


@pytest.fixture
def store(site: Site) -> Iterator[SPARQLUpdateStore]:
    made = SPARQLUpdateStore(site.sparql, site.update, autocommit=False, headers={"Authorization": site.authorization})
    yield made
    made.close()


def default_graph(store: SPARQLUpdateStore) -> Graph:
    """The graph without a name, as the store spells it."""
    return Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID)


def test_adding_and_removing(store: SPARQLUpdateStore) -> None:
    graph = default_graph(store)
    graph.add((PERSON, SKOS.altLabel, OTHER))
    store.commit()
    assert (PERSON, SKOS.altLabel, OTHER) in graph
    graph.remove((PERSON, SKOS.altLabel, OTHER))
    store.commit()
    assert (PERSON, SKOS.altLabel, OTHER) not in graph


def test_updates_and_workspaces(store: SPARQLUpdateStore) -> None:
    named = Graph(store, identifier=WORKSPACE)
    named.add((PERSON, SKOS.note, Literal("nháp", lang="vi")))
    store.commit()
    assert len(named) == 1
    assert not list(default_graph(store).objects(PERSON, SKOS.note))
    store.update(f"DROP GRAPH <{WORKSPACE}>")
    store.commit()
    assert len(named) == 0


def test_what_breaks_a_shape_is_refused_and_stores_nothing(store: SPARQLUpdateStore) -> None:
    graph = default_graph(store)
    nobody = URIRef(PREFIXES["person"] + "khong-ten")
    graph.add((nobody, RDF.type, KIND))
    with pytest.raises(HTTPError) as caught:
        store.commit()
    with caught.value as response:
        assert response.code == 422
    store.rollback()
    assert (nobody, RDF.type, KIND) not in graph
