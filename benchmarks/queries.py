"""How long each question of the library takes on the full reference graph with all samples in it."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from kg.extract import extract
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.propose import propose
from kg.query import Library
from kg.query.library import LibraryQuery
from kg.samples import sample_documents
from kg.store import create, open_graph

LIMIT = 1.0  # seconds for one question
ROUNDS = 5


def seconds(reader: Reader, query: LibraryQuery) -> float:
    """The median of some rounds of a question with its example parameters, all rows fetched, in seconds."""
    values = query.bind({name: param.example for name, param in query.params.items()})
    taken: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in reader.select(query.text, dict(values)):
            pass
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def build(folder: Path) -> None:
    """A new data folder with the full reference graph and every sample."""
    create(folder, "full")
    agent = iri("agent:benchmark")
    with open_graph(folder, own=True) as graph:
        for document in sample_documents():
            with graph.reader() as reader:
                change = propose(reader, document, extract(document), agent)
            graph.submit(change, accept_warnings=True)


def main() -> int:
    """Prints all medians as shares of the limit, slowest first; always 0: a figure means little without its machine."""
    library = Library.load()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        build(folder)
        with open_graph(folder, own=True) as graph, graph.reader() as reader:
            medians = {name: seconds(reader, query) for name, query in library.items()}
    ranked = sorted(medians, key=lambda name: -medians[name])
    print(f"{len(library)} questions, median of {ROUNDS} rounds, as a share of the limit of {LIMIT:g} s")
    for name in ranked:
        print(f"{medians[name] / LIMIT:8.4f}  {name}")
    late = [name for name in ranked if medians[name] > LIMIT]
    print(f"over the limit: {', '.join(late) if late else 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
