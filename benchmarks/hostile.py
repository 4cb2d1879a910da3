"""How long small queries take with and without eight hostile clients beside them, over HTTP, in one run.

Each hostile client sends its kind of query again as soon as the last one was ended, from a process of the lowest
priority, because its own work would be done on another machine. A small client sends one query after another.
"""

import argparse
import contextlib
import http.client
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

from footprint import memory, served, workers

from kg.store import create

MOST = 3.0  # the p95 beside them as a multiple of the quiet one
LONGEST_QUERY = 30.0  # seconds, the limit of the service
SMALL = (
    "SELECT ?kind WHERE { place:viet-nam a ?kind } #%d",
    "SELECT ?organ ?name WHERE { ?organ a bm:Organ ; rdfs:label ?name } LIMIT 20 #%d",
    "SELECT (COUNT(?part) AS ?n) WHERE { ?part ?p place:viet-nam } #%d",
)
_LIST = ",".join(f"<urn:x:{number}>" for number in range(600_000))
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }",
    "SELECT (COUNT(*) AS ?n) { ?a (!bm:none+)* ?b }",
    "SELECT ?x ?y (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y } GROUP BY ?x ?y",
    "SELECT * { ?a ?p ?x . ?b ?q ?y } ORDER BY ?y ?x",
    "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y }",
    "CONSTRUCT { ?a ?q ?y } WHERE { ?a ?p ?x . ?b ?q ?y }",
    "SELECT * { ?a rdfs:label ?x . ?b rdfs:label ?y FILTER(REGEX(CONCAT(STR(?x), STR(?y)), '(.*a){12}!')) }",
    f"SELECT (COUNT(*) AS ?n) {{ ?a ?p ?x . ?b ?q ?y FILTER(?x IN ({_LIST}) || ?y IN ({_LIST})) }}",
)


def ask(port: int, text: str, source: str = "127.0.0.1") -> tuple[int, float]:
    """(status, seconds) of one query, read to its end; 0 for an answer that was broken off."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120, source_address=(source, 0))
    try:
        connection.request("POST", "/sparql", text.encode(), {"Content-Type": "application/sparql-query"})
        with connection.getresponse() as response:
            status = response.status
            while response.read(1 << 20):
                pass
    except (http.client.HTTPException, OSError):
        status = 0
    finally:
        connection.close()
    return status, time.perf_counter() - began


def attack(port: int, text: str, source: str) -> None:
    """Sends one query again and again."""
    os.nice(19)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            ask(port, text, source)


def measure(port: int, requests: int) -> tuple[list[float], Counter[int]]:
    """Seconds of each of some small queries, and how often each status came."""
    asked = [ask(port, SMALL[number % len(SMALL)] % number) for number in range(requests)]
    return [seconds for _, seconds in asked], Counter(status for status, _ in asked)


def asked_until_calm(port: int) -> None:
    """Waits until no query is under way, at most as long as one may take."""
    until = time.monotonic() + LONGEST_QUERY
    while time.monotonic() < until and " 0.0" not in re.search(r"^bomay_queries_running.*$", figures(port), re.M)[0]:
        measure(port, 1)


def figures(port: int) -> str:
    """What /metrics says."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as response:
        return str(response.read().decode())


def row(name: str, seconds: list[float], statuses: Counter[int]) -> str:
    """One line of the table, times in milliseconds."""
    shown = [statistics.median(seconds), p95(seconds), max(seconds)]
    answered = statuses[200] / statuses.total()
    return f"{name:<14}" + "".join(f"{1000 * value:>10.1f}" for value in shown) + f"{answered:>12.1%}"


def p95(seconds: list[float]) -> float:
    """The time that 95 of 100 do not exceed."""
    return statistics.quantiles(seconds, n=20)[-1]


def main() -> int:
    """Prints both and their ratio; 1 when the limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=300, help="small queries in each part (default 300)")
    parser.add_argument("--clients", type=int, default=8, help="hostile clients (default 8)")
    parser.add_argument("--addresses", action="store_true", help="each from an address of its own (127.0.0.0/8, Linux)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bomay-hostile-") as place:
        data = Path(place) / "data"
        create(data, "full")
        with served(data) as (pid, port):
            measure(port, 30)
            quiet, quiet_statuses = measure(port, chosen.requests)
            before = memory(pid), sum(workers(pid))
            attackers = [
                multiprocessing.Process(
                    target=attack,
                    args=(
                        port,
                        HOSTILE[number % len(HOSTILE)],
                        f"127.0.1.{number}" if chosen.addresses else "127.0.0.1",
                    ),
                    daemon=True,
                )
                for number in range(1, chosen.clients + 1)
            ]
            for attacker in attackers:
                attacker.start()
            attackers[0].join(2)
            beside, statuses = measure(port, chosen.requests)
            for attacker in attackers:
                attacker.terminate()
                attacker.join()
            asked_until_calm(port)
            after = memory(pid), sum(workers(pid))
            again, again_statuses = measure(port, chosen.requests)
    quiet_p95 = p95([*quiet, *again])
    ratio = p95(beside) / quiet_p95
    print(f"{'':<14}{'median ms':>10}{'p95 ms':>10}{'longest':>10}{'answered':>12}")
    print(row("quiet", [*quiet, *again], quiet_statuses + again_statuses))
    print(row(f"{chosen.clients} hostile", beside, statuses))
    print(f"p95 {ratio:.2f} times the quiet one (at most {MOST:g}); time limit of a query {LONGEST_QUERY:g} s")
    print(
        "memory before and after, MB: server {0:.0f} and {2:.0f}, workers {1:.0f} and {3:.0f}".format(*before, *after)
    )
    return int(ratio > MOST or statuses[200] < statuses.total())


if __name__ == "__main__":
    sys.exit(main())
