"""Documents that wait: their facts, how doubtful they are, and what becomes of those that name one person."""

import pytest

from kg.namespaces import iri
from kg.review import Choice, Filter, Queue, ReviewRefused, State, accept, accept_batch, facts_of, foresee_batch
from kg.store import Graph
from tests.review.people import AGAIN, LAN, MIXED, NAMESAKE, READER, SURE, change, has, named, proposed, read_in

PEOPLE = "SELECT ?person WHERE { ?person a bm:Person ; foaf:name 'Lò Văn Mẫu' }"


def people(graph: Graph) -> int:
    with graph.reader() as reader:
        return len(reader.select(PEOPLE))


def test_each_fact_has_all_that_stands_or_falls_with_it(graph: Graph, queue: Queue) -> None:
    waiting = read_in(graph, queue, SURE, "Hội nghị")
    asked = queue.change(waiting)
    with graph.reader() as reader:
        facts = facts_of(reader, asked)
    assert frozenset().union(*(fact.add for fact in facts)) == asked.add
    by_kind = {kind.value.rpartition("#")[2]: fact for fact in facts for kind in fact.kinds}
    assert {"Person", "Tenure", "Post", "Meeting"} <= by_kind.keys()
    assert not {"Evidence", "Claim", "Source"} & by_kind.keys()
    tenure = by_kind["Tenure"]
    assert by_kind["Person"].node in tenure.needs and by_kind["Post"].node in tenure.needs
    assert tenure.quoted and all(SURE[one.start : one.end] == one.quote for one in tenure.quoted)
    predicates = {quad.predicate for quad in tenure.add}
    assert {iri("bm:supports"), iri("bm:quote"), iri("bm:textDigest")} <= predicates
    supported = {quad.object for quad in tenure.add if quad.predicate == iri("bm:supports")}
    assert by_kind["Person"].node not in supported


def test_each_fact_can_be_accepted_by_itself_with_what_it_needs(graph: Graph, queue: Queue) -> None:
    waiting = read_in(graph, queue, SURE, "Hội nghị")
    asked = queue.change(waiting)
    done: set[str] = set()
    for _ in range(waiting.added):
        current = queue.get(waiting.id)
        if current.state != State.PROPOSED:
            break
        with graph.reader() as reader:
            ready = [fact for fact in facts_of(reader, queue.change(current)) if not fact.needs]
        assert ready, "some fact needs no other"
        accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({ready[0].node})), accept_warnings=True)
        done.add(ready[0].node.value)
    assert queue.get(waiting.id).state == State.ACCEPTED
    assert len(done) > 3
    assert has(graph, *asked.add)


def test_two_reports_of_one_new_person_bring_one_person(graph: Graph, queue: Queue) -> None:
    first, second = read_in(graph, queue, SURE, "Hội nghị"), read_in(graph, queue, AGAIN, "Kiểm tra")
    assert people(graph) == 0
    accept(graph, queue, first.id, LAN, accept_warnings=True)
    with pytest.raises(ReviewRefused, match="was read again"):
        accept(graph, queue, second.id, LAN, accept_warnings=True)
    anew = queue.get(second.id)
    assert (anew.state, anew.base, anew.author) == (State.PROPOSED, 1, READER)
    assert anew.digest != second.digest
    assert accept(graph, queue, second.id, LAN, accept_warnings=True).proposal.state == State.ACCEPTED
    assert people(graph) == 1
    assert graph.source_text(second.texts[0]) == AGAIN


def test_a_report_that_says_the_same_after_others_is_accepted_at_once(graph: Graph, queue: Queue) -> None:
    waiting = read_in(graph, queue, SURE, "Hội nghị")
    graph.submit(change(named("moi", "Lê Văn Mới")))
    assert accept(graph, queue, waiting.id, LAN, accept_warnings=True).proposal.state == State.ACCEPTED


def test_a_report_that_somebody_else_took_in_meanwhile_brings_nothing(graph: Graph, queue: Queue) -> None:
    waiting = read_in(graph, queue, SURE, "Hội nghị")
    graph.submit(queue.change(waiting), accept_warnings=True)
    outcome = accept(graph, queue, waiting.id, LAN)
    assert outcome.proposal.state == State.ACCEPTED
    assert outcome.receipt is not None and outcome.receipt.change_iri is None


