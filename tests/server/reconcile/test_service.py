"""The manifest, suggestions, previews and data extension."""

import json
import re

import pytest
from flask.testing import FlaskClient

from server.wording import words
from tests.server.reconcile.conftest import Checked

HOA = "person/dinh-thi-hoa-1"


def test_the_manifest_conforms_and_its_addresses_answer(client: FlaskClient, check: Checked) -> None:
    manifest = client.get("/reconcile").get_json()
    check("manifest", manifest)
    assert manifest["identifierSpace"] + HOA == "https://w3id.org/bomay/id/person/dinh-thi-hoa-1"
    assert [one["id"] for one in manifest["defaultTypes"]] == [
        *("Person", "Organ", "Post", "Place", "Meeting", "Directive", "Term")
    ]
    view = manifest["view"]["url"].replace("{{id}}", "person%2Fdinh-thi-hoa-1")
    assert client.get(view).status_code == 303
    assert client.get(manifest["preview"]["url"].replace("{{id}}", HOA)).status_code == 200
    assert client.get(manifest["logo"]).status_code == 200
    assert client.get(manifest["documentation"]).status_code == 200
    for kind, prefix, identifier in (("entity", "dinh", HOA), ("property", "body", "body"), ("type", "per", "Person")):
        told = manifest["suggest"][kind]
        assert client.get(told["service_url"] + told["service_path"], query_string={"prefix": prefix}).get_json()[
            "result"
        ]
        flyout = told["flyout_service_url"] + told["flyout_service_path"].replace("${id}", identifier)
        assert client.get(flyout).get_json()["id"] == identifier
    proposal = manifest["extend"]["propose_properties"]
    assert (
        client.get(proposal["service_url"] + proposal["service_path"], query_string={"type": "Person"}).status_code
        == 200
    )


def test_the_manifest_speaks_vietnamese_where_asked(client: FlaskClient) -> None:
    names = client.get("/reconcile?lang=vi").get_json()["defaultTypes"]
    assert names[1] == {"id": "Organ", "name": words("vi")["kind.organ"]}


def test_it_may_be_read_from_other_sites(client: FlaskClient) -> None:
    response = client.get("/reconcile")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["ETag"]


@pytest.mark.parametrize(("kind", "schema"), [("entity", "entities"), ("property", "properties"), ("type", "types")])
def test_suggestions_conform_and_go_on_behind_the_cursor(
    client: FlaskClient, check: Checked, kind: str, schema: str
) -> None:
    first = client.get(f"/reconcile/suggest/{kind}?prefix=t").get_json()
    later = client.get(f"/reconcile/suggest/{kind}?prefix=t&cursor=3").get_json()
    for told in (first, later):
        check(f"suggest-{schema}-response", told)
    assert first["result"][3:] == later["result"][: len(first["result"]) - 3]
    assert len(first["result"]) > 3


def test_entities_are_suggested_without_marks_and_by_type(client: FlaskClient) -> None:
    found = client.get("/reconcile/suggest/entity?prefix=dinh%20th&type=Person").get_json()["result"]
    assert found[0]["id"] == HOA
    assert found[0]["notable"] == [{"id": "Person", "name": "person"}]
    terms = client.get("/reconcile/suggest/entity?prefix=dinh%20th&type=Term").get_json()["result"]
    assert {one["id"].partition("/")[0] for one in terms} == {"term"}


def test_properties_are_suggested_in_both_languages_and_by_type(client: FlaskClient) -> None:
    for prefix in ("issuer", "co quan ban hanh"):
        found = client.get(f"/reconcile/suggest/property?prefix={prefix}&type=Directive").get_json()["result"]
        assert "issuer" in [one["id"] for one in found]
    assert client.get("/reconcile/suggest/property?prefix=issuer&type=Person").get_json()["result"] == []


@pytest.mark.parametrize(
    "address",
    [
        "suggest/entity?prefix=a&cursor=-1",
        "suggest/entity?prefix=a&cursor=x",
        "suggest/entity?prefix=a&type=Nobody",
        "suggest/property?type=Nobody",
        "flyout/type?id=Nobody",
        "flyout/entity",
        "properties?type=Nobody",
        "properties?limit=0",
        "preview",
    ],
)
def test_bad_requests_are_one_sentence(client: FlaskClient, address: str) -> None:
    response = client.get(f"/reconcile/{address}")
    assert response.status_code == 400
    assert response.get_json()["detail"]


def test_a_preview_is_a_small_page_without_script_that_other_sites_may_frame(client: FlaskClient) -> None:
    response = client.get(f"/reconcile/preview?id={HOA}")
    assert (response.status_code, response.mimetype) == (200, "text/html")
    assert "Đinh Thị Hòa" in response.text and "Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu" in response.text
    assert not re.search(r"<script|style=|\son\w+=", response.text)
    assert len(response.data) < 4000
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    assert "X-Frame-Options" in client.get("/reconcile").headers
    etag = {"If-None-Match": response.headers["ETag"]}
    assert client.get(f"/reconcile/preview?id={HOA}", headers=etag).status_code == 304


