"""`/ontology` and `/shapes`: the words of the graph, for people and for programs."""

import json
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.namespaces import PREFIXES, SHAPES, iri
from tests.server.conftest import running

FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("ending", FORMS)
def test_ontology_as_rdf_has_the_terms_by_accept_and_by_ending(client: FlaskClient, ending: str) -> None:
    form = FORMS[ending]
    by_accept = client.get("/ontology", headers={"Accept": form.media_type})
    for response in (by_accept, client.get(f"/ontology.{ending}")):
        assert response.mimetype == form.media_type
        assert Quad(iri("bm:Tenure"), iri("rdf:type"), iri("owl:Class")) in set(parse(response.data, format=form))


@pytest.mark.parametrize("path", ["/ontology.xyz", "/shapes-of-mine"])
def test_an_ending_that_is_not_known_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


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


def test_the_version_iri_leads_to_the_ontology_and_no_other_version_does(client: FlaskClient) -> None:
    quads = parse(client.get("/ontology.ttl").data, RdfFormat.TURTLE)
    (version,) = (quad.object.value for quad in quads if quad.predicate == iri("owl:versionIRI"))
    found = client.get(version.removeprefix("https://w3id.org/bomay"))
    assert (found.status_code, found.location) == (303, "/ontology")
    missing = client.get("/ontology/9.9.9")
    assert missing.status_code == 404
    assert "9.9.9" in missing.get_json(force=True)["detail"]


def test_the_list_of_shapes_validated_in_full_is_served_as_rdf_and_on_the_page(
    client: FlaskClient, page: FlaskClient
) -> None:
    listed = Quad(NamedNode("https://w3id.org/bomay/shapes"), iri("bm:validatedInFull"), iri("rdf:nil"))
    assert listed in set(parse(client.get("/shapes.ttl").data, format=RdfFormat.TURTLE))
    assert 'id="validated-in-full"' in page.get("/shapes").text
    assert "None. Of every shape it is known" in page.get("/shapes?lang=en").text


def test_a_shape_that_is_validated_in_full_is_named_on_the_page(own_folder: Path) -> None:
    store = Store(str(own_folder / "store"))
    store.update(
        """DELETE { GRAPH bm:g { ?shapes bm:validatedInFull ?none } } INSERT { GRAPH bm:g { ?shapes bm:validatedInFull
        (bms:Person-namesakes) } } WHERE { GRAPH bm:g { ?shapes bm:validatedInFull ?none } }""".replace(
            "bm:g", str(SHAPES)
        ),
        prefixes=PREFIXES,
    )
    del store
    shutil.rmtree(own_folder / "generations")  # made anew of what the store holds
    (own_folder / "generations").mkdir()
    with running(own_folder) as app:
        text = app.test_client().get("/shapes?lang=en", headers={"Accept": "text/html"}).text
    section = text.partition('id="validated-in-full"')[2].partition("</section>")[0]
    assert "Person-namesakes" in section and "None." not in section
