"""A service with a queue, shared by all tests of this folder, and people who are signed in to it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad

from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.review import Kind, Proposal, Queue, save
from kg.store import Graph
from kg.store.tokens import create_token
from server.service import held_by
from tests.review.people import read_in
from tests.server.conftest import running

PEOPLE = {"hoa": "contributor", "lan": "editor", "mai": "editor"}


@dataclass(frozen=True, slots=True)
class Desk:
    """The service, its queue, and browsers of people."""

    app: Flask
    folder: Path
    tokens: dict[str, str]

    @property
    def graph(self) -> Graph:
        return held_by(self.app).graph

    @property
    def queue(self) -> Queue:
        return Queue(self.folder)

    def browser(self, who: str | None, language: str = "en") -> FlaskClient:
        client = self.app.test_client()
        client.environ_base |= {"HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_LANGUAGE": language}
        if who:
            assert client.post("/signin", data={"token": self.tokens[who]}).status_code == 303
        return client

    def read(self, text: str, title: str = "Tin") -> Proposal:
        return read_in(self.graph, self.queue, text, title)

    def propose(self, add: frozenset[Quad], remove: frozenset[Quad] = frozenset(), by: str = "hoa") -> Proposal:
        made = ChangeSet(add, remove, iri(f"agent:{by}"), "Bổ sung", NamedNode("https://example.org/bao"))
        return save(self.graph, self.queue, made, Kind.PATCH, "Bổ sung")


@pytest.fixture(scope="package")
def desk(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = shutil.copytree(template, tmp_path_factory.mktemp("desk") / "data")
    tokens = {name: create_token(folder, name, role) for name, role in PEOPLE.items()}
    with running(folder) as app:
        yield Desk(app, folder, tokens)


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the form on the page."""
    form = text.partition('class="desk')[2]
    return dict(re.findall(r'<input type="hidden" name="([\w:/.-]+)" value="([^"]*)"', form))


def checked(text: str) -> dict[str, str]:
    """The verdict that is chosen for each fact."""
    return dict(re.findall(r'name="fact:([^"]+)" value="(\w*)" checked', text))


def alert(text: str) -> str:
    """What the page says is in the way."""
    return text.partition('id="refusal"')[2].partition("</div>")[0]


def numbers(text: str) -> dict[str, int]:
    """The number of each fact on the page, by its label."""
    found = re.findall(
        r'id="fact-(\d+)".*?<h3><span class="kicker">[^<]*</span> (?:<a [^>]*>)?([^<]+)', text, re.DOTALL
    )
    return {label: int(number) for number, label in found}
