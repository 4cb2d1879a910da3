"""What is not saved, and how the form says so: at its field, in the language of the page, with nothing lost."""

import re
from pathlib import Path

import pytest
from flask import Flask
from pyoxigraph import Quad

from kg.namespaces import iri
from server.forms import FORM
from tests.server.editing.hand import Form, facts, generation, new_token, remarks, signed_in

HOA, TENURE = iri("person:dinh-thi-hoa-1"), iri("tenure:hoa-truong-ban")
PERSON, TENURE_FORM = "/edit/person/dinh-thi-hoa-1", "/edit/tenure/hoa-truong-ban"


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "hãy ghi nhiều nhất một giá trị, là ngày"), ("en", "a day written")]
)
def test_a_day_that_is_none_is_told_at_its_field_and_stays(
    own: Flask, own_folder: Path, language: str, words: str
) -> None:
    client, before = signed_in(own, own_folder, language=language), generation(own)
    form = Form.open(client, PERSON).put("Person-birthEarliest", "30/2/1960").add("Person-altLabel", "Bà Hòa", "vi")
    answer = form.save("Theo tin")
    assert (answer.status_code, generation(own)) == (422, before)
    assert words in remarks(answer.text, "Person-birthEarliest")
    assert remarks(answer.text, "Person-altLabel") == ""
    assert form.values("Person-birthEarliest") == ["30/2/1960"]
    assert "Bà Hòa" in form.values("Person-altLabel")
    assert form.values("reason") == ["Theo tin"]
    assert re.search(
        r'name="Person-birthEarliest"[^>]* aria-invalid="true" aria-describedby="f-Person-birthEarliest-remark"',
        answer.text,
    )
    assert (
        form.put("Person-birthEarliest", "1960-02-28").put("Person-birthLatest", "1960-02-28").save().status_code == 303
    )


def test_a_violation_of_the_shapes_is_told_at_its_field(own: Flask, own_folder: Path) -> None:
    client, before = signed_in(own, own_folder), facts(own)
    form = Form.open(client, PERSON).put("Person-name", "")
    assert "exactly one value" in remarks(form.save().text, "Person-name")
    form = Form.open(client, PERSON).put("Person-birthEarliest", "1960-01-01").put("Person-birthLatest", "1950-01-01")
    assert "earliest not after latest" in remarks(form.save().text, "Person-birthLatest")  # the value that it names
    form = Form.open(client, TENURE_FORM).put("Tenure-member", "organ:ban-mau")
    assert remarks(form.save().text, "Tenure-member")
    assert facts(own) == before


def test_warnings_need_a_tick_that_comes_with_them(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), "/edit/new/person").put("Person-name", "Đinh Thị Hòa")
    assert 'name="warnings"' not in form.page
    answer = form.save()
    assert answer.status_code == 422
    assert "Two person nodes bear one name" in answer.text and 'name="warnings" value="accept"' in answer.text
    assert form.save(warnings="accept").status_code == 303


