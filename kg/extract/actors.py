"""Who of those named before a verb decides or proposes, so that the post is somebody else's."""

from typing import Final

from kg.extract.items import Address, Name
from kg.extract.posts import Post
from kg.extract.reading_state import State
from kg.extract.triggers import Trigger
from kg.extract.view import word_key


def acts(state: State, n: int, trigger: Trigger, near: list[Trigger]) -> bool:
    """Whether a name before an active verb is of who speaks of it: "ông A giải thích lý do bầu Chủ tịch"; not "ông A
    thôi giữ chức …, điều động, phân công …", "điều động ông A … để giới thiệu bầu …"."""
    keys, end = state.view.keys, state.items[n].end
    if end > trigger.start or keys[trigger.start] not in _ACTIVE or keys[trigger.start - 1] in _GOING_ON:
        return False
    if keys[trigger.end : trigger.end + 1] == [_I]:  # "ông A nói: … phân công tôi làm Bí thư"
        return False
    if state.between("nhận quyết định", end, trigger.start):  # "ông A nhận Quyết định … về việc bổ nhiệm giữ chức …"
        return False
    if keys[end : trigger.start] in _CONCERNING and _governed_by(state, n) in _FOR:
        return False  # "trao quyết định cho ông A về việc bổ nhiệm giữ chức …"
    return _PASSIVE not in keys[end : trigger.start] and not any(t.event and t.end <= end for t in near)


_GOING_ON: Final = frozenset((",", ";", word_key("và")))
_ACTIVE: Final = frozenset(map(word_key, ("bầu", "bổ", "chỉ", "phân", "điều", "hiệp", "luân")))
_PASSIVE: Final = word_key("được")
_I: Final = word_key("tôi")
_FOR: Final = frozenset(map(word_key, ("cho", "với")))


def chosen_by(state: State, n: int) -> int | None:
    """The name item right before "được" and a name that decides: "ông A được bà B ký quyết định bổ nhiệm làm …"."""
    first = _first_beside(state, n)
    at = state.items[first].start - 1
    named = first > 0 and isinstance(state.items[first - 1], Name) and state.items[first - 1].end == at
    return first - 1 if named and state.view.keys[at] == _PASSIVE else None


def puts_forward(state: State, n: int, trigger: Trigger) -> bool:
    """ "tờ trình số 12 của Chủ tịch UBND A về việc miễn nhiệm chức vụ …": who wrote the paper, not whom it is about."""
    gap = state.view.keys[state.items[n].end : trigger.start]
    return gap in _CONCERNING and _governed_by(state, n) == _OF


_CONCERNING: Final = ([word_key("về")], [word_key("về"), word_key("việc")])
_OF: Final = word_key("của")
_POSTS: Final = 4  # items before a name that are looked at


def _governed_by(state: State, n: int) -> str:
    """The word before a name with its posts and form of address."""
    at = state.items[_first_beside(state, n)].start
    return state.view.keys[at - 1] if at else ""


def _first_beside(state: State, n: int) -> int:
    """The first of the posts and forms of address right before a name; the name itself where there are none."""
    first = n
    while first and n - first < _POSTS and isinstance(state.items[first - 1], (Address, Post)):
        first -= 1
    return first
