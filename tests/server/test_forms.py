"""Forms are read as others read them, only sooner."""

from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from server.forms import FormRequest, unquoted

LIKELY = st.lists(st.sampled_from([b"%", b"0", b"4", b"1", b"c", b"G", b"=", b"+", b"\n", b"\r", b" ", b"_", b"\xc3"]))


@given(st.one_of(LIKELY.map(b"".join), st.binary()))
def test_percent_encoding_is_undone_as_by_the_standard_library(data: bytes) -> None:
    assert unquoted(data) == unquote_to_bytes(data.replace(b"+", b" "))


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        (b"a=1&b=x+y&a=%C3%A1", [("a", "1"), ("a", "á"), ("b", "x y")]),
        (b"&&a&=b&c=d=e", [("a", ""), ("", "b"), ("c", "d=e")]),
        (b"a=%FF", [("a", "\ufffd")]),
    ],
)
def test_fields_come_in_order_with_their_values(body: bytes, pairs: list[tuple[str, str]]) -> None:
    app = Flask(__name__)
    app.request_class = FormRequest
    with app.test_request_context(method="POST", data=body, content_type="application/x-www-form-urlencoded") as made:
        assert list(made.request.form.items(multi=True)) == pairs


def test_very_many_fields_are_too_large() -> None:
    app = Flask(__name__)
    app.request_class = FormRequest
    app.add_url_rule("/", view_func=lambda: str(len(request.form)), methods=["POST"])
    for fields, status in ((1000, 200), (1001, 413)):
        body = b"&".join(b"a%d=1" % number for number in range(fields))
        sent = app.test_client().post("/", data=body, content_type="application/x-www-form-urlencoded")
        assert sent.status_code == status


def test_forms_with_files_are_read_as_before() -> None:
    app = Flask(__name__)
    app.request_class = FormRequest
    with app.test_request_context(method="POST", data={"x": "1"}, content_type="multipart/form-data") as made:
        assert made.request.form["x"] == "1"
