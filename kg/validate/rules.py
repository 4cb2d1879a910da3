"""Shapes that are SPARQL constraints and nothing else, asked of many focus nodes at once.

pySHACL asks the engine anew for each focus node; here one query has the solutions for all of them
(`kg.validate.batch` says when that is sure to come to the same), and pySHACL's constraint component makes a result of
each.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, Store, Triple
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.graph_abstraction import DataGraph, to_rdf
from rdflib.term import Node

from kg.validate.batch import Batch
from kg.validate.paths import Term

_OF_PYSHACL = ("failure", "path")
"""Columns that mean something to pySHACL besides `this` and `value`."""

Result = tuple[str, Node, Sequence[tuple[Node, Node, Any]]]
"""As pySHACL has it: a description, the node of the result and its triples."""
Solution = tuple[int, tuple[Term | None, ...]]
"""Which constraint of the rule it is of, and the terms by column."""


@dataclass(frozen=True, slots=True)
class Rule:
    """pySHACL's component with the query of each of its constraints; `takes_values` as of `Batch`."""

    component: SPARQLBasedConstraint
    queries: tuple[tuple[Any, Batch], ...]

    @property
    def takes_values(self) -> bool:
        """Whether it can be asked what it says of a node with a certain ?value."""
        return all(query.takes_values for _, query in self.queries)

    def solutions(
        self, store: Store, focus: Collection[NamedNode], pairs: Collection[tuple[NamedNode, NamedNode]] = ()
    ) -> set[Solution] | None:
        """What it finds on the focus nodes and, where it `takes_values`, on each first node with the second as ?value.

        None where a solution has a term that RDF 1.1 does not know.
        """
        found: set[Solution] = set()
        for at, (_, query) in enumerate(self.queries):
            for row in chain(query.rows(store, focus), query.rows_of_pairs(store, pairs)):
                terms = tuple(row)
                if any(isinstance(term, Triple) or (isinstance(term, Literal) and term.direction) for term in terms):
                    return None
                found.add((at, cast(tuple[Term | None, ...], terms)))
        return found

    def focus(self, solution: Solution) -> Term:
        """The focus node that the solution is about."""
        at, terms = solution
        this = terms[self.queries[at][1].columns.index("this")]
        assert this is not None
        return this

    def results(self, data: DataGraph, solutions: Iterable[Solution]) -> Iterator[Result]:
        """The result that pySHACL makes of each solution."""
        for at, terms in solutions:
            helper, query = self.queries[at]
            columns = zip(query.columns, terms, strict=True)
            yield self._result(data, helper, {name: to_rdf(term) for name, term in columns if term is not None})

    def _result(self, data: DataGraph, helper: Any, bound: dict[str, Any]) -> Result:  # noqa: ANN401  # pySHACL's are untyped
        """As `SPARQLBasedConstraint` makes it of a solution; without a ?value it is about the focus node."""
        this = bound.pop("this")
        value = bound.pop("value", this)
        made = self.component.make_v_result(
            data,
            this,
            value_node=value,
            source_constraint=helper.node,
            extra_messages=helper.messages or None,
            bound_vars=(this, None, value, bound),
        )
        return cast(Result, made)


def rule(component: SPARQLBasedConstraint, queries: Sequence[tuple[Any, Batch]]) -> Rule | None:
    """The rule that the queries come to, which must all project the focus node and nothing of a meaning of its own."""
    for _, query in queries:
        if "this" not in query.columns or any(name in query.columns for name in _OF_PYSHACL):
            return None
    return Rule(component, tuple(queries))
