"""The door: what is committed, what is refused, and what a commit leaves on disk."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Quad, Store

from kg.history import load_patch
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.namespaces import HISTORY, SHAPES, iri
from kg.store import Folder, Graph, Refused, StaleValidation, Writer, commit, open_graph
from kg.validate import Report, ValidatedChangeSet, validate
from tests.store.conftest import AGENT, adding, facts, person, removing, shapes


def test_a_change_that_conforms_is_seen_by_the_next_reader(graph: Graph, holds: Callable[[Quad], bool]) -> None:
    receipt = graph.submit(adding(*facts("a")))
    assert (receipt.generation, receipt.added, receipt.removed) == (1, 2, 0)
    assert all(holds(quad) for quad in facts("a"))


def test_a_reader_keeps_its_state_while_others_commit(graph: Graph) -> None:
    with graph.reader() as reader:
        graph.submit(adding(*facts("a")))
        assert not any(True for _ in reader.quads(person("a")))
    with graph.reader() as reader:
        assert any(True for _ in reader.quads(person("a")))


def test_a_change_that_breaks_a_shape_is_refused_in_both_languages_and_leaves_nothing(
    graph: Graph, folder: Path
) -> None:
    before = sorted(path.relative_to(folder) for path in folder.rglob("*") if "store" not in path.parts)
    with pytest.raises(Refused) as refused:
        graph.submit(adding(*facts("a", label=None)))
    (finding,) = refused.value.report.findings
    assert finding.focus == person("a").value
    assert finding.path == "rdfs:label"
    assert finding.message_vi == "Hãy ghi nhãn cho người này."
    assert finding.message_en == "Give the person a label."
    assert "Give the person a label." in str(refused.value)
    assert sorted(path.relative_to(folder) for path in folder.rglob("*") if "store" not in path.parts) == before
    with graph.reader() as reader:
        assert not any(True for _ in reader.quads(person("a"), graph=None))


def test_what_was_broken_before_does_not_block_another_change(folder: Path) -> None:
    with open_graph(folder, shapes=lambda: type(shapes()).parse(b"")) as graph:
        graph.submit(adding(*facts("broken", label=None)))
    with open_graph(folder, shapes=shapes) as graph:
        label = Quad(person("broken"), iri("foaf:name"), Literal("A"))
        assert graph.submit(adding(label, *facts("b"))).added == 3


def test_warnings_pass_only_when_accepted(graph: Graph) -> None:
    names = [Quad(person("a"), iri("foaf:name"), Literal(name)) for name in ("A", "B")]
    change = adding(*facts("a"), *names)
    with pytest.raises(Refused):
        graph.submit(change)
    receipt = graph.submit(change, accept_warnings=True)
    assert [finding.severity for finding in receipt.report.findings] == ["Warning"]


def test_checking_a_change_stores_nothing(graph: Graph) -> None:
    assert [finding.severity for finding in graph.check(adding(*facts("a", label=None))).findings] == ["Violation"]
    assert graph.check(adding(*facts("a"))).conforms
    assert graph.info()["generation"] == 0


def test_a_change_that_alters_nothing_commits_nothing(graph: Graph) -> None:
    graph.submit(adding(*facts("a")))
    again = graph.submit(ChangeSet(facts("a"), facts("zzz"), AGENT, "again"))
    assert (again.change_iri, again.generation, again.added, again.removed) == (None, 1, 0, 0)


def test_removal_comes_first_so_a_quad_in_both_sets_stays(graph: Graph, holds: Callable[[Quad], bool]) -> None:
    graph.submit(adding(*facts("a")))
    assert graph.submit(ChangeSet(facts("a"), facts("a"), AGENT, "both")).change_iri is None
    assert all(holds(quad) for quad in facts("a"))


def test_only_what_alters_the_graph_goes_into_the_patch(graph: Graph, folder: Path) -> None:
    graph.submit(adding(*facts("a")))
    receipt = graph.submit(ChangeSet(facts("a") | facts("b"), facts("zzz"), AGENT, "more"))
    digest = journal(graph, "bm:patchDigest", receipt.change_iri)
    assert load_patch(Folder(folder).journal, digest) == (facts("b"), frozenset())


def journal(graph: Graph, predicate: str, change: object) -> str:
    """The value of a journal entry's property."""
    with graph.reader() as reader:
        (quad,) = reader.quads(change, iri(predicate), None, HISTORY)
        return str(quad.object.value)


