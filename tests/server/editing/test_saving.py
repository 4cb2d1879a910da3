"""What a saved form writes: the quads that differ, and no others."""

from pathlib import Path

from flask import Flask
from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import HISTORY, iri
from server.service import held_by
from tests.server.editing.hand import Form, facts, generation, put, signed_in

HOA, BAN, TENURE = iri("person:dinh-thi-hoa-1"), iri("organ:ban-mau"), iri("tenure:hoa-truong-ban")
DIRECTIVE, MEETING = iri("directive:12-qd-tu-mau"), iri("meeting:giao-ban-mau")
PERSON_FORM = "/edit/person/dinh-thi-hoa-1"


def day(text: str) -> Literal:
    return Literal(text, datatype=iri("xsd:date"))


def test_a_changed_literal_is_two_quads(own: Flask, own_folder: Path) -> None:
    client, before = signed_in(own, own_folder), facts(own)
    answer = Form.open(client, "/edit/directive/12-qd-tu-mau").put("Directive-issuedOn", "2021-03-04").save()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/doc/directive/12-qd-tu-mau#main")
    assert (answer.headers["Bomay-Added"], answer.headers["Bomay-Removed"]) == ("1", "1")
    assert facts(own) - before == {Quad(DIRECTIVE, iri("bm:issuedOn"), day("2021-03-04"))}
    assert before - facts(own) == {Quad(DIRECTIVE, iri("bm:issuedOn"), day("2021-03-02"))}


def test_the_journal_names_who_why_and_from_where(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), "/edit/directive/12-qd-tu-mau").put("Directive-issuedOn", "2021-03-04")
    answer = form.put("source", "https://example.org/bao/1").save("Ngày ghi\r\ntrên công báo")
    with held_by(own).graph.reader() as reader:
        change = NamedNode(answer.headers["Bomay-Change"])
        told = {quad.predicate: quad.object for quad in reader.quads(change, graph=HISTORY)}
    assert str(told[iri("prov:wasAssociatedWith")]).startswith(f"<{iri('agent:an-').value}")
    assert told[iri("bm:reason")] == Literal("Ngày ghi trên công báo")
    assert told[iri("prov:used")] == iri("source:bao-mau")  # the graph has a source of this address


def test_values_are_added_to_taken_from_and_changed_in_a_field_of_many(own: Flask, own_folder: Path) -> None:
    client, prop = signed_in(own, own_folder), iri("skos:altLabel")
    Form.open(client, PERSON_FORM).add("Person-altLabel", "Bà Hòa", "vi").save()
    names = {quad.object for quad in facts(own) if quad.subject == HOA and quad.predicate == prop}
    assert names == {Literal("Đinh Thị Hoà", language="vi"), Literal("Bà Hòa", language="vi")}
    form = Form.open(client, PERSON_FORM)
    assert form.values("Person-altLabel") == ["Bà Hòa", "Đinh Thị Hoà"]
    before = facts(own)
    assert (
        form.put("Person-altLabel", "")
        .put("Person-altLabel", "Hoà", 1)
        .put("Person-altLabel@", "en", 1)
        .save()
        .status_code
        == 303
    )
    names = {quad.object for quad in facts(own) if quad.subject == HOA and quad.predicate == prop}
    assert names == {Literal("Hoà", language="en")}
    assert {quad.predicate for quad in facts(own) ^ before} <= {prop, iri("bm:otherKey")}


def test_a_node_is_picked_as_the_search_writes_it_by_iri_or_by_its_whole_name(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    for written in ("Tỉnh Bắc Kạn [place:tinh-bac-kan]", "place:tinh-bac-kan", iri("place:tinh-bac-kan").value):
        assert Form.open(client, PERSON_FORM).put("Person-nativePlace", written).save().status_code == 303
        assert Quad(HOA, iri("bm:nativePlace"), iri("place:tinh-bac-kan")) in facts(own)
        assert Form.open(client, PERSON_FORM).put("Person-nativePlace", "").save().status_code == 303
    assert (
        Form.open(client, "/edit/tenure/hoa-truong-ban")
        .put("Tenure-decidedBy", "ban tuyen giao tinh uy mau")
        .save()
        .status_code
        == 303
    )
    assert Quad(TENURE, iri("bm:decidedBy"), BAN) in facts(own)


def test_a_name_that_several_bear_is_offered_with_its_choices(own: Flask, own_folder: Path) -> None:
    client, before = signed_in(own, own_folder), generation(own)
    form = Form.open(client, PERSON_FORM).put("Person-nativePlace", "thai nguyen")
    answer = form.save()
    assert (answer.status_code, generation(own)) == (422, before)
    assert "[place:tinh-thai-nguyen" in answer.text and "Several may be meant by “thai nguyen”" in answer.text
    assert form.values("Person-nativePlace") == ["thai nguyen"]
    assert "Nothing is called “zzzz”" in form.put("Person-nativePlace", "zzzz").save().text


def test_what_no_shape_knows_and_what_the_form_cannot_show_is_kept(own: Flask, own_folder: Path) -> None:
    strange = (
        Quad(HOA, NamedNode("urn:x:unknown"), Literal("giữ")),
        Quad(HOA, iri("dcterms:relation"), BAN),
        Quad(BAN, iri("skos:altLabel"), Literal("hai\rdòng", language="vi")),
    )
    put(own, *strange)
    client = signed_in(own, own_folder)
    form = Form.open(client, PERSON_FORM)
    assert "giữ" in form.page
    assert (
        form.put("Person-birthEarliest", "1960-01-01").put("Person-birthLatest", "1960-12-31").save().status_code == 303
    )
    assert Form.open(client, "/edit/organ/ban-mau").put("Organ-validFrom", "1990-01-01").save().status_code == 303
    assert set(strange) <= facts(own)
