"""Days as words of an index, so that one look finds all that holds on a day.

Time is halved again and again. A stretch is covered by the fewest of the pieces, a day lies in one piece of each size:
the two have a piece in common if and only if the day lies in the stretch.
"""

import datetime as dt
from typing import Final

from kg.model.holding import Stretch

_LEVELS: Final = 18
_ORIGIN: Final = dt.date(1600, 1, 1).toordinal()
_END: Final = 1 << _LEVELS  # days: into the year 2317; what lies outside counts as the edge


def pieces_of(stretch: Stretch) -> list[str]:
    """The pieces that cover a stretch, none for an empty one; at most twice as many as there are sizes."""
    low = 0 if stretch.first is None else _number(stretch.first)
    high = _END if stretch.end is None else _number(stretch.end)
    found = []
    level = 0
    while low < high:
        if low & 1:
            found.append(_piece(level, low))
            low += 1
        if high & 1:
            high -= 1
            found.append(_piece(level, high))
        low, high, level = low >> 1, high >> 1, level + 1
    return found


def pieces_with(day: dt.date) -> list[str]:
    """The pieces in which a day lies."""
    number = min(_number(day), _END - 1)
    return [_piece(level, number >> level) for level in range(_LEVELS + 1)]


def _number(day: dt.date) -> int:
    return min(max(day.toordinal() - _ORIGIN, 0), _END)


def _piece(level: int, number: int) -> str:
    return f"{level}.{number:x}"
