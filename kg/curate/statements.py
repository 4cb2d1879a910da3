"""Claims about two nodes that are one, and the conflicts between them: one of each, as if there had been one node."""

from collections import defaultdict
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.curate.work import LABEL, Work, has, nodes, quad, subjects, values, words
from kg.model.graph import Term
from kg.model.minting import conflict_of
from kg.namespaces import curie, iri

CLAIM, CONFLICT = iri("bm:Claim"), iri("bm:Conflict")
APART, UNDECIDED = iri("owl:differentFrom"), iri("bm:possiblySameAs")
_TYPE, _ABOUT, _PROPERTY, _VALUE = (iri(name) for name in ("rdf:type", "bm:about", "bm:property", "bm:value"))
_OF_CONFLICT, _STATE, _OPEN = iri("bm:claim"), iri("bm:state"), iri("conflictstate:open")
_DECIDED: Final = (_STATE, iri("bm:preferred"), iri("bm:reason"), iri("bm:curatedBy"))

_Claims = dict[NamedNode, dict[Term, NamedNode]]
"""By property and value."""


def claims_between(work: Work) -> set[NamedNode]:
    """The claims that compare the two."""
    return {
        claim
        for one, other in ((work.kept, work.gone), (work.gone, work.kept))
        for claim in subjects(work.reader, _ABOUT, one)
        if other in nodes(work.reader, claim, _VALUE)
    }


def join_statements(work: Work) -> None:
    """The same claim about both becomes one, with the sentences of both; so do two conflicts on one property.

    A decision about the node kept stands; where the claims differ that the two rest on, the conflict is open.
    """
    ours, theirs = _claims(work, work.kept), _claims(work, work.gone)
    for prop in sorted(theirs.keys() & ours.keys(), key=str):
        for value in sorted(theirs[prop].keys() & ours[prop].keys(), key=str):
            work.into[theirs[prop][value]] = ours[prop][value]
            work.note("twice", prop, (value,), ())
    for prop in sorted({*ours, *theirs}, key=str):
        _conflict(work, prop, [*ours.get(prop, {}).values(), *theirs.get(prop, {}).values()])


def _conflict(work: Work, prop: NamedNode, claims: list[NamedNode]) -> None:
    ours, theirs = (_conflict_about(work, node, prop) for node in (work.kept, work.gone))
    node = ours or theirs
    if node is None and prop not in work.disputed:
        return
    if node is None:
        node = conflict_of(work.kept, prop)
        label = f"{words(work.reader, work.kept) or curie(work.kept)}: {curie(prop).rpartition(':')[2]}"
        work.add |= {quad(node, _TYPE, CONFLICT), quad(node, LABEL, Literal(label, language="vi"))}
        work.add |= {quad(node, _ABOUT, work.kept), quad(node, _PROPERTY, prop)}
    if ours and theirs:
        work.into[theirs] = ours
        _forget_decision(work, theirs)
    if prop in work.disputed:
        _forget_decision(work, node)
        work.add.add(quad(node, _STATE, _OPEN))
    work.add |= {quad(node, _OF_CONFLICT, work.into.get(claim, claim)) for claim in claims}


def _forget_decision(work: Work, conflict: NamedNode) -> None:
    decided = {fact for prop in _DECIDED for fact in work.reader.quads(conflict, prop)}
    work.told |= decided
    work.remove |= decided


def _claims(work: Work, node: NamedNode) -> _Claims:
    found: _Claims = defaultdict(dict)
    for claim in sorted(subjects(work.reader, _ABOUT, node), key=str):
        for prop in nodes(work.reader, claim, _PROPERTY):
            if prop in (APART, UNDECIDED) or not has(work.reader, quad(claim, _TYPE, CLAIM)):
                continue
            for value in values(work.reader, claim, _VALUE):
                found[prop].setdefault(value, claim)
    return found


def _conflict_about(work: Work, node: NamedNode, prop: NamedNode) -> NamedNode | None:
    of_it = subjects(work.reader, _ABOUT, node)
    found = [one for one in of_it if has(work.reader, quad(one, _TYPE, CONFLICT)) and _is_on(work, one, prop)]
    return min(found, key=str, default=None)


def _is_on(work: Work, conflict: NamedNode, prop: NamedNode) -> bool:
    return has(work.reader, quad(conflict, _PROPERTY, prop))
