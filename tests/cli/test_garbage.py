"""How often Python looks for garbage is set back after the work, however that ends."""

import gc

import pytest

from kg.cli.garbage import rarely_collected


def test_garbage_is_looked_for_rarely_within_and_as_before_after_a_failure() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), rarely_collected():
        assert gc.get_threshold()[0] > before[0] and gc.isenabled()
        raise KeyError
    assert gc.get_threshold() == before
