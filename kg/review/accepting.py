"""Decisions of editors: a proposal accepted whole or in part, many of one source at once, or rejected.

An acceptance holds the queue while it goes through the door of the graph, so that of two at once one finds the other
done. What a crash leaves between the door and the mark, the journal tells (`settling`).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Quad

from kg.errors import Forbidden
from kg.history import undo
from kg.model.changes import Approval, ChangeSet
from kg.review.facts import Fact, facts_of, part_of, sure_enough
from kg.review.fitting import Stale, changes_since, fit
from kg.review.proposal import Decision, Proposal, ReviewRefused, State
from kg.review.queue import Filter, Queue
from kg.review.rereading import reread
from kg.review.settling import close, settle
from kg.store import Folder, Graph, Receipt, Refused, admissible
from kg.validate import Report


@dataclass(frozen=True, slots=True)
class Choice:
    """Which facts of a proposal are accepted: all, or those named, less those rejected.

    `confidence` chooses those that are at least so sure instead. `correct` is (to add, to remove) on top of what is
    proposed: quads that should be there as well, and proposed ones that should not. With `rest_rejected` what is not
    chosen is rejected; else it stays proposed.
    """

    facts: frozenset[NamedNode] | None = None
    rejected: frozenset[NamedNode] = frozenset()
    confidence: str | None = None
    correct: tuple[frozenset[Quad], frozenset[Quad]] | None = None
    rest_rejected: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal as it stands now, with the receipt of the change; None, and why, where nothing was done."""

    proposal: Proposal
    receipt: Receipt | None
    why: str = ""


ALL = Choice()


def accept(
    graph: Graph,
    queue: Queue,
    id_: str,
    by: NamedNode,
    choice: Choice = ALL,
    *,
    reason: str = "",
    accept_warnings: bool = False,
    self_accept: bool = False,
) -> Outcome:
    """Commits a proposal, or the chosen part of it, as a change of its author that names who accepted it.

    Raises NotFound, Forbidden for one's own, Stale with the diff where it no longer fits, Refused with the report where
    the graph would be broken, and ReviewRefused: for one that is not proposed, a part that does not hang together, and
    a document that says something else now that it was read again in sight of what was accepted since. RevertRefused
    for the undoing of a change on which others rest by now.
    """
    proposal = settle(graph, queue, id_)
    _require_proposed(proposal)
    proposal.require_other(by, self_accept=self_accept)
    proposal, says_more = reread(graph, queue, proposal)
    if says_more and choice.confidence is None:
        raise ReviewRefused(
            f"The proposal {id_} was read again, as the graph has changed since, and says something else now; look at "
            "it and decide again."
        )
    with queue.turn() as turn, graph.stage() as stage:
        proposal = turn.get(id_)
        _require_proposed(proposal)
        change = turn.change(proposal)
        assert change is not None  # in one transaction with the proposal
        if change.reverts is not None:  # later changes may rest on what it undoes
            undo(stage.reader, Folder(queue.data).journal, change.reverts, change.agent, change.reason)
        now = fit(stage.reader, _corrected(change, choice))
        if now.disputes:
            since = changes_since(stage.reader, queue.data, proposal.base, now.disputes)
            raise Stale(id_, proposal.base, now.disputes, since)
        part = _part(facts_of(stage.reader, now.change), now.change, choice)
        receipt = Receipt(None, int(graph.info()["generation"]), 0, 0, Report())
        if not part.change.is_empty:
            stage.add(replace(part.change, approval=Approval(id_, by)))
            (receipt,) = stage.commit(accept_warnings=accept_warnings)
        for decision in part.decisions(by, reason, receipt.change_iri, choice):
            proposal = turn.decide(proposal, decision)
        return Outcome(close(turn, proposal, part.rest), receipt)


