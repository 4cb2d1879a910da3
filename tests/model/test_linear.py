"""Readers of foreign text take time in proportion to its length, whatever is repeated in it.

A quadratic reader takes many seconds for what is bounded here by three of processor time; a linear one, a tenth of one.
"""

import time
from collections.abc import Callable
from contextlib import suppress

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from kg.errors import QueryRefused
from kg.model.numbers import parse
from kg.model.sparql_bind import bind_terms
from kg.model.sparql_text import forbidden_keyword

LENGTH = 20_000
few = settings(max_examples=25, deadline=None)


def is_quick(read: Callable[[str], object], text: str) -> bool:
    start = time.process_time()
    read(text)
    return time.process_time() - start < 3


def bound(query: str) -> None:
    with suppress(QueryRefused):
        bind_terms(query, {"x": Literal(1)})


def repeated(unit: str, last: str) -> str:
    return (unit * (LENGTH // len(unit) + 1))[:LENGTH] + last


SPARQL = st.text(alphabet="<>\"'\\#?$:@_-.()a5 \n", min_size=1, max_size=6)


@few
@given(SPARQL, SPARQL)
@example("a-", " ")
@example('"\\', "\n")
@example("'''\\", "'")
@example("<a", ">")
@example("<a)'", ">")
@example("BOUND ", "(")
def test_sparql_is_read_in_linear_time(unit: str, last: str) -> None:
    text = repeated(unit, last)
    assert is_quick(lambda query: forbidden_keyword(query, {"SERVICE", "LOAD"}), text)
    assert is_quick(bound, text)


@few
@given(
    st.text(alphabet="0123456789-/–. \u00a0\nQĐa&+\u0309", min_size=1, max_size=6), st.sampled_from(["", "/TW", "!"])
)
@example("1", "-QĐ/TW")
@example("-QĐ", "/TW")
@example(" ", "12-QĐ/TW")
def test_document_numbers_are_read_in_linear_time(unit: str, last: str) -> None:
    assert is_quick(parse, repeated(unit, last))
