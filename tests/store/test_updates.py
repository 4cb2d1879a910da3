"""SPARQL Update through the door."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from kg.errors import QueryRefused, SyntaxFault
from kg.namespaces import ONTOLOGY, SHAPES, iri
from kg.store import Graph, Receipt, Refused, create, open_graph
from kg.store.updates import apply
from tests.store.conftest import AGENT, adding, facts, person, shapes


def run(graph: Graph, sparql: str) -> Receipt:
    """The update, as the test's agent."""
    return graph.submit_update(sparql, agent=AGENT, reason="update")


def test_an_update_is_committed_as_the_difference_it_makes(graph: Graph, holds: Callable[[Quad], bool]) -> None:
    graph.submit(adding(*facts("a"), *facts("b")))
    receipt = run(
        graph,
        """DELETE { ?p rdfs:label ?old } INSERT { ?p rdfs:label "Mới"@vi ; a bm:Person }
           WHERE { ?p a bm:Person ; rdfs:label ?old }""",
    )
    assert (receipt.added, receipt.removed) == (2, 2)
    assert holds(Quad(person("b"), iri("rdfs:label"), Literal("Mới", language="vi")))


@pytest.mark.parametrize(
    "sparql",
    [
        'INSERT DATA { person:a a bm:Person ; rdfs:label "A" }',
        'INSERT { person:a a bm:Person ; rdfs:label "A" } WHERE {}',
        'INSERT DATA { person:a rdfs:label "A" } ; INSERT DATA { person:a a bm:Person }',
        'INSERT DATA { person:a rdfs:label "A" } ; PREFIX p: <https://w3id.org/bomay/id/person/> '
        "INSERT { p:a a bm:Person } WHERE { p:a rdfs:label ?l }",
        "INSERT DATA { person:b a bm:Person } ; DELETE WHERE { person:b ?p ?o } ; "
        'INSERT DATA { person:a a bm:Person ; rdfs:label "A" }',
    ],
)
def test_ways_of_saying_the_same_give_the_same(graph: Graph, sparql: str) -> None:
    assert run(graph, sparql).added == 2


def test_an_update_that_alters_nothing_commits_nothing(graph: Graph) -> None:
    assert run(graph, "DELETE WHERE { person:nobody ?p ?o }").change_iri is None
    assert graph.info()["generation"] == 0


def test_an_update_that_breaks_a_shape_is_refused(graph: Graph) -> None:
    graph.submit(adding(*facts("a")))
    for sparql in ("INSERT DATA { person:b a bm:Person }", "DELETE WHERE { person:a rdfs:label ?l }"):
        with pytest.raises(Refused):
            run(graph, sparql)
    assert graph.info()["generation"] == 1


@pytest.mark.parametrize("sparql", ["CLEAR ALL", "DROP ALL", "CLEAR NAMED ; CLEAR DEFAULT", "DROP SILENT ALL"])
def test_clearing_everything_leaves_the_protected_graphs(graph: Graph, sparql: str) -> None:
    workspace = Quad(person("w"), iri("rdfs:label"), Literal("w"), iri("bm:workspace"))
    graph.submit(adding(*facts("a"), workspace))
    with graph.reader() as reader:
        kept = {g: set(reader.quads(graph=g)) for g in (ONTOLOGY, SHAPES)}
    run(graph, sparql)
    with graph.reader() as reader:
        assert {g: set(reader.quads(graph=g)) for g in kept} == kept
        assert not any(True for _ in reader.quads(graph=DefaultGraph()))
        assert not any(True for _ in reader.quads(graph=iri("bm:workspace")))
        assert reader.ask("ASK { GRAPH ?g { ?g bm:head ?change . ?change bm:generation 2 } }")


@pytest.mark.parametrize(
    "sparql",
    [
        "CLEAR GRAPH <https://w3id.org/bomay/graph/ontology>",
        "DELETE WHERE { GRAPH <https://w3id.org/bomay/graph/shapes> { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <https://w3id.org/bomay/graph/history> { person:a rdfs:label 'x' } }",
        "MOVE <https://w3id.org/bomay/graph/ontology> TO bm:workspace",
    ],
)
def test_an_update_of_a_protected_graph_is_refused(graph: Graph, sparql: str) -> None:
    with pytest.raises(Refused, match="written by the program alone"):
        run(graph, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "LOAD <http://example.org/x.ttl>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "CLEAR ALL;LOAD<http://example.org/>",
    ],
)
def test_an_update_may_not_reach_out(graph: Graph, sparql: str) -> None:
    with pytest.raises(QueryRefused, match=r"SERVICE|LOAD"):
        run(graph, sparql)


def test_a_silent_load_is_passed_over(graph: Graph) -> None:
    assert run(graph, "load silent <http://example.org/x.ttl> into graph bm:g").change_iri is None


def test_clearing_a_graph_that_is_not_there_is_one_sentence_and_silent_clearing_nothing(graph: Graph) -> None:
    with pytest.raises(QueryRefused, match="does not exist"):
        run(graph, "CLEAR GRAPH bm:nowhere")
    assert run(graph, "CLEAR SILENT GRAPH bm:nowhere").change_iri is None


@pytest.mark.parametrize("sparql", ["INSERT DATA {\n person:a rdfs:label ?x }", "DELETE WHERE {\n ?s ?p", "CLEAR\n x"])
def test_a_broken_update_gives_line_and_column(graph: Graph, sparql: str) -> None:
    with pytest.raises(SyntaxFault) as fault:
        run(graph, sparql)
    assert fault.value.line == 2
    assert fault.value.column is not None
    assert "[" not in fault.value.message


def test_blank_nodes_in_an_update_are_refused(graph: Graph) -> None:
    with pytest.raises(Refused, match="Give this node an IRI"):
        run(graph, "INSERT DATA { [] rdfs:label 'x' }")


def test_an_empty_folder_takes_blank_nodes_and_keeps_no_journal(tmp_path: Path) -> None:
    create(tmp_path / "data", "empty")
    with open_graph(tmp_path / "data", shapes=shapes) as graph:
        assert run(graph, "INSERT DATA { _:x rdfs:label 'x' ; rdfs:seeAlso _:y . GRAPH bm:g { _:x a bm:Person } }")
        assert run(graph, "DELETE { ?s rdfs:label ?l } INSERT { ?s rdfs:label 'y' } WHERE { ?s rdfs:label ?l }")
        with graph.reader() as reader:
            quads = list(reader.quads(graph=None))
    assert len(quads) == 3
    assert len({quad.subject for quad in quads}) == 1


def test_blank_nodes_are_added_and_removed_exactly() -> None:
    store = Store()
    node, other, name = BlankNode("n"), BlankNode("m"), NamedNode("urn:p")
    quads = [Quad(node, name, Literal('a "quote"\n')), Quad(other, name, node, BlankNode("g")), Quad(name, name, other)]
    apply(store, quads, [])
    assert set(store) == set(quads)
    apply(store, [], quads[:2])
    assert set(store) == {quads[2]}
