"""An affected-focus query taken apart into the branches of its UNION, each answered in the cheapest way that is sure.

A branch of triple patterns that hang together as a tree is walked by look-ups, which cost nothing for a node that is
new. The others are asked of the engine, each only of the nodes that have the links it needs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import NamedNode

from kg.model.sparql_text import Token, tokens, unescaped
from kg.namespaces import PREFIXES
from kg.validate.anchors import Anchors, anchors, predicate_of
from kg.validate.batch import Batch, declared
from kg.validate.lookups import Lookups
from kg.validate.paths import Alternative, Link, Path, Repeat, Sequence, Term, inverted, rdf_1_1

_CHANGED, _FOCUS = "changed", "focus"
_REPEATS = {"?": (True, False), "*": (True, True), "+": (False, True)}


@dataclass(frozen=True, slots=True)
class Check:
    """What must be so of a node: that the path leads from it to `value`, or, without one, to anything."""

    path: Path
    value: NamedNode | None = None

    def passed(self, look: Lookups, nodes: set[Term]) -> set[Term]:
        """Those of the nodes of which it is so."""
        if self.value is None and isinstance(self.path, Link):
            predicate, inverse = self.path.predicate, self.path.inverse
            return {node for node in nodes if look.has_link(node, predicate, inverse)}
        if self.value is None:
            return {node for node in nodes if look.forward(self.path, {node})}
        return {node for node in nodes if self.value in look.forward(self.path, {node})}


@dataclass(frozen=True, slots=True)
class Walk:
    """Paths that lead, one after the other, from the changed node to the focus node.

    `checks` has one place more than `paths`: what must be so of the nodes at the start and at the end of each path.
    A path of no length leads from any node to itself, of which the engine knows only those in the graph.
    """

    paths: tuple[Path, ...]
    checks: tuple[tuple[Check, ...], ...]

    def answers(self, look: Lookups, nodes: set[Term]) -> set[Term]:
        """The focus nodes that the branch names for the changed nodes in the store that is looked at."""
        found = self._passed(look, 0, _able_to_start(look, self.paths[0], nodes))
        for at, path in enumerate(self.paths, 1):
            found = self._passed(look, at, look.forward(path, found)) if found else found
        return found

    def _passed(self, look: Lookups, at: int, nodes: set[Term]) -> set[Term]:
        for check in self.checks[at]:
            nodes = check.passed(look, nodes)
        return nodes


def _able_to_start(look: Lookups, path: Path, nodes: set[Term]) -> set[Term]:
    """The nodes without those from which the path surely leads nowhere."""
    match path:
        case Link(predicate, inverse):
            return look.having(nodes, () if inverse else (predicate,), (predicate,) if inverse else ())
        case Sequence(parts):
            return _able_to_start(look, parts[0], nodes)
        case Alternative(parts):
            return set().union(*(_able_to_start(look, part, nodes) for part in parts))
        case Repeat(part, zero, _):
            return nodes if zero else _able_to_start(look, part, nodes)


@dataclass(frozen=True, slots=True)
class Asked:
    """A branch that is asked of the engine, and what a node needs for it to have an answer (None: nobody knows)."""

    batch: Batch
    anchors: Anchors | None

    def answers(self, look: Lookups, nodes: set[Term]) -> Iterator[Term]:
        """The focus nodes that the branch names for the changed nodes in the store that is looked at."""
        return map(rdf_1_1, self.batch.answers(look.store, self._able(look, nodes)))

    def pairs(self, look: Lookups, nodes: set[Term]) -> Iterator[tuple[Term, Term | None]]:
        """The focus nodes, each with the ?value that the query names beside it."""
        focus, value = (self.batch.columns.index(name) for name in (_FOCUS, "value"))
        for row in self.batch.rows(look.store, self._able(look, nodes)):
            if row[focus] is not None:
                yield rdf_1_1(row[focus]), None if row[value] is None else rdf_1_1(row[value])

    def _able(self, look: Lookups, nodes: set[Term]) -> list[NamedNode]:
        asked = nodes if self.anchors is None else self.anchors.hold(look, nodes)
        return [node for node in asked if isinstance(node, NamedNode)]


@dataclass(frozen=True, slots=True)
class Branches:
    """All branches of a query; `names_itself` says whether one gives each changed node as its own answer."""

    names_itself: bool
    walks: tuple[Walk, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A triple pattern with a path; its ends are names of variables or IRIs."""

    subject: str | NamedNode
    path: Path
    value: str | NamedNode


def branches(query: str) -> Branches | None:
    """The branches of a query `SELECT ?focus … { { … } UNION { … } }`, a body of another kind being one branch.

    None for a query that goes on behind its body, or that cannot be asked of many nodes.
    """
    seen = list(tokens(query))
    opening = next((at for at, token in enumerate(seen) if token.text == "{"), len(seen))
    is_odd = unescaped(query) != query or any(t.kind == "iri" and set(t.text) & set("?$()") for t in seen)
    parts = None if is_odd else _parts(seen, opening)
    select = next((token.start for token in seen[:opening] if token.text.upper() == "SELECT"), None)
    if parts is None or select is None:
        return None
    names = dict(PREFIXES) | {
        name.text[:-1]: base.text[1:-1]
        for (word, name), (_, base) in pairwise(pairwise(seen[:opening]))
        if word.text.upper() == "PREFIX" and base.kind == "iri"
    }
    names_itself, walks, asked = False, list[Walk](), list[Asked]()
    for part in parts:
        inside = part[1:-1]
        if "".join(token.text.upper() for token in inside) == "BIND(?CHANGEDAS?FOCUS)":
            names_itself = True
        elif walk := _walk(inside, names):
            walks.append(walk)
        else:
            text = f"{query[:select]}SELECT ?focus WHERE {{ {query[part[0].start : part[-1].start + 1]} }}"
            batch = declared(text)
            if batch is None:
                return None
            asked.append(Asked(batch, anchors(inside, _CHANGED, names)))
    return Branches(names_itself, tuple(walks), tuple(asked))


