"""One process owns a folder; others ask it."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import FolderError, NotFound, QueryRefused, SyntaxFault
from kg.model.documents import Document
from kg.store import Graph, Receipt, Refused, StaleValidation, open_graph
from kg.store.layout import Folder
from kg.store.ownership import find_owner
from tests.store.conftest import AGENT, adding, facts, person, shapes


@pytest.fixture
def owner(folder: Path, root: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that owns the folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.owning", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()
        process.wait(timeout=30)


@pytest.fixture
def client(owner: "subprocess.Popen[str]", folder: Path) -> Iterator[Graph]:
    """The folder as this process has it beside its owner."""
    with open_graph(folder) as opened:
        assert opened.info()["owner"] == owner.pid
        yield opened


def test_a_client_commits_through_the_owner_and_sees_its_own_write(client: Graph) -> None:
    receipt = client.submit(adding(*facts("a")))
    assert (receipt.generation, receipt.added) == (1, 2)
    assert receipt.change_iri is not None
    with client.reader() as reader:
        assert set(reader.quads(person("a"))) == facts("a")
    with client.pin() as generation:
        assert generation.number == 1


def test_a_client_is_refused_with_the_whole_report(client: Graph) -> None:
    with pytest.raises(Refused) as refused:
        client.submit(adding(*facts("a", label=None)))
    (finding,) = refused.value.report.findings
    assert finding.focus == person("a").value
    assert finding.message_vi == "Hãy ghi nhãn cho người này."
    assert "sh:resultPath rdfs:label" in refused.value.report.to_turtle() or "rdf-schema#label" in (
        refused.value.report.to_turtle()
    )
    assert [f.severity for f in client.check(adding(*facts("a", label=None))).findings] == ["Violation"]


def test_errors_come_back_as_their_types(client: Graph) -> None:
    with pytest.raises(QueryRefused, match="LOAD"):
        client.submit_update("LOAD <http://example.org/>", agent=AGENT, reason="x")
    with pytest.raises(SyntaxFault) as fault:
        client.submit_update("INSERT DATA {", agent=AGENT, reason="x")
    assert fault.value.line == 1
    with pytest.raises(NotFound):
        client.source_text("0" * 64)


def test_updates_and_texts_go_through_the_owner(client: Graph) -> None:
    text = "Văn bản\r\n"
    digest = Document("d", text).digest
    change = adding(*facts("a"))
    client.submit(type(change)(change.add, change.remove, AGENT, "x", person("s"), {digest: text}))
    assert client.source_text(digest) == text
    assert client.submit_update("INSERT DATA { person:a foaf:name 'A' }", agent=AGENT, reason="x").added == 1


def test_an_update_meant_for_an_earlier_generation_is_refused(client: Graph) -> None:
    update, base = "INSERT DATA { <a> <b> <c> }", "https://example.org/"
    assert client.submit_update(update, agent=AGENT, reason="x", base=base, generation=0).added == 1
    with pytest.raises(StaleValidation):
        client.submit_update(update, agent=AGENT, reason="x", base=base, generation=0)


@pytest.mark.usefixtures("owner")
def test_a_second_owner_is_refused_by_name(owner: "subprocess.Popen[str]", folder: Path) -> None:
    with pytest.raises(FolderError, match=f"process {owner.pid} owns"):
        open_graph(folder, own=True)


def test_the_folder_is_free_when_its_owner_was_killed(owner: "subprocess.Popen[str]", folder: Path) -> None:
    left = find_owner(Folder(folder))
    owner.kill()
    owner.wait(timeout=30)
    with open_graph(folder, own=True) as graph:
        assert graph.info()["owner"] == os.getpid()
    assert left is not None
    assert not left.socket.parent.exists()


def test_a_client_whose_owner_has_ended_says_so(client: Graph, owner: "subprocess.Popen[str]") -> None:
    owner.kill()
    owner.wait(timeout=30)
    with pytest.raises(FolderError, match=f"{owner.pid}.*has ended"):
        client.submit(adding(*facts("a")))


@pytest.mark.usefixtures("graph")
def test_the_socket_lies_in_a_folder_of_the_user_alone_with_a_short_path(folder: Path) -> None:
    owner = find_owner(Folder(folder))
    assert owner is not None
    assert stat.S_IMODE(owner.socket.parent.stat().st_mode) == 0o700
    assert len(str(owner.socket)) < 100


def test_closing_takes_the_socket_and_the_record_away(folder: Path) -> None:
    graph = open_graph(folder)
    owner = find_owner(Folder(folder))
    assert owner is not None
    graph.close()
    graph.close()
    assert not owner.socket.parent.exists()
    assert not (folder / "owner.json").exists()
    with pytest.raises(FolderError, match="was closed"):
        graph.submit(adding(*facts("a")))


def test_of_many_that_open_at_once_one_owns_and_the_rest_ask_it(folder: Path) -> None:
    opened: list[Graph] = []
    threads = [threading.Thread(target=lambda: opened.append(open_graph(folder, shapes=shapes))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(graph).__name__ for graph in opened) == ["Client"] * 5 + ["Owner"]
    for at, graph in enumerate(opened):
        assert graph.submit(adding(*facts(f"x{at}"))).generation == at + 1
    for graph in sorted(opened, key=lambda graph: type(graph).__name__):
        graph.close()


def test_many_threads_commit_one_after_another(folder: Path) -> None:
    receipts: list[Receipt] = []
    with open_graph(folder, own=True, shapes=shapes) as graph:

        def work(name: str) -> None:
            receipts.append(graph.submit(adding(*facts(name))))
            with graph.reader() as reader:
                assert any(True for _ in reader.quads(person(name)))

        threads = [threading.Thread(target=work, args=(f"t{at}",)) for at in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(receipt.generation for receipt in receipts) == list(range(1, 9))
