"""What a query may not do: reach out to another server, or change anything."""

from typing import Final

from kg.errors import QueryRefused
from kg.model.sparql_text import forbidden_keyword, keywords_of

_UPDATE_WORDS: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_QUERY_WORDS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def refuse_outreach(text: str) -> None:
    """Raises QueryRefused for a query that reaches out to another server, and for an update."""
    if forbidden_keyword(text, {"SERVICE"}):
        raise QueryRefused("SERVICE is refused: a query here may not reach out to other servers.")
    words = keywords_of(text)
    if words & _UPDATE_WORDS and not words & _QUERY_WORDS:
        raise QueryRefused("This is an update, not a query; send it to /update.")
