"""Reports as pages: the same findings as in other forms, and repairs that a button carries out on the data."""

import html
import re

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat

from kg.namespaces import iri, sparql_prologue
from server.contexts import ReportPage
from server.validating import Desk, Outcome
from server.validation_child import told
from tests.server.report_page import ReportReader, in_language
from tests.validate.told import INVALID, from_csv, from_rdf, in_order, report_on, rows_of

FORM = {"content_type": "multipart/form-data"}
UNFINISHED = 'person:a a bm:Person ; foaf:name "Lê A" ; bm:key "Lê A" ; bm:curatedBy agent:lan .'
NEW_NAME = 'person:dinh-thi-hoa-1 bm:birthEarliest "1960-05-01" .'


def read(text: str, language: str) -> ReportReader:
    reader = ReportReader(language)
    reader.feed(text)
    return reader


def data_of(text: str) -> str:
    """What stands in the text field of the form."""
    found = re.search(r'<textarea id="mend-data"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_gives_back_the_same_findings_as_other_forms(app: Flask, language: str) -> None:
    files = [file for at, file in enumerate(INVALID) if at % 9 == 0 or "Evidence" in file.stem]
    with app.test_request_context(f"/validate?lang={language}"):
        for file in files:
            report = report_on(file).to_json()
            text = render_template("validate/report.html", page=ReportPage((), report))
            assert read(text, language).findings == [in_language(row, language) for row in report["findings"]]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("text/csv", None),
        ("application/json", None),
    ],
)
def test_validate_answers_the_same_findings_in_every_form(
    app: Flask, monkeypatch: pytest.MonkeyPatch, accept: str, form: RdfFormat | None
) -> None:
    for file in INVALID[::29]:
        report = report_on(file)
        outcome = Outcome(**told(report), data=None, remove="")
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "validate", lambda self, job, scratch, outcome=outcome: outcome)
            headers = {"Accept": accept}
            answer = app.test_client().post("/validate", data=b"", content_type="text/turtle", headers=headers)
        if form is not None:
            found = from_rdf(answer.data, form)
        else:
            found = from_csv(answer.text) if accept == "text/csv" else in_order(iter(answer.get_json()["findings"]))
        assert found == rows_of(report)


def test_a_browser_gets_a_form_and_nothing_is_asked_of_the_shapes(page: FlaskClient) -> None:
    answer = page.get("/validate?against=graph")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert re.search(r'name="against" value="graph" checked', answer.text)
    assert data_of(answer.text) == ""
    assert page.get("/validate?against=all").status_code == 400


def test_buttons_mend_the_data_and_write_nothing(page: FlaskClient) -> None:
    sent = {"data": sparql_prologue() + UNFINISHED, "media_type": "text/turtle"}
    answer = page.post("/validate", data=sent, **FORM)
    assert data_of(answer.text) == sent["data"]
    kinds = {repair["kind"] for finding in read(answer.text, "vi").findings for repair in finding["repairs"]}
    assert kinds == {"class_stated", "name_as_label", "look_up_key"}
    patches = "\n".join(read(answer.text, "vi").buttons)
    answer = page.post("/validate", data={**sent, "repair": patches}, **FORM)
    assert 'role="status"' in answer.text
    assert read(answer.text, "vi").findings == []
    assert "Dữ liệu đạt mọi quy tắc." in answer.text
    assert '"le a"' in data_of(answer.text)
    asked = {"query": "ASK { person:a ?p ?o }", "format": "json"}
    assert page.get("/sparql", query_string=asked).get_json(force=True)["boolean"] is False


def test_against_the_graph_a_repair_mends_the_change(page: FlaskClient) -> None:
    sent = {"data": sparql_prologue() + NEW_NAME, "media_type": "text/turtle", "against": "graph"}
    answer = page.post("/validate", data=sent, **FORM)
    (finding,) = read(answer.text, "vi").findings
    assert finding["focus_label"] == "Đinh Thị Hòa"
    (patch,) = read(answer.text, "vi").buttons
    answer = page.post("/validate", data={**sent, "data": data_of(answer.text), "repair": patch}, **FORM)
    assert read(answer.text, "vi").findings == []
    assert '"1960-05-01"^^xsd:date' in data_of(answer.text)
    assert re.search(r'name="against" value="graph" checked', answer.text)


def test_what_a_repair_takes_out_of_the_graph_is_sent_on_and_shown(client: FlaskClient) -> None:
    sent = {"data": sparql_prologue() + 'person:b bm:key "b" .', "against": "graph"}
    gone = f'D <{iri("person:dinh-thi-hoa-1").value}> <{iri("bm:key").value}> "dinh thi hoa" .'
    headers = {"Accept": "application/json"}
    answer = client.post("/validate", data={**sent, "repair": gone}, headers=headers, **FORM).get_json()
    assert answer["remove"] == gone.removeprefix("D ") + "\n"
    shapes = {finding["shape"].rpartition("#")[2] for finding in answer["findings"]}
    assert "Person-key" in shapes
    assert '"b"' in answer["data"]
    again = client.post("/validate", data={**sent, "remove": answer["remove"]}, headers=headers, **FORM).get_json()
    assert again["findings"] == answer["findings"]


def test_programs_get_repairs_when_they_ask(client: FlaskClient) -> None:
    data, headers = (sparql_prologue() + UNFINISHED).encode(), {"Accept": "application/json"}
    asked = client.post("/validate?repairs=true", data=data, content_type="text/turtle", headers=headers).get_json()
    assert asked["repairs"] == {"tried": 3, "unsought": 0}
    assert sum(len(finding["repairs"]) for finding in asked["findings"]) == 3


@pytest.mark.parametrize(
    ("address", "sent", "status", "words"),
    [
        ("/validate", {"data": "", "remove": "<urn:a> <urn:p> 1 ."}, 400, "against=graph"),
        ("/validate", {"media_type": "text/turtle"}, 400, "no 'data'"),
        ("/validate", {"data": "", "media_type": "application/pdf"}, 415, ""),
        ("/validate", {"data": "", "repair": "X what"}, 400, "RDF Patch"),
        ("/validate?repairs=some", {"data": ""}, 400, "'repairs' is true"),
        ("/validate", {"data": "", "against": "all"}, 400, "against=graph"),
    ],
)
def test_what_a_form_lacks_is_one_sentence(
    client: FlaskClient, address: str, sent: dict[str, str], status: int, words: str
) -> None:
    answer = client.post(address, data=sent, **FORM)
    assert answer.status_code == status
    assert words in answer.get_json(force=True)["detail"]


def test_data_that_a_page_cannot_hold_are_judged_but_not_mended_there(page: FlaskClient) -> None:
    data = (sparql_prologue() + UNFINISHED + "#" * (1 << 19)).encode()
    answer = page.post("/validate", data=data, content_type="text/turtle")
    reader = read(answer.text, "vi")
    assert reader.findings and any(finding["repairs"] for finding in reader.findings)
    assert reader.buttons == []
    assert "512 kB" in answer.text and "<textarea" not in answer.text
