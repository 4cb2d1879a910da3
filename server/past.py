"""`?at=GENERATION`: a page as the graph was, read from a copy in which later changes are undone."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from flask import g, request
from werkzeug.exceptions import BadRequest

from kg.errors import LimitExceeded
from kg.store import rebuild
from server.service import pinned, service

_DIGITS: Final = 9
_PATIENCE: Final = 10.0  # seconds


def generation_asked() -> int | None:
    """The generation of `?at=`. Raises BadRequest for what is no number."""
    given = request.args.get("at")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        raise BadRequest(f"'at' cannot be '{given[:40]}'; it is the number of a generation, for example at=1.")
    return int(given)


@contextmanager
def reading(number: int | None) -> Iterator[None]:
    """Within the block the pages' questions are asked of that generation; None for the current one.

    Raises NotFound for one that is not there or too far back, LimitExceeded when too many are being rebuilt.
    """
    if number is None or number == pinned().number:
        yield
        return
    held = service()
    if not held.rebuilding.acquire(timeout=_PATIENCE):
        raise LimitExceeded("concurrency", "Too many pages of the past are being made; try again in a moment.")
    try:
        with tempfile.TemporaryDirectory(prefix=".past-", dir=held.data) as folder:
            place = Path(folder) / "store"
            rebuild(held.data, pinned(), number, place)
            g.past = place
            yield
    finally:
        g.pop("past", None)
        held.rebuilding.release()
