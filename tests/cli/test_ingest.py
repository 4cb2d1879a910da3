"""Reports go in through one door; what is bad or refused is named and keeps nothing else out."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.cli.ingest import Summary
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.namespaces import iri
from kg.review import Queue
from tests.cli.conftest import REPORT

Run = Callable[..., tuple[int, str, str]]

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
OFFICIAL = "Ngày 10/3/2023, đồng chí Lò Văn Mẫu - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị."


def count(kg: Run, folder: Path) -> str:
    status, out, _ = kg("query", COUNT, "--data", folder)
    assert status == 0
    return out


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(kg: Run, own: Path, reports: Path) -> None:
    before = count(kg, own)
    status, out, _ = kg("ingest", reports / "03-bac-kan-bo-nhiem-so-noi-vu.txt", "--dry-run", "--data", own)
    assert status == 0
    assert "1 document: 1 new, 0 known already, 0 bad, 0 refused" in out
    assert "would add: " in out and "without --dry-run it is queued" in out and not Queue(own).path.exists()
    assert count(kg, own) == before


def test_the_same_report_again_in_another_form_adds_nothing(kg: Run, own: Path, reports: Path, tmp_path: Path) -> None:
    before = count(kg, own)
    text = (reports / f"{REPORT}.txt").read_bytes().decode("utf-8")
    other = tmp_path / "other-form.txt"
    other.write_bytes(unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode("utf-8"))
    status, out, _ = kg("ingest", other, reports / f"{REPORT}.txt", "--commit", "--data", own)
    assert status == 0
    assert "2 documents: 0 stored, 2 known already" in out
    assert count(kg, own) == before


def test_one_bad_file_among_many_is_named_and_the_rest_go_in(kg: Run, own: Path, tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "a.txt").write_text(OFFICIAL, encoding="utf-8")
    (pile / "b.txt").write_bytes(bytes(range(256)) * 40)
    (pile / "c.txt").write_text(OFFICIAL.replace("Mẫu", "Thử"), encoding="utf-8")
    status, out, err = kg("ingest", pile, "--commit", "--place", "Bắc Kạn", "--data", own)
    assert status == 1
    assert "3 documents: 2 stored, 0 known already, 1 bad, 0 refused" in out
    assert [line for line in out.splitlines() if line.startswith("bad: ")] != []
    assert "b.txt" in out and "Traceback" not in err
    status, out, _ = kg("search", "lo van mau", "--kind", "person", "--data", own)
    assert status == 0 and "Lò Văn Mẫu" in out


def test_only_bad_files_are_unreadable_input(kg: Run, filled: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    status, out, _ = kg("ingest", empty, "--commit", "--data", filled)
    assert status == 2
    assert "1 document: 0 stored, 0 known already, 1 bad" in out and "empty" in out


def test_a_refused_document_is_named_with_its_shape_and_nothing_of_it_is_stored(
    kg: Run, own: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = NamedNode("https://w3id.org/bomay/id/tenure/stray")
    broken = Quad(stray, iri("rdf:type"), iri("bm:Tenure"))

    def propose(*_: object) -> ChangeSet:
        return ChangeSet(frozenset({broken}), frozenset(), iri("agent:test"), "a tenure of nobody")

    monkeypatch.setattr("kg.cli.proposing.propose", propose)
    before = count(kg, own)
    for commit in ([], ["--dry-run"], ["--commit"]):
        status, out, _ = kg("ingest", reports / "03-bac-kan-bo-nhiem-so-noi-vu.txt", *commit, "--data", own)
        assert status == 1
        assert "1 refused" in out
        assert "refused: 03-bac-kan-bo-nhiem-so-noi-vu: bms:Tenure-member: " in out
    assert count(kg, own) == before


def test_the_folder_may_be_missing_and_the_sentence_says_what_to_do(kg: Run, reports: Path, tmp_path: Path) -> None:
    status, _, err = kg("ingest", reports / f"{REPORT}.txt", "--commit", "--data", tmp_path / "nowhere")
    assert status == 2
    assert err.splitlines()[-1].startswith("kg: ") and "kg init" in err


def test_status_is_0_when_all_went_in_1_when_some_did_not_2_when_nothing_could_be_read() -> None:
    from kg.read import BadDocument

    bad = BadDocument("x", "why")
    assert Summary(documents=2).status == 0
    assert Summary(documents=2, bad=[bad]).status == 1
    assert Summary(bad=[bad]).status == 2


def test_an_interruption_ends_with_what_became_of_the_documents_so_far(
    kg: Run, own: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.cli import ingest

    read: list[Document] = []

    def extract(document: Document) -> Extraction:
        read.append(document)
        if len(read) == 2:
            raise KeyboardInterrupt
        return real(document)

    real = ingest.extract
    monkeypatch.setattr(ingest, "extract", extract)
    status, out, err = kg("ingest", *sorted(reports.glob("0[345]*.txt")), "--commit", "--data", own)
    assert status == 130
    assert "1 document: 1 stored" in out and err.splitlines()[-1].startswith("kg: interrupted")
