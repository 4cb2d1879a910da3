"""Many documents go in in groups, proposed beside the process that stores; killed and run again, each is in once."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.cli import ingesting, proposing
from kg.errors import BomayError
from kg.extract import extract
from kg.model.changes import ChangeSet
from kg.model.documents import Document
from kg.model.extraction import Extraction
from kg.model.graph import Reader
from kg.namespaces import HISTORY, iri
from kg.store import Graph, StoreReader, open_graph

Run = Callable[..., tuple[int, str, str]]

REPORTS = 36


def report(number: int) -> Document:
    """A report on somebody of its own, and in each tenth one somebody whom all of these name."""
    who = f"Lò Văn {('Mẫu', 'Thử', 'Chung', 'Riêng')[number % 4]} {'ABCDEĐGHIK'[number // 4 % 10]}"
    chair = "đồng chí Nông Thị Chung - Bí thư Tỉnh ủy Bắc Kạn" if number % 10 == 0 else f"đồng chí {who}"
    text = f"Ngày {number % 28 + 1}/3/2023, {chair} - Chủ tịch UBND tỉnh Bắc Kạn chủ trì hội nghị số {number}."
    return Document(f"r{number}", text, place="Bắc Kạn")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    file = tmp_path / "pile.jsonl"
    rows = [{"id": d.id, "text": d.text, "place": d.place} for d in map(report, range(REPORTS))]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


def sources(folder: Path) -> list[str]:
    """The digests of the sources, one for each source that there is."""
    with open_graph(folder) as graph, graph.reader() as reader:
        return [quad.object.value for quad in reader.quads(None, iri("bm:textDigest"))]


def people(folder: Path) -> set[Quad]:
    with open_graph(folder) as graph, graph.reader() as reader:
        nodes = {quad.subject for quad in reader.quads(None, iri("rdf:type"), iri("bm:Person"))}
        return {quad for node in nodes for quad in reader.quads(node)}


@pytest.fixture(params=["beside", "here"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(proposing, "FEW", 0 if request.param == "beside" else REPORTS)
    return str(request.param)


def test_every_report_goes_in_once_in_groups_each_with_its_entry(kg: Run, own: Path, pile: Path, way: str) -> None:
    before = set(sources(own))
    status, out, err = kg("ingest", pile, "--commit", "--data", own)
    assert status == 0, err
    assert f"{REPORTS} documents: {REPORTS} stored, 0 known already" in out
    found = sources(own)
    assert len(found) == len(set(found)) and set(found) - before == {report(n).digest for n in range(REPORTS)}
    with open_graph(own) as graph, graph.reader() as reader:
        used = [quad.subject for quad in reader.quads(None, iri("prov:used"), None, HISTORY)]
        assert len(used) == len(set(used)) == len(found)
        assert graph.info()["generation"] == len(found)
    status, out, _ = kg("ingest", pile, "--commit", "--resume", "--jobs", "1", "--data", own)
    assert status == 0 and f"0 stored, {REPORTS} known already" in out


def test_both_ways_say_the_same(
    kg: Run, own: Path, pile: Path, tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    other = Path(shutil.copytree(filled, tmp_path / "other"))
    for few, folder in ((0, own), (REPORTS, other)):
        monkeypatch.setattr(proposing, "FEW", few)
        assert kg("ingest", pile, "--commit", "--data", folder)[0] == 0
    assert people(own) == people(other)


def test_the_number_of_processes_is_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing.os, "cpu_count", lambda: 1)
    many = proposing.FEW + 1
    for jobs, kind in ((None, proposing.Here), (1, proposing.Here), (2, proposing.Beside), (9, proposing.Beside)):
        with proposing.proposer(many, jobs=jobs) as made:
            assert type(made) is kind


@pytest.mark.parametrize("said", ["0", "-1", "two", "1.5"])
def test_a_number_of_processes_that_is_none_is_told(kg: Run, own: Path, pile: Path, said: str) -> None:
    status, _, err = kg("ingest", pile, f"--jobs={said}", "--data", own)
    assert status == 2
    assert f"'{said}' is no number of processes; give 1 or more" in err


def test_a_person_of_an_earlier_report_is_recognised_in_a_later_one_of_the_group(
    kg: Run, own: Path, pile: Path, way: str
) -> None:
    assert kg("ingest", pile, "--commit", "--data", own)[0] == 0
    with open_graph(own) as graph, graph.reader() as reader:
        assert len(list(reader.quads(None, iri("bm:key"), next(iter(_key("Nông Thị Chung")))))) == 1


def _key(name: str) -> list[object]:
    from pyoxigraph import Literal

    from kg.model import fold

    return [Literal(fold.key(name))]


BROKEN = {"r7", "r8", "r30"}


def _spoilt(reader: Reader, document: Document, said: Extraction, agent: object) -> ChangeSet:
    from dataclasses import replace

    from kg.propose import propose

    change = propose(reader, document, said, proposing.AGENT)
    if document.id not in BROKEN:
        return change
    tenure = Quad(iri(f"tenure:stray-{document.id}"), iri("rdf:type"), iri("bm:Tenure"))
    return replace(change, add=change.add | {tenure})


def test_what_is_refused_is_left_out_alone(kg: Run, own: Path, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "FEW", REPORTS)
    monkeypatch.setattr(proposing, "propose", _spoilt)
    status, out, _ = kg("ingest", pile, "--commit", "--data", own)
    assert status == 1
    assert f"{REPORTS} documents: {REPORTS - 3} stored, 0 known already, 0 bad, 3 refused" in out
    assert {line.split(": ")[1] for line in out.splitlines() if line.startswith("refused: ")} == BROKEN
    assert "refused by: " in out and "bms:Tenure-member 3 documents" in out
    wanted = {report(n).digest for n in range(REPORTS) if f"r{n}" not in BROKEN}
    assert wanted <= set(sources(own)) and not {report(7).digest, report(8).digest, report(30).digest} & set(
        sources(own)
    )


class _Spy(proposing.Here):
    """Gives documents ahead as a process beside would, and counts how often it had to begin anew."""

    ahead = 16

    def __init__(self) -> None:
        super().__init__(extract)
        self.begun = 0

    def begin(self, graph: Graph) -> None:
        self.begun += 1


def test_a_change_by_somebody_else_has_the_rest_proposed_anew(own: Path, pile: Path) -> None:
    from kg.read import read_documents

    spy, summary = _Spy(), ingesting.Summary()
    with open_graph(own) as graph:
        documents = [one for one in read_documents([pile]) if isinstance(one, Document)]
        told: list[int] = []

        def report_and_meddle(_stage: str, done: int, _total: int) -> None:
            told.append(done)
            if done == 3:
                add = frozenset({Quad(iri("agent:somebody"), iri("rdfs:label"), iri("agent:somebody"))})
                graph.submit(ChangeSet(add, frozenset(), iri("agent:test"), "meanwhile"))

        ingesting.take_in(graph, iter(documents), spy, summary, report_and_meddle, len(documents))
    assert summary.documents == REPORTS and not summary.refused
    assert spy.begun == 2
    assert told == sorted(told)


def test_a_process_beside_that_ends_is_told_with_the_document(own: Path) -> None:
    with open_graph(own) as graph, proposing.Beside() as beside:
        beside.begin(graph)
        beside._process.kill()
        beside._process.wait()
        with pytest.raises(BomayError, match="'r1'"):
            for _ in range(1000):
                beside.give(report(1))
            beside.take(report(1))


def test_beginning_anew_forgets_what_was_given(own: Path) -> None:
    with open_graph(own) as graph, proposing.Beside() as beside:
        beside.begin(graph)
        beside.give(report(1))
        beside.give(report(2))
        beside.begin(graph)
        beside.give(report(3))
        with graph.reader() as reader:
            change = beside.take(report(3)).change(reader)
    assert {quad.object.value for quad in change.add if quad.predicate == iri("bm:textDigest")} == {report(3).digest}


def test_a_change_waits_in_a_file_and_not_in_the_pipe(own: Path) -> None:
    with open_graph(own) as graph, proposing.Beside() as beside:
        beside.begin(graph)
        beside.give(report(1))
        beside.give(report(2))
        place = Path(beside._place)
        waiting = place / beside._receive("r1")
        assert report(1).digest in waiting.read_text(encoding="ascii")
        beside.take(report(2))
        assert list(place.glob("*.json")) == [waiting]
    assert not place.exists()


@pytest.mark.slow
@pytest.mark.parametrize("attempts", [6])
def test_killed_at_any_moment_and_run_again_nothing_is_lost_or_double(
    own: Path, pile: Path, root: Path, attempts: int
) -> None:
    command = [sys.executable, "-m", "kg", "ingest", str(pile), "--commit", "--data", str(own)]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    for attempt in range(attempts):
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment) as process:
            assert process.stderr is not None
            process.stderr.readline()  # it has begun to take documents in
            killer = threading.Timer(0.3 * attempt, process.send_signal, [signal.SIGKILL])
            killer.start()
            process.stderr.read()
            killer.join()
        found = sources(own)
        assert len(found) == len(set(found))
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    found = sources(own)
    assert len(found) == len(set(found)) and set(found) >= {report(n).digest for n in range(REPORTS)}
    with open_graph(own) as graph, graph.reader() as reader:
        assert isinstance(reader, StoreReader)
        used = [quad.object for quad in reader.quads(None, iri("prov:used"), None, HISTORY)]
        assert len(used) == len(set(used)) == len(found)
