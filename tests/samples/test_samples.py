"""The samples are whole, ours, and agree with what is expected of them."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from kg.errors import NotFound
from kg.model.dates import PartialDate
from kg.resources import tree
from kg.samples import expected, sample_documents, sample_names

NAMES = sample_names()
RUN = 12  # words in a row that no other text may share with a sample


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).replace("\u00d0", "Đ").lower())


def runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1)}


def test_there_are_at_least_fourteen_samples():
    assert len(NAMES) >= 14


def test_every_report_has_its_expected_extraction_and_its_metadata_and_the_reverse():
    folder = tree("samples")
    assert {p.stem for p in (folder / "expected").glob("*.json")} == set(NAMES)
    assert {p.name.removesuffix(".meta.json") for p in (folder / "reports").glob("*.meta.json")} == set(NAMES)


def test_documents_come_in_order_with_day_and_place():
    documents = sample_documents()
    assert [d.id for d in documents] == NAMES
    for document in documents:
        assert document.text.strip()
        assert document.place
        assert document.title
        assert document.published
        assert PartialDate.parse(document.published).is_full


def test_samples_span_2019_to_2026():
    years = {PartialDate.parse(d.published).year for d in sample_documents() if d.published}
    assert min(years) == 2019
    assert max(years) == 2026


def test_metadata_states_the_licence():
    paths = sorted((tree("samples") / "reports").glob("*.meta.json"))
    assert paths
    assert {json.loads(p.read_text(encoding="utf-8"))["license"] for p in paths} == {"CC BY 4.0"}


def test_an_unknown_sample_is_named_in_the_error():
    with pytest.raises(NotFound, match="'99-nowhere'"):
        expected("99-nowhere")


@pytest.mark.parametrize("document", sample_documents(), ids=NAMES)
def test_what_is_expected_occurs_in_the_text(document):
    text = " ".join(words(document.text))
    want = expected(document.id)
    assert want["id"] == document.id
    assert want["doc"]["pub_date"] == document.published
    assert want["doc"]["place"] == document.place
    for person in want["persons"]:
        assert " ".join(words(person["name"])) in text
    for directive in want["directives"]:
        assert " ".join(words(directive["number"])) in text
        if directive["title"]:
            assert " ".join(words(directive["title"])) in text


@pytest.mark.parametrize("name", NAMES)
def test_expected_parts_refer_to_each_other(name):
    want = expected(name)
    people = {p["name"] for p in want["persons"]}
    known = people | {d["number"] for d in want["directives"]} | set(want["organs"])
    for relation in want["relations"]:
        assert {relation["subject"], relation["object"]} <= known
    for meeting in want["meetings"]:
        assert PartialDate.parse(meeting["date"]).last_day <= PartialDate.parse(want["doc"]["pub_date"]).last_day
        for participant in meeting["participants"]:
            assert participant["name"] in people
            assert participant.get("site") in [None, *meeting["sites"]]


def test_the_negative_sample_names_nobody():
    assert [name for name in NAMES if not expected(name)["persons"]] == ["18-hoi-dap-dat-dai-ca-mau"]


def test_no_sample_shares_a_run_of_words_with_the_corpus(shared: Path):
    corpus = shared / "corpus"
    others = [
        json.loads(line)["text"] for line in (corpus / "raw.jsonl").read_text(encoding="utf-8").splitlines() if line
    ]
    others += [p.read_text(encoding="utf-8") for p in sorted((corpus / "articles").glob("*.txt"))]
    assert len(others) > 1000
    ours: dict[tuple[str, ...], str] = {}
    for document in sample_documents():
        ours.update(dict.fromkeys(runs(document.text), document.id))
    common = {ours[run]: " ".join(run) for other in others for run in runs(other) if run in ours}
    assert common == {}
