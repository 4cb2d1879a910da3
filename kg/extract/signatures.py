"""Signature blocks: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / name."""

from typing import Final

from kg.extract.attach import Link
from kg.extract.context import complete
from kg.extract.groups import Group, Seat
from kg.extract.items import Name
from kg.extract.letterheads import issuing_body, on_behalf
from kg.extract.organs import Body
from kg.extract.reading_state import State
from kg.extract.view import MARK, word_key

_BETWEEN: Final = frozenset(map(word_key, ("(", ")", "đã", "ký", "|", "*", "-", "[", "]", ".", "/")))


def attach_signatures(state: State, groups: list[Group], loose: set[int]) -> list[Link]:
    """Links of names that stand alone on the line below a post."""
    view, items, out = state.view, state.items, []
    for g in sorted(loose):
        group = groups[g]
        n = _below(state, group)
        if n is None:
            continue
        name = items[n]
        alone = name.end >= len(view) or view.hard[name.end] or view.shapes[name.end] == MARK
        if not view.hard[name.start] and view.keys[name.start - 1] != "|":
            continue
        if not alone or any(view.keys[k] not in _BETWEEN for k in _own_column(state, group.end, name.start)):
            continue
        out += [Link(n, _seated(state, group, seat), "signature") for seat in group.seats]
        loose.discard(g)
    return out


def _below(state: State, group: Group) -> int | None:
    """The next name item below a post; bodies on lines of "Nơi nhận" beside the signature are passed."""
    for n in range(group.after, min(group.after + _PASSED, len(state.items))):
        item = state.items[n]
        if isinstance(item, Name):
            return n
        if item.start not in _listed(state, group.end, item.end):
            return None
    return None


_PASSED: Final = 12  # items
_LONGEST: Final = 160  # tokens


def _listed(state: State, begin: int, end: int) -> set[int]:
    """Tokens of the lines between two tokens that begin with a dash: the left column of a signature block."""
    return set(range(begin, min(end, begin + _LONGEST))) - set(_own_column(state, begin, end))


def _own_column(state: State, begin: int, end: int) -> list[int]:
    """Tokens between two tokens without those of lines that begin with a dash."""
    out: list[int] = []
    listed = False
    for k in range(begin, min(end, begin + _LONGEST)):
        listed = state.view.keys[k] == "-" if state.view.hard[k] else listed
        if not listed:
            out.append(k)
    return out


def _seated(state: State, group: Group, seat: Seat) -> Seat:
    """The post in the body on whose behalf it signs: the one above it, else the one at the head of the paper."""
    if seat.organ is not None:
        return seat
    above = [
        item
        for item in state.items[max(0, group.first - 3) : group.first]
        if isinstance(item, Body) and group.start - item.end < 14 and on_behalf(state, item.start)
    ]
    body = above[-1] if above else issuing_body(state)
    if body is None:
        return seat
    whole = complete(body, state.context)
    if whole.kind == "StandingCommittee" and seat.post.title.title.startswith(("Bí thư", "Phó Bí thư")):
        whole.name = whole.name.removeprefix("Ban Thường vụ ")
    return Seat(seat.post, whole)
