"""A served folder without anything in it, and what the cases do with it over HTTP."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kg.store import create
from kg.store.tokens import create_token

TURTLE: Final = "text/turtle"
_SYNTAX: Final = {".ttl": TURTLE, ".nt": TURTLE, ".rdf": "application/rdf+xml"}
_GRAPHS: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response: status, headers in small letters, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def problem(self) -> str:
        """The last part of the type of a problem, with its sentence; empty for what is none."""
        if self.media_type != "application/problem+json":
            return ""
        told = json.loads(self.body)
        return f"{str(told['type']).rpartition('/')[2]}: {told['detail']}"


@dataclass(slots=True)
class Site:
    """The service as its clients see it, and what was last loaded into it."""

    port: int
    token: str
    loaded: object = field(default=None)

    @property
    def base(self) -> str:
        """The address that everything begins with."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own, with the right to write."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in {"Authorization": f"Bearer {self.token}", **said}.items():
                connection.putheader(name, value)
            if body is not None or method in ("POST", "PUT", "PATCH"):
                connection.putheader("Content-Length", str(len(body or b"")))
            connection.endheaders(body)
            with connection.getresponse() as response:
                got = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, got, response.read())
        finally:
            connection.close()

    def load(self, default: list[Path], named: dict[str, Path]) -> None:
        """Makes the store hold these files and nothing else."""
        wanted = (tuple(default), tuple(sorted(named.items())))
        if self.loaded == wanted:
            return
        self.loaded = None
        self.expect(self.ask("POST", "/update", b"DROP ALL", Content_Type="application/sparql-update"))
        for file in default:
            self.expect(self.ask("POST", "/graphs?default", document(file), Content_Type=_SYNTAX[file.suffix]))
        for name, file in named.items():
            self.expect(
                self.ask(
                    "PUT", f"/graphs?graph={quote(name, safe='')}", document(file), Content_Type=_SYNTAX[file.suffix]
                )
            )
        self.loaded = wanted

    def named_graphs(self) -> set[str]:
        """The names of the graphs that hold triples."""
        answer = self.ask("POST", "/sparql", _GRAPHS.encode(), Content_Type="application/sparql-query")
        rows: list[dict[str, Any]] = json.loads(self.expect(answer).body)["results"]["bindings"]
        return {row["g"]["value"] for row in rows}

    @staticmethod
    def expect(answer: Answer) -> Answer:
        """The answer, which must be a success."""
        assert 200 <= answer.status < 300, f"{answer.status} {answer.problem}"
        return answer


def document(file: Path) -> bytes:
    """A file, with its own address as its base where its syntax is Turtle; RDF/XML of the suites needs none."""
    head = f"@base <{file.as_uri()}> .\n" if _SYNTAX[file.suffix] == TURTLE else ""
    return head.encode() + file.read_bytes()


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """Serves a new folder as `kg init --empty` makes it, on a free port, until the end of the block."""
    create(data, "empty")
    token = create_token(data, "conformance", "editor")
    command = [sys.executable, "-m", "server", "--data", str(data), "--port", "0"]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            assert process.stdout is not None
            said = "".join(process.stdout.readline() for _ in range(4))
            found = re.search(r"http://[^:]+:(\d+)", said)
            assert found is not None, said
            yield Site(int(found[1]), token)
        finally:
            process.terminate()
            process.wait()
