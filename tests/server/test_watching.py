"""The access log, limits by role, and the metrics."""

import http.client
import io
import json
import logging
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from kg.query import QueryPool
from kg.settings import BadSetting, rate
from kg.store import open_graph
from kg.store.tokens import create_token
from server import create_app
from server.operation import Operation, access_log
from server.rates import Rates
from tests.server.conftest import LIMITS, Browserless
from tests.server.test_serving import BROKEN, get, service

ROWS = "SELECT * { VALUES ?x { 1 2 3 } }"


class Watched:
    """An application with a log to look into and a clock to turn."""

    def __init__(self, client: FlaskClient, lines: io.StringIO, data: Path) -> None:
        self.client, self._lines, self.data = client, lines, data
        self.now = 0.0

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._lines.getvalue().splitlines()]

    def figures(self) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        families = text_string_to_metric_families(self.client.get("/metrics").text)
        return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


@pytest.fixture
def watched(own_folder: Path) -> Iterator[Watched]:
    lines = io.StringIO()
    with open_graph(own_folder, own=True) as graph, QueryPool(1, LIMITS) as pool:
        made: list[Watched] = []
        rates = Rates({"reader": 3, "editor": 5}, clock=lambda: made[0].now)
        operation = Operation(logging.StreamHandler(lines), rates)
        app = create_app(graph, pool, data=own_folder, operation=operation)
        app.test_client_class = Browserless
        made.append(Watched(app.test_client(), lines, own_folder))
        yield made[0]


@pytest.mark.parametrize("form", ["json", "csv", "xml", "tsv"])
def test_a_query_is_one_line_with_its_identifier_rows_and_bytes(watched: Watched, form: str) -> None:
    response = watched.client.get("/sparql", query_string={"query": ROWS, "format": form})
    (line,) = watched.log()
    assert line.pop("query") == response.headers["Bomay-Query"]
    assert line.pop("ms") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line.pop("at"))
    assert line == {
        "method": "GET",
        "path": "/sparql",
        "kind": "sparql",
        "status": 200,
        "rows": 3,
        "bytes": len(response.data),
        "role": "reader",
    }


def test_a_refusal_says_why_and_the_line_holds_no_query_and_no_token(watched: Watched) -> None:
    watched.client.get("/sparql?query=SELECT+secret", headers={"Authorization": "Bearer bomay_secret"})
    (line,) = watched.log()
    assert (line["status"], line["refused"]) == (400, "syntax")
    assert "secret" not in json.dumps(line)


def test_a_line_stays_one_line_whatever_the_path(watched: Watched) -> None:
    watched.client.get("/doc/person/a%0Ab%22")
    (line,) = watched.log()
    assert line["path"] == '/doc/person/a\nb"'


