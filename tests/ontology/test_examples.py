"""Each shape has an example that breaks it and no other, each class one that conforms wholly."""

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, URIRef

from kg.namespaces import PREFIXES
from kg.resources import tree
from tests.ontology.judge import shapes_graph, store_with_codes, violated

INVALID = sorted(tree("ontology").glob("*/examples/invalid-*.ttl"))
VALID = sorted(tree("ontology").glob("*/examples/valid-*.ttl"))


def named(node: object) -> str:
    return str(node).removeprefix(PREFIXES["bms"])


def leaf_shapes() -> set[str]:
    """Shapes that judge by themselves: property shapes, and node shapes with a SPARQL constraint."""
    graph = shapes_graph()
    return {named(s) for s in (*graph.subjects(RDF.type, SH.PropertyShape), *graph.subjects(SH.sparql, None))}


def test_there_are_examples() -> None:
    assert len(INVALID) > 200
    assert len(VALID) >= 18


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_invalid_example_breaks_the_shape_it_is_named_for_and_no_other(file: Path) -> None:
    assert set(violated(store_with_codes(file))) == {file.stem.removeprefix("invalid-")}


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_valid_example_conforms(file: Path) -> None:
    assert violated(store_with_codes(file)) == {}


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_invalid_example_says_on_line_one_why_it_is_wrong(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# Wrong: ")


def test_every_shape_has_its_invalid_example() -> None:
    assert {file.stem.removeprefix("invalid-") for file in INVALID} == leaf_shapes()


def test_every_rule_has_a_name_in_both_languages() -> None:
    graph = shapes_graph()
    for shape in leaf_shapes():
        names = [m for said in (SH.name, RDFS.label) for m in graph.objects(URIRef(PREFIXES["bms"] + shape), said)]
        assert sorted(str(getattr(name, "language", None)) for name in names) == ["en", "vi"], shape


def test_every_class_has_its_valid_example() -> None:
    targets = shapes_graph().objects(URIRef(PREFIXES["bms"] + "Fact"), SH.targetClass)
    classes = {str(cls) for cls in (*targets, *shapes_graph().objects(None, SH.targetClass))}
    assert {file.stem.removeprefix("valid-") for file in VALID} == {c.removeprefix(PREFIXES["bm"]) for c in classes}


def test_shapes_lie_with_their_examples() -> None:
    for file in (*INVALID, *VALID):
        named_for = file.stem.split("-")[1]
        assert f"bms:{named_for} " in (file.parent.parent / "shapes.ttl").read_text(encoding="utf-8"), file
