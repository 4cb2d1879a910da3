"""The queue as a page, and one proposal: who sees what, what is marked, and how few questions the graph is asked."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Literal, Quad

from kg.model.documents import Document
from kg.model.graph import Reader
from kg.namespaces import iri
from kg.resources import tree
from kg.review import Filter as Wanted
from kg.review import Kind, State, accept, save, settled_page
from kg.store import Graph
from tests.review.people import LAN, change, named
from tests.server.review.conftest import Desk, checked, numbers

REPORT = "Ngày 10/3/2023, đồng chí Lò Văn Trang - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị."
SAMPLE = "02-cho-don-quan-triet-ket-luan.txt"
EVIL = '<script>alert("x")</script><b>&amp;'


def text_of(page: str) -> str:
    """The source text of a page as a reader sees it."""
    shown = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)
    assert shown is not None
    return html.unescape(re.sub(r"<[^>]+>", "", shown[1]))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_text_is_whole_and_its_marks_lead_to_facts_and_back(desk: Desk, language: str) -> None:
    text = f"Tin 📰 < & > \r\n\r\n{REPORT}\n\n  Hết."
    page = desk.browser("lan", language).get(f"/review/{desk.read(text, 'Hội nghị').id}")
    assert page.status_code == 200 and f'<html lang="{language}">' in page.text
    assert text_of(page.text) == text
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    leads = re.findall(r'href="#((?:fact|t0)-\d+)"', page.text)
    assert len(leads) > 8 and set(leads) <= set(ids)
    marks = set(re.findall(r"\d+", " ".join(re.findall(r'data-m="([\d ]+)"', page.text))))
    tied = set(re.findall(r"\d+", " ".join(re.findall(r'data-(?:saying|naming)="([\d ]+)"', page.text))))
    assert marks == tied and len(marks) > 4
    assert re.search(r'<a id="t0-\d+" class="m n" data-m="[\d ]+" href="#fact-\d+">Lò Văn Trang</a>', page.text)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert ("đã có" if language == "vi" else "known") in page.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_whole(desk: Desk, language: str) -> None:
    made = desk.propose(named(f"trang-{language}", "Lò Văn Trang Trang"))
    for path in ("/review", f"/review/{made.id}", "/review/batch?source=https://example.org/bao"):
        text = desk.browser("lan", language).get(path).text
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert text.count("<h1") == 1 and len(ids) == len(set(ids))
        assert all(f'id="{name}"' in text for name in re.findall(r'<label[^>]* for="([^"]+)"', text))
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=", text)


def test_markup_in_words_stays_words(desk: Desk) -> None:
    document = Document("", EVIL)
    node, source, evidence = iri("person:evil"), iri("source:evil"), iri("evidence:evil")
    facts = named("evil", EVIL) | {
        Quad(source, iri("bm:textDigest"), Literal(document.digest)),
        Quad(source, iri("rdfs:label"), Literal(EVIL, language="vi")),
        Quad(evidence, iri("bm:supports"), node),
        Quad(evidence, iri("bm:source"), source),
        Quad(evidence, iri("bm:start"), Literal(0)),
        Quad(evidence, iri("bm:end"), Literal(8)),
        Quad(evidence, iri("bm:quote"), Literal("<script>")),
        Quad(evidence, iri("bm:confidence"), iri("confidence:high")),
    }
    asked = replace(change(frozenset(facts)), source=source, texts={document.digest: EVIL})
    made = save(desk.graph, desk.queue, asked, Kind.PATCH, EVIL, state=State.DRAFT)
    for address in (f"/review/{made.id}", "/review?state=draft"):
        page = desk.browser("lan").get(address).text
        assert EVIL not in page and "<script>alert" not in page and html.escape(EVIL, quote=False)[:20] in page
    page = desk.browser("lan").get(f"/review/{made.id}").text
    assert text_of(page) == EVIL
    assert re.search(r'data-m="1" href="#fact-1">&lt;script&gt;</a>', page)


@pytest.mark.parametrize("id_", ["none", "%3Cscript%3E", "..%2F..%2Fetc", "a" * 500, "%00", "' OR 1=1 --"])
def test_what_is_no_proposal_is_404(desk: Desk, id_: str) -> None:
    page = desk.browser("lan").get(f"/review/{id_}")
    assert page.status_code == 404 and "<script>" not in page.text


def test_a_sentence_that_does_not_stand_where_it_is_said_to_is_told(desk: Desk) -> None:
    made = desk.read("Ngày 11/3/2023, đồng chí Lò Văn Lạc - Chủ tịch UBND tỉnh Bắc Kạn phát biểu.", "Lạc")
    asked = desk.queue.change(made)
    start = iri("bm:start")
    moved = frozenset(Quad(q.subject, start, Literal(1)) if q.predicate == start else q for q in asked.add)
    wrong = save(desk.graph, desk.queue, replace(asked, add=moved), Kind.PATCH, "Lạc", state=State.DRAFT)
    page = desk.browser("lan").get(f"/review/{wrong.id}").text
    assert "does not stand in the text" in page


def test_what_is_doubtful_of_a_fact_stands_at_it(desk: Desk) -> None:
    first, second = (
        f"Ngày {day}/3/2023, đồng chí Lò Văn Trùng - {post} tỉnh Bắc Kạn phát biểu tại hội nghị. "
        f"Quyết định số 88-QĐ/TU ngày {day}/2/2023 của Tỉnh ủy Bắc Kạn về công tác cán bộ."
        for day, post in ((12, "Bí thư Tỉnh ủy"), (15, "Chủ tịch UBND"))
    )
    accept(desk.graph, desk.queue, desk.read(first, "Một").id, LAN, accept_warnings=True)
    page = desk.browser("lan").get(f"/review/{desk.read(second, 'Hai').id}").text
    facts = page.partition('<ol class="facts-list"')[2].split('<li class="fact"')
    paper = next(fact for fact in facts if "Quyết định 88-QĐ/TU</a></h3>" in fact)
    assert "Opens a conflict about “issued on”:" in paper and "<del>2023-02-12</del>" in paper
    person = next(fact for fact in facts if "</span> Lò Văn Trùng</h3>" in fact)
    assert "possibly the same person as" in person and "low confidence" in person
    assert 'class="finding info"' in page.partition("<review-desk")[0]  # of the source, which several facts share
    assert not any('class="finding info"' in fact for fact in facts)


def test_what_has_no_text_shows_its_facts_alone(desk: Desk) -> None:
    page = desk.browser("lan").get(f"/review/{desk.propose(named('don', 'Lò Văn Đơn')).id}").text
    assert "No text came with this proposal" in page and 'class="words"' not in page
    assert numbers(page) == {"Lò Văn Đơn": 1} and checked(page) == {iri("person:don").value: ""}


def test_who_sees_what(desk: Desk) -> None:
    theirs = desk.propose(named("mot", "Lò Văn Một"))
    others = desk.propose(named("hai", "Lò Văn Hai"), by="mai")
    assert desk.browser(None).get("/review").status_code == 401
    assert desk.browser(None).get(f"/review/{theirs.id}").status_code == 401
    contributor = desk.browser("hoa")
    listed = contributor.get("/review").text
    assert theirs.id in listed and others.id not in listed and "/review/batch" not in listed
    assert contributor.get(f"/review/{others.id}").status_code == 404
    own = contributor.get(f"/review/{theirs.id}").text
    assert "Editors alone decide" in own and checked(own) == {}
    assert contributor.get("/review/batch?source=https://example.org/bao").status_code == 403
    editor = desk.browser("mai")
    listed = editor.get("/review").text
    assert theirs.id in listed and others.id in listed
    mine = editor.get(f"/review/{others.id}").text
    assert "your own proposal" in mine and checked(mine) == {}
    assert (
        'href="/review"' in editor.get("/about").text and 'href="/review"' not in desk.browser(None).get("/about").text
    )


def test_the_queue_has_reasons_for_doubt_filters_and_pieces(desk: Desk) -> None:
    editor = desk.browser("lan")
    made = desk.read((tree("samples") / "reports" / SAMPLE).read_text(encoding="utf-8"), "Chợ Đồn")
    page = editor.get("/review", query_string={"kind": "document", "source": made.source.value if made.source else ""})
    assert made.id in page.text and "Why to look closely" in page.text
    assert "evidence of medium confidence: " in page.text and "warnings: " in page.text
    assert made.id not in editor.get("/review?kind=update").text
    assert made.id not in editor.get("/review?author=hoa").text
    assert "There is no such proposal" in editor.get("/review?state=withdrawn").text
    assert "There is no such proposal" in editor.get("/review?offset=50").text
    for wrong in ("state=x", "kind=x", "offset=-1", "source=no iri"):
        assert editor.get(f"/review?{wrong}").status_code == 400
    assert "Vì sao nên xem kỹ" in desk.browser("lan", "vi").get("/review").text


@contextmanager
def counted(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Counts what readers of the graph are asked."""
    asked: Counter[str] = Counter()
    kept = graph.reader

    class Counting:
        def __init__(self, reader: Reader) -> None:
            self.reader = reader

        def __getattr__(self, name: str) -> Any:
            asked[name] += 1
            return getattr(self.reader, name)

    @contextmanager
    def reader() -> Iterator[Any]:
        with kept() as found:
            yield Counting(found)

    monkeypatch.setattr(graph, "reader", reader, raising=False)
    yield asked
    monkeypatch.setattr(graph, "reader", kept)


