"""LOAD taken out of an update."""

import pytest
from pyoxigraph import Store

from kg.model.sparql_load import without_loads


@pytest.mark.parametrize(
    ("update", "loud"),
    [
        ("LOAD <http://127.0.0.1:1/a>", True),
        ("load silent <http://127.0.0.1:1/a> into graph <u:g>", False),
        ("PREFIX : <u:> LOAD SILENT :a INTO GRAPH :b ; LOAD :c", True),
        ("LOAD # one\n SILENT <u:a>\n;\nCLEAR ALL", False),
    ],
)
def test_each_load_does_nothing_and_lines_stay(update: str, loud: bool) -> None:
    written, was_loud = without_loads(update)
    assert was_loud is loud
    assert "LOAD" not in written.upper()
    assert written.count("\n") == update.count("\n")
    Store().update(written)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD",
        "LOAD 'a'",
        "LOAD <u:a> INTO <u:b>",
        "LOAD <u:a> INTO GRAPH",
        "INSERT DATA { <u:a> <u:b> 'LOAD <u:c>' }",
        "DELETE WHERE { LOAD <u:a> }",
    ],
)
def test_what_is_no_load_stays(update: str) -> None:
    assert without_loads(update)[0] == update
