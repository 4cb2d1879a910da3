"""Where the text of a proposal speaks of its facts: the sentences that say them, and the words that name them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.extract import extract
from kg.model import fold
from kg.model.documents import Document
from kg.model.spans import Span
from kg.namespaces import iri
from kg.propose import post_label
from kg.review.facts import Fact

LONGEST_READ: Final = 20_000
"""Code points of a text in which names are looked for; of a longer one the sentences are marked alone."""

_KINDS: Final = {
    iri(f"bm:{name}"): name
    for name in ("Person", "Organ", "Meeting", "Site", "Directive", "Task", "Tenure", "Participation")
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that are about some facts; `names` where they name them, else they are evidence."""

    span: Span
    nodes: frozenset[NamedNode]
    names: bool


def marks_of(facts: Iterable[Fact], source: NamedNode, document: Document) -> tuple[Mark, ...]:
    """The marks of a text in its order, of two that begin together the longer first.

    Evidence whose quote does not stand in the text where it says has no mark.
    """
    found: dict[tuple[Span, bool], set[NamedNode]] = defaultdict(set)
    known = tuple(facts)
    for fact in known:
        for span in _sentences(fact, source, document.text):
            found[span, False].add(fact.node)
    if len(document.text) <= LONGEST_READ:
        named = _Names(known, source)
        for kind, names, span in _said(document):
            if node := named.find(kind, names, span):
                found[span, True].add(node)
    ordered = sorted(found.items(), key=lambda item: (item[0][0].start, -item[0][0].end, item[0][1]))
    return tuple(Mark(span, frozenset(nodes), names) for (span, names), nodes in ordered)


def stands(text: str, start: int, end: int, quote: str) -> bool:
    """Whether the quote is what the text has there."""
    return 0 <= start < end and text[start:end] == quote


def _sentences(fact: Fact, source: NamedNode, text: str) -> Iterator[Span]:
    for said in fact.quoted:
        if said.source == source and stands(text, said.start, said.end, said.quote):
            yield Span(said.start, said.end)


_Said = tuple[str, tuple[str, ...], Span]
"""The kind of thing that words name, what it may be called, and where they stand."""


def _said(document: Document) -> Iterator[_Said]:
    """What the reader takes for the name of something."""
    read = extract(document)
    for person in read.persons:
        for span in person.spans:
            yield "Person", (person.name, *person.aliases), span
        for held in person.positions:
            label = f"{person.name} – {post_label(held.title, held.organ or '')}"
            for span in held.spans:
                yield "Tenure", (label,), span
    for organ in read.organs:
        for span in organ.spans:
            yield "Organ", (organ.name,), span
    for meeting in read.meetings:
        for span in meeting.spans:
            yield "Meeting", (meeting.name,), span
        for name, span in meeting.sites:
            yield "Site", (name,), span
        for one in meeting.participants:
            for span in one.spans:
                yield "Participation", (f"{one.name} – {meeting.name}",), span
        for some in meeting.collective:
            yield "Participation", (f"{some.text} – {meeting.name}",), some.span
    for paper in read.directives:
        for cited in paper.citations:
            yield "Directive", (f"{paper.type or ''} {paper.ref}",), cited.span
    for task in read.tasks:
        for span in task.spans:
            yield "Task", (task.text,), span


class _Names:
    """Facts by kind and by what they are called."""

    def __init__(self, facts: Iterable[Fact], source: NamedNode) -> None:
        self._source = source
        self._known: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            for kind in fact.kinds:
                if kind in _KINDS:
                    self._known[_KINDS[kind], fold.key(fact.label)].append(fact)

    def find(self, kind: str, names: Iterable[str], span: Span) -> NamedNode | None:
        """The fact that is called so: of several the one that a sentence around the words supports."""
        for name in names:
            facts = self._known.get((kind, fold.key(name)), [])
            around = [fact for fact in facts if any(self._covers(fact, span))]
            if around or len(facts) == 1:
                return (around or facts)[0].node
        return None

    def _covers(self, fact: Fact, span: Span) -> Iterator[bool]:
        return (
            said.source == self._source and said.start <= span.start and span.end <= said.end for said in fact.quoted
        )
