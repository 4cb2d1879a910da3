"""A process that commits until it is killed: `python -m tests.store.committing FOLDER ROUND [taking]`.

It prints the generation of each change that was acknowledged. With `taking`, each from the third on
also takes away what the change two before it had added.
"""

import dataclasses
import itertools
import sys

from kg.model.documents import Document
from kg.store import open_graph
from tests.store.conftest import adding, facts, shapes

if __name__ == "__main__":
    path, attempt, *taking = sys.argv[1:]
    with open_graph(path, own=True, shapes=shapes) as graph:
        for number in itertools.count():
            name = f"r{attempt}-{number}"
            document = Document(name, f"Văn bản {name}\r\n")
            gone = facts(f"r{attempt}-{number - 2}") if taking and number > 1 else frozenset()
            change = dataclasses.replace(adding(*facts(name)), remove=gone, texts={document.digest: document.text})
            print(graph.submit(change).generation, name, document.digest, flush=True)
