"""Posts that a sentence gives to somebody by a verb: bầu, bổ nhiệm, giữ chức, miễn nhiệm, trải qua …"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.attach import Link
from kg.extract.groups import Group, Seat
from kg.extract.items import Name
from kg.extract.lexicon import phrases
from kg.extract.periods import dated_head, period_after
from kg.extract.reading_state import State
from kg.extract.referents import names_after, names_before, replaced_name
from kg.extract.triggers import REACH, Trigger, clause, find_triggers
from kg.extract.view import word_key

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
            status = _status(state, strong, begin)
            who = names_after(state, group) or names_before(state, group, begin, strong, subject)
            if strong.event in ("appoints", "elects") and status == "appointed":
                events += [Event(n, strong.event, strong.start) for n in who]
        if (
            not who
            and not group.is_plural
            and (earlier := _list_before(state, groups, g, holders, followed)) is not None
        ):
            who, status = holders[earlier]
        if not who and g - 1 in followed and _mistyped(state, groups[g - 1], group):
            who = [followed[g - 1]]
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
            out += [_link(state, n, seat, status, begin) for n in who for seat in group.seats]
    out += _successors(state, groups, links + out)
    return out + _predecessors(state, groups, links + out, subject), events


_ONCE: Final = word_key("từng")


def _predecessors(state: State, groups: list[Group], links: list[Link], subject: int | None) -> list[Link]:
    """ "A giữ chức Giám đốc … thay ông B nghỉ hưu": B leaves what A takes up."""
    out: list[Link] = []
    held: dict[int, list[Link]] = {}
    told: dict[tuple[str, ...], list[Seat]] = {}
    for link in links:
        held.setdefault(id(link.seat), []).append(link)
        told.setdefault(_words(state, link.name), []).append(link.seat)
    for i in state.find("thay"):
        n = replaced_name(state, i)
        g = bisect_right(groups, i, key=lambda group: group.end) - 1
        if n is None or g < 0 or i - groups[g].end > _TO_THAY or state.sentences[groups[g].start] != state.sentences[i]:
            continue
        for seat in groups[g].seats:
            new = next(
                (link for link in held.get(id(seat), []) if state.items[link.name].start < seat.post.start), None
            )
            if (
                new is not None
                and new.name != n
                and (subject is None or _may_have_held(told.get(_words(state, n), []), seat))
            ):
                status = "former" if new.status == "former" else "outgoing"
                out.append(Link(n, seat, "post-of-predecessor", "medium", status))
    return out


def _may_have_held(own: list[Seat], seat: Seat) -> bool:
    """Whether nothing is told of the one replaced, or just this post: a life tells the posts of its subject itself."""
    return not own or any(s.post.title.title == seat.post.title.title and _organ(s) == _organ(seat) for s in own)


def _organ(seat: Seat) -> str | None:
    return seat.organ.name if seat.organ is not None else None


def _words(state: State, n: int) -> tuple[str, ...]:
    return tuple(state.view.keys[state.items[n].start : state.items[n].end])


_TO_THAY: Final = 12  # tokens between the post and "thay", a term or a day among them


def _successors(state: State, groups: list[Group], links: list[Link]) -> list[Link]:
    """ "Bộ trưởng X (1976 – 2/1977, được thay bởi B)": the post before is B's next."""
    out: list[Link] = []
    for i in state.find("thay bởi"):
        n = state.at_start.get(i + 2)
        g = bisect_left(groups, i, key=lambda group: group.end) - 1
        if n is None or g < 0 or i - groups[g].end > 12 or not isinstance(state.items[n], Name):
            continue
        seat = groups[g].seats[-1]
        first = next((link for link in links if link.seat is seat), None)
        out.append(Link(n, seat, "post-by-succession", "medium", None, first.end if first else None))
    return out


def _link(state: State, n: int, seat: Seat, status: str | None, begin: int) -> Link:
    start, end = period_after(state, seat.post.end)
    if start is None and end is None and status in (None, "current", "former"):
        start = dated_head(state, begin, seat.post.start)
    if status == "outgoing" and end is None:
        start, end = None, start  # "thôi giữ chức X từ ngày …": the day on which it ends
    own = seat.post.status
    return Link(n, seat, "post-by-verb", "medium", own if own in ("former", "acting") else status, start, end)


def _close(state: State, end: int, start: int) -> bool:
    if start - end > 20:
        return False
    between = state.view.keys[end:start]
    if ":" in between and len(between) <= 14:
        between = [key for key in between if key in _FILL or key == ":"][:_GAP]
    return len(between) <= _GAP and all(key in _FILL for key in between)


def _linked(state: State, trigger: Trigger, start: int) -> bool:
    """Whether an event word governs a post some way behind it: no sentence mark parts them."""
    return start - trigger.end <= 40 and ";" not in state.view.keys[trigger.end : start]


def _status(state: State, trigger: Trigger, begin: int) -> str:
    view = state.view
    if trigger.status in ("appointed", "outgoing"):
        window = range(max(begin, trigger.start - 8), trigger.start)
        tree = phrases("proposals.tsv")
        if any(view.keys[k] in _proposals() and tree.longest(view, k) is not None for k in window):
            return "proposed"
    if trigger.status == "current" and view.keys[begin] in _BEFORE:
        return "former"
    return trigger.status


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
    return gap[0] in joins or (len(gap) <= 2 and not by_mark)


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
