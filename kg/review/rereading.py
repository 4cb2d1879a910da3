"""A document that was read before others were accepted, read again in sight of these.

Two reports that wait name one new person each by a node of its own; once the first is accepted, the second is to link
to that node and not to bring another.
"""

import datetime as dt
from dataclasses import replace

from kg.extract import extract
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.propose import propose
from kg.review.doubt import doubt_of
from kg.review.fitting import fit
from kg.review.proposal import Proposal, State
from kg.review.queue import Queue
from kg.store import Graph, admissible


def reread(graph: Graph, queue: Queue, proposal: Proposal) -> tuple[Proposal, bool]:
    """The proposal as the reader would make it now, and whether it says anything that it did not say before.

    One that was not read from a document, was changed by a person or was accepted in part comes back as it is, and so
    does one in whose sight nothing was changed since. What the reader makes now takes the place of what it made.
    """
    generation = int(graph.info()["generation"])
    if proposal.document is None or proposal.base >= generation or len(proposal.texts) != 1:
        return proposal, False
    before = queue.change(proposal)
    (text,) = before.texts.values()
    document = Document(text=text, **proposal.document)
    said = extract(document)
    with graph.reader() as reader:
        now = fit(reader, admissible(propose(reader, document, said, proposal.author))).change
    if now.is_empty:  # the source is known by now: what was proposed is judged as it stands
        return proposal, False
    report = graph.check(now)
    with queue.turn() as turn:
        found = turn.get(proposal.id)
        if found.digest != proposal.digest or found.state != State.PROPOSED:
            return found, True
        new = replace(
            found, base=generation, report=report, doubt=doubt_of(now, report), updated=dt.datetime.now(dt.UTC)
        )
        stored = turn.put(new, _with_texts(now, before))
    return stored, not (now.add <= before.add and now.remove <= before.remove)


def _with_texts(now: ChangeSet, before: ChangeSet) -> ChangeSet:
    """The text is kept as it was received first."""
    return replace(now, texts=before.texts)
