"""Meetings: the sentence that gives a day and a kind of meeting, its convener, place, form and connected sites."""

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract.dates import DateRead, year_at
from kg.extract.items import Address, Name
from kg.extract.lexicon import phrases
from kg.extract.meeting_sites import read_sites
from kg.extract.organs import Body
from kg.extract.places import PlaceRead
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.session_dates import SESSIONS, session_dates
from kg.extract.view import LOWER, NUMBER, TITLE, word_key
from kg.model.spans import Span

_HELD_WORDS: Final = ("tổ chức", "diễn ra", "khai mạc")
_HELD: Final = tuple(tuple(map(word_key, words.split())) for words in _HELD_WORDS)
_FAR: Final = 300  # tokens between a day and the words for what was held on it, in a sentence without end
_STOPS: Final = frozenset(map(word_key, ("dưới", "do", "diễn")))
_SITE: Final = (word_key("điểm"), word_key("cầu"))


@dataclass(slots=True)
class Held:
    """A meeting as its sentence tells it; tokens of its name, folded."""

    start: int
    end: int
    noun: str
    date: DateRead | None
    organizers: list[str]
    place: str | None
    form: str | None
    sentence: int
    sites: list[tuple[str, Span]] = field(default_factory=list)
    scope: frozenset[int] | None = None  # the sentences that tell of it, where others may tell of something else


def read_meetings(state: State, names: dict[int, str]) -> list[Held]:
    """Meetings with a day, the first of each day only; `names` are the full names of body items."""
    out: list[Held] = []
    days: set[str] = set()
    dates = session_dates(state)
    spoken = _spoken_of(state) if dates else []
    for date in dates:
        if date.edtf in days:
            continue
        held = _held(state, date, names, spoken)
        if held is not None:
            days |= {date.edtf, held.date.edtf if held.date else date.edtf}
            out.append(held)
    if state.published is not None:  # a report is of the last days: what it recalls comes after
        out.sort(key=lambda held: _days_apart(held, state.published))
    if out:
        out[0].sites = read_sites(state)
    return out


def _days_apart(held: Held, published: str | None) -> int:
    """Whole weeks between a meeting and a report of it, so that of nearly the same day the one told first leads."""
    if held.date is None or published is None:
        return 0
    return abs((dt.date.fromisoformat(held.date.edtf) - dt.date.fromisoformat(published)).days) // _WEEK


_WEEK: Final = 7


def _spoken_of(state: State) -> list[tuple[int, int, list[str]]]:
    """The words for meetings in the text: first token, the token behind, their row of the list."""
    view, tree = state.view, phrases("meetings.tsv")
    out = []
    for i in state.any_of(tree.branches):
        found = tree.longest(view, i)
        if found is None or found[1][2] == "trap" or (i and view.keys[i - 1] in _NOT_MEETINGS):
            continue
        is_inside = i > state.sentence_start(i)
        if not (found[0] == i + 1 and is_inside and view.shapes[i - 1 : i + 1] == [TITLE, TITLE]):  # "xã Tri Lễ"
            out.append((i, *found))
    return out


def _held(state: State, date: DateRead, names: dict[int, str], spoken: list[tuple[int, int, list[str]]]) -> Held | None:
    view = state.view
    begin = max(state.sentence_start(date.start), date.start - _FAR)
    end = min(state.sentence_end(date.start), date.start + _FAR)
    verb = min((i for words in _HELD_WORDS for i in state.between(words, begin, end - 1)), default=None)
    first, after_last = (bisect_left(spoken, at, key=lambda one: one[0]) for at in (begin, end))
    candidates = [
        (i, after, row)
        for i, after, row in spoken[first:after_last]
        if row[2] != "verb" or i - 2 == verb or _is_done(state, begin, i, date)
    ]
    if verb is not None and any(c[0] > verb for c in candidates):
        candidates = [c for c in candidates if c[0] > verb]
    if not candidates:
        return None
    nouns = [c for c in candidates if c[2][2] == "noun"]
    start, after, row = nouns[0] if nouns and candidates[0][2][1] != _WORKS_WITH else candidates[0]
    finish = name_end(state, start, after, end)
    organizers = organizers_of(state, begin, verb, after if row[1] in _OF_BODIES else end, names)
    if row[2] == "verb" and start - 2 != verb:
        if start < date.start:  # "… làm việc với X chiều 3/4"
            finish, start = min(finish, date.start), begin
        else:
            start = date.end
            while start < end and view.keys[start] in _AFTER_DAY:
                start += 1
    if finish <= start:
        return None
    date = _in_year_of_edition(state, date, after, finish)
    words = view.keys[begin:end]
    online = word_key("trực") in words and word_key("tuyến") in words
    hybrid = online and word_key("tiếp") in words and (word_key("kết") in words)
    form = "hybrid" if hybrid else "online" if online or state.find("điểm cầu") else None
    return Held(
        start, finish, row[1], date, organizers, _place(state, date, end, names), form, state.sentences[date.start]
    )


def _in_year_of_edition(state: State, date: DateRead, begin: int, end: int) -> DateRead:
    """The day of "Tối 20.9, Đại hội … lần thứ 9 năm 2022", which the name of what was held completes: an edition that
    is counted is of the year it bears. Not what is held about one ("Hội nghị tổng kết …"), nor one still to come."""
    view = state.view
    for i in state.between("lần thứ", begin, end):
        read = year_at(view, i + 4 if view.keys[i + 3 : i + 4] == [","] else i + 3)
        about = any(key in _ABOUT for key in view.keys[begin:i])
        if date.inferred and read is not None and not about and read.edtf < date.edtf[:4]:
            return _moved(date, read.edtf) or date
    return date