def _parts(seen: list[Token], opening: int) -> list[list[Token]] | None:
    """The tokens of each branch with its brackets, of a query that consists of nothing else."""
    if opening + 1 < len(seen) and seen[opening + 1].text != "{":
        return [seen[opening:]] if _closing(seen, opening) == len(seen) - 1 else None
    parts: list[list[Token]] = []
    at = opening + 1
    while at < len(seen) - 1:
        end = _closing(seen, at)
        if end is None:
            return None
        parts.append(seen[at : end + 1])
        at = end + 1
        if at < len(seen) - 1:
            if seen[at].text.upper() != "UNION":
                return None
            at += 1
    return parts if _closing(seen, opening) == len(seen) - 1 else None


def _closing(seen: list[Token], at: int) -> int | None:
    """Where the brace closes that opens at `at`."""
    depth = 0
    for end in range(at, len(seen)):
        depth += {"{": 1, "}": -1}.get(seen[end].text, 0)
        if depth <= 0:
            return end if depth == 0 and end > at else None
    return None


def _walk(inside: list[Token], names: dict[str, str]) -> Walk | None:
    """The walk that the branch comes to; None where it is no tree of triple patterns around a chain to the focus."""
    patterns = _patterns(inside, names)
    chain = None if patterns is None else _chain(_CHANGED, patterns)
    if patterns is None or chain is None:
        return None
    on_chain = [_CHANGED, *(end for _, _, end in chain)]
    checks: dict[str, list[Check]] = {variable: [] for variable in on_chain}
    ends = [end for pattern in patterns for end in (pattern.subject, pattern.value)]
    for pattern in patterns:
        if any(pattern is used for used, _, _ in chain):
            continue
        told = next(((at, c) for at in on_chain if (c := _check(pattern, at, ends))), None)
        if told is None:
            return None
        checks[told[0]].append(told[1])
    if len(checks) < len(on_chain):
        return None
    return Walk(tuple(path for _, path, _ in chain), tuple(tuple(checks[variable]) for variable in on_chain))


def _chain(at: str, left: list[_Pattern]) -> list[tuple[_Pattern, Path, str]] | None:
    """Patterns that lead from a variable to the focus, each with its path that way and the variable at its end."""
    if at == _FOCUS:
        return []
    for pattern in left:
        for path, end in _ways(pattern, at):
            if isinstance(end, str) and end != at:
                rest = _chain(end, [other for other in left if other is not pattern])
                if rest is not None:
                    return [(pattern, path, end), *rest]
    return None


def _check(pattern: _Pattern, at: str, ends: list[str | NamedNode]) -> Check | None:
    """What the pattern asks of a variable, where nothing else in the branch is about its other end."""
    for path, end in _ways(pattern, at):
        if isinstance(end, NamedNode):
            return Check(path, end)
        if ends.count(end) == 1 and end != _FOCUS:
            return Check(path)
    return None


def _ways(pattern: _Pattern, at: str) -> Iterator[tuple[Path, str | NamedNode]]:
    if pattern.subject == at:
        yield pattern.path, pattern.value
    if pattern.value == at:
        yield inverted(pattern.path), pattern.subject


def _patterns(inside: list[Token], names: dict[str, str]) -> list[_Pattern] | None:
    """The triple patterns of a group that has nothing else in it."""
    found: list[_Pattern] = []
    statement: list[Token] = []
    for token in (*inside, Token("other", ".")):
        if token.text not in (".", ";", ","):
            statement.append(token)
            continue
        if len(statement) > 1:
            subject, *verb, value = statement
            ends, path = (_end(subject, names), _end(value, names)), _path(verb, names)
            if path is None or ends[0] is None or ends[1] is None:
                return None
            found.append(_Pattern(ends[0], path, ends[1]))
        statement = statement[: {".": 0, ";": 1, ",": -1}[token.text]]
    return found


def _end(token: Token, names: dict[str, str]) -> str | NamedNode | None:
    """The name of a variable, or an IRI."""
    return token.text[1:] if token.kind == "variable" else predicate_of(token, names)


def _path(verb: list[Token], names: dict[str, str]) -> Path | None:
    """A path `a/b?/c+` or `a|b`."""
    parts: list[Path] = []
    operators: set[str] = set()
    follows = True  # whether a predicate must come next
    for token in verb:
        predicate = predicate_of(token, names)
        if follows is (predicate is None):
            return None
        if predicate is not None:
            parts.append(Link(predicate))
            follows = False
        elif token.text in ("/", "|"):
            operators.add(token.text)
            follows = True
        elif token.text in _REPEATS and isinstance(parts[-1], Link):
            zero, many = _REPEATS[token.text]
            parts[-1] = Repeat(parts[-1], zero, many)
        else:
            return None
    if follows or len(operators) > 1:
        return None
    if len(parts) == 1:
        return parts[0]
    return Alternative(tuple(parts)) if "|" in operators else Sequence(tuple(parts))
