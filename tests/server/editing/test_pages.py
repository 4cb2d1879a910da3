"""Pages of forms: whole in both languages, offering rows without saving, telling what waits for review."""

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.server.editing.hand import Form, facts, generation, new_token, signed_in

PERSON, TENURE_FORM = "/edit/person/dinh-thi-hoa-1", "/edit/tenure/hoa-truong-ban"


def test_another_row_is_given_without_saving(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-birthEarliest", "1960-01-01")
    before = generation(own)
    assert form.send(more="Person-altLabel").status_code == 200
    assert form.values("Person-altLabel") == ["Đinh Thị Hoà", ""]
    assert form.values("Person-birthEarliest") == ["1960-01-01"]
    assert generation(own) == before


@pytest.mark.parametrize("path", ["/edit/new", "/edit/new/event", PERSON, TENURE_FORM])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_forms_are_whole(own: Flask, own_folder: Path, path: str, language: str) -> None:
    response = signed_in(own, own_folder, language=language).get(path)
    text = response.text
    assert f'<html lang="{language}">' in text and text.count("<h1") == 1
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    named = re.findall(r'(?:for|aria-labelledby|aria-describedby|list)="([^"]+)"', text)
    assert set(named) <= set(ids)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son\w+=", text)
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text.partition('class="edit"')[2])
    assert all(re.search(r'type="hidden"|aria-label="[^"]+"|\bid="|type="checkbox"', control) for control in controls)


def test_who_may_be_meant_is_chosen_without_saving(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder), PERSON).put("Person-nativePlace", "thai nguyen")
    offers = re.findall(r'name="pick" value="([^"]+)"', form.save().text)
    before = generation(own)
    assert form.send(pick=offers[0]).status_code == 200
    assert [f"Person-nativePlace {value}" for value in form.values("Person-nativePlace")] == offers[:1]
    assert generation(own) == before
    assert form.save().status_code == 303


def test_what_a_contributor_saves_waits_for_review(own: Flask, own_folder: Path) -> None:
    form = Form.open(signed_in(own, own_folder, "contributor"), PERSON)
    assert form.save().status_code == 200
    before = facts(own)
    answer = form.put("Person-birthEarliest", "1960-01-01").save()
    assert (answer.status_code, facts(own)) == (202, before)
    assert "waits for review" in answer.text
    headers = {"Authorization": f"Bearer {new_token(own_folder)}"}
    told = own.test_client().get(answer.headers["Location"], headers=headers).get_json()
    assert (told["kind"], told["added"], told["removed"], told["reason"]) == ("form", 1, 0, "Theo quyết định")
    form = Form.open(form.client, "/edit/new/meeting").put("Meeting-label", "Hội nghị khác")
    assert form.put("Meeting-day", "2022-05-05").save().status_code == 202
    assert form.put("Meeting-day", "x").save().status_code == 422
    program = own.test_client().post(
        PERSON,
        data={"Person-birthEarliest": "1960-01-01", "reason": "x"},
        headers={"Authorization": f"Bearer {new_token(own_folder, 'contributor')}"},
    )
    assert (program.status_code, program.get_json()["kind"]) == (202, "form")
