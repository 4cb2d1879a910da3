"""Shapes that are SPARQL constraints and nothing else, asked of many focus nodes at once.

pySHACL asks the engine anew for each focus node; here one query has the solutions for all of them, and
`kg.validate.batch` says when that is sure to come to the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, Store, Triple
from rdflib.term import Node

from kg.validate.batch import Batch
from kg.validate.paths import Term

_OF_PYSHACL = ("failure", "path")
"""Columns that mean something to pySHACL besides `this` and `value`."""

Solution = tuple[int, tuple[Term | None, ...]]
"""Which constraint of the rule it is of, and the terms by column."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The query of each constraint, with pySHACL's helper; `takes_values` as of `Batch`."""

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

    def bindings(self, solution: Solution) -> tuple[Node, dict[str, Term]]:
        """The constraint that the solution is of, and its terms by the names of their columns."""
        at, terms = solution
        helper, query = self.queries[at]
        named = zip(query.columns, terms, strict=True)
        return cast(Node, helper.node), {name: term for name, term in named if term is not None}


def rule(queries: Sequence[tuple[Any, Batch]]) -> Rule | None:
    """The rule that the queries come to, which must all project the focus node and nothing of a meaning of its own."""
    for _, query in queries:
        if "this" not in query.columns or any(name in query.columns for name in _OF_PYSHACL):
            return None
    return Rule(tuple(queries))
