"""What SPARQL shapes declare as affected is enough: a change judged by it gives what judging everything gives."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store
from rdflib import SH, URIRef

from kg.model.changes import ChangeSet
from kg.namespaces import PREFIXES, curie, iri
from kg.reference import code_files
from kg.resources import tree
from kg.validate import Report, Shapes, ValidatedChangeSet, validate, validate_graph
from kg.validate.affected import Change, footprint
from tests.ontology.judge import default_quads, shapes_graph
from tests.validate.drawing import Spoilt, steps

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


class Rule:
    """A SPARQL constraint of the ontology as its file has it: the query, and the one that it declares."""

    def __init__(self, name: str) -> None:
        self.node = URIRef(iri(f"bms:{name}").value)
        graph = shapes_graph()
        self._select = str(graph.value(graph.value(self.node, SH.sparql), SH.select))
        self._declared = [
            (by_subject, str(query))
            for by_subject, name in enumerate(DECLARATIONS)
            for query in graph.objects(self.node, URIRef(iri(f"bm:{name}").value))
        ]

    def said(self, store: Store, node: NamedNode) -> set[tuple[str, str]]:
        """The answers of the constraint on a node, each with its value, `""` where it has none."""
        head, where, body = self._select.partition("WHERE")
        text = re.sub(r"[$?]this\b", f"({node} AS ?this)", head) + where + re.sub(r"[$?]this\b", str(node), body)
        answer = store.query(text, prefixes=PREFIXES)
        assert isinstance(answer, QuerySolutions)
        has_value = any(variable.value == "value" for variable in answer.variables)
        return {(str(row["value"] or "") if has_value else "", str(row)) for row in answer}

    def named(self, store: Store, changes: Iterable[Quad]) -> set[tuple[object, str]]:
        """The focus nodes that the declared queries give for the changed triples, each with the value that alone may
        differ, `""` for all.
        """
        subjects = {quad.subject for quad in changes}
        ends = subjects | {quad.object for quad in changes if isinstance(quad.object, NamedNode)}
        found: set[tuple[object, str]] = set()
        for by_subject, query in self._declared:
            for node in subjects if by_subject else ends:
                text = query.replace("?changed AS", f"{node} AS").replace("?changed", str(node))
                answer = store.query(text, prefixes=PREFIXES)
                assert isinstance(answer, QuerySolutions)
                has_value = any(variable.value == "value" for variable in answer.variables)
                found.update((row["focus"], str(row["value"] or "") if has_value else "") for row in answer)
        return found

    def targets(self, *stores: Store) -> set[NamedNode]:
        """The focus nodes of the constraint in any of the stores: instances, as the ontology has no subclasses."""
        classes = [NamedNode(str(cls)) for cls in shapes_graph().objects(self.node, SH.targetClass)]
        found = [store.quads_for_pattern(None, iri("rdf:type"), cls) for store in stores for cls in classes]
        return {quad.subject for quads in found for quad in quads if isinstance(quad.subject, NamedNode)}


DECLARATIONS = ("affectedFocus", "affectedFocusBySubject")
SOURCE = Spoilt([])


def drawn(rule: str, count: int) -> Iterator[tuple[frozenset[Quad], frozenset[Quad]]]:
    """Random changes of graphs around what breaks the rule and what a whole description looks like."""
    invalid = next(file for file in SOURCE.examples if file.stem == f"invalid-{rule}")
    whole = [file for file in SOURCE.examples if file.stem == f"valid-{rule.partition('-')[0]}"]
    other = [file for file in SOURCE.examples if file.stem in ("valid-Claim", "valid-Person")]  # of facts of any class
    pool = [quad for file in (invalid, invalid, *(whole or other)) for quad in SOURCE.examples[file]]
    return steps(SOURCE.of(pool), len(rule), count)


def flips(rule: str, count: int, shapes: Shapes) -> int:
    """Holds what the rule declares against what it says before and after; counts the nodes that it differs on."""
    asked = Rule(rule)
    shape = next(shape for shape in shapes.targeted if shape.name == str(asked.node))
    flipped = 0
    for before, after in drawn(rule, count):
        old, new = store_of([*before]), store_of([*after])
        change = Change(old, new, after - before, before - after)
        other = {
            (node, value)
            for node in asked.targets(old, new)
            for value, _ in asked.said(old, node) ^ asked.said(new, node)
        }
        named = asked.named(old, before ^ after) | asked.named(new, before ^ after) if other else set()
        missed = {(node, value) for node, value in other if not {(node, ""), (node, value)} & named}
        assert not missed, [(curie(str(node)), value) for node, value in missed]
        derived = footprint(change, shape)
        assert derived is not None
        pairs = {(node, str(value)) for node, value in derived.pairs}
        assert all(node in derived.nodes or (node, value) in pairs for node, value in other)
        flipped += len(other)
    return flipped


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_says_otherwise_after_a_random_change_is_among_what_it_declares(rule: str, shapes: Shapes) -> None:
    flips(rule, 30, shapes)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_says_otherwise_after_many_random_changes_is_among_what_it_declares(
    rule: str, shapes: Shapes
) -> None:
    assert flips(rule, 1_000, shapes) > 10
