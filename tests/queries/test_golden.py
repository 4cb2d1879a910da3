"""Each question with its examples answers as expected/<name>.csv says: on the samples, or else on the fixture."""

import csv
from pathlib import Path

import pytest

from kg.model.graph import Reader
from kg.query import Library

from .answers import table

LIBRARY = Library.load()
EXPECTED = Path(__file__).with_name("expected")
EMPTY = {"facts-without-basis"}
# nothing of the kind is in the samples
ON_FIXTURE = {
    "claims-without-evidence",
    "discipline",
    "merged-duplicates",
    "possible-duplicates",
    "replaced-directives",
    "seats-with-two-holders",
    "secretaries-from-outside",
    "security-chiefs-in-standing-committee",
    "symbol-type-disagreements",
    "tasks-of-assignee",
    "tenures-without-days",
    "unused-sources",
}


# the journal of the samples has the time of the test in it
ON_JOURNAL = {name for name, query in LIBRARY.items() if query.topic == "history"}


def test_every_question_has_its_expected_answer_and_the_reverse():
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(LIBRARY)


@pytest.mark.parametrize("name", LIBRARY)
def test_the_answer_is_as_expected(name: str, sample_graph: Reader, invented_graph: Reader, journal_graph: Reader):
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    graph = journal_graph if name in ON_JOURNAL else invented_graph if name in ON_FIXTURE else sample_graph
    assert table(graph, LIBRARY[name]) == expected


@pytest.mark.parametrize("name", LIBRARY)
def test_only_faults_that_must_not_be_have_no_rows(name: str):
    rows = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert (len(rows) == 1) is (name in EMPTY)


@pytest.mark.parametrize("name", sorted(ON_FIXTURE))
def test_the_fixture_stands_in_only_where_the_samples_have_no_answer(name: str, sample_graph: Reader):
    assert len(table(sample_graph, LIBRARY[name])) == 1
