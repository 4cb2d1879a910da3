"""The ontology keeps the rules in ontology/hygiene, and each rule can fail."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.namespaces import BASE, ONTOLOGY, PREFIXES, SHAPES
from kg.reference import ontology_files, shape_files
from kg.resources import tree

RULES = sorted(tree("ontology").glob("hygiene/*.rq"))
BROKEN = Path(__file__).parent / "broken"
EXAMPLES = NamedNode(f"{BASE}graph/examples")
ALIGN = NamedNode(f"{BASE}graph/align")


@pytest.fixture(scope="module")
def ontology() -> Store:
    """Ontology, shapes, examples and mappings, each in a graph of its own."""
    store = Store()
    examples = sorted(tree("ontology").glob("*/examples/*.ttl"))
    mappings = sorted(tree("ontology").glob("align/*.ttl"))
    assert examples
    assert mappings
    of_graph = ((ONTOLOGY, ontology_files()), (SHAPES, shape_files()), (EXAMPLES, examples), (ALIGN, mappings))
    for graph, files in of_graph:
        for file in files:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE, rename_blank_nodes=True):
                store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    return store


def faults(rule: Path, store: Store) -> list[str]:
    return [str(row) for row in store.query(rule.read_text(encoding="utf-8"), prefixes=PREFIXES)]


def test_there_are_rules() -> None:
    assert len(RULES) >= 15


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_ontology_keeps_the_rule(rule: Path, ontology: Store) -> None:
    text = rule.read_text(encoding="utf-8")
    assert text.startswith("#+ summary: ")
    assert faults(rule, ontology) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.stem)
def test_rule_finds_the_fault_of_its_broken_fixture(rule: Path) -> None:
    store = Store()
    store.load(path=str(BROKEN / f"{rule.stem}.trig"), format=RdfFormat.TRIG)
    assert faults(rule, store)


def test_every_broken_fixture_has_its_rule() -> None:
    assert {file.stem for file in BROKEN.glob("*.trig")} == {rule.stem for rule in RULES}
