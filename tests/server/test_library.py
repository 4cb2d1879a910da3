"""`/queries` and `/api/queries`: questions that are ready to run."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.query import Library

MEETING = {"meeting": "meeting:giao-ban-mau"}


def test_every_question_is_listed_with_its_page(page: FlaskClient) -> None:
    text = page.get("/queries").text
    names = list(Library.load())
    assert len(names) >= 10
    assert [name for name in names if f'href="/queries/{name}"' not in text] == []


def test_every_question_has_a_page_in_both_languages(page: FlaskClient) -> None:
    for name, query in Library.load().items():
        vietnamese, english = page.get(f"/queries/{name}?lang=vi"), page.get(f"/queries/{name}?lang=en")
        assert (vietnamese.status_code, english.status_code) == (200, 200), name
        assert query.summary_vi.split(",")[0] in vietnamese.text
        assert "<pre" in english.text


def test_a_question_runs_on_its_page_without_javascript(page: FlaskClient) -> None:
    text = page.get("/queries/meeting-participants", query_string={**MEETING, "run": "1"}).text
    assert "<td>Đinh Thị Hòa</td>" in text
    assert 'value="meeting:giao-ban-mau"' in text
    assert "format=csv" in text


def test_a_question_runs_for_programs_as_typed_json(client: FlaskClient) -> None:
    response = client.get("/api/queries/meeting-participants", query_string=MEETING)
    answer = response.get_json()
    assert response.mimetype == "application/json"
    assert answer["columns"] == ["participant", "name", "site", "roles", "capacities"]
    assert answer["rows"][0]["participant"] == "https://w3id.org/bomay/id/person/dinh-thi-hoa-1"
    assert answer["rows"][1]["participant"] is None


@pytest.mark.parametrize("named", [True, False])
def test_csv_by_accept_or_by_name(client: FlaskClient, named: bool) -> None:
    given = {**MEETING, "format": "csv"} if named else MEETING
    headers = {} if named else {"Accept": "text/csv"}
    response = client.get("/api/queries/meeting-participants", query_string=given, headers=headers)
    assert response.mimetype == "text/csv"
    assert response.text.startswith("participant,name,site,roles,capacities\r\nhttps://")


def test_sparql_results_by_accept(client: FlaskClient) -> None:
    headers = {"Accept": "application/sparql-results+json"}
    response = client.get("/api/queries/meeting-participants", query_string=MEETING, headers=headers)
    assert response.mimetype == "application/sparql-results+json"
    assert response.get_json(force=True)["results"]["bindings"][0]["participant"]["type"] == "uri"


@pytest.mark.parametrize(
    "address", ["/api/queries/conflicts?limit=", "/api/queries/conflicts?offset=", "/api/search?q=a&limit="]
)
def test_a_number_beyond_measure_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address + "9" * 5000).status_code == 400


def test_limit_and_offset_cut_the_rows(client: FlaskClient) -> None:
    whole = client.get("/api/queries/meeting-participants", query_string=MEETING).get_json()["rows"]
    cut = client.get("/api/queries/meeting-participants", query_string={**MEETING, "limit": 1, "offset": 1}).get_json()
    assert cut["rows"] == whole[1:2]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"meeting": "not an iri"}, "meeting"),
        ({}, "meeting"),
        ({**MEETING, "colour": "red"}, "colour"),
        ({**MEETING, "limit": "many"}, "limit"),
    ],
)
def test_a_wrong_parameter_is_400_and_named(client: FlaskClient, given: dict[str, str], named: str) -> None:
    response = client.get("/api/queries/meeting-participants", query_string=given)
    assert response.status_code == 400
    assert f"'{named}'" in response.get_json(force=True)["detail"]


def test_a_wrong_parameter_is_marked_in_the_form(page: FlaskClient) -> None:
    response = page.get("/queries/meeting-participants", query_string={"meeting": "x y"})
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.text


def test_an_unknown_question_is_404(client: FlaskClient) -> None:
    assert client.get("/api/queries/nothing").status_code == 404
    assert client.get("/queries/nothing").status_code == 404


def test_an_answer_that_has_not_changed_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    first = client.get("/api/queries/meeting-participants", query_string=MEETING)
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/api/queries/meeting-participants", query_string=MEETING, headers=again).status_code == 304


def test_where_more_rows_follow_the_answer_says_where(client: FlaskClient) -> None:
    first = client.get("/api/queries/meeting-participants", query_string={**MEETING, "limit": 1})
    following = first.get_json()["next"]
    assert first.headers["Link"] == f'<{following}>; rel="next"'
    second = client.get(following)
    assert second.get_json()["rows"] != first.get_json()["rows"]
    assert second.get_json()["next"] is None
    assert "Link" not in second.headers


@pytest.mark.parametrize("given", ["limit=10001", "limit=-1", "offset=10000001", "limit=", "limit=1&limit=2"])
def test_limit_and_offset_have_bounds(client: FlaskClient, given: str) -> None:
    response = client.get(f"/api/queries/conflicts?{given}")
    assert response.status_code == 400
    assert f"'{given.partition('=')[0]}'" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ("application/sparql-results+xml", "<sparql"),
        ("text/tab-separated-values", "?participant\t?name"),
        ("application/json", '"next"'),
    ],
)
def test_other_forms_by_accept(client: FlaskClient, accept: str, words: str) -> None:
    response = client.get("/api/queries/meeting-participants", query_string=MEETING, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, accept)
    assert words in response.text
