"""People with tokens, who send to a service of the test's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.namespaces import sparql_prologue
from kg.store.tokens import create_token

As = Callable[..., TestResponse]

PERSON = """person:le-van-moi-1 a bm:Person , foaf:Person ; rdfs:label "Lê Văn Mới"@vi ;
  foaf:name "Lê Văn Mới" ; bm:key "le van moi" ; bm:curatedBy agent:hoa ."""
OTHER = """person:tran-thi-hai-1 a bm:Person , foaf:Person ; rdfs:label "Trần Thị Hai"@vi ;
  foaf:name "Trần Thị Hai" ; bm:key "tran thi hai" ; bm:curatedBy agent:hoa ."""
UPDATE = "application/sparql-update"
PEOPLE = {"hoa": "contributor", "tam": "contributor", "lan": "editor", "mai": "editor", "doc": "reader"}


@pytest.fixture
def send(own: Flask, own_folder: Path) -> As:
    """`send("hoa", "POST", path, …)`: sends with the token of that person, or as nobody."""
    tokens = {name: create_token(own_folder, name, role) for name, role in PEOPLE.items()}
    client = own.test_client()

    def request(who: str | None, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {tokens[who]}"} if who else {}
        return client.open(path, method=method, headers=headers, **more)

    return request


@pytest.fixture
def is_there(own: Flask) -> Callable[[str], bool]:
    """Whether a person of this name is in the graph, as anybody is told by /sparql."""

    def ask(name: str) -> bool:
        query = {"query": f"ASK {{ ?p foaf:name '{name}' }}", "format": "json"}
        return bool(own.test_client().get("/sparql", query_string=query).get_json(force=True)["boolean"])

    return ask


def proposed(send: As, triples: str = PERSON, who: str = "hoa", **more: Any) -> str:
    """Proposes triples to add by an update; gives the address of the proposal."""
    response = send(who, "POST", "/api/proposals", data=f"INSERT DATA {{ {triples} }}", content_type=UPDATE, **more)
    assert response.status_code == 201, response.text
    return response.headers["Location"]


def turtle(triples: str) -> str:
    """The triples with all prefixes."""
    return sparql_prologue() + triples