def test_the_journal_chains_changes_to_their_agents_and_reasons(graph: Graph) -> None:
    first = graph.submit(adding(*facts("a"), reason="first"))
    second = graph.submit(adding(*facts("b"), reason="second"))
    assert journal(graph, "prov:wasRevisionOf", second.change_iri) == first.change_iri.value
    assert journal(graph, "prov:wasAssociatedWith", second.change_iri) == AGENT.value
    assert journal(graph, "bm:reason", second.change_iri) == "second"
    assert journal(graph, "bm:generation", second.change_iri) == "2"
    assert journal(graph, "bm:head", HISTORY) == second.change_iri.value


def test_the_generation_read_is_exactly_the_live_store(graph: Graph, folder: Path) -> None:
    for name in "abc":
        graph.submit(adding(*facts(name)))
    graph.submit(removing(*facts("b")))
    graph.close()
    with open_graph(folder) as opened, opened.pin() as generation:
        read = set(Store.read_only(str(generation.path)))
    assert read == set(Store(str(folder / "store")))


def test_numbers_dates_and_text_are_compared_in_the_form_that_the_store_keeps(graph: Graph) -> None:
    odd = [
        Quad(person("a"), iri("bm:number"), Literal("007", datatype=iri("xsd:integer"))),
        Quad(person("a"), iri("rdfs:label"), Literal("Hòa".encode().decode(), language="VI")),
        Quad(person("a"), iri("foaf:name"), Literal("Ho\u0300a")),
    ]
    assert graph.submit(adding(*odd)).added == 3
    assert graph.submit(adding(*odd)).change_iri is None
    assert graph.submit(removing(*odd)).removed == 3


def test_quotes_keep_the_letters_of_their_source(graph: Graph, holds: Callable[[Quad], bool]) -> None:
    quote = Quad(iri("evidence:e"), iri("bm:quote"), Literal("Ho\u0300a"))
    graph.submit(adding(quote))
    assert holds(quote)


def test_blank_nodes_are_refused_with_advice(graph: Graph) -> None:
    with pytest.raises(Refused, match="Give this node an IRI"):
        graph.submit(adding(Quad(BlankNode(), iri("rdfs:label"), Literal("x"))))


@pytest.mark.parametrize("protected", [HISTORY, SHAPES])
def test_protected_graphs_are_refused(graph: Graph, protected: object) -> None:
    quad = Quad(person("a"), iri("rdfs:label"), Literal("x"), protected)
    with pytest.raises(Refused, match="written by the program alone"):
        graph.submit(adding(quad))


def test_workspaces_are_journalled_and_not_part_of_the_default_graph(graph: Graph) -> None:
    workspace = iri("bm:workspace")
    quad = Quad(person("w"), iri("rdf:type"), iri("bm:Person"), workspace)
    assert graph.submit(adding(quad)).added == 1
    with graph.reader() as reader:
        assert list(reader.quads(person("w"))) == []
        assert list(reader.quads(person("w"), graph=workspace)) == [quad]


def test_source_texts_are_kept_as_they_were_received(graph: Graph, folder: Path) -> None:
    text = "\ufeffDòng một\r\nDo\u0300ng hai\r  \n"
    digest = Document("d", text).digest
    graph.submit(dataclasses.replace(adding(*facts("a")), texts={digest: text}))
    assert graph.source_text(digest) == text
    assert Folder(folder).source(digest).read_bytes() == text.encode()


def test_commit_takes_nothing_but_a_validated_change(folder: Path) -> None:
    writer = Writer.open(Folder(folder), journalled=True)
    for pretended in (adding(*facts("a")), Report(), None):
        with pytest.raises(TypeError, match="ValidatedChangeSet"):
            commit(writer, pretended)


def test_nobody_else_can_make_a_validated_change() -> None:
    with pytest.raises(TypeError):
        ValidatedChangeSet(adding(), Report(), 0, object())


def test_a_validated_change_cannot_be_turned_into_another() -> None:
    before, after = Store(), Store()
    after.extend(facts("a"))
    validated = validate(before, after, adding(*facts("a")), shapes(), 0)
    assert isinstance(validated, ValidatedChangeSet)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(validated, change=adding(*facts("b", label=None)))


def test_a_validation_on_an_older_generation_is_stale(folder: Path) -> None:
    writer = Writer.open(Folder(folder), journalled=True)
    change = adding(*facts("a"))
    validated = validate(writer.live, writer.try_out(change).store, change, shapes(), writer.generation)
    assert isinstance(validated, ValidatedChangeSet)
    assert [receipt.generation for receipt in commit(writer, validated)] == [1]
    with pytest.raises(StaleValidation, match="generation 0"):
        commit(writer, validated)


def test_the_checkpoint_of_a_validated_change_is_closed_before_it_is_read(graph: Graph, folder: Path) -> None:
    graph.submit(adding(*facts("a")))
    with pytest.raises(Refused):
        graph.submit(adding(*facts("b", label=None)))
    Store(str(folder / "generations" / "1" / "store"))  # would fail on the lock of a handle left open
