"""Posts that a sentence gives to somebody by a verb: bầu, bổ nhiệm, giữ chức, miễn nhiệm, trải qua …"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.actors import acts, chosen_by, puts_forward
from kg.extract.attach import Link
from kg.extract.groups import Group, Seat
from kg.extract.items import Name
from kg.extract.lexicon import phrases
from kg.extract.periods import dated_head, period_after
from kg.extract.reading_state import State
from kg.extract.referents import alone_before, carried_by, named_behind, names_after, names_before
from kg.extract.successions import predecessors, successors
from kg.extract.triggers import REACH, Trigger, clause, find_triggers
from kg.extract.view import LOWER, word_key

_FILL: Final = frozenset(
    map(
        word_key,
        (
            "các",
            "chức",
            "vụ",
            "danh",
            "2",
            "3",
            "hai",
            "ba",
            "vị",
            "trí",
            "công",
            "tác",
            "như",
            ":",
            "nhiều",
            "việc",
            "thêm",
            "của",
            "mới",
            "tại",
            "cương",
            "về",
        ),
    )
)
_BEFORE: Final = (word_key("trước"),)
_GAP: Final = 4


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment or election: who (name item) by which body item, for relations."""

    name: int
    predicate: str
    trigger: int


@cache
def _proposals() -> frozenset[str]:
    return frozenset(phrases("proposals.tsv").branches)


def attach_events(
    state: State,
    groups: list[Group],
    loose: set[int],
    links: list[Link],
    followed: dict[int, int],
    subject: int | None,
) -> tuple[list[Link], list[Event]]:
    """Links for the groups that no neighbouring name holds. `subject` is the name item of whom a biography is about."""
    triggers = find_triggers(state)
    starts = [t.start for t in triggers]
    out: list[Link] = []
    events: list[Event] = []
    # by group, for lists that go on
    holders: dict[int, tuple[list[int], str | None]] = {g: ([n], None) for g, n in followed.items()}
    for g in range(len(groups)):
        if g not in loose:
            continue
        group = groups[g]
        begin, _ = clause(state, group.start)
        cut = bisect_left(starts, group.start)
        inside = max(begin, state.opening(group.start) or 0)
        near = [t for t in triggers[max(0, cut - 6) : cut] if t.start >= inside]
        trigger = near[-1] if near and _close(state, near[-1].end, group.start) else None
        who: list[int] = []
        status: str | None = None
        if trigger is not None:
            strong = next(
                (t for t in reversed(near) if t.status != "current" and _linked(state, t, group.start)), trigger
            )
            status = _status(state, strong, begin, group.start)
            who = names_after(state, group) or names_before(state, group, begin, strong, subject)
            if trigger.status == "current" and _is_vague(state, group):
                who = [n for n in who if state.items[n].start >= begin]
            if strong.status == "appointed" and state.view.keys[strong.start - 1 : strong.start] == [_NOT_YET]:
                continue  # "HĐND chưa bầu bổ sung vị trí Phó Chủ tịch"
            if strong.status == "appointed":
                deciding = [n for n in who if acts(state, n, strong, near)]
                chosen = [m for n in deciding if (m := chosen_by(state, n)) is not None]
                who = chosen or [n for n in who if n not in deciding]
            who = [n for n in who if not puts_forward(state, n, strong)]
            if strong.event in ("appoints", "elects") and status == "appointed":
                events += [Event(n, strong.event, strong.start) for n in who]
        if (
            not who
            and not group.is_plural
            and (earlier := _list_before(state, groups, g, holders, followed)) is not None
        ):
            who, status = holders[earlier]
        if not who and (carried := carried_by(state, group)) is not None:
            who = [carried]
        timed = trigger is not None and not _TIMES.isdisjoint(state.view.keys[begin : trigger.end])
        if not who and timed and (behind := named_behind(state, group)) is not None:
            who = [behind]
        if not who and g - 1 in followed and _mistyped(state, groups[g - 1], group):
            who = [followed[g - 1]]
        if not who and len(group.seats) > 1 and (alone := alone_before(state, group)) is not None:
            who = [alone]
        if not who and state.view.keys[group.start] == _ONCE:
            past = Trigger(group.start, group.start, "former", "")
            who, status = names_before(state, group, begin, past, subject), "former"
        if not who and group.first == group.after - 1:
            who = _same_post(groups, g, links + out) if _is_subject(state, group) else []
            if who:
                holders[g] = (who, None)
                continue
        if who:
            holders[g] = (who, status)
            out += [
                _link(state, n, seat, _in_turn(state, group, seat, status), begin) for n in who for seat in group.seats
            ]
    out += successors(state, groups, links + out)
    return out + predecessors(state, groups, links + out, subject), events


def _is_vague(state: State, group: Group) -> bool:
    """Whether posts are only spoken of in general: "gần năm năm làm phó giám đốc"."""
    common = state.view.shapes[group.start] == LOWER
    return common and all(s.organ is None and s.post.title.organ != "none" for s in group.seats)


_ONCE: Final = word_key("từng")


def _link(state: State, n: int, seat: Seat, status: str | None, begin: int) -> Link:
    start, end = period_after(state, seat.post.end)
    if start is None and end is None and status in (None, "current", "former"):
        start = dated_head(state, begin, seat.post.start)
    if status == "outgoing" and end is None:
        start, end = None, start  # "thôi giữ chức X từ ngày …": the day on which it ends
    if status == "appointed" and start is None:
        told = dated_head(state, begin, seat.post.start)
        if told is not None and state.year is not None and int(told[:4]) < state.year - 1:
            start, status = told, None  # "Năm 2012, ông A được bổ nhiệm …": no news
    own = seat.post.status
    return Link(n, seat, "post-by-verb", "medium", own if own in ("former", "acting") else status, start, end)


