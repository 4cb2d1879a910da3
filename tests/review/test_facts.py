"""What the facts of every sample report come to together, and that none of them is a half."""

import pytest

from kg.extract import extract
from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.propose import propose
from kg.read import BadDocument, read_documents
from kg.resources import tree
from kg.review import LEVELS, Fact, facts_of
from kg.review.facts import part_of, sure_enough
from kg.store import Graph
from tests.review.people import READER

TYPE, SUPPORTS, ABOUT = iri("rdf:type"), iri("bm:supports"), iri("bm:about")


def all_read(reader: Reader) -> list[tuple[ChangeSet, tuple[Fact, ...]]]:
    found = []
    for document in read_documents([str(tree("samples") / "reports")]):
        assert not isinstance(document, BadDocument)
        change = propose(reader, document, extract(document), READER)
        found.append((change, facts_of(reader, change)))
    assert len(found) >= 20
    return found


def test_facts_are_whole_and_together_are_the_change(graph: Graph) -> None:
    with graph.reader() as reader:
        for change, facts in all_read(reader):
            assert frozenset().union(*(fact.add for fact in facts)) == change.add
            assert frozenset().union(*(fact.remove for fact in facts)) == change.remove
            nodes = {fact.node for fact in facts}
            assert len(nodes) == len(facts)
            made = {quad.subject for quad in change.add if quad.predicate == TYPE}
            for fact in facts:
                assert fact.needs < nodes
                there = {quad.subject for quad in fact.add} | fact.needs
                for quad in fact.add:  # whatever it names and the change makes is in it, or is needed by it
                    if quad.object in made and quad.predicate != ABOUT:
                        assert quad.object in there, (fact.node, quad)


@pytest.mark.parametrize("least", LEVELS)
def test_what_is_sure_enough_hangs_together(graph: Graph, least: str) -> None:
    levels, sizes = LEVELS[LEVELS.index(least) :], []
    with graph.reader() as reader:
        for change, facts in all_read(reader):
            chosen = sure_enough(facts, least)
            add, remove = part_of(facts, chosen)
            assert add <= change.add and remove <= change.remove
            needed = {need for fact in facts if fact.node in chosen for need in fact.needs}
            taken = [fact for fact in facts if fact.node in chosen]
            assert all(fact.confidence in levels or fact.node in needed for fact in taken)
            assert all(fact.confidence in (None, *levels) for fact in taken)
            sizes.append(len(chosen))
    assert all(sizes)
