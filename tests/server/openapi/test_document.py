"""`/openapi.json`: valid, whole, and true."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from kg.query import Library
from kg.store import tokens
from server.openapi.document import templated

Json = dict[str, Any]
UNSAID = {
    "/static/<path:filename>": "files of pages, no interface",
    "/api/queries/<name>": "each question has a path of its own, with its parameters",
}


@pytest.fixture(scope="module")
def document(app: Flask) -> Json:
    found: Json = app.test_client().get("/openapi.json").get_json()
    return found


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_the_document_is_valid_openapi(document: Json) -> None:
    assert document["openapi"].startswith("3.1.")
    validate(document)


def test_no_route_is_missing_and_none_is_invented(app: Flask, document: Json) -> None:
    served = {rule.rule for rule in app.url_map.iter_rules()}
    assert set(UNSAID) <= served
    questions = {f"/api/queries/{name}" for name in Library.load()}
    assert set(document["paths"]) == {templated(rule) for rule in served - set(UNSAID)} | questions


def test_every_method_that_writes_or_reads_is_there(app: Flask, document: Json) -> None:
    said = {(path, method.upper()) for path, method, _ in operations(document)}
    unsaid = [
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS", "QUERY"}  # what OpenAPI cannot say, or need not
        if rule.rule not in UNSAID and (templated(rule.rule), method) not in said
    ]
    assert unsaid == []


def test_every_operation_has_a_name_of_its_own_and_a_summary(document: Json) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert [name for _, _, op in operations(document) for name in [op["operationId"]] if not op["summary"]] == []


def test_every_operation_tells_of_problems(document: Json) -> None:
    for path, method, operation in operations(document):
        told = operation["responses"]["default"]["content"]
        assert "application/problem+json" in told, (path, method)


def test_questions_have_typed_parameters_and_columns(document: Json) -> None:
    operation = document["paths"]["/api/queries/post-holders-on-day"]["get"]
    by_name = {one["name"]: one for one in operation["parameters"]}
    assert by_name["day"]["schema"]["format"] == "date"
    assert by_name["day"]["required"] is True
    rows = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["rows"]
    assert set(rows["items"]["properties"]) == set(Library.load()["post-holders-on-day"].returns)


def requests(document: Json) -> Iterator[tuple[str, str, dict[str, Any], Any]]:
    """(method, path, query, body as keywords of the test client) of every operation that has the examples it needs."""
    for path, method, operation in operations(document):
        given = {"path": {}, "query": {}}
        missing = False
        for one in operation["parameters"]:
            if "example" in one:
                given[one["in"]][one["name"]] = one["example"]
            missing |= bool(one.get("required")) and "example" not in one
        if missing:
            continue
        address = path.format(**given["path"])
        contents = operation.get("requestBody", {}).get("content", {})
        if not contents:
            yield method, address, given["query"], {}
        for media_type, told in contents.items():
            if "example" in told:
                json = media_type == "application/json"
                sent = {"json": told["example"]} if json else {"data": told["example"], "content_type": media_type}
                yield method, address, given["query"], sent


def test_every_example_is_answered(own: Flask, document: Json) -> None:
    token = tokens.create_token(own.extensions["bomay"].data, "lan", "admin")
    headers = {"Authorization": f"Bearer {token}"}
    client: FlaskClient = own.test_client()
    answered, refused = set(), []
    deleting_last = sorted(requests(document), key=lambda request: request[0] == "delete")
    for method, address, query, sent in deleting_last:
        response = client.open(
            address, method=method.upper(), query_string=query, headers=headers, follow_redirects=True, **sent
        )
        answered.add(address)
        if response.status_code not in (200, 201, 204):
            refused.append((method, address, query, response.status_code, response.text[:200]))
    assert refused == []
    assert {f"/api/queries/{name}" for name in Library.load()} <= answered
    assert len(answered) > len(Library.load()) + 15


def test_the_document_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/openapi.json")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
