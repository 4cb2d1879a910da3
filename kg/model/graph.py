"""What the rest of the program needs of a graph, whichever engine holds it."""

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

DEFAULT_GRAPH = DefaultGraph()
Term = NamedNode | Literal | BlankNode
Row = dict[str, Term]


class Reader(Protocol):
    """A graph that can be asked. Bindings are bound as terms, never pasted into the text."""

    def quads(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | DefaultGraph | None = DEFAULT_GRAPH,
    ) -> Iterator[Quad]:
        """Quads that match; None matches anything; the default graph unless another is named."""
        ...

    def select(self, query: str, bindings: dict[str, Term] | None = None) -> list[Row]:
        """Solutions of a SELECT, one dict a row, unbound variables absent. Known prefixes need no PREFIX line.

        Raises SyntaxFault.
        """
        ...

    def ask(self, query: str, bindings: dict[str, Term] | None = None) -> bool:
        """The answer of an ASK. Raises SyntaxFault."""
        ...
