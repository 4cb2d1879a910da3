"""Tests that a value or a set of values passes only if pySHACL has nothing to say of it.

What depends on one value alone is asked of pySHACL's own constraint component, once for each value. The other tests
are exact on the terms that RDF 1.1 knows (`Lookups.plain`): there, two terms of a store are equal in pySHACL if and
only if they are equal here.
"""

import re
from collections.abc import Callable, Collection
from typing import Any, cast

from pyoxigraph import BlankNode, Literal, NamedNode, Store
from pyshacl.constraints.core import cardinality_constraints as counts
from pyshacl.constraints.core import other_constraints as others
from pyshacl.constraints.core import property_pair_constraints as pairs
from pyshacl.constraints.core import string_based_constraints as strings
from pyshacl.constraints.core import value_constraints as kinds
from pyshacl.constraints.core import value_range_constraints as ranges
from pyshacl.graph_abstraction import to_ox, to_rdf
from pyshacl.pytypes import SHACLExecutor
from rdflib import SH, BNode, URIRef
from rdflib.term import Node

from kg.namespaces import iri
from kg.validate.lookups import Lookups
from kg.validate.paths import Term
from kg.validate.pyshacl_fixes import DefaultGraphData

Test = Callable[[Lookups, Term], bool]
"""Of one value."""
SetTest = Callable[[Lookups, Term, Collection[Term]], bool]
"""Of a focus node and all its values."""

_OF_ONE_VALUE = (
    kinds.DatatypeConstraintComponent,
    others.InConstraintComponent,
    strings.PatternConstraintComponent,
    strings.MinLengthConstraintComponent,
    strings.MaxLengthConstraintComponent,
    strings.LanguageInConstraintComponent,
    ranges.MinInclusiveConstraintComponent,
    ranges.MaxInclusiveConstraintComponent,
    ranges.MinExclusiveConstraintComponent,
    ranges.MaxExclusiveConstraintComponent,
)
_KEPT = 50_000
_NOTHING = DefaultGraphData(Store())
_STRING, _LANG_STRING, _INTEGER = iri("xsd:string"), iri("rdf:langString"), iri("xsd:integer")
_DIGITS = re.compile(r"-?[0-9]{1,18}")
_NODE_KINDS: dict[Node, tuple[type, ...]] = {
    SH.IRI: (NamedNode,),
    SH.Literal: (Literal,),
    SH.IRIOrLiteral: (NamedNode, Literal),
    SH.BlankNodeOrIRI: (NamedNode,),
    SH.BlankNodeOrLiteral: (Literal,),
}
"""What is sure to be of the kind: blank nodes are left to pySHACL."""


class Remembered:
    """A constraint component asked of single values, the answers kept; of blank nodes it is not asked."""

    def __init__(self, component: Any, executor: SHACLExecutor) -> None:  # noqa: ANN401  # pySHACL's are untyped
        self._component = component
        self._executor = executor
        self._known: dict[Term, bool] = {}

    def __call__(self, _look: Lookups, value: Term) -> bool:
        known = self._known.get(value)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[value] = not isinstance(value, BlankNode) and self._ask(value)
        return known

    def _ask(self, value: Term) -> bool:
        node = to_rdf(value)
        conforms, _ = self._component.evaluate(self._executor, _NOTHING, {node: {node}}, [])
        return bool(conforms)


