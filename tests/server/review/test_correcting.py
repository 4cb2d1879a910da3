"""Corrections by the form: other words, another thing, a known thing in the place of a new one."""

import html
import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode
from werkzeug.test import TestResponse

from kg.namespaces import iri
from kg.review import Proposal, State
from tests.review.people import change, has, label, named
from tests.server.review.conftest import Desk, alert, checked, hidden


def opened(client: FlaskClient, made: Proposal, node: str) -> TestResponse:
    """The page with the fields of a fact open, as its button gives it without JavaScript."""
    page = client.get(f"/review/{made.id}").text
    return client.post(f"/review/{made.id}", data=hidden(page) | {"open": node})


def node_of(client: FlaskClient, made: Proposal, kind: str) -> str:
    """The first node of a kind that has a fact."""
    return next(node for node in checked(client.get(f"/review/{made.id}").text) if f"/{kind}/" in node)


def fields(page: str) -> dict[str, tuple[str, str]]:
    """The fields to correct, by their label: (name, value)."""
    found = re.findall(r'<input name="((?:fix|same):[^"]+)" value="([^"]*)" aria-label="([^"]+)"', page)
    return {html.unescape(said): (name, html.unescape(value)) for name, value, said in found}


def test_a_name_is_corrected_wherever_it_stands(desk: Desk) -> None:
    made = desk.propose(named("sua", "Lò Văn Sữa"))
    node = iri("person:sua").value
    editor = desk.browser("lan")
    page = opened(editor, made, node)
    assert page.status_code == 200 and checked(page.text) == {node: "correct"}
    assert desk.queue.get(made.id) == made
    name, value = fields(page.text)["name"]
    assert value == "Lò Văn Sữa"
    sent = hidden(page.text) | {f"fact:{node}": "correct", name: " Lò Văn Sửa "}
    assert editor.post(f"/review/{made.id}", data=sent).status_code == 303
    assert has(desk.graph, *named("sua", "Lò Văn Sửa")) and not has(desk.graph, label("sua", "Lò Văn Sữa"))
    assert [d.verdict for d in desk.queue.get(made.id).decisions] == ["corrected", "accepted"]


def test_a_claim_says_what_was_corrected_and_an_empty_field_leaves_it_out(desk: Desk) -> None:
    made = desk.read("Quyết định số 77-QĐ/TU ngày 3/3/2023 của Tỉnh ủy Bắc Kạn về công tác cán bộ.", "Quyết định")
    editor = desk.browser("lan")
    node = node_of(editor, made, "directive")
    page = opened(editor, made, node)
    given = fields(page.text)
    day, symbol = given["issued on"], given["symbol"]
    assert (day[1], symbol[1]) == ("2023-03-03", "77-QĐ/TU")
    sent = hidden(page.text) | {f"fact:{node}": "correct", "rest": "accept", "warnings": "accept"}
    done = editor.post(f"/review/{made.id}", data=sent | {day[0]: "2023-03-04", symbol[0]: symbol[1]})
    assert done.status_code == 303, alert(done.text)
    assert desk.queue.get(made.id).state == State.ACCEPTED
    ask = "SELECT ?v { { ?d bm:issuedOn ?v } UNION { ?c bm:about ?d ; bm:property bm:issuedOn ; bm:value ?v } }"
    with desk.graph.reader() as reader:
        rows = reader.select(ask, {"d": NamedNode(node)})
    assert rows and {row["v"].value for row in rows} == {"2023-03-04"}


def test_another_thing_takes_the_place_of_one_that_was_read(desk: Desk) -> None:
    desk.graph.submit(change(named("dung", "Lò Văn Đúng")))
    made = desk.read("Ngày 13/3/2023, đồng chí Lò Văn Nhầm - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị.", "Nhầm")
    editor = desk.browser("lan")
    tenure, post = (node_of(editor, made, kind) for kind in ("tenure", "post"))
    page = opened(editor, made, tenure)
    ((said, member),) = [(said, name) for said, (name, value) in fields(page.text).items() if "person:" in value]
    wrong = hidden(page.text) | {f"fact:{tenure}": "correct", member: "no such thing"}
    answer = editor.post(f"/review/{made.id}", data=wrong)
    assert answer.status_code == 400 and "no such thing" in alert(answer.text)
    assert fields(answer.text)[said] == (member, "no such thing")
    sent = hidden(page.text) | {f"fact:{tenure}": "correct", f"fact:{post}": "accept", member: "person:dung"}
    done = editor.post(f"/review/{made.id}", data=sent)
    assert done.status_code == 303, html.unescape(done.text)
    with desk.graph.reader() as reader:
        assert reader.ask("ASK { ?t a bm:Tenure ; org:member person:dung }")


def test_a_known_thing_takes_the_place_of_a_new_one_with_all_that_is_said_of_it(desk: Desk) -> None:
    desk.graph.submit(change(named("biet", "Lò Văn Biết Rồi")))
    made = desk.read("Ngày 14/3/2023, đồng chí Lò Văn Biết - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị.", "Biết")
    editor = desk.browser("lan")
    new = node_of(editor, made, "person")
    page = opened(editor, made, new)
    same, value = fields(page.text)["It is this known thing"]
    assert (same, value) == (f"same:{new}", "")
    sent = hidden(page.text) | {f"fact:{new}": "correct", same: iri("person:biet").value, "rest": "accept"}
    done = editor.post(f"/review/{made.id}", data=sent | {"warnings": "accept"})
    assert done.status_code == 303, html.unescape(done.text)
    assert desk.queue.get(made.id).state == State.ACCEPTED
    with desk.graph.reader() as reader:
        assert reader.ask("ASK { ?t a bm:Tenure ; org:member person:biet . ?e bm:supports person:biet }")
        assert not reader.ask("ASK { ?p foaf:name 'Lò Văn Biết' }")
        assert not [*reader.quads(NamedNode(new)), *reader.quads(None, None, NamedNode(new))]


def test_a_correction_without_fields_opens_them_and_stores_nothing(desk: Desk) -> None:
    made = desk.propose(named("mo", "Lò Văn Mở"))
    editor = desk.browser("lan")
    sent = hidden(editor.get(f"/review/{made.id}").text) | {f"fact:{iri('person:mo').value}": "correct"}
    answer = editor.post(f"/review/{made.id}", data=sent)
    assert answer.status_code == 400 and "fields that are open now" in alert(answer.text)
    assert "name" in fields(answer.text) and desk.queue.get(made.id) == made


@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', "Lò\x00Văn", "x" * 5000])
def test_strange_words_in_a_correction_are_words(desk: Desk, words: str) -> None:
    slug = f"la-{len(words)}"
    made = desk.propose(named(slug, "Lò Văn Lạ"))
    node = iri(f"person:{slug}").value
    editor = desk.browser("lan")
    page = opened(editor, made, node)
    sent = hidden(page.text) | {f"fact:{node}": "correct", "csrf": "x"}
    answer = editor.post(f"/review/{made.id}", data=sent | {name: words for name, _ in fields(page.text).values()})
    assert answer.status_code == 403 and "<script>alert" not in answer.text
    assert all(value == words for value in (fields(answer.text)[said][1] for said in ("name", "Label")))
