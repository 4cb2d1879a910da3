"""Which predicates a SPARQL constraint looks at, so that changes of other predicates need not ask it."""

from itertools import pairwise

from pyoxigraph import NamedNode

from kg.model.sparql_text import Token, tokens
from kg.namespaces import iri

_TYPE = iri("rdf:type")
_TERMS = ("variable", "iri", "name", "blank", "string")
_END = Token("other", "")


def predicates_of(query: str) -> frozenset[NamedNode] | None:
    """Predicates that the query's patterns can match: every IRI that it names, so rather too many than too few.

    None when they may be any: a variable where a predicate stands, a negated property set, $PATH, an unknown prefix.
    """
    seen = list(tokens(query))
    prefixes = _declared(seen)
    names: set[NamedNode] = set()
    depth = 0
    for at, token in enumerate(seen):
        before, after = seen[at - 1] if at else _END, seen[at + 1] if at + 1 < len(seen) else _END
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.kind == "name" and before.text.upper() != "PREFIX":
            prefix, _, local = token.text.partition(":")
            if prefix not in prefixes or "\\" in local:
                return None
            names.add(NamedNode(prefixes[prefix] + local))
        elif token.kind == "iri":
            names.add(NamedNode(token.text[1:-1]))
        elif token.text == "a":
            names.add(_TYPE)
        opens_set = token.text == "!" and _may_open_path(seen[at + 1 : at + 3])
        is_predicate = token.kind == "variable" and _may_end_subject(before) and _may_open_object(after)
        if opens_set or (depth and is_predicate) or token.text[1:] == "PATH":
            return None
    return frozenset(names)


def _declared(seen: list[Token]) -> dict[str, str]:
    return {
        name.text[:-1]: base.text[1:-1]
        for (word, name), (_, base) in pairwise(pairwise(seen))
        if word.text.upper() == "PREFIX" and base.kind == "iri"
    }


def _may_open_path(after: list[Token]) -> bool:
    """Whether "!" before these tokens may open a negated property set; before `(?x`, "=" or a function it does not."""
    first, second = (*after, _END, _END)[:2]
    if first.text == "(":
        return second.kind != "variable"
    return first.kind in ("iri", "name") or first.text in ("^", "a")


def _may_end_subject(token: Token) -> bool:
    return token.kind in _TERMS or token.text in ("]", ")", ";")


def _may_open_object(token: Token) -> bool:
    return token.kind in _TERMS or token.text in ("[", "(", "+", "-", "true", "false") or token.text.isdigit()
