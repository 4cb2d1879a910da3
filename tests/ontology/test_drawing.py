"""The drawings in ontology/README.md show every class of ours, and nothing that the ontology does not declare."""

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg.namespaces import PREFIXES, iri
from kg.read import load_rdf
from kg.reference import ontology_files

ARROW = re.compile(r"^  (\w+) --> (\w+) : (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def ontology() -> Store:
    store = Store()
    for file in ontology_files():
        store.extend(load_rdf(file))
    return store


@pytest.fixture(scope="module")
def drawing(root: Path) -> str:
    """All of them, one after the other."""
    text = (root / "ontology" / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"```mermaid\nclassDiagram\n(.*?)```", text, re.DOTALL)
    assert found
    return "".join(found)


def our_classes(ontology: Store) -> set[str]:
    found = [q.subject.value for q in ontology.quads_for_pattern(None, iri("rdf:type"), iri("owl:Class"))]
    names = {value.removeprefix(PREFIXES["bm"]) for value in found if value.startswith(PREFIXES["bm"])}
    assert len(names) > 15
    return names


def properties(words: str) -> list[NamedNode]:
    """The properties that an arrow or a box names; what stands in brackets is a remark."""
    plain = re.sub(r"\([^)]*\)", "", words).replace("#58;", ":")
    names = [name.strip(" *") for name in re.split(r"[,\n]", plain)]
    return [iri(name if ":" in name else f"bm:{name}") for name in names if name]


def stated(ontology: Store, prop: NamedNode, predicate: str) -> set[str]:
    objects = [quad.object for quad in ontology.quads_for_pattern(prop, iri(predicate), None)]
    return {value.value.removeprefix(PREFIXES["bm"]) for value in objects if isinstance(value, NamedNode)}


def test_every_class_of_ours_is_drawn_and_no_other(drawing: str, ontology: Store) -> None:
    boxes = re.findall(r"^  class (\w+)", drawing, re.MULTILINE)
    assert len(boxes) == len(set(boxes))
    assert set(boxes) == our_classes(ontology)


def test_every_class_is_tied_to_another(drawing: str, ontology: Store) -> None:
    ends = {name for source, target, _ in ARROW.findall(drawing) for name in (source, target)}
    assert our_classes(ontology) - ends == set()


def test_every_property_in_a_box_is_declared_for_that_class(drawing: str, ontology: Store) -> None:
    boxes = re.findall(r"^  class (\w+) \{\n(.*?)^  \}$", drawing, re.MULTILINE | re.DOTALL)
    assert len(boxes) > 10
    for name, words in boxes:
        for prop in properties(words):
            assert list(ontology.quads_for_pattern(prop, iri("rdf:type"), None)), prop
            assert stated(ontology, prop, "rdfs:domain") <= {name}, (name, prop)


def test_every_arrow_goes_from_domain_to_range(drawing: str, ontology: Store) -> None:
    arrows = ARROW.findall(drawing)
    assert len(arrows) > 25
    for source, target, words in arrows:
        for prop in properties(words):
            assert list(ontology.quads_for_pattern(prop, iri("rdf:type"), None)), prop
            assert stated(ontology, prop, "rdfs:domain") <= {source}, (source, prop)
            assert stated(ontology, prop, "rdfs:range") <= {target}, (target, prop)


def test_every_property_between_two_of_our_classes_is_drawn(drawing: str, ontology: Store) -> None:
    drawn = {
        (source, prop.value, target) for source, target, words in ARROW.findall(drawing) for prop in properties(words)
    }
    ours = our_classes(ontology)
    missing = {
        (source, quad.subject.value, target)
        for quad in ontology.quads_for_pattern(None, iri("rdf:type"), iri("owl:ObjectProperty"))
        if isinstance(quad.subject, NamedNode)
        for source in stated(ontology, quad.subject, "rdfs:domain") & ours
        for target in stated(ontology, quad.subject, "rdfs:range") & ours
    } - drawn
    assert missing == set()
