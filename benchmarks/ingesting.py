"""How fast documents go the whole path into a committed, validated graph, and where the time goes.

With the corpus in ../shared/corpus it takes the first documents of it (`--documents N`, `--all`), else the samples.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pyshacl.shape import Shape

from kg.cli import ingesting, proposing
from kg.cli.garbage import rarely_collected
from kg.extract import extract
from kg.model.documents import Document
from kg.read import read_documents
from kg.samples import sample_documents
from kg.store import create, open_graph
from kg.store import stage as staging
from kg.validate import Shapes, check
from kg.validate.conformance import Conformance

GOAL: Final = 30  # documents a second on two cores
LIMIT: Final = 2  # times as fast as with pySHACL asked of every focus node, in seconds of a core
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "raw.jsonl"
SINGLY: Final = 12  # documents for pySHACL alone, which is slow

Way = Callable[[int], AbstractContextManager[proposing.Proposer]]


class Clock:
    """This process's seconds in named functions; what one calls of another counts for the other."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._within: list[float] = []

    def on(self, owner: object, name: str, label: str) -> None:
        """Counts every call of `owner.name` from now on."""
        inner = getattr(owner, name)

        def timed(*arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401  # whatever the function takes and gives
            began = time.process_time()
            self._within.append(0.0)
            try:
                return inner(*arguments, **keywords)
            finally:
                spent = time.process_time() - began
                self.seconds[label] += spent - self._within.pop()
                if self._within:
                    self._within[-1] += spent

        setattr(owner, name, timed)


def taken(arguments: argparse.Namespace) -> list[Document]:
    """The documents to measure with."""
    if not CORPUS.exists():
        return sample_documents()
    found = (one for one in read_documents([CORPUS]) if isinstance(one, Document))
    return list(found if arguments.all else islice(found, arguments.documents))


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds that it took, and of a core in this process and beside it; what became of the documents."""

    seconds: float
    here: float
    beside: float
    summary: ingesting.Summary


def ingest(documents: list[Document], way: Way, shapes: Shapes) -> Taken:
    """Takes the documents into a fresh graph with all places and bodies."""
    summary = ingesting.Summary()
    with tempfile.TemporaryDirectory() as scratch:
        create(Path(scratch) / "data", "full")
        beside = _of_children()
        with open_graph(Path(scratch) / "data", own=True, shapes=lambda: shapes) as graph:
            began, on_core = time.perf_counter(), time.process_time()
            with way(len(documents)) as how, rarely_collected():
                ingesting.take_in(graph, iter(documents), how, summary, lambda *_: None, len(documents))
            here = time.process_time() - on_core
            return Taken(time.perf_counter() - began, here, _of_children() - beside, summary)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def here(_count: int) -> AbstractContextManager[proposing.Proposer]:
    """Everything in this process."""
    return nullcontext(proposing.Here(proposing.extract))


def watch(clock: Clock) -> None:
    """Has the clock count the parts of the path."""
    clock.on(proposing, "extract", "extract")
    clock.on(proposing, "propose", "propose")
    clock.on(staging.OwnStage, "add", "stage")
    clock.on(check, "affected", "validate: affected nodes")
    clock.on(Conformance, "sure", "validate: what surely conforms")
    clock.on(Shape, "validate", "validate: pySHACL")
    clock.on(staging, "validate", "validate: the rest")
    clock.on(staging, "commit", "commit")


def main() -> int:
    """Prints the table; 1 where the limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=150, help="how many of the corpus (150)")
    parser.add_argument("--all", action="store_true", help="the whole corpus")
    documents = taken(parser.parse_args())
    shapes = Shapes.load()
    [extract(document) for document in documents[:3]]  # the word lists are read once
    alone = ingest(documents[:SINGLY], here, shapes.by_pyshacl_alone())
    both = ingest(documents, proposing.proposer, shapes)
    clock = Clock()
    watch(clock)
    one = ingest(documents, here, shapes)
    count, rate, slow = len(documents), len(documents) / both.seconds, min(SINGLY, len(documents)) / alone.here
    busiest = max(both.here, both.beside)
    print(f"{count} documents, {sum(len(d.text) for d in documents):,} characters, into a graph of 450,000 facts")
    print(
        f"whole path, two processes  {rate:8.1f} documents/s  ({rate / GOAL:.2f} of the goal of {GOAL}); "
        f"{1000 * both.here / count:.0f} ms of a core each to store, {1000 * both.beside / count:.0f} ms to read and "
        f"propose: at most {count / busiest:.0f} a second with two cores free"
    )
    times = count / one.here / slow
    print(f"one process, pySHACL alone {slow:8.1f} documents for each second of a core")
    whole, summary = one.here, both.summary
    print(f"one process                {count / whole:8.1f} ({times:.0f} times as many; limit {LIMIT}), of which")
    for label, seconds in clock.seconds.most_common():
        print(f"    {label:32} {100 * seconds / whole:5.1f} %  {1000 * seconds / count:6.1f} ms each")
    print(f"    {'the rest':32} {100 * (1 - clock.seconds.total() / whole):5.1f} %")
    peak = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"peak memory: {peak[0]:.0f} MB here, {peak[1]:.0f} MB beside")
    refused = ", ".join(f"{shape} {number}" for shape, number in summary.refused_by.most_common()) or "none"
    print(f"added: {dict(summary.added)}; persons: {dict(summary.named)}; refused: {refused}")
    return 0 if times >= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
