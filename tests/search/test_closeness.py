"""How close names come to words."""

import pytest

from kg.search import Closeness, closeness


@pytest.mark.parametrize(
    ("text", "name", "same", "marks", "covered"),
    [
        ("dinh thi hoa", "Đinh Thị Hòa", True, True, True),
        ("Đinh Thị Hoà", "Đinh Thị Hòa", True, True, True),
        ("Đinh Thị Hóa", "Đinh Thị Hòa", True, False, True),
        ("UBND tỉnh Bắc Kạn", "Ủy ban nhân dân tỉnh Bắc Kạn", True, True, True),
        ("Bắc Kạn", "Tỉnh Bắc Kạn", False, True, True),
        ("Bắc Cạn", "Tỉnh Bắc Kạn", False, True, False),
        ("", "Tỉnh Bắc Kạn", False, True, False),
    ],
)
def test_sameness_marks_and_cover(text: str, name: str, same: bool, marks: bool, covered: bool) -> None:
    near = closeness(text, [name])
    assert (near.same, near.marks, near.covered) == (same, marks, covered)


def test_the_nearest_name_counts_and_no_name_is_not_close() -> None:
    assert closeness("Hoa", ["Lê A", "Hoa"]).same
    assert closeness("Hoa", []) == Closeness()
    assert closeness("Bắc Kạn", ["Tỉnh Bắc Kạn"]).words == pytest.approx(0.8)
