"""A process that owns a data folder until its standard input ends: `python -m tests.store.owning FOLDER`."""

import sys

from kg.store import open_graph
from tests.store.conftest import shapes

if __name__ == "__main__":
    with open_graph(sys.argv[1], own=True, shapes=shapes):
        print("ready", flush=True)
        sys.stdin.read()
