"""A data folder carried to another release, with what people wrote kept."""

import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import FolderError
from kg.namespaces import BASE, HISTORY, ONTOLOGY, SHAPES, iri
from kg.store import Folder, Graph, Refused, Upgraded, create, is_outdated, open_graph, rebuild, release, upgrading
from kg.validate import Shapes
from tests.store.conftest import adding, removing

FACTS = DefaultGraph()
LABEL, OTHER_KEY = iri("rdfs:label"), iri("bm:otherKey")
COUNTRY, PROVINCE, NEIGHBOUR = iri("place:viet-nam"), iri("place:tinh-dak-nong"), iri("place:tinh-bac-kan")
OTHER_NAME = Quad(PROVINCE, iri("skos:altLabel"), Literal("Đắc Nông cũ", language="vi"))
CURATOR = Quad(PROVINCE, iri("bm:curatedBy"), iri("agent:lan"))


def load_three_places(store: Store, _profile: str, progress: release.Progress) -> None:
    """Ontology, shapes, codes, and of the places a country with two provinces and what became of these."""
    everything = Store()
    release.load_release(everything, "minimal", progress)
    wanted, todo = set(), [COUNTRY, PROVINCE, NEIGHBOUR]
    while todo:
        node = todo.pop()
        if node not in wanted:
            wanted.add(node)
            about = everything.quads_for_pattern(node, iri("bm:replacedBy"), None)
            todo.extend(quad.object for quad in about if isinstance(quad.object, NamedNode))
    others = (quad for quad in everything if not str(quad.subject).startswith(f"<{BASE}id/"))
    store.bulk_extend(others)
    for node in wanted:
        store.extend(everything.quads_for_pattern(node, None, None, FACTS))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `kg init --minimal` makes it, but with three places and no body; never to be changed."""
    path = tmp_path_factory.mktemp("upgrading") / "data"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            sys.modules["kg.store.create"], "load_release", load_three_places
        )  # the name is a function's too
        create(path, "minimal")
    return path


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "data")


@cache
def loaded() -> Shapes:
    """The shapes of the program, read once."""
    return Shapes.load()


def opened(data: Path) -> Graph:
    """The folder, opened as its owner."""
    return open_graph(data, shapes=loaded)


def upgrade(data: Path, *, dry_run: bool = False) -> Upgraded:
    """As `kg.store.upgrade`."""
    return upgrading.upgrade(data, dry_run=dry_run, shapes=loaded)


Alter = Callable[[Callable[[Store], None]], None]


@pytest.fixture
def released(made: Path, monkeypatch: pytest.MonkeyPatch) -> Alter:
    """Makes the program's release another one, by what is done to the store that it is loaded into."""
    now = list(Store.read_only(str(Folder(made).generations / "0" / "store")))

    def alter(by: Callable[[Store], None]) -> None:
        def load(store: Store, _profile: str, _progress: object) -> None:
            store.bulk_extend(now)
            by(store)

        monkeypatch.setattr(upgrading, "load_release", load)
        monkeypatch.setattr(upgrading, "release_digest", lambda: "ab" * 32)

    return alter


def quads(data: Path, subject: NamedNode | None = None, graph: NamedNode | DefaultGraph = FACTS) -> set[Quad]:
    """What the current generation says."""
    with opened(data) as graph_of, graph_of.pin() as generation:
        return set(Store.read_only(str(generation.path)).quads_for_pattern(subject, None, None, graph))


def drop(node: NamedNode) -> Callable[[Store], None]:
    """Takes a node out of a release."""

    def by(store: Store) -> None:
        for quad in [*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)]:
            store.remove(quad)

    return by


def test_a_folder_of_this_release_has_nothing_to_gain(data: Path, released: Alter) -> None:
    released(lambda _store: None)
    before = quads(data)
    done = upgrade(data)
    assert (done.added, done.removed, done.kept, done.receipt) == (0, 0, 0, None)
    assert quads(data) == before
    assert not is_outdated(Folder(data))


def test_facts_of_the_release_come_and_go_while_those_of_people_stay(data: Path, released: Alter) -> None:
    taken = next(quad for quad in quads(data, COUNTRY) if quad.predicate == iri("skos:altLabel"))
    brought = Quad(COUNTRY, iri("bm:code"), Literal("00"))
    replaced = next(quad for quad in quads(data, PROVINCE) if quad.predicate == iri("bm:code"))
    with opened(data) as graph:
        graph.submit(adding(OTHER_NAME, CURATOR))
        graph.submit(removing(taken))

    def by(store: Store) -> None:
        store.add(brought)
        store.remove(replaced)

    released(by)
    assert is_outdated(Folder(data))
    done = upgrade(data)
    after = quads(data)
    assert {brought, OTHER_NAME, CURATOR} <= after
    assert not {taken, replaced} & after
    assert (done.added, done.removed) == (1, 1)
    assert not is_outdated(Folder(data))


