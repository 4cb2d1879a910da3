"""The mappings to other vocabularies can be had, each in every form of RDF."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from kg.namespaces import BASE
from kg.read import load_rdf
from kg.reference import alignment_files
from server import urls

FORMS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
NAMES = [file.stem for file in alignment_files()]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", FORMS)
def test_each_file_says_the_same_in_every_form(client: FlaskClient, name: str, ending: str) -> None:
    (file,) = (file for file in alignment_files() if file.stem == name)
    wanted = {quad.triple for quad in load_rdf(file)}
    assert len(wanted) > 5
    by_ending = client.get(f"/ontology/align/{name}.{ending}")
    by_accept = client.get(f"/ontology/align/{name}", headers={"Accept": FORMS[ending].media_type})
    for response in (by_ending, by_accept):
        assert response.mimetype == FORMS[ending].media_type
        assert {quad.triple for quad in parse(response.data, format=FORMS[ending])} == wanted


def test_turtle_keeps_the_reasons(client: FlaskClient) -> None:
    (file,) = (file for file in alignment_files() if file.stem == "eli")
    assert client.get("/ontology/align/eli.ttl").data == file.read_bytes()


def test_the_page_lists_them_all(page: FlaskClient) -> None:
    for language, title in (("vi", "Đối chiếu với ELI"), ("en", "European Legislation Identifier")):
        text = page.get(f"/ontology?lang={language}").text
        assert title in text
        assert [name for name in NAMES if f'href="/ontology/align/{name}.ttl"' not in text] == []


def test_the_name_in_the_data_leads_to_the_file(client: FlaskClient) -> None:
    assert urls.link(f"{BASE}align/eli") == "/ontology/align/eli"
    for name in ("eli", "eli.nt"):
        response = client.get(f"/align/{name}")
        assert (response.status_code, response.headers["Location"]) == (303, f"/ontology/align/{name}")


@pytest.mark.parametrize("path", ["/ontology/align/nothing", "/ontology/align/eli.xyz", "/align/nothing"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "wikidata" in response.get_json()["detail"]


def test_it_is_not_sent_again_when_it_is_known(client: FlaskClient) -> None:
    etag = client.get("/ontology/align/eli.ttl").headers["ETag"]
    assert client.get("/ontology/align/eli.ttl", headers={"If-None-Match": etag}).status_code == 304
