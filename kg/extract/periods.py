"""From when to when a post was held: "(1971 – 1973)", "(từ 11/8/1969)", "Năm 1937 ông làm …"."""

from typing import Final

from kg.extract.dates import date_at, month_at, year_at
from kg.extract.reading_state import State
from kg.extract.view import word_key

_FROM: Final = frozenset(map(word_key, ("từ", "kể")))
_TO: Final = frozenset(map(word_key, ("đến", "tới", "-")))


def period_after(state: State, i: int) -> tuple[str | None, str | None]:
    """EDTF start and end in the parenthesis right behind a post, or after "từ" there."""
    view = state.view
    if i < len(view) and view.keys[i] == "(" and i in state.closing:
        return _period(state, i + 1, state.closing[i])
    if i < len(view) and view.keys[i] in _FROM and not view.hard[i]:
        return _period(state, i, min(i + 12, len(view)))
    return None, None


def _period(state: State, i: int, end: int) -> tuple[str | None, str | None]:
    view = state.view
    start = finish = None
    first = True
    to = False
    while i < end:
        if view.keys[i] in _TO and (not first or view.keys[i] != "-"):
            to = True
            i += 1
            first = False
            continue
        read = date_at(view, i, None) or _month(state, i) or year_at(view, i)
        if read is None:
            if view.keys[i] in _FROM or view.keys[i] == word_key("ngày"):
                i += 1
                first = False
                continue
            break
        edtf, i = read if isinstance(read, tuple) else (read.edtf, read.end)
        first = False
        if to:
            finish = edtf
            break
        start = edtf
    return start, finish


def _month(state: State, i: int) -> tuple[str, int] | None:
    """ "2/1977", "1-1989"."""
    keys = state.view.keys
    month = month_at(state.view, i)
    if month is not None and i + 2 < len(keys) and keys[i + 1] in "/-":
        year = year_at(state.view, i + 2)
        if year is not None:
            return f"{year.edtf}-{month:02d}", i + 3
    return None


def dated_head(state: State, begin: int, end: int) -> str | None:
    """The year or day that opens a clause ("Năm 1937 ông làm …", "ngày 17-4-1973 A giữ chức …")."""
    read = date_at(state.view, begin, None) or year_at(state.view, begin)
    if read is None or read.end > end:
        return None
    return read.edtf
