"""Tasks that a meeting or paper sets: the orders after "nhiệm vụ trọng tâm …:"."""

from typing import Final

from kg.extract.dates import is_year, month_at
from kg.extract.lexicon import phrases
from kg.extract.reading_state import State
from kg.extract.view import MARK, word_key
from kg.model.extraction import TaskRead
from kg.model.spans import Span

_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def read_tasks(state: State) -> list[TaskRead]:
    """Tasks in order, each a sentence or a clause between semicolons."""
    view = state.view
    for i in state.find("nhiệm vụ"):
        colon = next((k for k in range(i + 2, min(i + 16, len(view))) if view.keys[k] == ":"), None)
        if colon is None or state.sentences[colon] != state.sentences[i] or not _is_order(state, colon + 1):
            continue
        period = _period(state, i, colon)
        if period is None and word_key("trọng") not in view.keys[i:colon]:
            continue
        return [_task(state, a, b, period) for a, b in _clauses(state, colon + 1)]
    return []


def _is_order(state: State, i: int) -> bool:
    return i < len(state.view) and phrases("task_verbs.txt").longest(state.view, i) is not None


def _clauses(state: State, i: int) -> list[tuple[int, int]]:
    """Token ranges of the orders from a token on, over following paragraphs that begin with an order too."""
    view, out = state.view, []
    start = k = i
    while k <= len(view):
        ends = k == len(view) or (k > start and state.sentences[k] != state.sentences[k - 1])
        parts = k < len(view) and view.keys[k] == ";" and _is_order(state, k + 1)
        if ends or parts:
            if k > start:
                out.append((start, k))
            start = k + 1 if parts else k
            if ends and (k == len(view) or not _is_order(state, k)):
                break
        k += 1
    return out


def _task(state: State, start: int, end: int, period: str | None) -> TaskRead:
    view = state.view
    while end > start + 1 and view.shapes[end - 1] == MARK and view.keys[end - 1] in "./;…,":
        end -= 1
    span: Span = view.token_span(start, end)
    return TaskRead(" ".join(span.of(view.text).split()), (span,), period)


def _period(state: State, start: int, end: int) -> str | None:
    """The quarter, month or year between two tokens; the year from the text where it is not printed."""
    view = state.view
    for i in range(start, end - 1):
        key, following = view.keys[i], view.keys[i + 1]
        if key == word_key("quý") and following in _QUARTERS:
            year = _year_after(state, i + 2) or _quarter_year(state, following) or state.year
            return f"{year:04d}-Q{_QUARTERS[following]}" if year else None
        if key == word_key("tháng") and (month := month_at(view, i + 1)) is not None:
            year = _year_after(state, i + 2) or state.year
            return f"{year:04d}-{month:02d}" if year else None
        if key == word_key("năm") and is_year(view, i + 1):
            return following
    return None


def _year_after(state: State, i: int) -> int | None:
    view = state.view
    for k in range(i, min(i + 2, len(view))):
        if is_year(view, k):
            return int(view.keys[k])
    return None


def _quarter_year(state: State, quarter: str) -> int | None:
    """The year that another mention of the quarter prints ("quý II-2022")."""
    view = state.view
    for i in range(len(view) - 3):
        if view.keys[i] == word_key("quý") and view.keys[i + 1] == quarter and (year := _year_after(state, i + 2)):
            return year
    return None
