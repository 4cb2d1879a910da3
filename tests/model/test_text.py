"""Keys, spans, dates and documents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.dates import PartialDate
from kg.model.documents import Document, normalised
from kg.model.fold import accented_key, key, plain, slug
from kg.model.spans import Span

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọúùủũụýỳỷỹỵ -–", max_size=60
)


@given(VIETNAMESE)
def test_keys_are_the_same_when_taken_twice(text: str) -> None:
    for function in (plain, accented_key, key, slug):
        assert function(function(text)) == function(text)


@given(VIETNAMESE)
def test_keys_do_not_depend_on_the_unicode_form(text: str) -> None:
    for function in (plain, accented_key, key):
        assert function(unicodedata.normalize("NFD", text)) == function(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(("a", "b"), [("hòa", "hoà"), ("Thủy", "thuỷ"), ("Quý", "Quí"), ("mỹ", "mĩ"), ("Ủy", "Uỷ")])
def test_tone_placement_and_y_or_i_make_no_difference(a: str, b: str) -> None:
    assert accented_key(a) == accented_key(b)


def test_marks_make_a_difference_in_the_accented_key_only() -> None:
    assert accented_key("Hoa") != accented_key("Hòa")
    assert key("Hoa") == key("Hòa") == "hoa"


def test_slugs_fold_both_letters_that_look_like_d_with_a_stroke() -> None:
    assert slug("Đà Nẵng") == slug("\u00d0à Nẵng") == "da-nang"


def test_a_span_knows_its_words_and_what_it_covers() -> None:
    span = Span(3, 6)
    assert span.of("ab cde f") == "cde"
    assert span.covers(Span(4, 5))
    assert not span.covers(Span(2, 5))


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1)])
def test_an_empty_or_backward_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end)


@given(st.dates())
def test_days_come_back_as_written(day) -> None:
    read = PartialDate.parse(day.isoformat())
    assert read.is_full
    assert read.first_day == read.last_day == day
    assert str(read) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02-01", "2021-02-28"),
    ],
)
def test_a_partial_date_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    read = PartialDate.parse(text)
    assert (read.first_day.isoformat(), read.last_day.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "2022-13", "2022-02-30", "22-01-01", "5/4/2022", "2022-1-1", "٢٠٢٢"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # the calendar's own messages differ
        PartialDate.parse(text)


def test_line_ends_and_unicode_form_do_not_change_the_digest() -> None:
    text = "Ủy ban  \nnhân dân\n"
    forms = [
        text,
        text.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", text),
        "\ufeff" + text,
        text.replace("  \n", "\n"),
    ]
    assert len({Document("a", form).digest for form in forms}) == 1
    assert Document("a", "khác").digest != Document("a", text).digest


@given(VIETNAMESE)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
