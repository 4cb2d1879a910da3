"""The graph as it was: later changes undone on a copy."""

import errno
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from kg.errors import FolderError, NotFound
from kg.history import HEAD
from kg.model.changes import ChangeSet
from kg.namespaces import HISTORY, iri
from kg.store import create, open_graph, past, rebuild

LABEL = iri("rdfs:label")


def state(store: Store) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, None))


def change(number: int, remove: int | None = None) -> ChangeSet:
    def quads(n: int) -> frozenset[Quad]:
        return frozenset({Quad(iri(f"person:p{n}"), iri("bm:seeAlso"), iri(f"person:q{n}"))})

    return ChangeSet(quads(number), quads(remove) if remove is not None else frozenset(), iri("agent:lan"), f"{number}")


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[set[Quad]]]:
    """A folder with four changes, and what each generation held."""
    data = tmp_path_factory.mktemp("past") / "data"
    create(data, "minimal")
    held = []
    with open_graph(data, own=True) as graph:
        for number in range(5):
            with graph.pin() as generation:
                assert generation.number == number
                held.append(state(Store.read_only(str(generation.path))))
            if number < 4:
                graph.submit(change(number, number - 1 if number else None), accept_warnings=True)
    return data, held


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_each_generation_is_as_it_was(states: tuple[Path, list[set[Quad]]], tmp_path: Path, number: int) -> None:
    data, held = states
    with open_graph(data, own=True) as graph, graph.pin() as now:
        rebuild(data, now, number, tmp_path / "store")
        assert state(Store.read_only(str(now.path))) == held[4]
    found = state(Store.read_only(str(tmp_path / "store")))
    agents = {quad for quad in found if quad.subject == iri("agent:lan")}  # whoever wrote later is still known by name
    assert found - agents == held[number] - agents
    assert sum(quad.predicate == HEAD and quad.subject == HISTORY for quad in found) == (number > 0)


def test_a_generation_that_has_not_been_is_not_found(states: tuple[Path, list[set[Quad]]], tmp_path: Path) -> None:
    with open_graph(states[0], own=True) as graph, graph.pin() as now, pytest.raises(NotFound, match="no generation 9"):
        rebuild(states[0], now, 9, tmp_path / "store")


@pytest.mark.parametrize("bound", ["MOST_UNDONE", "MOST_BYTES"])
def test_what_is_too_far_back_is_not_rebuilt(
    states: tuple[Path, list[set[Quad]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(past, bound, 2)
    with open_graph(states[0], own=True) as graph, graph.pin() as now, pytest.raises(NotFound, match="too far back"):
        rebuild(states[0], now, 0, tmp_path / "store")


def test_a_full_disk_is_told_of(
    states: tuple[Path, list[set[Quad]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(generation: Path, place: Path) -> Store:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(past, "copy_generation", full)
    with (
        open_graph(states[0], own=True) as graph,
        graph.pin() as now,
        pytest.raises(FolderError, match="no space left"),
    ):
        rebuild(states[0], now, 1, tmp_path / "store")
