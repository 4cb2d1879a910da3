"""New things: made by a form, called by the rules of the model, whole at once."""

import re
from pathlib import Path

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode

from kg.extract import extract
from kg.model.documents import Document
from kg.namespaces import PREFIXES, curie, iri
from kg.propose import known_source, propose
from server.editing import CLASSES
from server.service import held_by
from tests.server.editing.hand import Form, facts, generation, signed_in

MADE = {
    "person": ({"Person-name": "Nguyễn Thị Mẫu"}, r"person:nguyen-thi-mau-[0-9a-f]{8}"),
    "organ": (
        {
            "Organ-label": "Sở Mẫu mực tỉnh Bắc Kạn",
            "Organ-kind": "organkind:Other",
            "Organ-ladder": "ladder:State",
            "Organ-jurisdiction": "place:tinh-bac-kan",
        },
        r"organ:so-mau-muc-tinh-bac-kan",
    ),
    "post": (
        {
            "Post-title": "Phó Trưởng Ban",
            "Post-rank": "rank:DeputyHead",
            "Post-postType": "posttype:deputy",
            "Post-postIn": "organ:ban-mau",
        },
        r"post:pho-truong-ban-ban-mau",
    ),
    "tenure": (
        {
            "Tenure-member": "person:dinh-thi-hoa-1",
            "Tenure-post": "post:truong-ban-mau",
            "Tenure-endState": "endstate:unknown",
        },
        r"tenure:dinh-thi-hoa-1-truong-ban-mau-[0-9a-f]{8}",
    ),
    "meeting": (
        {"Meeting-label": "Hội nghị tổng kết", "Meeting-day": "2022-12-20"},
        r"meeting:hoi-nghi-tong-ket-2022-12-20-[0-9a-f]{8}",
    ),
    "directive": (
        {"Directive-symbol": "15-CT/TW", "Directive-documentType": "doctype:Directive"},
        r"directive:15-ct-tw-[0-9a-f]{8}",
    ),
    "event": (
        {
            "ChangeEvent-label": "Hợp nhất hai ban",
            "ChangeEvent-changeKind": "changekind:Merger",
            "ChangeEvent-resultingOrganization": "organ:ban-mau",
        },
        r"event:hop-nhat-hai-ban-[0-9a-f]{8}",
    ),
}
# What need not be written, because it follows from the rest.
FOLLOWING = {
    "person": {"rdfs:label": Literal("Nguyễn Thị Mẫu", language="vi"), "bm:key": Literal("nguyen thi mau")},
    "post": {"rdfs:label": Literal("Phó Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu", language="vi")},
    "tenure": {
        "rdfs:label": Literal("Đinh Thị Hòa – Trưởng Ban Tuyên giáo Tỉnh ủy Mẫu", language="vi"),
        "org:organization": iri("organ:ban-mau"),
    },
    "meeting": {"bm:key": Literal("hoi nghi tong ket")},
    "directive": {
        "rdfs:label": Literal("Chỉ thị 15-CT/TW", language="vi"),
        "bm:number": Literal("15", datatype=iri("xsd:integer")),
        "bm:ladder": iri("ladder:Party"),
    },
}


def made(app: Flask, location: str) -> tuple[NamedNode, dict[NamedNode, set[object]]]:
    """The node of a page and what is said of it."""
    kind, name = location.removeprefix("/doc/").removesuffix("#main").split("/")
    node = iri(f"{kind}:{name}")
    told: dict[NamedNode, set[object]] = {}
    for quad in facts(app, node):
        told.setdefault(quad.predicate, set()).add(quad.object)
    return node, told


def filled(own: Flask, folder: Path, kind: str, values: dict[str, str]) -> Form:
    form = Form.open(signed_in(own, folder), f"/edit/new/{kind}")
    for name, value in values.items():
        form.put(name, value)
        if f"{name}@" in dict(form.rows):
            form.put(f"{name}@", "vi")
    return form


