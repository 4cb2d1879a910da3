"""OPTIONAL behind the triple patterns of its group, where that changes no answer: the engine keeps it where it stands.

In a group of triple patterns, OPTIONAL and FILTER that is well designed (Pérez, Arenas, Gutierrez: Semantics and
Complexity of SPARQL, 2009, §4.1) each variable that an OPTIONAL shares with the rest of the group is bound by triple
patterns before it. Then (P1 OPTIONAL P2) AND P3 has the same solutions, as often, as (P1 AND P3) OPTIONAL P2. A FILTER
of a group is over all of it wherever it stands. Every other group stays as it is: one with BIND, VALUES, MINUS,
sub-queries, UNION, GRAPH, SERVICE, labelled blank nodes; but groups within it are looked at by themselves. Nothing
within EXISTS, MINUS and SERVICE is touched, and the words of a query stay what they are.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kg.model.sparql_text import Token, scan

_DEEPEST: Final = 40  # nested groups; a query that is deeper stays as it is
_LONGEST: Final = 100_000  # code points
_TERMS: Final = frozenset({"A", "TRUE", "FALSE"})
_SIGNS: Final = frozenset(".;,[]()^/|*+!?-0123456789")
_VERBATIM: Final = frozenset({"EXISTS", "MINUS", "SERVICE"})
_KEYWORDS: Final = ("FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "SERVICE", "BIND", "VALUES")
_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}


class _Unclear(Exception):
    """The text cannot be read with certainty."""


@dataclass(slots=True)
class _Part:
    """A part of a group with the blanks before it; `kind` is triples, filter, optional or other."""

    kind: str
    text: str
    variables: frozenset[str]
    inner: "_Group | None" = None


@dataclass(slots=True)
class _Group:
    """A group that was read: its text as it shall be, with the brackets, and what it is made of."""

    text: str = ""
    parts: list[_Part] = field(default_factory=list)

    @property
    def variables(self) -> frozenset[str]:
        return frozenset[str]().union(*(part.variables for part in self.parts))


@lru_cache(512)
def rearranged(text: str) -> str:
    """The query with each OPTIONAL as far back as it may stand; the same text where there is nothing to move."""
    if len(text) > _LONGEST or "OPTIONAL" not in text.upper():
        return text
    try:
        return _Walk(list(scan(text))).whole()
    except _Unclear:
        return text


class _Walk:
    """One walk over the tokens of a query."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        for token in tokens:
            unsure = token.kind == "iri" and any(sign in token.text for sign in "?$&")  # "less than", perhaps
            glued = token.kind == "name" and token.text.partition(":")[0].upper().endswith(_KEYWORDS)  # FILTER:f(?x)
            if glued or token.text == "\\" or (unsure and "://" not in token.text):
                raise _Unclear

    def whole(self) -> str:
        out: list[str] = []
        while self._at < len(self._tokens):
            first = self._at
            if self._text() == "{":
                out.append(self._group(1).text)
                continue
            if self._text() == "}":
                raise _Unclear
            if self._text() == "(":
                self._balanced()
            else:
                self._take()
            out.append(self._between(first))
        return "".join(out)

    def _text(self) -> str:
        if self._at >= len(self._tokens):
            raise _Unclear
        return self._tokens[self._at].text

    def _take(self) -> Token:
        self._text()
        self._at += 1
        return self._tokens[self._at - 1]

    def _blanks(self) -> str:
        out = ""
        while self._at < len(self._tokens) and self._tokens[self._at].kind == "space":
            out += self._take().text
        return out

    def _group(self, depth: int) -> _Group:
        if depth > _DEEPEST:
            raise _Unclear
        self._take()
        group = _Group()
        blanks = self._blanks()
        while self._text() != "}":
            group.parts.append(self._part(blanks, depth))
            blanks = self._blanks()
        self._take()
        ordered = _in_order(group.parts)
        group.text = "{" + "".join(ordered) + blanks + "}"
        return group

    def _part(self, blanks: str, depth: int) -> _Part:
        token = self._tokens[self._at]
        word = token.text.upper() if token.kind == "word" else ""
        if word == "OPTIONAL":
            opening = blanks + self._take().text + self._blanks()
            if self._text() != "{":
                raise _Unclear
            inner = self._group(depth + 1)
            return _Part("optional", opening + inner.text + self._stop(), inner.variables, inner)
        if word == "FILTER":
            first = self._at
            self._take()
            self._constraint()
            text = self._between(first)
            return _Part("filter", blanks + text + self._stop(), self._variables(first))
        if _in_triples(token):
            return self._triples(blanks)
        first = self._at
        if token.text == "{":
            inner = self._group(depth + 1)
            return _Part("other", blanks + inner.text, inner.variables)
        if word in _VERBATIM or token.text == "(":
            self._verbatim(word)
        else:
            self._take()
        return _Part("other", blanks + self._between(first), self._variables(first))

    def _triples(self, blanks: str) -> _Part:
        first = end = self._at
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind != "space":
                if not _in_triples(token):
                    break
                end = self._at + 1
            self._at += 1
        self._at = end
        return _Part("triples", blanks + self._between(first), self._variables(first))

    def _constraint(self) -> None:
        """Behind FILTER: brackets, a call, or [NOT] EXISTS with its group."""
        self._blanks()
        token = self._tokens[self._at] if self._text() else None
        while token and token.kind in ("word", "name", "iri"):
            self._take()
            self._blanks()
            token = self._tokens[self._at] if self._text() else None
        if token is None or token.text not in "({":
            raise _Unclear
        self._balanced()

    def _verbatim(self, word: str) -> None:
        """A group or brackets with all that is in them; of a keyword, all up to the end of its group."""
        while word and self._text() not in "{}":
            self._take()
        if self._text() == "}":
            raise _Unclear
        self._balanced()

    def _balanced(self) -> None:
        expected: list[str] = []
        while True:
            text = self._take().text
            if text in _CLOSING:
                expected.append(_CLOSING[text])
            elif text in _CLOSING.values() and (not expected or expected.pop() != text):
                raise _Unclear
            if not expected:
                return

    def _stop(self) -> str:
        """The full stop that may follow."""
        before = self._at
        blanks = self._blanks()
        if self._text() == ".":
            return blanks + self._take().text
        self._at = before
        return ""

    def _between(self, first: int) -> str:
        return "".join(each.text for each in self._tokens[first : self._at])

    def _variables(self, first: int) -> frozenset[str]:
        return frozenset(each.text[1:] for each in self._tokens[first : self._at] if each.kind == "variable")