def test_a_reason_is_asked_for(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-birthEarliest", "1960-01-01")
    answer = form.save("  ")
    assert answer.status_code == 422
    assert "Say in one sentence why" in answer.text
    assert form.values("Person-birthEarliest") == ["1960-01-01"]


def test_no_session_wrong_csrf_and_too_low_a_role_save_nothing_and_lose_nothing(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-birthEarliest", "1960-01-01")
    before = generation(own)
    answer = form.put("csrf", "wrong").save()
    assert (answer.status_code, form.values("Person-birthEarliest")) == (403, ["1960-01-01"])
    session = form.client
    form.client = own.test_client()
    form.client.environ_base |= session.environ_base
    answer = form.save()
    assert (answer.status_code, form.values("Person-birthEarliest")) == (401, ["1960-01-01"])
    assert "your session is over" in answer.text and 'href="/signin' in answer.text
    form.client = signed_in(own, own_folder, "reader")
    answer = form.save()
    assert (answer.status_code, form.values("Person-birthEarliest")) == (403, ["1960-01-01"])
    assert generation(own) == before
    form.client = session
    assert form.save().status_code == 403  # the token of another session
    assert form.save().status_code == 303  # that form came with this session's token


def test_forms_are_for_who_may_edit(own: Flask, own_folder: Path) -> None:
    client = own.test_client()
    assert client.get(PERSON).status_code == 401
    client.environ_base |= {"HTTP_ACCEPT": "text/html"}
    sent = client.get(f"{PERSON}?lang=vi")
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        "/signin?next=%2Fedit%2Fperson%2Fdinh-thi-hoa-1%3Flang%3Dvi",
    )
    assert signed_in(own, own_folder, "reader").get(PERSON).status_code == 403
    assert 'href="/edit/person' not in client.get("/doc/person/dinh-thi-hoa-1").text
    editor = signed_in(own, own_folder)
    assert 'href="/edit/person/dinh-thi-hoa-1"' in editor.get("/doc/person/dinh-thi-hoa-1").text
    assert 'href="/edit/person' not in editor.get("/doc/person/dinh-thi-hoa-1?at=1").text


ABSENT = (
    *("/edit/person/nobody", "/edit/claim/ten-1", "/edit/x/y", "/edit/new/claim"),
    *("/edit/person/a%20b", "/edit/person/a%00"),
)


@pytest.mark.parametrize("path", ABSENT)
def test_there_is_no_form_for_what_is_not_there(own: Flask, own_folder: Path, path: str) -> None:
    client = signed_in(own, own_folder)
    assert client.get(path).status_code == 404
    assert client.post(path, data="reason=x", content_type=FORM).status_code == 404


def test_a_program_is_told_in_json(own: Flask, own_folder: Path) -> None:
    headers = {"Authorization": f"Bearer {new_token(own_folder)}"}
    body = {"Person-birthEarliest": "x", "reason": "y"}
    answer = own.test_client().post(PERSON, data=body, headers=headers)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    (finding,) = answer.get_json()["report"]["findings"]
    assert (finding["path"], finding["value"]) == ("bm:birthEarliest", "x")
    assert own.test_client().post(PERSON, json={}, headers=headers).status_code == 415
    stored = own.test_client().post(PERSON, data=body | {"Person-birthEarliest": "1960-01-01"}, headers=headers)
    assert (stored.status_code, stored.headers["Bomay-Added"], stored.headers["Bomay-Removed"]) == (303, "1", "0")


HOSTILE = (
    ("Person-label", '"><script>alert(1)</script>'),
    ("Person-altLabel@", "x y"),
    ("Person-nativePlace", "javascript:alert(1)"),
    ("Person-nativePlace", "x [http://["),
    ("Person-nativePlace", "[place:a b]"),
    ("Person-birthEarliest", "2022-02-30"),
    ("Person-birthEarliest", "٢٠٢٢-٠١-٠١"),
    ("Person-name", "a\0b"),
    ("Person-name", "a\rb"),
    ("source", "javascript:alert(1)"),
    ("source", "organ:ban-mau"),
    ("quote", "không có câu này"),
    ("base", "<a> <b> ."),
    ("base", f"{TENURE} <{iri('bm:post').value}> <{iri('post:truong-ban-mau').value}> ."),
)


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_hostile_input_is_refused_with_one_answer_and_changes_nothing_else(
    own: Flask, own_folder: Path, name: str, value: str
) -> None:
    client = signed_in(own, own_folder)
    form = Form.open(client, PERSON).put("Person-deathEarliest", "2020-01-01").put(name, value)
    before = facts(own)
    answer = form.save()
    assert answer.status_code in (303, 400, 422)
    assert "<script>alert" not in answer.text and 'href="javascript' not in answer.text
    changed = facts(own) ^ before
    assert {quad.subject for quad in changed} <= {HOA}
    if answer.status_code != 303:
        assert not changed


def test_what_the_form_was_opened_with_cannot_touch_another_thing_or_property(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON)
    lies = (
        (TENURE, iri("bm:post"), iri("post:truong-ban-mau")),
        (HOA, iri("rdf:type"), iri("bm:Person")),
        (HOA, iri("bm:curatedBy"), iri("agent:bien-tap-vien")),
    )
    base = form.values("base")[0] + "".join(f"{Quad(*lie)} .\n" for lie in lies)
    before = facts(own)
    form.put("base", base).put("Person-birthEarliest", "1960-01-01").save()
    assert before - facts(own) == set()


def test_a_quote_becomes_evidence_where_it_stands_in_its_source(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-birthEarliest", "1960-01-01")
    answer = form.put("source", "source:bao-mau").put("quote", "bà Đinh Thị Hòa").save()
    assert answer.status_code == 422  # the text of this source is not kept here
    assert "do not stand in the text" in answer.text
    answer = form.put("source", "https://example.org/khac").save()
    assert (answer.status_code, "needs the source" in answer.text) == (422, True)
    assert form.put("quote", "").save().status_code == 303
