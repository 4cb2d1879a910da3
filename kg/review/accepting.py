"""Decisions of editors: a proposal accepted whole or in part, many of one source at once, or rejected.

An acceptance holds the queue while it goes through the door of the graph, so that of two at once one finds the other
done. What a crash leaves between the door and the mark, the journal tells (`settling`).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.errors import Forbidden
from kg.history import undo
from kg.model.changes import Approval, ChangeSet
from kg.review.facts import facts_of
from kg.review.fitting import Stale, changes_since, fit
from kg.review.gathering import Gathered
from kg.review.parting import ALL, Choice, Part
from kg.review.proposal import Decision, Proposal, ReviewRefused, State
from kg.review.queue import Filter, Queue
from kg.review.rereading import reread
from kg.review.settling import close, settle
from kg.store import Folder, Graph, Receipt, Refused, admissible
from kg.validate import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal as it stands now, with the receipt of the change; None, and why, where nothing was done."""

    proposal: Proposal
    receipt: Receipt | None
    why: str = ""


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

    Raises NotFound, Forbidden for one's own, Stale with the diff where that no longer fits, Refused with the report
    where the graph would be broken, and ReviewRefused: for one that is not proposed, a part that does not hang
    together, and a document that says something else now that it was read again in sight of what was accepted since.
    RevertRefused for the undoing of a change on which others rest by now.
    """
    proposal = settle(graph, queue, id_)
    _require_proposed(proposal)
    proposal.require_other(by, self_accept=self_accept)
    seen = proposal.digest
    proposal, says_more = reread(graph, queue, proposal)
    is_other = says_more or (choice.correct is not None and proposal.digest != seen)
    if is_other and choice.confidence is None:
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
        asked = _corrected(change, choice)
        now = fit(stage.reader, asked)
        part = Part.of(facts_of(stage.reader, asked), facts_of(stage.reader, now.change), choice)
        part.require(choice)
        if disputes := part.among(now.disputes, part.chosen):
            raise Stale(id_, proposal.base, disputes, changes_since(stage.reader, queue.data, proposal.base, disputes))
        accepted = part.accepted(now.change)
        receipt = Receipt(None, int(graph.info()["generation"]), 0, 0, Report())
        if not accepted.is_empty:
            stage.add(replace(accepted, approval=Approval(id_, by)))
            (receipt,) = stage.commit(accept_warnings=accept_warnings)
        for decision in part.decisions(by, reason, receipt.change_iri, choice):
            proposal = turn.decide(proposal, decision)
        return Outcome(close(turn, proposal, part.left(now.change, now.disputes)), receipt)


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
    choice = Choice(confidence=confidence)
    for proposal in _of_source(queue, source):
        try:
            yield accept(
                graph, queue, proposal.id, by, choice, accept_warnings=accept_warnings, self_accept=self_accept
            )
        except (ReviewRefused, Refused, Forbidden) as refused:
            yield Outcome(queue.get(proposal.id), None, str(refused))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How many of a proposal's facts a batch would accept; `why` tells why none (own, stale, unsure), else is empty."""

    proposal: Proposal
    sure: int
    total: int
    why: str = ""


def foresee_batch(
    graph: Graph, queue: Queue, by: NamedNode, source: NamedNode, confidence: str, *, self_accept: bool = False
) -> Iterator[Foreseen]:
    """What `accept_batch` would accept of each proposal as it stands now; changes nothing.

    The shapes are not asked, and documents are not read again, so a batch can accept less.
    """
    choice = Choice(confidence=confidence)
    with graph.reader() as reader:
        for proposal in _of_source(queue, source):
            change = queue.change(proposal)
            known = Gathered(reader, change)
            now = fit(known, change)
            part = Part.of(facts_of(known, change), facts_of(known, now.change), choice)
            stale = part.among(now.disputes, part.chosen)
            why = "unsure" if not part.chosen else "stale" if stale else ""
            why = "own" if by == proposal.author and not self_accept else why
            yield Foreseen(proposal, 0 if why else len(part.chosen), len(part.whole), why)


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


def _of_source(queue: Queue, source: NamedNode) -> tuple[Proposal, ...]:
    """All that are proposed of one source."""
    wanted = Filter(State.PROPOSED, source=source)
    total, _ = queue.listed(wanted, 0)
    return queue.listed(wanted, total)[1]
