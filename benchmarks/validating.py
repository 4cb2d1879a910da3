"""What validation of a change costs as the graph grows, and full validation against pySHACL's own.

The reference graph several times over (`--times N…`), with changes of up to 50 triples of several kinds; with `--full`,
full validation of the first size, and of a part of it by `pyshacl.validate` with the findings of both counted.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import footprint
import pyshacl
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from pyshacl.graph_abstraction import to_rdf
from rdflib import SH, Graph

from kg.model.changes import ChangeSet
from kg.namespaces import iri, sparql_prologue
from kg.read import load_rdf
from kg.reference import shape_files
from kg.store import open_graph
from kg.store.generations import copy_generation
from kg.validate import Shapes, validate_graph
from kg.validate.check import introduced

LIMIT: Final = 50.0  # ms at the 95th percentile for changes of up to 50 triples
AGENT = iri("agent:benchmark")
_TYPE, _LABEL, _CURATED = iri("rdf:type"), iri("rdfs:label"), iri("bm:curatedBy")
_HOLDING = """
person:do{n} a bm:Person , foaf:Person ; rdfs:label "Lê Đo"@vi ; foaf:name "Lê Đo" ; bm:key "le do" .
post:do{n} a bm:Post , org:Post ; rdfs:label "Chủ tịch"@vi ; bm:key "chu tich" ; bm:title "Chủ tịch" ;
    bm:rank rank:Head ; bm:postType posttype:head ; org:postIn <{organ}> ; bm:curatedBy agent:benchmark .
source:do{n} a bm:Source , prov:Entity ; rdfs:label "Bản tin"@vi ; bm:textLength 90 ; bm:textDigest "{digest}" .
tenure:do{n} a bm:Tenure , org:Membership ; rdfs:label "Lê Đo – Chủ tịch"@vi ; org:member person:do{n} ;
    bm:post post:do{n} ; org:organization <{organ}> ; bm:attestedOn "2024-04-05"^^xsd:date ;
    bm:endState endstate:unknown .
evidence:do{n} a bm:Evidence ; rdfs:label "Chủ tịch Lê Đo"@vi ; bm:supports tenure:do{n} , person:do{n} ; bm:start 0 ;
    bm:end 14 ; bm:source source:do{n} ; bm:quote "Chủ tịch Lê Đo" ; bm:rule "title" ; bm:confidence confidence:high .
"""

Drawn = Callable[[random.Random], tuple[frozenset[Quad], frozenset[Quad]]]


def kinds(store: Store) -> dict[str, Drawn]:
    """(added, removed) of each kind of change, drawn at random."""
    organs = [q.subject for q in store.quads_for_pattern(None, _TYPE, iri("bm:Organ"), DefaultGraph())][:20_000]
    places = [q.subject for q in store.quads_for_pattern(None, _TYPE, iri("bm:Place"), DefaultGraph())][:20_000]
    above = Counter(q.object for q in store.quads_for_pattern(None, iri("org:subOrganizationOf"), None, DefaultGraph()))
    broad = [node for node, _ in above.most_common(50)]
    province = Counter(q.object for q in store.quads_for_pattern(None, iri("bm:within"), None, DefaultGraph()))
    wide = [node for node, _ in province.most_common(50)]

    def holding(chance: random.Random) -> tuple[frozenset[Quad], frozenset[Quad]]:
        number, organ = chance.randrange(10**9), chance.choice(organs)
        assert isinstance(organ, NamedNode)
        text = _HOLDING.format(n=number, organ=organ.value, digest=f"{number:064x}")
        return frozenset(load_rdf((sparql_prologue() + text).encode(), "ttl")), frozenset()

    def relabelled(nodes: list[object]) -> Drawn:
        def draw(chance: random.Random) -> tuple[frozenset[Quad], frozenset[Quad]]:
            node = chance.choice(nodes)
            assert isinstance(node, NamedNode)
            old = frozenset(store.quads_for_pattern(node, _LABEL, None, DefaultGraph()))
            return frozenset({Quad(node, _LABEL, Literal("Tên mới", language="vi"))}), old

        return draw

    def dated(nodes: list[object]) -> Drawn:
        def draw(chance: random.Random) -> tuple[frozenset[Quad], frozenset[Quad]]:
            node = chance.choice(nodes)
            assert isinstance(node, NamedNode)
            old = frozenset(store.quads_for_pattern(node, iri("bm:validTo"), None, DefaultGraph()))
            return frozenset({Quad(node, iri("bm:validTo"), Literal("2031-01-01", datatype=iri("xsd:date")))}), old

        return draw

    return {
        "a person, post, tenure, source": holding,
        "label of a body": relabelled([*organs]),
        "last day of a place": dated([*places]),
        "label of the broadest bodies": relabelled([*broad]),
        "last day of the broadest bodies": dated([*broad]),
        "last day of the widest places": dated([*wide]),
    }


def incremental(live: Store, data: Path, scratch: Path, shapes: Shapes, rounds: int) -> float:
    """Prints a line for each kind; gives the worst 95th percentile in ms."""
    (generation,) = (place for place in (data / "generations").iterdir() if (place / "store").is_dir())
    after = copy_generation(generation / "store", scratch / "after")
    chance, worst = random.Random(1), 0.0
    for name, draw in kinds(live).items():
        taken: list[float] = []
        for number in range(rounds + 2):
            add, remove = draw(chance)
            change = ChangeSet(add - remove, remove - add, AGENT, name)
            after.extend(change.add)
            for quad in change.remove:
                after.remove(quad)
            began = time.perf_counter()
            introduced(live, after, change, shapes)
            if number >= 2:
                taken.append(1000 * (time.perf_counter() - began))
            for quad in change.add:
                after.remove(quad)
            after.extend(change.remove)
        p95 = statistics.quantiles(taken, n=20)[-1]
        worst = max(worst, p95)
        print(
            f"    {name:34} p50 {statistics.median(taken):8.1f} ms   p95 {p95:8.1f} ms   "
            f"{p95 / LIMIT:6.2f} of the limit"
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
    parser.add_argument("--times", type=int, nargs="+", default=[2], help="the graph so many times (default 2: 1 M)")
    parser.add_argument("--rounds", type=int, default=60, help="changes of each kind (60)")
    parser.add_argument("--full", action="store_true", help="full validation of the first size too")
    parser.add_argument("--part", type=int, default=120_000, help="triples for the comparison with pySHACL (120000)")
    arguments = parser.parse_args()
    shapes, good = Shapes.load(), True
    for at, times in enumerate(arguments.times):
        with tempfile.TemporaryDirectory(prefix="bomay-validating-") as place:
            data = Path(place) / "data"
            print(f"{footprint.multiplied(data, times):,} facts")
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
