"""A person with a browser before a form: opens it, changes rows of it, sends all of it as a browser does."""

import itertools
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from pyoxigraph import NamedNode, Quad
from werkzeug.test import TestResponse

from kg.model.changes import ChangeSet
from kg.namespaces import iri, sparql_prologue
from kg.read import load_rdf
from kg.store.tokens import create_token
from server.forms import FORM
from server.service import held_by
from tests.server.facts import FACTS

Rows = list[tuple[str, str]]
_NUMBERS = itertools.count(1)


def new_token(folder: Path, role: str = "editor") -> str:
    return create_token(folder, f"An {next(_NUMBERS)}", role)


def signed_in(app: Flask, folder: Path, role: str = "editor", language: str = "en") -> FlaskClient:
    client = app.test_client()
    client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": language}
    assert client.post("/signin", data={"token": new_token(folder, role)}).status_code == 303
    return client


def rows_in(text: str) -> Rows:
    """The controls of the form on a page with their values, in the order in which a browser sends them."""
    found: Rows = []
    (form,) = html.document_fromstring(text).xpath("//form[@class='edit']")
    for control in form.inputs:
        value = control.value if control.get("type") != "checkbox" or control.checked else None
        if control.name and value is not None:
            first = value.removeprefix("\n") if control.tag == "textarea" else value
            found.append((control.name, first.replace("\n", "\r\n")))
    return found


@dataclass
class Form:
    """A form that was opened in a browser."""

    client: FlaskClient
    path: str
    rows: Rows = field(default_factory=list)
    page: str = ""

    @classmethod
    def open(cls, client: FlaskClient, path: str) -> "Form":
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        return cls(client, path, rows_in(answer.text), answer.text)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.rows if key == name]

    def put(self, name: str, value: str, at: int = 0) -> "Form":
        """Writes into the row of a field."""
        places = [place for place, (key, _) in enumerate(self.rows) if key == name]
        self.rows[places[at]] = (name, value)
        return self

    def add(self, name: str, value: str, language: str = "") -> "Form":
        """One more row after the others of its field."""
        self.rows.append((name, value))
        if language:
            self.rows.append((f"{name}@", language))
        return self

    def send(self, **more: str) -> TestResponse:
        body = urlencode([*self.rows, *more.items()])
        path = self.path.partition("?")[0]
        answer = self.client.post(path, data=body, content_type=FORM)
        if answer.mimetype == "text/html" and 'class="edit"' in answer.text:
            self.rows, self.page = rows_in(answer.text), answer.text
        return answer

    def save(self, reason: str = "Theo quyết định", **more: str) -> TestResponse:
        return self.put("reason", reason).send(**more)


def remarks(page: str, field: str) -> str:
    """What stands beside a field."""
    found = re.search(rf'id="f-{field}-remark">(.*?)</div>', page, re.DOTALL)
    return found[1] if found else ""


def put(app: Flask, *quads: Quad, remove: tuple[Quad, ...] = ()) -> None:
    """Somebody else's change."""
    change = ChangeSet(frozenset(quads), frozenset(remove), iri("agent:khac"), "Người khác sửa")
    held_by(app).graph.submit(change, accept_warnings=True)


def facts(app: Flask, *nodes: NamedNode) -> frozenset[Quad]:
    """What is said of these nodes now; without any of all that `tests.server.facts` tells of."""
    with held_by(app).graph.reader() as reader:
        return frozenset(quad for node in nodes or _told() for quad in reader.quads(node))


@cache
def _told() -> tuple[NamedNode, ...]:
    quads = load_rdf((sparql_prologue() + FACTS).encode(), "ttl")
    return tuple({quad.subject for quad in quads if isinstance(quad.subject, NamedNode)})


def generation(app: Flask) -> int:
    return int(held_by(app).graph.info()["generation"])
