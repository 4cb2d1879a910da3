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
        if group.after >= len(items) or not isinstance(items[group.after], Name):
            continue
        name = items[group.after]
        alone = name.end >= len(view) or view.hard[name.end] or view.shapes[name.end] == MARK
        if not view.hard[name.start] and view.keys[name.start - 1] != "|":
            continue
        if not alone or any(key not in _BETWEEN for key in view.keys[group.end : name.start]):
            continue
        out += [Link(group.after, _seated(state, group, seat), "signature") for seat in group.seats]
        loose.discard(g)
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
