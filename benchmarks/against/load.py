"""Clients that ask one server again and again over kept connections, and what they measured."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from against.servers import Server

HEADERS = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of each answer, read to its end, and seconds of all together; with `is_bound`, answers did not end in
    the time that they had, so that it would have been slower.
    """

    seconds: tuple[float, ...]
    whole: float
    is_bound: bool = False

    @property
    def rate(self) -> float:
        """Answers a second of all clients together."""
        return len(self.seconds) / self.whole

    @property
    def median(self) -> float:
        """In seconds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """In seconds."""
        return sorted(self.seconds)[int(0.95 * (len(self.seconds) - 1))]


def together(parts: list[Measured]) -> Measured:
    """Several rounds as one."""
    seconds = tuple(s for part in parts for s in part.seconds)
    return Measured(seconds, sum(part.whole for part in parts), any(part.is_bound for part in parts))


def ask(connection: http.client.HTTPConnection, target: str) -> bytes:
    """One answer, whole. Raises RuntimeError for any status but 200."""
    connection.request("GET", target, headers=HEADERS)
    with connection.getresponse() as response:
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {body[:300]!r}")
        return body


def rows_of(server: Server, query: str) -> int | None:
    """How many rows a server gives; None when it did not end within its patience."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=server.patience)
    try:
        return len(json.loads(ask(connection, server.target(query)))["results"]["bindings"])
    except TimeoutError:
        return None
    finally:
        connection.close()


def measure(server: Server, queries: Iterator[str], clients: int, seconds: float, most: int) -> Measured:
    """Asks for so many seconds, or so many queries, with so many clients at a time; each asks at least once.

    A client stops at an answer that does not end within the patience that there is with the server; it counts as one
    that ended just then.
    """
    lock = threading.Lock()
    taken: list[float] = []
    failed: list[BaseException] = []
    unended: list[str] = []
    began = time.perf_counter()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=server.patience)
        try:
            while True:
                with lock:
                    query = next(queries)
                start = time.perf_counter()
                try:
                    ask(connection, server.target(query))
                except TimeoutError:
                    unended.append(query)
                    taken.append(server.patience)
                    return
                now = time.perf_counter()
                with lock:
                    taken.append(now - start)
                    if now - began > seconds or len(taken) >= most:
                        return
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{server.name}: {failed[0]}")
    return Measured(tuple(taken), time.perf_counter() - began, bool(unended))