def accept_batch(
    graph: Graph,
    queue: Queue,
    by: NamedNode,
    source: NamedNode,
    confidence: str,
    *,
    accept_warnings: bool = False,
    self_accept: bool = False,
) -> Iterator[Outcome]:
    """Accepts of each proposal of one source the facts that are at least so sure; the rest stays proposed.

    One whose facts cannot be accepted is left, with the reason; so are the proposals of whoever decides.
    """
    wanted, choice = Filter(State.PROPOSED, source=source), Choice(confidence=confidence)
    total, _ = queue.listed(wanted, 0)
    _, found = queue.listed(wanted, total)
    for proposal in found:
        try:
            yield accept(
                graph, queue, proposal.id, by, choice, accept_warnings=accept_warnings, self_accept=self_accept
            )
        except (ReviewRefused, Refused, Forbidden) as refused:
            yield Outcome(queue.get(proposal.id), None, str(refused))


def reject(graph: Graph, queue: Queue, id_: str, by: NamedNode, reason: str) -> Proposal:
    """Rejects a proposal for good, with the reason, which is kept. Raises NotFound, and ReviewRefused without one."""
    proposal = settle(graph, queue, id_)
    words = reason.strip()
    if not words:
        raise ReviewRefused("A rejection needs a reason; say what is wrong, so that the author can mend it.")
    _require_proposed(proposal)
    with queue.turn() as turn:
        found = turn.get(id_)
        _require_proposed(found)
        rejected = turn.decide(found, Decision("rejected", by, dt.datetime.now(dt.UTC), words))
        return turn.move(rejected, State.REJECTED)


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a change is accepted, and what is left; the nodes of the facts chosen, and of those rejected for good."""

    change: ChangeSet
    rest: ChangeSet
    chosen: tuple[NamedNode, ...]
    rejected: tuple[NamedNode, ...]

    def decisions(self, by: NamedNode, reason: str, change: NamedNode | None, choice: Choice) -> Iterator[Decision]:
        """What is to be remembered of it."""
        at = dt.datetime.now(dt.UTC)
        if choice.correct is not None:
            touched = {quad.subject for quads in choice.correct for quad in quads}
            nodes = tuple(sorted((node for node in touched if isinstance(node, NamedNode)), key=str))
            yield Decision("corrected", by, at, reason, change, nodes)
        yield Decision("accepted", by, at, reason, change, self.chosen)
        if self.rejected:
            yield Decision("rejected", by, at, reason, None, self.rejected)


def _part(facts: tuple[Fact, ...], change: ChangeSet, choice: Choice) -> _Part:
    nodes = frozenset(fact.node for fact in facts)
    chosen = nodes if choice.facts is None else choice.facts
    if choice.confidence is not None:
        chosen = sure_enough(facts, choice.confidence)
    chosen -= choice.rejected
    if nodes and not chosen:
        least = f" of confidence {choice.confidence} whose needs are as sure" if choice.confidence else ""
        raise ReviewRefused(f"There is no fact{least} to accept in it; to turn all of it down, reject the proposal.")
    if strange := choice.rejected - nodes:
        raise ReviewRefused(f"{min(strange, key=str)} is no fact of this proposal; look at it again.")
    add, remove = part_of(facts, chosen)
    rejected = nodes - chosen if choice.rest_rejected else choice.rejected
    left = [fact for fact in facts if fact.node not in chosen | rejected]
    rest = (frozenset().union(*sets) for sets in ((f.add for f in left), (f.remove for f in left)))
    add_later, remove_later = rest
    is_whole = chosen == nodes
    return _Part(
        replace(change, add=add, remove=remove),
        replace(change, add=add_later - add, remove=remove_later - remove),
        () if is_whole else tuple(sorted(chosen, key=str)),
        tuple(sorted(rejected, key=str)),
    )


def _corrected(change: ChangeSet, choice: Choice) -> ChangeSet:
    """The change with the quads of a correction in it, and without those that the correction takes out."""
    if choice.correct is None:
        return change
    wanted, unwanted = choice.correct
    add, remove = (change.add - unwanted) | wanted, (change.remove - wanted) | (unwanted - change.add)
    return admissible(replace(change, add=add, remove=remove))


def _require_proposed(proposal: Proposal) -> None:
    if proposal.state == State.DRAFT:
        raise ReviewRefused(f"The proposal {proposal.id} is a draft; its author has to submit it first.")
    proposal.require_move(State.ACCEPTED)