def _in_triples(token: Token) -> bool:
    if token.kind == "word":
        return token.text.upper() in _TERMS
    if token.kind == "other":
        return token.text in _SIGNS
    return token.kind in ("iri", "string", "variable", "language", "name")


def _in_order(parts: list[_Part]) -> list[str]:
    last = max((at for at, part in enumerate(parts) if part.kind == "triples"), default=-1)
    to_move = any(part.kind == "optional" for part in parts[: max(last, 0)])
    if not (to_move and _well_designed(parts, frozenset())):
        return [part.text for part in parts]
    first, behind = [], []
    for part in parts:
        if part.kind == "optional":
            behind.append(part.text)
        elif part.kind == "triples" and not part.text.endswith("."):
            first.append(f"{part.text} .")
        else:
            first.append(part.text)
    return first + behind


def _well_designed(parts: list[_Part], outside: frozenset[str]) -> bool:
    """Whether it is of triple patterns, OPTIONAL and FILTER alone, each OPTIONAL tied to what is certain before it."""
    if any(part.kind == "other" for part in parts):
        return False
    seen = Counter(name for part in parts if part.kind != "filter" for name in part.variables)
    certain: set[str] = set()
    for part in parts:
        if part.kind == "triples":
            certain |= part.variables
        if part.inner is None:
            continue
        shared = frozenset(name for name in part.variables if seen[name] > 1 or name in outside)
        if not shared <= certain or not _well_designed(part.inner.parts, shared):
            return False
    return True
