"""Short forms are written out and long words shortened."""

from kg.model.fold import key
from kg.search.abbreviations import other_forms


def test_a_short_form_is_written_out() -> None:
    assert other_forms(key("UBND tỉnh")) == ["uy ban nhan dan tinh"]


def test_the_longest_words_are_shortened_first() -> None:
    assert other_forms(key("Ban Tuyên giáo và Dân vận Trung ương")) == ["btgdv tw"]


def test_a_short_form_inside_a_word_is_left_alone() -> None:
    assert other_forms(key("Tpuh")) == []
