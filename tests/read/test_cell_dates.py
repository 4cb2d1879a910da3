"""Free-text days and periods of tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.cell_dates import read_date, read_period


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2015", "2015"),
        ("năm 1986", "1986"),
        ("Cuối 1945", "1945"),
        ("05/2016", "2016-05"),
        ("9.1974", "1974-09"),
        ("tháng 9-1997", "1997-09"),
        ("Tháng 9, 1976", "1976-09"),
        ("tháng 05 năm 1996", "1996-05"),
        ("2016-05", "2016-05"),
        ("1.7.2025", "2025-07-01"),
        ("15/4/1975", "1975-04-15"),
        ("Ngày 09 tháng 4 năm 2016", "2016-04-09"),
        ("26 tháng 4, 1974", "1974-04-26"),
        ("2025-07-01", "2025-07-01"),
        ("2025-07-01T08:00:00+07:00", "2025-07-01"),
        ("1\u00a0tháng 3 năm 2005[1]", "2005-03-01"),
        ("23 tháng 9 năm 1969 (mất)", "1969-09-23"),
        ("hiện nay", "None"),
        ("Nay", "None"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_given(words: str, date: str) -> None:
    assert str(read_date(words)) == date


@pytest.mark.parametrize(
    "words", ["", "hôm qua", "31/4/2020", "13/2020", "20216", "khoảng 1950", "5 năm 2015", "75", "1/7/25", "2011–2016"]
)
def test_what_is_no_date_is_told(words: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_date(words)


@pytest.mark.parametrize(
    ("words", "start", "end", "goes_on"),
    [
        ("2011–2016", "2011", "2016", False),
        ("1/1973 – 9/1974", "1973-01", "1974-09", False),
        ("31 tháng 3 năm 1982 – 27 tháng 6 năm 1991 9 năm, 88 ngày", "1982-03-31", "1991-06-27", False),
        ("12 tháng 3 năm 2013[1] – 16 tháng 4 năm 20163 năm, 35 ngày [2]", "2013-03-12", "2016-04-16", False),
        ("26 tháng 10 năm 2011 – nay14 năm, 52 ngày", "2011-10-26", "None", True),
        ("từ tháng 5 năm 1955 đến 1957", "1955-05", "1957", False),
        ("từ 2015", "2015", "None", False),
        ("1950 –", "1950", "None", False),
        ("– 25 tháng 7 năm 1949", "None", "1949-07-25", False),
        ("1-7-2025 - 3-8-2026", "2025-07-01", "2026-08-03", False),
        ("1945", "1945", "1945", False),
    ],
)
def test_a_period_is_read_with_both_its_sides(words: str, start: str, end: str, goes_on: bool) -> None:
    period = read_period(words)
    assert (str(period.start), str(period.end), period.goes_on) == (start, end, goes_on)


@pytest.mark.parametrize(
    "words", ["", "–", "5 năm 2015 – 4 năm 2020", "1/4/1975 – 28/1975", "2016 – 2011", "2011 2016"]
)
def test_what_is_no_period_is_told(words: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        read_period(words)


@given(st.text(st.sampled_from("0123456789 ./-–,[]()thángnămnaytừđến"), max_size=40))
def test_any_words_are_a_period_or_one_sentence(words: str) -> None:
    try:
        period = read_period(words)
    except ValueError:
        return
    assert period.start or period.end
