"""Terms in the place of variables of a SPARQL query, token by token.

The engine's own binding (`substitutions=` of pyoxigraph 0.5.13) refuses a variable that the outermost SELECT does not
project, does not reach into sub-selects, answers CONSTRUCT with nothing, and takes BOUND(?x) for false; and the SPARQL
protocol has no bindings at all. So a query is bound here for every engine alike: it is read as tokens, and a term
replaces a whole variable token in the form that the engine itself writes for it. Nothing inside a string, a comment or
an IRI is touched, and no value can become anything but one term.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode

from kg.errors import QueryRefused
from kg.model.graph import Term
from kg.model.sparql_text import Token, scan

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
_CALL_OF_BOUND = re.compile(r"BOUND\s*\(\s*[?$](\w+)\s*\)", re.IGNORECASE)
_ESCAPED_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")
_LIST_ENDS = frozenset({"HAVING", "ORDER", "GROUP", "LIMIT", "OFFSET", "VALUES", "WHERE", "FROM", "{", "}"})


@dataclass(slots=True)
class _Place:
    """Where in a query the walk stands: in a list of variables (`SELECT`, `BY`, `VALUES`) and how deep in brackets."""

    clause: str = ""
    depth: int = 0
    before: str = ""


def bind_terms(query: str, bindings: Mapping[str, Term]) -> str:
    """The query with each variable of `bindings` (names without `?`) given its term, in sub-queries and templates too.

    A bound variable that is projected stays a column; `SELECT *` does not list it. BOUND of it is true.
    Raises QueryRefused for a blank node, and for a variable that the query itself assigns (AS, VALUES).
    """
    for name, term in bindings.items():
        if isinstance(term, BlankNode):
            raise QueryRefused(f"The parameter '{name}' cannot be a blank node; give an IRI or a literal.")
    return "".join(_bound(query, bindings)) if bindings else query


def restrict(query: str, name: str, terms: Iterable[Term]) -> str:
    """The query with the variable `name` (without `?`) held to these terms: one question for all of them.

    An inline data block goes first into its outermost group. Raises QueryRefused for a blank node, and for a query
    that has no group.
    """
    given = list(terms)
    if any(isinstance(term, BlankNode) for term in given):
        raise QueryRefused(f"The parameter '{name}' cannot be a blank node; give an IRI or a literal.")
    opening = next((token for token in _tokens(query) if token.text == "{"), None)
    if opening is None:
        raise QueryRefused("This query has no group that could be held to given terms.")
    at = opening.start + 1
    return f"{query[:at]} VALUES ?{name} {{ {' '.join(map(str, given))} }} {query[at:]}"


def _bound(query: str, bindings: Mapping[str, Term]) -> Iterator[str]:
    place = _Place()
    skip_until = 0
    for token in _tokens(query):
        kind, text = token.kind, token.text
        if token.start < skip_until:
            continue
        if kind == "space":
            yield text
            continue
        if kind == "iri":
            _check_iri(text, bindings)
        if kind == "word" and text.upper() == "BOUND":
            called = _CALL_OF_BOUND.match(query, token.start)
            if called and called[1] in bindings:
                skip_until = called.end()
                yield "(true)"
                continue
        if kind == "variable" and text[1:] in bindings:
            yield _in_place(text, bindings[text[1:]], place)
        else:
            yield text
        _move(place, text)


@lru_cache(512)
def _tokens(query: str) -> tuple[Token, ...]:
    return tuple(scan(query))


def _in_place(variable: str, term: Term, place: _Place) -> str:
    if place.before == "AS" or place.clause == "VALUES":
        raise QueryRefused(f"The query itself gives {variable} a value, so it cannot be a parameter; rename one.")
    words = _words(term)
    if place.depth == 0 and place.clause == "SELECT":
        return f"({words} AS {variable})"
    if place.depth == 0 and place.clause == "BY":
        return f"({words})"
    return f" {words} "


def _words(term: Term) -> str:
    r"""The term as SPARQL. Without `\\u`, an escape to parsers that read \u0022 before all else (§19.2)."""
    return _ESCAPED_BACKSLASH.sub(lambda match: rf"{match[1]}\u{ord(match[2]):04X}", str(term))


def _move(place: _Place, text: str) -> None:
    word = text.upper()
    if place.clause == "VALUES" and word == "{":
        place.clause = ""
    elif word in ("SELECT", "BY", "VALUES"):
        place.clause, place.depth = word, 0
    elif place.depth == 0 and word in _LIST_ENDS:
        place.clause = ""
    elif text in "()":
        place.depth = max(0, place.depth + (1 if text == "(" else -1))
    place.before = word


def _check_iri(text: str, bindings: Mapping[str, Term]) -> None:
    """`?a<?b&&?c>?d` reads as an IRI to a scanner and as two comparisons to the engine: not to be guessed at."""
    if not _ABSOLUTE.match(text):
        for name in bindings:
            if re.search(rf"[?$]{re.escape(name)}\b", text):
                raise QueryRefused(f"It is not clear whether {text} is an IRI; write blanks around '<' and '>'.")
