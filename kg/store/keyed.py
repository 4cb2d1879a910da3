"""The look-up keys that a change of names brings with it, whichever way it came to the door."""

from collections.abc import Iterable, Set
from dataclasses import replace
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.model.changes import ChangeSet
from kg.model.fold import key
from kg.model.naming import KEY, LABEL, NAMED, NAMES, OTHER_KEY, other_keys
from kg.namespaces import iri

_TYPE: Final = iri("rdf:type")
_TELLING: Final = frozenset((*NAMES, KEY, OTHER_KEY, _TYPE))
_FACTS: Final = DefaultGraph()
_TERM: Final = iri("bm:Term")  # the one class whose things have no `bm:key`


def keyed(live: Store, change: ChangeSet, also: Set[NamedNode] = frozenset()) -> ChangeSet:
    """The change with the `bm:otherKey` that its names ask for, in place of those that it gives itself; with the keys
    of the nodes in `also` too, which it need not touch.

    What has no `bm:key` and is no term has none either: the shapes refuse it. A `bm:key` that was made from a label
    follows when that label is replaced and the change says nothing of the key.
    """
    touched = set(also) | {
        quad.subject
        for quad in (*change.add, *change.remove)
        if quad.predicate in _TELLING and quad.graph_name == _FACTS and isinstance(quad.subject, NamedNode)
    }
    if not touched:
        return change
    add = {quad for quad in change.add if quad.predicate != OTHER_KEY or quad.subject not in touched}
    remove = {quad for quad in change.remove if quad.predicate != OTHER_KEY or quad.subject not in touched}
    given: dict[object, tuple[set[Quad], set[Quad]]] = {node: (set(), set()) for node in touched}
    for at, quads in enumerate((add, remove)):
        for quad in quads:
            if quad.graph_name == _FACTS and quad.subject in given:
                given[quad.subject][at].add(quad)
    wanted: set[Quad] = set()
    unwanted: set[Quad] = set()
    for node in touched:
        added, removed = given[node]
        before = set(live.quads_for_pattern(node, None, None, _FACTS))
        there, gone = _keys(node, before, (before - removed) | added, is_key_given=_speaks_of_key(added | removed))
        wanted |= there
        unwanted |= gone
    return replace(change, add=frozenset(add - unwanted | wanted), remove=frozenset(remove - wanted | unwanted))


def _keys(node: NamedNode, before: set[Quad], after: set[Quad], *, is_key_given: bool) -> tuple[set[Quad], set[Quad]]:
    """(keys to be there, keys to be gone)."""
    keys, gone = _words(after, KEY), set()
    if not is_key_given:
        labels = _words(after, LABEL)
        old = keys & _folded(_words(before, LABEL)) - _folded(labels)
        if old and labels and (new := key(min(labels))):
            keys, gone = keys - old | {new}, {_quad(node, KEY, word) for word in old}
    classes = {quad.object for quad in after if quad.predicate == _TYPE} & NAMED
    is_whole = classes and (keys or _TERM in classes)
    others = other_keys((word for name in NAMES for word in _words(after, name)), keys) if is_whole else set()
    wanted = {_quad(node, OTHER_KEY, word) for word in others}
    stored = {quad for quad in before if quad.predicate == OTHER_KEY}
    return wanted | {_quad(node, KEY, word) for word in keys if gone}, (stored - wanted) | gone


def _speaks_of_key(quads: Iterable[Quad]) -> bool:
    return any(quad.predicate == KEY for quad in quads)


def _words(quads: Iterable[Quad], prop: NamedNode) -> set[str]:
    return {quad.object.value for quad in quads if quad.predicate == prop and isinstance(quad.object, Literal)}


def _folded(words: Iterable[str]) -> set[str]:
    return {key(word) for word in words}


def _quad(node: NamedNode, prop: NamedNode, word: str) -> Quad:
    return Quad(node, prop, Literal(word), _FACTS)
