"""A backup holds what waits, and what was decided meanwhile is not decided twice."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from kg.errors import FolderError
from kg.review import Filter, Queue, State, accept, settled_page
from kg.store import Generation, Graph, back_up, open_graph, restore
from kg.store.client import Client
from tests.review.conftest import shapes
from tests.review.people import LAN, change, has, named, proposed

NEW = named("moi", "Lê Văn Mới")


def test_proposals_are_in_a_backup_and_can_be_decided_on_where_it_is_restored(
    graph: Graph, queue: Queue, tmp_path: Path
) -> None:
    kept = proposed(graph, queue, change(NEW))
    back_up(queue.data, tmp_path / "b")
    assert restore(tmp_path / "b", tmp_path / "restored").generation == 0
    other = Queue(tmp_path / "restored")
    assert other.get(kept.id) == kept
    assert (other.path.stat().st_mode | other.path.parent.stat().st_mode) & 0o077 == 0
    with open_graph(tmp_path / "restored", own=True, shapes=shapes) as restored:
        assert accept(restored, other, kept.id, LAN).proposal.state == State.ACCEPTED
        assert has(restored, *NEW)
    assert queue.get(kept.id) == kept


def test_what_is_accepted_between_the_two_halves_of_a_backup_is_accepted_in_it(
    graph: Graph, queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = proposed(graph, queue, change(NEW))
    done = []
    original = Client.pin

    def pin(self: Client) -> AbstractContextManager[Generation]:
        if not done:
            done.append(accept(graph, queue, kept.id, LAN))
        return original(self)

    monkeypatch.setattr(Client, "pin", pin)  # as which `back_up` opens a folder that is owned
    back_up(queue.data, tmp_path / "b")
    assert done
    assert restore(tmp_path / "b", tmp_path / "restored").generation == 1
    other = Queue(tmp_path / "restored")
    with open_graph(tmp_path / "restored", own=True, shapes=shapes) as restored:
        assert other.get(kept.id).state == State.PROPOSED
        assert settled_page(restored, other, Filter(), 10)[1][0].state == State.ACCEPTED


def test_a_damaged_queue_is_told_of_and_no_half_backup_stays(graph: Graph, queue: Queue, tmp_path: Path) -> None:
    proposed(graph, queue, change(NEW))
    queue.path.write_bytes(b"not a database at all" * 400)
    with pytest.raises(FolderError, match="cannot be copied"):
        back_up(queue.data, tmp_path / "b")
    assert not (tmp_path / "b").exists()
