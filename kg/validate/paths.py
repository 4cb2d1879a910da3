"""SHACL property paths (https://www.w3.org/TR/shacl/#property-paths): written, and turned around."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import PREFIXES, curie

Term = NamedNode | Literal | BlankNode

_SH = PREFIXES["sh"]
_RDF = PREFIXES["rdf"]


@dataclass(frozen=True, slots=True)
class Link:
    """One predicate, followed from subject to object or, inverse, from object to subject."""

    predicate: NamedNode
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after another."""

    parts: "tuple[Path, ...]"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    parts: "tuple[Path, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path taken no or one time, or (`many`) any number of times; `zero` says whether not at all will do."""

    part: "Path"
    zero: bool
    many: bool


Path = Link | Sequence | Alternative | Repeat


def write_path(path: Path) -> str:
    """The path in SPARQL's notation with our prefixes: `org:member`, `^bm:supports`, `org:postIn/bm:kind`."""
    match path:
        case Link(predicate, inverse):
            return ("^" if inverse else "") + curie(predicate)
        case Sequence(parts):
            return "/".join(_bracketed(part) for part in parts)
        case Alternative(parts):
            return "|".join(_bracketed(part) for part in parts)
        case Repeat(part, zero, many):
            return _bracketed(part) + ("*" if zero and many else "+" if many else "?")


def _bracketed(path: Path) -> str:
    return write_path(path) if isinstance(path, Link) else f"({write_path(path)})"


def path_triples(path: Path) -> tuple[NamedNode | BlankNode, list[Triple]]:
    """The node that stands for the path in a report, with the triples that describe it."""
    match path:
        case Link(predicate, inverse):
            if not inverse:
                return predicate, []
            node = BlankNode()
            return node, [Triple(node, NamedNode(_SH + "inversePath"), predicate)]
        case Sequence(parts):
            return _list(parts)
        case Alternative(parts):
            head, triples = _list(parts)
            node = BlankNode()
            return node, [*triples, Triple(node, NamedNode(_SH + "alternativePath"), head)]
        case Repeat(part, zero, many):
            name = "zeroOrMorePath" if zero and many else "oneOrMorePath" if many else "zeroOrOnePath"
            inner, triples = path_triples(part)
            node = BlankNode()
            return node, [*triples, Triple(node, NamedNode(_SH + name), inner)]


def _list(parts: Iterable[Path]) -> tuple[NamedNode | BlankNode, list[Triple]]:
    head: NamedNode | BlankNode = NamedNode(_RDF + "nil")
    triples: list[Triple] = []
    for part in reversed(list(parts)):
        item, inner = path_triples(part)
        node = BlankNode()
        triples += [*inner, Triple(node, NamedNode(_RDF + "first"), item), Triple(node, NamedNode(_RDF + "rest"), head)]
        head = node
    return head, triples


def rdf_1_1(term: Term | Triple) -> Term:
    """The term, of which the graph holds none that RDF 1.1 does not know."""
    assert not isinstance(term, Triple)
    return term


def inverted(path: Path) -> Path:
    """The path that leads back from where `path` leads to."""
    match path:
        case Link(predicate, inverse):
            return Link(predicate, not inverse)
        case Sequence(parts):
            return Sequence(tuple(inverted(part) for part in reversed(parts)))
        case Alternative(parts):
            return Alternative(tuple(inverted(part) for part in parts))
        case Repeat(part, zero, many):
            return Repeat(inverted(part), zero, many)
