"""`kg ingest` queues, `kg review` shows and decides."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.review import Queue
from kg.store import open_graph
from tests.cli.test_ingest import OFFICIAL, count
from tests.cli.test_ownership import elsewhere

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of one official."""
    path = tmp_path / "bao-cao.txt"
    path.write_text(OFFICIAL, encoding="utf-8")
    return path


@pytest.fixture
def waiting(kg: Run, own: Path, report: Path) -> str:
    """The identifier of its proposal."""
    status, out, _ = kg("ingest", report, "--place", "Bắc Kạn", "--data", own)
    assert status == 0
    assert "1 document: 1 queued, 0 known already, 0 waiting already, 0 bad, 0 refused" in out
    assert "kg review list" in out
    (row,) = kg("review", "list", "--data", own)[1].splitlines()[1:]
    assert re.fullmatch(r"[0-9a-f]{16}\tproposed\t\d+\tdocument\tagent:kg-ingest\t\d+\t0\tbao-cao", row)
    return row.partition("\t")[0]


def test_an_ingested_document_waits_and_is_stored_once_it_is_accepted(kg: Run, own: Path, waiting: str) -> None:
    before = count(kg, own)
    assert kg("search", "lo van mau", "--kind", "person", "--data", own)[1].count("Lò Văn Mẫu") == 0
    status, out, _ = kg("review", "accept", waiting, "--agent", "Lan", "--reason", "đúng", "--data", own)
    assert status == 0
    assert re.search(rf"^{waiting} is accepted as change:2-[0-9a-f]+: \d+ added, 0 removed$", out, re.MULTILINE)
    assert count(kg, own) != before
    assert "Lò Văn Mẫu" in kg("search", "lo van mau", "--kind", "person", "--data", own)[1]
    shown = kg("review", "show", waiting, "--data", own)[1]
    assert "accepted by agent:lan as change:2-" in shown and ": đúng" in shown
    assert kg("review", "list", "--data", own)[1].splitlines()[1:] == []
    assert waiting in kg("review", "list", "--state", "accepted", "--author", "kg-ingest", "--data", own)[1]
    status, _, err = kg("review", "accept", waiting, "--agent", "Mai", "--data", own)
    assert (status, "is accepted by agent:lan" in err) == (1, True)


def test_what_waits_is_not_queued_again_and_what_is_stored_is_not_queued(
    kg: Run, own: Path, waiting: str, report: Path
) -> None:
    for say in ([], ["--review"]):
        _, out, _ = kg("ingest", report, *say, "--place", "Bắc Kạn", "--data", own)
        assert "1 document: 0 queued, 0 known already, 1 waiting already" in out
    assert kg("review", "accept", waiting, "--agent", "Lan", "--data", own)[0] == 0
    assert "0 queued, 1 known already" in kg("ingest", report, "--data", own)[1]


def test_a_rejected_document_is_not_queued_again_and_its_reason_is_shown(
    kg: Run, own: Path, waiting: str, report: Path
) -> None:
    assert kg("review", "reject", waiting, "--reason", "tin chưa kiểm chứng", "--agent", "Lan", "--data", own)[0] == 0
    assert "rejected by agent:lan: tin chưa kiểm chứng" in kg("review", "show", waiting, "--data", own)[1]
    assert "1 waiting already" in kg("ingest", report, "--data", own)[1]


def test_one_proposal_is_shown_with_its_facts_and_their_sentences(kg: Run, own: Path, waiting: str) -> None:
    status, out, _ = kg("review", "show", waiting, "--data", own)
    assert status == 0
    assert re.search(r"^doubt \d+: ", out, re.MULTILINE)
    assert re.search(r"^tenure:\S+: Lò Văn Mẫu – .*bm:Tenure; high; needs person:lo-van-mau", out, re.MULTILINE)
    assert "“Ngày 10/3/2023, đồng chí Lò Văn Mẫu" in out
    patch = kg("review", "show", waiting, "--patch", "--data", own)[1].splitlines()
    assert (patch[0], patch[-1]) == ("TX .", "TC .")
    assert len(patch) == Queue(own).get(waiting).added + 2


def test_some_facts_are_accepted_and_the_rest_waits(kg: Run, own: Path, waiting: str) -> None:
    out = kg("review", "show", waiting, "--data", own)[1]
    person, tenure = (re.findall(rf"^({kind}:\S+): Lò Văn Mẫu", out, re.MULTILINE)[0] for kind in ("person", "tenure"))
    status, _, err = kg("review", "accept", waiting, "--fact", tenure, "--agent", "Lan", "--data", own)
    assert (status, "does not hang together" in err) == (1, True)
    status, out, _ = kg("review", "accept", waiting, "--fact", person, "--agent", "Lan", "--data", own)
    assert (status, "still wait" in out) == (0, True)
    assert "accepted 1 facts by agent:lan" in kg("review", "show", waiting, "--data", own)[1]


def test_what_is_sure_of_one_source_is_accepted(kg: Run, own: Path, waiting: str) -> None:
    source = Queue(own).get(waiting).source
    assert source is not None
    status, out, _ = kg("review", "accept", "--source", source.value, "--agent", "Lan", "--data", own)
    assert (status, "is accepted as change:2-" in out) == (0, True)
    status, out, _ = kg("review", "accept", "--source", source.value, "--agent", "Lan", "--data", own)
    assert (status, "Nothing of source:" in out) == (1, True)


def test_nobody_accepts_their_own_unless_the_setting_says_so(
    kg: Run, own: Path, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _, err = kg("review", "accept", waiting, "--agent", "kg-ingest", "--data", own)
    assert (status, "is your own" in err) == (2, True)
    monkeypatch.setenv("BOMAY_REVIEW_SELF_ACCEPT", "on")
    assert kg("review", "accept", waiting, "--agent", "kg-ingest", "--data", own)[0] == 0


def test_it_works_beside_a_process_that_owns_the_folder(own: Path, report: Path) -> None:
    with open_graph(own, own=True) as graph:
        assert "1 queued" in elsewhere("ingest", report, "--place", "Bắc Kạn", "--data", own).stdout
        id_ = elsewhere("review", "list", "--data", own).stdout.splitlines()[1].partition("\t")[0]
        before = graph.info()["generation"]
        done = elsewhere("review", "accept", id_, "--agent", "Lan", "--data", own)
        assert done.returncode == 0, done.stderr
        assert graph.info()["generation"] == before + 1


def test_what_cannot_be_done_is_one_sentence(kg: Run, own: Path) -> None:
    for arguments, status, words in (
        (["show", "none"], 2, "There is no proposal 'none'"),
        (["accept"], 2, "Give the ID of a proposal"),
        (["accept", "x", "--source", "source:y"], 2, "Give the ID of a proposal"),
        (["accept", "none", "--agent", "Lan"], 2, "There is no proposal"),
        (["reject", "none", "--reason", "x", "--agent", "Lan"], 2, "There is no proposal"),
        (["list", "--limit", "0"], 2, "is no number of proposals"),
        (["accept", "--source", "source:none", "--agent", "Lan"], 1, ""),
    ):
        found, out, err = kg("review", *arguments, "--data", own)
        assert found == status, arguments
        assert words in err and "Traceback" not in err
        assert words or "Nothing of source:none was accepted" in out
