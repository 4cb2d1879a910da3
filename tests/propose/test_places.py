"""Which unit a name means, by what is known of the day."""

import pytest

from kg.model.dates import PartialDate
from kg.propose.places import Gazetteer
from tests.propose.factories import MemoryGraph

OLD, NEW = "tinh-thai-nguyen", "tinh-thai-nguyen-2025"


@pytest.mark.parametrize(
    ("when", "meant"),
    [("2017", OLD), ("2025-06", OLD), ("2025-06-30", OLD), ("2025-07-01", NEW), ("2025-07", NEW), ("2026", NEW)],
)
def test_a_month_or_a_year_tells_units_of_one_name_apart(when: str, meant: str) -> None:
    found = Gazetteer(MemoryGraph(), PartialDate.parse(when), None).find("tỉnh Thái Nguyên")
    assert found is not None
    assert found.slug == meant


@pytest.mark.parametrize("when", [PartialDate(2025), None])
def test_a_year_in_which_the_name_changed_hands_tells_nothing(when: PartialDate | None) -> None:
    assert Gazetteer(MemoryGraph(), when, None).find("tỉnh Thái Nguyên") is None


def test_only_a_full_day_is_a_day() -> None:
    assert Gazetteer(MemoryGraph(), PartialDate(2017), None).today is None
    assert Gazetteer(MemoryGraph(), PartialDate(2017, 5, 4), None).today == "2017-05-04"
