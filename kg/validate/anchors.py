"""Which links a node must have for a branch of an affected-focus query to have an answer, read from the branch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.model.sparql_text import Token
from kg.namespaces import iri
from kg.validate.lookups import Lookups
from kg.validate.paths import Link, Term

_SKIPPED = ("FILTER", "OPTIONAL", "BIND", "MINUS")
_CLOSING = {"{": "}", "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Anchors:
    """Predicates of which a node needs at least one for the branch to have an answer for it.

    `outgoing` are those of triples with the node as subject, `incoming` of those with it as object.
    """

    outgoing: frozenset[NamedNode]
    incoming: frozenset[NamedNode]

    def hold(self, look: Lookups, nodes: set[Term]) -> set[Term]:
        """Those of the nodes for which the branch may have an answer in the store that is looked at."""
        return look.having(nodes, self.outgoing, self.incoming)


def anchors(branch: Sequence[Token], given: str, names: dict[str, str]) -> Anchors | None:
    """The anchors of a group graph pattern (its tokens without brackets) on the variable `given`.

    `names` are the prefixes. None where no triple pattern is on the variable that a missing link would leave without a
    match.
    """
    links = next(_links_of(list(branch), given, names), None)
    if links is None:
        return None
    outgoing, incoming = (frozenset(link.predicate for link in links if link.inverse is way) for way in (False, True))
    return Anchors(outgoing, incoming)


def _inside(seen: list[Token], at: int) -> list[Token] | None:
    """The tokens within the bracket that opens at `at`."""
    if at >= len(seen) or seen[at].text not in _CLOSING:
        return None
    depth = 0
    for end in range(at, len(seen)):
        depth += (seen[end].text in _CLOSING) - (seen[end].text in _CLOSING.values())
        if depth == 0:
            return seen[at + 1 : end]
    return None


def _links_of(branch: list[Token], given: str, names: dict[str, str]) -> Iterator[frozenset[Link]]:
    """For each triple pattern on the variable, directly in the group: the links of which one must be there."""
    statement: list[Token] = []
    at = 0
    while at <= len(branch):
        token = branch[at] if at < len(branch) else Token("other", ".")
        if token.text.upper() in _SKIPPED or token.text in ("{", "["):
            while at < len(branch) and branch[at].text not in _CLOSING:
                at += 1
            skipped = _inside(branch, at)
            if skipped is None:
                return
            at += len(skipped) + 2
            statement = [] if token.text != "[" else [*statement, token]
            continue
        if token.text in (".", ";", ","):
            if len(statement) >= 3 and token.text != "[":
                yield from _of_statement(statement, given, names)
            kept = {".": 0, ";": 1, ",": len(statement) - 1}[token.text]
            statement = statement[: max(0, kept)]
        else:
            statement.append(token)
        at += 1


def _of_statement(statement: list[Token], given: str, names: dict[str, str]) -> Iterator[frozenset[Link]]:
    subject, *verb, value = statement
    steps = _steps(verb, names)
    if steps is None:
        return
    if _is(subject, given) and (links := _first_needed(steps)):
        yield frozenset(Link(predicate) for predicate in links)
    if _is(value, given) and (links := _first_needed(steps[::-1])):
        yield frozenset(Link(predicate, inverse=True) for predicate in links)


def _steps(verb: list[Token], names: dict[str, str]) -> list[tuple[set[NamedNode], bool]] | None:
    """A path `a/b?/c+` or `a|b` as steps: the predicates that one may go along, and whether it may be left out."""
    operators = {token.text for token in verb if token.kind == "other"}
    if not operators <= {"/", "?", "*", "+"} and operators != {"|"}:
        return None
    steps: list[tuple[set[NamedNode], bool]] = []
    follows = "/"  # what joins the next predicate to those before it; "" where an operator must come
    for token in verb:
        predicate = predicate_of(token, names)
        if bool(follows) != (predicate is not None):
            return None
        if predicate is not None:
            if follows == "|":
                steps[-1][0].add(predicate)
            else:
                steps.append(({predicate}, False))
            follows = ""
        elif token.text in ("/", "|"):
            follows = token.text
        else:
            steps[-1] = (steps[-1][0], steps[-1][1] or token.text != "+")
    return None if follows else steps


def predicate_of(token: Token, names: dict[str, str]) -> NamedNode | None:
    """The IRI that a token stands for in the place of a predicate; None for no IRI."""
    if token.text == "a":
        return iri("rdf:type")
    if token.kind == "iri":
        return NamedNode(token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return NamedNode(names[prefix] + local) if token.kind == "name" and prefix in names and "\\" not in local else None


def _first_needed(steps: list[tuple[set[NamedNode], bool]]) -> set[NamedNode]:
    """The predicates of which one is gone along first; none where the path may be of no length."""
    found: set[NamedNode] = set()
    for predicates, may_be_left_out in steps:
        found |= predicates
        if not may_be_left_out:
            return found
    return set()


def _is(token: Token, given: str) -> bool:
    return token.kind == "variable" and token.text[1:] == given
