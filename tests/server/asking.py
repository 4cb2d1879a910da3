"""A served folder whose queries have a second and little memory, and clients that ask it."""

import contextlib
import http.client
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.store.tokens import create_token
from tests.server.test_serving import service

SMALL = "ASK { place:viet-nam a ?kind }"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"
STREAM = "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"


@dataclass(frozen=True)
class Said:
    """An answer: `is_whole` is False for a body that was broken off; `limit` is the one that a problem names."""

    status: int
    is_whole: bool
    body: bytes
    headers: http.client.HTTPMessage
    seconds: float

    @property
    def limit(self) -> str | None:
        problem = self.headers.get_content_type() == "application/problem+json"
        return json.loads(self.body).get("limit") if problem else None


@dataclass(frozen=True)
class Served:
    """A service on a port with a token of an admin."""

    process: subprocess.Popen[str]
    port: int
    admin: dict[str, str]
    editor: dict[str, str]

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Said:
        began = time.monotonic()
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body, headers)
            with connection.getresponse() as response:
                try:
                    whole, said = True, response.read()
                except http.client.IncompleteRead as broken:
                    whole, said = False, broken.partial
        return Said(response.status, whole, said, response.headers, time.monotonic() - began)

    def ask(self, text: str, path: str = "/sparql", **headers: str) -> Said:
        return self.send("POST", path, text.encode(), **{"Content-Type": "application/sparql-query"}, **headers)

    def ask_by_form(self, text: str) -> Said:
        body = urlencode({"query": text}).encode()
        return self.send("POST", "/sparql", body, **{"Content-Type": "application/x-www-form-urlencoded"})

    def running(self) -> list[dict[str, Any]]:
        return list(json.loads(self.send("GET", "/api/running", **self.admin).body)["queries"])

    def figure(self, name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.send("GET", "/metrics").body.decode(), re.MULTILINE)
        return float(found[1]) if found else 0.0

    def until(self, holds: Callable[[], bool], seconds: float = 20) -> float:
        """Asks again and again until it holds; how long that took."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() - began < seconds, "it never came true"
        return time.monotonic() - began

    def memory(self) -> int:
        """Proportional set size of the server and its workers, in MB."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [str(self.process.pid), *"".join(path.read_text() for path in children).split()]
        total = 0
        for pid in pids:
            with contextlib.suppress(OSError):  # a worker that has just ended
                told = Path(f"/proc/{pid}/smaps_rollup").read_text()
                total += int((re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE) or [0, 0])[1])
        return total // 1024


@contextmanager
def served(data: Path, seconds: int, megabytes: int = 256) -> Iterator[Served]:
    """The folder, served with these limits."""
    tokens = {role: {"Authorization": f"Bearer {create_token(data, role, role)}"} for role in ("admin", "editor")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOMAY_QUERY_SECONDS", str(seconds))
        patch.setenv("BOMAY_QUERY_MEMORY", str(megabytes))
        with service(data) as (process, port, _):
            yield Served(process, port, tokens["admin"], tokens["editor"])