@pytest.mark.parametrize("identifier", ["person/nobody", "<script>", "a b", "%00"])
def test_a_preview_of_nobody_is_404(client: FlaskClient, identifier: str) -> None:
    assert client.get("/reconcile/preview", query_string={"id": identifier}).status_code == 404


def test_what_is_not_suggested_is_404(client: FlaskClient) -> None:
    for address in ("suggest/everything", "flyout/everything?id=a"):
        response = client.get(f"/reconcile/{address}")
        assert (response.status_code, "there are entity" in response.get_json()["detail"]) == (404, True)


def test_values_are_fetched_by_kind_with_their_settings(client: FlaskClient, check: Checked) -> None:
    wanted = {
        "ids": ["directive/12-qd-tu-mau", "directive/nothing", "not an id"],
        "properties": [
            {"id": "number"},
            {"id": "issuedOn"},
            {"id": "symbol", "settings": {"limit": "1"}},
            {"id": "issuer"},
            {"id": "documentType", "settings": {"content": "text"}},
        ],
    }
    check("data-extension-query", wanted)
    answer = client.post("/reconcile", data={"extend": json.dumps(wanted)}).get_json()
    check("data-extension-response", answer)
    assert answer["rows"]["directive/12-qd-tu-mau"] == {
        "number": [{"int": 12}],
        "issuedOn": [{"date": "2021-03-02T00:00:00"}],
        "symbol": [{"str": "12-QĐ/TU"}],
        "issuer": [{"id": "organ/ban-mau", "name": "Ban Tuyên giáo Tỉnh ủy Mẫu"}],
        "documentType": [{"str": "decision"}],
    }
    assert set(answer["rows"]["directive/nothing"]) == {one["id"] for one in wanted["properties"]}
    assert not any(values for row in list(answer["rows"].values())[1:] for values in row.values())
    assert answer["meta"][3] == {"id": "issuer", "name": "issuer", "type": {"id": "Organ", "name": "body"}}


def test_every_property_is_proposed_for_its_types_and_can_be_fetched(client: FlaskClient, check: Checked) -> None:
    for type_, identifier in (("Person", HOA), ("Directive", "directive/12-qd-tu-mau"), ("Organ", "organ/ban-mau")):
        proposal = client.get(f"/reconcile/properties?type={type_}&limit=50").get_json()
        check("data-extension-property-proposal", proposal)
        wanted = {"ids": [identifier], "properties": [{"id": one["id"]} for one in proposal["properties"]]}
        answer = client.post("/reconcile", data={"extend": json.dumps(wanted)}).get_json()
        check("data-extension-response", answer)
        assert any(answer["rows"][identifier].values())
    assert len(client.get("/reconcile/properties?type=Person&limit=2").get_json()["properties"]) == 2


def test_places_and_terms_of_the_reference_graph_can_be_fetched(client: FlaskClient, check: Checked) -> None:
    for type_, prefix in (("Place", "bac kan"), ("Term", "quoc hoi")):
        ids = [
            one["id"]
            for one in client.get(f"/reconcile/suggest/entity?prefix={prefix}&type={type_}").get_json()["result"]
        ]
        assert ids
        properties = client.get(f"/reconcile/properties?type={type_}").get_json()["properties"]
        wanted = {"ids": ids, "properties": [{"id": one["id"]} for one in properties]}
        answer = client.get("/reconcile", query_string={"extend": json.dumps(wanted)}).get_json()
        check("data-extension-response", answer)
        assert any(values for row in answer["rows"].values() for values in row.values())


@pytest.mark.parametrize(
    ("extend", "words"),
    [
        ("1", "JSON object"),
        ('{"properties": []}', "'ids'"),
        ('{"ids": [1], "properties": []}', "'ids'"),
        ('{"ids": []}', "'properties'"),
        ('{"ids": [], "properties": [{"id": "P1"}]}', "no property 'P1'"),
        ('{"ids": [], "properties": [{"id": "body", "settings": {"limit": "many"}}]}', "limit"),
        ('{"ids": [], "properties": [{"id": "body", "settings": {"content": "xml"}}]}', "content"),
        (json.dumps({"ids": [str(n) for n in range(201)], "properties": []}), "At most 200"),
    ],
)
def test_a_bad_extension_is_one_sentence(client: FlaskClient, extend: str, words: str) -> None:
    response = client.post("/reconcile", data={"extend": extend})
    assert response.status_code == 400
    assert words in response.get_json()["detail"]