def test_of_value(component: Any, executor: SHACLExecutor) -> Test | None:  # noqa: ANN401  # pySHACL's are untyped
    """The test for a component that looks at each value by itself, None for any other component.

    Raises ValueError where a parameter is not of the kind that it should be.
    """
    if isinstance(component, kinds.ClassConstraintComponent):
        return _is_instance(tuple(_iri(cls) for cls in component.class_rules))
    if isinstance(component, kinds.NodeKindConstraintComponent):
        wanted = _NODE_KINDS.get(component.nodekind_rule, ())
        return lambda _look, value: isinstance(value, wanted)
    if isinstance(component, kinds.DatatypeConstraintComponent):
        rule = _iri(component.datatype_rule)
        if rule == _STRING:
            return _is_string
        if rule == _LANG_STRING:
            return _has_language
        if rule == _INTEGER:
            return _or_asked(_is_integer, component, executor)
    if isinstance(component, strings.MinLengthConstraintComponent):
        shortest = max(int(length) for length in component.string_rules)
        return _or_asked(lambda value: _is_text(value) and len(value.value) >= shortest, component, executor)
    if isinstance(component, ranges.MinInclusiveConstraintComponent):
        bounds = [cast(Term, to_ox(bound)) for bound in component.min_vals]
        if all(_is_integer(bound) for bound in bounds):
            least = max(int(bound.value) for bound in bounds)
            return _or_asked(lambda value: _is_integer(value) and int(value.value) >= least, component, executor)
    return Remembered(component, executor) if isinstance(component, _OF_ONE_VALUE) else None


def _or_asked(passes: Callable[[Any], bool], component: Any, executor: SHACLExecutor) -> Test:  # noqa: ANN401  # pySHACL's are untyped
    """A test that asks the component only about values that do not pass on sight."""
    asked = Remembered(component, executor)
    return lambda look, value: passes(value) or asked(look, value)


def test_of_values(component: Any) -> SetTest | None:  # noqa: ANN401  # pySHACL's components are untyped
    """The test for a component that looks at all values of a focus node together, None for any other component."""
    match component:
        case counts.MinCountConstraintComponent():
            least = int(component.min_count.value)
            return lambda _look, _focus, values: len(values) >= least
        case counts.MaxCountConstraintComponent():
            most = int(component.max_count.value)
            return lambda _look, _focus, values: len(values) <= most
        case strings.UniqueLangConstraintComponent():
            return _languages_once if True in component.string_rules else _anything
        case others.HasValueConstraintComponent():
            wanted = {cast(Term, to_ox(cast(Any, node))) for node in component.has_value_set}
            if any(isinstance(node, BNode) for node in component.has_value_set):
                return None
            return lambda _look, _focus, values: wanted <= set(values)
        case pairs.EqualsConstraintComponent():
            equal = _predicates(component)
            return lambda look, focus, values: all(set(values) == set(look.neighbours(focus, p)) for p in equal)
        case pairs.DisjointConstraintComponent():
            apart = _predicates(component)
            return lambda look, focus, values: all(set(values).isdisjoint(look.neighbours(focus, p)) for p in apart)
        case _:
            return None


def _predicates(component: Any) -> tuple[NamedNode, ...]:  # noqa: ANN401  # pySHACL's components are untyped
    return tuple(_iri(predicate) for predicate in component.property_compare_set)


def _iri(node: Node) -> NamedNode:
    """Raises ValueError for what is no IRI: pySHACL finds nothing equal to a class or a datatype given as text."""
    if not isinstance(node, URIRef):
        raise ValueError(f"{node} is no IRI.")
    return NamedNode(str(node))


def _is_instance(classes: tuple[NamedNode, ...]) -> Test:
    return lambda look, value: all(look.is_instance(value, cls) for cls in classes)


def _is_string(_look: Lookups, value: Term) -> bool:
    return isinstance(value, Literal) and value.datatype == _STRING


def _is_text(value: Term) -> bool:
    return isinstance(value, Literal) and (value.datatype == _STRING or value.language is not None)


def _is_integer(value: Term) -> bool:
    """Whether it is a whole number in plain digits, not too long for any reader of numbers."""
    is_one = isinstance(value, Literal) and value.datatype == _INTEGER
    return is_one and _DIGITS.fullmatch(value.value) is not None


def _has_language(_look: Lookups, value: Term) -> bool:
    return isinstance(value, Literal) and value.language is not None


def _languages_once(_look: Lookups, _focus: Term, values: Collection[Term]) -> bool:
    tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
    return len(tags) == len(set(tags))


def _anything(_look: Lookups, _focus: Term, _values: Collection[Term]) -> bool:
    return True
