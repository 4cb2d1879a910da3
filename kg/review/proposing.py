"""Proposals made, revised and taken back by their authors."""

import datetime as dt
import secrets
from dataclasses import asdict, replace
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import Forbidden
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.review.doubt import doubt_of
from kg.review.fitting import fit
from kg.review.proposal import Kind, NothingProposed, Proposal, State
from kg.review.queue import Queue
from kg.review.settling import settle
from kg.store import Graph, Refused, admissible
from kg.validate import Report

_BYTES: Final = 8  # of an identifier


def save(
    graph: Graph,
    queue: Queue,
    change: ChangeSet,
    kind: Kind,
    title: str,
    *,
    state: State = State.PROPOSED,
    document: Document | None = None,
) -> Proposal:
    """Puts a change into the queue as a draft or as proposed, with what the shapes say of it as an addition.

    It is cut down to what it would alter now. Raises NothingProposed where that is nothing, Refused for one that is
    proposed and breaks a shape, and for what no draft may hold either: blank nodes, protected graphs.
    """
    base = int(graph.info()["generation"])  # before the graph is read: an older base only looks back further
    cut, report = _looked_at(graph, change, state)
    now = dt.datetime.now(dt.UTC)
    known = None if document is None else {name: word for name, word in asdict(document).items() if name != "text"}
    proposal = Proposal(
        secrets.token_hex(_BYTES),
        state,
        kind,
        change.agent,
        title,
        change.reason,
        base,
        "",
        0,
        0,
        doubt_of(cut, report),
        report,
        now,
        now,
        change.source,
        document=None if known is None else {name: word for name, word in known.items() if word is not None},
        reverts=change.reverts,
    )
    with queue.turn() as turn:
        return turn.put(proposal, cut)


def revise(
    graph: Graph,
    queue: Queue,
    id_: str,
    agent: NamedNode,
    *,
    change: ChangeSet | None = None,
    title: str | None = None,
    reason: str | None = None,
    state: State | None = None,
) -> Proposal:
    """Gives a draft or a proposed one another content, words or state (draft, proposed); None leaves each as it is.

    Raises NotFound, Forbidden for anybody but the author, ReviewRefused for one that was decided on, and what `save`
    raises.
    """
    before = settle(graph, queue, id_)
    _require_author(before, agent)
    to = state or before.state
    before.require_move(to)
    base = int(graph.info()["generation"])
    cut, report = _looked_at(graph, change or queue.change(before), to)
    with queue.turn() as turn:
        found = turn.get(id_)
        found.require_move(to)
        new = replace(
            found,
            state=to,
            title=title or found.title,
            reason=reason or found.reason,
            base=base,
            report=report,
            doubt=doubt_of(cut, report),
            updated=dt.datetime.now(dt.UTC),
            source=change.source if change else found.source,
            reverts=change.reverts if change else found.reverts,
            document=None if change else found.document,
        )
        return turn.put(new, cut)


def withdraw(graph: Graph, queue: Queue, id_: str, agent: NamedNode) -> Proposal:
    """Takes a proposal back for good. Raises NotFound, Forbidden for anybody but the author, ReviewRefused."""
    _require_author(settle(graph, queue, id_), agent)
    with queue.turn() as turn:
        found = turn.get(id_)
        found.require_move(State.WITHDRAWN)
        return turn.move(found, State.WITHDRAWN)


def _looked_at(graph: Graph, change: ChangeSet, state: State) -> tuple[ChangeSet, Report]:
    """The change as the store would keep it, less what is so already, and what it would introduce."""
    with graph.reader() as reader:
        cut = fit(reader, admissible(change)).change
    if cut.is_empty:
        raise NothingProposed("The proposal changes nothing: the graph is so already.")
    report = graph.check(cut)
    if state == State.PROPOSED and report.blocks(accept_warnings=True):
        raise Refused(report, change=cut)
    return cut, report


def _require_author(proposal: Proposal, agent: NamedNode) -> None:
    if proposal.author != agent:
        raise Forbidden(f"The proposal {proposal.id} is somebody else's; an editor accepts or rejects it.")
