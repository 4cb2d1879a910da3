"""A SPARQL Update of one graph alone."""

from typing import Final

from kg.errors import QueryRefused
from kg.model.sparql_text import keywords_of

_ELSEWHERE: Final = frozenset(
    ("GRAPH", "WITH", "USING", "SERVICE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
)


def require_one_graph(sparql: str) -> None:
    """Raises QueryRefused for an update that names another graph than the one that it is sent to."""
    if words := keywords_of(sparql) & _ELSEWHERE:
        raise QueryRefused(
            f"An update that is sent to one graph works on that graph alone; take {min(words)} out of it, or send it "
            "to /update."
        )
