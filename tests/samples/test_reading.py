"""How well `kg.extract` reads the samples, by the corpus's own scorer."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from kg.extract import extract
from kg.samples import expected, sample_documents

# figures of the scorer that must not be undercut; a little below what is reached
AT_LEAST = {
    "person names": 0.98,
    "posts, strict organ": 0.96,
    "directives (type, number)": 0.98,
    "meetings (by date)": 0.95,
    "participants": 0.95,
    "connected sites": 0.95,
    "relations": 0.9,
}


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", shared / "corpus" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def read():
    return {document.id: extract(document).to_json() for document in sample_documents()}


def test_samples_are_read_at_least_this_well(scorer: ModuleType, read):
    gold = {name: expected(name) for name in read}
    counts, _, errors = scorer.score(gold, read, show_errors=True)
    figures = {name: counts[name].figures[2] for name in AT_LEAST}
    short = {name: figure for name, figure in figures.items() if figure < AT_LEAST[name]}
    assert short == {}, "\n".join(errors)


def test_days_on_which_posts_begin_and_end_are_read(read):
    wanted, found = set(), set()
    for name, document in read.items():
        for said, into in ((expected(name), wanted), (document, found)):
            into |= {
                (name, person["name"], post["title"].lower(), post.get("from"), post.get("to"))
                for person in said["persons"]
                for post in person["positions"]
                if post.get("from") or post.get("to")
            }
    assert len(wanted) >= 7
    assert wanted <= found


def test_no_person_is_invented_where_none_is_named(read):
    assert read["18-hoi-dap-dat-dai-ca-mau"]["persons"] == []


def test_spans_of_persons_are_words_of_the_text(read):
    for document in sample_documents():
        for person in read[document.id]["persons"]:
            for start, end in person["spans"]:
                assert document.text[start:end].strip()
