"""`/sparql` by the SPARQL 1.1 Protocol, as far as reading goes."""

import json
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

SELECT = "SELECT ?name WHERE { ?person a bm:Person ; rdfs:label ?name }"
ASK = "ASK { ?person a bm:Person }"
CONSTRUCT = "CONSTRUCT { ?person rdfs:label ?name } WHERE { ?person a bm:Person ; rdfs:label ?name }"
FORM = "application/x-www-form-urlencoded"


def test_a_query_by_get_gives_json(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SELECT})
    assert response.status_code == 200
    assert response.mimetype == "application/sparql-results+json"
    assert [row["name"]["value"] for row in response.get_json(force=True)["results"]["bindings"]] == ["Đinh Thị Hòa"]


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_a_query_may_be_the_body(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method, data=SELECT, content_type="application/sparql-query")
    assert "Đinh Thị Hòa" in response.text


def test_a_query_may_be_a_form(client: FlaskClient) -> None:
    response = client.post("/sparql", data=urlencode({"query": SELECT}), content_type=FORM)
    assert "Đinh Thị Hòa" in response.text


@pytest.mark.parametrize(
    ("query", "accept", "media_type", "words"),
    [
        (SELECT, "application/sparql-results+json", "application/sparql-results+json", '"vars"'),
        (SELECT, "application/json", "application/sparql-results+json", '"vars"'),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml", "<sparql"),
        (SELECT, "text/csv", "text/csv", "name\r\n"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values", "?name\n"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml", "<boolean>true"),
        (ASK, "*/*", "application/sparql-results+json", "true"),
        (CONSTRUCT, "text/turtle", "text/turtle", "person:dinh-thi-hoa-1"),
        (CONSTRUCT, "application/n-triples", "application/n-triples", "<https://w3id.org/bomay/id/person/dinh"),
        (CONSTRUCT, "application/ld+json", "application/ld+json", "@id"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
    ],
)
def test_the_form_follows_accept(client: FlaskClient, query: str, accept: str, media_type: str, words: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert words in response.text
    assert response.headers["Vary"] == "Accept"


def test_a_charset_is_said_once(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": "text/csv"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_an_empty_query_is_told_from_two(client: FlaskClient) -> None:
    assert "empty" in client.get("/sparql?query=").get_json(force=True)["detail"]
    assert "has 2" in client.get("/sparql?query=ASK{}&query=ASK{}").get_json(force=True)["detail"]


def test_quality_values_decide(client: FlaskClient) -> None:
    accept = "application/sparql-results+json;q=0.2, text/csv;q=0.9, text/tab-separated-values;q=0"
    assert client.get("/sparql", query_string={"query": SELECT}, headers={"Accept": accept}).mimetype == "text/csv"


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")])
def test_a_form_that_cannot_be_given_is_406_with_those_that_can(client: FlaskClient, query: str, accept: str) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    assert response.get_json(force=True)["offered"]


def test_a_syntax_error_is_400_with_line_and_column(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"})
    problem = response.get_json(force=True)
    assert response.status_code == 400
    assert (problem["line"], problem["type"].rpartition("/")[2]) == (2, "syntax")
    assert problem["column"] > 1


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "CLEAR ALL"])
def test_reaching_out_and_updates_are_refused(client: FlaskClient, query: str) -> None:
    response = client.get("/sparql", query_string={"query": query})
    assert response.status_code == 400
    assert response.get_json(force=True)["type"].endswith("/refused")


@pytest.mark.parametrize(
    "given",
    [
        {"query": ""},
        {"query": ["ASK {}", "ASK {}"]},
        {"query": ASK, "timeout": "soon"},
        {"query": ASK, "timeout": "-1"},
        {"query": ASK, "default-graph-uri": "not an iri"},
    ],
)
def test_requests_that_make_no_sense_are_400(client: FlaskClient, given: dict[str, str]) -> None:
    response = client.get("/sparql", query_string=given)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_another_media_type_of_body_is_415(client: FlaskClient) -> None:
    assert client.post("/sparql", data=b"{}", content_type="application/json").status_code == 415


def test_a_body_that_is_not_utf_8_is_400(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"ASK { ?s ?p '\xff' }", content_type="application/sparql-query")
    assert response.status_code == 400


def test_graphs_named_by_the_request_are_the_dataset(client: FlaskClient) -> None:
    asked = {"query": "ASK { ?s a bm:ChangeSet }", "default-graph-uri": "https://w3id.org/bomay/graph/history"}
    assert client.get("/sparql", query_string=asked).get_json(force=True)["boolean"] is True
    elsewhere = {**asked, "default-graph-uri": "https://example.org/nowhere"}
    assert client.get("/sparql", query_string=elsewhere).get_json(force=True)["boolean"] is False


def test_a_query_over_its_time_is_504_and_says_so(client: FlaskClient) -> None:
    bomb = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    response = client.get("/sparql", query_string={"query": bomb, "timeout": "0.3"})
    assert response.status_code == 504
    assert response.get_json(force=True)["limit"] == "time"


def test_the_same_question_again_is_not_modified(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": SELECT})
    again = client.get("/sparql", query_string={"query": SELECT}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    csv = {"Accept": "text/csv", "If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", query_string={"query": SELECT}, headers=csv).status_code == 200


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_is_no_function_of_the_graph_has_no_etag(client: FlaskClient, function: str) -> None:
    response = client.get("/sparql", query_string={"query": f"SELECT ({function} AS ?x) {{}}"})
    assert response.status_code == 200
    assert "ETag" not in response.headers


def test_head_has_the_headers_and_no_body(client: FlaskClient) -> None:
    response = client.head("/sparql", query_string={"query": SELECT})
    assert (response.status_code, response.data) == (200, b"")
    assert response.mimetype == "application/sparql-results+json"


def test_options_opens_reading_to_other_origins(client: FlaskClient) -> None:
    response = client.options("/sparql")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" not in response.headers["Access-Control-Allow-Headers"]
    assert {"GET", "POST", "HEAD"} <= set(response.headers["Allow"].split(", "))


def test_without_a_query_programs_get_a_service_description(client: FlaskClient) -> None:
    response = client.get("/sparql")
    assert response.mimetype == "text/turtle"
    assert any("SPARQL11Query" in str(quad.object) for quad in parse(response.data, format=RdfFormat.TURTLE))


def test_without_a_query_browsers_get_the_editor_with_examples(page: FlaskClient) -> None:
    response = page.get("/sparql")
    assert response.mimetype == "text/html"
    assert '<textarea id="query" name="query"' in response.text
    assert response.text.count("<details>") >= 10


def test_the_form_works_without_javascript(page: FlaskClient) -> None:
    response = page.get("/sparql", query_string={"query": SELECT})
    assert response.mimetype == "text/html"
    assert "<td>Đinh Thị Hòa</td>" in response.text
    assert "format=csv" in response.text


def test_a_broken_query_comes_back_in_the_editor_with_its_place(page: FlaskClient) -> None:
    response = page.get("/sparql", query_string={"query": "SELECT * {"})
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert "SELECT * {</textarea>" in response.text


def test_a_graph_and_a_truth_are_shown_on_the_page(page: FlaskClient) -> None:
    assert "person:dinh-thi-hoa-1" in page.get("/sparql", query_string={"query": CONSTRUCT}).text
    assert '<p class="truth">Có</p>' in page.get("/sparql", query_string={"query": ASK}).text


def test_a_long_answer_is_shown_in_part_and_says_so(page: FlaskClient) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 3000"
    text = page.get("/sparql", query_string={"query": query}).text
    assert text.count("<tr>") == 1001
    assert "Còn nữa" in text


def test_a_format_may_be_named(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SELECT, "format": "csv"})
    assert response.mimetype == "text/csv"
    assert json.loads(client.get("/sparql", query_string={"query": ASK, "format": "json"}).data)["boolean"] is True


MIDWAY = "SELECT ?name WHERE { ?person a bm:Person OPTIONAL { ?person bm:rank ?rank } ?person rdfs:label ?name }"


def test_explain_shows_the_query_that_is_really_run_and_does_not_run_it(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": MIDWAY, "explain": "1"})
    assert (response.status_code, response.mimetype) == (200, "application/sparql-query")
    assert response.headers["Bomay-Rearranged"] == "true"
    assert response.text.index("rdfs:label") < response.text.index("OPTIONAL")
    run = client.get("/sparql", query_string={"query": MIDWAY})
    assert [row["name"]["value"] for row in run.get_json(force=True)["results"]["bindings"]] == ["Đinh Thị Hòa"]
    same = client.post("/sparql", data={"query": SELECT, "explain": "1"})
    assert (same.text, same.headers["Bomay-Rearranged"]) == (SELECT, "false")


def test_explain_refuses_what_is_refused(client: FlaskClient) -> None:
    asked = {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "explain": "1"}
    assert client.get("/sparql", query_string=asked).status_code == 400


def test_a_fault_has_its_place_in_the_query_as_it_was_written(client: FlaskClient) -> None:
    broken = "SELECT * WHERE {\n ?a bm:post ?b\n OPTIONAL { ?a bm:rank ?c }\n ?a bm:title }"
    response = client.get("/sparql", query_string={"query": broken})
    assert (response.status_code, response.get_json(force=True)["line"]) == (400, 4)


@pytest.mark.parametrize(("most", "told", "rows"), [("2", "true", 2), ("3", "false", 3), ("100000", "false", 3)])
def test_rows_can_be_limited_on_request(client: FlaskClient, most: str, told: str, rows: int) -> None:
    asked = {"query": "SELECT * { VALUES ?x { 1 2 3 } }", "maxrows": most}
    response = client.get("/sparql", query_string=asked)
    assert response.headers["Bomay-Truncated"] == told
    assert "Bomay-Truncated" in response.headers["Access-Control-Expose-Headers"]
    assert len(response.get_json(force=True)["results"]["bindings"]) == rows
    whole = client.get("/sparql", query_string={"query": asked["query"]})
    assert "Bomay-Truncated" not in whole.headers
    assert whole.headers["ETag"] != response.headers["ETag"]


@pytest.mark.parametrize("most", ["-1", "100001", "1.5", "all", ""])
def test_a_number_of_rows_that_is_none_is_refused(client: FlaskClient, most: str) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}", "maxrows": most})
    assert response.status_code == 400
    assert "maxrows" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("SELECT (NOW() AS ?x) {}", False),
        ("SELECT (rand() AS ?x) {}", False),
        ("SELECT ('now' AS ?x) {}", True),
        ("#" + "x" * 200_000 + "\nASK {}", True),
        ("#" + "x" * 200_000 + "\nSELECT (RAND() AS ?x) {}", False),
    ],
)
def test_what_differs_each_time_has_no_etag(client: FlaskClient, text: str, tagged: bool) -> None:
    response = client.post("/sparql", data=text.encode(), content_type="application/sparql-query")
    assert response.status_code == 200
    assert ("ETag" in response.headers) == tagged


def test_a_page_holds_no_giant_query(page: FlaskClient) -> None:
    sent = {"data": b"#" + b"x" * 200_000 + b"\nASK {}", "content_type": "application/sparql-query"}
    response = page.post("/sparql", **sent)
    assert response.status_code == 400
    assert len(response.data) < 10_000


def test_a_page_holds_no_giant_row(page: FlaskClient) -> None:
    doubled = " ".join(f"BIND(CONCAT({','.join([f'?v{n}'] * 8)}) AS ?v{n + 1})" for n in range(7))
    response = page.get("/sparql", query_string={"query": f"SELECT ?v7 {{ BIND('xxxxxxxxxx' AS ?v0) {doubled} }}"})
    assert response.status_code == 400
    assert "CSV" in response.text
