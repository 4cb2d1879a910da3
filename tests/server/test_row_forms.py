"""Terms as JSON values."""

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import QueryRefused
from kg.namespaces import iri
from kg.query import Param
from server.row_forms import _plain


def typed(words: str, datatype: str) -> Literal:
    return Literal(words, datatype=iri(f"xsd:{datatype}"))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (typed("7", "integer"), 7),
        (typed("1.5", "decimal"), 1.5),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("NaN", "double"), "NaN"),
        (typed("INF", "double"), "INF"),
        (typed("seven", "integer"), "seven"),
        (typed("9" * 5000, "integer"), "9" * 5000),
        (typed("2022-04-05", "date"), "2022-04-05"),
        (Literal("a", language="vi"), "a"),
        (NamedNode("urn:a"), "urn:a"),
    ],
)
def test_a_cell_is_what_json_can_say(term: Literal | NamedNode, value: object) -> None:
    assert _plain(term) == value
    assert type(_plain(term)) is type(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "٣"),
        ("integer", "9" * 30),
        ("gYear", "٢٠٢٢"),
        ("gYear", "1" * 12),
        ("date", "٢٠٢٢-٠٤-٠٥"),
        ("iri", "x y"),
    ],
)
def test_what_only_looks_like_a_value_is_refused_by_name(kind: str, value: str) -> None:
    with pytest.raises(QueryRefused, match="'it' cannot be"):
        Param("it", kind, "2022").term(value)