def test_the_fourth_request_of_a_minute_is_429_until_there_is_room(watched: Watched) -> None:
    assert [watched.client.get("/policy").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = watched.client.get("/policy")
    problem = refused.get_json()
    assert (problem["limit"], problem["role"], problem["per_minute"]) == ("rate", "reader", 3)
    assert refused.headers["Retry-After"] == "20"
    assert refused.mimetype == "application/problem+json"
    watched.now = 20.0
    assert watched.client.get("/policy").status_code == 200
    assert watched.client.get("/policy").status_code == 429
    watched.now = 21.0
    assert [watched.client.get(path).status_code for path in ("/healthz", "/metrics", "/readyz")] == [200, 200, 200]


def test_roles_and_people_have_their_own_buckets(watched: Watched) -> None:
    lan, minh = (create_token(watched.data, name, "editor") for name in ("lan", "minh"))
    for secret in (lan, minh):
        headers = {"Authorization": f"Bearer {secret}"}
        assert [watched.client.get("/policy", headers=headers).status_code for _ in range(6)] == [200] * 5 + [429]
    assert watched.client.get("/policy").status_code == 200
    assert watched.client.get("/policy", headers={"Authorization": "Bearer unknown"}).status_code == 200
    assert watched.log()[0]["role"] == "editor"
    admin = {"Authorization": f"Bearer {create_token(watched.data, 'root', 'admin')}"}
    assert {watched.client.get("/policy", headers=admin).status_code for _ in range(20)} == {200}


def test_buckets_fill_to_a_minute_and_no_further() -> None:
    now = [0.0]
    rates = Rates({"reader": 2}, clock=lambda: now[0])
    now[0] = 1000.0
    assert [rates.wait("reader", "a") > 0 for _ in range(3)] == [False, False, True]
    assert rates.wait("reader", "a") == pytest.approx(30.0)
    assert rates.wait("reader", "b") == 0.0


def test_what_is_remembered_of_many_addresses_is_bounded() -> None:
    rates = Rates({"reader": 1})
    for number in range(10_050):
        rates.wait("reader", str(number))
    assert len(rates._buckets) == 10_000


def test_metrics_tell_requests_refusals_workers_generation_and_memory(watched: Watched) -> None:
    answer = watched.client.get("/sparql", query_string={"query": ROWS})
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert watched.client.get("/sparql", query_string={"query": ROWS}, headers=etag).status_code == 304
    watched.client.get("/api/search?q=hoa")
    watched.client.get("/policy")
    told = watched.figures()
    assert told["bomay_request_seconds_count", frozenset({("kind", "sparql"), ("status", "2xx")})] == 1
    assert told["bomay_request_seconds_count", frozenset({("kind", "search"), ("status", "2xx")})] == 1
    assert told["bomay_refusals_total", frozenset({("reason", "rate")})] == 1
    assert told["bomay_answers_unchanged_total", frozenset()] == 1
    assert told["bomay_generation", frozenset()] == 1
    assert told["bomay_generation_lag", frozenset()] == 0
    assert told["bomay_workers", frozenset({("state", "busy")})] == 0
    assert told["bomay_queries_running", frozenset()] == 0
    assert told["bomay_requests_running", frozenset()] == 1, "the one that asks"
    assert told["bomay_cache_total", frozenset({("outcome", "miss")})] >= 1


def test_labels_do_not_grow_with_what_is_asked_for(watched: Watched) -> None:
    before = len(watched.figures())
    for number in range(30):
        watched.client.get(f"/nowhere/{number}")
    first = len(watched.figures())
    for number in range(30):
        watched.client.get(f"/elsewhere/{number}")
    assert len(watched.figures()) == first
    assert first - before < 60


def test_the_log_goes_to_a_file_that_may_be_moved_away(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    handler = access_log(str(path))
    operation = Operation(handler)
    operation.log({"status": 200})
    path.rename(tmp_path / "old.log")
    operation.log({"status": 404})
    operation.close()
    assert json.loads((tmp_path / "old.log").read_text())["status"] == 200
    assert json.loads(path.read_text())["status"] == 404
    assert access_log("off") is None
    with pytest.raises(BadSetting, match="cannot be written"):
        access_log(str(tmp_path / "no" / "access.log"))


@pytest.mark.parametrize("value", ["-1", "many", "1.5", "99999999", "٣"])
def test_a_rate_is_a_number_of_requests(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("BOMAY_RATE_READER", value)
    with pytest.raises(BadSetting, match="requests a minute"):
        rate("rate_reader")


def test_settings_reach_the_served_process_and_a_broken_off_answer_is_logged(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "access.log"
    monkeypatch.setenv("BOMAY_ACCESS_LOG", str(log))
    monkeypatch.setenv("BOMAY_RATE_READER", "3")
    monkeypatch.setenv("BOMAY_PROXY", "127.0.0.1")
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "kg.example.org"}
    with service(own_folder) as (process, port, _):
        with get(port, "/reconcile", **forwarded) as response:
            assert json.loads(response.read())["view"]["url"] == "https://kg.example.org/id/{{id}}"
        query = f"/sparql?timeout=1&query={BROKEN.replace(' ', '+')}"
        with get(port, query, Accept="text/csv") as response, pytest.raises(http.client.IncompleteRead):
            response.read()
        for status in (200, 200, 429):
            with get(port, "/policy") as response:
                assert response.status == status
                response.read()
        with get(port, "/policy", **forwarded) as response:
            assert response.status == 200, "another address, another bucket"
            response.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(line["status"] for line in lines) == [200, 200, 200, 200, 200, 429]
    (broken,) = (line for line in lines if line["kind"] == "sparql")
    assert (broken["status"], broken["refused"]) == (200, "time")
