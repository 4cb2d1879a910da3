"""Updates over a limit: the process that works them out is killed, nothing is stored, and the next one works."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Quad

from kg.errors import BomayError, LimitExceeded, SyntaxFault
from kg.namespaces import iri
from kg.store import Graph, StaleValidation, UpdateLimits, create, open_graph
from kg.store.door import is_plain
from kg.store.owner import Owner
from tests.store.conftest import AGENT, adding, facts, person, shapes

LIMITS = UpdateLimits(seconds=4, memory_bytes=256 << 20, result_bytes=1 << 20, wait_seconds=20)
COUNTED = "INSERT {{ bm:bomb bm:count ?n }} WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ {} }} }} }}"
TIME_BOMB = COUNTED.format("?a ?b ?c . ?d ?e ?f . ?g ?h ?i")
EMPTY_BOMB = COUNTED.format(" ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(12)))
DOUBLED = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(34))
MEMORY_BOMB = (
    f"INSERT {{ bm:bomb bm:length ?n }} WHERE {{ BIND('12345678' AS ?v0) {DOUBLED} BIND(STRLEN(?v34) AS ?n) }}"
)
HUGE = "INSERT { ?a bm:huge ?c } WHERE { ?a ?b ?c }"
NEST = f"INSERT DATA {{ bm:a bm:b {'[ bm:p ' * 20_000}1{']' * 20_000} }}"


@pytest.fixture(scope="module")
def limited(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Owner]:
    """A folder with small limits, which each test leaves with a process that works."""

    folder = shutil.copytree(template, tmp_path_factory.mktemp("limited") / "data")
    with open_graph(folder, own=True, shapes=shapes, limits=LIMITS) as opened:
        assert isinstance(opened, Owner)
        yield opened


def run(graph: Graph, sparql: str, seconds: float | None = None) -> int:
    """The number of quads that the update added and removed."""
    receipt = graph.submit_update(sparql, agent=AGENT, reason="update", seconds=seconds)
    return receipt.added + receipt.removed


def note(name: str, value: str) -> str:
    about = f"bm:{name} bm:note"
    return f"DELETE {{ {about} ?o }} INSERT {{ {about} '{value}' }} WHERE {{ OPTIONAL {{ {about} ?o }} }}"


def bombed(graph: Graph, said: list[str]) -> None:
    """Runs an update that takes for ever; which limit it met."""
    try:
        run(graph, TIME_BOMB, 2)
    except LimitExceeded as error:
        said.append(error.limit)


@pytest.mark.parametrize(
    ("sparql", "limit"),
    [
        (TIME_BOMB, "time"),
        (EMPTY_BOMB, "time"),
        (f"{TIME_BOMB} ; CLEAR DEFAULT", "time"),
        (MEMORY_BOMB, "memory"),
        (HUGE, "result-bytes"),
        (NEST, "memory"),
    ],
    ids=["time", "time without facts", "time before clearing", "memory", "result", "nesting"],
)
def test_an_update_over_a_limit_stores_nothing_and_the_next_works(limited: Owner, sparql: str, limit: str) -> None:
    before = limited.info()["generation"]
    with pytest.raises(LimitExceeded) as caught:
        run(limited, sparql, 1 if limit == "time" else None)
    assert caught.value.limit == limit
    assert limited.info()["generation"] == before
    assert run(limited, note("next", f"{before}")) in (1, 2)
    assert run(limited, f"INSERT DATA {{ bm:plain bm:note '{before}' }}") == 1
    assert not list(Path(limited.info()["path"]).glob(".updating-*"))


def test_time_can_be_shortened_but_not_lengthened(limited: Owner) -> None:
    for seconds, said in ((0.2, "0.2 seconds"), (100, "4 seconds")):
        with pytest.raises(LimitExceeded, match=said):
            run(limited, TIME_BOMB, seconds)


def test_plain_updates_go_on_beside_one_that_takes_long(limited: Owner) -> None:
    said: list[str] = []
    thread = threading.Thread(target=bombed, args=(limited, said))
    thread.start()
    assert run(limited, "INSERT DATA { bm:beside bm:note 'x' }") == 1
    assert thread.is_alive()
    thread.join()
    assert said == ["time"]


def test_who_waits_too_long_for_another_update_hears_of_it(folder: Path) -> None:
    with open_graph(folder, own=True, shapes=shapes, limits=UpdateLimits(seconds=5, wait_seconds=0.01)) as graph:
        thread = threading.Thread(target=bombed, args=(graph, []))
        thread.start()
        limits = []
        while thread.is_alive() and not limits:
            try:
                run(graph, note("a", "b"))
            except LimitExceeded as error:
                limits.append(error.limit)
        thread.join()
    assert limits == ["concurrency"]


def test_a_process_that_was_killed_is_replaced(limited: Owner) -> None:
    for number in range(2):
        run(limited, note("killed", f"{number}"))
        child = limited._working._child
        assert child is not None
        child.reap()
    assert run(limited, note("killed", "2")) == 2


def test_a_process_stays_from_one_update_to_the_next(limited: Owner) -> None:
    pids = set()
    for number in range(3):
        run(limited, note("kept", f"{number}"))
        assert limited._working._child is not None
        pids.add(limited._working._child.pid)
    with pytest.raises(SyntaxFault):
        run(limited, "INSERT { ?s ?p } WHERE { ?s ?p ?o }")
    assert limited._working._child is not None
    assert pids == {limited._working._child.pid}


def test_closing_ends_what_is_being_worked_out(folder: Path) -> None:
    graph = open_graph(folder, own=True, shapes=shapes)
    run(graph, note("warm", "x"))
    closing = threading.Timer(0.3, graph.close)
    closing.start()
    with pytest.raises(BomayError, match="closed"):
        run(graph, TIME_BOMB)
    closing.join()


def test_concurrent_writers_lose_nothing(limited: Owner) -> None:
    """Each adds one to a number that is there, some by pattern and some beside it: all are counted."""
    run(limited, "INSERT DATA { bm:counter bm:count 0 }")
    step = """DELETE { bm:counter bm:count ?n } INSERT { bm:counter bm:count ?m }
              WHERE { bm:counter bm:count ?n BIND(?n + 1 AS ?m) }"""

    def count(worker: int) -> None:
        for turn in range(3):
            run(limited, step)
            run(limited, f"INSERT DATA {{ bm:counter bm:note 'w{worker}t{turn}' }}")

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(count, range(3))) == [None] * 3  # a fault in one of them is raised here
    with limited.reader() as reader:
        assert [quad.object.value for quad in reader.quads(iri("bm:counter"), iri("bm:count"))] == ["9"]
        assert sum(1 for _ in reader.quads(iri("bm:counter"), iri("bm:note"))) == 9


def test_an_update_of_one_graph_sees_and_changes_that_alone(limited: Owner) -> None:
    graph = iri("bm:workspace")
    limited.submit(
        adding(
            Quad(person("w"), iri("bm:note"), Literal("old"), graph), Quad(person("w"), iri("bm:note"), Literal("kept"))
        )
    )
    before = limited.info()["generation"]
    for text in (
        "DELETE { ?s ?p ?o } INSERT { ?s ?p 'new' } WHERE { ?s ?p ?o }",
        "INSERT DATA { person:w bm:note 'more' }",
    ):
        limited.submit_update(text, agent=AGENT, reason="x", graph=graph)
    with limited.reader() as reader:
        assert {quad.object.value for quad in reader.quads(person("w"), iri("bm:note"), graph=graph)} == {"new", "more"}
        assert {quad.object.value for quad in reader.quads(person("w"), iri("bm:note"))} == {"kept"}
    with pytest.raises(StaleValidation):
        limited.submit_update("DELETE WHERE { ?s ?p ?o }", agent=AGENT, reason="x", graph=graph, generation=before)


def test_blank_nodes_keep_their_labels_and_new_ones_are_new(tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    with open_graph(tmp_path / "data", shapes=shapes) as graph:
        run(graph, "INSERT DATA { _:x rdfs:label 'x' ; rdfs:seeAlso _:y }")
        assert run(graph, "INSERT { ?s bm:about [ bm:of ?o ] } WHERE { ?s rdfs:seeAlso ?o }") == 2
        assert (
            run(
                graph,
                "DELETE { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l } ; INSERT { ?s a [] } WHERE { ?s bm:about ?o }",
            )
            == 2
        )
        with graph.reader() as reader:
            quads = list(reader.quads(graph=None))
    by = {quad.predicate: quad for quad in quads}
    assert len(quads) == 4
    assert by[iri("rdfs:seeAlso")].subject == by[iri("bm:about")].subject == by[iri("rdf:type")].subject
    assert by[iri("bm:of")].subject == by[iri("bm:about")].object
    assert by[iri("bm:of")].object == by[iri("rdfs:seeAlso")].object
    assert isinstance(by[iri("rdf:type")].object, BlankNode)


def test_limits_reach_a_client_as_such(limited: Owner) -> None:
    with open_graph(limited.info()["path"]) as client, pytest.raises(LimitExceeded, match=r"0\.2 seconds") as caught:
        run(client, TIME_BOMB, 0.2)
    assert caught.value.limit == "time"


def test_a_client_that_is_killed_leaves_the_door_open(limited: Owner) -> None:
    script = f"""
