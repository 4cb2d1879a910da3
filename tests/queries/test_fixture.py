"""The invented world is one that the shapes would let in."""

from kg.namespaces import curie
from kg.validate import Shapes, validate_graph
from tests.ontology.judge import store_with_codes

from .conftest import FAULTS, WORLD

WARNINGS = {
    ("bms:Directive-symbolType", "directive:lech"),
    *(
        ("bms:Organ-daysKnown", f"organ:{name}")
        for name in ("ban", "btv-cu", "cong-an-cu", "so", "tinh-uy-cu", "tinh-uy-khac")
    ),
    ("bms:Person-namesakes", "person:chi"),
    ("bms:Tenure-singleSeat", "tenure:chi-truong-ban"),
    ("bms:Tenure-singleSeat", "tenure:chi-khac-truong-ban"),
}


def test_the_fixture_breaks_no_shape_and_warns_where_a_question_of_quality_should_find_something():
    findings = validate_graph(store_with_codes(WORLD), Shapes.load()).findings
    assert {(f.severity, curie(f.shape), curie(f.focus)) for f in findings} == {
        *(("Warning", *warned) for warned in WARNINGS),
        ("Info", "bms:Source-dated", "source:bao"),
    }


def test_the_faults_are_what_the_shapes_refuse():
    findings = validate_graph(store_with_codes(WORLD, FAULTS), Shapes.load()).findings
    violations = {(curie(f.shape), curie(f.focus)) for f in findings if f.severity == "Violation"}
    assert violations == {("bms:Fact-basis", "directive:khac")}
