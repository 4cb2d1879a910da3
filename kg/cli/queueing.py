"""Documents put into the queue of review, each by itself in sight of the graph, none of them twice."""

from collections.abc import Iterable

from kg.cli.ingesting import Summary
from kg.cli.progress import Report as Progress
from kg.cli.proposing import Proposer
from kg.model.documents import Document
from kg.review import Kind, NothingProposed, Queue, save
from kg.store import Graph, Refused
from kg.validate import Report


def queue_up(
    graph: Graph,
    queue: Queue,
    documents: Iterable[Document],
    proposer: Proposer,
    summary: Summary,
    report: Progress,
    total: int,
) -> None:
    """Queues a proposal for each document that the queue does not hold yet, in whatever state."""
    report("queueing", summary.documents, total)
    for document in documents:
        if queue.holding(document.digest) is not None:
            summary.documents += 1
            summary.waiting += 1
        else:
            _queue(graph, queue, document, proposer, summary)
        report("queueing", summary.documents, total)


def _queue(graph: Graph, queue: Queue, document: Document, proposer: Proposer, summary: Summary) -> None:
    proposer.give(document)
    with graph.reader() as reader:
        change = proposer.take(document).change(reader)
    if change.is_empty:
        summary.took(document.id, change, Report())
        return
    try:
        title = document.title or document.id
        made = save(graph, queue, change, Kind.DOCUMENT, title, document=document)
    except NothingProposed:
        summary.documents += 1
        summary.known += 1
    except Refused as refused:
        summary.was_refused(document.id, refused.report)
    else:
        summary.took(document.id, change, made.report)