@pytest.mark.parametrize("kind", CLASSES)
def test_one_of_each_kind_is_made_and_can_be_edited(own: Flask, own_folder: Path, kind: str) -> None:
    values, wanted = MADE[kind]
    answer = filled(own, own_folder, kind, values).save("Theo quyết định", warnings="accept")
    assert answer.status_code == 303, re.sub(r"\s+", " ", answer.text)
    node, told = made(own, answer.headers["Location"])
    assert re.fullmatch(wanted, curie(node))
    assert CLASSES[kind] in told[iri("rdf:type")]
    assert all(str(who).startswith(f"<{PREFIXES['agent']}an-") for who in told[iri("bm:curatedBy")])
    for prop, value in FOLLOWING.get(kind, {}).items():
        assert told[iri(prop)] == {value}
    before = generation(own)
    form = Form.open(signed_in(own, own_folder), f"/edit/{kind}/{node.value.rpartition('/')[2]}")
    assert (form.save().status_code, generation(own)) == (200, before)


def test_a_form_sent_twice_makes_one_thing(own: Flask, own_folder: Path) -> None:
    form = filled(own, own_folder, "person", {"Person-name": "Lê Thị Mẫu"})
    rows = list(form.rows)
    assert form.save().status_code == 303
    before, form.rows = generation(own), rows
    answer = form.save()
    assert (answer.status_code, generation(own)) == (422, before)
    assert "There is person:le-thi-mau-" in answer.text


def test_a_body_of_a_kind_and_place_has_the_slug_of_the_model(own: Flask, own_folder: Path) -> None:
    values = {
        "Organ-label": "Ủy ban nhân dân tỉnh Bắc Kạn",
        "Organ-kind": "organkind:PeoplesCommittee",
        "Organ-jurisdiction": "place:tinh-bac-kan",
    }
    answer = filled(own, own_folder, "organ", values).save()
    assert answer.status_code == 422
    assert "There is organ:ubnd-tinh-bac-kan already" in answer.text


def test_what_is_missing_is_told_at_its_field_and_the_rest_stays(own: Flask, own_folder: Path) -> None:
    form = filled(own, own_folder, "tenure", {"Tenure-member": "person:dinh-thi-hoa-1"})
    before, answer = generation(own), form.save()
    assert (answer.status_code, generation(own)) == (422, before)
    for name in ("Tenure-post", "Tenure-endState"):
        assert f'id="f-{name}-remark"' in answer.text
    assert form.values("Tenure-member") == ["person:dinh-thi-hoa-1"]


def test_a_person_leads_to_a_new_tenure_with_the_person_in_it(own: Flask, own_folder: Path) -> None:
    client = signed_in(own, own_folder)
    page = Form.open(client, "/edit/person/dinh-thi-hoa-1").page
    (address,) = re.findall(r'href="(/edit/new/tenure\?[^"]+)"', page)
    form = Form.open(client, address.replace("&amp;", "&"))
    assert form.values("Tenure-member") == ["Đinh Thị Hòa [person:dinh-thi-hoa-1]"]


def test_a_quote_of_a_source_that_is_kept_becomes_evidence(own: Flask, own_folder: Path) -> None:
    words = "Ngày 05/4/2022, ông Trần Văn Mẫu, Bí thư Tỉnh ủy Bắc Kạn,\ndự hội nghị."
    document = Document("tin", words, published="2022-04-05")
    graph = held_by(own).graph
    with graph.reader() as reader:
        change = propose(reader, document, extract(document), iri("agent:an"))
    graph.submit(change, accept_warnings=True)
    with graph.reader() as reader:
        source = known_source(reader, document)
    assert source is not None
    form = filled(own, own_folder, "meeting", {"Meeting-label": "Hội nghị bàn", "Meeting-day": "2022-04-05"})
    form.put("source", curie(source)).put("quote", "Tỉnh ủy Bắc Kạn, dự hội nghị")
    answer = form.save()
    node, _ = made(own, answer.headers["Location"])
    with graph.reader() as reader:
        (evidence,) = {quad.subject for quad in reader.quads(None, iri("bm:supports"), node)}
        told = {quad.predicate: quad.object for quad in reader.quads(evidence)}
    assert told[iri("bm:quote")] == Literal("Tỉnh ủy Bắc Kạn,\ndự hội nghị")
    start, end = (int(told[iri(prop)].value) for prop in ("bm:start", "bm:end"))
    assert document.text[start:end] == "Tỉnh ủy Bắc Kạn,\ndự hội nghị"
    assert told[iri("bm:rule")] == Literal("quoted-by-hand")
