"""One process owns a folder; the verbs of others go through it, a second owner is refused."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import open_graph

Run = Callable[..., tuple[int, str, str]]


def elsewhere(*arguments: object) -> subprocess.CompletedProcess[str]:
    """A command line in a process of its own."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_verbs_work_while_another_process_owns_the_folder(own: Path, reports: Path, tmp_path: Path) -> None:
    report = reports / "03-bac-kan-bo-nhiem-so-noi-vu.txt"
    with open_graph(own, own=True) as graph:
        before = graph.info()["generation"]
        assert "would add" in elsewhere("ingest", report, "--dry-run", "--data", own).stdout
        assert "1 stored" in elsewhere("ingest", report, "--commit", "--data", own).stdout
        assert graph.info()["generation"] == before + 1
        found = elsewhere("search", "nong vinh thuy", "--kind", "person", "--data", own)
        assert found.returncode == 0 and "Nông Vĩnh Thụy" in found.stdout
        rows = elsewhere("query", "SELECT ?n WHERE { ?p foaf:name ?n }", "--data", own)
        assert "Nông Vĩnh Thụy" in rows.stdout
        assert elsewhere("export", "-o", tmp_path / "graph.nq", "--data", own).returncode == 0
        assert elsewhere("token", "create", "lan", "--role", "editor", "--data", own).returncode == 0


def test_a_second_server_on_the_folder_is_refused_in_one_sentence(own: Path) -> None:
    with open_graph(own, own=True):
        done = elsewhere("serve", "--port", "0", "--data", own)
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert str(os.getpid()) in last and str(own) in last and "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", [["query", "conflicts"], ["search", "x"], ["export"], ["token", "list"]])
def test_a_folder_of_another_version_is_refused_in_one_sentence(kg: Run, own: Path, verb: list[str]) -> None:
    facts = json.loads((own / "FORMAT").read_text())
    (own / "FORMAT").write_text(json.dumps(facts | {"format": 99, "software": "9.9.9"}))
    status, _, err = kg(*verb, "--data", own)
    assert status == 2
    assert err.count("\n") == 1 and "format 99" in err and "9.9.9" in err


@pytest.mark.parametrize("verb", [["query", "conflicts"], ["search", "x"], ["export"], ["token", "list"]])
def test_no_folder_is_one_sentence_that_says_how_to_make_one(kg: Run, tmp_path: Path, verb: list[str]) -> None:
    status, _, err = kg(*verb, "--data", tmp_path / "nowhere")
    assert status == 2
    assert err.count("\n") == 1 and "kg init" in err
