"""Two nodes for one thing become one, with nothing lost.

All that is said of the duplicate is said of the node kept. The duplicate keeps its label, its look-up key and the rule
that made it, by which later reports are led to the node kept, and says what it was merged into, by whom and why. It
keeps no class and no other name, so that nobody counts, lists or compares it any more. What the shapes allow once, and
which days are bounds, is read from them (`rules`).
"""

from collections import Counter
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.curate.foresight import CurationRefused, Foreseen
from kg.curate.rules import Rules, kinds, rules_of
from kg.curate.single import compare_days, join_names, join_single_values
from kg.curate.spans import join_spans
from kg.curate.statements import APART, UNDECIDED, claims_between, join_statements
from kg.curate.work import LABEL, Work, has, nodes, quad, subjects, values, words
from kg.errors import NotFound
from kg.model import fold
from kg.model.changes import ChangeSet
from kg.model.graph import DEFAULT_GRAPH, Reader, Term
from kg.model.naming import KEY
from kg.namespaces import curie, iri

TYPE: Final = iri("rdf:type")
REPLACED: Final = iri("dcterms:isReplacedBy")
_RULE: Final = iri("bm:derivedByRule")
REMAINS: Final = frozenset({LABEL, KEY, _RULE})
"""What the duplicate keeps of what was said of it."""

_VERDICTS: Final = frozenset({APART, UNDECIDED, REPLACED})
_REFERENCE: Final = "(ontology/reference/"  # how bases name the file of a rule of the reference data
_TWO_ENDS: Final = tuple(
    (iri(one), iri(other))
    for one, other in (
        ("bm:fromOrgan", "bm:toOrgan"),
        ("org:originalOrganization", "org:resultingOrganization"),
        ("bm:originalPlace", "bm:resultingPlace"),
    )
)
"""Properties by which a node says that what it leads to are two."""

_ALIKE: Final = {
    iri(kind): tuple(map(iri, ends))
    for kind, ends in {
        "bm:Tenure": ("org:member", "bm:post"),
        "bm:Participation": ("bm:participant", "bm:meeting"),
        "bm:Site": ("bm:ofMeeting", "bm:place"),
        "bm:Post": ("org:postIn", "bm:rank", "bm:title"),
        "bm:Term": ("bm:termOf", "bm:ordinal"),
        "bm:PersonnelEvent": ("bm:person", "bm:eventKind", "bm:day"),
    }.items()
}
"""By what nodes of a class may be taken for one, once they lead to the same."""


def merge(reader: Reader, kept: NamedNode, gone: NamedNode, agent: NamedNode, reason: str) -> ChangeSet:
    """The change that makes `kept` of two nodes stand for `gone` too; `agent` answers for it, `reason` says why.

    Raises what `foresee` raises, CurationRefused without a reason and where something stands in the way.
    """
    if not reason.strip():
        raise CurationRefused("A merge needs a reason; say why the two are one.")
    foreseen = foresee(reader, kept, gone, agent, reason)
    if foreseen.obstacles:
        first, *others = foreseen.sentences()
        raise CurationRefused(first + (f" ({len(others)} more in the way.)" if others else ""))
    return foreseen.change


def foresee(reader: Reader, kept: NamedNode, gone: NamedNode, agent: NamedNode, reason: str = "") -> Foreseen:
    """What a merge would do, and what stands in its way.

    Every quad of the default graph that has `gone` for subject or object gets `kept` in its place. Names of `gone` that
    `kept` does not bear become `skos:altLabel`. Of bounds the narrower stand, which imply the wider; of two codes the
    one that says more. Claims and conflicts become one where they are about the same; where the claims differ on which
    a single value rests, the value of `kept` stands and the conflict is open. `bm:possiblySameAs` between the two is
    settled and goes; its claims stay as they were said, on what the decision rested. Where one of them is told apart
    from a third and the other was undecided, both are told apart. Nodes that lead to both stay two, as holdings of one
    post do: whether they are one is another decision.

    Raises NotFound for a node of which nothing is said, CurationRefused for the same node twice, for two of other
    kinds, and for one that was merged already.
    """
    work = Work(reader, kept, gone, *_ruled(reader, kept, gone))
    work.into[gone] = kept
    for step in (_require_two_not_said, join_spans, join_names, join_single_values, compare_days, join_statements):
        step(work)
    moved = _substitute(work, claims_between(work))
    for step in (_require_not_derived, _verdicts, _note_lookalikes):
        step(work)
    work.add |= {quad(one, REPLACED, other) for one, other in work.into.items()}
    work.add |= {quad(gone, iri("bm:curatedBy"), agent)}
    if reason.strip():
        work.add.add(quad(gone, iri("bm:reason"), Literal(fold.composed(reason.strip()))))
    add = frozenset(fact for fact in work.add if not has(reader, fact) or fact in work.remove)
    both = add & work.remove
    change = ChangeSet(add - both, frozenset(work.remove) - both, agent, reason.strip())
    named = (words(reader, kept), words(reader, gone))
    told = (tuple(work.effects), tuple(work.obstacles))
    return Foreseen(kept, gone, work.kind, change, MappingProxyType(moved), *told, named)


