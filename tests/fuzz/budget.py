"""How much is tried: little and always the same in `make test`, more in `make test-all`, as asked in `make fuzz`.

A law is a function that fails on an input which breaks it. `FUZZ_EXAMPLES` and `FUZZ_MINUTES` bound what each law gets
in the long runs, `FUZZ_SEED` begins their random numbers.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "1000"))
MINUTES: Final = float(os.environ.get("FUZZ_MINUTES", "0.25"))
SEED: Final = int(os.environ.get("FUZZ_SEED", "1"))
_ROUND: Final = 1000  # inputs drawn of one seed; the next round has the next


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many examples, and so many seconds of processor time; `begin` is None for those of every day."""

    examples: int
    seconds: float
    begin: int | None = None

    def holds(self, law: Callable[..., None], *inputs: st.SearchStrategy[Any]) -> None:
        """Fails with the smallest input that breaks the law."""
        end, tried, broken = 0.0, 0, False

        def check(drawn: tuple[Any, ...]) -> None:
            nonlocal end, tried, broken
            end = end or time.process_time() + self.seconds  # not before the first input: tables of Unicode take time
            if not broken and time.process_time() > end:
                return  # the rest of the round is passed over
            tried += 1
            try:
                law(*drawn)
            except BaseException:
                broken = True  # from here on the input is being made smaller, which has to be seen through
                raise

        for begin in count(self.begin or 0):
            self._round(begin, st.tuples(*inputs), check)
            if self.begin is None or tried >= self.examples or time.process_time() > end:
                break
        print(f"\n{law.__name__}: {tried} inputs tried")
        assert tried

    def _round(self, begin: int, inputs: st.SearchStrategy[Any], check: Callable[[Any], None]) -> None:
        @settings(
            max_examples=min(self.examples, _ROUND),
            deadline=None,
            derandomize=self.begin is None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
        )
        @given(inputs)
        def held(drawn: tuple[Any, ...]) -> None:
            check(drawn)

        (held if self.begin is None else seed(begin)(held))()


def budgets(examples: int, seconds: float) -> pytest.MarkDecorator:
    """Gives a test the `budget` of every day, and as a slow test the long one."""
    small, large = Budget(examples, seconds), Budget(EXAMPLES, 60 * MINUTES, SEED)
    return pytest.mark.parametrize(
        "budget", [pytest.param(small, id="few"), pytest.param(large, id="many", marks=pytest.mark.slow)]
    )
