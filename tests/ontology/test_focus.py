"""What SPARQL shapes declare as affected is enough: a change judged by it gives what judging everything gives."""

from pathlib import Path

import pytest
from pyoxigraph import Quad, Store
from rdflib import SH

from kg.model.changes import ChangeSet
from kg.namespaces import iri
from kg.reference import code_files
from kg.resources import tree
from kg.validate import Report, Shapes, ValidatedChangeSet, validate, validate_graph
from tests.ontology.judge import default_quads, shapes_graph

RULES = sorted(str(shape).rpartition("#")[2] for shape in shapes_graph().subjects(SH.sparql, None))


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.load()


def store_of(quads: list[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


def findings(result: ValidatedChangeSet | Report) -> set[object]:
    report = result if isinstance(result, Report) else result.report
    return set(report.findings)


def test_there_are_rules() -> None:
    assert len(RULES) > 40


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_each_quad_of_an_invalid_example_finds_its_fault_whichever_comes_last(rule: str, shapes: Shapes) -> None:
    codes = list(default_quads(code_files()))
    (file,) = tree("ontology").glob(f"*/examples/invalid-{rule}.ttl")
    quads = list(default_quads([Path(file)]))
    after = store_of([*codes, *quads])
    whole = set(validate_graph(after, shapes).findings)
    assert whole
    for last in quads:
        before = store_of([*codes, *(quad for quad in quads if quad != last)])
        earlier = set(validate_graph(before, shapes).findings)
        added = ChangeSet(frozenset({last}), frozenset(), iri("agent:test"), "the last quad comes")
        assert findings(validate(before, after, added, shapes, 0)) == whole - earlier, last
        taken = ChangeSet(frozenset(), frozenset({last}), iri("agent:test"), "it goes again")
        assert findings(validate(after, before, taken, shapes, 0)) == earlier - whole, last
