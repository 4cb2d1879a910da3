"""How often Python looks for cycles of garbage while a lot of data that has none is made and dropped."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OFTEN_ENOUGH: Final = (100_000, 20, 10)
"""New containers between two looks, and looks of each generation; with 700, a seventh of the time goes into them."""


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Has Python look rarely within the block."""
    before = gc.get_threshold()
    gc.set_threshold(*_OFTEN_ENOUGH)
    try:
        yield
    finally:
        gc.set_threshold(*before)
