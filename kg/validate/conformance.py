"""Which focus nodes surely conform, found without pySHACL, which takes some hundred times as long to say so.

A shape is read into checks on look-ups where that is beyond doubt; a shape that uses anything else is not read at all,
and of its focus nodes none is sure. Nothing here makes a finding: what is not sure goes to pySHACL, which alone judges.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode
from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.core.other_constraints import ClosedConstraintComponent
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.errors import ConstraintLoadError, ConstraintLoadWarning, ValidationFailure
from pyshacl.pytypes import SHACLExecutor
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from kg.validate.batch import Batch, constraint
from kg.validate.lookups import Lookups
from kg.validate.path_nodes import read_path
from kg.validate.paths import Link, Path, Sequence, Term
from kg.validate.rules import Rule, rule
from kg.validate.value_tests import SetTest, Test, test_of_value, test_of_values

_AS_PYSHACL_REFUSES = (
    ConstraintLoadError,
    ConstraintLoadWarning,
    ValidationFailure,
    RuntimeError,
    AssertionError,
    AttributeError,
    TypeError,
    ValueError,
    re.error,
)
"""What pySHACL raises for a malformed constraint; it must be the one to raise it."""

Check = Callable[[Lookups, Term], bool]


@dataclass(frozen=True, slots=True)
class Values:
    """The tests of one shape on the values that its path leads to; without a path, on the focus node itself."""

    path: Path | None
    each: tuple[Test, ...]
    whole: tuple[SetTest, ...]

    def __call__(self, look: Lookups, focus: Term) -> bool:
        values = self._values(look, focus)
        for set_test in self.whole:
            if not set_test(look, focus, values):
                return False
        for test in self.each:
            for value in values:
                if not test(look, value):
                    return False
        return True

    def _values(self, look: Lookups, focus: Term) -> Collection[Term]:
        path = self.path
        if isinstance(path, Link):
            if path.inverse:
                return look.neighbours(focus, path.predicate, inverse=True)
            return look.outgoing(focus).get(path.predicate, ())
        return (focus,) if path is None else look.forward(path, {focus})


@dataclass(frozen=True, slots=True)
class Checks:
    """What a focus node must pass to be sure: checks on look-ups, and queries that must have no answer for it."""

    local: tuple[Check, ...] = ()
    queries: tuple[Batch, ...] = ()

    def __add__(self, other: "Checks") -> "Checks":
        return Checks(self.local + other.local, self.queries + other.queries)


class Conformance:
    """The shapes of a graph as checks, as far as they can be read so."""

    def __init__(
        self, graph: Graph, shapes: Mapping[Node, Any], custom: frozenset[Node], executor: SHACLExecutor
    ) -> None:
        self._graph = graph
        self._shapes = shapes
        self._custom = custom
        self._executor = executor
        self._checks: dict[Node, Checks | None] = {}
        self._rules: dict[Node, Rule | None] = {}

    def reads(self, shape: Node) -> bool:
        """Whether the shape could be read into checks."""
        return self._checks_of(shape) is not None

    def sure(self, shape: Node, look: Lookups, focus: Collection[Term]) -> set[Term]:
        """Those of the focus nodes that pySHACL has nothing to say of."""
        checks = self._checks_of(shape)
        if checks is None or not focus:
            return set()
        passed = {node for node in focus if all(check(look, node) for check in checks.local)}
        for query in checks.queries:
            askable = {node for node in passed if isinstance(node, NamedNode)}
            passed = set(askable.difference(query.answers(look.store, askable)))
        return passed if look.plain else set()

    def rule(self, shape: Node) -> Rule | None:
        """The shape as a rule that is asked of many nodes at once; None where it is more than that or cannot be."""
        if shape not in self._rules:
            try:
                self._rules[shape] = self._read_rule(shape)
            except _AS_PYSHACL_REFUSES:
                self._rules[shape] = None
        return self._rules[shape]

    def _read_rule(self, node: Node) -> Rule | None:
        shape = self._shapes[node]
        parameters = {p for p in self._graph.predicates(node) if p in CONSTRAINT_PARAMETERS_MAP}
        if node in self._custom or shape.is_property_shape or parameters != {SH.sparql}:
            return None
        queries = self._queries(SPARQLBasedConstraint(shape))
        return None if queries is None else rule(queries)

    def _checks_of(self, shape: Node) -> Checks | None:
        if shape not in self._checks:
            try:
                self._checks[shape] = self._read(shape, nested=False)
            except _AS_PYSHACL_REFUSES:
                self._checks[shape] = None
        return self._checks[shape]

    def _read(self, node: Node, *, nested: bool) -> Checks | None:
        shape = self._shapes[node]
        path = self._path(shape)
        if node in self._custom or (shape.is_property_shape and path is None):
            return None
        each: list[Test] = []
        whole: list[SetTest] = []
        checks = Checks()
        parameters = {p for p in self._graph.predicates(node) if p in CONSTRAINT_PARAMETERS_MAP}
        for made in {CONSTRAINT_PARAMETERS_MAP[parameter] for parameter in parameters}:
            component = made(shape)
            if test := test_of_value(component, self._executor):
                each.append(test)
            elif set_test := test_of_values(component):
                whole.append(set_test)
            elif nested or path is not None or (more := self._read_structure(component)) is None:
                return None
            else:
                checks += more
        return Checks((Values(path, tuple(each), tuple(whole)),)) + checks if each or whole else checks

    def _path(self, shape: Any) -> Path | None:  # noqa: ANN401  # pySHACL's shapes are untyped
        """The path of a property shape, where it is a predicate, an inverse or a sequence of some."""
        if not shape.is_property_shape:
            return None
        path = read_path(self._graph, shape.path())
        parts = path.parts if isinstance(path, Sequence) else (path,)
        is_read = all(isinstance(part, Link) for part in parts) and (isinstance(path, Link) or 2 <= len(parts) <= 4)
        return path if is_read else None

    def _read_structure(self, component: Any) -> Checks | None:  # noqa: ANN401  # pySHACL's components are untyped
        match component:
            case PropertyConstraintComponent():
                return self._read_properties(component)
            case SPARQLBasedConstraint():
                return self._read_queries(component)
            case ClosedConstraintComponent():
                return self._read_closed(component)
            case _:
                return None

    def _read_properties(self, component: PropertyConstraintComponent) -> Checks | None:
        found = Checks()
        for node in component.property_shapes:
            inner = self._shapes.get(node)
            if inner is None or not inner.is_property_shape:
                return None
            if not inner.deactivated:
                more = self._read(node, nested=True)
                if more is None:
                    return None
                found += more
        return found

    def _read_queries(self, component: SPARQLBasedConstraint) -> Checks | None:
        queries = self._queries(component)
        return None if queries is None else Checks(queries=tuple(query for _, query in queries))

    def _queries(self, component: SPARQLBasedConstraint) -> list[tuple[Any, Batch]] | None:
        """pySHACL's helper and the query of each constraint in force."""
        queries: list[tuple[Any, Batch]] = []
        for helper in component.sparql_constraints:
            if helper.deactivated:
                continue
            bound, text = helper.pre_bind_variables(URIRef("urn:x"))
            query = constraint(text)
            if query is None or set(bound) != {"this"}:
                return None
            queries.append((helper, query))
        return queries

    def _read_closed(self, component: ClosedConstraintComponent) -> Checks | None:
        if not component.is_closed:
            return Checks()
        shapes = [self._shapes.get(node) for node in component.property_shapes]
        if any(shape is None or not shape.is_property_shape for shape in shapes):
            return None
        paths = [shape.path() for shape in shapes if shape is not None]
        allowed = {NamedNode(str(p)) for p in (*paths, *component.ignored_props) if isinstance(p, URIRef)}
        return Checks((lambda look, focus: allowed.issuperset(look.outgoing(focus)),))
