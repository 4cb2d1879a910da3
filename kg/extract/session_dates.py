"""The days on which what a text tells took place: with a part of the day, or at the head of a sentence."""

from typing import Final

from kg.extract.dates import DateRead, date_at
from kg.extract.reading_state import State
from kg.extract.view import NUMBER, word_key

SESSIONS: Final = frozenset(map(word_key, ("sáng", "chiều", "tối", "trưa", "ngày", "đêm", "hôm")))
_NOW: Final = word_key("nay")
_DAY: Final = word_key("ngày")
_TO: Final = frozenset((*map(word_key, ("và", "đến")), "-", ","))


def session_dates(state: State) -> list[DateRead]:
    """Dates with a part of the day before them or near the head of a sentence; of several days the first."""
    view, out = state.view, []
    if state.days is not None:
        return state.days
    for i in [i + 1 for i in state.any_of(SESSIONS) if i + 1 < len(view.keys)]:
        if view.keys[i] == _NOW:
            told = _told_behind(state, i + 1)
            if told is not None:
                out.append(DateRead(i - 1, told.end, told.edtf, told.inferred))
            elif state.published is not None and NUMBER not in view.shapes[i + 1 : i + 3]:
                out.append(DateRead(i - 1, i + 1, state.published, inferred=True))
            continue
        if view.keys[i : i + 2] == _SAME_DAY and (told := _told_before(state, i)) is not None:
            out.append(DateRead(i - 1, i + 2, told.edtf, told.inferred))
            continue
        if view.shapes[i] != NUMBER:
            continue
        begin = i - 1
        read = _first_of_several(state, i) or date_at(view, i, state.year)
        if read is None or len(read.edtf) != 10:
            continue
        if state.year is not None and abs(int(read.edtf[:4]) - state.year) > 1:
            continue
        while begin > 0 and view.keys[begin - 1] in SESSIONS and not view.hard[begin]:
            begin -= 1
        head = begin == 0 or view.hard[begin] or state.sentences[begin - 1] != state.sentences[begin]
        enclosed = begin > 0 and view.keys[begin - 1] == "("
        if head or enclosed or view.keys[begin] != _DAY or _near_head(state, begin):
            out.append(read)
    state.days = out
    return out


def _told_behind(state: State, i: int) -> DateRead | None:
    """The day that "sáng nay (6/2)", "chiều nay, 15.5" tells itself."""
    view = state.view
    at = next((k for k in range(i, min(i + 4, len(view))) if view.keys[k] not in _BEFORE_DAY), len(view))
    read = date_at(view, at, state.year) if at < len(view) and view.shapes[at] == NUMBER else None
    return read if read is not None and len(read.edtf) == 10 else None


_BEFORE_DAY: Final = frozenset(("(", ",", "-", _DAY))
_SAME_DAY: Final = [word_key("cùng"), _DAY]
_DEADLINES: Final = frozenset(map(word_key, ("đến", "hết", "trước")))
_BACK: Final = 160  # tokens


def _told_before(state: State, i: int) -> DateRead | None:
    """The day that "chiều cùng ngày" means: the last one told before it."""
    view = state.view
    for k in range(i - 1, max(-1, i - _BACK), -1):
        if view.shapes[k] == NUMBER and view.keys[k - 1 : k] == [_DAY] and view.keys[k - 2] not in _DEADLINES:
            read = date_at(view, k, state.year)
            if read is not None and len(read.edtf) == 10:
                return read
    return None


def _first_of_several(state: State, i: int) -> DateRead | None:
    """ "ngày 19 và 20/7", "2 ngày 13-14/10", "từ ngày 22 đến 24/11/2021": the first day, in the month of the last."""
    view = state.view
    if i + 4 >= len(view) or view.keys[i + 1] not in _TO or view.shapes[i + 2] != NUMBER or len(view.keys[i]) > 2:
        return None
    at = i + 3 if view.keys[i + 2] == _DAY else i + 2
    last = date_at(view, at, state.year)
    if last is None or len(last.edtf) != 10 or not 1 <= int(view.keys[i]) < int(last.edtf[8:]):
        return None
    return DateRead(i, last.end, f"{last.edtf[:8]}{int(view.keys[i]):02d}", inferred=last.inferred)


def _near_head(state: State, i: int) -> bool:
    """Whether a date stands among the first words of its sentence ("Hội nghị diễn ra ngày …" does not), or after a
    comma not far behind them ("Chuẩn bị cho Kỳ họp thứ 6, Quốc hội khóa XV, ngày …")."""
    behind = i - state.sentence_start(i)
    return behind <= 12 or (behind <= 24 and state.view.keys[i - 1] == ",")
