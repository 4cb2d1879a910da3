"""Queries that want too much: each ends at its limit, the service goes on, and its memory comes back."""

import http.client
import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from kg.store import create
from kg.store.tokens import create_token
from tests.server.facts import submit_facts
from tests.server.test_faults import children, connected
from tests.server.test_serving import service

SECONDS: Final = 2  # the time limit of this service
MEMORY: Final = 256  # MB, that of a query
MARGIN: Final = 8.0  # seconds that a busy machine may add to the second that is promised
SMALL: Final = "SELECT ?name WHERE { person:dinh-thi-hoa-1 rdfs:label ?name }"
MEGABYTES: Final = "x" * 9_900_000
LIST: Final = ",".join(f"<urn:x:{n}>" for n in range(400_000))

HOSTILE: Final = {
    "cross product": "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "streamed cross product": "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y }",
    "constructed cross product": "CONSTRUCT { ?a ?q ?y } WHERE { ?a ?p ?x . ?b ?q ?y }",
    "sorted cross product": "SELECT * { ?a ?p ?x . ?b ?q ?y } ORDER BY ?y ?x",
    "distinct cross product": "SELECT DISTINCT ?x ?y { ?a ?p ?x . ?b ?q ?y } ORDER BY ?x ?y",
    "path in a path": "SELECT (COUNT(*) AS ?n) { ?a ((!bm:none+)*|(^!bm:none)*)+ ?b }",
    "huge groups": "SELECT ?x ?y (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y } GROUP BY ?x ?y",
    "one long string": "SELECT (GROUP_CONCAT(CONCAT(STR(?x), STR(?y))) AS ?n) { ?a ?p ?x . ?b ?q ?y }",
    "giant list": f"SELECT * {{ ?a ?p ?x . ?b ?q ?y FILTER(?x IN ({LIST})) }}",
    "regular expression": "SELECT * { ?a rdfs:label ?x . ?b rdfs:label ?y . ?c rdfs:label ?z "
    "FILTER(REGEX(CONCAT(STR(?x), STR(?y), STR(?z)), '((a*)*)*((b|a)*){20}!$')) }",
    "growing strings": "SELECT ?s { BIND('xxxxxxxxxx' AS ?a) "
    + " ".join(f"BIND(CONCAT({','.join([f'?{chr(97 + n)}'] * 10)}) AS ?{chr(98 + n)})" for n in range(12))
    + " BIND(STRLEN(?m) AS ?s) }",
}
QUICK: Final = ("cross product", "streamed cross product", "growing strings")
# What is refused at once, with its status, because it cannot be read or is too long.
UNREADABLE: Final = {
    "nested groups": (f"SELECT * {{ {'{' * 200_000} ?s ?p ?o {'}' * 200_000} }}", (400, 504)),
    "nested brackets": (f"ASK {{ FILTER({'(' * 300_000}1{')' * 300_000}) }}", (400, 504)),
    "nested functions": (f"ASK {{ FILTER({'STR(' * 200_000}'a'{')' * 200_000}) }}", (400, 504)),
    "nested subqueries": (f"SELECT * {{ {'{ SELECT * { ' * 50_000} ?s ?p ?o {'} }' * 50_000} }}", (400, 504)),
    "many unions": (f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * 100_000)} }}", (400, 504)),
    "a long literal": (f"ASK {{ ?s ?p '{MEGABYTES}' }}", (200,)),
    "a long comment": (f"ASK {{}} # {MEGABYTES}", (200,)),
    "too long a body": (f"ASK {{}} # {MEGABYTES * 2}", (413,)),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A served folder: its port, its process, an admin's token."""

    port: int
    process: subprocess.Popen[str]
    token: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("hostile") / "data"
    create(data, "minimal")
    submit_facts(data)
    token = create_token(data, "quan", "admin")
    settings = {"BOMAY_QUERY_SECONDS": str(SECONDS), "BOMAY_QUERY_MEMORY": str(MEMORY)}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in settings.items():
            patched.setenv(name, value)
        with service(data) as (process, port, _):
            yield Site(port, process, token)


@dataclass(frozen=True, slots=True)
class Answered:
    """How a query ended: status 0 for a body that was broken off."""

    status: int
    seconds: float
    body: bytes


def ask(port: int, query: str) -> Answered:
    began = time.monotonic()
    headers = {"Content-Type": "application/sparql-query", "Accept": "application/json, text/turtle"}
    with connected(port) as connection:
        connection.request("POST", "/sparql", query.encode(), headers)
        response = connection.getresponse()
        status, body = response.status, b""
        try:
            while part := response.read(1 << 20):
                body = part  # the end will do
        except (http.client.IncompleteRead, ConnectionError):
            status = 0
        finally:
            response.close()
    return Answered(status, time.monotonic() - began, body)


