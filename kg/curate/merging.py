"""Two nodes for one person become one, with nothing lost.

All that is said of the duplicate is said of the person kept. The duplicate keeps its label and look-up key, by which
later reports are led to the person kept, and says what it was merged into, by whom and why. It keeps no class and no
`foaf:name`, so that nobody counts, lists or compares it as a person any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import BomayError, NotFound
from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.graph import DEFAULT_GRAPH, Reader, Term
from kg.namespaces import curie, iri

TYPE, PERSON = iri("rdf:type"), iri("bm:Person")
REPLACED = iri("dcterms:isReplacedBy")
_APART, _UNDECIDED = iri("owl:differentFrom"), iri("bm:possiblySameAs")
_LABEL, _NAME, _OTHER_NAME = iri("rdfs:label"), iri("foaf:name"), iri("skos:altLabel")
_ABOUT, _VALUE = iri("bm:about"), iri("bm:value")
_MEMBER, _POST = iri("org:member"), iri("bm:post")

REMAINS: Final = frozenset({_LABEL, iri("bm:key")})
"""What the duplicate keeps of what was said of it."""
NAMES: Final = frozenset({_LABEL, _NAME, _OTHER_NAME})
BOUNDS: Final = {
    "birth": (iri("bm:birthEarliest"), iri("bm:birthLatest")),
    "death": (iri("bm:deathEarliest"), iri("bm:deathLatest")),
}
SINGLE: Final = frozenset({iri("bm:nativePlace")})
"""Properties with one value at most, of which two different ones are not for the program to choose from."""


class CurationRefused(BomayError):
    """A decision that the graph as it stands does not allow; the sentence says what to do first."""

    exit_status = 1


def merge(reader: Reader, kept: NamedNode, gone: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    """The change that makes `kept` of two persons stand for `gone` too; `agent` answers for it, `reason` says why.

    Every quad of the default graph that has `gone` for subject or object gets `kept` in its place. Names of `gone` that
    `kept` does not bear become `skos:altLabel`. Of bounds of birth and death the narrower stand, which imply the wider.
    `bm:possiblySameAs` between the two is settled and goes; its claims stay as they were said, on what the decision
    rested. Where one of them is told apart from a third person and the other was undecided, both are told apart.
    Holdings of one post stay two nodes, as do participations in one meeting: whether they are one is another decision.

    Raises NotFound for a node of which nothing is said, CurationRefused for the same node twice, for one that is no
    person or was merged already, for two who are told apart, whose lives contradict or who come from two native places.
    """
    if not reason.strip():
        raise CurationRefused("A merge needs a reason; say why the two are one person.")
    _require_persons(reader, kept, gone)
    work = _Work(reader, kept, gone)
    for told in (_require_not_apart, _bounds, _single_values, _names, _point_to_kept, _verdicts):
        told(work)
    work.add |= {
        _quad(gone, REPLACED, kept),
        _quad(gone, iri("bm:curatedBy"), agent),
        _quad(gone, iri("bm:reason"), Literal(fold.composed(reason.strip()))),
    }
    add = frozenset(q for q in work.add if not _has(reader, q) or q in work.remove)
    both = add & work.remove
    return ChangeSet(add - both, frozenset(work.remove) - both, agent, reason.strip())


def shared_posts(reader: Reader, kept: NamedNode, gone: NamedNode) -> list[NamedNode]:
    """The posts that both hold, in the order of their IRIs: after a merge one person has two holdings of each."""
    one, other = (
        {post for tenure in _subjects(reader, _MEMBER, who) for post in _nodes(reader, tenure, _POST)}
        for who in (kept, gone)
    )
    return sorted(one & other, key=lambda post: post.value)


@dataclass(slots=True)
class _Work:
    """The quads of a merge while they are being gathered."""

    reader: Reader
    kept: NamedNode
    gone: NamedNode
    add: set[Quad] = field(default_factory=set)
    remove: set[Quad] = field(default_factory=set)

    def value(self, node: NamedNode, predicate: NamedNode) -> Term | None:
        """One value of a property in the graph before the merge."""
        return next(_values(self.reader, node, predicate), None)


def _require_persons(reader: Reader, kept: NamedNode, gone: NamedNode) -> None:
    if kept == gone:
        raise CurationRefused(f"{curie(kept)} was given twice; name the person to keep and the duplicate.")
    for node in (kept, gone):
        if not any(True for _ in reader.quads(node)):
            raise NotFound(f"Nothing is known of {curie(node)}; look for the person with 'kg search'.")
        for into in _nodes(reader, node, REPLACED):
            raise CurationRefused(f"{curie(node)} was merged into {curie(into)} already; merge with that one instead.")
        classes = sorted(curie(each) for each in _nodes(reader, node, TYPE))
        if curie(PERSON) not in classes:
            kinds = ", ".join(classes) or "a node without a class"
            raise CurationRefused(f"Only persons can be merged, and {curie(node)} is no person but {kinds}.")


def _require_not_apart(work: _Work) -> None:
    for one, other in ((work.kept, work.gone), (work.gone, work.kept)):
        if _has(work.reader, _quad(one, _APART, other)):
            raise CurationRefused(
                f"{_called(work.reader, work.kept)} and {_called(work.reader, work.gone)} are told apart; if that is "
                f"wrong, delete '{curie(one)} owl:differentFrom {curie(other)}' by a SPARQL Update, then merge them."
            )


def _bounds(work: _Work) -> None:
    """Keeps the later of two earliest days and the earlier of two latest ones."""
    for event, (earliest, latest) in BOUNDS.items():
        first = _narrower(work, earliest, latest=False)
        last = _narrower(work, latest, latest=True)
        if first and last and first.value > last.value:
            said = [_period(work, node, earliest, latest) for node in (work.kept, work.gone)]
            raise CurationRefused(
                f"{_called(work.reader, work.kept)} and {_called(work.reader, work.gone)} cannot be one person: the "
                f"{event} of the first is {said[0]}, that of the second {said[1]}; correct one of them first."
            )
        for bound, value in ((earliest, first), (latest, last)):
            for node in (work.kept, work.gone):
                work.remove.update(_quad(node, bound, old) for old in _values(work.reader, node, bound))
            if value is not None:
                work.add.add(_quad(work.kept, bound, value))


def _narrower(work: _Work, bound: NamedNode, *, latest: bool) -> Term | None:
    """Days are compared as written: xsd:date of four-digit years sorts as its text does."""
    known = [value for node in (work.kept, work.gone) if (value := work.value(node, bound)) is not None]
    return (min if latest else max)(known, key=lambda value: value.value, default=None)


def _period(work: _Work, node: NamedNode, earliest: NamedNode, latest: NamedNode) -> str:
    first, last = (work.value(node, bound) for bound in (earliest, latest))
    if first == last and first is not None:
        return first.value
    return f"{first.value if first else '…'} to {last.value if last else '…'}"


def _single_values(work: _Work) -> None:
    for prop in SINGLE:
        one, other = work.value(work.kept, prop), work.value(work.gone, prop)
        if one is not None and other is not None and one != other:
            raise CurationRefused(
                f"{_called(work.reader, work.kept)} has {curie(prop)} {_shown(one)} and "
                f"{_called(work.reader, work.gone)} has {_shown(other)}; correct one of them first."
            )


def _names(work: _Work) -> None:
    borne = {value.value for prop in NAMES for value in _values(work.reader, work.kept, prop)}
    for prop in NAMES:
        for name in _values(work.reader, work.gone, prop):
            if prop not in REMAINS:
                work.remove.add(_quad(work.gone, prop, name))
            if isinstance(name, Literal) and name.value not in borne:
                work.add.add(_quad(work.kept, _OTHER_NAME, Literal(name.value, language=name.language or "vi")))


def _point_to_kept(work: _Work) -> None:
    told_elsewhere = {*REMAINS, *NAMES, *(bound for pair in BOUNDS.values() for bound in pair)}
    between = _claims_between(work)
    for quad in {*work.reader.quads(work.gone), *work.reader.quads(None, None, work.gone)}:
        if (quad.subject == work.gone and quad.predicate in told_elsewhere) or quad.subject in between:
            continue
        subject, value = (work.kept if term == work.gone else term for term in (quad.subject, quad.object))
        work.remove.add(quad)
        if quad.predicate != _UNDECIDED or subject != value:
            work.add.add(Quad(subject, quad.predicate, value, DEFAULT_GRAPH))  # type: ignore[arg-type]  # terms of a quad


def _claims_between(work: _Work) -> set[NamedNode]:
    """The claims that compare the two."""
    return {
        claim
        for one, other in ((work.kept, work.gone), (work.gone, work.kept))
        for claim in _subjects(work.reader, _ABOUT, one)
        if other in _nodes(work.reader, claim, _VALUE)
    }


def _verdicts(work: _Work) -> None:
    """A third person who is told apart from one of the two is no longer perhaps the other."""
    apart = {
        other
        for node in (work.kept, work.gone)
        for other in (*_nodes(work.reader, node, _APART), *_subjects(work.reader, _APART, node))
    }
    pairs = [pair for third in apart for pair in ((work.kept, third), (third, work.kept))]
    settled = {_quad(one, _UNDECIDED, other) for one, other in pairs}
    work.add -= settled
    work.remove |= {quad for quad in settled if _has(work.reader, quad)}


def _called(reader: Reader, node: NamedNode) -> str:
    label = next(_values(reader, node, _LABEL), None)
    return f"{label.value} ({curie(node)})" if label is not None else curie(node)


def _shown(term: Term) -> str:
    return curie(term) if isinstance(term, NamedNode) else term.value


def _quad(subject: NamedNode, predicate: NamedNode, value: Term) -> Quad:
    return Quad(subject, predicate, value, DEFAULT_GRAPH)


def _has(reader: Reader, quad: Quad) -> bool:
    return any(True for _ in reader.quads(quad.subject, quad.predicate, quad.object))  # type: ignore[arg-type]  # no triple terms here


def _values(reader: Reader, node: NamedNode, predicate: NamedNode) -> Iterator[Term]:
    for quad in reader.quads(node, predicate):
        yield quad.object  # type: ignore[misc]  # triple terms do not occur in our data


def _nodes(reader: Reader, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    return [value for value in _values(reader, node, predicate) if isinstance(value, NamedNode)]


def _subjects(reader: Reader, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
    return [quad.subject for quad in reader.quads(None, predicate, value) if isinstance(quad.subject, NamedNode)]
