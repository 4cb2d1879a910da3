"""What an editor decides by the form, and that nothing of it is lost when it is refused."""

import html
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad
from werkzeug.test import TestResponse

from kg.model.graph import Term
from kg.namespaces import iri
from kg.review import Proposal, State
from kg.store.tokens import create_token, revoke_token
from tests.review.people import change, has, label, named
from tests.server.review.conftest import Desk, alert, checked, hidden, numbers

PAPER = "Nghị quyết 13-KH/TU"


def decide(client: FlaskClient, made: Proposal, verdicts: dict[str, str], **more: str) -> TestResponse:
    """Sends the form of the page as a browser would, with these verdicts on facts (by their labels, or IRIs)."""
    page = client.get(f"/review/{made.id}").text
    nodes = dict(zip(numbers(page), checked(page), strict=True))
    sent = {f"fact:{nodes.get(name, name)}": verdict for name, verdict in verdicts.items()}
    return client.post(f"/review/{made.id}", data=hidden(page) | sent | more)


def pair(one: str, other: str) -> frozenset[Quad]:
    return named(one, f"Lò Văn {one.capitalize()}") | named(other, f"Lò Văn {other.capitalize()}")


def test_some_facts_are_accepted_some_rejected_and_the_rest_waits(desk: Desk) -> None:
    made = desk.propose(pair("an", "ba") | named("ca", "Lò Văn Ca"))
    editor = desk.browser("lan")
    done = decide(editor, made, {"Lò Văn An": "accept", "Lò Văn Ba": "reject"}, reason="Trùng người")
    assert (done.status_code, done.headers["Location"]) == (303, f"/review/{made.id}#main")
    now = desk.queue.get(made.id)
    assert now.state == State.PROPOSED
    assert [(d.verdict, d.facts) for d in now.decisions] == [
        ("accepted", (iri("person:an"),)),
        ("rejected", (iri("person:ba"),)),
    ]
    assert has(desk.graph, label("an", "Lò Văn An")) and not has(desk.graph, label("ba", "Lò Văn Ba"))
    page = editor.get(f"/review/{made.id}").text
    assert numbers(page) == {"Lò Văn Ca": 1} and "Trùng người" in page
    rest = decide(editor, now, {}, rest="accept")
    assert rest.status_code == 303 and desk.queue.get(made.id).state == State.ACCEPTED
    assert "This proposal was accepted." in editor.get(f"/review/{made.id}").text


def test_all_rejected_is_a_proposal_rejected(desk: Desk) -> None:
    made = desk.propose(pair("da", "de"))
    assert decide(desk.browser("lan"), made, {}, rest="reject", reason="Không có nguồn").status_code == 303
    now = desk.queue.get(made.id)
    assert now.state == State.REJECTED and now.decisions[0].reason == "Không có nguồn"


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"csrf": "x"}, 403, "needs the CSRF token"),
        ({"digest": "x"}, 409, "was changed since you opened it"),
        ({"reason": "  "}, 400, "A rejection needs a reason"),
    ],
)
def test_what_is_refused_comes_back_with_every_decision(
    desk: Desk, sent: dict[str, str], status: int, words: str
) -> None:
    made = desk.propose(pair(f"ga-{status}", f"gi-{status}"))
    verdicts = {iri(f"person:ga-{status}").value: "accept", iri(f"person:gi-{status}").value: "reject"}
    more = {"reason": "Vì <b>thế</b>", "rest": "keep", "warnings": "accept"} | sent
    answer = decide(desk.browser("lan"), made, verdicts, **more)
    assert answer.status_code == status and words in alert(answer.text)
    assert checked(answer.text) == verdicts
    assert f">{html.escape(more['reason'].strip())}</textarea>" in answer.text
    assert hidden(answer.text)["digest"] == made.digest and hidden(answer.text)["csrf"] != "x"
    assert desk.queue.get(made.id) == made


def test_nothing_decided_is_said(desk: Desk) -> None:
    answer = decide(desk.browser("lan", "vi"), desk.propose(named("khong", "Lò Văn Không")), {})
    assert answer.status_code == 400 and "Chưa có quyết định nào" in alert(answer.text)


def test_who_may_not_decide_is_told_and_nothing_is_done(desk: Desk) -> None:
    made = desk.propose(named("quyen", "Lò Văn Quyền"))
    own = desk.propose(named("rieng", "Lò Văn Riêng"), by="lan")
    for who, one in (("hoa", made), ("lan", own)):
        client = desk.browser(who)
        csrf = client.get("/about").text.partition('name="csrf" value="')[2].partition('"')[0]
        sent = {"csrf": csrf, "digest": one.digest, "rest": "accept"}
        answer = client.post(f"/review/{one.id}", data=sent)
        assert answer.status_code == 403 and alert(answer.text)
        assert desk.queue.get(one.id).state == State.PROPOSED
    assert desk.browser("hoa").post(f"/review/{own.id}", data={"look": "1"}).status_code == 404
    assert desk.browser("lan").post("/review/none", data={"look": "1"}).status_code == 404


