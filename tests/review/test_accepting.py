"""Proposals wait outside the graph; what is accepted goes through the door once, and names both who are behind it."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import Forbidden, NotFound
from kg.model.graph import Reader
from kg.namespaces import HISTORY, iri
from kg.review import Choice, Filter, Kind, Queue, ReviewRefused, Stale, State, accept, reject, revise, save, withdraw
from kg.review import settle as look
from kg.store import Graph, Refused
from tests.review.people import HOA, LAN, MAI, apart, change, has, label, named, person, proposed, renamed

NEW = named("moi", "Lê Văn Mới")


def told(reader: Reader, node: NamedNode) -> dict[NamedNode, object]:
    return {quad.predicate: quad.object for quad in reader.quads(node, None, None, HISTORY)}


def test_what_is_proposed_is_in_the_graph_once_it_is_accepted_and_not_before(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW))
    assert not has(graph, *NEW)
    assert graph.info()["generation"] == 0
    outcome = accept(graph, queue, waiting.id, LAN, reason="Đúng")
    assert has(graph, *NEW)
    assert outcome.proposal.state == State.ACCEPTED and queue.get(waiting.id) == outcome.proposal
    assert outcome.receipt is not None and outcome.receipt.change_iri is not None
    (decision,) = outcome.proposal.decisions
    assert (decision.by, decision.reason, decision.change) == (LAN, "Đúng", outcome.receipt.change_iri)
    with graph.reader() as reader:
        entry = told(reader, outcome.receipt.change_iri)
    assert (entry[iri("prov:wasAssociatedWith")], entry[iri("bm:acceptedBy")]) == (HOA, LAN)
    assert entry[iri("bm:proposalId")] == Literal(waiting.id)
    assert entry[iri("bm:reason")] == Literal("Bổ sung")


def test_nobody_accepts_their_own_unless_it_is_allowed(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW))
    with pytest.raises(Forbidden, match="is your own"):
        accept(graph, queue, waiting.id, HOA)
    assert queue.get(waiting.id).state == State.PROPOSED
    assert accept(graph, queue, waiting.id, HOA, self_accept=True).proposal.state == State.ACCEPTED


@pytest.mark.parametrize("end", [State.ACCEPTED, State.REJECTED, State.WITHDRAWN])
def test_what_was_decided_stays_decided(graph: Graph, queue: Queue, end: State) -> None:
    waiting = proposed(graph, queue, change(NEW))
    if end == State.ACCEPTED:
        accept(graph, queue, waiting.id, LAN)
    elif end == State.REJECTED:
        reject(graph, queue, waiting.id, LAN, "Không có nguồn")
        assert queue.get(waiting.id).decisions[0].reason == "Không có nguồn"
    else:
        withdraw(graph, queue, waiting.id, HOA)
    with pytest.raises(ReviewRefused, match=f"is {end}"):
        accept(graph, queue, waiting.id, MAI)
    with pytest.raises(ReviewRefused, match=f"is {end}"):
        reject(graph, queue, waiting.id, MAI, "Sai")
    with pytest.raises(ReviewRefused, match=f"is {end}"):
        revise(graph, queue, waiting.id, HOA, title="Khác")
    with pytest.raises(ReviewRefused, match=f"is {end}"):
        withdraw(graph, queue, waiting.id, HOA)
    assert graph.info()["generation"] == (1 if end == State.ACCEPTED else 0)


def test_a_rejection_needs_a_reason(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW))
    with pytest.raises(ReviewRefused, match="needs a reason"):
        reject(graph, queue, waiting.id, LAN, "  ")
    assert queue.get(waiting.id).state == State.PROPOSED


def test_a_draft_may_break_a_shape_and_is_not_decided_on_before_it_is_submitted(graph: Graph, queue: Queue) -> None:
    half = frozenset(quad for quad in NEW if quad.predicate != iri("rdfs:label"))
    with pytest.raises(Refused):
        proposed(graph, queue, change(half))
    assert queue.listed(Filter(), 10) == (0, ())
    draft = save(graph, queue, change(half), Kind.PATCH, "Nháp", state=State.DRAFT)
    assert draft.report.blocks(accept_warnings=True)
    with pytest.raises(ReviewRefused, match="is a draft"):
        accept(graph, queue, draft.id, LAN)
    with pytest.raises(Refused):
        revise(graph, queue, draft.id, HOA, state=State.PROPOSED)
    with pytest.raises(Forbidden, match="somebody else's"):
        revise(graph, queue, draft.id, LAN, change=change(NEW))
    ready = revise(graph, queue, draft.id, HOA, change=change(NEW), state=State.PROPOSED)
    assert (ready.state, ready.added, ready.report.conforms) == (State.PROPOSED, len(NEW), True)
    assert accept(graph, queue, draft.id, LAN).proposal.state == State.ACCEPTED


def test_a_proposal_that_changes_nothing_is_refused(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    with pytest.raises(ReviewRefused, match="changes nothing"):
        proposed(graph, queue, change(NEW))


def test_what_is_not_there_is_said(graph: Graph, queue: Queue) -> None:
    for call in (lambda: queue.get("none"), lambda: accept(graph, queue, "none", LAN), lambda: look(graph, queue, "x")):
        with pytest.raises(NotFound, match="There is no proposal"):
            call()


def test_changes_that_commute_need_not_wait_for_each_other(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    first = proposed(
        graph, queue, change(frozenset({Quad(person("moi"), iri("skos:altLabel"), Literal("Mới", language="vi"))}))
    )
    second = proposed(graph, queue, renamed("Lê Văn Mới", "Lê Văn Mối"))
    assert accept(graph, queue, first.id, LAN).proposal.state == State.ACCEPTED
    assert accept(graph, queue, second.id, LAN).proposal.state == State.ACCEPTED
    assert has(graph, label("moi", "Lê Văn Mối")) and not has(graph, label("moi", "Lê Văn Mới"))


def test_what_somebody_else_did_meanwhile_is_no_conflict(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    twice = [proposed(graph, queue, renamed("Lê Văn Mới", "Lê Văn Mối")) for _ in range(2)]
    gone = proposed(
        graph,
        queue,
        change(remove=frozenset({label("moi", "Lê Văn Mới")}), add=frozenset({label("moi", "Lê Văn Mối")})),
    )
    assert accept(graph, queue, twice[0].id, LAN).receipt is not None
    for later in (twice[1], gone):
        outcome = accept(graph, queue, later.id, LAN)
        assert outcome.proposal.state == State.ACCEPTED
        assert outcome.receipt is not None and outcome.receipt.change_iri is None
    assert graph.info()["generation"] == 2


def test_one_that_no_longer_fits_is_stale_and_says_what_changed(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    waiting = proposed(graph, queue, renamed("Lê Văn Mới", "Lê Văn Mối"))
    other = renamed("Lê Văn Mới", "Lê Văn Mởi")
    graph.submit(replace(other, agent=MAI, reason="Theo công báo"))
    with pytest.raises(Stale, match="was changed since by change:2-") as raised:
        accept(graph, queue, waiting.id, LAN)
    diff = raised.value.diff()
    assert diff["base"] == 1
    assert {one["property"] for one in diff["disputes"]} == {iri("rdfs:label").value, iri("foaf:name").value}
    assert any("Mởi" in line for one in diff["disputes"] for line in one["standing"])
    (since,) = diff["changes"]
    assert (since["generation"], since["agent"], since["reason"]) == (2, MAI.value, "Theo công báo")
    assert any("Mới" in line for line in since["removed"]) and any("Mởi" in line for line in since["added"])
    assert queue.get(waiting.id).state == State.PROPOSED
    assert has(graph, label("moi", "Lê Văn Mởi"))
    revise(graph, queue, waiting.id, HOA, change=renamed("Lê Văn Mởi", "Lê Văn Mối"))
    assert accept(graph, queue, waiting.id, LAN).proposal.state == State.ACCEPTED


def test_a_second_value_of_a_property_that_has_one_is_stale(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    bare = frozenset({Quad(person("moi"), iri("bm:birthEarliest"), Literal("1970-01-01", datatype=iri("xsd:date")))})
    waiting = proposed(graph, queue, change(bare))
    other = frozenset({Quad(person("moi"), iri("bm:birthEarliest"), Literal("1971-01-01", datatype=iri("xsd:date")))})
    graph.submit(change(other))
    with pytest.raises(Stale, match="bm:birthEarliest"):
        accept(graph, queue, waiting.id, LAN)


def test_what_would_break_the_graph_now_is_refused_and_stays_proposed(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    removal = proposed(graph, queue, change(remove=NEW))
    graph.submit(change(named("hai", "Lê Văn Hai") | apart("hai", "moi")))
    with pytest.raises(Refused):
        accept(graph, queue, removal.id, LAN)
    assert queue.get(removal.id).state == State.PROPOSED and has(graph, *NEW)


def test_a_part_is_accepted_and_the_rest_stays_proposed(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW | named("hai", "Lê Văn Hai")))
    first = accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("hai")})), reason="Một người")
    assert (first.proposal.state, first.proposal.added) == (State.PROPOSED, len(NEW))
    assert first.proposal.decisions[0].facts == (person("hai"),)
    assert has(graph, *named("hai", "Lê Văn Hai")) and not has(graph, label("moi", "Lê Văn Mới"))
    second = accept(graph, queue, waiting.id, MAI)
    assert second.proposal.state == State.ACCEPTED and len(second.proposal.decisions) == 2
    assert has(graph, *NEW)


def test_what_is_left_can_be_rejected_in_the_same_step(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW | named("hai", "Lê Văn Hai")))
    choice = Choice(rejected=frozenset({person("moi")}))
    outcome = accept(graph, queue, waiting.id, LAN, choice, reason="Chỉ có Hai")
    assert outcome.proposal.state == State.ACCEPTED
    assert [(d.verdict, d.facts) for d in outcome.proposal.decisions] == [
        ("accepted", (person("hai"),)),
        ("rejected", (person("moi"),)),
    ]
    assert not has(graph, label("moi", "Lê Văn Mới"))


def test_a_part_that_names_what_is_left_out_does_not_hang_together(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW | named("hai", "Lê Văn Hai") | apart("hai", "moi")))
    with pytest.raises(ReviewRefused, match="person:hai needs person:moi"):
        accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("hai")})))
    with pytest.raises(ReviewRefused, match="person:hai needs person:moi"):
        accept(graph, queue, waiting.id, LAN, Choice(rejected=frozenset({person("moi")})))
    with pytest.raises(ReviewRefused, match="is no fact of this proposal"):
        accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("ba")})))
    with pytest.raises(ReviewRefused, match="no fact to accept"):
        accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset()))
    assert graph.info()["generation"] == 0
    both = Choice(facts=frozenset({person("hai"), person("moi")}))
    assert accept(graph, queue, waiting.id, LAN, both).proposal.state == State.ACCEPTED


def test_an_editor_corrects_a_fact_while_accepting_it(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW))
    name = iri("foaf:name")
    wrong = frozenset({label("moi", "Lê Văn Mới"), Quad(person("moi"), name, Literal("Lê Văn Mới"))})
    right = frozenset({label("moi", "Lê Văn Mối"), Quad(person("moi"), name, Literal("Lê Văn Mối"))})
    outcome = accept(graph, queue, waiting.id, LAN, Choice(correct=(right, wrong)), reason="Dấu")
    assert [d.verdict for d in outcome.proposal.decisions] == ["corrected", "accepted"]
    assert outcome.proposal.state == State.ACCEPTED
    assert has(graph, *right) and not has(graph, label("moi", "Lê Văn Mới"))
    with graph.reader() as reader:
        assert outcome.receipt is not None and outcome.receipt.change_iri is not None
        assert told(reader, outcome.receipt.change_iri)[iri("prov:wasAssociatedWith")] == HOA


def test_texts_wait_with_their_proposal_and_are_kept_on_acceptance(graph: Graph, queue: Queue) -> None:
    from kg.model.documents import Document

    document = Document("a", "Lê Văn Mới là ai?\r\n")
    waiting = proposed(graph, queue, replace(change(NEW), texts={document.digest: document.text}))
    assert waiting.texts == (document.digest,)
    with pytest.raises(NotFound):
        graph.source_text(document.digest)
    assert queue.holding(document.digest) == waiting
    accept(graph, queue, waiting.id, LAN)
    assert graph.source_text(document.digest) == document.text


def test_what_of_a_stale_proposal_still_fits_is_accepted_and_the_rest_stays_stale(graph: Graph, queue: Queue) -> None:
    graph.submit(change(NEW))
    asked = renamed("Lê Văn Mới", "Lê Văn Mối")
    waiting = proposed(graph, queue, replace(asked, add=asked.add | named("hai", "Trần Thị Hai")))
    graph.submit(replace(renamed("Lê Văn Mới", "Lê Văn Mởi"), agent=MAI))
    with pytest.raises(Stale):
        accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("moi")})))
    part = accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("hai")})))
    assert part.proposal.state == State.PROPOSED and has(graph, *named("hai", "Trần Thị Hai"))
    assert part.proposal.removed == len(asked.remove)
    with pytest.raises(Stale):
        accept(graph, queue, waiting.id, LAN)
    down = accept(graph, queue, waiting.id, LAN, Choice(rejected=frozenset({person("moi")})), reason="Đã sửa rồi")
    assert down.proposal.state == State.ACCEPTED and has(graph, label("moi", "Lê Văn Mởi"))


def test_a_fact_that_is_there_by_now_is_accepted_and_rejected_without_a_change(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW | named("hai", "Trần Thị Hai")))
    graph.submit(change(NEW))
    outcome = accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset({person("moi")})))
    assert outcome.receipt is not None and outcome.receipt.change_iri is None
    assert [decision.facts for decision in outcome.proposal.decisions] == [(person("moi"),)]
    down = accept(graph, queue, waiting.id, LAN, Choice(facts=frozenset(), rejected=frozenset({person("hai")})))
    assert [decision.verdict for decision in down.proposal.decisions] == ["accepted", "rejected"]
    assert down.proposal.state == State.ACCEPTED


def test_one_whose_facts_are_all_rejected_is_rejected(graph: Graph, queue: Queue) -> None:
    waiting = proposed(graph, queue, change(NEW | named("hai", "Trần Thị Hai")))
    for slug, state in (("moi", State.PROPOSED), ("hai", State.REJECTED)):
        choice = Choice(facts=frozenset(), rejected=frozenset({person(slug)}))
        assert accept(graph, queue, waiting.id, LAN, choice, reason="Sai").proposal.state == state
    assert graph.info()["generation"] == 0
