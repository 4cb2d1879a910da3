"""`/api/extract`: what a text says, for programs."""

import time

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from kg.errors import LimitExceeded
from kg.extract import extract
from kg.model.documents import Document
from kg.samples import sample_documents
from server.extracting import ReadingDesk, Wanted

REPORT = "Ngày 05/4/2022, đồng chí Đinh Thị Hòa, Trưởng Ban Tuyên giáo Tỉnh ủy Bắc Kạn dự hội nghị giao ban."
PAGE = f"<!DOCTYPE html><html><head><title>x</title></head><body><article><p>{REPORT}</p></article></body>"


def test_json_gives_what_the_command_gives(client: FlaskClient) -> None:
    sent = {"text": REPORT, "published": "2022-04-05", "place": "Bắc Kạn"}
    response = client.post("/api/extract", json=sent)
    wanted = extract(Document(id="request", **sent)).to_json()
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json() == wanted
    (person,) = wanted["persons"]
    assert person["name"] == "Đinh Thị Hòa"


def test_plain_text_takes_day_and_place_from_the_address(client: FlaskClient) -> None:
    asked = {"published": "2022-04", "place": "Bắc Kạn"}
    said = client.post("/api/extract", query_string=asked, data=REPORT.encode(), content_type="text/plain").get_json()
    assert (said["published"], said["place"]) == ("2022-04", "Bắc Kạn")
    start, end = said["persons"][0]["spans"][0]
    assert REPORT[start:end] == "Đinh Thị Hòa"


def test_a_page_comes_with_the_text_that_its_spans_count_in(client: FlaskClient) -> None:
    said = client.post("/api/extract", data=PAGE.encode(), content_type="text/html; charset=utf-8").get_json()
    start, end = said["persons"][0]["spans"][0]
    assert said["text"][start:end] == "Đinh Thị Hòa"


def test_the_answer_is_as_openapi_says(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    schema = {**document, "$ref": "#/components/schemas/Extraction"}
    validator = Draft202012Validator(schema)
    samples = list(sample_documents())
    assert len(samples) > 10
    for sample in samples:
        sent = {"text": sample.text, "published": sample.published, "place": sample.place}
        validator.validate(client.post("/api/extract", json=sent).get_json())


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"{", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"\xff", "JSON"),
        (b"[]", "object"),
        (b"{}", "'text'"),
        (b'{"text": 3}', "'text'"),
        (b'{"text": "a", "colour": 1}', "'colour'"),
        (b'{"text": "a", "place": ["b"]}', "'place'"),
        (b'{"text": "a", "published": "soon"}', "'published'"),
        (b'{"text": "a", "published": "2022-02-31"}', "'published'"),
        (b'{"text": "a \\ud800"}', "surrogate"),
        (b'{"text": " "}', "empty"),
    ],
)
def test_what_cannot_be_read_is_400_in_one_sentence(client: FlaskClient, body: bytes, word: str) -> None:
    response = client.post("/api/extract", data=body, content_type="application/json")
    problem = response.get_json(force=True)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert word in problem["detail"]
    assert problem["detail"].count("\n") == 0


@pytest.mark.parametrize(("body", "media_type"), [(b"\x00\x01" * 50, "text/plain"), (b"<html></html>", "text/html")])
def test_a_binary_file_and_a_page_without_words_are_400(client: FlaskClient, body: bytes, media_type: str) -> None:
    assert client.post("/api/extract", data=body, content_type=media_type).status_code == 400


@pytest.mark.parametrize("media_type", ["application/pdf", "text/csv", ""])
def test_another_media_type_is_415(client: FlaskClient, media_type: str) -> None:
    assert client.post("/api/extract", data=b"x", content_type=media_type).status_code == 415


def test_a_body_over_ten_megabytes_is_413(client: FlaskClient) -> None:
    assert client.post("/api/extract", data=b"a" * 10_000_001, content_type="text/plain").status_code == 413


def test_another_form_of_answer_is_406(client: FlaskClient) -> None:
    headers = {"Accept": "text/csv"}
    assert client.post("/api/extract", json={"text": REPORT}, headers=headers).status_code == 406


def test_a_long_paragraph_is_read_apart_in_seconds(client: FlaskClient) -> None:
    text = f"{REPORT} " * (1_000_000 // len(f"{REPORT} ".encode()))
    began = time.monotonic()
    response = client.post("/api/extract", data=text.encode(), content_type="text/plain")
    assert response.status_code == 200
    assert len(response.get_json()["persons"][0]["spans"]) > 1000
    assert time.monotonic() - began < 50


def test_reading_over_its_time_or_memory_is_stopped() -> None:
    wanted = Wanted((REPORT * 3000).encode(), "txt", None, None)
    with pytest.raises(LimitExceeded, match=r"longer than 0\.05 seconds"):
        ReadingDesk(seconds=0.05).read(wanted)
    with pytest.raises(LimitExceeded, match="memory"):
        ReadingDesk(memory_bytes=1 << 20).read(wanted)


def test_too_many_at_a_time_are_told_so() -> None:
    desk = ReadingDesk(places=1, patience=0.01)
    with desk._free, pytest.raises(LimitExceeded, match="Too many"):
        desk.read(Wanted(REPORT.encode(), "txt", None, None))
