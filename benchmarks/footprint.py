"""What a served graph takes: disk and memory by the number of facts, of the server and of each query worker.

The full reference graph, and the same with all its entities several times over under other IRIs. `--times N…` says how
many times. Linux only: memory is the proportional set size (Pss) of /proc.
"""

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.namespaces import BASE
from kg.store import create

ROOT = Path(__file__).resolve().parents[1]
ENTITIES = f"{BASE}id/"
QUERIES = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p",
    "SELECT DISTINCT ?name WHERE { ?s rdfs:label ?name FILTER(CONTAINS(?name, 'a')) } ORDER BY ?name LIMIT 10",
)
MEGA = 1 << 20


def multiplied(data: Path, times: int, more: Callable[[list[Quad], int], Iterable[Quad]] | None = None) -> int:
    """Makes a folder with the reference graph `times` over; gives its number of facts.

    `more` gives what is in a copy besides the reference graph, from that graph and the number of the copy, from 1 on.
    """
    create(data, "full")
    store = Store(str(data / "store"))
    own = list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    facts = times * len(own)
    for number in range(1, times + 1):
        added = list(more(own, number)) if more else []
        facts += len(added)
        quads = chain(own if number > 1 else (), added)
        store.bulk_extend(_renamed(quad, number) if number > 1 else quad for quad in quads)
    store.flush()
    del store
    if times > 1 or more:  # the owner makes a generation of what the store holds where there is none
        shutil.rmtree(data / "generations")
        (data / "generations").mkdir()
    return facts


def _renamed(quad: Quad, number: int) -> Quad:
    def other(term: object) -> object:
        if isinstance(term, NamedNode) and term.value.startswith(ENTITIES):
            return NamedNode(f"{term.value}-{number}")
        return term

    return Quad(other(quad.subject), quad.predicate, other(quad.object), quad.graph_name)  # type: ignore[arg-type]


def disk(folder: Path) -> int:
    """Bytes on disk, a file that has several names counted once."""
    blocks = {(s.st_dev, s.st_ino): s.st_blocks for path in folder.rglob("*") if (s := path.lstat())}
    return 512 * sum(blocks.values())


def memory(pid: int) -> float:
    """Proportional set size in MB; 0 of a process that has ended."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def workers(pid: int) -> list[float]:
    """Memory of each query worker, smallest first."""
    children = "".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")).split()
    return sorted(memory(int(child)) for child in children)


@contextmanager
def served(data: Path) -> Iterator[tuple[int, int]]:
    """(process, port) of a server on the folder."""
    command = [sys.executable, "-m", "server", "--data", str(data), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            found = re.search(r":(\d+) ", said)
            yield process.pid, int(found[1]) if found else 0
        finally:
            process.terminate()


def asked(port: int, path: str) -> float:
    """Seconds until the answer was read."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path, headers={"Accept": "application/json"})
    with connection.getresponse() as response:
        response.read()
    connection.close()
    return time.perf_counter() - began


def measure(times: int) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory(prefix="bomay-footprint-") as place:
        data = Path(place) / "data"
        facts = multiplied(data, times)
        with served(data) as (pid, port):
            asked(port, "/readyz")
            size, at_start, idle = disk(data) / MEGA, memory(pid), workers(pid)
            seconds = asked(port, "/api/search?q=bac+kan")
            with_index = memory(pid)
            for query in QUERIES:
                asked(port, f"/sparql?query={quote(query)}")
            busy = workers(pid)
    figures = (size, at_start, with_index, seconds, idle[0], busy[-1])
    return f"{facts:>12,}" + "".join(f" {figure:>12.0f}" for figure in figures)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 4], help="the graph so many times (default 1 4)")
    columns = ("facts", "disk MB", "server MB", "with search", "search s", "worker MB", "after asking")
    print(" ".join(f"{column:>12}" for column in columns))
    for times in parser.parse_args().times:
        print(measure(times), flush=True)


if __name__ == "__main__":
    main()
