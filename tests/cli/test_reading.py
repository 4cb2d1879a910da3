"""Verbs that read: extract, validate, query, queries, search, export."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.namespaces import HISTORY, PREFIXES
from tests.cli.conftest import REPORT

Run = Callable[..., tuple[int, str, str]]


def test_one_document_is_one_json_object_and_two_are_a_list(kg: Run, reports: Path) -> None:
    files = sorted(reports.glob("0[12]*.txt"))
    assert len(files) == 2
    _, one, _ = kg("extract", files[0], "--format", "json")
    assert json.loads(one)["id"] == files[0].stem
    _, two, _ = kg("extract", *files, "--format", "json")
    assert [said["id"] for said in json.loads(two)] == [file.stem for file in files]


def test_jsonl_is_one_object_a_line_in_plain_letters(kg: Run, reports: Path) -> None:
    _, out, _ = kg("extract", reports, "--format", "jsonl")
    lines = out.splitlines()
    assert len(lines) == len(list(reports.glob("*.txt"))) > 10
    assert all(json.loads(line)["id"] for line in lines)
    assert "Trần Thị Lộc" in lines[0]


def test_the_table_shows_who_holds_what_and_by_which_rule(kg: Run, reports: Path) -> None:
    _, out, _ = kg("extract", reports / f"{REPORT}.txt", "--format", "table")
    people = [line.split("\t") for line in out.splitlines() if "\tperson\t" in line]
    loc = next(cells for cells in people if cells[2] == "Trần Thị Lộc")
    assert "Ban Tuyên giáo Tỉnh ủy Bắc Kạn" in loc[3] and loc[4]


def test_standard_input_may_be_a_text_or_a_corpus(reports: Path) -> None:
    text = (reports / f"{REPORT}.txt").read_bytes()
    corpus = json.dumps({"id": "from-a-corpus", "text": text.decode("utf-8")}).encode()
    for given, name in ((text, "stdin"), (corpus, "from-a-corpus")):
        command = [sys.executable, "-m", "kg", "extract", "-", "--format", "jsonl", "--place", "Bắc Kạn"]
        done = subprocess.run(command, input=given, capture_output=True, check=True)
        said = json.loads(done.stdout)
        assert said["id"] == name and said["place"] == "Bắc Kạn" and len(said["persons"]) == 4


def test_some_bad_documents_give_1_and_the_rest_is_printed(kg: Run, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = kg("extract", tmp_path / "empty.txt", reports / f"{REPORT}.txt", "--format", "jsonl")
    assert status == 1
    assert json.loads(out)["id"] == REPORT and "empty.txt" in err


def test_queries_lists_each_question_with_values_to_try(kg: Run) -> None:
    status, out, _ = kg("queries")
    assert status == 0
    row = next(line.split("\t") for line in out.splitlines() if "\tpost-holders-on-day\t" in line)
    assert row[0] == "organs" and "-p day=" in row[3]


@pytest.mark.parametrize("name", ["same-name-persons", "people/same-name-persons"])
def test_a_library_query_runs_by_name_with_or_without_its_topic(kg: Run, filled: Path, name: str) -> None:
    status, out, _ = kg("query", name, "--data", filled)
    assert status == 0
    assert out.splitlines()[0].count(",") >= 1


def test_parameters_bind(kg: Run, filled: Path) -> None:
    _, found, _ = kg("query", "SELECT ?p WHERE { ?p a bm:Person ; bm:key 'tran thi loc' }", "--data", filled)
    person = found.split()[1]
    _, out, _ = kg("query", "person-posts", "-p", f"person={person}", "--data", filled)
    assert "Trưởng Ban" in out and "2022-04-05" in out


@pytest.mark.parametrize(
    ("form", "starts"),
    [("csv", "name\r\n"), ("tsv", "?name\n"), ("json", '{"head"'), ("xml", "<?xml"), ("table", "name\n")],
)
def test_rows_come_in_each_form(kg: Run, filled: Path, form: str, starts: str) -> None:
    query = "SELECT ?name WHERE { ?p a bm:Person ; foaf:name ?name } ORDER BY ?name"
    status, out, _ = kg("query", query, "--format", form, "--data", filled)
    assert status == 0
    assert out.startswith(starts) and "Trần Thị Lộc" in out


def test_a_graph_comes_as_turtle_unless_another_form_is_asked_for(kg: Run, filled: Path) -> None:
    query = "CONSTRUCT { ?p foaf:name ?n } WHERE { ?p a bm:Person ; foaf:name ?n }"
    _, turtle, _ = kg("query", query, "--data", filled)
    _, triples, _ = kg("query", query, "--format", "nt", "--data", filled)
    assert set(parse(turtle.encode(), RdfFormat.TURTLE)) == set(parse(triples.encode(), RdfFormat.N_TRIPLES)) != set()


def test_a_yes_or_no_is_the_exit_status_too(kg: Run, filled: Path) -> None:
    assert kg("query", "ASK { ?p a bm:Person }", "--format", "table", "--data", filled)[:2] == (0, "yes\n")
    assert kg("query", "ASK { ?p a bm:Nothing }", "--format", "table", "--data", filled)[:2] == (1, "no\n")


def test_a_query_may_stand_in_a_file(kg: Run, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text("SELECT ?n WHERE { ?p foaf:name ?n }", encoding="utf-8")
    status, out, _ = kg("query", file, "--data", filled)
    assert status == 0 and "Trần Thị Lộc" in out


def test_search_needs_no_diacritics_and_says_no_by_its_status(kg: Run, filled: Path) -> None:
    status, out, _ = kg("search", "tran thi loc", "--kind", "person", "--data", filled)
    assert status == 0 and "Trần Thị Lộc\tperson\t" in out
    status, out, _ = kg("search", "khong co ai ten nhu the zzz", "--kind", "person", "--data", filled)
    assert status == 1


def test_export_nq_is_everything_and_ttl_the_facts(kg: Run, filled: Path, tmp_path: Path) -> None:
    whole, facts = tmp_path / "graph.nq", tmp_path / "graph.ttl"
    assert kg("export", "-o", whole, "--data", filled)[0] == 0
    assert kg("export", "--format", "ttl", "-o", facts, "--data", filled)[0] == 0
    quads = list(parse(path=str(whole)))
    assert HISTORY in {quad.graph_name for quad in quads}
    triples = {quad.triple for quad in parse(path=str(facts))}
    assert triples == {quad.triple for quad in quads if quad.graph_name.__class__.__name__ == "DefaultGraph"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


VALID = "organ:x a bm:Nothing .\n"
INVALID = "tenure:x a bm:Tenure .\n"


def test_validate_tells_what_to_do_in_each_form(kg: Run, tmp_path: Path) -> None:
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(prefixes + VALID)
    bad.write_text(prefixes + INVALID)
    assert kg("validate", good)[0] == 0
    status, out, _ = kg("validate", bad)
    assert status == 1 and "tenure:x" in out
    status, out, _ = kg("validate", good, bad, "--format", "json")
    findings = json.loads(out)["findings"]
    assert status == 1 and any(finding["shape"].endswith("Tenure-member") for finding in findings)
    assert all(finding["message_vi"] and finding["message_en"] for finding in findings)
    assert kg("validate", bad, "--format", "csv")[1].startswith("severity,")
    assert "sh:conforms false" in kg("validate", bad, "--format", "ttl")[1]


def test_validate_tells_repairs_that_work_when_asked(kg: Run, own: Path, tmp_path: Path) -> None:
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    file = tmp_path / "rank.ttl"
    file.write_text(prefixes + 'person:x a bm:Person ; foaf:name "Lê A" ; bm:curatedBy agent:lan .')
    _, out, _ = kg("validate", file)
    assert "“Lê A”@vi" not in out
    status, out, _ = kg("validate", file, "--repairs")
    assert status == 1 and "“Lê A”@vi" in out and "foaf:Person" in out
    told = json.loads(kg("validate", file, "--repairs", "--format", "json")[1])
    assert {repair["kind"] for finding in told["findings"] for repair in finding["repairs"]} == {
        *("class_stated", "look_up_key", "name_as_label")
    }
    before = kg("validate", "--graph", "--data", own, "--format", "json")[1]
    with_repairs = json.loads(kg("validate", "--graph", "--repairs", "--data", own, "--format", "json")[1])
    assert "repairs" in with_repairs and len(with_repairs["findings"]) == len(json.loads(before)["findings"])


def test_validate_judges_the_whole_graph_of_a_folder_and_tells_how_far_it_is(kg: Run, own: Path) -> None:
    status, out, err = kg("validate", "--graph", "--data", own, "--format", "json")
    report = json.loads(out)
    assert (status == 0) is report["conforms"]
    assert not [finding for finding in report["findings"] if finding["severity"] == "Violation"]
    assert "bms:Tenure" in err


@pytest.mark.parametrize("more", [[], ["--graph", "a.ttl"]])
def test_validate_wants_files_or_the_graph(kg: Run, more: list[str]) -> None:
    status, _, err = kg("validate", *more)
    assert status == 2
    assert "--graph" in err
