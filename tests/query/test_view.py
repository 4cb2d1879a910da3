"""`kg.open` gives plain Python values, from here or from a server."""

import datetime as dt
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store

import kg
from kg.errors import BomayError, FolderError, QueryRefused, SyntaxFault
from kg.namespaces import iri
from kg.query.view import View
from kg.store import create, open_graph

VALUES = """SELECT * { VALUES (?iri ?words ?number ?share ?truth ?day ?year ?odd ?none) {
    (person:p7 "Lê"@vi 7 0.5 true "2022-04-05"^^xsd:date "2022"^^xsd:gYear "2022-02-31"^^xsd:date UNDEF) } }"""


class OtherServer(BaseHTTPRequestHandler):
    """A SPARQL endpoint of somebody else, who knows none of our prefixes."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            found = Store().query(parse_qs(body)["query"][0])
            assert isinstance(found, QuerySolutions)
            status, answer = 200, found.serialize(format=QueryResultsFormat.JSON) or b""
        except SyntaxError as error:
            status, answer = 400, json.dumps({"detail": f"No SPARQL: {error}"}).encode()
        if self.path != "/sparql":
            status, answer = 200, b"<html>"
        self.send_response(status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), OtherServer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=["here", "server"])
def view(request: pytest.FixtureRequest, generation: Path, server: str) -> Iterator[View]:
    with kg.open(generation if request.param == "here" else server) as view:
        yield view


def test_terms_become_python_values(view: View) -> None:
    assert view.rows(VALUES) == [
        {
            "iri": "https://w3id.org/bomay/id/person/p7",
            "words": "Lê",
            "number": 7,
            "share": 0.5,
            "truth": True,
            "day": dt.date(2022, 4, 5),
            "year": 2022,
            "odd": "2022-02-31",
            "none": None,
        }
    ]


def test_keyword_arguments_bind_variables(view: View) -> None:
    text = "SELECT (?a AS ?person) (?b + 1 AS ?next) (STRLEN(?c) AS ?length) (YEAR(?d) AS ?year) { }"
    bound = view.rows(text, a=iri("person:p7"), b=41, c="' } #\n\"", d=dt.datetime(2022, 4, 5, 8, tzinfo=dt.UTC))
    assert bound == [{"person": "https://w3id.org/bomay/id/person/p7", "next": 42, "length": 7, "year": 2022}]


def test_a_frame_has_the_columns_in_order_also_when_empty(view: View) -> None:
    frame = view.frame("SELECT ?b ?a { VALUES (?a ?b) { (1 2) (3 4) } }")
    assert isinstance(frame, pd.DataFrame)
    assert frame.to_dict("list") == {"b": [2, 4], "a": [1, 3]}
    assert list(view.frame("SELECT ?b ?a { FILTER(false) VALUES (?a ?b) { (1 2) } }").columns) == ["b", "a"]


def test_a_frame_without_pandas_says_what_to_install(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(BomayError, match="bomay\\[frames\\]"):
        view.frame("SELECT * { }")


def test_service_is_refused(view: View) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        view.rows("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")


def test_a_closed_view_says_so(view: View) -> None:
    view.close()
    with pytest.raises(BomayError, match="closed"):
        view.rows("SELECT * { }")


def test_a_view_of_a_generation_reads_its_facts(generation: Path) -> None:
    with kg.open(generation) as view:
        assert view.rows("SELECT ?key { ?who bm:key ?key }", who=iri("person:p7")) == [{"key": "7"}]


def test_a_view_of_a_data_folder_neither_owns_it_nor_minds_its_owner(tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with kg.open(tmp_path / "data") as before, open_graph(tmp_path / "data", own=True) as graph:
        graph.submit_update("INSERT DATA { person:a foaf:nick 'A' }", agent=iri("agent:test"), reason="a test")
        with kg.open(tmp_path / "data") as after:
            assert (before.rows(count), after.rows(count)) == ([{"n": 0}], [{"n": 1}])


def test_only_select_is_answered(generation: Path) -> None:
    with kg.open(generation) as view, pytest.raises(QueryRefused, match="SELECT"):
        view.rows("ASK { }")


def test_a_syntax_error_has_its_place_in_the_unbound_text(generation: Path) -> None:
    with kg.open(generation) as view, pytest.raises(SyntaxFault) as caught:
        view.rows("SELECT ?k { ?who bm:key ?k ! }", who=NamedNode("http://example.org/quite-long"))
    assert (caught.value.line, caught.value.column) == (1, 28)


def test_the_server_s_own_words_are_passed_on(server: str) -> None:
    with kg.open(server) as view, pytest.raises(QueryRefused, match="No SPARQL"):
        view.rows("SELECT nothing")


def test_a_page_is_no_endpoint(server: str) -> None:
    with kg.open(f"{server}/about") as view, pytest.raises(BomayError, match="no SPARQL endpoint"):
        view.rows("SELECT * { }")


def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    with kg.open("http://127.0.0.1:1") as view, pytest.raises(BomayError, match="cannot be reached"):
        view.rows("SELECT * { }", x=Literal("1"))


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="kg init"):
        kg.open(tmp_path / "data")


def test_importing_kg_loads_no_engine() -> None:
    script = "import sys, kg; assert 'pyoxigraph' not in sys.modules; assert callable(kg.open)"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(kg.__file__).parent.parent)
