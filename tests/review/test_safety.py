"""Two who decide at once, a crash between the door and the mark, a full disk, a damaged database."""

import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import FolderError
from kg.model.documents import Document
from kg.review import Choice, Filter, Proposal, Queue, State, accept, settle, settled_page
from kg.review.queue import Turn
from kg.store import Graph, open_graph
from tests.review.conftest import shapes
from tests.review.people import LAN, MAI, change, has, named, person, proposed
from tests.store.test_full_disk import fill, small_disk

__all__ = ["small_disk"]  # a fixture of that module

NEW = named("moi", "Lê Văn Mới")
BOTH = NEW | named("hai", "Trần Thị Hai")


def test_of_two_processes_that_accept_at_once_one_does(folder: Path, root: Path) -> None:
    queue = Queue(folder)
    with open_graph(folder, own=True, shapes=shapes) as graph, ExitStack() as stack:
        waiting = proposed(graph, queue, change(NEW))
        both = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.review.deciding", str(folder), waiting.id, agent],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=root,
                )
            )
            for agent in ("lan", "mai")
        ]
        for process in both:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
        for process in both:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        said = sorted(process.communicate()[0] for process in both)
        assert said[0] == "accepted\n"
        assert "is accepted by agent:" in said[1]
        assert graph.info()["generation"] == 1
        assert queue.get(waiting.id).state == State.ACCEPTED


def _crash(*_: object) -> Proposal:
    raise KeyboardInterrupt


def test_an_acceptance_that_a_crash_left_unmarked_is_recognised(
    graph: Graph, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = proposed(graph, queue, change(NEW))
    with monkeypatch.context() as patched:
        patched.setattr(Turn, "decide", _crash)
        with pytest.raises(KeyboardInterrupt):
            accept(graph, queue, waiting.id, LAN)
    assert has(graph, *NEW)
    assert queue.get(waiting.id).state == State.PROPOSED
    total, (shown,) = settled_page(graph, queue, Filter(), 10)
    assert (total, shown.state, shown.decisions[0].by) == (1, State.ACCEPTED, LAN)
    assert settled_page(graph, queue, Filter(State.PROPOSED), 10) == (0, ())
    with pytest.raises(Exception, match="is accepted by agent:lan as change:1-"):
        accept(graph, queue, waiting.id, MAI)
    assert graph.info()["generation"] == 1


def test_a_part_that_a_crash_left_unmarked_is_recognised_and_the_rest_stays(
    graph: Graph, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = proposed(graph, queue, change(BOTH))
    with monkeypatch.context() as patched:
        patched.setattr(Turn, "decide", _crash)
        with pytest.raises(KeyboardInterrupt):
            accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("hai")})))
    found = settle(graph, queue, waiting.id)
    assert (found.state, found.added, len(found.decisions)) == (State.PROPOSED, len(NEW), 1)
    assert settle(graph, queue, waiting.id) == found
    assert accept(graph, queue, waiting.id, MAI).proposal.state == State.ACCEPTED
    assert has(graph, *BOTH)
    assert graph.info()["generation"] == 2


def test_a_damaged_database_is_one_sentence_and_leaves_the_graph_alone(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW))
    queue.path.write_bytes(b"not a database at all" * 400)
    for call in (
        lambda: queue.get(waiting.id),
        lambda: queue.listed(Filter(), 10),
        lambda: proposed(graph, queue, change(BOTH)),
        lambda: accept(graph, queue, waiting.id, LAN),
    ):
        with pytest.raises(FolderError, match="is damaged; take it from a backup"):
            call()
    assert graph.info()["generation"] == 0


def test_a_database_of_a_later_version_is_left_alone(graph: Graph, queue: Queue) -> None:
    proposed(graph, queue, change(NEW))
    with sqlite3.connect(queue.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FolderError, match="is of a later version"):
        queue.listed(Filter(), 10)


def test_a_database_of_the_first_version_is_read_and_carried_on(graph: Graph, queue: Queue) -> None:
    first = proposed(graph, queue, change(NEW))
    with sqlite3.connect(queue.path) as connection:
        connection.execute("ALTER TABLE proposals DROP COLUMN reverts")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert queue.get(first.id).reverts is None
    second = proposed(graph, queue, change(BOTH))
    assert {queue.get(one.id).id for one in (first, second)} == {first.id, second.id}


def test_looking_makes_no_database_and_only_its_owner_may_enter_the_folder(graph: Graph, queue: Queue) -> None:
    assert queue.listed(Filter(), 10) == (0, ())
    assert queue.holding("0" * 64) is None
    assert not queue.path.parent.exists()
    proposed(graph, queue, change(NEW))
    assert queue.path.parent.stat().st_mode & 0o077 == 0


def test_a_full_disk_loses_nothing_and_work_goes_on_afterwards(small_disk: Path, graph: Graph) -> None:
    queue = Queue(small_disk)
    kept = proposed(graph, queue, change(NEW))
    text = Document("long", "\n".join(f"Dòng thứ {number}" for number in range(200_000)))
    asked = replace(change(BOTH), texts={text.digest: text.text})
    fill(small_disk)
    with pytest.raises(FolderError, match="no space left on the disk"):
        proposed(graph, queue, asked)
    (small_disk / "filler").unlink()
    assert queue.listed(Filter(), 10) == (1, (kept,))
    assert proposed(graph, queue, asked).texts == (text.digest,)


def test_what_is_revised_meanwhile_is_not_accepted_as_it_was(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW))
    with queue.turn() as turn:
        turn.put(waiting, change(BOTH))
    with pytest.raises(Exception, match="changed meanwhile"):
        queue.change(waiting)
