"""curl, as people write it on a command line."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.namespaces import iri
from tests.clients.conftest import Site

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")

ASK = "ASK { ?s ?p ?o }"
WORKSPACE = "https://example.org/workspace/curl"


def curl(*arguments: str, status: int = 0) -> str:
    """What curl wrote to standard output."""
    done = subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == status, done.stderr
    return done.stdout


def headers(text: str) -> dict[str, str]:
    """The headers of the last response in what `-i` or `-I` wrote; the status under ""."""
    block = text.strip().split("\r\n\r\n")[-1] if text.strip().endswith("\r\n\r\n") else text.split("\r\n\r\n")[0]
    first, *lines = block.strip().splitlines()
    pairs = (line.partition(":") for line in lines)
    return {"": first.split()[1], **{name.lower(): value.strip() for name, _, value in pairs}}


@pytest.mark.parametrize(
    "asked",
    [
        ("-G", "--data-urlencode", f"query={ASK}"),
        ("--data-urlencode", f"query={ASK}"),
        ("-H", "Content-Type: application/sparql-query", "--data-binary", ASK),
        ("-X", "QUERY", "-H", "Content-Type: application/sparql-query", "--data-binary", ASK),
    ],
)
def test_a_query_by_each_method(site: Site, asked: tuple[str, ...]) -> None:
    told = curl(site.sparql, "-H", "Accept: application/sparql-results+json", *asked)
    assert json.loads(told)["boolean"] is True


def test_head_has_the_headers_of_get_and_no_body(site: Site) -> None:
    asked = ("-G", "--data-urlencode", f"query={ASK}", "-H", "Accept: text/csv", site.sparql)
    got, head = headers(curl("-i", *asked)), headers(curl("-I", *asked))
    assert head[""] == "200"
    for name in ("content-type", "etag", "vary", "access-control-allow-origin"):
        assert head[name] == got[name], name


def test_options_say_what_may_be_done(site: Site) -> None:
    told = headers(curl("-i", "-X", "OPTIONS", site.sparql))
    assert told[""] in ("200", "204")
    assert set(told["allow"].replace(" ", "").split(",")) >= {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
    assert "application/sparql-query" in told["accept-post"]
    preflight = ("-H", "Origin: https://example.org", "-H", "Access-Control-Request-Method: POST")
    told = headers(curl("-i", "-X", "OPTIONS", *preflight, site.sparql))
    assert told["access-control-allow-origin"] == "*"


def test_an_answer_that_is_still_good_is_304(site: Site, tmp_path: Path) -> None:
    saved = str(tmp_path / "etag")
    address = f"{site.base}/doc/person/dinh-thi-hoa-1.ttl"
    assert curl(address, "--etag-save", saved).startswith("@prefix") or Path(saved).read_text()
    assert curl("-o", "-", "-w", "%{http_code}", address, "--etag-compare", saved) == "304"


def test_the_thing_leads_to_its_page(site: Site) -> None:
    address = f"{site.base}/id/person/dinh-thi-hoa-1"
    assert headers(curl("-I", address))[""] == "303"
    assert iri("person:dinh-thi-hoa-1").value in curl("-L", "-H", "Accept: application/n-triples", address)


def test_a_graph_is_put_taken_and_deleted(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "notes.ttl"
    file.write_text("<urn:x> <urn:y> 'đ' .\n", encoding="utf-8")
    secured = ("-H", f"Authorization: {site.authorization}", "-w", "%{http_code}", "-o", "/dev/null")
    address = f"{site.base}/graphs?graph={WORKSPACE}"
    assert curl(*secured, "-H", "Content-Type: text/turtle", "-T", str(file), address) in ("201", "204")
    assert "<urn:y>" in curl("-H", "Accept: application/n-triples", address)
    assert curl(*secured, "-X", "DELETE", address) in ("200", "204")
    assert curl("-o", "/dev/null", "-w", "%{http_code}", address) == "404"


def test_a_mistake_is_one_sentence_with_its_place(site: Site) -> None:
    told = json.loads(curl(site.sparql, "--data-urlencode", "query=SELECT"))
    assert (told["status"], told["line"]) == (400, 1)
    assert (
        curl("-o", "/dev/null", "-w", "%{http_code}", "--fail", site.sparql, "-d", "query=SELECT", status=22) == "400"
    )


def test_an_answer_that_is_broken_off_is_an_error_of_curl(site: Site) -> None:
    endless = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
    subprocess_status = 18  # CURLE_PARTIAL_FILE
    curl(
        "-o",
        "/dev/null",
        site.sparql,
        "-d",
        "timeout=1",
        "--data-urlencode",
        f"query={endless}",
        status=subprocess_status,
    )
