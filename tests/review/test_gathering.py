"""A page of review asks the graph a fixed number of questions, and finds in the text what each fact is about."""

from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import Quad

from kg.model.documents import Document
from kg.model.graph import Reader, Row
from kg.namespaces import iri
from kg.review import Choice, Gathered, Mark, Queue, accept, facts_of, fit, marks_of
from kg.review.mentions import LONGEST_READ
from kg.store import Graph
from tests.review.people import LAN, MIXED, SURE, apart, change, named, proposed, read_in, renamed


class Counting:
    """A reader that counts what it is asked."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.asked = reader, 0

    def quads(self, *args: Any) -> Iterator[Quad]:
        self.asked += 1
        return self.reader.quads(*args)

    def select(self, *args: Any) -> list[Row]:
        self.asked += 1
        return self.reader.select(*args)

    def ask(self, *args: Any) -> bool:
        self.asked += 1
        return self.reader.ask(*args)


def test_what_was_gathered_says_what_the_graph_says_in_three_questions(graph: Graph, queue: Queue) -> None:
    accept(graph, queue, read_in(graph, queue, SURE, "Hội nghị").id, LAN, accept_warnings=True)
    graph.submit(change(named("moi", "Lê Văn Mới")))
    small = proposed(graph, queue, renamed("Lê Văn Mới", "Lê Văn Mối"))
    for waiting in (read_in(graph, queue, MIXED, "Chi bộ"), small):
        asked = queue.change(waiting)
        with graph.reader() as reader:
            counting = Counting(reader)
            known = Gathered(counting, asked)
            assert facts_of(known, asked) == facts_of(reader, asked)
            assert fit(known, asked) == fit(reader, asked)
            assert counting.asked <= 3
            told = {quad.subject for quad in asked.add | asked.remove}
            for node in told:
                assert set(known.quads(node)) == set(reader.quads(node))
            place = iri("place:tinh-bac-kan")
            assert set(known.quads(place, iri("rdf:type"))) == set(reader.quads(place, iri("rdf:type")))


def read(graph: Graph, queue: Queue, text: str) -> tuple[str, tuple[Mark, ...], dict[str, str]]:
    waiting = read_in(graph, queue, text, "Hội nghị")
    asked = queue.change(waiting)
    (kept,) = asked.texts.values()
    assert waiting.source is not None and waiting.document is not None
    with graph.reader() as reader:
        facts = facts_of(reader, asked)
    labels = {fact.node.value: fact.label for fact in facts}
    return kept, marks_of(facts, waiting.source, Document(text=kept, **waiting.document)), labels


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_sentences_and_the_names_in_them_are_marked_in_the_text_as_it_came(
    graph: Graph, queue: Queue, ends: str
) -> None:
    text, marks, labels = read(graph, queue, f"Tin 📰 Bắc Kạn{ends}{ends}{SURE}{ends}")
    assert ends in text
    said = {(mark.span.of(text), mark.names): {labels[node.value] for node in mark.nodes} for mark in marks}
    assert "Lò Văn Mẫu" in said[SURE, False]
    assert "Lò Văn Mẫu" in said["Lò Văn Mẫu", True]
    assert "Lò Văn Mẫu – Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn" in said["Chủ tịch UBND tỉnh Bắc Kạn", True]
    assert said["UBND tỉnh Bắc Kạn", True] == {"Ủy ban nhân dân tỉnh Bắc Kạn"}
    assert list(marks) == sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.names))


def test_in_a_long_text_the_sentences_are_marked_alone(graph: Graph, queue: Queue) -> None:
    _, marks, _ = read(graph, queue, f"{SURE}\n{'Không có gì. ' * (LONGEST_READ // 13)}")
    assert marks and not any(mark.names for mark in marks)


def test_evidence_that_does_not_stand_where_it_says_has_no_mark(graph: Graph, queue: Queue) -> None:
    waiting = read_in(graph, queue, SURE, "Hội nghị")
    asked = queue.change(waiting)
    assert waiting.source is not None
    with graph.reader() as reader:
        facts = facts_of(reader, asked)
    other = Document("", f"Một câu khác. {SURE}")
    assert [mark for mark in marks_of(facts, waiting.source, other) if not mark.names] == []
    assert marks_of(facts, iri("source:khac"), Document("", "Không có tên nào.")) == ()


def test_facts_are_rejected_while_all_others_wait(graph: Graph, queue: Queue) -> None:
    waiting = proposed(
        graph, queue, change(named("moi", "Lê Văn Mới") | named("hai", "Lê Văn Hai") | apart("hai", "moi"))
    )
    choice = Choice(facts=frozenset(), rejected=frozenset({iri("person:hai")}))
    outcome = accept(graph, queue, waiting.id, LAN, choice, reason="Không rõ")
    assert (outcome.proposal.state, outcome.receipt and outcome.receipt.change_iri) == ("proposed", None)
    assert [(d.verdict, d.facts) for d in outcome.proposal.decisions] == [("rejected", (iri("person:hai"),))]
    with graph.reader() as reader:
        assert {fact.node for fact in facts_of(reader, queue.change(outcome.proposal))} == {iri("person:moi")}
