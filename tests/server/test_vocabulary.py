"""`/ontology` and `/shapes`: the words of the graph, for people and for programs."""

import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad, RdfFormat, parse

from kg.namespaces import PREFIXES, iri


@pytest.mark.parametrize("format", [RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.RDF_XML], ids=lambda f: f.name)
def test_ontology_as_rdf_has_the_terms(client: FlaskClient, format: RdfFormat) -> None:
    response = client.get("/ontology", headers={"Accept": format.media_type})
    assert response.mimetype == format.media_type
    assert Quad(iri("bm:Tenure"), iri("rdf:type"), iri("owl:Class")) in set(parse(response.data, format=format))


def test_page_has_an_anchor_for_each_term_in_both_languages(page: FlaskClient) -> None:
    for language, label in (("vi", "nhiệm kỳ giữ chức"), ("en", "tenure")):
        text = page.get(f"/ontology?lang={language}").text
        assert 'id="Tenure"' in text
        assert label in text


def test_context_makes_plain_json_into_statements_of_the_graph(client: FlaskClient) -> None:
    response = client.get("/ontology/context.jsonld")
    assert response.mimetype == "application/ld+json"
    words = json.loads(response.text)["@context"]
    assert words["inTerm"] == {"@id": "bm:inTerm", "@type": "@id"}
    assert words["attestedOn"] == {"@id": "bm:attestedOn", "@type": "xsd:date"}
    said = {
        "@context": words,
        "id": "tenure:an-1",
        "type": "Tenure",
        "member": "person:an-1",
        "attestedOn": "2022-04-05",
        "endState": "endstate:ongoing",
    }
    prologue = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
    wanted = """tenure:an-1 a bm:Tenure ; org:member person:an-1 ;
        bm:attestedOn "2022-04-05"^^xsd:date ; bm:endState endstate:ongoing ."""
    read = set(parse(json.dumps(said), format=RdfFormat.JSON_LD))
    assert read == set(parse(prologue + wanted, format=RdfFormat.TURTLE))


def test_context_is_not_sent_again_when_it_is_known(client: FlaskClient) -> None:
    etag = client.get("/ontology/context.jsonld").headers["ETag"]
    assert client.get("/ontology/context.jsonld", headers={"If-None-Match": etag}).status_code == 304