def _moved(date: DateRead, year: str) -> DateRead | None:
    """The same day of another year; None where it has none."""
    try:
        dt.date.fromisoformat(moved := f"{year}{date.edtf[4:]}")
    except ValueError:
        return None
    return replace(date, edtf=moved)


def _is_done(state: State, begin: int, i: int, date: DateRead) -> bool:
    """Whether somebody does on the day what a verb says: a body, a post or a name stands before it in its sentence,
    and nobody is quoted between day and verb ("Sáng 3/4, ông A cho biết đã họp")."""
    first = max(begin, i - _REACH)
    items = (state.items[n] for k in range(first, i) if (n := state.at_start.get(k)) is not None)
    return any(isinstance(item, (Body, Post, Name)) for item in items) and not is_quoted(state, max(date.end, first), i)


_REACH: Final = 80  # tokens: how far before a verb its subject is looked for


def is_quoted(state: State, begin: int, end: int) -> bool:
    """Whether somebody is quoted between two tokens."""
    tree = phrases("roles.tsv")
    said = (tree.longest(state.view, k) for k in range(begin, end) if state.view.keys[k] in tree.branches)
    return any(found is not None and found[1][1] == "phát biểu" for found in said)


_WORKS_WITH: Final = "làm việc với"  # "có buổi làm việc với" names who works with whom: the whole clause is its name
_AFTER_DAY: Final = frozenset((",", ")", "(", "-"))
_NOT_MEETINGS: Final = frozenset(
    map(word_key, ("nghỉ", "dịp", "quốc", "ngày", "nghi", "cho", "sau", "trước", "nhân", "từ", "sẽ", "tuần"))
)


def name_end(state: State, start: int, after: int, end: int) -> int:
    """Where the name of a meeting ends whose noun ends at a token, before the end of its sentence."""
    view, k = state.view, after
    while k < end:
        key = view.keys[k]
        if (
            key in ".;:"
            or (key in _STOPS and view.shapes[k] == LOWER and k > after + 2)
            or (view.hard[k] and k > start)
        ):
            break
        if key == "," and _is_clause(state, k + 1):
            break
        if (
            key in SESSIONS
            and k + 1 < end
            and (view.shapes[k + 1] == NUMBER or view.keys[k + 1] in (word_key("nay"), word_key("ngày")))
        ):
            break
        k += 1
    k = next((i for i in range(after, k) if view.keys[i] == "(" and state.closing.get(i, k) >= k), k)
    while k > after and view.keys[k - 1] in (",", word_key("vào"), word_key("diễn")):
        k -= 1
    return k


def _is_clause(state: State, i: int) -> bool:
    """Whether a new subject begins at a token: a body or a person with a verb of its own."""
    n = state.at_start.get(i)
    return n is not None and isinstance(state.items[n], (Address, Body, Post)) and i + 1 < len(state.view)


_ABOUT: Final = frozenset(map(word_key, ("với", "về", "triển", "tổng", "sơ", "công")))
_OF_BODIES: Final = frozenset(("Kỳ họp", "Phiên họp", "Đại hội", "Hội nghị"))


def organizers_of(state: State, begin: int, verb: int | None, after: int, names: dict[int, str]) -> list[str]:
    """The conveners: bodies before "tổ chức"; else the one right after the noun ("kỳ họp thứ 5, HĐND TP Hải Phòng")."""
    view = state.view
    if verb is not None and view.keys[verb] == word_key("tổ"):
        out: list[str] = []
        at = verb
        first = bisect_left(state.items, verb, key=lambda item: item.start)
        for n in range(first - 1, -1, -1):
            item = state.items[n]
            if item.start < begin:
                break
            gap = view.keys[item.end : at]
            if isinstance(item, PlaceRead) and not out and not gap:  # "Đảng ủy xã X, tỉnh Y tổ chức"
                at = item.start
                continue
            if (
                not isinstance(item, Body)
                or n not in names
                or len(gap) > 3
                or (out and gap not in ([","], [word_key("và")], [word_key("phối"), word_key("hợp"), word_key("với")]))
            ):
                break
            out.append(names[n])
            at = item.start
        return out[::-1]
    for k in range(after, min(after + 4, len(view))):
        if view.keys[k] in _ABOUT:
            break
        n2 = state.at_start.get(k)
        if n2 is not None and n2 in names:
            return [names[n2]]
    return []


def _place(state: State, date: DateRead, end: int, names: dict[int, str]) -> str | None:
    """What stands after "tại" near the date, up to a comma or the verb; a connected site is no place."""
    view = state.view
    tại = word_key("tại")
    for i in range(date.end, min(date.end + 4, end)):
        if view.keys[i] != tại or i + 1 >= end:
            continue
        if tuple(view.keys[i + 1 : i + 3]) == _SITE:
            return None
        if phrases("meetings.tsv").longest(view, i + 1) is not None:
            return None
        n = state.at_start.get(i + 1)
        if n is not None:
            item = state.items[n]
            if isinstance(item, PlaceRead):
                return item.unit.name if view.shapes[i + 1] != LOWER else str(item.unit)
            if n in names:
                return names[n]
        k = i + 1
        while (
            k < end
            and view.keys[k] not in (",", ";", ".", word_key("đã"))
            and (view.keys[k], view.keys[min(k + 1, end - 1)]) not in _HELD
        ):
            k = state.closing[k] + 1 if view.keys[k] == "(" and k in state.closing else k + 1
        return view.words(i + 1, k) if k > i + 1 and k - i < 30 else None
    return None
