"""Rows are counted the same however an answer is cut into parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store

from server.rows import Rows

TRICKY = [
    *("},{", "x},{\\", "},{,", "{}", "}},{", ",{", "[{", ""),
    *('a "quoted" [{,{ text', "line\nbreak", "back\\slash\\", "<result>", '"'),
]
FORMS = (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV)


def solutions(texts: list[str]) -> QuerySolutions:
    rows = " ".join(f"({Literal(text)} UNDEF)" for text in texts)
    found = Store().query(f"SELECT ?s ?t {{ VALUES (?s ?t) {{ {rows} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


@given(
    texts=st.lists(st.sampled_from(TRICKY) | st.text(max_size=5)), size=st.integers(1, 50), form=st.sampled_from(FORMS)
)
def test_rows_are_counted_in_parts_of_any_size(texts: list[str], size: int, form: QueryResultsFormat) -> None:
    texts = [text for text in texts if "\r" not in text]
    written = solutions(texts).serialize(format=form)
    rows = Rows(form.media_type)
    for at in range(0, len(written), size):
        rows.see(written[at : at + size])
    assert rows.number == len(texts)


@given(
    rows=st.lists(st.sampled_from(["", '{"type":"literal","value":"{},{}"}', '{"type":"literal","value":"},{"}'])),
    size=st.integers(1, 30),
)
def test_empty_rows_count_too(rows: list[str], size: int) -> None:
    counted = Rows("application/sparql-results+json")
    told = ",".join(f'{{"s":{value}}}' if value else "{}" for value in rows)
    written = f'{{"head":{{"vars":["s"]}},"results":{{"bindings":[{told}]}}}}'.encode()
    for at in range(0, len(written), size):
        counted.see(written[at : at + size])
    assert counted.number == len(rows)


@pytest.mark.parametrize("form", ["text/turtle", "text/html", "application/ld+json"])
def test_forms_that_do_not_tell_have_no_number(form: str) -> None:
    rows = Rows(form)
    rows.see(b"x")
    assert rows.number is None


def test_a_value_of_enormous_length_ends_the_counting() -> None:
    rows = Rows("application/sparql-results+json")
    rows.see(b'[{"' + b"x" * (2 << 20))
    assert rows.number is None
