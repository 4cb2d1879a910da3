"""The dataset that a request names for an update (SPARQL 1.1 Protocol §2.2.3), written into it as USING clauses."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.errors import QueryRefused
from kg.model.sparql_text import Token, scan, unescaped

_END: Final = Token("other", "")


def with_dataset(update: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The update with USING and USING NAMED in each operation that has a WHERE; lines stay where they are.

    Raises QueryRefused for an update that names a dataset itself (USING, WITH), and for one that hides its keywords
    behind escapes.
    """
    clauses = [f"USING <{iri}>" for iri in default_graphs] + [f"USING NAMED <{iri}>" for iri in named_graphs]
    if _words(update) != _words(unescaped(update)):
        raise QueryRefused("With using-graph-uri or using-named-graph-uri, write the update's keywords without \\u.")
    return "".join(_rewritten(update, " ".join(clauses)))


def _words(text: str) -> list[str]:
    return [token.text for token in scan(text) if token.kind == "word"]


def _rewritten(update: str, using: str) -> Iterator[str]:
    """`DELETE WHERE` is short for `DELETE {…} WHERE {…}`, which alone can take USING (SPARQL 1.1 Update §3.1.3.3)."""
    tokens = list(scan(update))
    depth = 0
    after_delete = False
    for at, token in enumerate(tokens):
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise QueryRefused(
                f"The update says {word} itself; name the dataset there, or by using-graph-uri and "
                "using-named-graph-uri, not both."
            )
        if word == "WHERE":
            yield f"{_group(tokens[at + 1 :])} {using} WHERE" if after_delete else f"{using} {token.text}"
        else:
            yield token.text
        if token.kind != "space":
            after_delete = word == "DELETE"
        depth += {"{": 1, "}": -1}.get(token.text, 0)


def _group(tokens: Sequence[Token]) -> str:
    """The first group in brackets, without line ends."""
    depth, parts = 0, []
    for token, following in pairwise([*tokens, _END]):
        parts.append(" " if token.kind == "space" else token.text)
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if (depth == 0 and token.kind != "space") or following is _END:
            break
    return "".join(parts)