def test_what_an_accepted_fact_needs_is_chosen_along_and_sent_again(desk: Desk) -> None:
    made = desk.read("Ngày 10/3/2023, đồng chí Lò Văn Cần - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị.", "Cần")
    editor = desk.browser("lan")
    tenure = "Lò Văn Cần – Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn"
    answer = decide(editor, made, {tenure: "accept"})
    assert answer.status_code == 409 and "those that are needed were chosen" in alert(answer.text)
    assert re.search(r"Needs what you have not decided on: [^.]*Lò Văn Cần", html.unescape(answer.text))
    chosen = {node for node, verdict in checked(answer.text).items() if verdict == "accept"}
    assert len(chosen) >= 2 and desk.queue.get(made.id).decisions == ()
    again = editor.post(f"/review/{made.id}", data=hidden(answer.text) | {f"fact:{node}": "accept" for node in chosen})
    assert again.status_code == 303
    assert {node.value for node in desk.queue.get(made.id).decisions[0].facts} == chosen


def test_a_fact_whose_node_is_rejected_is_refused_in_words(desk: Desk) -> None:
    made = desk.read("Ngày 10/3/2023, đồng chí Lò Văn Vướng - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị.", "Vướng")
    tenure = "Lò Văn Vướng – Chủ tịch Ủy ban nhân dân tỉnh Bắc Kạn"
    person = next(n for n in checked(desk.browser("lan").get(f"/review/{made.id}").text) if "/person/" in n)
    for language, words in (("vi", "cần điều mà bạn bác bỏ: Lò Văn Vướng"), ("en", "needs what you reject: Lò Văn")):
        answer = decide(desk.browser("lan", language), made, {tenure: "accept", person: "reject"}, reason="Sai")
        assert answer.status_code == 409 and words in html.unescape(answer.text)
        assert checked(answer.text)[person] == "reject"
    waits = decide(desk.browser("lan"), made, {person: "reject"}, reason="Sai")
    assert waits.status_code == 409 and "Cannot wait" in waits.text
    dropped = {node for node, verdict in checked(waits.text).items() if verdict == "reject"}
    assert len(dropped) >= 3
    assert desk.queue.get(made.id).decisions == ()


def test_a_stale_fact_is_409_with_the_diff_and_the_others_go_through_without_it(desk: Desk) -> None:
    node, born = iri("person:cu"), iri("bm:birthEarliest")

    def day(text: str) -> Literal:
        return Literal(text, datatype=iri("xsd:date"))

    desk.graph.submit(change(named("cu", "Lò Văn Cũ")))
    made = desk.propose(named("kem", "Lò Văn Kèm") | {Quad(node, born, day("1970-01-01"))})
    editor = desk.browser("lan")
    page = editor.get(f"/review/{made.id}").text
    desk.graph.submit(replace(change(frozenset({Quad(node, born, day("1971-02-03"))})), reason="Theo công báo"))
    sent = hidden(page) | {"rest": "accept", "reason": "Đủ nguồn"}
    answer = editor.post(f"/review/{made.id}", data=sent)
    assert answer.status_code == 409 and "no longer fit" in alert(answer.text)
    for told in ("1970-01-01", "1971-02-03", "Theo công báo", 'href="/changes/', "Đủ nguồn</textarea>"):
        assert told in answer.text
    assert set(checked(answer.text).values()) == {"accept"}
    assert 'id="stale"' in editor.get(f"/review/{made.id}").text
    assert desk.queue.get(made.id).state == State.PROPOSED
    done = decide(editor, made, {"Lò Văn Kèm": "accept", node.value: "reject"}, reason="Đã có ngày khác")
    assert done.status_code == 303 and desk.queue.get(made.id).state == State.ACCEPTED
    assert has(desk.graph, label("kem", "Lò Văn Kèm"), Quad(node, born, day("1971-02-03")))


def test_a_warning_stands_at_its_fact_and_passes_with_a_tick(desk: Desk) -> None:
    paper = iri("directive:13-kh-tu-mau")
    said: tuple[tuple[str, Term], ...] = (
        *(("rdf:type", iri(name)) for name in ("bm:Directive", "prov:Entity")),
        ("rdfs:label", Literal(PAPER, language="vi")),
        ("bm:key", Literal("13 kh tu")),
        ("bm:symbol", Literal("13-KH/TU")),
        ("bm:documentType", iri("doctype:Resolution")),
        ("bm:curatedBy", iri("agent:hoa")),
    )
    made = desk.propose(frozenset(Quad(paper, iri(prop), value) for prop, value in said))
    editor = desk.browser("lan")
    page = editor.get(f"/review/{made.id}").text
    fact = page.partition('id="fact-1"')[2].partition("</li>")[0]
    assert '<p class="finding warning">' in fact and 'name="warnings"' in page
    answer = decide(editor, made, {PAPER: "accept"})
    assert answer.status_code == 422 and checked(answer.text) == {paper.value: "accept"}
    assert '<p class="finding warning">' in answer.text
    assert decide(editor, made, {PAPER: "accept"}, warnings="accept").status_code == 303


