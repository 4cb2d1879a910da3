"""Two changes that are valid alone and break a shape together, from sixteen threads: exactly one is accepted."""

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad, Store

from kg.history import load_patch
from kg.namespaces import HISTORY, iri
from kg.store import Folder, Graph, Receipt, Refused, StaleValidation, open_graph
from kg.validate import Shapes, validate_graph
from tests.store import joint

THREADS = 16
SHAPES = Shapes.load()


@pytest.fixture
def owned(template: Path, tmp_path: Path) -> Iterator[Graph]:
    shutil.copytree(template, tmp_path / "data")
    with open_graph(tmp_path / "data", own=True, shapes=lambda: SHAPES) as graph:
        yield graph


def facts(store: Store) -> frozenset[Quad]:
    return frozenset(store.quads_for_pattern(None, None, None, DefaultGraph()))


def raced(count: int, send: Callable[[int, int], bool]) -> list[int]:
    """Which side of each pair was accepted, both sent at once by two of sixteen threads; -1 for none or both."""
    start = threading.Barrier(THREADS)

    def work(thread: int) -> dict[int, bool]:
        told: dict[int, bool] = {}
        for number in range(thread // 2, count, THREADS // 2):
            start.wait(60)
            try:
                told[number] = send(number, thread % 2)
            except BaseException:
                start.abort()
                raise
        return told

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(work, range(THREADS)))
    pairs = [[told[2 * (number % (THREADS // 2)) + side][number] for side in (0, 1)] for number in range(count)]
    return [pair.index(True) if sum(pair) == 1 else -1 for pair in pairs]


def held(graph: Graph, folder: Path, count: int) -> None:
    """Races the first pairs, and looks at the graph and at its history afterwards."""
    before = graph.submit(joint.base(count), accept_warnings=True)
    receipts: dict[tuple[int, int], Receipt] = {}

    def send(number: int, side: int) -> bool:
        try:
            receipts[number, side] = graph.submit(joint.change(number, side), accept_warnings=True)
        except (Refused, StaleValidation):
            return False
        return True

    with graph.pin() as generation:
        expected = facts(Store.read_only(str(generation.path)))
    accepted = raced(count, send)
    assert -1 not in accepted
    assert len(receipts) == count
    with graph.pin() as generation:
        store = Store.read_only(str(generation.path))
        entries = set(store.quads_for_pattern(None, iri("rdf:type"), iri("bm:ChangeSet"), HISTORY))
        for number, side in enumerate(accepted):
            (digest,) = store.quads_for_pattern(receipts[number, side].change_iri, iri("bm:patchDigest"), None, HISTORY)
            added, removed = load_patch(Folder(folder).journal, digest.object.value)
            wanted = joint.change(number, side)
            assert (added, removed) == (wanted.add, wanted.remove)
            expected = expected - removed | added
        assert facts(store) == expected
        assert generation.number == before.generation + count
        assert {quad.subject for quad in entries} >= {receipt.change_iri for receipt in receipts.values()}
        found = {finding for finding in validate_graph(store, SHAPES).findings if finding.severity == "Violation"}
        assert found == set()


def test_each_change_of_a_pair_is_valid_alone_and_the_two_are_not(owned: Graph) -> None:
    owned.submit(joint.base(4), accept_warnings=True)
    for number in range(4):
        assert [owned.check(joint.change(number, side)).blocks(accept_warnings=True) for side in (0, 1)] == [False] * 2
        owned.submit(joint.change(number, 0), accept_warnings=True)
        assert owned.check(joint.change(number, 1)).blocks(accept_warnings=True)


def test_of_two_changes_that_break_a_shape_together_one_is_accepted(owned: Graph, tmp_path: Path) -> None:
    held(owned, tmp_path / "data", 16)


@pytest.mark.slow
def test_a_thousand_times_from_sixteen_threads_one_of_two_is_accepted(owned: Graph, tmp_path: Path) -> None:
    held(owned, tmp_path / "data", 1_000)