def _ruled(reader: Reader, kept: NamedNode, gone: NamedNode) -> tuple[NamedNode, Rules]:
    """The one kind of the two, with its rules."""
    if kept == gone:
        raise CurationRefused(f"{curie(kept)} was given twice; name the node to keep and the duplicate.")
    mergeable = kinds(reader)
    found = []
    for node in (kept, gone):
        if not any(True for _ in reader.quads(node)):
            raise NotFound(f"Nothing is known of {curie(node)}; look for it with 'kg search'.")
        for into in nodes(reader, node, REPLACED):
            raise CurationRefused(f"{curie(node)} was merged into {curie(into)} already; merge with that one instead.")
        found.append(set(nodes(reader, node, TYPE)))
        if not found[-1] & mergeable:
            classes = ", ".join(sorted(map(curie, found[-1]))) or "a node without a class"
            raise CurationRefused(f"{curie(node)} is {classes}; of such no two are merged.")
    common = found[0] & found[1] & mergeable
    if not common:
        ours, theirs = (", ".join(sorted(curie(each) for each in one & mergeable)) for one in found)
        raise CurationRefused(f"{curie(kept)} is {ours} and {curie(gone)} {theirs}; only two of one kind can be one.")
    kind = min(common, key=str)
    return kind, rules_of(reader, kind)


def _require_two_not_said(work: Work) -> None:
    """Notes statements that the two are two: told apart, related to each other, or both ends of one relation."""
    for one, other in ((work.kept, work.gone), (work.gone, work.kept)):
        for found in work.reader.quads(one, None, other):
            if found.predicate == APART:
                work.hinder("apart", APART, (one,), (other,))
            elif found.predicate not in _VERDICTS:
                work.hinder("linked", found.predicate, (one,), (other,))
        for start, end in _TWO_ENDS:
            for node in {*subjects(work.reader, start, one)} & {*subjects(work.reader, end, other)}:
                work.hinder("linked", end, (node,), (other,))


def _require_not_derived(work: Work) -> None:
    for basis in values(work.reader, work.gone, _RULE):
        if _REFERENCE in basis.value:
            work.hinder("derived", _RULE, (), (basis,))


def _substitute(work: Work, between: set[NamedNode]) -> Counter[NamedNode]:
    """Puts the nodes that stay in the place of those that go, wherever these are named; counts what moves."""
    moved: Counter[NamedNode] = Counter()
    for old in work.into:
        for found in {*work.reader.quads(old), *work.reader.quads(None, None, old)}:
            if found in work.told or found.subject in between or (found.subject == old and found.predicate in REMAINS):
                continue
            work.remove.add(found)
            subject, value = (work.after(term) for term in (found.subject, found.object))  # type: ignore[arg-type]  # no triple terms here
            if subject == value and found.predicate in _VERDICTS:
                work.note("settled", found.predicate, (found.subject,), (found.object,))  # type: ignore[arg-type]  # terms of a quad
                continue
            work.add.add(Quad(subject, found.predicate, value, DEFAULT_GRAPH))  # type: ignore[arg-type]  # terms of a quad
            if old == work.gone and found.predicate not in _VERDICTS:
                moved[found.predicate] += found.object == old
    return +moved


def _verdicts(work: Work) -> None:
    """A third who is told apart from one of the two is no longer perhaps the other."""
    apart = {
        other
        for node in (work.kept, work.gone)
        for other in (*nodes(work.reader, node, APART), *subjects(work.reader, APART, node))
    }
    pairs = [pair for third in apart for pair in ((work.kept, third), (third, work.kept))]
    settled = {quad(one, UNDECIDED, other) for one, other in pairs}
    standing = {fact for fact in settled if has(work.reader, fact)}
    for fact in sorted(standing | (settled & work.add), key=str):
        work.note("settled", UNDECIDED, (fact.subject,), (fact.object,))  # type: ignore[arg-type]  # terms of a quad
    work.add -= settled
    work.remove |= standing


def _note_lookalikes(work: Work) -> None:
    for kind, ends in _ALIKE.items():
        ours, theirs = (_told_alike(work, node, kind, ends) for node in (work.kept, work.gone))
        for like in sorted(ours.keys() & theirs.keys(), key=str):
            work.note("two", ends[0], (ours[like],), (theirs[like],))


def _told_alike(
    work: Work, node: NamedNode, kind: NamedNode, ends: tuple[NamedNode, ...]
) -> dict[tuple[Term, ...], NamedNode]:
    """The nodes of the kind that lead to one of the two, by what they will lead to."""
    found: dict[tuple[Term, ...], NamedNode] = {}
    for end in ends:
        for one in subjects(work.reader, end, node):
            said = [next(values(work.reader, one, each), None) for each in ends]
            if has(work.reader, quad(one, TYPE, kind)) and all(value is not None for value in said):
                found.setdefault(tuple(work.after(value) for value in said if value is not None), one)
    return found
