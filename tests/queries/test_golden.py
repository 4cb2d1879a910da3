"""Each question with its example parameters answers on the samples what expected/<name>.csv says."""

import csv
from pathlib import Path

import pytest

from kg.model.graph import Reader
from kg.query import Library

from .answers import table

LIBRARY = Library.load()
EXPECTED = Path(__file__).with_name("expected")
EMPTY = {"facts-without-basis"}


def test_every_question_has_its_expected_answer_and_the_reverse():
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(LIBRARY)


@pytest.mark.parametrize("name", LIBRARY)
def test_the_samples_answer_as_expected(name: str, sample_graph: Reader):
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert table(sample_graph, LIBRARY[name]) == expected


@pytest.mark.parametrize("name", LIBRARY)
def test_only_faults_that_must_not_be_have_no_rows(name: str):
    rows = (EXPECTED / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert (len(rows) == 1) is (name in EMPTY)
