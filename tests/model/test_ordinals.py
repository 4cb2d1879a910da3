"""Numbers of terms are read in Roman letters and in digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.ordinals import ordinal

TENS = ["", "X", "XX", 3 * "X", "XL", "L", "LX", "LXX", "L" + 3 * "X", "XC"]
ONES = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


@given(st.integers(1, 99))
def test_roman_letters_and_digits_mean_the_same(number: int) -> None:
    roman = TENS[number // 10] + ONES[number % 10]
    assert ordinal(roman) == ordinal(roman.lower()) == ordinal(str(number)) == number


@pytest.mark.parametrize("written", ["", "khóa", "X2", "-3", "²", "٣", "9" * 5000])
def test_what_is_no_number_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match="is no number of a term"):
        ordinal(written)