def _in_turn(state: State, group: Group, seat: Seat, status: str | None) -> str | None:
    """The status of one of several posts: "đảm nhiệm chức vụ A, B và C như hiện nay" – the last is held, the others are
    over."""
    if state.view.keys[group.end : group.end + 3] != _NOW_HELD:
        return status
    return "current" if seat is group.seats[-1] else "former"


_NOW_HELD: Final = [word_key(w) for w in ("như", "hiện", "nay")]


def _close(state: State, end: int, start: int) -> bool:
    if start - end > 20:
        return False
    between = state.view.keys[end:start]
    if ":" in between and len(between) <= 14:
        between = [key for key in between if key in _FILL or key == ":"][:_GAP]
    return len(between) <= _GAP and all(key in _FILL for key in between)


def _linked(state: State, trigger: Trigger, start: int) -> bool:
    """Whether an event word governs a post some way behind it: no sentence mark parts them."""
    if ";" in (between := state.view.keys[trigger.end : start]):  # "trải qua nhiều cương vị, tiêu biểu là: A; B; C"
        return len(between) <= _LONG_LIST and ":" in between[: between.index(";")]
    return len(between) <= _NEAR


_NEAR: Final = 40  # tokens
_LONG_LIST: Final = 90


def _status(state: State, trigger: Trigger, begin: int, start: int) -> str:
    view = state.view
    if trigger.status in ("appointed", "outgoing"):
        window = range(max(begin, trigger.start - 8), trigger.start)
        tree = phrases("proposals.tsv")
        if any(view.keys[k] in _proposals() and tree.longest(view, k) is not None for k in window):
            return "proposed"
    doing = trigger.status == "current" and view.keys[trigger.start] in _DOING
    if doing and state.between("giới thiệu", max(begin, trigger.start - 8), trigger.start):
        return "proposed"
    if trigger.status == "current" and view.keys[begin] in _BEFORE and view.keys[start : start + 2] != _TEAM_HEAD:
        return "former"
    if trigger.status == "outgoing" and any(state.between(words, trigger.end, start) for words in _TAKING):
        return "appointed"
    return trigger.status


_TIMES: Final = frozenset(map(word_key, ("thời", "khi", "giai", "lúc", "hồi", "năm")))
_DOING: Final = frozenset(map(word_key, ("làm", "giữ", "đảm")))
_NOT_YET: Final = word_key("chưa")
_TEAM_HEAD: Final = [word_key("trưởng"), word_key("đoàn")]
_TAKING: Final = ("nhận nhiệm vụ", "nhận công tác", "sang làm", "về làm", "để làm", "để giữ", "để đảm nhận")


def _list_before(
    state: State,
    groups: list[Group],
    g: int,
    holders: dict[int, tuple[list[int], str | None]],
    followed: dict[int, int],
) -> int | None:
    """The last group before, in the same clause, whose list this one goes on with; parentheses between are passed."""
    for earlier in range(g - 1, max(-1, g - 8), -1):
        if state.sentences[groups[earlier].start] != state.sentences[groups[g].start]:
            return None
        if clause(state, groups[earlier].start) == clause(state, groups[g].start):
            return (
                earlier
                if earlier in holders and _goes_on(state, groups[earlier], groups[g], by_mark=earlier in followed)
                else None
            )
    return None


def _mistyped(state: State, before: Group, group: Group) -> bool:
    """Whether a full stop typed for a comma parts a list of posts: the next sentence opens with several posts."""
    return len(group.seats) > 1 and group.start == before.end + 1 and state.view.keys[before.end] == "."


def _goes_on(state: State, before: Group, group: Group, *, by_mark: bool) -> bool:
    """Whether a list of posts goes on: the same sentence, no new name outside parentheses. `by_mark`: it began beside
    a name, so that a semicolon ends it."""
    if state.sentences[before.end - 1] != state.sentences[group.start] or group.start - before.end > REACH:
        return False
    for n in range(before.after, group.first):
        item = state.items[n]
        if isinstance(item, Name) and clause(state, item.start) == clause(state, group.start):
            return False
    if clause(state, before.start) != clause(state, group.start):
        return False
    gap = _outside(state, before.end, group.start)
    if len(gap) > (2 if by_mark else 8):
        return False
    joins = (",", word_key("và"), word_key("là")) if by_mark else (";", ",", "(", word_key("và"), word_key("là"))
    if not gap:
        return before.end < group.start
    return gap[0] in joins or (not by_mark and (len(gap) <= 2 or gap[-1] == ";"))


def _outside(state: State, begin: int, end: int) -> list[str]:
    """Token keys of a range, those in parentheses left out."""
    out, k = [], begin
    while k < end:
        if state.view.keys[k] == "(" and k in state.closing and state.closing[k] < end:
            k = state.closing[k] + 1
            continue
        out.append(state.view.keys[k])
        k += 1
    return out


def _is_subject(state: State, group: Group) -> bool:
    """Whether a post opens its sentence and "là" follows: "Tân Phó Trưởng Ban … là Ủy viên …"."""
    view = state.view
    return (
        state.sentence_start(group.start) == group.start
        and group.end < len(view)
        and view.keys[group.end] == word_key("là")
    )


def _same_post(groups: list[Group], g: int, links: list[Link]) -> list[int]:
    seat = groups[g].seats[0]
    for link in links:
        other = link.seat
        same_organ = (other.organ.name if other.organ else None) == (seat.organ.name if seat.organ else None)
        if same_organ and other.post.title.title == seat.post.title.title:
            return [link.name]
    return []
