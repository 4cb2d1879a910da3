"""Tables of comma-separated values, each cell with its place."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableInput
from kg.read.cells import read_rows

TABLE = 'tên,chức vụ,ghi chú\r\n"Lò Văn Mẫu", Chủ tịch ,"có ""ngoặc"", và\ndòng mới"\r\n\r\nHà Thị Thử,,\n'


def test_a_cell_is_its_value_and_its_span_holds_its_letters_as_they_stand() -> None:
    head, first, second = read_rows(TABLE)
    assert [cell.value for cell in head.cells] == ["tên", "chức vụ", "ghi chú"]
    assert [cell.value for cell in first.cells] == ["Lò Văn Mẫu", "Chủ tịch", 'có "ngoặc", và\ndòng mới']
    assert [cell.span.of(TABLE) for cell in first.cells if cell.span] == [
        "Lò Văn Mẫu", "Chủ tịch", 'có ""ngoặc"", và\ndòng mới',
    ]  # fmt: skip
    assert [cell.span for cell in second.cells][1:] == [None, None]
    assert [row.line for row in (head, first, second)] == [1, 2, 5]


def test_another_delimiter_and_a_byte_order_mark() -> None:
    (row,) = read_rows("\ufeffa,b;c", ";")
    assert [cell.value for cell in row.cells] == ["a,b", "c"]


@pytest.mark.parametrize("text", ['a,"b\nc', '"a"b,c'])
def test_a_quote_gone_wrong_is_named_with_its_line(text: str) -> None:
    with pytest.raises(UnreadableInput, match="line 1"):
        list(read_rows(text))


cells = st.text(st.sampled_from('aĐ ",;\n\r'), max_size=8)


@given(st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_the_standard_library_writes_is_read_back_with_each_cell_at_its_place(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    text = out.getvalue()
    rows = list(read_rows(text))
    assert [[cell.value for cell in row.cells] for row in rows] == [[cell.strip() for cell in row] for row in table]
    for row in rows:
        for cell in row.cells:
            assert (cell.span.of(text).replace('""', '"') if cell.span else "") == cell.value
