"""curl, as people use it in a shell."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from tests.clients.conftest import Site

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
PARTIAL_FILE = 18  # curl's status for a body that broke off
SELECT = "SELECT ?name { ?p a bm:Person ; rdfs:label ?name }"
SLOW = "SELECT ?s ?t { ?s ?p ?o . ?t ?q ?r }"


def curl(*arguments: str, fails: int = 0) -> str:
    done = subprocess.run(
        ["curl", "--silent", "--show-error", "--max-time", "60", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == fails, done.stderr
    return done.stdout.replace("\r\n", "\n")


def test_a_query_by_get_post_and_query(site: Site) -> None:
    csv = ("--header", "Accept: text/csv")
    asked = ("--data-urlencode", f"query={SELECT}", site.sparql)
    body = ("--header", "Content-Type: application/sparql-query", "--data-binary", SELECT, site.sparql)
    for arguments in (("--get", *asked), asked, body, ("--request", "QUERY", *body), ("-X", "QUERY", *asked)):
        assert curl(*csv, *arguments) == "name\nĐinh Thị Hòa\n"


def test_head_has_the_headers_of_get_and_no_body(site: Site) -> None:
    for path in ("/sparql", "/sparql?query=ASK%7B%7D", "/void.ttl", "/graphs?default", "/queries", "/nothing"):
        got = curl("--dump-header", "-", "--output", "/dev/null", site.base + path)
        head = curl("--head", site.base + path)
        unlike = ("Date", "Bomay-Query", "Transfer-Encoding", "Via", "Connection")
        kept = [sorted(line for line in text.splitlines() if not line.startswith(unlike)) for text in (got, head)]
        assert kept[0] == kept[1]
        assert curl("--head", "--write-out", "%{size_download}", "--output", "/dev/null", site.base + path) == "0"


def test_options_says_what_a_browser_of_another_site_may_do(site: Site) -> None:
    preflight = ("--header", "Origin: https://example.org", "--header", "Access-Control-Request-Method: POST")
    told = curl("--include", "--request", "OPTIONS", *preflight, f"{site.sparql}")
    assert "Access-Control-Allow-Origin: *" in told and "QUERY" in told
    assert "Access-Control-Allow-Origin" not in curl("--include", "--request", "OPTIONS", *preflight, site.update)


def test_a_second_reading_is_304_until_something_changes(site: Site, tmp_path: Path) -> None:
    tag = tmp_path / "etag"
    address = f"{site.base}/sparql?query=SELECT%20*%7Bplace:viet-nam%20?p%20?o%7D"
    status = ("--globoff", "--output", str(tmp_path / "out"), "--write-out", "%{http_code}")
    assert curl(*status, "--etag-save", str(tag), address) == "200"
    assert curl(*status, "--etag-compare", str(tag), address) == "304"
    update = ("--header", f"Authorization: Bearer {site.token}", "--data-urlencode")
    text = "update=INSERT DATA { GRAPH <https://example.org/etag> { <urn:a> <urn:b> 1 } }"
    assert curl(*status, *update, text, site.update) == "204"
    assert curl(*status, "--etag-compare", str(tag), address) == "200"


def test_an_answer_that_breaks_off_is_no_success(site: Site) -> None:
    arguments = ("--output", "/dev/null", "--header", "Accept: text/csv", "--get", "--data-urlencode", f"query={SLOW}")
    curl(*arguments, "--data", "timeout=1", site.sparql, fails=PARTIAL_FILE)


def test_an_answer_of_many_chunks_comes_whole(site: Site) -> None:
    query = ("--get", "--data-urlencode", "query=SELECT * { GRAPH ?g { ?s ?p ?o } }", "--header", "Accept: text/csv")
    told = curl("--dump-header", "/dev/stderr", *query, site.sparql)
    count = curl("--get", "--data-urlencode", "query=SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", site.sparql)
    number = json.loads(count)["results"]["bindings"][0]["n"]["value"]
    table = told.splitlines()
    assert len(table) > int(number) > 5000  # a value may hold a line break


def test_a_graph_is_put_read_and_deleted(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text('<urn:a> <urn:b> "chữ"@vi .\n', encoding="utf-8")
    address = f"{site.base}/graphs?graph=https://example.org/curl"
    allowed = ("--header", f"Authorization: Bearer {site.token}")
    status = ("--output", "/dev/null", "--write-out", "%{http_code}")
    turtle = ("--header", "Content-Type: text/turtle")
    assert curl(*status, *turtle, "--upload-file", str(file), address) == "401"
    assert curl(*status, *allowed, *turtle, "--upload-file", str(file), address) == "201"
    chunks = ("--header", "Transfer-Encoding: chunked")
    assert curl(*status, *allowed, *turtle, *chunks, "--upload-file", str(file), address) == "204"
    read = curl("--header", "Accept: application/n-triples", address)
    assert [quad.triple for quad in parse(read, RdfFormat.N_TRIPLES)] == [
        quad.triple for quad in parse(file.read_bytes(), RdfFormat.TURTLE)
    ]
    assert curl(*status, *allowed, "--request", "DELETE", address) == "204"
    assert curl(*status, address) == "404"


def test_faults_are_problems_with_their_status(site: Site) -> None:
    told = json.loads(curl("--get", "--data-urlencode", "query=SELECT ?s\nWHERE {", site.sparql))
    assert (told["status"], told["line"]) == (400, 2)
    curl("--fail", "--get", "--data-urlencode", "query=SELECT", site.sparql, fails=22)
    packed = ("--header", "Content-Encoding: gzip", "--header", "Content-Type: application/sparql-query")
    assert json.loads(curl(*packed, "--data-binary", "ASK {}", site.sparql))["status"] == 415
    assert json.loads(curl("--header", "Accept: image/png", f"{site.base}/void"))["offered"]
