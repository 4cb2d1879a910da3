"""`kg history` and `kg revert`, also while another process owns the folder."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.cli import main
from kg.history import entries
from kg.namespaces import HISTORY, curie, iri
from kg.store import open_graph
from tests.cli.test_ownership import elsewhere

Run = Callable[..., tuple[int, str, str]]
REPORT = "03-bac-kan-bo-nhiem-so-noi-vu.txt"


def facts(folder: Path) -> frozenset[Quad]:
    with open_graph(folder) as graph, graph.reader() as reader:
        return frozenset(quad for quad in reader.quads(graph=None) if quad.graph_name != HISTORY)


def latest(folder: Path) -> str:
    with open_graph(folder) as graph, graph.reader() as reader:
        return curie(entries(reader)[0].change)


@pytest.fixture
def two(own: Path, reports: Path) -> Path:
    """A copy with two reports."""
    assert main(["ingest", str(reports / REPORT), "--commit", "--data", str(own)]) == 0
    return own


def test_history_lists_all_changes_and_those_of_one_person(kg: Run, two: Path) -> None:
    status, out, _ = kg("history", "--data", two)
    assert status == 0 and len(out.splitlines()) == 3
    found = kg("search", "nong vinh thuy", "--kind", "person", "--data", two)[1]
    (person,) = set(re.findall(r"person:\S+", found))
    status, out, _ = kg("history", person, "--format", "json", "--data", two)
    (one,) = json.loads(out)
    assert status == 0 and curie(one["change"]) == latest(two)
    assert len(kg("history", "--limit", "1", "--data", two)[1].splitlines()) == 2
    assert kg("history", "person:nobody", "--data", two)[0] == 1


def test_history_of_a_change_is_its_differences_in_words_or_as_a_patch(kg: Run, two: Path) -> None:
    status, out, _ = kg("history", latest(two), "--data", two)
    assert status == 0 and re.search(r"^Nông Vĩnh Thụy \(person:", out, re.M)
    assert re.search(r"^  “.+” ", out, re.M)
    patch = kg("history", latest(two), "--format", "patch", "--data", two)[1]
    assert patch.startswith("TX .\n") and patch.endswith("TC .\n")
    told = json.loads(kg("history", latest(two), "--format", "json", "--data", two)[1])
    rows = sum(len(p["added"]) + len(p["removed"]) for part in told["parts"] for p in part["properties"])
    assert rows == told["added"] + told["removed"] == len(patch.splitlines()) - 2
    assert kg("history", "--format", "patch", "--limit", "1", "--data", two)[1] == patch


def test_a_report_is_undone_done_again_and_the_journal_says_so(kg: Run, own: Path, reports: Path) -> None:
    before = facts(own)
    assert kg("ingest", reports / REPORT, "--commit", "--data", own)[0] == 0
    after, change = facts(own), latest(own)
    status, out, _ = kg("revert", change, "--reason", "nhầm", "--dry-run", "--data", own)
    assert status == 0 and out.startswith("TX .") and facts(own) == after
    status, out, _ = kg("revert", change, "--reason", "nhầm", "--agent", "Lan", "--data", own)
    assert status == 0 and f"{change} was undone by {latest(own)}." in out
    assert facts(own) == before
    with open_graph(own) as graph, graph.reader() as reader:
        newest, undone, *_ = entries(reader)
    assert (newest.reverts, undone.reverted_by) == (undone.change, newest.change)
    assert kg("revert", latest(own), "--reason", "không nhầm", "--data", own)[0] == 0
    assert facts(own) == after


def test_both_verbs_work_while_a_server_owns_the_folder(two: Path) -> None:
    before, change = facts(two), latest(two)
    with open_graph(two, own=True):
        assert change in elsewhere("history", "--data", two).stdout
        done = elsewhere("revert", change, "--reason", "nhầm", "--data", two)
        assert done.returncode == 0, done.stderr
    assert facts(two) < before


def test_a_change_that_a_later_one_rests_on_is_not_undone(kg: Run, two: Path) -> None:
    with open_graph(two) as graph, graph.reader() as reader:
        (row,) = reader.select("SELECT ?p { ?p a bm:Person ; bm:key 'nong vinh thuy' }")
    person, change = curie(row["p"].value), latest(two)
    with open_graph(two) as graph:
        update = f"INSERT DATA {{ {person} skos:altLabel 'Thụy'@vi }}"
        graph.submit_update(update, agent=iri("agent:lan"), reason="tên gọi khác", accept_warnings=True)
    before = facts(two)
    status, out, err = kg("revert", change, "--reason", "nhầm", "--data", two)
    assert (status, out) == (1, "") and err.count("\n") == 1
    assert "(tên gọi khác) added" in err and f"{person} skos:altLabel" in err
    assert facts(two) == before


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("revert", "change:0-none", "--reason", "x"), 2, "The journal has no change change:0-none"),
        (("revert", "no iri", "--reason", "x"), 2, "is no IRI"),
        (("revert", "change:0-none"), 2, "--reason"),
        (("history", "no iri"), 2, "is no IRI"),
        (("history", "--limit", "-1"), 2, "--limit"),
    ],
)
def test_wrong_use_is_one_sentence(kg: Run, filled: Path, arguments: tuple[str, ...], status: int, words: str) -> None:
    found, out, err = kg(*arguments, "--data", filled)
    assert (found, out) == (status, "")
    assert words in err and err.count("\n") == 1