def test_a_page_asks_the_graph_as_often_for_many_facts_as_for_few(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [named(f"nguoi-{n}", f"Lò Văn Người {n}") for n in range(150)]
    few, many = desk.propose(people[0]), desk.propose(frozenset().union(*people))
    editor = desk.browser("lan")
    editor.get(f"/review/{few.id}")  # what is remembered of a generation is made
    found = []
    for one in (few, many):
        with counted(desk.graph, monkeypatch) as asked:
            page = editor.get(f"/review/{one.id}")
        assert page.status_code == 200
        found.append(asked)
    assert found[0] == found[1]
    assert 0 < sum(found[1].values()) <= 5
    assert len(numbers(page.text)) == 150
    with counted(desk.graph, monkeypatch) as asked:
        settled_page(desk.graph, desk.queue, Wanted(), 50)
    assert sum(asked.values()) == 1


def test_many_facts_come_in_pieces_with_the_decisions_on_the_others(desk: Desk) -> None:
    people = [named(f"dong-{n:03}", f"Lò Văn Đông {n:03}") for n in range(205)]
    made = desk.propose(frozenset().union(*people))
    editor = desk.browser("lan")
    first = editor.get(f"/review/{made.id}").text
    assert len(checked(first)) == 200 and "Facts 1 to 200 of 205" in first
    sent = {"digest": made.digest, f"fact:{iri('person:dong-001').value}": "accept", "go": "200"}
    second = editor.post(f"/review/{made.id}", data=sent)
    assert second.status_code == 200 and len(checked(second.text)) == 5
    assert f'name="fact:{iri("person:dong-001").value}" value="accept"' in second.text
    assert "sent along: 1" in second.text
    assert len(checked(editor.get(f"/review/{made.id}?offset=200").text)) == 5
