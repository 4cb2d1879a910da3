"""One proposal for its page: what its texts say on one side, what it would change on the other."""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg import review
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.namespaces import curie, iri
from kg.review import Decision, Fact, Fit, Gathered, Proposal, Since, State
from kg.store.tokens import Token
from kg.validate import Report
from server import asking, urls
from server.contexts import Link
from server.negotiate import language
from server.neighbourhood import TYPE, Neighbourhood
from server.review.deciding import Draft
from server.review.pieces import Cut, cut
from server.review.statements import Telling, needing, placed
from server.review.views import Decided, Refusal, ReviewPage, Text
from server.reviewing import queue
from server.sentences import spoken_time
from server.service import service
from server.wording import say

MOST_FACTS: Final = 200
"""Facts of one proposal on a page."""

_LAST: Final = 1 << 60
_DIGEST: Final = iri("bm:textDigest")


@dataclass(frozen=True, slots=True)
class Faced:
    """A proposal with its facts in sight of the graph as it is now: the least sure first, then as the text has them."""

    proposal: Proposal
    change: ChangeSet
    facts: tuple[Fact, ...]
    known: Gathered
    fits: Fit
    since: tuple[Since, ...]


def faced(proposal: Proposal) -> Faced:
    """What there is to decide on. The graph is asked a fixed number of questions, however many facts there are."""
    change = queue().change(proposal)
    with service().graph.reader() as reader:
        known = Gathered(reader, change)
        fits = review.fit(known, change)
        is_open = proposal.state in (State.PROPOSED, State.DRAFT)
        disputes = fits.disputes if is_open else ()
        since = review.changes_since(reader, queue().data, proposal.base, disputes) if disputes else ()
        facts = sorted(review.facts_of(known, change), key=_place)
    return Faced(proposal, change, tuple(facts), known, Fit(fits.change, disputes), since)


def shown(
    it: Faced,
    token: Token,
    draft: Draft,
    *,
    offset: int = 0,
    refusal: Refusal | None = None,
    report: Report | None = None,
    problems: dict[str, str] | None = None,
) -> ReviewPage:
    """The page; `report` is what the shapes said when it was last tried, `problems` sentences about single facts."""
    proposal, spoken = it.proposal, language()
    around = Neighbourhood([*(quad.triple for quad in it.change.add), *it.known.triples()], asking.tongue())
    numbers = {fact.node: at for at, fact in enumerate(it.facts, 1)}
    texts, cuts, places = _texts(it, around)
    findings = placed(report or proposal.report, it.facts)
    telling = Telling(
        around,
        numbers,
        {fact.node: fact for fact in it.facts},
        frozenset(node for node in numbers if next(it.known.quads(node, TYPE), None)),
        cuts,
        places,
        findings,
        needing(it.facts, numbers),
        it.fits.disputes,
        draft,
        problems or {},
    )
    views = tuple(telling.fact(fact) for fact in it.facts[offset : offset + MOST_FACTS])
    here = {view.node for view in views}
    may_decide, why_not = _may(proposal, token)
    return ReviewPage(
        proposal,
        curie(proposal.author).removeprefix("agent:"),
        spoken_time(proposal.created.isoformat(), spoken),
        telling.link(proposal.source) if proposal.source else None,
        doubts(proposal, spoken),
        tuple(_decided(one, spoken) for one in proposal.decisions),
        texts,
        views,
        len(it.facts),
        offset,
        offset + len(views),
        MOST_FACTS,
        tuple(finding.to_json() for finding in findings.get(None, ())),
        _warnings(report or proposal.report),
        tuple(_since(one) for one in it.since),
        draft,
        may_decide,
        why_not,
        refusal,
        {number: telling.label(node) for node, number in numbers.items()},
        {node: verdict for node, verdict in draft.verdicts.items() if node not in here},
    )


def doubts(proposal: Proposal, spoken: str) -> tuple[str, ...]:
    """Why a proposal is doubtful, the heaviest reason first; its size is no reason in words."""
    reasons = (reason for reason in proposal.doubt.reasons if reason.ground != "size")
    return tuple(say(spoken, f"review.doubt.{reason.ground}", number=reason.count) for reason in reasons)


def _place(fact: Fact) -> tuple[int, int, str]:
    sure = (*review.LEVELS, None).index(fact.confidence)
    return sure, min((said.start for said in fact.quoted), default=_LAST), fact.node.value


def _texts(
    it: Faced, around: Neighbourhood
) -> tuple[tuple[Text, ...], dict[NamedNode, Cut], dict[tuple[NamedNode, int, int], str]]:
    """The texts that came with it, by their sources, and where in them each quote begins."""
    sources = {said.source for fact in it.facts for said in fact.quoted}
    if it.proposal.source:
        sources.add(it.proposal.source)
    texts, cuts, first = [], {}, 1
    places: dict[tuple[NamedNode, int, int], str] = {}
    for at, source in enumerate(sorted(sources, key=str)):
        text = _text_of(it, around, source)
        if text is None:
            continue
        document = Document("", text, **{k: v for k, v in (it.proposal.document or {}).items() if k != "id"})
        marks = review.marks_of(it.facts, source, document)
        made = cuts[source] = cut(text, marks, it.facts, first, f"t{at}-")
        first += len(marks)
        for number, mark in enumerate(marks, first - len(marks)):
            if number in made.begins and not mark.names:
                places[source, mark.span.start, mark.span.end] = made.begins[number]
        texts.append(Text(around.label(source), made.pieces, made.left_out))
    return tuple(texts), cuts, places


def _text_of(it: Faced, around: Neighbourhood, source: NamedNode) -> str | None:
    digests = [value.value for value in around.facts(source).get(_DIGEST, ()) if isinstance(value, Literal)]
    return next((it.change.texts[digest] for digest in digests if digest in it.change.texts), None)


def _may(proposal: Proposal, token: Token) -> tuple[bool, str]:
    """Whether this token may decide on it, and the sentence that tells why not."""
    if proposal.state != State.PROPOSED:
        return False, f"review.why_not.{proposal.state}"
    if not token.may("editor"):
        return False, "review.why_not.role"
    if proposal.author == token.agent and not service().self_accept:
        return False, "review.why_not.own"
    return True, ""


def _decided(one: Decision, spoken: str) -> Decided:
    by, at = curie(one.by).removeprefix("agent:"), spoken_time(one.at.isoformat(), spoken)
    change = urls.change(one.change.value.rpartition("/")[2]) if one.change else None
    return Decided(one.verdict, by, at, one.reason, 0 if one.verdict == "corrected" else len(one.facts), change)


def _since(one: Since) -> Link:
    who = curie(one.agent).removeprefix("agent:")
    return Link(one.reason or str(one.generation), urls.change(one.change.value.rpartition("/")[2]), who)


def _warnings(report: Report) -> int:
    return sum(finding.severity == "Warning" for finding in report.findings)
