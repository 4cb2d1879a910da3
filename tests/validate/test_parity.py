"""Full validation of a large graph with seeded faults, against pySHACL's own of the same graph, result by result."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from rdflib import SH

from kg.namespaces import BASE, iri
from kg.reference import code_files, shape_files
from kg.resources import tree
from kg.store import create
from kg.validate import Shapes, as_stored, validate_graph
from tests.validate.drawing import quads_of
from tests.validate.test_against_pyshacl import ask, oracle, store_of, told

EXAMPLES = sorted(Path(str(file)) for file in tree("ontology").glob("*/examples/invalid-*.ttl"))
TRIPLES = 100_000
SPOILT = 200
"""Triples of the reference graph that get another value beside their own."""
ODD = [Literal(""), Literal("x", language="vi"), Literal(-1), Literal(5_000), iri("rdf:nil")]


def part(store: Store, triples: int) -> set[Quad]:
    """Nodes drawn at random with all that their descriptions lead to, so many triples or a few more."""
    chance = random.Random(7)
    subjects = sorted({quad.subject for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}, key=str)
    chance.shuffle(subjects)
    found: set[Quad] = set()
    known: set[object] = set()
    for start in subjects:
        fresh = [start]
        while fresh:
            node = fresh.pop()
            if node in known or not isinstance(node, NamedNode | BlankNode):
                continue
            known.add(node)
            described = list(store.quads_for_pattern(node, None, None, DefaultGraph()))
            found.update(described)
            fresh += [quad.object for quad in described]
        if len(found) >= triples:
            break
    return found


def faults(graph: set[Quad]) -> set[Quad]:
    """Every invalid example of the ontology, and odd values for triples of the graph."""
    assert EXAMPLES
    chance = random.Random(8)
    spoilt = chance.sample(sorted(graph, key=str), SPOILT)
    odd = {Quad(quad.subject, quad.predicate, chance.choice(ODD)) for quad in spoilt}
    return odd.union(quad for number, file in enumerate(EXAMPLES) for quad in apart(file, number))


def apart(file: Path, number: int) -> Iterator[Quad]:
    """The triples of an example, its entities under names and keys of their own, or it would speak of another's."""
    for quad in quads_of(file):
        terms = (quad.subject, quad.predicate, quad.object)
        yield Quad(*(_own(term, number, is_key=quad.predicate == iri("bm:key")) for term in terms))


def _own(term: Any, number: int, *, is_key: bool) -> Any:  # any term in, the like out
    if isinstance(term, NamedNode) and term.value.startswith(f"{BASE}id/"):
        return NamedNode(f"{term.value}-{number}")
    return Literal(f"{term.value} {number}") if is_key and isinstance(term, Literal) else term


@pytest.mark.slow
def test_a_large_graph_with_faults_of_every_kind_is_judged_as_by_pyshacl(tmp_path: Path) -> None:
    create(tmp_path / "data", "full")
    live = Store(str(tmp_path / "data" / "store"))
    codes = {quad for file in code_files() for quad in quads_of(Path(file))}
    sound = part(live, TRIPLES)
    graph = as_stored(sound | codes | faults(sound))
    assert len(graph) > TRIPLES
    files = [Path(file) for file in shape_files()]
    shapes = Shapes.parse(b"\n".join(file.read_bytes() for file in files))
    report = validate_graph(store_of(graph), shapes)
    with oracle("store", files) as process:
        answer = ask(process, graph)
    assert not isinstance(answer, str), answer
    ours = told(report)
    assert {"too many": ours - answer[1], "too few": answer[1] - ours} == {"too many": {}, "too few": {}}
    assert report.conforms is answer[0] is False
    kinds = Counter(finding.component for finding in report.findings)
    print(f"{len(graph):,} triples, {len(report.findings):,} findings: {dict(kinds)}")
    used = set(CONSTRAINT_PARAMETERS_MAP) & set(shapes.engine.graph.predicates())
    made = {CONSTRAINT_PARAMETERS_MAP[parameter].shacl_constraint_component for parameter in used - {SH.property}}
    assert {str(component) for component in made} <= kinds.keys()
    assert {iri(f"bms:{file.stem.removeprefix('invalid-')}").value for file in EXAMPLES} <= {
        finding.shape for finding in report.findings
    }
