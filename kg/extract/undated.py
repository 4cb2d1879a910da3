"""The meeting of a text that names no day with it: "Tại buổi làm việc với …, ông A cho biết …"."""

from typing import Final

from kg.extract.dates import DateRead, date_at
from kg.extract.lexicon import phrases
from kg.extract.meeting_sites import read_sites
from kg.extract.meetings import Held, is_quoted, name_end, organizers_of
from kg.extract.reading_state import State
from kg.extract.session_dates import SESSIONS, session_dates
from kg.extract.view import word_key


def read_undated(state: State, names: dict[int, str]) -> list[Held]:
    """The meeting of which a text tells without its day ("Tại buổi làm việc với …, ông A cho biết"), or the day in a
    sentence before ("Sáng 26/5, Ban A khởi công … Phát biểu tại buổi lễ")."""
    view, tree = state.view, phrases("meetings.tsv")
    found = []
    for i in [i + 1 for i in state.any_of(_AT) if i + 1 < len(view) and view.keys[i + 1] in tree.branches]:
        told = tree.longest(view, i)
        if told is not None and told[1][2] == "noun" and not _is_ahead(state, i):
            found.append((i, told[0], told[1]))
    if not found:
        return []
    i, after, row = found[0]
    end = name_end(state, i, after, state.sentence_end(i))
    organizers = organizers_of(state, state.sentence_start(i), None, after, names)
    opens = i - state.sentence_start(i) <= 1 or state.sentences[i] == state.sentences[0]
    lead = opens and state.sentences[i] - state.sentences[0] < _LEAD
    scope = None if lead else frozenset(state.sentences[k] for k, _, _ in found)
    day = _day_behind(state, end) or _day_before(state, i)
    form = "online" if state.find("điểm cầu") else None
    return [Held(i, end, row[1], day, organizers, None, form, state.sentences[i], read_sites(state), scope)]


_LEAD: Final = 3  # sentences: the meeting that opens a report is what all of it tells of
_AT: Final = frozenset(map(word_key, ("tại", "trong", "dự", "trì")))  # "tham dự lễ …", "chủ trì cuộc họp …"
_AHEAD: Final = ("sẽ", "sắp", "dự kiến")
_NEAR_DAY: Final = 150  # tokens


def _is_ahead(state: State, i: int) -> bool:
    """Whether a meeting is still to come, or lies behind the one that a text tells of ("cuộc họp vừa qua")."""
    start, end = max(state.sentence_start(i), i - 12), min(state.sentence_end(i), i + 16)
    return any(state.between(word, start, end) for word in _AHEAD) or bool(state.between("vừa qua", i, i + 5))


def _day_behind(state: State, i: int) -> DateRead | None:
    """The day right behind the name of a meeting, or behind who holds it: "… do Sở X tổ chức ngày 6/2"; not "… ngày
    29/5 vừa qua", which tells of what came before it."""
    view = state.view
    for k in range(i, min(i + _BEHIND, state.sentence_end(i - 1))):
        if view.keys[k] in ",;:":
            return None
        if view.keys[k] in SESSIONS and (read := date_at(view, k + 1, state.year)) is not None and len(read.edtf) == 10:
            return None if view.keys[read.end : read.end + 2] == _JUST else read
    return None


_BEHIND: Final = 14  # tokens
_JUST: Final = [word_key("vừa"), word_key("qua")]


def _day_before(state: State, i: int) -> DateRead | None:
    """The day on which something was done in one of the sentences right before, of which nobody is quoted, or the only
    one before."""
    before = [date for date in session_dates(state) if date.start < i]
    alone = len({date.edtf for date in before}) == 1
    for date in reversed(before):
        if (alone or i - _NEAR_DAY < date.start) and state.sentences[date.start] != state.sentences[i]:
            quoted = is_quoted(state, state.sentence_start(date.start), state.sentence_end(date.start))
            return None if quoted else date
    return None
