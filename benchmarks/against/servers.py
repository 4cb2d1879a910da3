"""Starting our service and its peers on one dump, each on a free port of loopback, and ending them again."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
GRAPH = "urn:bomay:benchmark"  # Virtuoso has no default graph to write to
SLOW_PATIENCE = 30.0  # seconds that an answer of rdflib-endpoint may take
PATIENCE = 900  # seconds to load and answer
DEBS = ("virtuoso-opensource-7-bin", "virtuoso-opensource-7-common", "libpcre3")
CONFIGURATION = """[Database]
DatabaseFile = {place}/virtuoso.db
ErrorLogFile = {place}/virtuoso.log
LockFile = {place}/virtuoso.lck
TransactionFile = {place}/virtuoso.trx
xa_persistent_file = {place}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {place}/temp.db
TransactionFile = {place}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = {place}
SchedulerInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
"""


class Absent(Exception):
    """A peer that cannot be had here; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers queries; `more` goes with each. An answer is waited for so many seconds of `patience`."""

    name: str
    port: int
    path: str
    more: str = ""
    patience: float = 600.0

    def target(self, query: str) -> str:
        """The request target of a query."""
        return f"{self.path}?query={quote(query)}{self.more}"


def free_port() -> int:
    """A port on which nobody listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], server: Server, environ: dict[str, str] | None = None) -> Iterator[Server]:
    """A process that answers ASK by the time that the block is entered. Raises Absent when it does not."""
    log = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env={**os.environ, **(environ or {})})
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(server):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Absent(f"{server.name} did not start ({' '.join(command)[:120]}, status {process.poll()})")
            threading.Event().wait(0.2)
        yield server
    finally:
        process.terminate()
        process.wait()


def answers(server: Server) -> bool:
    """Whether it answers ASK within a minute."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request(
            "GET", server.target("ASK { ?s ?p ?o }"), headers={"Accept": "application/sparql-results+json"}
        )
        with connection.getresponse() as response:
            return response.status == 200 and b"true" in response.read()
    except OSError:
        return False


@contextmanager
def bomay(data: Path) -> Iterator[Server]:
    """Our own service on a data folder."""
    port = free_port()
    command = [sys.executable, "-m", "server", "--data", str(data), "--port", str(port)]
    with running(command, Server("bomay", port, "/sparql")) as server:
        yield server


@contextmanager
def oxigraph(environment: Path, dump: Path, place: Path) -> Iterator[Server]:
    """The server of Oxigraph, from PyPI."""
    binary, store, port = str(environment / "bin" / "oxigraph"), str(place / "oxigraph"), free_port()
    subprocess.run([binary, "load", "--location", store, "--file", str(dump)], check=True, capture_output=True)
    command = [binary, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"]
    with running(command, Server("oxigraph", port, "/query")) as server:
        yield server


@contextmanager
def rdflib_endpoint(environment: Path, dump: Path) -> Iterator[Server]:
    """rdflib-endpoint with rdflib's own store in memory. What it does not answer in time it goes on to work at, so
    nothing else is asked of it then (`benchmarks.serving`).
    """
    port = free_port()
    command = [
        str(environment / "bin" / "rdflib-endpoint"),
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        str(dump),
    ]
    with running(command, Server("rdflib-endpoint", port, "/", patience=SLOW_PATIENCE)) as server:
        yield server


@contextmanager
def virtuoso(dump: Path, place: Path) -> Iterator[Server]:
    """Virtuoso 7 from Debian, unpacked for the run where it is not installed."""
    programs, libraries = _virtuoso_programs(place)
    folder = place / "virtuoso"
    folder.mkdir()
    shutil.copyfile(dump, folder / "dump.nt")
    port, sql = free_port(), free_port()
    configuration = folder / "virtuoso.ini"
    configuration.write_text(CONFIGURATION.format(place=folder, port=port, sql=sql), encoding="ascii")
    command = [str(programs / "virtuoso-t"), "+foreground", "+configfile", str(configuration)]
    environ = {"LD_LIBRARY_PATH": libraries} if libraries else {}
    empty = Server("virtuoso", port, "/sparql")
    script = f"ld_dir('{folder}', 'dump.nt', '{GRAPH}'); rdf_loader_run(); checkpoint;"
    loading = [str(programs / "isql-vt"), f"127.0.0.1:{sql}", "dba", "dba", f"exec={script}"]
    with running(command, empty, environ):
        subprocess.run(loading, check=True, capture_output=True, timeout=PATIENCE, env={**os.environ, **environ})
        yield Server("virtuoso", port, "/sparql", f"&default-graph-uri={quote(GRAPH)}")


def _virtuoso_programs(place: Path) -> tuple[Path, str]:
    """The folder of the programs, and where their libraries are beside the system's."""
    if found := shutil.which("virtuoso-t"):
        return Path(found).parent, ""
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise Absent("virtuoso is not installed, and there is no apt-get to take it from")
    debs = place / "debs"
    debs.mkdir()
    taken = subprocess.run(["apt-get", "download", *DEBS], cwd=debs, capture_output=True, text=True, check=False)
    if taken.returncode:
        raise Absent(f"virtuoso could not be taken from Debian: {taken.stderr.strip()[:200]}")
    for deb in debs.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(deb), str(place / "unpacked")], check=True)
    libraries = {str(file.parent) for file in (place / "unpacked").rglob("lib*.so*")}
    return place / "unpacked" / "usr" / "bin", ":".join(sorted(libraries))
