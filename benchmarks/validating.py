"""What validation of a change costs as the graph grows, and full validation against pySHACL's own.

The reference graph with people, about a million facts, several times over (`--times N…`), with changes of up to 50
triples of several kinds; with `--full`, full validation of the first size, and of a part of it by `pyshacl.validate`
with the findings of both counted.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

import footprint
import peopled
import pyshacl
from drawn import kinds
from pyoxigraph import DefaultGraph, RdfFormat, Store, parse
from pyshacl.graph_abstraction import to_rdf
from rdflib import SH, Graph

from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.reference import shape_files
from kg.store import open_graph
from kg.store.generations import copy_generation
from kg.validate import Shapes, validate_graph
from kg.validate.check import introduced

LIMIT: Final = 50.0  # ms at the 95th percentile for changes of up to 50 triples
AGENT = iri("agent:benchmark")


def incremental(live: Store, data: Path, scratch: Path, shapes: Shapes, rounds: int) -> float:
    """Prints a line for each kind; gives the worst 95th percentile in ms of a core.

    The time by the clock beside it is the same on a free machine, and longer where others want the cores too.
    """
    (generation,) = (place for place in (data / "generations").iterdir() if (place / "store").is_dir())
    after = copy_generation(generation / "store", scratch / "after")
    chance, worst = random.Random(1), 0.0
    for name, draw in kinds(live).items():
        taken: list[float] = []
        clock: list[float] = []
        for number in range(rounds + 2):
            add, remove = draw(chance)
            change = ChangeSet(add - remove, remove - add, AGENT, name)
            after.extend(change.add)
            for quad in change.remove:
                after.remove(quad)
            began, began_at = time.thread_time(), time.perf_counter()
            found = introduced(live, after, change, shapes)
            if number >= 2:
                taken.append(1000 * (time.thread_time() - began))
                clock.append(1000 * (time.perf_counter() - began_at))
            for quad in change.add:
                after.remove(quad)
            after.extend(change.remove)
        p95, by_clock = (statistics.quantiles(times, n=20)[-1] for times in (taken, clock))
        worst = max(worst, p95)
        print(
            f"    {name:34} p50 {statistics.median(taken):7.1f} ms   p95 {p95:7.1f} ms   "
            f"{p95 / LIMIT:5.2f} of the limit   by the clock {by_clock:7.1f} ms   {len(found):4} findings",
            flush=True,
        )
    return worst


def by_pyshacl(store: Store) -> Counter[str]:
    """What `pyshacl.validate` finds, by severity and component."""
    shapes = Graph(bind_namespaces="none")
    for file in shape_files():
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            shapes.add((to_rdf(quad.subject), to_rdf(quad.predicate), to_rdf(quad.object)))
    _, report, _ = pyshacl.validate(store, shacl_graph=shapes, inplace=True)
    return Counter(str(component) for component in report.objects(None, SH.sourceConstraintComponent))


def full(live: Store, shapes: Shapes, triples: int) -> bool:
    """Prints full validation of everything, and of a part beside pySHACL; whether the counts are the same."""
    began = time.perf_counter()
    report = validate_graph(live, shapes)
    whole = time.perf_counter() - began
    print(f"    full: {whole:.0f} s, {len(report.findings):,} findings")
    part = Store()
    part.bulk_extend(
        q for q, _ in zip(live.quads_for_pattern(None, None, None, DefaultGraph()), range(triples), strict=False)
    )
    began = time.perf_counter()
    ours = Counter(finding.component for finding in validate_graph(part, shapes).findings)
    here = time.perf_counter() - began
    began = time.perf_counter()
    theirs = by_pyshacl(part)
    there = time.perf_counter() - began
    print(
        f"    part of {triples:,} triples: {here:.1f} s, pySHACL {there:.1f} s ({there / here:.1f} times); "
        f"findings {ours.total():,} and {theirs.total():,}, by component "
        f"{'the same' if ours == theirs else 'NOT the same'}"
    )
    return ours == theirs


def main() -> int:
    """Prints the tables; 1 where the limit is missed or the counts differ."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1], help="the graph so many times (default 1: 1 M)")
    parser.add_argument("--rounds", type=int, default=60, help="changes of each kind (60)")
    parser.add_argument("--full", action="store_true", help="full validation of the first size too")
    parser.add_argument("--part", type=int, default=120_000, help="triples for the comparison with pySHACL (120000)")
    arguments = parser.parse_args()
    shapes, good = Shapes.load(), True
    for at, times in enumerate(arguments.times):
        with tempfile.TemporaryDirectory(prefix="bomay-validating-") as place:
            data = Path(place) / "data"
            print(f"{footprint.multiplied(data, times, peopled.copy):,} facts", flush=True)
            with_generation(data)
            live = Store(str(data / "store"))
            good &= incremental(live, data, Path(place), shapes, arguments.rounds) < LIMIT
            if arguments.full and at == 0:
                good &= full(live, shapes, arguments.part)
            del live
    return 0 if good else 1


def with_generation(data: Path) -> None:
    """Has the owner make a generation of what the store holds."""
    with open_graph(data, own=True):
        pass


if __name__ == "__main__":
    sys.exit(main())
