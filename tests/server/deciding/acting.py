"""Duplicates of several kinds, and browsers that are signed in."""

import re
from itertools import count
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import BlankNode, Quad
from werkzeug.test import TestResponse

from kg.namespaces import PROTECTED_GRAPHS
from kg.store.tokens import create_token
from server.service import service

_NUMBERS = count(1)
DUPLICATES = """INSERT DATA {
  person:hoa-2 a bm:Person , foaf:Person ; rdfs:label "Đinh Thị Hòa"@vi ; foaf:name "Đinh Thị Hòa" ;
    bm:key "dinh thi hoa" ; skos:altLabel "Bà Hòa"@vi ; bm:curatedBy agent:mai ;
    bm:possiblySameAs person:dinh-thi-hoa-1 .
  claim:hoa a bm:Claim ; rdfs:label "Đinh Thị Hòa"@vi ; bm:about person:hoa-2 ; bm:property bm:possiblySameAs ;
    bm:value person:dinh-thi-hoa-1 ; bm:curatedBy agent:mai .
  tenure:hoa-2 a bm:Tenure , org:Membership ; rdfs:label "Đinh Thị Hòa – Trưởng Ban"@vi ; org:member person:hoa-2 ;
    bm:post post:truong-ban-mau ; org:organization organ:ban-mau ; bm:attestedOn "2023-04-05"^^xsd:date ;
    bm:endState endstate:unknown ; bm:curatedBy agent:mai .
  organ:ban-mau-2 a bm:Organ , org:Organization ; rdfs:label "Ban Tuyên giáo Mẫu"@vi ; bm:key "ban tuyen giao mau" ;
    bm:kind organkind:PropagandaBoard ; bm:ladder ladder:Party ; bm:curatedBy agent:mai .
  directive:12-ct-tu-mau a bm:Directive , prov:Entity ; rdfs:label "Chỉ thị 12-CT/TU"@vi ; bm:key "chi thi 12 ct tu" ;
    bm:symbol "12-CT/TU" ; bm:number 12 ; bm:documentType doctype:Directive ; bm:ladder ladder:Party ; bm:year 2021 ;
    bm:curatedBy agent:mai .
}"""


def update(client: FlaskClient, sparql: str, reason: str = "sửa") -> str:
    """Runs an update; the slug of its change."""
    query = {"reason": reason, "warnings": "accept"}
    done = client.post("/update", query_string=query, data=sparql, content_type="application/sparql-update")
    assert done.status_code == 204, done.text
    return done.headers["Bomay-Change"].rpartition("/")[2]


def export(client: FlaskClient) -> frozenset[Quad]:
    """Facts and workspaces. As nothing that is stored is a blank node, equal sets are equal in canonical form."""
    with client.application.app_context():
        graph = service().graph
    with graph.reader() as reader:
        quads = (quad for quad in reader.quads(graph=None) if quad.graph_name not in PROTECTED_GRAPHS)
        stored = frozenset(quads)
    assert not any(isinstance(term, BlankNode) for quad in stored for term in (quad.subject, quad.object))
    return stored


def ask(client: FlaskClient, pattern: str) -> bool:
    """Whether the graph has a pattern."""
    answer = client.get(
        "/sparql", query_string={"query": f"ASK {{ {pattern} }}"}, headers={"Accept": "application/json"}
    )
    return bool(answer.get_json()["boolean"])


def program(app: Flask, folder: Path, role: str) -> FlaskClient:
    """A program with a token of its own."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {create_token(folder, f'{role} {next(_NUMBERS)}', role)}"
    return client


def browser(app: Flask, folder: Path, role: str = "editor", language: str = "en") -> FlaskClient:
    """A browser that is signed in."""
    client = app.test_client()
    client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": language}
    token = create_token(folder, f"an {role} {next(_NUMBERS)}", role)
    assert client.post("/signin", data={"token": token}).status_code == 303
    return client


def hidden(answer: TestResponse) -> dict[str, str]:
    """The hidden fields of the form by which something is decided."""
    text = answer.text.partition('class="asked decide"')[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', text))
