"""USING clauses written into an update."""

import pytest
from pyoxigraph import Store

from kg.errors import QueryRefused
from kg.model.sparql_dataset import with_dataset


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "INSERT { ?s ?p 1 } USING <u:g> WHERE { ?s ?p ?o }"),
        ("DELETE WHERE { ?s ?p 'WHERE' }", "DELETE  { ?s ?p 'WHERE' } USING <u:g> WHERE { ?s ?p 'WHERE' }"),
        ("INSERT DATA { <u:a> <u:b> <u:c> }", "INSERT DATA { <u:a> <u:b> <u:c> }"),
        (
            "INSERT { ?s ?p 1 } WHERE { { SELECT ?s WHERE { ?s ?p ?o } } } ; CLEAR ALL # WHERE",
            "INSERT { ?s ?p 1 } USING <u:g> WHERE { { SELECT ?s WHERE { ?s ?p ?o } } } ; CLEAR ALL # WHERE",
        ),
    ],
)
def test_each_operation_with_a_pattern_gets_the_clauses(update: str, expected: str) -> None:
    assert with_dataset(update, ["u:g"], []) == expected
    Store().update(expected)


def test_comments_in_a_short_delete_do_not_swallow_what_follows() -> None:
    written = with_dataset("DELETE WHERE # all\n{ ?s ?p ?o # each\n}", ["u:g"], ["u:h"])
    assert written.count("USING NAMED <u:h>") == 1
    assert written.count("\n") == 2
    Store().update(written)


@pytest.mark.parametrize(
    "update", ["WITH <u:x> DELETE { ?s ?p 1 } WHERE {}", "DELETE { ?s ?p 1 } using <u:x> WHERE {}"]
)
def test_an_update_with_a_dataset_of_its_own_is_refused(update: str) -> None:
    with pytest.raises(QueryRefused, match="not both"):
        with_dataset(update, ["u:g"], [])


def test_keywords_behind_escapes_are_refused() -> None:
    with pytest.raises(QueryRefused, match="keywords without"):
        with_dataset("DELETE { ?s ?p 1 } \\u0057HERE { ?s ?p ?o }", ["u:g"], [])
