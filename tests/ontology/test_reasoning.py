"""Ontology and examples are consistent under OWL 2 RL, and the shapes are shapes by SHACL's own shapes."""

import re
from functools import cache
from pathlib import Path

import pytest
from owlrl import OWLRL
from pyshacl import validate
from rdflib import OWL, RDF, Graph, URIRef

from kg.namespaces import PREFIXES
from kg.reference import ontology_files
from kg.resources import tree
from tests.ontology.judge import shapes_graph

EXAMPLES = sorted(tree("ontology").glob("*/examples/valid-*.ttl"))


@cache
def terms() -> Graph:
    """The classes and properties, without the codes; notes and examples in words cannot clash and are left out."""
    graph = Graph()
    for file in ontology_files():
        if file.parent.name != "codes":
            graph.parse(file, format="turtle")
    for quiet in ("skos:definition", "skos:scopeNote", "skos:example", "rdfs:label"):
        prefix, _, local = quiet.partition(":")
        graph.remove((None, URIRef(PREFIXES[prefix] + local), None))
    return graph


def faults(data: Graph) -> list[str]:
    """What the reasoner finds contradictory in data together with the terms."""
    graph = Graph()
    for triple in (*terms(), *data):
        graph.add(triple)
    reasoner = OWLRL.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    reasoner.closure()
    nothing = [f"{node} is of owl:Nothing" for node in graph.subjects(RDF.type, OWL.Nothing)]
    return [re.sub(r"\s+", " ", message) for message in (*reasoner.error_messages, *nothing)]


def used_codes(data: Graph) -> Graph:
    """The codes that data name, each a concept."""
    found, base = Graph(), PREFIXES["rank"].removesuffix("rank/")
    for node in data.objects():
        if isinstance(node, URIRef) and node.startswith(base):
            found.add((node, RDF.type, URIRef(PREFIXES["skos"] + "Concept")))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_reasoner_finds_no_contradiction_in_an_example(file: Path) -> None:
    data = Graph().parse(file, format="turtle")
    assert faults(data + used_codes(data)) == []


@pytest.mark.slow
def test_reasoner_finds_a_body_that_is_a_place() -> None:
    data = Graph().parse(
        data="""PREFIX bm: <https://w3id.org/bomay/ontology#>
                PREFIX organ: <https://w3id.org/bomay/id/organ/>
                PREFIX place: <https://w3id.org/bomay/id/place/>
                organ:a bm:jurisdiction place:b . organ:c bm:jurisdiction organ:a .""",
        format="turtle",
    )
    assert faults(data)


@pytest.mark.slow
def test_no_class_is_below_two_that_exclude_each_other() -> None:
    data = Graph()
    for cls in terms().subjects(RDF.type, OWL.Class):
        data.add((URIRef(f"{cls}-witness"), RDF.type, cls))
    assert len(data) > 15
    assert faults(data) == []


def test_every_class_takes_part_in_the_disjointness() -> None:
    (node,) = terms().subjects(RDF.type, OWL.AllDisjointClasses)
    start = terms().value(node, OWL.members)
    assert start is not None
    members = set(terms().items(start))
    assert set(terms().subjects(RDF.type, OWL.Class)) <= members


@pytest.fixture(scope="module")
def shapes_of_shapes(shared: Path) -> Graph:
    """The shapes graph that the SHACL recommendation gives for shapes graphs."""
    (file,) = shared.glob("suites/data-shapes/**/shacl-shacl-data-shapes.ttl")
    return Graph().parse(file, format="turtle")


def test_shapes_conform_to_the_shapes_of_shapes(shapes_of_shapes: Graph) -> None:
    conforms, _, report = validate(shapes_graph(), shacl_graph=shapes_of_shapes)
    assert conforms, report


def test_shapes_of_shapes_refuse_a_shape_with_two_paths(shapes_of_shapes: Graph) -> None:
    broken = Graph().parse(
        data="""PREFIX bm: <https://w3id.org/bomay/ontology#>
                PREFIX bms: <https://w3id.org/bomay/shapes#>
                PREFIX sh: <http://www.w3.org/ns/shacl#>
                bms:Organ-kind a sh:PropertyShape ; sh:path bm:kind , bm:ladder .""",
        format="turtle",
    )
    conforms, _, _ = validate(broken, shacl_graph=shapes_of_shapes)
    assert not conforms
