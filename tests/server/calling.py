"""A piece of work for `server.apart` that tries to reach an address: `python -m tests.server.calling BYTES`."""

import socket
import sys
import urllib.error
import urllib.request
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from pyoxigraph import Store

from server.apart import work_apart


def work(stream: BinaryIO) -> dict[str, Any]:
    """What became of each way to call the address that was sent."""
    url = stream.read().decode()
    parts = urlsplit(url)

    def connect() -> None:
        socket.create_connection((parts.hostname, parts.port), 5).close()

    def fetch() -> None:
        urllib.request.urlopen(url, timeout=5).close()  # a loopback address of the test's own

    def federate() -> None:
        list(Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]  # a SELECT

    outcome = {}
    for way in (connect, fetch, federate):
        try:
            way()
        except (OSError, RuntimeError) as error:
            outcome[way.__name__] = type(error).__name__
        else:
            outcome[way.__name__] = "reached"
    return outcome


if __name__ == "__main__":
    work_apart(int(sys.argv[1]), work)