def resident(process: int) -> float:
    """MB that the process and its children hold, what they share counted once."""
    total = 0
    for pid in (process, *(pid for pid, _ in children(process))):
        try:
            told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except (FileNotFoundError, ProcessLookupError):  # it has ended since and holds nothing
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total / 1024


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in HOSTILE]
)
def test_it_ends_at_a_limit_that_is_named_and_the_next_is_answered(site: Site, name: str) -> None:
    found = ask(site.port, HOSTILE[name])
    assert found.seconds < SECONDS + 1 + MARGIN
    if found.status:
        assert found.status in (503, 504), found.body[:300]
        assert json.loads(found.body)["limit"] in ("time", "memory", "result-bytes")
    after = ask(site.port, SMALL)
    assert (after.status, "Đinh Thị Hòa" in after.body.decode()) == (200, True)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_too_deep_or_too_long_is_refused_or_answered(site: Site, name: str) -> None:
    query, statuses = UNREADABLE[name]
    try:
        found = ask(site.port, query)
    except ConnectionError:  # a body over the bound of the server is not read to its end
        assert 413 in statuses
    else:
        assert found.status in {*statuses, 504}, found.body[:300]  # where reading it takes a slow machine too long
        assert found.seconds < SECONDS + 1 + MARGIN
    assert ask(site.port, SMALL).status == 200


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="reads /proc")
def test_the_memory_comes_back(site: Site) -> None:
    ask(site.port, SMALL)
    before = resident(site.process.pid)
    for name in ("sorted cross product", "huge groups", "giant list", "growing strings", "one long string"):
        ask(site.port, HOSTILE[name])
    for _ in range(200):
        assert ask(site.port, SMALL).status == 200
        if resident(site.process.pid) < before + 100:
            return
    pytest.fail(f"{resident(site.process.pid):.0f} MB instead of {before:.0f}")


def running(site: Site) -> list[dict[str, object]]:
    with connected(site.port) as connection:
        connection.request("GET", "/api/running", headers={"Authorization": f"Bearer {site.token}"})
        with connection.getresponse() as response:
            assert response.status == 200
            found: list[dict[str, object]] = json.load(response)["queries"]
            return found


def until(what: str, holds: object, patience: float = 30.0) -> None:
    """Asks again until it holds; the service answers each time, so nothing has to sleep."""
    assert callable(holds)
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, what


@pytest.mark.parametrize("query", [HOSTILE["cross product"], HOSTILE["streamed cross product"]])
def test_a_client_that_goes_away_frees_its_worker(site: Site, query: str) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as client:
        marked = f"{query} # gone"
        client.sendall(f"GET /sparql?query={quote(marked)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until("it never ran", lambda: any("gone" in str(one["text"]) for one in running(site)))
    began = time.monotonic()
    until("it runs on without its client", lambda: not any("gone" in str(one["text"]) for one in running(site)))
    assert time.monotonic() - began < SECONDS + MARGIN


def test_an_admin_lists_queries_and_ends_one(site: Site) -> None:
    with connected(site.port) as client:
        marked = f"{HOSTILE['cross product']} # ended by an admin"
        client.request("GET", f"/sparql?query={quote(marked)}", headers={"Accept": "application/json"})
        mine: list[dict[str, object]] = []

        def listed() -> bool:
            mine[:] = [one for one in running(site) if "ended by an admin" in str(one["text"])]
            return bool(mine)

        until("it never ran", listed)
        assert (mine[0]["kind"], mine[0]["limit"]) == ("sparql", SECONDS)
        assert mine[0]["state"] in ("waiting", "running")
        headers = {"Authorization": f"Bearer {site.token}"}
        with connected(site.port) as admin:
            admin.request("DELETE", f"/api/running/{mine[0]['id']}", headers=headers)
            with admin.getresponse() as response:
                assert response.status in (204, 404)  # 404: its time was over just before
                ended = response.status == 204
        with client.getresponse() as response:
            problem = json.load(response)
        assert (problem["status"], problem["limit"]) == ((503, "ended") if ended else (504, "time"))


@pytest.mark.parametrize(("authorization", "status"), [(None, 401), ("Bearer unknown", 401)])
def test_nobody_else_sees_or_ends_them(site: Site, authorization: str | None, status: int) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for method, path in (("GET", "/api/running"), ("DELETE", "/api/running/x")):
        with connected(site.port) as client:
            client.request(method, path, headers=headers)
            with client.getresponse() as response:
                assert response.status == status
                response.read()
    with connected(site.port) as client:
        client.request("DELETE", "/api/running/x", headers={"Authorization": f"Bearer {site.token}"})
        with client.getresponse() as response:
            assert response.status == 404
            response.read()


def test_rows_on_request(site: Site) -> None:
    def rows(most: int) -> tuple[int, str | None]:
        with connected(site.port) as client:
            query = quote("SELECT ?s { ?s a bm:Place } LIMIT 7")
            client.request("GET", f"/sparql?query={query}&maxrows={most}", headers={"Accept": "text/csv"})
            with client.getresponse() as response:
                return response.read().count(b"\r\n") - 1, response.headers["Bomay-Truncated"]

    assert rows(3) == (3, "true")
    assert rows(7) == (7, "false")
    assert rows(100) == (7, "false")