from kg.store import open_graph
from kg.namespaces import iri
print("ready", flush=True)
with open_graph({limited.info()["path"]!r}) as graph:
    graph.submit_update({TIME_BOMB!r}, agent=iri("agent:x"), reason="x", seconds=2)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as client:
        assert client.stdout is not None
        client.stdout.readline()
        client.kill()
    assert run(limited, note("after-a-kill", "x")) == 1


def test_ctrl_c_stops_an_update_without_a_server(folder: Path) -> None:
    script = f"""
import os, signal, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs it in the background has it ignored
from kg.store import open_graph
from kg.namespaces import iri
with open_graph({str(folder)!r}) as graph:
    graph.submit_update("DELETE WHERE {{ bm:a bm:b ?o }}", agent=iri("agent:x"), reason="to start the process")
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        graph.submit_update({TIME_BOMB!r}, agent=iri("agent:x"), reason="x")
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=25, env=environment, check=False
    )
    assert done.stdout == "interrupted\n", done.stderr
    with open_graph(folder, own=True, shapes=shapes) as graph:
        assert graph.info()["generation"] == 0
        assert graph.submit(adding(*facts("a"))).added == 2


@pytest.mark.parametrize(
    ("sparql", "plain"),
    [
        ("INSERT DATA { bm:a bm:b 'where {' }", True),
        ("CLEAR ALL ; COPY DEFAULT TO bm:g", True),
        ("DELETE WHERE { ?s ?p ?o }", False),
        ("insert{ bm:a bm:b 1 }where{}", False),
        ("INSERT DATA { bm:a bm:b 1 } ; INSERT { bm:a bm:b 1 } USING bm:g WHERE { ?s ?p ?o }", False),
        (r"INSERT { bm:a bm:b 1 } \u0057HERE { ?s ?p ?o }", False),
        (f"INSERT DATA {{ bm:a bm:b {'(' * 200}{')' * 200} }}", False),
    ],
)
def test_only_what_has_no_pattern_is_done_in_the_owner(sparql: str, plain: bool) -> None:
    assert is_plain(sparql) is plain
