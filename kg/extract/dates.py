"""Days, months and years in a text, by token."""

import datetime as dt
from dataclasses import dataclass

from kg.extract.view import NUMBER, View, word_key

_MONTH, _YEAR, _DAY = word_key("tháng"), word_key("năm"), word_key("ngày")
_SEPARATORS = frozenset("/-.")


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date between two tokens as EDTF text (YYYY, YYYY-MM, YYYY-MM-DD); `inferred`: the year is not printed."""

    start: int
    end: int
    edtf: str
    inferred: bool = False


def date_at(view: View, i: int, year: int | None) -> DateRead | None:
    """The date that begins at a token ("ngày 18/5/2021", "18 tháng 11 năm 2025", "tháng 4-2016"); `year` fills in."""
    start = i
    if i < len(view) and view.keys[i] == _DAY:
        i += 1
    if i >= len(view):
        return None
    if view.keys[i] == _MONTH and _number(view, i + 1) is not None:
        return _month(view, start, i + 1)
    day = _number(view, i)
    if day is None:
        return None
    if _key(view, i + 1) == _MONTH:
        month, end = _number(view, i + 2), i + 3
        if month is None:
            return None
        if _key(view, end) == _YEAR and is_year(view, end + 1):
            return _read(start, end + 2, day, month, int(view.keys[end + 1]))
        if _key(view, end) in _SEPARATORS and is_year(view, end + 1):
            return _read(start, end + 2, day, month, int(view.keys[end + 1]))
        return _read(start, end, day, month, year, inferred=True)
    mark = _key(view, i + 1)
    if mark not in _SEPARATORS or not _tight(view, i, i + 2):
        return None
    month = _number(view, i + 2)
    if month is None or len(view.keys[i]) > 2 or len(view.keys[i + 2]) > 2:
        return None
    if _key(view, i + 3) == mark and _tight(view, i + 2, i + 4) and is_year(view, i + 4):
        return _read(start, i + 5, day, month, int(view.keys[i + 4]))
    if _key(view, i + 3) == _YEAR and is_year(view, i + 4):
        return _read(start, i + 5, day, month, int(view.keys[i + 4]))
    if _key(view, i + 3) in ("/", "-") and _tight(view, i + 2, i + 4):
        return None
    return _read(start, i + 3, day, month, year, inferred=True)


def _month(view: View, start: int, i: int) -> DateRead | None:
    month = month_at(view, i)
    if month is None:
        return None
    if (_key(view, i + 1) in _SEPARATORS or _key(view, i + 1) == _YEAR) and is_year(view, i + 2):
        return DateRead(start, i + 3, f"{int(view.keys[i + 2]):04d}-{month:02d}")
    return None


def month_at(view: View, i: int) -> int | None:
    """The month that a token numbers."""
    month = _number(view, i)
    return month if month is not None and 1 <= month <= 12 and len(view.keys[i]) <= 2 else None


def year_at(view: View, i: int) -> DateRead | None:
    """The year at a token, "năm" before it or not."""
    at = i + 1 if _key(view, i) == _YEAR else i
    return DateRead(i, at + 1, view.keys[at]) if is_year(view, at) else None


def _read(start: int, end: int, day: int, month: int, year: int | None, *, inferred: bool = False) -> DateRead | None:
    if year is None:
        return None
    try:
        return DateRead(start, end, dt.date(year, month, day).isoformat(), inferred)
    except ValueError:
        return None


def _key(view: View, i: int) -> str:
    return view.keys[i] if i < len(view) else ""


def _number(view: View, i: int) -> int | None:
    if i < len(view) and view.shapes[i] == NUMBER and len(view.keys[i]) <= 4:
        return int(view.keys[i])
    return None


def is_year(view: View, i: int) -> bool:
    """Whether a token is a year in which officials of ours may have lived."""
    return (
        i < len(view) and view.shapes[i] == NUMBER and len(view.keys[i]) == 4 and view.keys[i][:2] in ("18", "19", "20")
    )


def _tight(view: View, i: int, j: int) -> bool:
    """Whether tokens i to j touch one another."""
    return j < len(view) and all(view.ends[k] == view.starts[k + 1] for k in range(i, j))
