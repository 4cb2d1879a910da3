"""What the graph says of a body that is named: what does not depend on which report named it first."""

from typing import Final

from pyoxigraph import NamedNode

from kg.model import fold
from kg.model.graph import Term
from kg.namespaces import PREFIXES, iri
from kg.propose.draft import Draft, text, vi
from kg.propose.kinds import Kind
from kg.propose.places import COUNTRY
from kg.reference import LEVEL_OF_UNIT, RULES_FILE, is_made_ahead

BY_MENTION: Final = "organ-on-first-mention (kg/propose/organs.py)"


def state_organ(
    draft: Draft, node: NamedNode, name: str, kind: Kind | None, place: NamedNode | None, basis: str
) -> None:
    """States what a new body is, what it is called and on what that rests."""
    draft.node(node, ("bm:Organ", "org:Organization"), name, keyed=True)
    draft.add(node, "bm:kind", kind.code if kind else None)
    draft.add(node, "bm:ladder", kind.ladder if kind else None)
    draft.add(node, "bm:jurisdiction", place)
    draft.add(node, "bm:derivedByRule", text(basis))


def agree(draft: Draft, node: NamedNode, name: str, kind: Kind | None) -> None:
    """Adds what one more report says of a body that no rule makes.

    Of its names the first in order is its label, the others stand beside it; of its kinds the first in order that says
    something is its kind. So the reports can come in any order.
    """
    label = draft.value(node, "rdfs:label")
    names = sorted({fold.composed(name), label.value if label else name}, key=lambda one: (one.isupper(), one))
    if label is None or names[0] != label.value:
        draft.replace(node, "rdfs:label", vi(names[0]))
        draft.replace(node, "bm:key", text(fold.key(names[0])))
    for other in names[1:]:
        draft.add(node, "skos:altLabel", vi(other))
    before = draft.value(node, "bm:kind")
    if kind and (before is None or _order(kind.code) < _order(before)):
        draft.replace(node, "bm:kind", kind.code)
        if kind.ladder:
            draft.replace(node, "bm:ladder", kind.ladder)


def is_named_by_reports(draft: Draft, node: NamedNode) -> bool:
    """Whether reports alone say that the body is there."""
    return text(BY_MENTION) in draft.values(node, "bm:derivedByRule")


def depends_on_reports(draft: Draft, node: NamedNode) -> bool:
    """Whether a body of a place is in the graph only because some report named it."""
    place = draft.value(node, "bm:jurisdiction")
    if place == COUNTRY or not isinstance(place, NamedNode):
        return False
    if is_named_by_reports(draft, node):
        return True
    unit = draft.value(place, "bm:unitType")
    level = LEVEL_OF_UNIT.get(unit.value.removeprefix(PREFIXES["unittype"]), "") if unit else ""
    bases = [basis.value for basis in draft.values(node, "bm:derivedByRule")]
    return any(RULES_FILE in basis and not is_made_ahead(basis, level) for basis in bases)


def _order(kind: Term) -> tuple[bool, str]:
    return kind == iri("organkind:Other"), kind.value
