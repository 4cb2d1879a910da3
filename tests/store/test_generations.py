"""Generations on disk: pinned ones stay, others go."""

import subprocess
import sys
from pathlib import Path

from pyoxigraph import Store

from kg.store import Graph, open_graph
from tests.store.conftest import adding, facts, person, shapes


def on_disk(folder: Path) -> set[str]:
    """The names of the generations that are there."""
    return {place.name for place in (folder / "generations").iterdir() if place.is_dir()}


def test_a_pinned_generation_stays_as_it_was_until_it_is_let_go(graph: Graph, folder: Path) -> None:
    graph.submit(adding(*facts("a")))
    with graph.pin() as pinned:
        assert pinned.number == 1
        for name in "bcd":
            graph.submit(adding(*facts(name)))
        store = Store.read_only(str(pinned.path))
        assert any(store.quads_for_pattern(person("a"), None, None, None))
        assert not any(store.quads_for_pattern(person("b"), None, None, None))
        assert on_disk(folder) == {"1", "4"}
    graph.submit(adding(*facts("e")))
    assert on_disk(folder) == {"5"}


def test_a_generation_pinned_by_another_process_stays(graph: Graph, folder: Path) -> None:
    graph.submit(adding(*facts("a")))
    script = (
        "import sys; from pathlib import Path; from kg.store.generations import pinned; from kg.store import Folder\n"
        "with pinned(Folder(Path(sys.argv[1]))) as g: print(g.number, flush=True); sys.stdin.readline()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "1\n"
        graph.submit(adding(*facts("b")))
        assert on_disk(folder) == {"1", "2"}
        other.stdin.close()
        other.wait(timeout=30)
        graph.submit(adding(*facts("c")))
    assert on_disk(folder) == {"3"}


def test_opening_clears_unfinished_and_old_generations(folder: Path) -> None:
    with open_graph(folder, shapes=shapes) as graph:
        graph.submit(adding(*facts("a")))
    generations = folder / "generations"
    for stale in ("7.new", "9"):
        (generations / stale / "store").mkdir(parents=True)
        (generations / stale / "pin").touch()
    with open_graph(folder) as graph:
        assert on_disk(folder) == {"1"}
        assert graph.info()["generation"] == 1


def test_a_lost_current_generation_is_made_anew_from_the_live_store(folder: Path) -> None:
    with open_graph(folder, shapes=shapes) as graph:
        graph.submit(adding(*facts("a")))
    (folder / "generations" / "current").unlink()
    with open_graph(folder) as graph, graph.reader() as reader:
        assert any(True for _ in reader.quads(person("a")))
        assert graph.info()["generation"] == 1


def test_a_generation_behind_the_live_store_is_brought_up(folder: Path) -> None:
    with open_graph(folder, shapes=shapes) as graph:
        graph.submit(adding(*facts("a")))
    (folder / "generations" / "current").write_text("0\n")
    with open_graph(folder) as graph, graph.pin() as generation:
        assert generation.number == 1
        assert any(Store.read_only(str(generation.path)).quads_for_pattern(person("a"), None, None, None))
