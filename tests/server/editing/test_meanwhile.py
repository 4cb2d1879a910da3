"""A form beside the changes of others: kept where both commute, shown where they do not."""

from pathlib import Path

from flask import Flask
from pyoxigraph import Literal, Quad

from kg.namespaces import iri
from tests.server.editing.hand import Form, facts, generation, put, remarks, signed_in

HOA = iri("person:dinh-thi-hoa-1")
PERSON = "/edit/person/dinh-thi-hoa-1"


def test_what_another_changed_elsewhere_is_kept(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON)
    theirs = (
        Quad(HOA, iri("skos:altLabel"), Literal("Cô Hòa", language="vi")),
        Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-bac-kan")),
    )
    put(own, *theirs)
    answer = form.put("Person-birthEarliest", "1960-01-01").add("Person-altLabel", "Bà Hòa", "vi").save()
    assert answer.status_code == 303
    assert {*theirs, Quad(HOA, iri("skos:altLabel"), Literal("Bà Hòa", language="vi"))} <= facts(own)


def test_what_both_changed_is_409_with_what_the_other_made_of_it(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON)
    before = Quad(HOA, iri("skos:altLabel"), Literal("Đinh Thị Hoà", language="vi"))
    put(
        own,
        Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-bac-kan")),
        Quad(HOA, iri("skos:altLabel"), Literal("Hoà", language="vi")),
        remove=(before,),
    )
    form.put("Person-nativePlace", "place:tinh-thai-nguyen").put("Person-altLabel", "Đinh Hoà").put(
        "Person-birthEarliest", "1960-01-01"
    )
    now, answer = facts(own), form.save()
    assert (answer.status_code, facts(own)) == (409, now)
    assert "Tỉnh Bắc Kạn [place:tinh-bac-kan]" in remarks(answer.text, "Person-nativePlace")
    assert "Hoà" in remarks(answer.text, "Person-altLabel")
    assert form.values("Person-nativePlace") == ["place:tinh-thai-nguyen"]
    assert form.values("Person-birthEarliest") == ["1960-01-01"]
    assert form.save().status_code == 303  # seen, and saved on top of it
    assert Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-thai-nguyen")) in facts(own)
    assert Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-bac-kan")) not in facts(own)


def test_a_program_hears_what_the_other_made_of_it(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-nativePlace", "place:tinh-thai-nguyen")
    put(own, Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-bac-kan")))
    form.client.environ_base["HTTP_ACCEPT"] = "application/json"
    answer = form.save()
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert "Person-nativePlace: place:tinh-bac-kan" in answer.get_json()["detail"]


def test_what_was_typed_of_a_thing_that_is_gone_is_not_lost(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    made = Form.open(client, "/edit/new/person").put("Person-name", "Phạm Thị Chóng Qua").save().headers["Location"]
    path = made.removesuffix("#main").replace("/doc/", "/edit/")
    form = Form.open(client, path).put("Person-birthEarliest", "1960-01-01")
    node = iri(path.removeprefix("/edit/").replace("/", ":"))
    put(own, remove=tuple(facts(own, node)))
    assert form.save().status_code == 404
    assert form.values("Person-birthEarliest") == ["1960-01-01"]


def test_the_same_change_by_two_people_is_one(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-nativePlace", "place:tinh-bac-kan")
    put(own, Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-bac-kan")))
    before = generation(own)
    assert (form.save().status_code, generation(own)) == (200, before)
