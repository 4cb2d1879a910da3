"""Incremental verdict and report, over random changes, against pySHACL's own full validation before and after."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, Store, serialize

from kg.errors import UnreadableInput
from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.reference import shape_files
from kg.validate import Report, Shapes, validate_graph
from kg.validate.check import introduced
from tests.validate import test_conformance as hostile
from tests.validate import test_incremental as plain
from tests.validate.drawing import MadeUp, Spoilt, steps
from tests.validate.oracle import Described, read_turtle, rows

HERE = Path(__file__).parent
PLAIN = MadeUp([*plain.NODES], plain.CLASSES, plain.LINKS, plain.VALUES)
HOSTILE = MadeUp(hostile.NODES, hostile.CLASSES, hostile.LINKS, hostile.LITERALS)
REWRITTEN = {"007", "1e3", ".5", "1e400", "NaN", "-0", "INF", "1", "yes", "2022-04-05Z"}
"""pySHACL on a store reports these in another form (`inf`), so they are left to the hostile shapes."""
OURS = Spoilt([term for term in hostile.LITERALS if term.value not in REWRITTEN])
SETS = {
    "every-kind": ([HERE / "every-kind.ttl"], PLAIN, "rdflib"),
    "hostile": ([HERE / "hostile.ttl"], HOSTILE, "rdflib"),
    "ours": ([*map(Path, shape_files())], OURS, "store"),
}
"""Shapes, where graphs come from, and the kind of graph that pySHACL is given: on a store it fails where a path goes on
from a literal, on an rdflib graph our shapes take it a second a graph."""
SEED = 20261201
AGENT = iri("agent:test")
FAULTS = (ArithmeticError, UnreadableInput)
"""Of pySHACL 0.40.1 too: NaN compared with a decimal bound, a ring of nodes under a recursive shape."""
SPARQL = f"<{iri('sh:SPARQLConstraintComponent').value}>"
UNBOUND = f"<{hostile.EX}Unbound>"
NOTHING = Described(())

Answer = tuple[bool, Counter[str]]


@contextmanager
def oracle(kind: str, files: list[Path]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-W", "ignore", str(HERE / "oracle.py"), kind, *map(str, files)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()


def ask(process: "subprocess.Popen[str]", graph: frozenset[Quad]) -> Answer | str:
    """pySHACL's verdict on the graph and its results, each as often as it comes; or what it raised."""
    assert process.stdin is not None and process.stdout is not None
    triples = serialize((quad.triple for quad in graph), format=RdfFormat.N_TRIPLES)
    assert triples is not None
    print(json.dumps(triples.decode()), file=process.stdin, flush=True)
    told = json.loads(process.stdout.readline())
    return told if isinstance(told, str) else (told[0], counted(told[1]))


def counted(results: list[Any]) -> Counter[str]:
    """Results as text, to be counted; without messages where pySHACL makes them up or writes values otherwise.

    The results of one shape are left out: its `BIND($this AS ?x)` and its `!=` on ill-typed values mean other things to
    Oxigraph, where ours stands, than to rdflib.
    """
    worded = [row if speaks(row) else [*row[:-1], []] for row in results if row[1] != UNBOUND]
    return Counter(json.dumps(row, sort_keys=True) for row in worded)


def speaks(row: list[Any]) -> bool:
    """Whether the shape's own words are in the result, as they are written there."""
    return row[1].startswith("<https://w3id.org/bomay/shapes#") and row[5] != [SPARQL]


def told(report: Report) -> Counter[str]:
    """The results of our report, read from its Turtle."""
    return counted(list(rows(read_turtle(report.to_turtle().encode()), NOTHING)))


ALONE = """
import json, sys
from tests.validate.test_against_pyshacl import compare
print(json.dumps(compare(sys.argv[1], int(sys.argv[2]))))
"""


def store_of(graph: frozenset[Quad]) -> Store:
    store = Store()
    store.extend(graph)
    return store


def judged(store: Store, shapes: Shapes) -> Report | None:
    try:
        return validate_graph(store, shapes)
    except FAULTS:
        return None


def compare(name: str, count: int) -> Counter[str]:
    """Holds `count` changes against pySHACL; tells of how many something could be said, and what."""
    files, source, kind = SETS[name]
    shapes = Shapes.parse(b"\n".join(file.read_bytes() for file in files))
    known: dict[frozenset[Quad], Answer | str] = {}
    seen: Counter[str] = Counter()
    with oracle(kind, files) as process:
        for before, after in steps(source, SEED, count):
            known = {graph: known[graph] if graph in known else ask(process, graph) for graph in (before, after)}
            seen["changes"] += 1
            old, new, stores = known[before], known[after], (store_of(before), store_of(after))
            full = judged(stores[1], shapes)
            assert (full is None) is isinstance(new, str), sorted(map(str, after))
            if full is None or isinstance(old, str) or isinstance(new, str):
                seen["pySHACL raises"] += 1
                continue
            assert {"too many": told(full) - new[1], "too few": new[1] - told(full)} == {"too many": {}, "too few": {}}
            assert full.conforms is new[0]
            change = ChangeSet(after - before, before - after, AGENT, "test")
            found = introduced(*stores, change, shapes)
            seen.update(agreed(found, old[1], new[1]))
    return seen


def agreed(found: set[Any], old: Counter[str], new: Counter[str]) -> list[str]:
    """Asserts that the findings are the results that are new; gives what there was."""
    expected = new - old
    mine = told(Report.of(found))
    assert set(expected) <= set(mine), set(expected) - set(mine)
    for row in set(mine) - set(expected):
        # of a shape within a shape: the same was said before, of the same node, on the way from another focus node
        moved = [f for f in found if told(Report.of([f])).keys() == {row}]
        assert row in new and row in old and all(not f.root.endswith(f" {f.focus_term}") for f in moved), row
    if not set(mine) - set(expected):
        blocks = {severity for severity in ("Violation", "Warning") if any(f"#{severity}>" in row for row in expected)}
        counted_too = [finding for finding in found if f"<{finding.shape}>" != UNBOUND]
        assert Report.of(counted_too).blocks() == bool(blocks)
    said = ["introduces"] * bool(expected) + ["moves"] * bool(set(mine) - set(expected)) + ["settles"] * bool(old - new)
    return said or ["is neutral"]


def apart(name: str, count: int) -> Counter[str]:
    """`compare` in a fresh interpreter, where no other test has changed what rdflib makes of literals."""
    paths = os.pathsep.join((str(Path(__file__).resolve().parents[2]), *sys.path))
    command = [sys.executable, "-c", ALONE, name, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths})
    assert done.returncode == 0, done.stderr[-3000:]
    return Counter(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(("name", "count"), [("every-kind", 80), ("hostile", 40), ("ours", 40)])
def test_what_a_change_introduces_is_what_pyshacl_says_after_and_did_not_say_before(name: str, count: int) -> None:
    seen = apart(name, count)
    assert seen["changes"] == count and seen["introduces"] > count / 10


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("every-kind", 4_000), ("hostile", 3_000), ("ours", 4_000)])
def test_no_random_change_in_ten_thousand_is_judged_otherwise_than_by_pyshacl(name: str, count: int) -> None:
    seen = apart(name, count)
    print(name, dict(seen))
    assert seen["changes"] == count and seen["introduces"] > count / 5
    assert seen["pySHACL raises"] < count / 10
