"""Accepts a proposal in a process of its own once a line comes on standard input; prints what came of it."""

import sys
from pathlib import Path

from kg.errors import BomayError
from kg.namespaces import iri
from kg.review import Queue, accept
from kg.store import open_graph


def main(folder: Path, proposal: str, agent: str) -> None:
    """Says that it is ready, waits, and decides."""
    with open_graph(folder) as graph:
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            accept(graph, Queue(folder), proposal, iri(f"agent:{agent}"))
        except BomayError as error:
            print(f"refused: {error}", flush=True)
        else:
            print("accepted", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
