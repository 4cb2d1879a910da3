"""Changes gathered into a group: judged together, stored at once, each with an entry of its own."""

import dataclasses
import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad, Store

from kg.history import load_patch
from kg.model.changes import ChangeSet, together
from kg.model.documents import Document
from kg.namespaces import HISTORY, iri
from kg.store import Copy, Folder, Graph, Refused, StoreReader, open_graph
from tests.store.conftest import adding, facts, person, removing, shapes
from tests.store.test_crash import journal_of

KNOWS = iri("foaf:knows")


def read(graph: Graph) -> list[tuple[int, str]]:
    """(generation, reason) of the journal, the last first."""
    with graph.reader() as reader:
        assert isinstance(reader, StoreReader)
        chain = journal_of(reader)
        return [
            (n, next(iter(reader.quads(change, iri("bm:reason"), None, HISTORY))).object.value)
            for change, n, _ in chain
        ]


def submit(graph: Graph, *changes: ChangeSet, accept_warnings: bool = False) -> list[tuple[int, int]]:
    with graph.stage() as stage:
        for change in changes:
            stage.add(change)
        return [(r.generation, r.added) for r in stage.commit(accept_warnings=accept_warnings)]


def test_each_change_of_a_group_has_its_entry_its_patch_and_its_generation(graph: Graph, folder: Path) -> None:
    graph.submit(adding(*facts("z"), reason="before"))
    assert submit(graph, adding(*facts("a"), reason="one"), adding(*facts("b"), reason="two")) == [(2, 2), (3, 2)]
    assert read(graph) == [(3, "two"), (2, "one"), (1, "before")]
    assert graph.info()["generation"] == 3
    with graph.reader() as reader:
        assert isinstance(reader, StoreReader)
        patches = [load_patch(Folder(folder).journal, digest)[0] for _, _, digest in journal_of(reader)]
    assert patches == [facts("b"), facts("a"), facts("z")]
    assert graph.submit(adding(*facts("c"))).generation == 4


def test_a_change_sees_those_before_it_and_nobody_else_does_before_the_commit(graph: Graph) -> None:
    with graph.stage() as stage:
        stage.add(adding(*facts("a")))
        assert len(list(stage.reader.quads(person("a")))) == 2
        with graph.reader() as reader:
            assert list(reader.quads(person("a"))) == []
        stage.commit()
    with graph.reader() as reader:
        assert len(list(reader.quads(person("a")))) == 2


def test_what_a_change_takes_back_of_an_earlier_one_is_not_there(graph: Graph) -> None:
    (label,) = (quad for quad in facts("a") if quad.predicate == iri("rdfs:label"))
    other = Quad(label.subject, label.predicate, Literal("Trần Văn B", language="vi"))
    swapped = ChangeSet(frozenset({other}), frozenset({label}), iri("agent:lan"), "renamed")
    assert submit(graph, adding(*facts("a")), swapped, removing(other), adding(label)) == [
        (1, 2),
        (2, 1),
        (3, 0),
        (4, 1),
    ]
    with graph.reader() as reader:
        assert set(reader.quads(person("a"))) == set(facts("a"))


