"""What the engine says of a broken query, said to a person."""

import re
from itertools import pairwise
from typing import Final

from pyoxigraph import Store

from kg.errors import SyntaxFault
from kg.model.sparql_text import Token, scan, tokens
from kg.namespaces import PREFIXES

_LANGUAGE: Final = "SPARQL query"
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Z][A-Za-z]+ [^,\[\]\"]*")
_CLASS = re.compile(r"\[[^\]]*\]")
_QUOTED = re.compile(r'"[^"]*"')
_FEW: Final = 8  # signs that a person still reads
_GAP: Final = " " * 24  # longer than any keyword


def syntax_fault(query: str, error: SyntaxError, base: str | None = None) -> SyntaxFault:
    """The engine's complaint with its line and column (from 1, code points) in the query as it was written.

    The parser of spargebra 0.4 reports the farthest place that it reached, and to try a keyword it reads as many
    characters as that has. So the query is parsed again with wide gaps between its tokens: then no try reaches past
    the gap, and the place names the token.
    """
    if prefix := _unknown_prefix(query):
        at = query.find(f"{prefix}:")
        return SyntaxFault(_LANGUAGE, f"the prefix '{prefix}:' is not declared.", *_line_and_column(query, at))
    wide, starts = _widened(query)
    try:
        Store().query(wide, prefixes=PREFIXES, base_iri=base)
        complaint = None
    except SyntaxError as widened:
        complaint = _PLACE.match(str(widened))
    if not complaint:
        return SyntaxFault(_LANGUAGE, str(error))
    line, column, expected = int(complaint[1]), int(complaint[2]), complaint[3]
    reached = sum(len(each) + 1 for each in wide.split("\n")[: line - 1]) + column - 1
    at = [then for now, then in starts if now <= reached][-1] if starts and reached >= starts[0][0] else 0
    if sentence := _SENTENCE.search(expected):
        return SyntaxFault(_LANGUAGE, f"{sentence[0].strip()}.", *_line_and_column(query, at))
    signs = [sign for sign in _QUOTED.findall(_CLASS.sub("", expected)) if "\\" not in sign]
    found = next((f"unexpected '{token.text}'" for token in tokens(query[at:])), "it ends too early")
    wanted = f"; expected {' or '.join(signs)}" if 0 < len(signs) <= _FEW else ""
    return SyntaxFault(_LANGUAGE, f"{found}{wanted}.", *_line_and_column(query, at))


def _widened(query: str) -> tuple[str, list[tuple[int, int]]]:
    """The query with wide gaps after its tokens, and where each token stands in it and stood before; the end is last.

    What must not be parted (a string and its language or type) stays together.
    """
    out, starts, length = [], [], 0
    seen = list(scan(query))
    for token, after in pairwise([*seen, Token("space", "")]):
        if token.kind == "space":
            continue
        starts.append((length, token.start))
        together = after.kind != "space" and (after.text[0] in "@^" or token.text == "^")
        out.append(token.text if together else token.text + _GAP)
        length += len(out[-1])
    return "".join(out), [*starts, (length, len(query.rstrip()))]


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
