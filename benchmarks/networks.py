"""A million people who met: the projection with its facts, and its ranks, against the limit of a minute and 4 GB."""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from typing import Final

import networkx as nx
from pyoxigraph import Literal, Quad, Store

from kg.namespaces import iri
from kg.network import Network, as_networkx, project, rank
from kg.store import StoreReader

SECONDS: Final = 60.0
GIGABYTES: Final = 4.0
_AT_A_MEETING: Final = 11
_MEASURES: Final = ("degree", "strength", "pagerank", "core")


def world(edges: int, seed: int = 1) -> Iterator[Quad]:
    """Meetings of eleven people each, until so many pairs have met, every participation with its sentence."""
    chance = random.Random(seed)
    people = max(_AT_A_MEETING, edges // 50)
    for number in range(people):
        person = iri(f"person:p{number}")
        yield Quad(person, iri("rdf:type"), iri("bm:Person"))
        yield Quad(person, iri("rdfs:label"), Literal(f"Người {number}", language="vi"))
    source = iri("source:s")
    pairs: set[tuple[int, int]] = set()
    number = 0
    while len(pairs) < edges:
        number += 1
        meeting = iri(f"meeting:m{number}")
        yield Quad(meeting, iri("rdf:type"), iri("bm:Meeting"))
        day = f"{chance.randint(2010, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Quad(meeting, iri("bm:day"), Literal(day, datatype=iri("xsd:date")))
        there = sorted(chance.sample(range(people), _AT_A_MEETING))
        pairs.update(combinations(there, 2))
        for person in there:
            fact, evidence = iri(f"participation:m{number}-{person}"), iri(f"evidence:m{number}-{person}")
            yield Quad(fact, iri("bm:meeting"), meeting)
            yield Quad(fact, iri("bm:participant"), iri(f"person:p{person}"))
            yield Quad(evidence, iri("bm:supports"), fact)
            yield Quad(evidence, iri("bm:confidence"), iri("confidence:high"))
            yield Quad(evidence, iri("bm:source"), source)


def timed(what: str, do: Callable[[], object]) -> tuple[object, float, float]:
    """What it gives, seconds passed and seconds of a core, printed with the peak memory up to here."""
    began, busy = time.perf_counter(), time.process_time()
    given = do()
    taken, used = time.perf_counter() - began, time.process_time() - busy
    print(f"{taken:8.1f} s  {used:8.1f} s of a core  {_peak():5.2f} GB at most  {what}", flush=True)
    return given, taken, used


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> int:
    """Prints seconds and peak memory as ratios of the limits; 1 where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--peer", action="store_true", help="time networkx beside it, too: some minutes")
    asked = parser.parse_args()
    store = Store()
    store.extend(world(asked.edges))
    print(f"{_peak():.2f} GB with the store in memory; {len(store):,} facts")
    network, seconds, used = timed("projection", lambda: project(StoreReader(store), "shared-meetings"))
    assert isinstance(network, Network)
    cores = 0.0
    for measure in _MEASURES:
        _, taken, cores = timed(measure, partial(rank, network, measure))
        seconds, used = seconds + taken, used + cores
    peak = _peak()
    print(f"{len(network.nodes):,} nodes, {len(network.edges):,} edges")
    print(f"{seconds / SECONDS:.2f} of the {SECONDS:.0f} s, {peak / GIGABYTES:.2f} of the {GIGABYTES:.0f} GB")
    print(f"on a machine of its own about {used / SECONDS:.2f} of the time: {used:.1f} s of a core")
    if asked.peer:
        graph, _, built = timed("networkx: the graph", partial(as_networkx, network))
        counted = timed("networkx: cores", partial(nx.core_number, graph))[2]
        print(f"cores: networkx takes {(built + counted) / cores:.1f} times as long")
    return int(seconds > SECONDS or peak > GIGABYTES)


if __name__ == "__main__":
    sys.exit(main())
