"""JSON with the place of each string."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableInput
from kg.read.json_values import Text, Value, read_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def plain(value: Value) -> Any:
    if isinstance(value, Text):
        return value.value
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return json.loads(value)


def texts(value: Value) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    inner = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    return [text for one in inner for text in texts(one)]


@given(values, st.booleans())
def test_it_reads_what_the_standard_library_reads_and_each_string_stands_at_its_place(said: Any, ascii: bool) -> None:
    text = json.dumps(said, ensure_ascii=ascii, indent=1)
    read = read_json(text)
    assert plain(read) == said
    for one in texts(read):
        assert json.loads(f'"{one.span.of(text)}"' if one.span else '""') == one.value


@pytest.mark.parametrize(
    "text", ["", "{", '{"a" 1}', '{"a": 1,}', "[1 2]", "[1,]", '{"a": 1} 2', '"a', "nul", "01", '{"a": "\\ud800"}']
)
def test_what_is_no_json_is_told_with_its_place(text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"line 1, column \d+"):
        read_json(text)


def test_values_too_deep_within_each_other_are_told() -> None:
    with pytest.raises(UnreadableInput, match="within each other"):
        read_json("[" * 5000 + "]" * 5000)
