"""A process whose files may not grow: `python -m tests.store.filling FOLDER BYTES`.

It commits ever larger changes until one fails, says how, and gives the changes that were acknowledged.
"""

import resource
import sys

from pyoxigraph import Literal, Quad

from kg.errors import FolderError
from kg.namespaces import iri
from kg.store import open_graph
from tests.store.conftest import adding, facts, person, shapes

if __name__ == "__main__":
    path, limit = sys.argv[1], int(sys.argv[2])
    with open_graph(path, own=True, shapes=shapes) as graph:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        for number in range(100):
            name = f"f{number}"
            long = Quad(person(name), iri("foaf:name"), Literal(f"{number:03d} " * 100_000))
            try:
                graph.submit(adding(long, *facts(name)))
            except FolderError as error:
                print("failed", error, name, flush=True)
                break
            print("stored", name, flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        try:
            graph.submit(adding(*facts("afterwards")))
        except FolderError:  # a write of the engine's own that began while there was no room may be what failed now
            graph.submit(adding(*facts("afterwards")))
        print("stored", "afterwards", flush=True)
