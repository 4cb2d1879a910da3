"""A change brought into the form that the store keeps, and cut down to what it really alters."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kg.model.changes import ChangeSet
from kg.namespaces import PROTECTED_GRAPHS, curie, iri
from kg.store.keyed import keyed
from kg.store.receipt import refusal
from kg.validate import as_stored

_QUOTE = iri("bm:quote")


def effective(live: Store, change: ChangeSet, *, blank_nodes: bool = False) -> ChangeSet:
    """The admissible change with only those quads that are not there yet, or are there to be removed.

    The keys of the names that it changes are among them, except in a folder that takes blank nodes and holds nothing
    that was not put there.
    """
    wanted = admissible(change, blank_nodes=blank_nodes)
    if not blank_nodes:
        wanted = keyed(live, wanted)
    return replace(wanted, add=wanted.add - _present(live, wanted.add), remove=_present(live, wanted.remove))


def admissible(change: ChangeSet, *, blank_nodes: bool = False) -> ChangeSet:
    """The change in the form that the store keeps, a quad that is added and removed among those to add alone.

    Literals are put into NFC (quotes are kept as they stand in their source) and into the store's own form. Raises
    Refused for a protected graph, and then for blank nodes unless they are allowed; always for the same quad of many.
    """
    wanted, unwanted = canonical(change.add), canonical(change.remove)
    protected, blank = [], []
    for quad in wanted | unwanted:
        if not isinstance(quad.graph_name, DefaultGraph) and quad.graph_name in PROTECTED_GRAPHS:
            protected.append(quad)
        elif not blank_nodes and _has_blank_node(quad):
            blank.append(quad)
    if protected:
        raise _protected(min(protected, key=str))
    if blank:
        raise _blank(min(blank, key=str))
    return replace(change, add=wanted, remove=unwanted - wanted)


def _present(live: Store, quads: frozenset[Quad]) -> frozenset[Quad]:
    """Those of the quads that are there. Most are about new nodes, of which one look says that nothing is."""
    by_node: dict[tuple[object, object], list[Quad]] = {}
    for quad in quads:
        by_node.setdefault((quad.graph_name, quad.subject), []).append(quad)
    found: set[Quad] = set()
    for about in by_node.values():
        one = about[0]
        if len(about) == 1 or next(live.quads_for_pattern(one.subject, None, None, one.graph_name), None):
            found.update(quad for quad in about if quad in live)
    return frozenset(found)


def canonical(quads: Iterable[Quad]) -> frozenset[Quad]:
    """The quads as the store would give them back, with their text in NFC."""
    return as_stored(map(_composed, quads))


def _composed(quad: Quad) -> Quad:
    term = quad.object
    if not isinstance(term, Literal) or quad.predicate == _QUOTE or unicodedata.is_normalized("NFC", term.value):
        return quad
    text = unicodedata.normalize("NFC", term.value)
    plain = Literal(text, language=term.language) if term.language else Literal(text, datatype=term.datatype)
    return Quad(quad.subject, quad.predicate, plain, quad.graph_name)


def _has_blank_node(quad: Quad) -> bool:
    return not (
        isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode | Literal)
        and isinstance(quad.graph_name, DefaultGraph | NamedNode)
    )


def _blank(quad: Quad) -> Exception:
    return refusal(
        iri("bms:Change-blankNode").value,
        str(quad.subject).strip("<>"),
        f"Hãy đặt IRI cho nút này: nút trống không được lưu ({curie(quad.predicate)}).",
        f"Give this node an IRI: blank nodes are not stored ({curie(quad.predicate)}).",
    )


def _protected(quad: Quad) -> Exception:
    name = curie(str(quad.graph_name).strip("<>"))
    return refusal(
        iri("bms:Change-protectedGraph").value,
        str(quad.subject).strip("<>"),
        f"Đồ thị {name} chỉ chương trình mới được ghi; hãy ghi vào đồ thị mặc định.",
        f"The graph {name} is written by the program alone; put facts into the default graph.",
    )
