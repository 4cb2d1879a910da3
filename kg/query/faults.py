"""What the engine says of a broken query, said to a person."""

import re
from itertools import pairwise
from typing import Final

from pyoxigraph import Store

from kg.errors import SyntaxFault
from kg.model.sparql_text import tokens
from kg.namespaces import PREFIXES

_LANGUAGE: Final = "SPARQL query"
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z][A-Za-z]+ [^,\[\]\"]*")
_CLASS = re.compile(r"\[[^\]]*\]")
_QUOTED = re.compile(r'"[^"]*"')
_KEYWORD = re.compile(r"\w+")
_PADDING: Final = "\n" + " " * 40


def syntax_fault(query: str, error: SyntaxError) -> SyntaxFault:
    """The engine's complaint with its line and column (from 1, code points) in the query as it was written.

    To try a keyword, the parser of spargebra 0.4 reads as many characters as that has, and reports the place behind
    them; near the end of the text it can only report the end. So the text is parsed again with blanks behind it, and
    the length of the keyword that it tried last is taken off.
    """
    if prefix := _unknown_prefix(query):
        at = query.find(f"{prefix}:")
        return SyntaxFault(_LANGUAGE, f"the prefix '{prefix}:' is not declared.", *_line_and_column(query, at))
    complaint = _PLACE.match(_complaint(query, error))
    if not complaint:
        return SyntaxFault(_LANGUAGE, str(error))
    line, column, expected = int(complaint[1]), int(complaint[2]), complaint[3]
    at = sum(len(each) + 1 for each in query.split("\n")[: line - 1]) + column - 1
    if sentence := _SENTENCE.search(expected):
        return SyntaxFault(_LANGUAGE, f"{sentence[0].strip()}.", *_line_and_column(query, min(at, len(query))))
    others = _CLASS.sub("", expected)
    signs = [sign for sign in _QUOTED.findall(others) if "\\" not in sign]
    keywords = _KEYWORD.findall(_QUOTED.sub("", others))
    if not (signs or "['" in expected):
        at -= min((len(keyword) for keyword in keywords), default=0)
    at = max(0, min(at, len(query.rstrip())))
    found = next((f"unexpected '{token.text}'" for token in tokens(query[at:])), "it ends too early")
    wanted = f"; expected {' or '.join(signs)}" if signs else ""
    return SyntaxFault(_LANGUAGE, f"{found}{wanted}.", *_line_and_column(query, at))


def _complaint(query: str, error: SyntaxError) -> str:
    try:
        Store().query(query + _PADDING, prefixes=PREFIXES)
    except SyntaxError as padded:
        return str(padded)
    return str(error)


def _unknown_prefix(query: str) -> str | None:
    seen = list(tokens(query))
    declared = {after.text[:-1] for before, after in pairwise(seen) if before.text.upper() == "PREFIX"}
    for token in seen:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared and prefix not in PREFIXES:
            return prefix
    return None


def _line_and_column(query: str, at: int) -> tuple[int, int]:
    before = query[:at]
    return before.count("\n") + 1, at - before.rfind("\n")
