"""The question for undecided namesakes gives their reasons in the language asked for, and those that have none."""

import pytest
from pyoxigraph import RdfFormat, Store

from kg.model.sparql_bind import bind_terms
from kg.namespaces import curie, sparql_prologue
from kg.query import Library

QUERY = Library.load()["undecided-homonyms"]
WORLD = """
person:an-1 a bm:Person ; foaf:name "Đỗ An" ; bm:key "do an" ;
    bm:possiblySameAs person:an-2 ; owl:differentFrom person:an-3 .
person:an-2 a bm:Person ; foaf:name "Đỗ An" ; bm:key "do an" .
person:an-3 a bm:Person ; foaf:name "Đỗ An" ; bm:key "do an" .
person:chi-1 a bm:Person ; foaf:name "Vũ Chi" ; bm:key "vu chi" ; bm:possiblySameAs person:chi-2 .
claim:an a bm:Claim ; bm:about person:an-1 ; bm:property bm:possiblySameAs ; bm:value person:an-2 ; bm:score 3 ;
    bm:speaksFor "cùng họ tên (+1)"@vi , "same name (+1)"@en ; bm:speaksAgainst "phổ biến (-1)"@vi , "common (-1)"@en .
claim:khac a bm:Claim ; bm:about person:an-1 ; bm:property owl:differentFrom ; bm:value person:an-3 ; bm:score 9 .
evidence:an a bm:Evidence ; bm:supports claim:an ; bm:quote "ông Đỗ An dự" ; bm:source source:bao .
source:bao rdfs:label "Báo thử"@vi .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.load((sparql_prologue() + WORLD).encode(), format=RdfFormat.TURTLE)
    return store


def ask(store: Store, **values: str) -> list[tuple[str, ...]]:
    found = store.query(sparql_prologue() + bind_terms(QUERY.text, QUERY.bind(values)))
    columns = QUERY.returns[1:]
    return [tuple("" if row[c] is None else curie(row[c].value) for c in columns) for row in found]


def test_those_with_reasons_come_first_and_those_told_apart_not_at_all(store: Store) -> None:
    assert ask(store) == [
        ("person:an-1", "person:an-2", "3", "cùng họ tên (+1)", "phổ biến (-1)", "ông Đỗ An dự", "Báo thử"),
        ("person:chi-1", "person:chi-2", "", "", "", "", ""),
    ]


def test_one_name_is_asked_for_by_its_key_and_reasons_are_given_in_english(store: Store) -> None:
    assert [row[3:5] for row in ask(store, key="do an", language="en")] == [("same name (+1)", "common (-1)")]
    assert ask(store, key="nobody") == []