def test_a_group_that_does_not_conform_stores_nothing(graph: Graph, folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        submit(graph, adding(*facts("a")), adding(*facts("b", label=None)), adding(*facts("c")))
    assert [finding.focus for finding in refused.value.report.findings] == [person("b").value]
    assert refused.value.at == 1
    with graph.reader() as reader:
        assert [list(reader.quads(person(name))) for name in "abc"] == [[], [], []]
    assert graph.info()["generation"] == 0
    assert not Folder(folder).journal.exists()
    assert submit(graph, adding(*facts("a"))) == [(1, 2)]


def test_a_fault_that_no_change_has_alone_is_found(graph: Graph) -> None:
    one, other = Quad(person("a"), KNOWS, person("b")), Quad(person("b"), KNOWS, person("a"))
    both = (Quad(person("a"), iri("foaf:name"), Literal(name)) for name in ("A", "B"))
    with pytest.raises(Refused):
        submit(graph, adding(*facts("a"), one), adding(*facts("b"), other), *(adding(quad) for quad in both))


def test_a_warning_is_told_to_the_change_that_it_comes_from(graph: Graph) -> None:
    names = [Quad(person("a"), iri("foaf:name"), Literal(name)) for name in ("A", "B")]
    with graph.stage() as stage:
        for change in (adding(*facts("a"), names[0]), adding(names[1]), adding(*facts("c"))):
            stage.add(change)
        receipts = stage.commit(accept_warnings=True)
    assert [len(receipt.report.findings) for receipt in receipts] == [0, 1, 0]


def test_a_change_that_alters_nothing_has_no_entry(graph: Graph) -> None:
    graph.submit(adding(*facts("a")))
    with graph.stage() as stage:
        for change in (adding(*facts("a")), adding(*facts("b"))):
            stage.add(change)
        receipts = stage.commit()
    assert [receipt.change_iri is None for receipt in receipts] == [True, False]
    assert graph.info()["generation"] == 2
    with graph.stage() as stage:
        assert stage.commit() == ()


def test_a_stage_that_is_left_without_a_commit_leaves_nothing(graph: Graph, folder: Path) -> None:
    with graph.stage() as stage:
        stage.add(adding(*facts("a")))
    with graph.reader() as reader:
        assert list(reader.quads(person("a"))) == []
    assert [place.name for place in (folder / "generations").iterdir() if place.is_dir()] == ["0"]


def test_the_checkpoint_of_a_group_is_closed_before_it_is_read(graph: Graph, folder: Path) -> None:
    submit(graph, adding(*facts("a")), adding(*facts("b")))
    Store(str(folder / "generations" / "2" / "store"))  # would fail on the lock of a handle left open


def test_another_change_waits_for_the_end_of_a_stage(graph: Graph) -> None:
    done: list[int] = []
    other = threading.Thread(target=lambda: done.append(graph.submit(adding(*facts("b"))).generation))
    with graph.stage() as stage:
        stage.add(adding(*facts("a")))
        other.start()
        other.join(0.2)
        assert done == []
        stage.commit()
    other.join()
    assert done == [2]


def test_texts_of_every_change_are_kept(graph: Graph) -> None:
    documents = [Document(name, f"Văn bản {name}\r\n") for name in "ab"]
    changes = [dataclasses.replace(adding(*facts(d.id)), texts={d.digest: d.text}) for d in documents]
    submit(graph, *changes)
    assert [graph.source_text(d.digest) for d in documents] == [d.text for d in documents]


def test_a_client_gathers_a_group_too(graph: Graph, folder: Path) -> None:
    with open_graph(folder, shapes=shapes) as client:
        assert type(client) is not type(graph)
        with client.stage() as stage:
            stage.add(adding(*facts("a")))
            assert len(list(stage.reader.quads(person("a")))) == 2
            stage.add(adding(*facts("b")))
            assert [r.generation for r in stage.commit()] == [1, 2]
        with pytest.raises(Refused) as refused:
            submit(client, adding(*facts("c")), adding(*facts("d", label=None)))
        assert refused.value.at == 1
    with graph.reader() as reader:
        assert [bool(list(reader.quads(person(name)))) for name in "abc"] == [True, True, False]


def test_changes_together_come_to_what_they_do_one_after_the_other() -> None:
    quads = [Quad(person(name), iri("rdf:type"), iri("bm:Person")) for name in "abcd"]
    steps = [
        ChangeSet(frozenset(quads[:2]), frozenset({quads[3]}), iri("agent:x"), "1"),
        ChangeSet(frozenset({quads[2], quads[3]}), frozenset({quads[0]}), iri("agent:y"), "2"),
    ]
    whole = together(steps)
    one, all_at_once = Store(), Store()
    for store in (one, all_at_once):
        store.add(quads[3])
    for store, changes in ((one, steps), (all_at_once, [whole])):
        for change in changes:
            for quad in change.remove:
                store.remove(quad)
            store.extend(change.add)
    assert set(one) == set(all_at_once)
    assert whole.reason == "2"
    with pytest.raises(ValueError, match="No change"):
        together([])


def test_a_copy_of_a_generation_has_the_last_commit_as_well(graph: Graph, tmp_path: Path) -> None:
    for number in range(3):
        graph.submit(adding(*facts(f"p{number}")))
        with graph.pin() as generation:
            copy = Copy(generation.path, tmp_path / f"copy{number}")
        assert [any(copy.reader.quads(person(f"p{n}"))) for n in range(number + 1)] == [True] * (number + 1)


def test_what_is_put_on_a_copy_is_not_in_the_generation(graph: Graph, tmp_path: Path) -> None:
    graph.submit(adding(*facts("a")))
    with graph.pin() as generation:
        copy = Copy(generation.path, tmp_path / "copy")
        copy.put(adding(*facts("b")))
        assert any(copy.reader.quads(person("b")))
        again = Copy(generation.path, tmp_path / "again")
        assert not any(again.reader.quads(person("b")))
        assert any(again.reader.quads(person("a")))
