"""Bounds of the days on which a body is there."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reference.bodies import Days

DAYS = [(dt.date(2025, 1, 1) + dt.timedelta(days=n)).isoformat() for n in range(12)]


@st.composite
def spans(draw: st.DrawFn) -> Days:
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=4, max_size=4, unique=True)))
    first, last = draw(st.booleans()), draw(st.booleans())
    return Days(
        days[0] if first else "",
        days[1] if first and draw(st.booleans()) else "",
        days[2] if last and draw(st.booleans()) else "",
        days[3] if last else "",
    )


def is_possible(days: Days, day: str) -> bool:
    return days.valid_from <= day and (not days.valid_to or day < days.valid_to)


def is_certain(days: Days, day: str) -> bool:
    ends = days.ends_from or days.valid_to
    return (days.begun_by or days.valid_from) <= day and (not ends or day < ends)


@given(spans(), spans())
def test_both_are_there_exactly_when_each_is(one: Days, other: Days) -> None:
    both = one.within(other)
    for day in DAYS:
        assert (is_possible(both, day) and not both.none) is (is_possible(one, day) and is_possible(other, day))
        assert (is_certain(both, day) and not both.none) is (is_certain(one, day) and is_certain(other, day))


@pytest.mark.parametrize(
    "days",
    [
        ("", "2025-03-01", "", ""),
        ("2025-03-01", "2025-02-01", "", ""),
        ("2025-03-01", "2025-03-01", "", ""),
        ("", "", "2025-03-01", ""),
        ("", "", "2025-04-01", "2025-03-01"),
    ],
)
def test_an_inner_bound_without_an_outer_one_or_beyond_it_is_refused(days: tuple[str, str, str, str]) -> None:
    with pytest.raises(ValueError, match="between the first and the last day"):
        Days(*days)
