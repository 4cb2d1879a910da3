"""`/void`: the figures are those of the graph, in every form, and counting never holds anybody up for long."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from kg.errors import LimitExceeded
from kg.namespaces import PREFIXES, iri, sparql_prologue
from kg.store.tokens import create_token
from server.dataset import Counting, counting
from server.dataset.counting_child import counted
from server.negotiate import ANY_GRAPHS
from server.service import held_by

FORMS = {offer.key: RdfFormat.from_media_type(offer.media_type) for offer in ANY_GRAPHS}
DCAT = "http://www.w3.org/ns/dcat#"
FACTS = NamedNode("http://localhost/void#facts")


def void(client: FlaskClient, extension: str = ".ttl") -> Store:
    """What it says once the figures are there: a request waits some seconds for them, and is answered without them."""
    form = FORMS[extension.removeprefix(".")]
    assert form is not None
    for _ in range(20):
        store = Store()
        store.extend(Quad(*quad.triple) for quad in parse(client.get(f"/void{extension}").data, form))
        if next(store.quads_for_pattern(FACTS, iri("void:triples"), None), None):
            return store
    raise AssertionError("The figures never came.")


def numbers(store: Store, text: str) -> dict[str, int]:
    found = store.query(sparql_prologue() + text)
    assert isinstance(found, QuerySolutions)
    return {row["name"].value: int(row["number"].value) for row in found}


def asked(client: FlaskClient, text: str) -> dict[str, int]:
    rows = client.get("/sparql", query_string={"query": text}).get_json(force=True)["results"]["bindings"]
    return {row["name"]["value"]: int(row["number"]["value"]) for row in rows}


def test_the_figures_are_those_that_a_query_counts(client: FlaskClient) -> None:
    told = void(client)
    for name, query in {
        "triples": "SELECT ('n' AS ?name) (COUNT(*) AS ?number) { ?s ?p ?o }",
        "distinctSubjects": "SELECT ('n' AS ?name) (COUNT(DISTINCT ?s) AS ?number) { ?s ?p ?o }",
        "distinctObjects": "SELECT ('n' AS ?name) (COUNT(DISTINCT ?o) AS ?number) { ?s ?p ?o }",
        "classes": "SELECT ('n' AS ?name) (COUNT(DISTINCT ?c) AS ?number) { ?s a ?c }",
        "properties": "SELECT ('n' AS ?name) (COUNT(DISTINCT ?p) AS ?number) { ?s ?p ?o }",
    }.items():
        (quad,) = told.quads_for_pattern(FACTS, iri(f"void:{name}"), None)
        assert isinstance(quad.object, Literal)
        assert int(quad.object.value) == asked(client, query)["n"], name
    classes = "SELECT ?name ?number { ?d void:classPartition [ void:class ?name ; void:entities ?number ] }"
    by_class = asked(client, "SELECT ?name (COUNT(*) AS ?number) { ?s a ?name } GROUP BY ?name")
    assert numbers(told, classes) == by_class
    properties = "SELECT ?name ?number { ?d void:propertyPartition [ void:property ?name ; void:triples ?number ] }"
    by_property = asked(client, "SELECT ?name (COUNT(*) AS ?number) { ?s ?name ?o } GROUP BY ?name")
    assert numbers(told, properties) == by_property


@pytest.mark.parametrize("key", FORMS)
def test_every_form_says_the_same(client: FlaskClient, key: str) -> None:
    turtle, other = void(client), void(client, f".{key}")
    assert len(other) == len(turtle) > 100
    named = {quad for quad in turtle if "BlankNode" not in f"{quad.subject!r}{quad.object!r}"}
    assert named <= set(other)


def test_what_it_leads_to_is_there(client: FlaskClient) -> None:
    told = void(client)
    dumps = [quad.object.value for quad in told.quads_for_pattern(FACTS, iri("void:dataDump"), None)]
    assert len(dumps) == len(ANY_GRAPHS)
    addresses = [
        *dumps,
        *(quad.object.value for quad in told.quads_for_pattern(FACTS, iri("void:sparqlEndpoint"), None)),
        *(quad.object.value + "hoa" for quad in told.quads_for_pattern(FACTS, iri("void:uriLookupEndpoint"), None)),
        *(quad.object.value for quad in told.quads_for_pattern(None, NamedNode(f"{DCAT}endpointURL"), None)),
    ]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    examples = [quad.object.value for quad in told.quads_for_pattern(FACTS, iri("void:exampleResource"), None)]
    assert "https://w3id.org/bomay/id/person/dinh-thi-hoa-1" in examples
    for example in examples:
        path = example.removeprefix("https://w3id.org/bomay")
        assert client.get(path).status_code == 303
    vocabularies = {quad.object.value for quad in told.quads_for_pattern(FACTS, iri("void:vocabulary"), None)}
    assert {PREFIXES["bm"], PREFIXES["org"], PREFIXES["prov"]} <= vocabularies


def test_links_to_other_houses_are_counted_by_their_site() -> None:
    store = Store()
    for number in range(3):
        thing = NamedNode(f"https://w3id.org/bomay/id/place/{number}")
        store.add(Quad(thing, iri("rdf:type"), iri("bm:Place")))
        store.add(Quad(thing, iri("owl:sameAs"), NamedNode(f"http://www.wikidata.org/entity/Q{number}")))
        store.add(Quad(thing, iri("owl:sameAs"), NamedNode(f"https://w3id.org/bomay/id/place/old-{number}")))
    figures = counted(store)
    assert figures["links"] == [("http://www.wikidata.org/", 3)]
    assert (figures["triples"], figures["entities"]) == (9, 3)


def test_a_program_that_wants_no_form_of_it_hears_406_and_an_unknown_ending_404(client: FlaskClient) -> None:
    assert client.get("/void", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/void.pdf").status_code == 404


def test_the_service_description_has_the_figures_once_they_are_counted_and_leads_on(client: FlaskClient) -> None:
    void(client)
    store = Store()
    store.load(client.get("/sparql").data, RdfFormat.TURTLE)
    assert next(store.quads_for_pattern(FACTS, iri("void:triples"), None))
    graphs = "SELECT ?name ?number { [ sd:name ?name ; sd:graph [ void:triples ?number ] ] }"
    prefix = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    query = "SELECT ?name (COUNT(*) AS ?number) { GRAPH ?name { ?s ?p ?o } } GROUP BY ?name"
    found = store.query(prefix + sparql_prologue() + graphs)
    assert isinstance(found, QuerySolutions)
    assert {row["name"].value: int(row["number"].value) for row in found} == asked(client, query)
    led = {quad.object.value for quad in store.quads_for_pattern(None, iri("rdfs:seeAlso"), None)}
    assert led == {"http://localhost/void", "http://localhost/queries"}


def test_a_change_is_answered_with_the_last_figures_and_their_generation(own: Flask, own_folder: Path) -> None:
    client = own.test_client()
    before = void(client)
    headers = {"Authorization": f"Bearer {create_token(own_folder, 'lan', 'editor')}"}
    update = 'INSERT DATA { place:viet-nam skos:altLabel "Vietnam"@en }'
    sent = client.post("/update", data=update, content_type="application/sparql-update", headers=headers)
    assert sent.status_code == 204
    (quad,) = void(client).quads_for_pattern(FACTS, iri("owl:versionInfo"), None)  # counting rests
    assert quad in before
    page = client.get("/void?lang=en", headers={"Accept": "text/html"}).text
    assert f"Counted in generation {quad.object.value}." in page
    assert f"The graph is at generation {sent.headers['Bomay-Generation']}" in page


def test_a_count_that_fails_is_not_tried_again_for_the_same_generation(
    own: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fail(*_: object) -> None:
        tried.append(1)
        raise LimitExceeded("time", "Too long.")

    monkeypatch.setattr(counting, "run_apart", fail)
    graph = held_by(own).graph
    figures = Counting(graph)
    with graph.pin() as generation:
        assert figures.figures(generation.number, 30.0) is None
        assert figures.figures(generation.number, 30.0) is None
    assert len(tried) == 1
    response = own.test_client().get("/void?lang=vi", headers={"Accept": "text/html"})
    assert response.status_code == 200 and "Đang đếm" in response.text
    assert own.test_client().get("/void").status_code == 200
