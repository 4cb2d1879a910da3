"""What the journal says of proposals: an acceptance that a crash left unmarked is marked now."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model.changes import ChangeSet
from kg.model.graph import Reader
from kg.model.sparql_bind import restrict
from kg.namespaces import HISTORY, iri
from kg.review.doubt import doubt_of
from kg.review.fitting import fit
from kg.review.proposal import Decision, Proposal, State
from kg.review.queue import Filter, Queue, Turn
from kg.store import Graph

_ACCEPTING: Final = "SELECT ?id ?change WHERE { GRAPH ?history { ?change bm:proposalId ?id } }"


def settle(graph: Graph, queue: Queue, id_: str) -> Proposal:
    """The proposal as it stands, after a look into the journal. Raises NotFound."""
    proposal = queue.get(id_)
    with graph.reader() as reader:
        if not _is_behind(reader, proposal):
            return proposal
        with queue.turn() as turn:
            return settled(reader, turn, turn.get(id_))


def settled_page(
    graph: Graph, queue: Queue, wanted: Filter, limit: int, offset: int = 0
) -> tuple[int, tuple[Proposal, ...]]:
    """As `Queue.listed`, after a look into the journal for those that are shown."""
    total, shown = queue.listed(wanted, limit, offset)
    with graph.reader() as reader:
        behind = _behind(reader, [proposal for proposal in shown if proposal.state == State.PROPOSED])
    if not behind:
        return total, shown
    for id_ in behind:
        settle(graph, queue, id_)
    return queue.listed(wanted, limit, offset)


def settled(reader: Reader, turn: Turn, proposal: Proposal) -> Proposal:
    """Marks what the journal has of the proposal beyond what is marked; what is left of it stays proposed."""
    told = list(_told(reader, proposal))
    if proposal.state != State.PROPOSED or not told:
        return proposal
    for decision in told:
        proposal = turn.decide(proposal, decision)
    change = turn.change(proposal)
    assert change is not None  # in one transaction with the proposal
    return close(turn, proposal, fit(reader, change).change)


def close(turn: Turn, proposal: Proposal, rest: ChangeSet) -> Proposal:
    """Marks a proposal of which something was decided; with a rest it stays proposed, else it is done."""
    if rest.is_empty:
        is_accepted = any(decision.verdict == "accepted" for decision in proposal.decisions)
        return turn.move(proposal, State.ACCEPTED if is_accepted else State.REJECTED)
    doubt = doubt_of(rest, proposal.report)
    return turn.put(replace(proposal, document=None, doubt=doubt, updated=dt.datetime.now(dt.UTC)), rest)


def _behind(reader: Reader, proposals: list[Proposal]) -> list[str]:
    """Which of these the journal knows more of, by one question."""
    if not proposals:
        return []
    rows = reader.select(restrict(_ACCEPTING, "id", (Literal(one.id) for one in proposals)), {"history": HISTORY})
    known = {one.id: {decision.change for decision in one.decisions} for one in proposals}
    return sorted({row["id"].value for row in rows if row["change"] not in known[row["id"].value]})


def _is_behind(reader: Reader, proposal: Proposal) -> bool:
    return proposal.state == State.PROPOSED and any(True for _ in _told(reader, proposal))


def _told(reader: Reader, proposal: Proposal) -> Iterator[Decision]:
    """The changes of the journal that accept the proposal and that it does not know of."""
    known = {decision.change for decision in proposal.decisions}
    for quad in reader.quads(None, iri("bm:proposalId"), Literal(proposal.id), HISTORY):
        change = quad.subject
        if isinstance(change, NamedNode) and change not in known:
            by, at = (
                next(reader.quads(change, iri(p), None, HISTORY)).object for p in ("bm:acceptedBy", "prov:endedAtTime")
            )
            assert isinstance(by, NamedNode) and isinstance(at, Literal)  # as the journal writes them
            when = dt.datetime.fromisoformat(at.value)
            yield Decision("accepted", by, when, "", change)