def test_what_is_sure_of_one_source_is_accepted_in_one_go(graph: Graph, queue: Queue) -> None:
    first = read_in(graph, queue, SURE, "Hội nghị")
    assert first.source is not None
    (whole,) = accept_batch(graph, queue, LAN, first.source, "high", accept_warnings=True)
    assert whole.proposal.state == State.ACCEPTED
    mixed, other = read_in(graph, queue, MIXED, "Chi bộ"), read_in(graph, queue, AGAIN, "Kiểm tra")
    with graph.reader() as reader:
        before = {fact.node: fact.confidence for fact in facts_of(reader, queue.change(mixed))}
    assert {"high", "low"} <= set(before.values())
    assert mixed.source is not None
    (outcome,) = accept_batch(graph, queue, LAN, mixed.source, "high", accept_warnings=True)
    assert outcome.receipt is not None and outcome.receipt.change_iri is not None
    assert outcome.proposal.state == State.PROPOSED
    (decision,) = outcome.proposal.decisions
    assert {before[node] for node in decision.facts} == {"high", None}
    assert any("/tenure/" in node.value for node in decision.facts)
    with graph.reader() as reader:
        left = facts_of(reader, queue.change(outcome.proposal))
    assert "low" in {fact.confidence for fact in left}
    assert {fact.node for fact in left}.isdisjoint(decision.facts)
    assert queue.get(other.id) == other
    (again,) = accept_batch(graph, queue, LAN, mixed.source, "high", accept_warnings=True)
    assert again.receipt is None and "no fact of confidence high" in again.why
    (own,) = accept_batch(graph, queue, READER, mixed.source, "high")
    assert own.receipt is None and "is your own" in own.why


def test_the_doubtful_comes_first_and_says_why(graph: Graph, queue: Queue) -> None:
    accept(graph, queue, read_in(graph, queue, SURE, "Hội nghị").id, LAN, accept_warnings=True)
    plain = proposed(graph, queue, change(named("moi", "Lê Văn Mới")))
    doubtful = read_in(graph, queue, NAMESAKE, "Chi bộ")
    total, (first, second) = queue.listed(Filter(State.PROPOSED), 10)
    assert (total, first.id, second.id) == (2, doubtful.id, plain.id)
    grounds = {reason.ground: reason for reason in first.doubt.reasons}
    assert grounds["undecided_homonym"].points == 5 * grounds["undecided_homonym"].count
    assert first.doubt.score == sum(reason.points for reason in first.doubt.reasons) > second.doubt.score
    assert [reason.ground for reason in second.doubt.reasons] == ["size"]
    assert queue.listed(Filter(author=READER, state=State.PROPOSED), 10)[1] == (first,)
    assert queue.listed(Filter(source=first.source), 10)[1] == (first,)
    assert queue.listed(Filter(), 1, 2)[0] == 3


def test_a_batch_is_foreseen_with_why_nothing_would_be_accepted(graph: Graph, queue: Queue) -> None:
    accept(graph, queue, read_in(graph, queue, SURE, "Hội nghị").id, LAN, accept_warnings=True)
    waiting = read_in(graph, queue, MIXED, "Chi bộ")
    assert waiting.source is not None
    (seen,) = foresee_batch(graph, queue, LAN, waiting.source, "high")
    assert 0 < seen.sure < seen.total and seen.why == ""
    assert queue.get(waiting.id) == waiting
    (own,) = foresee_batch(graph, queue, READER, waiting.source, "high")
    assert (own.sure, own.why) == (0, "own")
    (outcome,) = accept_batch(graph, queue, LAN, waiting.source, "high", accept_warnings=True)
    assert len(outcome.proposal.decisions[-1].facts) == seen.sure
    (unsure,) = foresee_batch(graph, queue, LAN, waiting.source, "high")
    assert (unsure.sure, unsure.why) == (0, "unsure")
