"""A graph on Oxigraph that can be asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from kg.errors import QueryRefused, SyntaxFault
from kg.model.graph import Row, Term
from kg.model.sparql_bind import bind_terms
from kg.namespaces import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LETTERS = re.compile(r"(?:, )?\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class StoreReader:
    """A `kg.model.graph.Reader` of one store."""

    store: Store

    @classmethod
    def at(cls, path: Path) -> "StoreReader":
        """A reader of a checkpoint on disk, which must not change while it is read."""
        return cls(Store.read_only(str(path)))

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | DefaultGraph | None = DefaultGraph(),  # noqa: B008  # a constant of the engine
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything; the default graph unless another is named."""
        return self.store.quads_for_pattern(subject, predicate, object, graph)

    def select(self, query: str, bindings: dict[str, Term] | None = None) -> list[Row]:
        """Solutions of a SELECT. Raises SyntaxFault, and QueryRefused for a query of another kind."""
        answer = self._ask(query, bindings)
        if not isinstance(answer, QuerySolutions):
            raise QueryRefused("This query is no SELECT; ask it where graphs and yes or no are answered.")
        names = [variable.value for variable in answer.variables]
        return [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in answer]

    def ask(self, query: str, bindings: dict[str, Term] | None = None) -> bool:
        """The answer of an ASK. Raises SyntaxFault, and QueryRefused for a query of another kind."""
        answer = self._ask(query, bindings)
        if not isinstance(answer, QueryBoolean):
            raise QueryRefused("This query is no ASK.")
        return bool(answer)

    def _ask(self, query: str, bindings: dict[str, Term] | None) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self.store.query(bind_terms(query, bindings or {}), prefixes=_prefixes(query))
        except SyntaxError as error:
            raise sparql_fault("SPARQL query", error) from error


@lru_cache(512)
def _prefixes(query: str) -> dict[str, str]:
    """Those of our prefixes that the query may use: reading them all takes the engine as long as a small query."""
    return {name: base for name, base in PREFIXES.items() if f"{name}:" in query}


def sparql_fault(language: str, error: SyntaxError) -> SyntaxFault:
    """The engine's words on broken SPARQL, with line and column where it gives them."""
    words = _LETTERS.sub("", str(error))  # the grammar's ranges of letters tell a person nothing
    place = _PLACE.match(words)
    return SyntaxFault(language, place[3], int(place[1]), int(place[2])) if place else SyntaxFault(language, words)
