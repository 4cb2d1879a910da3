"""The fuzzer finds what is there to be found, and ends in time."""

import time

import pytest
from hypothesis import strategies as st

from tests.fuzz.budget import Budget
from tests.fuzz.work import steps


def is_small(number: int) -> None:
    assert number < 100


@pytest.mark.parametrize("begin", [None, 7])
def test_a_broken_law_fails_with_its_smallest_input(begin: int | None) -> None:
    with pytest.raises(AssertionError, match="assert 100 < 100"):
        Budget(500, 60, begin).holds(is_small, st.integers(0, 10_000))


@pytest.mark.parametrize("begin", [None, 7])
def test_a_law_gets_no_more_time_than_its_own(begin: int | None) -> None:
    seen = []

    def takes_time(number: int) -> None:
        start = time.process_time()
        while time.process_time() < start + 0.05:
            pass
        seen.append(number)

    Budget(10_000, 0.2, begin).holds(takes_time, st.integers())
    assert 0 < len(seen) <= 5


def test_the_inputs_of_every_day_are_the_same_and_those_of_two_seeds_are_not() -> None:
    def drawn(begin: int | None) -> list[int]:
        seen: list[int] = []
        Budget(50, 60, begin).holds(seen.append, st.integers(0, 10**9))
        return seen

    assert drawn(None) == drawn(None)
    assert drawn(1) != drawn(2)


def test_steps_are_counted_alike_each_time_and_grow_with_the_work() -> None:
    def squares(size: int) -> int:
        return sum(a * b for a in range(size) for b in range(size))

    small, again, large = (steps(lambda n=n: squares(n)) for n in (20, 20, 40))
    assert small == again
    assert 3.5 < large / small < 4.5
