"""A process killed in the middle of committing loses nothing that it acknowledged and leaves nothing half done."""

import itertools
import random
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.history import load_patch
from kg.namespaces import HISTORY, iri
from kg.store import Folder, Graph, StoreReader, open_graph
from tests.store.conftest import facts, shapes


@dataclass
class Acknowledged:
    """What the killed processes said was stored."""

    generations: dict[int, str] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        """Takes one whole line of output."""
        generation, name, digest = line.split()
        self.generations[int(generation)] = name
        self.digests.add(digest)


def commit_until_killed(folder: Path, root: Path, attempt: int, longest: float, acknowledged: Acknowledged) -> None:
    """Starts a committing process and kills it within `longest` seconds of its first acknowledged change."""
    command = [sys.executable, "-m", "tests.store.committing", str(folder), str(attempt), "taking"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        acknowledged.hear(process.stdout.readline())
        killer = threading.Timer(random.Random(attempt).uniform(0, longest), process.kill)
        killer.start()
        for line in process.stdout:
            if line.endswith("\n"):
                acknowledged.hear(line)
        killer.join()


def journal_of(reader: StoreReader) -> list[tuple[NamedNode, int, str]]:
    """(change, generation, patch digest) from the head back to the first."""
    rows = reader.select(
        """SELECT ?change ?generation ?digest ?previous WHERE { GRAPH ?g {
               ?change bm:generation ?generation ; bm:patchDigest ?digest
               OPTIONAL { ?change prov:wasRevisionOf ?previous } } }"""
    )
    by_change = {row["change"]: row for row in rows}
    (head,) = (quad.object for quad in reader.quads(HISTORY, iri("bm:head"), None, HISTORY))
    chain = []
    at: object = head
    while at is not None:
        row = by_change.pop(at)
        chain.append((at, int(row["generation"].value), row["digest"].value))
        at = row.get("previous")
    assert not by_change, "entries that no head leads to"
    return chain


@pytest.mark.parametrize(("writes", "longest"), [(20, 0.5), pytest.param(1000, 3.0, marks=pytest.mark.slow)])
def test_killing_a_process_that_commits_loses_nothing_and_leaves_nothing_half_done(
    folder: Path, root: Path, writes: int, longest: float
) -> None:
    acknowledged = Acknowledged()
    for attempt in itertools.count():
        commit_until_killed(folder, root, attempt, longest, acknowledged)
        with open_graph(folder, own=True, shapes=shapes) as graph:
            check(graph, folder, acknowledged)
        if len(acknowledged.generations) >= writes:
            break
    with open_graph(folder) as graph, graph.pin() as generation:
        read = set(Store.read_only(str(generation.path)))
    assert read == set(Store(str(folder / "store")))


def check(graph: Graph, folder: Path, acknowledged: Acknowledged) -> None:
    """Everything acknowledged is there, and facts, journal and patches tell one story."""
    with graph.reader() as reader:
        chain = journal_of(reader)
        generations = [generation for _, generation, _ in chain]
        assert generations == list(range(len(chain), 0, -1))
        assert graph.info()["generation"] == len(chain) >= max(acknowledged.generations)
        told: set[Quad] = set()
        for _, generation, digest in reversed(chain):
            added, removed = load_patch(Folder(folder).journal, digest)
            assert removed <= told
            if generation in acknowledged.generations:
                assert added == facts(acknowledged.generations[generation])
            told = (told - removed) | added
        people = {quad.subject for quad in reader.quads(None, iri("rdf:type"), iri("bm:Person"))}
        assert {quad for node in people for quad in reader.quads(node)} == told
    for digest in acknowledged.digests:
        assert graph.source_text(digest)
    assert not any(place.name.endswith(".new") for place in (folder / "generations").iterdir())
