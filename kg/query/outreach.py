"""What a query may not do: reach out to another server, or change anything."""

from typing import Final

from kg.errors import QueryRefused
from kg.model.sparql_text import could_use, forbidden_keyword, keywords_of

_OUTWARD: Final = {"SERVICE"}
_UPDATE_WORDS: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"})
_QUERY_WORDS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def refuse_outreach(text: str) -> None:
    """Raises QueryRefused for a query that reaches out to another server, and for an update."""
    if could_use(text, _OUTWARD) and forbidden_keyword(text, _OUTWARD):
        raise QueryRefused("SERVICE is refused: a query here may not reach out to other servers.")
    words = keywords_of(text) if could_use(text, _UPDATE_WORDS) else set()
    if words & _UPDATE_WORDS and not words & _QUERY_WORDS:
        raise QueryRefused("This is an update, not a query; send it to /update.")