def test_a_document_that_says_something_else_by_now_is_shown_anew_with_the_decisions(desk: Desk) -> None:
    first, second = (
        desk.read(
            f"Ngày {day}/3/2023, đồng chí Lò Văn Lại - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị.", f"Lại {day}"
        )
        for day in (10, 17)
    )
    editor = desk.browser("lan")
    assert decide(editor, first, {}, rest="accept", warnings="accept").status_code == 303
    answer = decide(editor, second, {}, rest="accept", warnings="accept", reason="Khớp")
    assert answer.status_code == 409 and "was changed since you opened it" in alert(answer.text)
    assert set(checked(answer.text).values()) == {"accept"} and "Khớp</textarea>" in answer.text
    again = editor.post(f"/review/{second.id}", data=hidden(answer.text) | {"rest": "accept", "warnings": "accept"})
    assert again.status_code == 303
    with desk.graph.reader() as reader:
        assert len(reader.select("SELECT ?p { ?p a bm:Person ; foaf:name 'Lò Văn Lại' }")) == 1


def test_decisions_outlive_the_session_in_which_they_were_made(desk: Desk) -> None:
    made = desk.propose(named("phien", "Lò Văn Phiên"))
    desk.tokens["tam"] = create_token(desk.folder, "tam", "editor")
    client = desk.browser("tam")
    page = client.get(f"/review/{made.id}").text
    revoke_token(desk.folder, "tam")
    node = iri("person:phien").value
    lost = client.post(f"/review/{made.id}", data=hidden(page) | {f"fact:{node}": "reject", "reason": "<Sai>"})
    assert lost.status_code == 401 and f'name="fact:{node}" value="reject"' in lost.text
    assert 'value="&lt;Sai&gt;"' in lost.text and 'name="csrf"' not in lost.text
    sent = {f"fact:{node}": "reject", "reason": "<Sai>", "digest": made.digest, "look": "1"}
    back = desk.browser("mai").post(f"/review/{made.id}", data=sent)
    assert back.status_code == 200 and checked(back.text) == {node: "reject"}
    assert "&lt;Sai&gt;</textarea>" in back.text and hidden(back.text)["csrf"]
    assert desk.queue.get(made.id) == made


def test_a_program_gets_the_problem_and_no_page(desk: Desk) -> None:
    made = desk.propose(named("may", "Lò Văn Máy"))
    program = desk.app.test_client()
    headers = {"Authorization": f"Bearer {desk.tokens['hoa']}"}
    answer = program.post(f"/review/{made.id}", data={"digest": made.digest, "rest": "accept"}, headers=headers)
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert program.post(f"/review/{made.id}", data={"rest": "accept"}).status_code == 401
    headers = {"Authorization": f"Bearer {desk.tokens['lan']}"}
    for status, sent in ((400, {"digest": made.digest}), (409, {"digest": "x", "rest": "accept"})):
        answer = program.post(f"/review/{made.id}", data=sent, headers=headers)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert answer.get_json()["detail"]
    assert program.post(f"/review/{made.id}", json={}, headers=headers).status_code == 415


def test_a_batch_is_counted_and_then_accepted(desk: Desk) -> None:
    made = desk.read("Ngày 12/3/2023, đồng chí Lò Văn Lô - Bí thư Tỉnh ủy Bắc Kạn phát biểu tại hội nghị.", "Lô")
    assert isinstance(made.source, NamedNode)
    editor = desk.browser("lan")
    asked = {"source": made.source.value, "confidence": "high"}
    page = editor.get("/review/batch", query_string=asked)
    total = len(numbers(editor.get(f"/review/{made.id}").text))
    assert page.status_code == 200 and f" of {total} facts would be accepted" in page.text
    assert desk.queue.get(made.id) == made
    csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    assert editor.post("/review/batch", data=asked).status_code == 403
    done = editor.post("/review/batch", data=asked | {"csrf": csrf, "warnings": "accept"})
    assert done.status_code == 200 and desk.queue.get(made.id).decisions
    assert editor.get("/review/batch").status_code == 400
    assert editor.get("/review/batch?source=x%20y").status_code == 400
    own = desk.propose(named("lo-rieng", "Lò Văn Lô Riêng"), by="lan")
    text = editor.get("/review/batch?source=https://example.org/bao").text
    assert own.id in text and "another editor has to review it" in text
