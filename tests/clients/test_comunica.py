"""Comunica (https://comunica.dev/), which finds out by itself what an endpoint can do and joins several of them.

Its packages are those of `comunica/package-lock.json`, installed for the test by the Node of a PyPI wheel.
"""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDFS, Graph, Literal, URIRef

from kg.namespaces import PREFIXES, iri
from kg.store import create
from kg.store.tokens import create_token
from server.editor.build import NotBuilt, wheel_tools
from tests.clients.conftest import Site
from tests.clients.test_curl import curl
from tests.server.test_serving import service

pytestmark = pytest.mark.slow

PROLOGUE = (
    "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("bm", "person", "rdfs"))
    + "PREFIX ex: <https://example.org/> "
)
PERSON = iri("person:dinh-thi-hoa-1").value
Comunica = Callable[..., str]


@pytest.fixture(scope="module")
def comunica(tmp_path_factory: pytest.TempPathFactory) -> Comunica:
    """Runs its command line with sources, then a query; gives what it prints."""
    try:
        tools = wheel_tools()
    except NotBuilt as error:
        pytest.skip(str(error))
    place = tmp_path_factory.mktemp("comunica")
    for file in (Path(__file__).parent / "comunica").iterdir():
        shutil.copy2(file, place)
    install = (*tools.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run(install, cwd=place, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        pytest.skip(f"npm could not install Comunica: {done.stderr[:300]}")

    def run(*arguments: str, form: str = "application/sparql-results+json") -> str:
        command = (*tools.node, "node_modules/@comunica/query-sparql/bin/query.js", *arguments, "-t", form)
        asked = subprocess.run(command, cwd=place, capture_output=True, text=True, timeout=120, check=False)
        assert asked.returncode == 0, asked.stderr[-2000:]
        return asked.stdout

    return run


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A second service, which knows a nickname."""
    data = tmp_path_factory.mktemp("other") / "data"
    create(data, "empty")
    token = create_token(data, "mai", "editor")
    with service(data) as (_, port, _):
        site = Site(f"http://127.0.0.1:{port}", token)
        facts = f"<{PERSON}> ex:nick 'Hòa Ban' . ex:nobody ex:nick 'Không ai'"
        update = f"{PROLOGUE} INSERT DATA {{ {facts} }}"
        curl(site.update, "-H", f"Authorization: {site.authorization}", "--data-urlencode", f"update={update}")
        yield site


def rows(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["results"]["bindings"]
    return found


def test_it_asks_one_endpoint(comunica: Comunica, site: Site) -> None:
    query = f"{PROLOGUE} SELECT ?name WHERE {{ ?who a bm:Person ; rdfs:label ?name }}"
    (row,) = rows(comunica(site.sparql, "-q", query))
    assert row["name"]["value"] == "Đinh Thị Hòa"
    assert json.loads(comunica(site.sparql, "-q", f"{PROLOGUE} ASK {{ person:dinh-thi-hoa-1 a bm:Person }}"))["boolean"]


def test_it_makes_a_graph(comunica: Comunica, site: Site) -> None:
    query = f"{PROLOGUE} CONSTRUCT {{ ?who rdfs:label ?name }} WHERE {{ ?who a bm:Person ; rdfs:label ?name }}"
    graph = Graph().parse(data=comunica(site.sparql, "-q", query, form="text/turtle"), format="turtle")
    assert list(graph) == [(URIRef(PERSON), RDFS.label, Literal("Đinh Thị Hòa", lang="vi"))]


def test_it_joins_two_services(comunica: Comunica, site: Site, other: Site) -> None:
    query = f"{PROLOGUE} SELECT ?name ?nick WHERE {{ ?who a bm:Person ; rdfs:label ?name . ?who ex:nick ?nick }}"
    (row,) = rows(comunica(site.sparql, other.sparql, "-q", query))
    assert (row["name"]["value"], row["nick"]["value"]) == ("Đinh Thị Hòa", "Hòa Ban")


def test_it_reads_a_page_of_data(comunica: Comunica, site: Site) -> None:
    query = f"{PROLOGUE} SELECT ?name WHERE {{ <{PERSON}> rdfs:label ?name }}"
    (row,) = rows(comunica(f"{site.base}/doc/person/dinh-thi-hoa-1.ttl", "-q", query))
    assert row["name"]["value"] == "Đinh Thị Hòa"