def test_a_node_that_people_name_stays_though_the_release_dropped_it(data: Path, released: Alter) -> None:
    about, unnamed = quads(data, PROVINCE), quads(data, NEIGHBOUR)
    with opened(data) as graph:
        graph.submit(adding(OTHER_NAME, CURATOR))

    def by(store: Store) -> None:
        drop(PROVINCE)(store)
        drop(NEIGHBOUR)(store)

    released(by)
    done = upgrade(data, dry_run=True)
    assert done.kept >= len(about)
    assert quads(data, PROVINCE) > about
    assert done.removed >= len(unnamed)


def test_ontology_and_shapes_are_those_of_the_release_down_to_their_blank_nodes(data: Path, released: Alter) -> None:
    fact = Quad(iri("bm:Person"), iri("skos:note"), BlankNode("note"), ONTOLOGY)

    def by(store: Store) -> None:
        store.add(fact)
        store.add(Quad(BlankNode("note"), LABEL, Literal("a"), ONTOLOGY))

    shapes = quads(data, graph=SHAPES)
    released(by)
    upgrade(data)
    ontology = quads(data, graph=ONTOLOGY)
    (note,) = (quad.object for quad in ontology if quad.predicate == iri("skos:note"))
    assert isinstance(note, BlankNode)
    assert {quad.object for quad in ontology if quad.subject == note} == {Literal("a")}
    assert quads(data, graph=SHAPES) == shapes


def test_the_journal_tells_of_it_and_the_graph_before_can_be_had_again(
    data: Path, released: Alter, tmp_path: Path
) -> None:
    with opened(data) as graph:
        graph.submit(adding(OTHER_NAME, CURATOR))
    before = {graph_name: quads(data, graph=graph_name) for graph_name in (FACTS, ONTOLOGY, SHAPES)}

    def by(store: Store) -> None:
        store.add(Quad(COUNTRY, iri("bm:code"), Literal("00")))
        store.add(Quad(iri("bm:Person"), iri("skos:note"), BlankNode("note"), ONTOLOGY))

    released(by)
    receipt = upgrade(data).receipt
    assert receipt is not None
    assert receipt.change_iri is not None
    assert Quad(receipt.change_iri, iri("bm:release"), Literal("ab" * 32), HISTORY) in quads(data, graph=HISTORY)
    with opened(data) as graph, graph.pin() as now:
        rebuild(data, now, 1, tmp_path / "past")
    past = Store.read_only(str(tmp_path / "past"))
    for graph_name, said in before.items():
        assert set(past.quads_for_pattern(None, None, None, graph_name)) == said


def test_what_one_upgrade_brought_the_next_takes_away(data: Path, released: Alter) -> None:
    brought = Quad(COUNTRY, iri("bm:code"), Literal("00"))
    released(lambda store: store.add(brought))
    upgrade(data)
    assert brought in quads(data)
    released(lambda _store: None)
    assert upgrade(data).removed == 1
    assert brought not in quads(data)


def test_keys_that_an_older_program_did_not_compute_are_made(data: Path, released: Alter) -> None:
    released(lambda _store: None)
    with opened(data) as graph:
        graph.submit(adding(OTHER_NAME, CURATOR))
    store = Store(str(Folder(data).live))
    key = Quad(PROVINCE, OTHER_KEY, Literal("dac nong cu"))
    assert key in store
    store.remove(key)
    store.flush()
    del store
    shutil.rmtree(Folder(data).generations)
    Folder(data).generations.mkdir()
    done = upgrade(data)
    assert (done.added, done.removed) == (1, 0)
    assert key in quads(data)


def test_a_release_that_breaks_a_shape_changes_nothing(data: Path, released: Alter) -> None:
    def by(store: Store) -> None:
        for quad in store.quads_for_pattern(PROVINCE, LABEL, None):
            store.remove(quad)

    before = quads(data)
    released(by)
    with pytest.raises(Refused):
        upgrade(data)
    assert quads(data) == before
    assert is_outdated(Folder(data))


def test_a_dry_run_writes_nothing(data: Path, released: Alter) -> None:
    released(lambda store: store.add(Quad(COUNTRY, iri("bm:code"), Literal("00"))))
    before = quads(data)
    done = upgrade(data, dry_run=True)
    assert (done.added, done.removed, done.receipt) == (1, 0, None)
    assert quads(data) == before
    assert is_outdated(Folder(data))


def test_a_folder_in_use_and_one_without_a_release_are_refused(data: Path, tmp_path: Path) -> None:
    with opened(data), pytest.raises(FolderError, match="owns"):
        upgrade(data)
    create(tmp_path / "empty", "empty")
    with pytest.raises(FolderError, match="nothing in it"):
        upgrade(tmp_path / "empty")
    assert not is_outdated(Folder(tmp_path / "empty"))
