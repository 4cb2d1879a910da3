"""Which entities of an index a few changes of the graph have touched."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.errors import NotFound, SyntaxFault
from kg.history import Step, load_patch, steps_back
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.search.facts import LABEL, REPLACED, TYPE, Facts
from kg.search.scope import (
    ISSUER,
    JURISDICTION,
    MEMBER,
    ORGANIZATION,
    PLACE,
    POST,
    POST_IN,
    REPLACED_BY,
    TERM_OF,
    VALID_FROM,
    VALID_TO,
    WITHIN,
)

MOST_CHANGES: Final = 2000
MOST_TRIPLES: Final = 200_000
MOST_NODES: Final = 20_000

_SPREADING: Final = frozenset(
    (TYPE, LABEL, REPLACED, WITHIN, REPLACED_BY, JURISDICTION, POST_IN, VALID_FROM, VALID_TO, iri("bm:level"))
)
"""What is told of a thing and shows in the documents of others: its name, its place, its days."""

_TO_GO_ON: Final = (WITHIN, REPLACED_BY, JURISDICTION, POST_IN)
_TO_END: Final = (PLACE, ISSUER, TERM_OF)
_OF_TENURE: Final = (POST, ORGANIZATION)


def nodes_since(reader: Reader, journal: Path, known: str | None) -> set[NamedNode] | None:
    """What may look different in the index since the change `known` (None: since the graph was created).

    None where that is not to be told, or so much that all may be read anew: patches that are missing, a change that is
    not among those that led here, too many changes, too much that hangs on them.
    """
    steps = _steps_since(reader, known)
    if steps is None:
        return None
    try:
        patches = [load_patch(journal, step.digest) for step in steps]
    except (NotFound, SyntaxFault):
        return None
    return _touched(Facts(reader), chain.from_iterable(chain.from_iterable(patches)))


def _steps_since(reader: Reader, known: str | None) -> list[Step] | None:
    steps: list[Step] = []
    size = 0
    for step in steps_back(reader):
        if step.change.value == known:
            return steps
        size += step.size
        if len(steps) == MOST_CHANGES or size > MOST_TRIPLES:
            return None
        steps.append(step)
    return steps if known is None else None


def _touched(facts: Facts, quads: Iterable[Quad]) -> set[NamedNode] | None:
    """The subjects, who held the posts of tenures among them, and all in whose documents something of them shows."""
    found: set[NamedNode] = set()
    spread: list[NamedNode] = []
    for quad in quads:
        if quad.graph_name == DefaultGraph() and isinstance(quad.subject, NamedNode):
            found.add(quad.subject)
            if quad.predicate == MEMBER and isinstance(quad.object, NamedNode):
                found.add(quad.object)  # perhaps no longer
            if quad.predicate in _SPREADING:
                spread.append(quad.subject)
    found.update(*(facts.nodes(node, MEMBER) for node in tuple(found)))
    seen = set(spread)
    while spread:
        node = spread.pop()
        found.update(facts.pointing(node, *_TO_END), _holders(facts, node))
        for other in facts.pointing(node, *_TO_GO_ON):
            found.add(other)
            if other not in seen:
                seen.add(other)
                spread.append(other)
        if len(found) > MOST_NODES:
            return None
    return found


def _holders(facts: Facts, node: NamedNode) -> Iterator[NamedNode]:
    for tenure in facts.pointing(node, *_OF_TENURE):
        yield from facts.nodes(tenure, MEMBER)
